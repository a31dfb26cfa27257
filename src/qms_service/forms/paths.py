"""Paths: the source that a path of a form stands for, such as `analysed.cause` or `clock.answer.due_at`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import attrs

from qms_service.deadlines import DeadlineState
from qms_service.forms import reckoned, sources
from qms_service.forms.names import Names, facts_of, joined
from qms_service.forms.reckoned import CLOCK_FIGURES
from qms_service.forms.sources import CASE_FIGURES, EVENT_COLUMNS, Source
from qms_service.forms.value_type import (
    DURATION,
    FIGURE,
    INSTANT,
    SIGNATURE,
    TEXT,
    ValueType,
    in_words,
    of_codes,
    of_departments,
)
from qms_service.labels import Label

STATUSES: Final = ("open", "closed", "withdrawn")
_CASE_WORDS: Final = {"id": "number"}


def source_of(names: Names, path: str, at: str) -> Source | None:
    """The source that a path stands for; None where it stands for none, which is noted.

    Args:
        names: What the path can name.
        path: The path as the form writes it.
        at: Where in the form it stands.
    """
    if names.unsure:
        return None
    if names.per is not None:
        return _of_key(names, names.per, path, at)
    if names.about is not None:
        return _of_line(names, path, at)
    if names.caseless and path != "now":
        names.problems.note("form-no-case", at, got=path)
        return None
    head, _, rest = path.partition(".")
    read = _HEADS.get(head)
    return _of_event(names, head, rest, at) if read is None else read(names, rest, at)


def signature_of(names: Names, event: str, at: str) -> Source | None:
    """The signature of whoever records an event."""
    rule = names.event(event, at)
    if rule is None or not names.has_key(rule, at):
        return None
    return sources.OfSignature(
        path=f"{event}.by", type=SIGNATURE, label=rule.label, clause=rule.clause, event=event
    )


def _of_line(names: Names, path: str, at: str) -> Source | None:
    """A column of the event that a row is about; its own columns go before facts of any event."""
    if not names.about:
        names.problems.note("form-by-hand", at, got=path)
        return None
    facts = {name: fact for rule in names.about for name, fact in facts_of(rule).items()}
    own = ("event", *EVENT_COLUMNS)
    if not names.problems.known("column", path, (*own, *facts), at):
        return None
    if path in own:
        label = in_words(f"field.{path}")
        return sources.OfLine(path=path, type=names.column_type(path), label=label, column=path)
    declared = [facts_of(rule)[path].type for rule in names.about if path in facts_of(rule)]
    if len({attrs.evolve(one, optional=True) for one in declared}) > 1:
        names.problems.note("form-types", at, got=(path,))
    fact = facts[path]
    return sources.OfLine(path=path, type=names.fact_type(fact), label=fact.label, column=path)


def _of_key(names: Names, per: str, path: str, at: str) -> Source | None:
    """The key that a row is about, a quantity that is kept apart by it, or what an event says of it."""
    event, _, column = path.partition(".")
    if column:
        return _of_event(names, event, column, at)
    apart = {name: tally for name, tally in names.kind.quantities.items() if tally.per == per}
    if not names.problems.known("quantity", path, ("key", *apart), at):
        return None
    if path == "key":
        return sources.OfKey(path=path, type=names.keys[per], label=Label({"en": per}))
    return reckoned.OfQuantity(path=path, type=FIGURE, label=apart[path].label, quantity=path, apart=True)


def _of_quantity(names: Names, rest: str, at: str) -> Source | None:
    whole = {name: tally for name, tally in names.kind.quantities.items() if tally.per is None}
    if not names.problems.known("quantity", rest, whole, at):
        return None
    path = f"quantities.{rest}"
    return reckoned.OfQuantity(path=path, type=FIGURE, label=whole[rest].label, quantity=rest)


def _of_event(names: Names, event: str, rest: str, at: str) -> Source | None:
    if not names.problems.known("form-source", event, (*_HEADS, *names.events), at):
        return None
    rule = names.events[event]
    facts = facts_of(rule)
    if not names.has_key(rule, at) or not names.problems.known("column", rest, (*EVENT_COLUMNS, *facts), at):
        return None
    own = rest in EVENT_COLUMNS
    return sources.OfEvent(
        path=f"{event}.{rest}",
        type=names.column_type(rest) if own else names.fact_type(facts[rest]),
        label=joined(rule.label, f"field.{rest}") if own else facts[rest].label,
        clause=rule.clause,
        event=event,
        column=rest,
        optional=rest not in ("at", "by", "department", *rule.required),
    )


def _of_case(names: Names, rest: str, at: str) -> Source | None:
    if not names.problems.known("column", rest, CASE_FIGURES, at):
        return None
    kinds = tuple((name, one.label) for name, one in names.rules.kinds.items())
    types = {
        "opened_at": INSTANT,
        "status": of_codes("status", STATUSES),
        "kind": ValueType(kind="choice", choices=kinds),
    }
    label = in_words(f"field.{_CASE_WORDS.get(rest, rest)}")
    return sources.OfCase(path=f"case.{rest}", type=types.get(rest, TEXT), label=label, figure=rest)


def _of_subject(names: Names, rest: str, at: str) -> Source | None:
    facts = {fact.name: fact for fact in names.kind.subject}
    if not names.problems.known("fact", rest, facts, at):
        return None
    fact = facts[rest]
    return sources.OfSubject(
        path=f"subject.{rest}",
        type=names.fact_type(fact),
        label=fact.label,
        fact=rest,
        optional=fact.type.optional,
    )


def _of_clock(names: Names, rest: str, at: str) -> Source | None:
    name, _, figure = rest.partition(".")
    problems, clocks = names.problems, names.kind.clocks
    if not problems.known("clock", name, clocks, at):
        return None
    if not problems.known("column", figure, CLOCK_FIGURES, at):
        return None
    clock = clocks[name]
    states = of_codes("state", [state.value for state in DeadlineState])
    types = {"choice": states, "instant": INSTANT, "duration": DURATION, "text": TEXT}
    return reckoned.OfClock(
        path=f"clock.{rest}",
        type=types[CLOCK_FIGURES[figure]],
        label=joined(clock.label or Label({"en": name}), f"field.{figure}"),
        clause=clock.clause,
        clock=name,
        figure=figure,
    )


def _of_owner(names: Names, rest: str, at: str) -> Source | None:
    rule = names.event(rest, at)
    if rule is None:
        return None
    label = joined(rule.label, "field.department")
    type_ = of_departments(names.rules.departments)
    return reckoned.OfOwner(path=f"owner.{rest}", type=type_, label=label, clause=rule.clause, step=rest)


def _of_related(names: Names, rest: str, at: str) -> Source | None:
    kind, _, path = rest.partition(".")
    others = names.another(kind, at)
    inner = None if others is None else source_of(others, path, at)
    if others is None or inner is None:
        return None
    return sources.OfRelated(
        path=f"related.{rest}",
        type=attrs.evolve(inner.type, many=True),
        label=joined(others.kind.label, inner.label),
        clause=inner.clause,
        kind=kind,
        inner=inner,
    )


def _now(names: Names, rest: str, at: str) -> Source | None:
    if rest:
        names.problems.note("form-now", at, got=f"now.{rest}")
        return None
    return sources.Moment(path="now", type=INSTANT, label=in_words("field.filled_at"))


_HEADS: Final[Mapping[str, Callable[[Names, str, str], Source | None]]] = {
    "case": _of_case,
    "subject": _of_subject,
    "clock": _of_clock,
    "owner": _of_owner,
    "quantities": _of_quantity,
    "related": _of_related,
    "now": _now,
}
