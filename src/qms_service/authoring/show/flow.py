"""The flow of a kind of case (流程): its steps as boxes, and arrows from what each step needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from qms_service.authoring.show.chart import Chart, Edge, Form, Node, wrapped
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.events import ALWAYS, Condition, Selector
from qms_service.rulebooks.balance_need import BalanceNeed
from qms_service.rulebooks.each_of import EachOf
from qms_service.rulebooks.model import EventRule, Gate, KindRules
from qms_service.rulebooks.need import AllOf, AnyOf, CountOf, EventNeed, Need
from qms_service.rulebooks.owners import route_of

LABEL_WIDTH: Final = 20


@attrs.frozen(kw_only=True)
class Arrow:
    """An arrow before it is drawn.

    Args:
        tail, head: Steps by their names, a condition by itself, a linked case by its kind in brackets.
        label: Under what it leads there.
        when: The condition of the gate that it comes from.
        one_of: Whether another arrow may serve instead.
    """

    tail: object
    head: object
    label: str = ""
    when: Condition = ALWAYS
    one_of: bool = False


def flow_chart(voice: KindVoice) -> Chart:
    """The flow chart of a kind of case; an arrow that follows from others is left out."""
    kind = voice.kind
    arrows = tuple(_from_the_opening(kind, tuple(_arrows(voice))))
    arrows = _reduced(arrows)
    places: dict[object, str] = {}
    for key in (
        *(rule.name for rule in voice.steps),
        *(end for arrow in arrows for end in (arrow.tail, arrow.head)),
    ):
        places.setdefault(key, f"n{len(places) + 1}")
    return Chart(
        id=kind.kind,
        title=voice.say("chart.title", case=voice.name(kind.label, kind.kind)),
        nodes=tuple(_node(voice, key, id_) for key, id_ in places.items()),
        edges=tuple(_drawn(arrows, places)),
        lacking=voice.say("chart.lacking"),
    )


def _arrows(voice: KindVoice) -> Iterator[Arrow]:
    kind = voice.kind
    for rule in kind.events.values():
        before = tuple(arrow for gate in rule.gates for arrow in _gate(voice, gate, rule))
        if rule.when != ALWAYS and not _inherits(kind, rule, before):
            for path in rule.when.paths:
                yield Arrow(tail=_source(kind, path), head=rule.when)
            yield Arrow(tail=rule.when, head=rule.name)
        yield from before


def _inherits(kind: KindRules, rule: EventRule, before: tuple[Arrow, ...]) -> bool:
    """Whether a step before it that it always needs stands under the same condition."""
    firm = (one.tail for one in before if not one.one_of and one.when in (ALWAYS, rule.when))
    return any(isinstance(name, str) and _when(kind, name) == rule.when for name in firm)


def _when(kind: KindRules, name: str) -> Condition:
    rule = kind.events.get(name)
    return rule.when if rule else ALWAYS


def _source(kind: KindRules, path: str) -> str:
    """The step that puts a fact on record; the opening for one of the subject, or of a system event."""
    event = path.partition(".")[0]
    return event if event in kind.events else kind.opening


def _gate(voice: KindVoice, gate: Gate, rule: EventRule) -> Iterator[Arrow]:
    for case in gate.settled:
        yield Arrow(tail=(case,), head=rule.name, label=_under(voice, gate, rule, ALWAYS), when=gate.when)
    for need, selector, one_of in _leaves(gate.need) if gate.need else ():
        known = selector.event in voice.kind.events
        said = (
            "" if known else voice.event(selector.event),
            _how(voice, need, rule),
            _under(voice, gate, rule, _when(voice.kind, selector.event)),
        )
        yield Arrow(
            tail=_source(voice.kind, selector.event),
            head=rule.name,
            label=voice.say("and-then").join(filter(None, said)),
            when=gate.when,
            one_of=one_of,
        )


def _leaves(need: Need, *, one_of: bool = False) -> Iterator[tuple[Need, Selector, bool]]:
    if isinstance(need, AllOf | AnyOf):
        for one in need.needs:
            yield from _leaves(one, one_of=one_of or isinstance(need, AnyOf))
    elif isinstance(need, EachOf):
        for selector in need.selectors:
            yield need, selector, one_of or len(need.selectors) > 1
    elif not isinstance(need, BalanceNeed):  # it waits for no step
        yield need, need.selector, one_of  # type: ignore[attr-defined]  # the other forms have one


def _how(voice: KindVoice, need: Need, rule: EventRule) -> str:
    """What narrows an arrow; nothing that the step's own condition says already."""
    if isinstance(need, CountOf):
        return voice.say("chart.count", count=need.count)
    if not isinstance(need, EventNeed):
        return voice.say("chart.each")
    event = need.selector.event
    told = {test for tests in rule.when.alternatives[:1] for test in tests} if _is_plain(rule.when) else set()
    where = tuple(test for test in need.selector.where if (f"{event}.{test[0]}", test[1]) not in told)
    return voice.tests(where, event) if where else ""


