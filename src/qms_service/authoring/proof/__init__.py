"""Proof (证明): whether what must never happen can happen under a rulebook, over all orders of events."""

from qms_service.authoring.proof.invariant import Invariant, Wanted
from qms_service.authoring.proof.proof import Proof
from qms_service.authoring.proof.prove import prove
from qms_service.authoring.proof.read import load_invariants
from qms_service.authoring.proof.report import ProofReport, prove_rulebook

__all__ = ["Invariant", "Proof", "ProofReport", "Wanted", "load_invariants", "prove", "prove_rulebook"]
