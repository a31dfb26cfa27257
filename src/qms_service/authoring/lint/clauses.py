"""Rules without a clause (无条款依据的规则), and clauses without a rule, against the list of `[clauses]`."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.sheet import Sheet
from qms_service.labels import Label
from qms_service.rulebooks.citations import Cited, citations, other_citations
from qms_service.rulebooks.rules import Rules


def clauses(sheet: Sheet) -> Iterator[LintFinding]:
    """Each rule that cites no clause, and where clauses are listed, each that does not fit its rules."""
    cited = list(_cited(sheet.rules))
    for path, clause in cited:
        if clause is None or not clause.number:
            yield sheet.find("warning", "clause-missing", path)
    if sheet.rules.clauses:
        yield from _unlisted(sheet, cited)
        own = (clause for _, clause in cited if clause and clause.document == sheet.rules.id)
        yield from _listed(sheet, {clause.number for clause in own})


def _unlisted(sheet: Sheet, cited: list[Cited]) -> Iterator[LintFinding]:
    """A clause of this document that a rule cites and the list does not have, or not as a rule."""
    for path, clause in cited:
        if clause is None or not clause.number or clause.document != sheet.rules.id:
            continue
        listed = sheet.rules.clauses.get(clause.number)
        if listed is None:
            yield sheet.find("warning", "clause-unlisted", path, number=clause.number)
        elif listed.status != "rule":
            because = listed.because or Label()
            yield sheet.find(
                "warning",
                f"clause-cited-{listed.status}",
                path,
                number=clause.number,
                en=because.text("en"),
                zh=because.text("zh"),
            )


def _listed(sheet: Sheet, numbers: set[str]) -> Iterator[LintFinding]:
    for number, one in sheet.rules.clauses.items():
        path = f"clauses.{number}"
        if one.status == "rule" and number not in numbers:
            yield sheet.find("warning", "clause-without-rule", path, number=number)
        elif one.status == "lost":
            yield sheet.find("note", "clause-lost", path, number=number)


def _cited(rules: Rules) -> Iterator[Cited]:
    """Every rule with its clause; a role, and a row that chooses a term, need not have one of their own."""
    yield from ((f"roles.{name}", one.clause) for name, one in rules.roles.items() if one.clause)
    yield from ((f"params.{name}", one.clause) for name, one in rules.params.items())
    yield from ((f"numbers.{name}", one.clause) for name, one in rules.numbers.items())
    for kind in rules.kinds.values():
        yield from ((f"{kind.kind}.{path}", clause) for path, clause in citations(kind))
    yield from other_citations(rules)
