"""The quantities of a kind of case (数量): what they count, and what has to balance between them."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.show.document import Row, Section
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.quantities import AnyTally, Balance, Derived


def quantities(voice: KindVoice) -> Iterator[Section]:
    """The quantities, and below them the balances."""
    kind = voice.kind
    if kind.quantities:
        rows = tuple(_quantity(voice, one) for one in kind.quantities.values())
        yield _section(voice, "quantities", ("quantity", "reckoned", "per"), rows, (25, 55, 20))
    if kind.balances:
        rows = tuple(_balance(voice, one) for one in kind.balances.values())
        keys = ("balance", "relation", "holds-at", "per", "clause")
        yield _section(voice, "balances", keys, rows, (22, 32, 18, 16, 12))


def _section(
    voice: KindVoice, title: str, keys: tuple[str, ...], rows: tuple[Row, ...], widths: tuple[int, ...]
) -> Section:
    return Section(title=voice.say(title), blocks=(voice.table(keys, rows, widths),))


def _quantity(voice: KindVoice, one: AnyTally) -> Row:
    return (voice.named(one.label, one.name), _reckoned(voice, one), _per(voice, one))


def _reckoned(voice: KindVoice, one: AnyTally) -> str:
    if isinstance(one, Derived):
        return str(one.of)
    facts = voice.listed(tuple(voice.fact(".".join(path)) for path in one.paths))
    said = voice.say(f"quantity.{one.how}", facts=facts)
    return f"{said}\n{voice.say('clock.keeps')}" if one.keeps else said


def _balance(voice: KindVoice, one: Balance) -> Row:
    named, per = voice.named(one.label, one.id), _per(voice, one)
    return (named, one.rule.text, _at(voice, one), per, voice.clause(one.clause))


def _at(voice: KindVoice, one: Balance) -> str:
    """When it has to hold."""
    if one.at is None:
        return voice.say("balance.always")
    return voice.events(one.at) or voice.say("balance.asked")


def _per(voice: KindVoice, one: AnyTally | Balance) -> str:
    """By which fact it is kept apart, by the name that the first event counted has for it."""
    if one.per is None:
        return ""
    tallies = one.tallies if isinstance(one, Balance) else (one,)
    events = [event for tally in tallies for event in tally.events]
    return voice.fact(f"{events[0]}.{one.per}") if events else one.per
