"""Rulebooks whose calendars nobody supplied: one that is always open stands in, for what counts no time."""

from __future__ import annotations

import os
from collections.abc import Mapping

from qms_service.errors import RulebookError
from qms_service.rulebooks.load import load_rulebook
from qms_service.rulebooks.rulebook import Rulebook
from qms_service.worktime import WorkCalendar

_NOT_SUPPLIED = "calendar-not-supplied"


def load_with_stand_ins(
    source: str | os.PathLike[str], calendars: Mapping[str, WorkCalendar] | None = None
) -> tuple[Rulebook, tuple[str, ...]]:
    """The rulebook, and the calendars that it names and nobody supplied: each is taken to be open round the clock.

    Raises:
        UnknownNameError: There is neither a shipped rulebook nor a file of that name.
        RulebookError: The file is no TOML, or its rules are wrong.
    """
    given = calendars or {}
    try:
        return load_rulebook(source, calendars=given), ()
    except RulebookError as error:
        lacking = tuple(str(one.operands["got"]) for one in error.problems if one.code == _NOT_SUPPLIED)
        if not lacking:
            raise
    standing_in = dict.fromkeys(lacking, WorkCalendar.continuous("UTC"))
    book, more = load_with_stand_ins(source, {**given, **standing_in})
    return book, (*lacking, *more)
