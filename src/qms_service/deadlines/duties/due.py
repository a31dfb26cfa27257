"""Due (到期规则): on which date of its period a duty is due, as a procedure says it.

    due    = point [", end of day" | ", HH:MM"]
    point  = ["before" | N unit "before" | N unit "after"] place
    unit   = "d" | "working d" | "week"
    place  = "start" | "end" | "day N" | "working day N" | "first working day" | "last working day"
             | weekday | ("first" | "second" | "third" | "fourth" | "last") weekday,  each with or without "of" month
             | month
    month  = "month N" of the period | "january" … "december", where the period is a year

A month alone is the whole of it: due on its last day, and fulfilled within it. "Before" a month is the last day
before it (D13: before April is 31 March), whereas "day 5" is that day included. A day that the month does not
have is its last.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from typing import Final, Literal, Self

import attrs

from qms_service.errors import DutyError
from qms_service.instants import HOUR, MINUTE, Micros

Pick = Literal["start", "end", "day", "working day", "weekday", "?"]
EXAMPLES: Final = (
    "end", "start", "day 5", "day 15 of month 1", "month 12", "before month 4", "december", "working day 3",
    "first working day", "last working day", "friday", "last friday", "5 working d after start",
    "3 working d before end", "7 d after start", "friday, 17:00", "last working day, end of day", "?",
)  # fmt: skip
LAST: Final = -1
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST}
_WEEKDAYS: Final = {name.lower(): index for index, name in enumerate(day_name)}
_MONTHS: Final = {name.lower(): index for index, name in enumerate(month_name) if name}
_OFFSET: Final = re.compile(
    r"(?:(?P<n>[1-9][0-9]{0,2}) (?P<unit>d|days?|working d|working days?|weeks?) )?(?P<side>before|after) (?P<place>.+)"
)
_MONTH: Final = re.compile(rf"(?:month (?P<n>[1-9][0-9]?)|(?P<name>{'|'.join(_MONTHS)}))")
_PICK: Final = re.compile(
    r"(?P<edge>start|end)|day (?P<day>[1-9][0-9]?)|working day (?P<nth>[1-9][0-9]?)"
    r"|(?P<one>first|last) working day"
    rf"|(?:(?P<which>{'|'.join(_ORDINALS)}) )?(?P<weekday>{'|'.join(_WEEKDAYS)})"
)
_TIME: Final = re.compile(r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])")
_MOST_DAYS: Final = 31
_MOST_MONTHS: Final = 36
_MOST_OFFSET: Final = 366


@attrs.frozen(kw_only=True)
class Place:
    """A date of a period, before anything is counted from it.

    Args:
        pick: What is picked.
        n: Which one: the day, the working day, or the weekday of that name; -1 the last one.
        weekday: 0 for Monday to 6.
        month: Of which month of the period, from 1; None: of the whole period.
        by_name: Whether the month is called by its name, as only a year's can be.
        whole_month: Whether the month as a whole is meant.
    """

    pick: Pick
    n: int = 0
    weekday: int = 0
    month: int | None = None
    by_name: bool = False
    whole_month: bool = False


@attrs.frozen(kw_only=True)
class Due:
    """On which date of its period a duty is due.

    Args:
        place: The date from which it is reckoned.
        offset: How many days after it, before it where negative.
        working: Whether these are working days.
        closes: Whether it is due at the close of that working day.
        at_us: The time of the day, where one is said. Without either it is due when the date ends.
        text: As it was written.

    >>> due = Due.parse("5 working d after start")
    >>> due.place.pick, due.offset, due.working
    ('start', 5, True)
    """

    place: Place
    offset: int = 0
    working: bool = False
    closes: bool = False
    at_us: Micros | None = None
    text: str = attrs.field(eq=False)

    @classmethod
    def parse(cls, text: object) -> Self:
        """What a duty writes in `due`.

        Raises:
            DutyError: The text says no date of a period; the error lists what does.
        """
        plain = " ".join(text.lower().split()) if isinstance(text, str) else ""
        point, comma, moment = (part.strip() for part in plain.partition(","))
        closes, at_us = _moment(text, moment) if comma else (False, None)
        if point == "?" and not comma:
            return cls(place=Place(pick="?"), text=plain)
        counted = _OFFSET.fullmatch(point)
        if counted is None:
            return cls(place=_place(text, point), closes=closes, at_us=at_us, text=plain)
        n = int(counted["n"] or 1) * (7 if (counted["unit"] or "").startswith("week") else 1)
        back = counted["side"] == "before"
        if (counted["n"] is None and not back) or n > _MOST_OFFSET:
            raise _unreadable(text)
        return cls(
            place=_edge(_place(text, counted["place"]), back=back),
            offset=-n if back else n,
            working=(counted["unit"] or "").startswith("working"),
            closes=closes,
            at_us=at_us,
            text=plain,
        )

    @property
    def unset(self) -> bool:
        """Whether the source lost the date."""
        return self.place.pick == "?"

    @property
    def asks_calendar(self) -> bool:
        """Whether it needs a working calendar, whatever the shift."""
        return self.working or self.closes or self.place.pick == "working day"

    @property
    def falls_on_work(self) -> bool:
        """Whether the date that it says is a working day anyhow."""
        return self.working or (self.place.pick == "working day" and not self.offset)

    @property
    def before_month(self) -> bool:
        """Whether it is the last day before a month."""
        place = self.place
        return place.pick == "start" and place.month is not None and self.offset == -1 and not self.working

    def __str__(self) -> str:
        return self.text


def _unreadable(text: object) -> DutyError:
    return DutyError("duty-due", got=repr(text), allowed=EXAMPLES)


def _moment(text: object, moment: str) -> tuple[bool, Micros | None]:
    if moment == "end of day":
        return True, None
    found = _TIME.fullmatch(moment)
    if found is None:
        raise _unreadable(text)
    return False, int(found["hour"]) * HOUR + int(found["minute"]) * MINUTE


def _place(text: object, words: str) -> Place:
    month = _month(text, words)
    if month is not None:
        return Place(pick="end", month=month[0], by_name=month[1], whole_month=True)
    pick, of, name = words.partition(" of ")
    place = _pick(text, pick)
    if not of:
        return place
    month = _month(text, name)
    if month is None:
        raise _unreadable(text)
    return attrs.evolve(place, month=month[0], by_name=month[1])


def _month(text: object, words: str) -> tuple[int, bool] | None:
    found = _MONTH.fullmatch(words)
    if found is None:
        return None
    n = int(found["n"] or _MONTHS[found["name"]])
    if n > _MOST_MONTHS:
        raise _unreadable(text)
    return n, found["n"] is None


def _pick(text: object, words: str) -> Place:
    found = _PICK.fullmatch(words)
    if found is None or int(found["day"] or 1) > _MOST_DAYS:
        raise _unreadable(text)
    if found["edge"]:
        return Place(pick="start" if found["edge"] == "start" else "end")
    if found["day"]:
        return Place(pick="day", n=int(found["day"]))
    if found["weekday"]:
        return Place(pick="weekday", n=_ORDINALS.get(found["which"], 0), weekday=_WEEKDAYS[found["weekday"]])
    return Place(pick="working day", n=_ORDINALS[found["one"]] if found["one"] else int(found["nth"]))


def _edge(place: Place, *, back: bool) -> Place:
    """Before a month is before its first day, after it is after its last."""
    if not place.whole_month:
        return place
    return attrs.evolve(place, pick="start" if back else "end", whole_month=False)
