"""ProofReport (证明报告): the proofs of all editions of rulebooks, for people and for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

import attrs

from qms_service.authoring.proof.fit import misfits
from qms_service.authoring.proof.invariant import Invariant
from qms_service.authoring.proof.proof import Outcome, Proof
from qms_service.authoring.proof.prove import prove
from qms_service.errors import InvariantError
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.rulebook import Rulebook
from qms_service.rulebooks.standing_in import load_with_stand_ins
from qms_service.texts import Catalogue, render
from qms_service.wire import to_json


@attrs.frozen
class Edition:
    """The proofs of one edition."""

    rulebook: str
    edition: str
    proofs: tuple[Proof, ...]


@attrs.frozen
class ProofReport:
    """The proofs of some editions, in their order."""

    editions: tuple[Edition, ...] = ()

    @classmethod
    def joined(cls, reports: Iterable[ProofReport]) -> ProofReport:
        """Several reports as one."""
        return cls(tuple(one for report in reports for one in report.editions))

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """The proofs of all editions."""
        return tuple(proof for one in self.editions for proof in one.proofs)

    @property
    def proven(self) -> bool:
        """Whether every sentence holds in every edition."""
        return all(one.proven for one in self.proofs)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The report for people: edition by edition, with the history against each sentence that does not hold.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages.
        """
        return "\n".join(self._lines(lang, catalogues))

    def _lines(self, lang: str, catalogues: Mapping[str, Catalogue] | None) -> Iterator[str]:
        for one in self.editions:
            yield render(
                "proof.edition", {"rulebook": one.rulebook, "edition": one.edition}, lang, catalogues
            )
            for proof in one.proofs:
                yield from (f"  {line}" for line in proof.text(lang, catalogues).split("\n"))
        outcomes = [one.outcome for one in self.proofs]
        counts: dict[str, object] = {outcome: outcomes.count(outcome) for outcome in get_args(Outcome)}
        yield render("proof.summary", {"sentences": len(outcomes), **counts}, lang, catalogues)

    def data(self, lang: str = "en") -> list[dict[str, Any]]:
        """The report as JSON has it."""
        return [
            {"rulebook": one.rulebook, "edition": one.edition, **_data(proof, lang)}
            for one in self.editions
            for proof in one.proofs
        ]

    def __str__(self) -> str:
        return self.text()


def prove_rulebook(source: str | os.PathLike[str] | Rulebook, invariants: Iterable[Invariant]) -> ProofReport:
    """Proves invariants of every edition of a rulebook. A gate counts no time, so any calendar will do.

    Args:
        source: The id of a shipped rulebook, the path of a TOML file or of a folder, or a rulebook.
        invariants: What must never happen.

    Raises:
        UnknownNameError: There is no such rulebook.
        RulebookError: The rulebook cannot be read.
        InvariantError: Invariants name what an edition does not have; `problems` lists them all.

    >>> report = prove_rulebook("pcb-maker", [Invariant(id="i", kind="complaint", never="trained")])
    >>> report.proven, [(one.outcome, len(one.history)) for one in report.proofs]
    (False, [('refuted', 5)])
    """
    book = source if isinstance(source, Rulebook) else load_with_stand_ins(source)[0]
    asked = tuple(invariants)
    for one in book.editions:
        _fit(one, asked)
    return ProofReport(tuple(Edition(book.id, one.edition, prove(one, asked)) for one in book.editions))


def _fit(procedure: Procedure, invariants: tuple[Invariant, ...]) -> None:
    """Whether all of them speak of what the edition has."""
    noted = tuple(problem for one in invariants for problem in misfits(procedure, one))
    if noted:
        rulebook, edition = procedure.rules.id, procedure.edition
        raise InvariantError(
            "invariants-unfit", rulebook=rulebook, edition=edition, count=len(noted), problems=noted
        )


def _data(proof: Proof, lang: str) -> dict[str, Any]:
    one = proof.invariant
    told = zip(proof.history, proof.steps(lang), proof.clauses, strict=True)
    return {
        "id": one.id,
        "clause": str(one.clause) if one.clause else None,
        "sentence": one.sentence.text(lang),
        "outcome": proof.outcome,
        "by_gate": proof.by_gate,
        "states": proof.states,
        "history": [
            {
                "text": text.strip(),
                "clause": str(clause) if clause else None,
                "event": json.loads(to_json(event)),
            }
            for event, text, clause in told
        ],
    }