def _is_plain(when: Condition) -> bool:
    return len(when.alternatives) == 1


def _under(voice: KindVoice, gate: Gate, rule: EventRule, tail: Condition) -> str:
    """The condition of a gate, where neither of its two ends tells it: they stand under one of their own."""
    return "" if tail != ALWAYS or gate.when in (ALWAYS, rule.when) else voice.condition(gate.when)


def _from_the_opening(kind: KindRules, arrows: tuple[Arrow, ...]) -> Iterator[Arrow]:
    """The arrows with those to steps that need nothing: they follow the opening."""
    reached = {arrow.head for arrow in arrows}
    for name in kind.events:
        if name not in reached and name != kind.opening:
            yield Arrow(tail=kind.opening, head=name)
    yield from (arrow for arrow in arrows if arrow.tail != arrow.head)


def _reduced(arrows: tuple[Arrow, ...]) -> tuple[Arrow, ...]:
    """Without the arrows that others imply."""
    kept = list(dict.fromkeys(arrows))
    for arrow in tuple(kept):
        others = [one for one in kept if one is not arrow]
        if not (arrow.label or arrow.one_of) and _leads(arrow, others):
            kept = others
    return tuple(kept)


def _leads(arrow: Arrow, others: list[Arrow]) -> bool:
    """Whether arrows that hold whenever this one does lead from its tail to its head."""
    firm = [one for one in others if not one.one_of and one.when in (ALWAYS, arrow.when)]
    reached, ahead = {arrow.tail}, [arrow.tail]
    while ahead:
        here = ahead.pop()
        for one in firm:
            if one.tail == here and one.head not in reached:
                reached.add(one.head)
                ahead.append(one.head)
    return arrow.head in reached


def _drawn(arrows: tuple[Arrow, ...], places: dict[object, str]) -> Iterator[Edge]:
    """One arrow between two boxes; where several gates ask for it, an unconditional one tells all."""
    between: dict[tuple[object, object], list[Arrow]] = {}
    for arrow in arrows:
        between.setdefault((arrow.tail, arrow.head), []).append(arrow)
    for (tail, head), same in between.items():
        labels = tuple(dict.fromkeys(one.label for one in same))
        yield Edge(
            tail=places[tail],
            head=places[head],
            label="" if "" in labels else " / ".join(labels),
            dashed=all(one.one_of for one in same),
        )


def _node(voice: KindVoice, key: object, id_: str) -> Node:
    if isinstance(key, Condition):
        return Node(id=id_, lines=wrapped(voice.say("chart.if", when=voice.condition(key))), form="condition")
    if isinstance(key, tuple):
        return Node(
            id=id_, lines=wrapped(voice.say("chart.case", case=voice.case_kind(str(key[0])))), form="case"
        )
    rule = voice.kind.events[str(key)]
    form: Form = "start" if rule.name == voice.kind.opening else "optional" if rule.optional else "step"
    return Node(id=id_, lines=(*wrapped(voice.event(rule.name)), *_owner(voice, rule)), form=form)


def _owner(voice: KindVoice, rule: EventRule) -> tuple[str, ...]:
    if route_of(voice.kind, rule.name) is not None:
        return wrapped(voice.say("chart.routed"))
    return wrapped(voice.say("chart.owner", owner=voice.department(rule.by))) if rule.by else ()
