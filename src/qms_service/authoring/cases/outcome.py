"""CaseOutcome (用例结果): whether the library answers as the clause says, and where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final, Literal

import attrs

from qms_service.authoring.cases.answer import Answer
from qms_service.authoring.cases.clause_case import AnyCase, Question
from qms_service.authoring.cases.moments import amount_text
from qms_service.texts import Catalogue, render

OutcomeState = Literal["passed", "failed", "unanswered"]
_SILENT: Final[Mapping[Question, Mapping[str, object]]] = {
    "check": {"refused": (), "warned": ()},
    "clock": {"due": None},
    "owner": {"responsible": None, "decided": True, "missing": ()},
    "step": {},
    "survey": {"score": None, "follow_ups": ()},
    "duty": {"due": ()},
}


@attrs.frozen(kw_only=True)
class Difference:
    """One thing in which the answer differs from what the clause says.

    Args:
        key: Its name, such as `due`; `clause` for the clause that the answer cites.
        expected: What the clause says.
        got: What the library says.
    """

    key: str
    expected: object
    got: object

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The difference in the reader's language."""
        key = render(f"cases.key.{self.key}", {}, lang, catalogues)
        operands = {"key": key, "expected": _shown(self.expected), "got": _shown(self.got)}
        return render("cases.differs", operands, lang, catalogues)


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return amount_text(value) if isinstance(value, timedelta) else value


@attrs.frozen(kw_only=True)
class CaseOutcome:
    """How a case went.

    Args:
        asked: The case.
        answer: What the library says.
        differences: Where that is not what the clause says.
    """

    asked: AnyCase
    answer: Answer
    differences: tuple[Difference, ...] = ()

    @property
    def state(self) -> OutcomeState:
        """`"passed"`, `"failed"`, or `"unanswered"` while nobody has written the sentence and the answer."""
        if not self.asked.is_answered:
            return "unanswered"
        return "failed" if self.differences else "passed"

    @property
    def passed(self) -> bool:
        """Whether the library answers as the clause says."""
        return self.state == "passed"

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The outcome in the reader's language: of a failure each difference, and what the rules found."""
        state = render(f"cases.state.{self.state}", {}, lang, catalogues)
        said = f"{state}: {self.asked.title}"
        if self.state != "failed":
            asked = f" ({self.asked.question} {self.asked.name})"
            return said if self.passed else said + asked
        lines = [one.text(lang, catalogues) for one in self.differences]
        lines += [one.text(lang, catalogues) for one in self.answer.findings]
        return "\n  ".join([said, *lines])

    def __str__(self) -> str:
        return self.text()


def outcome_of(asked: AnyCase, answer: Answer) -> CaseOutcome:
    """The outcome of a case: its answer against the one that the clause gives."""
    found = tuple(_differences(asked, answer)) if asked.expect is not None else ()
    return CaseOutcome(asked=asked, answer=answer, differences=found)


def _differences(asked: AnyCase, answer: Answer) -> Iterator[Difference]:
    expected = {**_SILENT[asked.question], **(asked.expect or {})}
    for key, got in answer.values.items():
        if key in expected and got != expected[key]:
            yield Difference(key=key, expected=expected[key], got=got)
    if not cites(asked.question, asked.of_clause, answer, firmly=asked.cites):
        yield Difference(key="clause", expected=asked.of_clause, got=answer.clauses)


def cites(question: Question, clause: str, answer: Answer, *, firmly: bool = False) -> bool:
    """Whether an answer cites a clause: of refusals each, of an owner that is decided one of its clauses.

    Args:
        question: What was asked.
        clause: The number of the clause.
        answer: The answer.
        firmly: Whether an owner that is only assumed has to cite it too.
    """
    if question == "check":
        return set(answer.clauses) <= {clause, ""}
    return clause in answer.clauses or not (answer.decided or firmly)
