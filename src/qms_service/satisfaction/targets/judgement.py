"""Judgement (评定): whether a target was met, and beside it whether chance could have made the difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

import attrs

from qms_service.clauses import ClauseRef
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.interval import Interval
from qms_service.satisfaction.targets.bound import Bound
from qms_service.texts import Catalogue, render


class Verdict(StrEnum):
    """What became of a target (达标情况)."""

    MET = "met"
    MISSED = "missed"
    NOT_YET_DUE = "not_yet_due"
    UNKNOWN = "unknown"


@attrs.frozen(kw_only=True)
class Judgement:
    """What became of a target (目标评定).

    Args:
        of: What was judged: `"score"`, `"response-rate"`, or the id of a dimension.
        verdict: Met, missed, not yet due, unknown; by the exact value alone.
        bound: What it had to keep.
        value: The exact value; None where there is none.
        interval: Where the true value may lie; None where nothing is said of it.
        too_few: Whether it rests on fewer customers than the questionnaire asks for; said beside the verdict too.
        due_on: The last day to reach it; None where it holds always, or nobody knows.
        reason: Why it is unknown: `"origin-unset"`, `"no-answers"`.
        clause: The clause of the target.
        steps: The judgement of each milestone, in their order; this one is that of the latest whose day has passed,
            before that of the first.
    """

    of: str
    verdict: Verdict
    bound: Bound
    value: Fraction | None
    interval: Interval | None = None
    too_few: bool = False
    due_on: date | None = None
    reason: str | None = None
    clause: ClauseRef | None = None
    steps: tuple[Judgement, ...] = ()

    @property
    def difference(self) -> Fraction | None:
        """How far the value lies above the figure; below it, negative."""
        return None if self.value is None else self.value - self.bound.figure

    @property
    def distinguishable(self) -> bool | None:
        """Whether the difference from the figure is more than chance: the interval does not cover the figure.

        None where there is no interval. It is said beside the verdict and never changes it.
        """
        if self.interval is None:
            return None
        return not self.interval.low <= self.bound.figure <= self.interval.high

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The judgement in the reader's language, with its clause."""
        told = [render(f"judgement.{self.verdict}", self._operands(lang, catalogues), lang, catalogues)]
        if self.reason is not None:
            told.append(render(f"judgement.{self.reason}", {}, lang, catalogues))
        if self.distinguishable is False:
            told.append(render("judgement.chance", {}, lang, catalogues))
        if self.too_few:
            told.append(render("judgement.too-few", {}, lang, catalogues))
        said = render("judgement.said", {"said": "".join(told)}, lang, catalogues)
        return f"{said} [{self.clause}]" if self.clause else said

    def __str__(self) -> str:
        return self.text()

    def _operands(self, lang: str, catalogues: Mapping[str, Catalogue] | None) -> dict[str, object]:
        due = (
            "" if self.due_on is None else render("judgement.due", {"due_on": self.due_on}, lang, catalogues)
        )
        of = render(f"judged.{self.of}", {}, lang, catalogues).removeprefix("judged.")
        return {"of": of, "value": self._shown(), "bound": self.bound.text(lang, catalogues), "due": due}

    def _shown(self) -> str | None:
        """The value; as its fraction where its decimals alone would show the figure that it is not."""
        if self.value is None:
            return None
        told = figure(self.value)
        return str(self.value) if self.difference and told == figure(self.bound.figure) else told
