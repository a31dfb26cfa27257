"""Reads the list of a procedure's clauses: `[clauses]`. It is documentation, so the digest leaves it out."""

from __future__ import annotations

from qms_service.labels import Label, as_label
from qms_service.rulebooks.context import label_of
from qms_service.rulebooks.grammar import STATUSES
from qms_service.rulebooks.model import ListedClause
from qms_service.rulebooks.section import Section


def read_clauses(section: Section) -> dict[str, ListedClause]:
    """The clauses by number: each a rule, no rule and why not, or lost in the source."""
    listed = {}
    for number, one in section.tables():
        status = one.name("status", "choice", STATUSES)
        because = _because(one)
        listed[number] = ListedClause(
            number=number, status=status or "", label=label_of(one, number), because=because
        )
        one.finish()
    return listed


def _because(section: Section) -> Label | None:
    """Why a clause is no rule: one text, or one in each language."""
    given = section.take("because", str, dict)
    because = label_of(section, "", "because") if isinstance(given, dict) else as_label(given)
    if because is not None and not str(because).strip():
        section.problems.note("missing-key", section.at("because"), key="because")
    return because
