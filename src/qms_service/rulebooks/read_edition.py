"""Reads one edition of a rulebook: its header, who there is, its figures and numbers, and its kinds of case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.errors import ZoneError
from qms_service.instants import instant, zone
from qms_service.rulebooks.context import BookContext, label_of
from qms_service.rulebooks.digest import digest_of
from qms_service.rulebooks.extend import Resolved
from qms_service.rulebooks.model import KindRules, Param
from qms_service.rulebooks.origin import Origin
from qms_service.rulebooks.read_clauses import read_clauses
from qms_service.rulebooks.read_departments import read_departments, read_roles
from qms_service.rulebooks.read_duties import read_duty
from qms_service.rulebooks.read_kind import read_kind
from qms_service.rulebooks.read_numbers import read_series
from qms_service.rulebooks.read_surveys import read_indicator, read_survey
from qms_service.rulebooks.rules import Rules, midnight
from qms_service.rulebooks.section import Section
from qms_service.worktime import WorkCalendar

CONTINUOUS: Final = "continuous"


def read_edition(root: Section, tree: Resolved, calendars: Mapping[str, WorkCalendar]) -> Rules | None:
    """The rules of an edition; None where its header is not whole, and mistakes are noted.

    Args:
        root: The top of its tree.
        tree: The same with where each of its rules comes from.
        calendars: The working calendars that it may name.
    """
    id_, edition = _name(root, "id"), _name(root, "edition")
    zone_ = _zone(root)
    title = label_of(root, id_ or "", "title")
    effective_from = _effective_from(root, zone_)
    calendar = _calendar(root, zone_, calendars)
    root.text("source")
    book = _book(root, id_ or "", edition or "", {} if tree.places is None else tree.origins)
    series = {
        name: read_series(name, one, book, zone_.name if zone_ else None)
        for name, one in root.inner("numbers").tables()
    }
    clauses = read_clauses(root.inner("clauses"))
    tables = {
        key: root.inner(key) for key in ("surveys", "indicators", "duties")
    }  # one may be called "events"
    kinds = {name: read_kind(name, one, book) for name, one in root.tables(having="events")}
    beside = _beside(tables, book, kinds)
    root.finish("unknown-root-key")
    if not kinds:
        root.problems.note("no-kind", "")
    if id_ is None or edition is None or zone_ is None or calendar is None:
        return None
    return Rules(
        id=id_,
        edition=edition,
        digest=digest_of(tree.raw),
        title=title,
        effective_from=effective_from,
        zone=zone_,
        calendar=calendar,
        departments=book.departments,
        roles=book.roles,
        params=book.params,
        numbers={name: one for name, one in series.items() if one is not None},
        kinds=kinds,
        clauses=clauses,
        raw=tree.raw,
        provenance=tree.origins,
        parent=tree.parent,
        **beside,
    )


def _beside(
    tables: Mapping[str, Section], book: BookContext, kinds: Mapping[str, KindRules]
) -> dict[str, dict[str, Any]]:
    """What the edition says beside its cases, without what has a mistake, under the names that `Rules` has for it."""
    indicators = {name: read_indicator(name, one, book) for name, one in tables["indicators"].tables()}
    read: dict[str, Mapping[str, object]] = {
        "surveys": {
            name: read_survey(name, one, book, kinds, indicators) for name, one in tables["surveys"].tables()
        },
        "indicators": indicators,
        "duties": {name: read_duty(name, one, book, kinds) for name, one in tables["duties"].tables()},
    }
    return {key: {name: one for name, one in found.items() if one is not None} for key, found in read.items()}


def _name(root: Section, key: str) -> str | None:
    """The id or the edition; one that is blank is noted."""
    given = root.text(key)
    if given is not None and not given.strip():
        root.problems.note("missing-key", key, key=key)
    return given


def _book(root: Section, id_: str, edition: str, origins: Mapping[str, Origin]) -> BookContext:
    """What the rules of every kind of case refer to: departments, roles and figures."""
    book = BookContext(
        document=id_,
        edition=edition,
        departments=read_departments(root.inner("departments")),
        roles={},
        params={},
        problems=root.problems,
        origins=origins,
    )
    roles = read_roles(root.inner("roles"), book)
    params = {name: _param(name, one, book) for name, one in root.inner("params").tables()}
    return attrs.evolve(book, roles=roles, params=params)


def _zone(root: Section) -> Timezone | None:
    name = root.text("timezone")
    if name is None:
        return None
    try:
        return zone(name)
    except ZoneError:
        root.problems.note("unknown-zone", "timezone", got=name)
        return None


def _effective_from(root: Section, zone_: Timezone | None) -> DateTime | None:
    given = root.take("effective_from", date)
    if given is None or zone_ is None:
        return None
    if not isinstance(given, datetime):
        return midnight(given, zone_)
    if given.tzinfo is None:
        root.problems.note("naive-effective-from", "effective_from", got=given.isoformat())
        return None
    return instant(given)


def _calendar(
    root: Section, zone_: Timezone | None, calendars: Mapping[str, WorkCalendar]
) -> WorkCalendar | None:
    name = root.text("calendar") or CONTINUOUS
    if name in calendars:
        return calendars[name]
    if name == CONTINUOUS:
        return WorkCalendar.continuous(zone_.name) if zone_ else None
    root.problems.note("calendar-not-supplied", "calendar", got=name, allowed=(CONTINUOUS, *calendars))
    return None


def _param(name: str, section: Section, book: BookContext) -> Param:
    value = section.take("value", str, int, bool, Decimal)
    param = Param(id=name, value=value, clause=book.clause(section), note=section.text("note"))
    section.finish()
    return param
