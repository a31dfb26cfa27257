"""Linked cases (关联个案): those that a case names, as far as the store has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from qms_service.cases import Case
from qms_service.errors import CaseNotFoundError
from qms_service.ports import Cases
from qms_service.rulebooks import Procedure


def linked_cases(cases: Cases, case: Case, kinds: Collection[str] | None = None) -> tuple[Case, ...]:
    """The linked cases that the store has; a gate that waits for one it has not says so.

    Args:
        cases: The cases of a transaction; they are read in the order of their ids, as all do who hold several.
        case: The case.
        kinds: Only links to cases of these kinds; None: all.
    """
    links = [link.facts for link in case.timeline().all("linked", keeps=True)]
    wanted = {str(link["case"]) for link in links if kinds is None or link["kind"] in kinds}
    found = (loaded(cases, number) for number in sorted(wanted))
    return tuple(one for one in found if one is not None)


def settled_by(rules: Procedure, kind: str, name: str) -> frozenset[str]:
    """The kinds of linked cases that a step waits for, so that no other case is held for it."""
    _, rule = rules.rules.step(kind, name)
    return frozenset(settled for gate in rule.gates for settled in gate.settled)


def pairs(cases: Mapping[str, Case]) -> Iterator[tuple[Case, Case]]:
    """Each of two cases with the other one."""
    one, other = cases.values()
    yield one, other
    yield other, one


def is_linked(case: Case, other: Case) -> bool:
    """Whether a case names the other one already."""
    links = case.timeline().all("linked", keeps=True)
    return any((link.facts["kind"], link.facts["case"]) == (other.kind, other.id) for link in links)


def loaded(cases: Cases, number: str) -> Case | None:
    """The case of a number; None where the store has none."""
    try:
        return cases.load(number)
    except CaseNotFoundError:
        return None
