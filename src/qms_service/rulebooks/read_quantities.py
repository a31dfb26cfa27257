"""Reads the quantities of one kind of case, and the balances between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from qms_service.facts import FactType
from qms_service.quantities import (
    NAME,
    AnyTally,
    Balance,
    Derived,
    How,
    LinearSum,
    Relation,
    Tally,
    cycle_through,
    made_of,
)
from qms_service.rulebooks.context import UNREADABLE, KindContext, label_of
from qms_service.rulebooks.grammar import QUANTITIES, form_of
from qms_service.rulebooks.section import Section

COUNTABLE: Final = ("quantity", "int", "decimal")


def read_quantities(section: Section, kind: KindContext) -> Mapping[str, AnyTally | None]:
    """The quantities in the order of the rulebook; None for one that cannot be reckoned, which is noted."""
    sections = {name: _formed(one) for name, one in section.tables()}
    for name, one in sections.items():
        if not NAME.fullmatch(name):
            one.problems.note("quantity-name", one.path, got=name)
    found: dict[str, AnyTally | None] = {
        name: _counted(name, one, kind) for name, one in sections.items() if "of" not in one.raw
    }
    sums = {name: _sum(one, sections) for name, one in sections.items() if "of" in one.raw}
    _note_cycles({name: of.names if of else () for name, of in sums.items()}, sections)
    for name, of in _by_parts(sums, found):
        found[name] = _derived(name, of, sections[name], found)
    for one in sections.values():
        one.finish()
    return {name: found.get(name) for name in sections}


def read_balance(
    id_: str, section: Section, tallies: Mapping[str, AnyTally | None], kind: KindContext
) -> Balance | None:
    """One balance between quantities; None where it cannot be judged, which is noted."""
    text = section.text("rule")
    rule = None if text is None else section.problems.reading(section.at("rule"), Relation.parse, text)
    at = section.names("at", "event", kind.event_names)
    clause, label, per = kind.book.clause(section), label_of(section, id_, "label"), section.text("per")
    section.finish()
    if rule is None or not _are_known(rule.names, tallies, section, "rule"):
        return None
    there = {name: tally for name, tally in tallies.items() if tally is not None}
    if not there.keys() >= set(rule.names):
        return None
    return Balance(
        id=id_,
        rule=rule,
        tallies=made_of(rule.names, there),
        at=at if "at" in section.raw else None,
        clause=clause,
        per=_kept_apart_by(per, rule.names, there, section),
        label=label,
    )


def _formed(section: Section) -> Section:
    """A quantity's table with the form that it has."""
    form = form_of(section.raw, QUANTITIES)
    if not any(key in section.raw for told in QUANTITIES for key in told):
        section.problems.note("quantity-how", section.path)
    return Section(section.raw, section.path, section.problems, form)


def _counted(name: str, section: Section, kind: KindContext) -> Tally | None:
    """A quantity that facts put on record."""
    how: How = "last" if "last" in section.raw else "sum"
    paths = section.texts(how)
    if section.raw.get(how) == []:
        section.problems.note("empty", section.at(how))
    per, keeps = section.text("per"), section.flag("keeps")
    label = label_of(section, name, "label")
    facts = [
        (event, fact)
        for index, path in enumerate(paths)
        for event, _, fact in [path.partition(".")]
        if _is_countable(path, f"{section.at(how)}[{index}]", kind)
        and (per is None or _is_key(event, per, section, kind))
    ]
    if not facts or len(facts) < len(paths):
        return None
    return Tally(name=name, how=how, paths=tuple(facts), per=per, keeps=keeps, label=label)


def _is_countable(path: str, at: str, kind: KindContext) -> bool:
    """Whether a fact is known and a number; what it is instead is noted."""
    type_ = kind.fact_type(path, at)
    if type_ is None:
        return False
    if type_.many or type_.kind not in COUNTABLE:
        kind.book.problems.note("quantity-fact", at, got=path, type=str(type_), allowed=COUNTABLE)
        return False
    return True


def _is_key(event: str, per: str, section: Section, kind: KindContext) -> bool:
    """Whether the events of a quantity have the fact that keeps it apart, with one value each."""
    known: Mapping[str, FactType] = kind.subject if event == "subject" else kind.values_of(event)
    at = section.at("per")
    if not section.problems.known("fact", per, known, at):
        return False
    if known[per].many:
        section.problems.note("quantity-key-list", at, got=f"{event}.{per}")
    return known[per] is not UNREADABLE and not known[per].many


def _sum(section: Section, names: Iterable[str]) -> LinearSum | None:
    """What a quantity is made of."""
    text = section.text("of")
    of = None if text is None else section.problems.reading(section.at("of"), LinearSum.parse, text)
    return of if of and _are_known(of.names, names, section, "of") else None


def _are_known(names: Iterable[str], known: Iterable[str], section: Section, key: str) -> bool:
    """Whether all names of a sum are declared; each that is not is noted."""
    allowed, at = tuple(known), section.at(key)
    strange = [name for name in names if not section.problems.known("quantity", name, allowed, at)]
    return not strange


def _note_cycles(parts: Mapping[str, tuple[str, ...]], sections: Mapping[str, Section]) -> None:
    """Notes each quantity that is made of itself."""
    for name in parts:
        way = cycle_through(name, parts)
        if way:
            sections[name].problems.note("quantity-cycle", sections[name].at("of"), way=" → ".join(way))


def _by_parts(
    sums: Mapping[str, LinearSum | None], found: Mapping[str, AnyTally | None]
) -> Iterable[tuple[str, LinearSum]]:
    """The sums whose parts are all there, each after those that it is made of; `found` grows meanwhile."""
    waiting = {name: of for name, of in sums.items() if of is not None}
    while ready := [name for name, of in waiting.items() if all(found.get(part) for part in of.names)]:
        for name in ready:
            yield name, waiting.pop(name)


def _derived(name: str, of: LinearSum, section: Section, found: Mapping[str, AnyTally | None]) -> Derived:
    """A quantity made of others that are there."""
    there = {part: tally for part in of.names if (tally := found[part]) is not None}
    per = _kept_apart_by(section.text("per"), of.names, there, section)
    return Derived(name=name, of=of, per=per, label=label_of(section, name, "label"))


def _kept_apart_by(
    written: str | None, names: Iterable[str], there: Mapping[str, AnyTally], section: Section
) -> str | None:
    """By which fact some quantities are kept apart, all by the same or none; where they are not, it is noted."""
    by = {name: there[name].per for name in names}
    found = {*by.values(), *({written} - {None})}
    if len(found) > 1:
        told = [f"{name} ({per or '–'})" for name, per in by.items()]
        told += [f"per = {written}"] if written else []
        section.problems.note("quantity-per", section.at("per"), got=tuple(told))
    return next(iter(by.values()), None)
