"""CasesReport (用例报告): how the cases of a file went, and what none of them speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

import attrs

from qms_service.authoring.cases.answer import answer_to
from qms_service.authoring.cases.clause_case import CaseFile
from qms_service.authoring.cases.coverage import Uncovered, uncovered_by
from qms_service.authoring.cases.outcome import CaseOutcome, Difference, OutcomeState, outcome_of
from qms_service.texts import Catalogue, render, shown

SCHEMA: Final = "qms-cases/1"


@attrs.frozen(kw_only=True)
class CasesReport:
    """How the cases of a file went.

    Args:
        file: The file.
        rulebook, edition: What the cases asked.
        outcomes: How each went, in the order of the file.
        uncovered: The rules that no answered case speaks of.
    """

    file: str
    rulebook: str
    edition: str
    outcomes: tuple[CaseOutcome, ...]
    uncovered: tuple[Uncovered, ...] = ()

    @property
    def failed(self) -> tuple[CaseOutcome, ...]:
        """The cases in which the library answers otherwise than the clause says."""
        return self._of("failed")

    @property
    def unanswered(self) -> tuple[CaseOutcome, ...]:
        """The cases whose sentence or answer nobody has written yet."""
        return self._of("unanswered")

    def is_clean(self, *, strict: bool = False) -> bool:
        """Whether no case failed, and with `strict` none is unanswered either."""
        return not (self.failed or (strict and self.unanswered))

    def _of(self, state: OutcomeState) -> tuple[CaseOutcome, ...]:
        return tuple(one for one in self.outcomes if one.state == state)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The report for people: what failed, what is unanswered, what no case speaks of, and how many.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages.
        """
        lines = list(self._lines(lang, catalogues))
        return "\n".join([*([self.file] if lines else ()), *lines, self.summary(lang, catalogues)])

    def _lines(self, lang: str, catalogues: Mapping[str, Catalogue] | None) -> Iterator[str]:
        for one in (*self.failed, *self.unanswered):
            place = f"{one.asked.line or one.asked.path}: "
            yield "  " + place + one.text(lang, catalogues).replace("\n", "\n  ")
        for lacking in self.uncovered:
            yield f"  {render('lint-severity.note', {}, lang, catalogues)}: {lacking.text(lang, catalogues)}"

    def summary(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """How many went how."""
        counts = {state: len(self._of(state)) for state in get_args(OutcomeState)}
        total = "cases.summary.single" if len(self.outcomes) == 1 else "cases.summary"
        codes = [total, *(f"cases.summary.{state}" for state in ("failed", "unanswered") if counts[state])]
        operands = {"count": len(self.outcomes), **counts}
        said = [render(code, operands, lang, catalogues) for code in codes]
        comma, stop = (render(f"cases.summary.{sign}", {}, lang, catalogues) for sign in ("join", "end"))
        return comma.join(said) + stop

    def data(self, lang: str = "en") -> dict[str, Any]:
        """The report as JSON has it."""
        return {
            "schema": SCHEMA,
            "file": self.file,
            "rulebook": self.rulebook,
            "edition": self.edition,
            "passed": len(self._of("passed")),
            "failed": len(self.failed),
            "unanswered": len(self.unanswered),
            "cases": [_outcome(one, lang) for one in self.outcomes],
            "uncovered": [_uncovered(one, lang) for one in self.uncovered],
        }

    def __str__(self) -> str:
        return self.text()


def run_cases(cases: CaseFile) -> CasesReport:
    """Asks each case of a file, and compares.

    Args:
        cases: The cases, as `read_cases` gives them.

    >>> from tempfile import TemporaryDirectory
    >>> from pathlib import Path
    >>> from qms_service.authoring.cases import read_cases
    >>> text = '''
    ... rulebook = "pcb-maker"
    ... edition  = "1"
    ... kind     = "complaint"
    ... received = "2026-03-02 08:00"
    ... [subjects.complaint]
    ... customer = "ACME"
    ... [[case]]
    ... clause   = "4.2.1"
    ... sentence = "Marketing receives the complaint."
    ... owner    = "received"
    ... now      = "2026-03-02 09:00"
    ... expect   = { responsible = "marketing" }
    ... '''
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "cases.toml"
    ...     _ = file.write_text(text, encoding="utf-8")
    ...     report = run_cases(read_cases(file, "pcb-maker"))
    >>> print(report.outcomes[0])
    as the clause says: 4.2.1 Marketing receives the complaint.
    >>> report.is_clean(), len(report.uncovered) > 0
    (True, True)
    """
    asked = tuple(outcome_of(one, answer_to(one, cases.procedure)) for one in cases.in_order)
    return CasesReport(
        file=cases.file,
        rulebook=cases.procedure.id,
        edition=cases.procedure.edition,
        outcomes=asked,
        uncovered=uncovered_by(cases.in_order, cases.procedure.rules),
    )


def _outcome(one: CaseOutcome, lang: str) -> dict[str, Any]:
    asked = one.asked
    return {
        "line": asked.line,
        "path": asked.path,
        "clause": asked.clause,
        "sentence": asked.sentence,
        "question": asked.question,
        "name": asked.name,
        "state": one.state,
        "differences": [_difference(found, lang) for found in one.differences],
        "text": one.text(lang),
    }


def _difference(one: Difference, lang: str) -> dict[str, Any]:
    return {"key": one.key, "expected": _plain(one.expected), "got": _plain(one.got), "text": one.text(lang)}


def _plain(value: object) -> object:
    """A value as JSON has it; moments and spans of time are texts."""
    if value is None or isinstance(value, bool | str):
        return value
    return list(value) if isinstance(value, tuple) else shown(value)


def _uncovered(one: Uncovered, lang: str) -> dict[str, Any]:
    clause = one.clause.number if one.clause else None
    return {"sort": one.sort, "path": one.path, "clause": clause, "text": one.text(lang)}
