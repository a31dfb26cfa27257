"""What an event is made of: text where text belongs, evidence where evidence belongs, and an instant."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from qms_service.errors import EntryError
from qms_service.events import Event, Evidence

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize("column", ["by", "department", "role", "on_behalf_of", "note", "despite"])
def test_a_column_is_text_or_absent(column: str) -> None:
    with pytest.raises(EntryError, match=f"received: {column} has to be text; got 5"):
        Event("received", AT, **{column: 5})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [None, 5])
def test_a_name_is_text(name: object) -> None:
    with pytest.raises(EntryError, match="name has to be text"):
        Event(name, AT)  # type: ignore[arg-type]


class Cell(str):
    """A kind of text, as frames hand it out."""

    __slots__ = ()


def test_a_kind_of_text_is_text() -> None:
    assert Event("received", AT, by=Cell("Li")).by == "Li"


@pytest.mark.parametrize("evidence", ["photo.jpg", ["photo.jpg"], 5])
def test_evidence_is_a_list_of_evidence(evidence: object) -> None:
    with pytest.raises(EntryError, match="Evidence is a list of Evidence"):
        Event("received", AT, evidence=evidence)  # type: ignore[arg-type]


def test_evidence_in_a_list_is_kept_unchangeable() -> None:
    photo = Evidence(kind="photo", uri="file:///photos/1.jpg")
    assert Event("received", AT, evidence=[photo]).evidence == (photo,)


def test_two_events_are_equal_by_their_instant_and_not_by_the_wall() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = Event("received", datetime(2024, 10, 27, 2, 30, tzinfo=berlin, fold=0))
    second = Event("received", datetime(2024, 10, 27, 2, 30, tzinfo=berlin, fold=1))
    assert first != second
    assert first == Event("received", datetime(2024, 10, 27, 0, 30, tzinfo=ZoneInfo("UTC")))
    assert len({first, second}) == 2


def test_a_column_of_an_event_is_read_like_a_fact() -> None:
    event = Event("countersigned", AT, department="quality", facts={"page": 3})
    assert (event.value("department"), event.value("page"), event.value("role")) == ("quality", 3, None)
