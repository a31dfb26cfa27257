"""A request under a key is answered once: repeated, it changes nothing and gives the same case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service.errors import KeyReusedError
from qms_service.numbering import NumberSeries
from qms_service.ports import Store
from qms_service.testing import FixedNow

SHANGHAI = ZoneInfo("Asia/Shanghai")
EIGHT = datetime(2026, 3, 2, 8, tzinfo=SHANGHAI)
SERIES = NumberSeries(id="cp", pattern="CP{YYYY}-{seq:03}", reset="year", timezone="Asia/Shanghai")
PCB = qms.load_rulebook("pcb-maker")


def complaint(number: str = "C-1", **fields: Any) -> qms.Complaint:  # noqa: ANN401  # any of a complaint's
    return qms.Complaint(**{"number": number, "customer": "ACME", "received_at": EIGHT, **fields})


def test_a_case_is_opened_once(desk: qms.ServiceDesk, store: Store, now: FixedNow) -> None:
    first = desk.open(complaint("", quantity=5), series=SERIES, key="mail-17")
    now.advance(timedelta(minutes=5))
    assert desk.open(complaint("", quantity=5), series=SERIES, key="mail-17") == first
    grown = desk.record(first.id, "forwarded")
    assert desk.open(complaint("", quantity=5), series=SERIES, key="mail-17") == grown  # as it stands now
    with store.transaction(read_only=True) as t:
        assert [entry.number for entry in t.numbers.ledger(SERIES)] == [first.id]


def test_an_event_is_recorded_once(desk: qms.ServiceDesk, now: FixedNow) -> None:
    desk.open(complaint())
    first = desk.record("C-1", "forwarded", by="Li", department="市场部", key="k1")
    now.advance(timedelta(minutes=5))
    assert desk.record("C-1", "forwarded", by="Li", department="市场部", key="k1") == first
    assert (
        desk.record("C-1", "forwarded", by="Li", department="marketing", at=first.history[-1].at, key="k1")
        == first
    )
    now.advance(timedelta(minutes=5))
    analysed = desk.record("C-1", "analysed", established=True, key="k2")
    assert desk.record("C-1", "forwarded", by="Li", department="市场部", key="k1") == analysed


def test_a_concession_is_made_once(desk: qms.ServiceDesk) -> None:
    desk.open(complaint())
    first = desk.record("C-1", "analysed", established=True, despite="the mail server was down", key="k")
    assert (
        desk.record("C-1", "analysed", established=True, despite="the mail server was down", key="k") == first
    )
    with pytest.raises(KeyReusedError):  # without the reason it would have been refused
        desk.record("C-1", "analysed", established=True, key="k")


def test_a_correction_is_made_once(desk: qms.ServiceDesk) -> None:
    desk.open(complaint())
    desk.record("C-1", "forwarded")
    desk.record("C-1", "analysed", established=True)
    change: dict[str, Any] = {"of": 3, "facts": {"ours": False}, "reason": "mixed up", "key": "k"}
    first = desk.record("C-1", "corrected", **change)
    assert desk.record("C-1", "corrected", **change) == first
    with pytest.raises(KeyReusedError):
        desk.record("C-1", "corrected", **{**change, "facts": {"ours": True}})


REUSES: list[tuple[str, Callable[[qms.ServiceDesk], object]]] = [
    ("another case", lambda desk: desk.record("C-2", "forwarded", by="Li", key="k")),
    ("another event", lambda desk: desk.record("C-1", "passed_on", by="Li", key="k")),
    ("another person", lambda desk: desk.record("C-1", "forwarded", by="Wang", key="k")),
    ("another time", lambda desk: desk.record("C-1", "forwarded", by="Li", at=EIGHT, key="k")),
    ("other facts", lambda desk: desk.record("C-1", "forwarded", by="Li", note="by mail", key="k")),
    ("an opening", lambda desk: desk.open(complaint(), key="k")),
    ("another opening", lambda desk: desk.open(complaint("C-3"), key="k")),
    ("a taking over", lambda desk: desk.adopt(complaint(), [], key="k")),
    ("another edition", lambda desk: desk.change_edition("C-1", "1", reason="x", key="k")),
    ("another subject", lambda desk: desk.open(complaint(customer="OTHER"), key="open")),
    ("a number of its own", lambda desk: desk.open(complaint(""), series=SERIES, key="open")),
    ("a number of a series", lambda desk: desk.open(complaint("CP2026-001"), key="numbered")),
    ("a step of an opening", lambda desk: desk.record("C-1", "received", at=EIGHT, key="open")),
    ("a step of what was taken over", lambda desk: desk.record("C-9", "forwarded", at=EIGHT, key="old")),
    ("another history", lambda desk: desk.adopt(complaint("C-9"), [], key="old")),
]  # fmt: skip


@pytest.mark.parametrize(("other", "ask"), REUSES, ids=[name for name, _ in REUSES])
def test_a_key_answers_one_request_only(
    desk: qms.ServiceDesk, store: Store, other: str, ask: Callable[[qms.ServiceDesk], object]
) -> None:
    desk.open(complaint(), key="open")
    desk.open(complaint("C-2"))
    desk.open(complaint("", customer="B"), series=SERIES, key="numbered")
    desk.adopt(complaint("C-9"), [qms.Event("forwarded", EIGHT)], key="old")
    desk.record("C-1", "forwarded", by="Li", key="k")
    before = contents(store)
    with pytest.raises(KeyReusedError, match=r"answered another request.*key of its own") as refused:
        ask(desk)
    assert "键" in refused.value.text("zh")
    assert contents(store) == before, other


@pytest.mark.parametrize("key", ["", " ", 7])
def test_a_key_is_a_text(desk: qms.ServiceDesk, key: object) -> None:
    with pytest.raises(qms.EntryError, match="A key is a text"):
        desk.open(complaint(), key=key)  # type: ignore[arg-type]


def test_what_was_refused_has_answered_nothing(desk: qms.ServiceDesk) -> None:
    desk.open(complaint())
    with pytest.raises(qms.Refused):
        desk.record("C-1", "analysed", established=True, key="k")
    desk.record("C-1", "forwarded")
    assert desk.record("C-1", "analysed", established=True, key="k").version == 3


def test_a_change_of_edition_is_made_once(store: Store, now: FixedNow) -> None:
    first = PCB.editions[-1]
    second = qms.Procedure(attrs.evolve(first.rules, edition="2", digest="2" * 64, effective_from=now()))
    desk = qms.ServiceDesk(qms.Rulebook("pcb-maker", (first, second)), store, now=now)
    desk.open(complaint())
    changed = desk.change_edition("C-1", "2", reason="limits tightened", by="Chen", key="k")
    assert (changed.pin.edition, changed.history[-1].by) == ("2", "Chen")
    assert desk.change_edition("C-1", "2", reason="limits tightened", by="Chen", key="k") == changed
    assert desk.case("C-1") == changed
    with pytest.raises(KeyReusedError):
        desk.change_edition("C-1", "2", reason="another reason", key="k")
    with pytest.raises(qms.Refused, match="edition 2 already"):
        desk.change_edition("C-1", "2", reason="again")
    with pytest.raises(qms.Refused, match="after now"):
        desk.change_edition("C-1", "1", reason="back", at=now() + timedelta(hours=1))


Call = Callable[[qms.ServiceDesk], object]
numbers = st.sampled_from(("C-1", "C-2"))
STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("forwarded", {"by": "Li"}),
    ("passed_on", {}),
    ("analysed", {"established": True, "ours": True}),
    ("contained", {"note": "stock held"}),
    ("withdrawn", {}),
    ("reopened", {"reason": "again"}),
    ("closed", {}),
)


def opening(number: str) -> Call:
    return lambda desk: desk.open(complaint(number), key=f"open {number}")


def numbered(customer: str) -> Call:
    return lambda desk: desk.open(complaint("", customer=customer), series=SERIES, key=f"numbered {customer}")


def recording(number: str, step: tuple[str, dict[str, Any]]) -> Call:
    name, entry = step
    return lambda desk: desk.record(number, name, key=f"{name} of {number}", **entry)


def adopting(number: str) -> Call:
    old = [qms.Event("forwarded", EIGHT), qms.Event("closed", EIGHT + timedelta(minutes=9))]
    return lambda desk: desk.adopt(complaint(number), old, key=f"old {number}")


calls = st.one_of(
    numbers.map(opening),
    st.sampled_from(("A", "B")).map(numbered),
    st.builds(recording, numbers, st.sampled_from(STEPS)),
    st.builds(lambda one, other: lambda desk: desk.link(one, other), numbers, numbers),
    numbers.map(adopting),
)


def contents(store: Store) -> object:
    with store.transaction(read_only=True) as t:
        views = list(t.cases.find())
        return views, [t.cases.load(view.id) for view in views], list(t.numbers.ledger(SERIES))


def done(call: Call, desk: qms.ServiceDesk) -> bool:
    try:
        call(desk)
    except (qms.QmsError, ValueError):
        return False
    return True


@settings(max_examples=120, deadline=None)
@given(asked=st.lists(st.tuples(calls, st.lists(st.integers(0, 12), max_size=2)), max_size=12))
def test_repeating_any_answered_requests_at_any_time_leaves_the_store_as_without(
    asked: list[tuple[Call, list[int]]],
) -> None:
    plain, repeated = qms.adapters.memory.open(), qms.adapters.memory.open()
    now = FixedNow(EIGHT)
    one, other = (qms.ServiceDesk(PCB, store, now=now) for store in (plain, repeated))
    answered: list[Call] = []
    for call, again in asked:
        now.advance(timedelta(minutes=20))
        went = done(call, one)
        assert done(call, other) == went
        answered += [call] if went else []
        for place in again:
            if place < len(answered):
                assert done(answered[place], other)
    assert contents(repeated) == contents(plain)
