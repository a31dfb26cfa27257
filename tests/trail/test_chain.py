"""Whatever is changed in the entries of a case behind the library's back is found, and says where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trail.cases import any_cases, full, kept, redacted_here, walks

import qms_service as qms
from qms_service.trail import MARK, Entry, findings_of

Entries = Sequence[Entry]
FULL = redacted_here(redacted_here(kept(full()), 2, "by", "note"), 0, "customer")
PARTS = ("body", "pin", "seal", "hash")
SIGNS = st.characters(exclude_categories=()) | st.sampled_from('0123456789abcdefABCDEF{}[]:," \\‹›')


@settings(max_examples=80, deadline=None)
@given(walks() | any_cases())
def test_a_case_that_nobody_touched_has_no_findings(case: qms.Case) -> None:
    one = kept(case)
    assert one.found(one.entries) == ()
    assert all(one.found(one.entries, noted=entry.hash) == () for entry in one.entries)


def codes(found: Sequence[qms.Finding]) -> list[tuple[str, object]]:
    return [(finding.code, finding.facts.get("entry")) for finding in found]


@settings(max_examples=1500, deadline=None)
@given(st.data())
def test_any_character_changed_put_in_or_taken_out_is_found_at_its_entry(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(FULL.entries) - 1))
    part = data.draw(st.sampled_from(PARTS))
    text = getattr(FULL.entries[place], part) or ""
    cut = data.draw(st.integers(0, len(text)))
    goes, comes = (
        data.draw(st.sampled_from([(1, 1), (0, 1), (1, 0), (3, 2)])),
        data.draw(st.text(SIGNS, max_size=2)),
    )
    changed = text[:cut] + comes[: goes[1]] + text[cut + goes[0] :]
    entries = FULL.with_entry(place, **{part: changed})
    assert (FULL.found(entries) != ()) == (entries != FULL.entries)
    if entries != FULL.entries:
        assert codes(FULL.found(entries))[0][1] == place


@settings(max_examples=100, deadline=None)
@given(walks(), st.data())
def test_any_entry_of_any_case_changed_is_found(case: qms.Case, data: st.DataObject) -> None:
    one = kept(case)
    place = data.draw(st.integers(0, case.version))
    body = one.entries[place].body
    cut = data.draw(st.integers(0, len(body) - 1))
    sign = data.draw(SIGNS.filter(lambda sign: sign != body[cut]))
    assert one.found(one.with_entry(place, body=body[:cut] + sign + body[cut + 1 :])) != ()


def dropped(entries: Entries, one: int, _: int) -> Entries:
    return [entry for place, entry in enumerate(entries) if place != one]


def doubled(entries: Entries, one: int, other: int) -> Entries:
    return [*entries[:other], entries[one], *entries[other:]]


def swapped(entries: Entries, one: int, other: int) -> Entries:
    made = list(entries)
    made[one], made[other] = made[other], made[one]
    return made


def swapped_and_renumbered(entries: Entries, one: int, other: int) -> Entries:
    return [attrs.evolve(entry, seq=place) for place, entry in enumerate(swapped(entries, one, other))]


def renumbered(entries: Entries, one: int, other: int) -> Entries:
    return [attrs.evolve(entry, seq=other) if place == one else entry for place, entry in enumerate(entries)]


def closed_up(entries: Entries, one: int, other: int) -> Entries:
    return [attrs.evolve(entry, seq=place) for place, entry in enumerate(dropped(entries, one, other))]


def bodies_swapped(entries: Entries, one: int, other: int) -> Entries:
    made, bodies = list(entries), (entries[other].body, entries[one].body)
    made[one], made[other] = (
        attrs.evolve(entries[place], body=body) for place, body in zip((one, other), bodies, strict=True)
    )
    return made


def truncated(entries: Entries, one: int, _: int) -> Entries:
    return entries[:one]


@pytest.mark.parametrize(
    "change",
    [dropped, doubled, swapped, swapped_and_renumbered, renumbered, closed_up, bodies_swapped, truncated],
)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_entries_moved_about_are_found(change: Callable[..., Entries], data: st.DataObject) -> None:
    places = st.integers(0, len(FULL.entries) - 1)
    one = data.draw(places)
    other = data.draw(places.filter(lambda place: place != one))
    assert FULL.found(change(FULL.entries, one, other)) != ()


def test_an_entry_of_another_case_is_found() -> None:
    other = attrs.evolve(full(), subject=attrs.evolve(full().subject, number="C-2"))
    one, foreign = kept(full()), kept(other)
    assert codes(findings_of("C-2", one.entries, version=7, head=one.head))[0] == ("trail-changed", 0)
    taken = (*foreign.entries[:5], one.entries[5], *foreign.entries[6:])
    assert codes(foreign.found(taken)) == [("trail-changed", 5), ("trail-changed", 6)]


def test_a_shortened_chain_disagrees_with_the_row_of_the_case() -> None:
    one = kept(full())
    (finding,) = one.found(one.entries[:-2])
    assert finding.code == "trail-end"
    assert "ends with entry 7" in str(finding)
    assert "entry 5" in finding.text()


def test_a_row_that_was_changed_disagrees_with_the_chain() -> None:
    one = kept(full())
    for version, head in ((6, one.head), (7, one.entries[-2].hash), (7, "")):
        assert codes(findings_of("C-1", one.entries, version=version, head=head)) == [("trail-end", None)]


def test_a_chain_written_anew_is_found_by_the_digest_that_was_noted() -> None:
    noted = kept(full()).head
    anew = kept(full())
    assert anew.found(anew.entries) == ()
    (finding,) = anew.found(anew.entries, noted=noted)
    assert (finding.code, finding.severity) == ("trail-head", "refusal")
    assert noted in str(finding)


def test_without_any_entry_the_subject_is_missing() -> None:
    assert codes(kept(full()).found(())) == [("trail-gap", 0), ("trail-end", None)]


def test_a_lost_entry_is_one_finding_that_names_it() -> None:
    one = kept(full())
    (finding,) = one.found([*one.entries[:3], *one.entries[4:]])
    assert str(finding).startswith("Case C-1: entry 3 should stand where 4 stands;")
    assert finding.text("zh").startswith("个案 C-1：应为第 3 条记录之处是 4；")


UNREADABLE: dict[str, dict[str, Any]] = {
    "no JSON": {"body": "{"},
    "nothing": {"body": None},
    "bytes": {"body": b"{}"},
    "without end": {"body": "[" * 100_000},
    "deep": {"body": "[" * 700 + "1" + "]" * 700},
    "spaced out": {"body": '{"schema": "qms/1"}'},
    "twice the same key": {"body": '{"a":1,"a":1}'},
    "half a pair": {"body": '{"a":"\\ud800"}'},
    "a seal of no JSON": {"seal": "salt"},
    "no seal": {"seal": None},
    "a list as seal": {"seal": "[]"},
    "an empty seal": {"seal": "{}"},
    "a number as seal": {"seal": "7"},
    "a salt that is none": {"seal": '{"salt":7}'},
    "an empty salt": {"seal": '{"salt":""}'},
    "a salt and more": {"seal": '{"salt":"ab","more":1}'},
    "keys that are none": {"seal": '{"keys":7,"digests":{},"redactions":[],"check":""}'},
    "redactions that are none": {"seal": '{"keys":{},"digests":{},"redactions":[7],"check":""}'},
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_a_finding_and_no_error(what: str) -> None:
    one = kept(full())
    found = one.found(one.with_entry(3, **UNREADABLE[what]))
    assert codes(found) == [("trail-unreadable", 3)]
    assert "Restore it" in str(found[0])


@pytest.mark.parametrize(
    "change", [{"seq": None}, {"seq": "3"}, {"hash": None}, {"pin": 7}, {"hash": "\ud800"}]
)
def test_a_column_of_another_kind_is_a_finding_and_no_error(change: dict[str, Any]) -> None:
    one = kept(full())
    assert one.found(one.with_entry(3, **change)) != ()


def test_a_mark_put_in_by_hand_is_told_from_a_redaction() -> None:
    one = kept(full())
    body = one.entries[2].body.replace('"Li"', f'"{MARK}"')
    (finding,) = one.found(one.with_entry(2, body=body))
    assert (finding.code, finding.facts["fields"]) == ("trail-marked", ("by",))
    assert "none is on record" in str(finding)


def test_a_text_put_back_where_it_was_redacted_is_found() -> None:
    body = FULL.entries[2].body.replace(f'"by":"{MARK}"', '"by":"Li"')
    (finding,) = FULL.found(FULL.with_entry(2, body=body))
    assert (finding.code, finding.facts["fields"]) == ("trail-unmarked", ("by",))
    assert "Put the mark back" in str(finding)


def test_somebody_whose_text_is_the_mark_itself_is_believed() -> None:
    one = kept(attrs.evolve(full(), history=[attrs.evolve(full().history[0], by=MARK)]))
    assert one.found(one.entries) == ()


def test_a_seal_of_another_entry_does_not_fit() -> None:
    assert FULL.found(FULL.with_entry(3, seal=FULL.entries[4].seal)) != ()
    assert FULL.found(FULL.with_entry(3, seal=FULL.entries[2].seal)) != ()
