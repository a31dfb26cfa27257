"""Duties as iCalendar (义务日历的 iCalendar 输出, RFC 5545), for any calendar program.

The one place that knows the library icalendar (extra `ical`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Final, Literal, get_args

from qms_service.deadlines.duties.occurrence import Occurrence, in_list
from qms_service.deadlines.duties.state import DutyState
from qms_service.errors import DutyError, MissingExtraError
from qms_service.instants import utc
from qms_service.texts import Catalogue, render

if find_spec("icalendar") is None:
    raise MissingExtraError("missing-extra", what=__name__, package="icalendar", extra="ical")

from icalendar import Calendar, Event, Todo, vText

As = Literal["event", "todo"]
_PRODUCT: Final = "-//qms-service//duties//EN"
_DONE: Final = (DutyState.MET, DutyState.MET_LATE)


def to_ical(
    occurrences: Iterable[Occurrence],
    *,
    now: datetime,
    lang: str = "en",
    catalogues: Mapping[str, Catalogue] | None = None,
    name: str = "",
    kind: As = "event",
    domain: str = "qms-service",
) -> bytes:
    """A calendar file of what is due; the same occurrences and moment give the same bytes.

    Args:
        occurrences: What `duties_between` or `fulfilment` found. What has no known date is left out.
        now: The moment that stands as its time stamp; aware.
        lang: The language of the summaries and descriptions.
        catalogues: Further languages.
        name: What the calendar is called.
        kind: `"event"` for entries of the day on which each is due, which every program shows; `"todo"` for
            tasks with a due date, which also tell what is done.
        domain: What makes the ids unique beside other calendars, such as the factory's domain.

    Returns:
        The text in UTF-8, with folded lines. An entry keeps its UID (duty, object, period) from run to run.

    Raises:
        DutyError: Something that is no occurrence, or another kind.
        NaiveInstantError: `now` has no zone.
        MissingExtraError: On import, where icalendar is not installed.

    >>> from datetime import UTC, date
    >>> from qms_service.deadlines.duties import Duty, duties_between
    >>> asked = duties_between([Duty("summary", every="month")], date(2026, 1, 1), date(2026, 2, 1), timezone="UTC")
    >>> text = to_ical(asked, now=datetime(2026, 1, 1, tzinfo=UTC)).decode()
    >>> "DTSTART;VALUE=DATE:20260131" in text, "UID:summary/2026-01@qms-service" in text
    (True, True)
    """
    if kind not in get_args(As):
        raise DutyError("duty-ical-kind", got=repr(kind), allowed=get_args(As))
    stamp = utc(now).replace(microsecond=0)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", vText(name))  # of a name that RFC 5545 lacks, the library knows no type
    for one in in_list(occurrences):
        if one.due_on is not None:
            entry = _todo(one) if kind == "todo" else _event(one)
            _describe(entry, one, lang, catalogues)
            entry.add("uid", f"{one.id}@{domain}")
            entry.add("dtstamp", stamp)
            calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _event(one: Occurrence) -> Event:
    """An entry of the whole day, or of the moment that the rule says."""
    entry = Event()
    at = _moment(one)
    entry.add("dtstart", one.due_on if at is None else at)
    if at is None and one.due_on is not None:
        entry.add("dtend", one.due_on + timedelta(1))
    entry.add("status", "TENTATIVE" if one.provisional_until else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    return entry


def _todo(one: Occurrence) -> Todo:
    entry = Todo()
    at = _moment(one)
    entry.add("due", one.due_on if at is None else at)
    if one.state in _DONE and one.done_at is not None:
        entry.add("status", "COMPLETED")
        entry.add("completed", utc(one.done_at).replace(microsecond=0))
    else:
        entry.add("status", "NEEDS-ACTION")
    return entry


def _moment(one: Occurrence) -> datetime | None:
    """The time of the day, in UTC, where the rule says one."""
    if one.due_at is None or not (one.duty.due.closes or one.duty.due.at_us is not None):
        return None
    return utc(one.due_at).replace(microsecond=0)


def _describe(
    entry: Event | Todo, one: Occurrence, lang: str, catalogues: Mapping[str, Catalogue] | None
) -> None:
    duty, label = one.duty, one.duty.name(lang)
    entry.add("summary", f"{label} ({one.object})" if one.object else label)
    said = one.explain().text(lang, catalogues)
    if duty.by:
        said += "\n" + render("duty.ical.by", {"by": duty.by}, lang, catalogues)
    entry.add("description", said)
    entry.add("categories", [part for part in (duty.by, duty.id) if part])
