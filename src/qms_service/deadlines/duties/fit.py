"""Whether a due date fits the periods that it is said of (到期规则与周期)."""

from __future__ import annotations

from qms_service.deadlines.duties.due import EXAMPLES, Due
from qms_service.deadlines.duties.every import MONTHS_OF_A_YEAR, Every
from qms_service.errors import DutyError


def check_fit(duty: str, due: Due, every: Every, *, of_calendar: bool) -> None:
    """Refuses a due date that periods of this length do not have.

    Raises:
        DutyError: Such as "day 5" of a quarter, "friday" of a month, or "april" where the period is no year.
    """
    months = every.months if of_calendar else 0
    wrong = _wrong_month(due, months) or _wrong_pick(due, every, months, of_calendar=of_calendar)
    if wrong:
        raise DutyError(wrong, duty=duty, got=due.text, every=str(every), allowed=EXAMPLES)


def _wrong_month(due: Due, months: int) -> str | None:
    if due.place.month is None:
        return None
    if due.place.by_name and months != MONTHS_OF_A_YEAR:
        return "duty-due-month-name"
    return None if 1 < months >= due.place.month else "duty-due-month"


def _wrong_pick(due: Due, every: Every, months: int, *, of_calendar: bool) -> str | None:
    place = due.place
    if place.pick == "day" and place.month is None and months != 1:
        return "duty-due-day"
    if place.pick == "working day" and "day" in every.unit:
        return "duty-due-working-day"
    if place.pick != "weekday":
        return None
    if place.n:
        return None if months else "duty-due-weekday-of-month"
    of_week = of_calendar and every.unit == "week" and place.month is None
    return None if of_week else "duty-due-weekday"
