"""Objects (对象): the customers or projects that a duty is owed to, each with the dates between which it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.years import in_duty_years
from qms_service.errors import CalendarError, DutyError
from qms_service.worktime.pattern import plain_date


@attrs.frozen(kw_only=True)
class Owed:
    """To whom a duty is owed, and between which dates; no name where it is owed to nobody in particular.

    Args:
        object: The object.
        origin: The date that its age, and periods counted from a start, count from; None: not on record.
        begins: The first date.
        ends: The first date without it.
    """

    object: str | None = None
    origin: date | None = None
    begins: date | None = None
    ends: date | None = None


Objects = Mapping[str, object]  # by fact: the names, or a mapping of the names to their dates
Known = Mapping[str, tuple[Owed, ...]]


def read_objects(given: object) -> Known:
    """Objects by the fact that names them: `{"project": {"P-1": date(2026, 3, 1)}, "customer": ["ACME"]}`.

    Raises:
        DutyError: Something else stands there.
    """
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise DutyError("duty-objects", got=repr(given))
    return {per: tuple(_each(one)) for per, one in given.items()}


def owed(duty: Duty, objects: Known) -> Iterator[Owed]:
    """To whom a duty is owed; one that is owed to each of some, which nobody has told, once to nobody."""
    known = objects.get(duty.per) if duty.per else None
    for one in (Owed(),) if known is None else known:
        yield Owed(
            object=one.object,
            origin=one.begins or (None if duty.per and duty.ages else duty.starts_on),
            begins=max((on for on in (duty.starts_on, one.begins) if on), default=None),
            ends=min((on for on in (duty.ends_on, one.ends) if on), default=None),
        )


def _each(given: object) -> Iterator[Owed]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise DutyError("duty-objects", got=repr(given))
    for name in given:
        if not isinstance(name, str) or not name:
            raise DutyError("duty-objects", got=repr(name))
        yield _one(name, given[name] if isinstance(given, Mapping) else None)


def _one(name: str, dates: Any) -> Owed:  # noqa: ANN401  # whatever was given
    begins, ends = dates if isinstance(dates, tuple) and len(dates) == 2 else (dates, None)  # noqa: PLR2004  # a pair
    try:
        return Owed(
            object=name,
            begins=None if begins is None else in_duty_years(plain_date(begins)),
            ends=None if ends is None else in_duty_years(plain_date(ends)),
        )
    except CalendarError:
        raise DutyError("duty-objects", got=repr({name: dates})) from None
