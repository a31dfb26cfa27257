"""How often a duty comes round, and when it is due (周期与到期), in words."""

from __future__ import annotations

from typing import Final

from qms_service.authoring.show.voice import Voice
from qms_service.deadlines.duties import AgeBand, Due, Duty, Every
from qms_service.deadlines.duties.due import LAST, Place
from qms_service.instants import HOUR, MINUTE

_MONTHS: Final = 12


def how_often(voice: Voice, duty: Duty) -> str:
    """How often it comes round, by age where ages decide; a line each."""
    if duty.irregular:
        return voice.say("every.irregular")
    often = [_band(voice, one) for one in duty.ages] or [_every(voice, one) for one in duty.frequencies]
    if duty.times > 1:
        often.append(voice.say("every.times", times=duty.times))
    if duty.per:
        often.append(voice.say("every.per", per=duty.per))
    return "\n".join(often)


def _band(voice: Voice, band: AgeBand) -> str:
    every = _every(voice, band.every)
    if band.up_to is None:
        return voice.say("every.after", every=every)
    years, rest = divmod(band.up_to, _MONTHS)
    age = voice.say("age.months", amount=band.up_to) if rest else voice.say("age.years", amount=years)
    return voice.say("every.up-to", every=every, age=age)


def _every(voice: Voice, every: Every) -> str:
    years, rest = divmod(every.months, _MONTHS)
    if years and not rest:
        return _counted(voice, "year", years)
    named = {3: "quarter", 6: "half-year"}.get(every.months)
    return voice.say(f"every.{named}") if named else _counted(voice, every.unit.replace(" ", "-"), every.amount)


def _counted(voice: Voice, unit: str, amount: int) -> str:
    return voice.say(f"every.{unit}" if amount == 1 else f"every.{unit}s", amount=amount)


def when_due(voice: Voice, duty: Duty) -> str:
    """When in its period it is due, of which period, and what a day that is no working day does; a line each."""
    if duty.irregular and duty.due == Due.parse("end"):
        return ""
    said = [_due(voice, duty.due)]
    if duty.of == "next":
        said.append(voice.say("due.of-next"))
    if duty.shift != "none":
        said.append(voice.say(f"due.shift.{duty.shift}"))
    if duty.starts_on:
        said.append(voice.say("due.starts", date=duty.starts_on))
    if duty.ends_on:
        said.append(voice.say("due.ends", date=duty.ends_on))
    return "\n".join(said)


def _due(voice: Voice, due: Due) -> str:
    said = _place(voice, due.place, edge=due.offset)
    if due.offset:
        side = "before" if due.offset < 0 else "after"
        only = side == "before" and due.offset == -1 and not due.working
        unit = "working-d" if due.working else "d"
        said = voice.say(
            "due.just-before" if only else f"due.{unit}-{side}", amount=abs(due.offset), place=said
        )
    if due.closes:
        said = voice.say("due.close", place=said)
    if due.at_us is not None:
        hour, rest = divmod(due.at_us, HOUR)
        said = voice.say("due.at", place=said, time=f"{hour:02}:{rest // MINUTE:02}")
    return said


def _place(voice: Voice, place: Place, *, edge: int) -> str:
    if place.month is None:
        return _pick(voice, place)
    code = f"month.{place.month}" if place.by_name else "month.nth"
    month = voice.say(code, nth=place.month)
    if place.whole_month or (edge and place.pick in ("start", "end")):
        return month
    return voice.say("due.in-month", day=_pick(voice, place), month=month)


def _pick(voice: Voice, place: Place) -> str:
    if place.pick in ("start", "end", "?"):
        return voice.say("due.unset" if place.pick == "?" else f"due.{place.pick}")
    if place.pick == "weekday":
        day = voice.say(f"weekday.{place.weekday}")
        return voice.say(f"due.weekday.{place.n}", day=day) if place.n else day
    if place.n == LAST:
        return voice.say("due.last-working-day")
    return voice.say("due.day" if place.pick == "day" else "due.working-day", nth=place.n)
