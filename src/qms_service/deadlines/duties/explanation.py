"""DutyExplanation (到期说明): why a duty is due when it is, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from qms_service.deadlines.duties.in_words import DutyWords
from qms_service.deadlines.duties.occurrence import Occurrence, PassedOver
from qms_service.markup import Words
from qms_service.texts import Catalogue, render


@attrs.frozen
class DutyExplanation:
    """Why a duty is due on a date: the rule, the period, what moved the date, what was done, the clause.

    >>> from datetime import date
    >>> from qms_service.deadlines.duties import Duty, duties_between
    >>> sheets = Duty("sheets", every="month", due="day 5", of="next", clause="4.2")
    >>> print(duties_between([sheets], date(2026, 4, 1), date(2026, 5, 1), timezone="UTC")[0].explain())
    sheets: due on 2026-04-05 [4.2]
      every month, due: day 5 of the next period
      period 2026-03: 2026-03-01 to 2026-03-31
    """

    occurrence: Occurrence

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The lines in the reader's language."""
        words = Words(lang=lang, catalogues=catalogues)
        return "\n".join((headline(self.occurrence, words), *_lines(self.occurrence, words)))

    def __str__(self) -> str:
        return self.text()


def closed_text(passed: PassedOver, words: Words) -> str:
    """Closed dates with their reason, a holiday by its name."""
    code = f"explain.{passed.reason.code}"
    reason = passed.reason.name or words.text(code)
    many = "" if passed.first_on == passed.last_on else ".many"
    return _say(f"closed{many}", words, first=passed.first_on, last=passed.last_on, reason=reason)


def headline(one: Occurrence, words: Words) -> str:
    """What is due when, where it stands and on which clause, in a line."""
    name = one.duty.name(words.lang)
    name = f"{name} ({one.object})" if one.object else name
    if one.state:
        name = _say("of-state", words, duty=name, state=words.text(f"state.{one.state}"))
    said = _say("due" if one.due_on else "no-due", words, duty=name, due_on=one.due_on)
    return f"{said} [{one.clause}]" if one.clause else said


def _lines(one: Occurrence, words: Words) -> Iterator[str]:
    yield f"  {DutyWords(words).rule(one.duty)}"
    if one.period:
        first, last = one.period.starts_on, one.period.last_on
        yield _say("period", words, name=one.period.name, first=first, last=last)
    for passed in one.passed:
        yield f"  {closed_text(passed, words)}"
    if one.passed:
        yield _say("moved", words, said_on=one.said_on, due_on=one.due_on)
    if one.provisional_until:
        yield _say("provisional", words, at=one.provisional_until)
    if one.finding:
        yield f"  {one.finding.text(words.lang, words.catalogues)}"
    for done in one.done_by:
        where = _say("in-case", words, case=done.case) if done.case else ""
        yield _say("done", words, event=done.event.name, at=done.event.at, where=where)
    if one.late_by:
        yield _say("late", words, late_by=one.late_by)
    if one.calendar_edition:
        yield render("explain.calendar", {"edition": one.calendar_edition}, words.lang, words.catalogues)


def _say(code: str, words: Words, **operands: object) -> str:
    return render(f"duty.explain.{code}", operands, words.lang, words.catalogues)
