"""Duties in words (定期义务的说法): how often and due when, as a reader says it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from qms_service.deadlines.duties.due import LAST, Due, Place
from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.every import Every
from qms_service.instants import HOUR, MINUTE
from qms_service.markup import Words
from qms_service.texts import render


@attrs.frozen
class DutyWords:
    """Says duties in one language.

    >>> DutyWords(Words(lang="en")).rule(Duty("sheets", every="month", due="day 5", of="next", shift="next"))
    'every month, due: day 5 of the next period; a closed day moves to the next working day'
    """

    words: Words

    def rule(self, duty: Duty) -> str:
        """How often, how many times, due when, and what a closed day does."""
        if duty.irregular:
            return self._say("irregular")
        said = self._say("rule", often=self._often(duty), due=self.due(duty.due, duty.of))
        parts = [said, *self._more(duty)]
        return self._say("join").join(parts)

    def due(self, due: Due, of: str = "this") -> str:
        """On which date of its period."""
        if due.unset:
            return self._say("due.unset")
        if due.before_month:
            return self._timed(due, self._say("before-month", month=self._month(due.place)), of)
        return self._timed(due, self._offset(due, self._place(due.place)), of)

    def _offset(self, due: Due, place: str) -> str:
        if not due.offset:
            return place
        side = "after" if due.offset > 0 else "before"
        unit = "working" if due.working else "days"
        one = ".one" if abs(due.offset) == 1 else ""
        return self._say(f"{side}.{unit}{one}", n=abs(due.offset), place=place)

    def _timed(self, due: Due, place: str, of: str) -> str:
        if of == "next":
            place = self._say("of-next", place=place)
        if due.closes:
            return self._say("at-close", place=place)
        if due.at_us is None:
            return place
        hours, rest = divmod(due.at_us, HOUR)
        return self._say("at-time", place=place, time=f"{hours:02}:{rest // MINUTE:02}")

    def _often(self, duty: Duty) -> str:
        if duty.every:
            return self._every(duty.every)
        said = [
            self._say(
                "up-to" if band.up_to else "from-then", often=self._every(band.every), months=band.up_to
            )
            for band in duty.ages
        ]
        return self._say("ages").join(said)

    def _every(self, every: Every) -> str:
        text = str(every)
        amount, _, unit = text.partition(" ")
        if not amount.isdigit():
            return self._say(f"every.{text.replace(' ', '-')}")
        return self._say(f"every.{unit}", n=amount)

    def _more(self, duty: Duty) -> Iterator[str]:
        if duty.times > 1:
            yield self._say("times", n=duty.times)
        if duty.per:
            yield self._say("per", per=self.words.name("field", duty.per))
        if duty.shift != "none" and not duty.due.falls_on_work:
            yield self._say(f"shift.{duty.shift}")

    def _place(self, place: Place) -> str:
        month = self._month(place)
        if place.whole_month:
            return self._say("in-month", month=month)
        said = self._picked(place)
        return self._say("of-month", place=said, month=month) if month else said

    def _month(self, place: Place) -> str:
        if place.month is None:
            return ""
        return self._say(f"name.month.{place.month}") if place.by_name else self._say("month", n=place.month)

    def _picked(self, place: Place) -> str:
        if place.pick == "weekday":
            weekday = self._say(f"name.weekday.{place.weekday}")
            return self._say(f"nth.{place.n}", weekday=weekday) if place.n else weekday
        if place.pick == "working day":
            return self._say("last-working-day" if place.n == LAST else "working-day", n=place.n)
        return self._say(f"pick.{place.pick}", n=place.n)

    def _say(self, code: str, **operands: object) -> str:
        return render(f"duty.{code}", operands, self.words.lang, self.words.catalogues)
