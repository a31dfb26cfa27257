"""Milestones (分年度目标): a target that grows: so much within one year, more within two."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.errors import ScoreError
from qms_service.satisfaction.given import all_of, named
from qms_service.satisfaction.targets.bound import SENSES, Bounded

_WITHIN: Final = re.compile(r"(?P<amount>[1-9]\d{0,2}) (?P<unit>month|year)s?", re.ASCII)
_MONTHS: Final[Mapping[str, int]] = {"month": 1, "year": 12}


def _months(within: object) -> int:
    found = _WITHIN.fullmatch(within) if isinstance(within, str) else None
    if found is None:
        raise ScoreError("target-within", got=repr(within))
    return int(found["amount"]) * _MONTHS[found["unit"]]


@attrs.frozen(kw_only=True)
class Milestone(Bounded):
    """One step of a target.

    Args:
        within: How long after the origin it has to be reached: `"1 year"`, `"18 months"`.
        clause: Its own clause, where it has one.

    Raises:
        ScoreError: `within` is no number of months or years, or the step has not one bound.
    """

    within: str
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref)
    months: int = attrs.field(init=False)

    @months.default
    def _of_within(self) -> int:
        return _months(self.within)

    def due_on(self, origin: date) -> date:
        """The last day to reach it: the same day so many months later, or the last of a shorter month.

        >>> Milestone(at_least=95, within="1 year").due_on(date(2028, 2, 29))
        datetime.date(2029, 2, 28)
        """
        years, month = divmod(origin.month - 1 + self.months, 12)
        year = origin.year + years
        return date(year, month + 1, min(origin.day, monthrange(year, month + 1)[1]))


def _steps(given: Iterable[Milestone | Mapping[str, Any]]) -> tuple[Milestone, ...]:
    read = given if isinstance(given, Mapping | str) or not isinstance(given, Iterable) else map(_step, given)
    return tuple(sorted(all_of(Milestone, read, "milestones"), key=lambda one: one.months))


def _step(given: Any) -> Any:  # noqa: ANN401  # what is no step is refused later
    try:
        return Milestone(**given) if isinstance(given, Mapping) else given
    except TypeError:  # a field that there is not, or none of those there have to be
        raise ScoreError("target-step", got=repr(given), allowed=("within", *SENSES)) from None


def _origin(given: object) -> date | None:
    if given is None or (isinstance(given, str) and given == "?"):
        return None
    if not isinstance(given, date) or isinstance(given, datetime):
        raise ScoreError("target-origin", got=repr(given))
    return given


@attrs.frozen(kw_only=True)
class Milestones:
    """A target that grows with the years (分年度目标).

    Args:
        milestones: The steps, or their fields; they are put in the order of their days.
        origin: The day from which they count; None or `"?"` where the procedure does not say it: every judgement
            is unknown until the factory sets it.
        of: What has to keep it: `"score"`, `"response-rate"`, or the id of a dimension.
        clause: The clause that sets it.

    Raises:
        ScoreError: There is no step, two are due on one day, or the origin is no date.

    Clause: instrument-maker 4.1.5: 95 % within one year, 97 % within two, 98 % within three.

    >>> from qms_service.satisfaction import judged
    >>> steps = [{"within": "1 year", "at_least": 95}, {"within": "2 years", "at_least": 97}]
    >>> grows = Milestones(milestones=steps, origin=date(2026, 1, 1), clause="4.1.5")
    >>> print(judged(grows, 96, on=date(2027, 6, 1)))
    Score 96: met at least 95, due on 2027-01-01. [4.1.5]
    >>> [step.verdict.value for step in judged(grows, 96, on=date(2027, 6, 1)).steps]
    ['met', 'not_yet_due']
    """

    milestones: tuple[Milestone, ...] = attrs.field(converter=_steps)
    origin: date | None = attrs.field(default=None, converter=_origin)
    of: str = attrs.field(default="score", validator=named)
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref)

    def __attrs_post_init__(self) -> None:
        months = [one.months for one in self.milestones]
        if not months or len(set(months)) < len(months):
            raise ScoreError("target-steps", got=[one.within for one in self.milestones])
