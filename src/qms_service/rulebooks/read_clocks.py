"""Reads the pauses and clocks of one kind of case."""

from __future__ import annotations

from collections.abc import Mapping

from qms_service.deadlines import Clock, PauseRule
from qms_service.deadlines.clock import AGREEMENTS, REOPENINGS
from qms_service.rulebooks.context import KindContext, label_of
from qms_service.rulebooks.read_events import read_condition, read_selectors
from qms_service.rulebooks.read_routes import outputs_of, read_inputs, read_table
from qms_service.rulebooks.section import Section
from qms_service.rulebooks.term_table import TermTable
from qms_service.worktime import Term, Urgency


def read_pause(id_: str, section: Section, kind: KindContext) -> PauseRule | None:
    """One kind of pause."""
    starts, ends = read_selectors(section, "from", kind), read_selectors(section, "to", kind)
    at_most, clause = kind.book.term(section, "at_most"), kind.book.clause(section)
    label_of(section, id_, "label")
    section.finish()
    return (
        PauseRule(id_, starts=starts, ends=ends, at_most=at_most, clause=clause) if starts and ends else None
    )


def read_clock(id_: str, section: Section, pauses: Mapping[str, object], kind: KindContext) -> Clock | None:
    """One clock."""
    start, stop = read_selectors(section, "from", kind), read_selectors(section, "to", kind)
    within = _within(id_, section, kind)
    warn, clause = kind.book.term(section, "warn"), kind.book.clause(section)
    when = read_condition(section, "when", kind)
    paused_by = section.names("paused_by", "pause", pauses)
    on_reopen = section.name("on_reopen", "choice", REOPENINGS) or "new"
    keeps = section.flag("keeps")
    agreed = section.name("agreed", "choice", AGREEMENTS) or "always"
    label = label_of(section, id_, "label")
    section.finish()
    if not (start and stop) or within is None:
        return None
    return Clock(
        id_,
        start=start,
        stop=stop,
        within=within,
        clause=clause,
        when=when,
        warn=warn,
        paused_by=paused_by,
        on_reopen=on_reopen,  # type: ignore[arg-type]  # one of REOPENINGS, checked above
        keeps=keeps,
        agreed=agreed,  # type: ignore[arg-type]  # one of AGREEMENTS, checked above
        label=label,
    )


def _within(id_: str, section: Section, kind: KindContext) -> Term | Urgency | TermTable | None:
    """A term, or a table of terms `{ inputs = {...}, table = '''...''' }`."""
    if not isinstance(section.raw.get("within"), dict):
        return kind.book.within(section, "within")
    table = section.inner("within")
    inputs, sources = read_inputs(table, kind)
    read = read_table(id_, table, inputs, {"within": "text"}, kind)
    table.finish()
    texts = dict.fromkeys(text for _, name, text in outputs_of(table) if name == "within")
    terms = [(text, kind.book.within_of(text, table.at("table"))) for text in texts]
    if read is None:
        return None
    return TermTable(
        table=read, sources=sources, terms=tuple((text, term) for text, term in terms if term is not None)
    )
