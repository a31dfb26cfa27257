"""Editions: which one was in force, and which one judges a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms

SHANGHAI = ZoneInfo("Asia/Shanghai")
EDITION = """
id = "lease-desk"
edition = "{edition}"
timezone = "Asia/Shanghai"
{start}
[lease]
opening = "signed"
[lease.events.signed]
[lease.events.handed_over]
[lease.events.closed]
[lease.clocks.handing-over]
clause = "5.1"
from = "signed"
to = "handed_over"
within = "{within}"
"""

Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    def write(*editions: tuple[str, str, str]) -> Path:
        for name, start, within in editions:
            line = f"effective_from = {start}" if start else ""
            text = EDITION.format(edition=name, start=line, within=within)
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def at(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def lease(opened_at: datetime, number: str = "L-1") -> qms.Subject:
    return qms.Subject("lease", number=number, opened_at=opened_at)


def test_an_edition_is_in_force_from_midnight_of_its_date_in_the_rulebooks_zone(folder: Write) -> None:
    book = qms.load_rulebook(folder(("1", "", "7 d"), ("2", "2026-03-01", "3 d")))
    assert book.on(at(2, 28, 23, 59)).edition == "1"
    assert book.on(at(3, 1)).edition == "2"
    assert book.on(datetime(2026, 2, 28, 16, tzinfo=ZoneInfo("UTC"))).edition == "2"
    assert book.on(date(2026, 2, 28)).edition == "1"
    assert book.on(date(2026, 3, 1)).edition == "2"


def test_an_edition_may_come_into_force_at_an_instant(folder: Write) -> None:
    book = qms.load_rulebook(folder(("1", "", "7 d"), ("2", "2026-03-01T08:30:00+08:00", "3 d")))
    assert book.on(at(3, 1, 8, 29)).edition == "1"
    assert book.on(at(3, 1, 8, 30)).edition == "2"
    assert book.on(date(2026, 3, 1)).edition == "1"


def test_a_first_edition_without_a_date_was_always_in_force(folder: Write) -> None:
    book = qms.load_rulebook(folder(("1", "", "7 d"), ("2", "2026-03-01", "3 d")))
    assert book.on(date(1999, 1, 1)).edition == "1"


def test_before_the_first_edition_there_are_no_rules(folder: Write) -> None:
    book = qms.load_rulebook(folder(("1", "2026-01-01", "7 d"), ("2", "2026-03-01", "3 d")))
    with pytest.raises(
        qms.NotInForceError, match=r"lease-desk was not in force at 2025-12-31.*from 2026-01-01"
    ):
        book.on(date(2025, 12, 31))
    with pytest.raises(qms.NotInForceError) as refused:
        book.open(lease(at(12, 31, 23, year=2025)))
    assert "尚未生效" in refused.value.text("zh")


def test_files_are_put_in_order_by_date_and_not_by_name(folder: Write) -> None:
    book = qms.load_rulebook(folder(("a", "2026-05-01", "1 d"), ("b", "2026-03-01", "3 d"), ("z", "", "7 d")))
    assert [edition.edition for edition in book.editions] == ["z", "b", "a"]
    assert book.on(date(2026, 4, 1)).edition == "b"


def test_midnight_that_a_zone_skips_is_the_moment_of_the_change(tmp_path: Path) -> None:
    text = EDITION.format(edition="1", start="effective_from = 2018-11-04", within="7 d")
    (tmp_path / "1.toml").write_text(text.replace("Asia/Shanghai", "America/Sao_Paulo"), encoding="utf-8")
    (edition,) = qms.load_rulebook(tmp_path).editions
    start = edition.rules.effective_from
    assert start is not None
    assert qms.utc(start) == datetime(2018, 11, 4, 3, tzinfo=ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("editions", "said"),
    [
        (
            [("1", "", "7 d"), ("2", "", "3 d")],
            "Only the first edition of lease-desk may leave effective_from out",
        ),
        (
            [("1", "2026-03-01", "7 d"), ("2", "2026-03-01", "3 d")],
            "in force from the same moment: 2026-03-01",
        ),
    ],
)
def test_editions_that_contradict_each_other_are_refused(
    folder: Write, editions: list[tuple[str, str, str]], said: str
) -> None:
    with pytest.raises(qms.RulebookError, match=said):
        qms.load_rulebook(folder(*editions))


def test_two_files_of_one_edition_are_refused(folder: Write, tmp_path: Path) -> None:
    folder(("1", "", "7 d"))
    again = EDITION.format(edition="1", start="effective_from = 2026-03-01", within="3 d")
    (tmp_path / "copy.toml").write_text(again, encoding="utf-8")
    with pytest.raises(qms.RulebookError, match="call themselves the same edition: 1, 1"):
        qms.load_rulebook(tmp_path)


def test_files_of_two_rulebooks_in_one_folder_are_refused(folder: Write, tmp_path: Path) -> None:
    folder(("1", "", "7 d"))
    other = EDITION.format(edition="2", start="effective_from = 2026-03-01", within="3 d")
    (tmp_path / "2.toml").write_text(other.replace("lease-desk", "other-desk"), encoding="utf-8")
    with pytest.raises(qms.RulebookError, match="different ids: lease-desk, other-desk"):
        qms.load_rulebook(tmp_path)


def test_a_case_is_judged_by_the_edition_of_its_opening_whatever_came_later(folder: Write) -> None:
    book = qms.load_rulebook(folder(("1", "", "7 d"), ("2", "2026-03-01", "3 d")))
    old, new = book.open(lease(at(2, 27, 9))), book.open(lease(at(3, 1, 9), "L-2"))
    assert (old.pin.edition, new.pin.edition) == ("1", "2")
    now = at(3, 2, 9)
    assert book.of(old).deadline(old, "handing-over", now=now).due_at == at(3, 6, 9)
    assert book.of(new).deadline(new, "handing-over", now=now).due_at == at(3, 4, 9)


def test_a_pin_names_rulebook_edition_and_digest(folder: Write) -> None:
    book = qms.load_rulebook(folder(("1", "", "7 d")))
    case = book.open(lease(at(2, 27)))
    assert (case.pin.rulebook, case.pin.edition) == ("lease-desk", "1")
    assert book.of(case).id == "lease-desk"
    assert case.pin.digest == book.on(date(2026, 2, 27)).digest
    assert str(case.pin).startswith("lease-desk edition 1 (")


def test_another_edition_neither_records_nor_reads_a_case_unless_it_replays(folder: Write) -> None:
    book = qms.load_rulebook(folder(("1", "", "7 d"), ("2", "2026-03-01", "3 d")))
    case = book.open(lease(at(2, 27, 9)))
    second, now = book.on(date(2026, 3, 1)), at(3, 2, 9)
    with pytest.raises(
        qms.PinnedElsewhereError, match=r"L-1 is pinned to lease-desk edition 1 .*replay=True"
    ):
        second.record(case, "handed_over", at=now)
    with pytest.raises(qms.PinnedElsewhereError):
        second.check(case, "handed_over", at=now)
    with pytest.raises(qms.PinnedElsewhereError):
        second.deadline(case, "handing-over", now=now)
    assert second.deadline(case, "handing-over", now=now, replay=True).due_at == at(3, 2, 9)
    assert second.deadlines(case, now=now, replay=True)[0].due_at == at(3, 2, 9)
    assert second.next_steps(case, now=now, replay=True)[0].event == "handed_over"
    assert second.review(case, now + timedelta(hours=1), replay=True)[0].code == "overdue"
    assert second.owner(case, "handed_over", replay=True).responsible is None
    assert second.status(case, now=now, replay=True).status == "open"


def test_a_rulebook_without_the_edition_of_a_case_says_what_it_has(folder: Write, tmp_path: Path) -> None:
    case = qms.load_rulebook(folder(("1", "", "7 d"))).open(lease(at(2, 27)))
    (tmp_path / "1.toml").unlink()
    changed = qms.load_rulebook(folder(("1", "", "8 d")))
    with pytest.raises(qms.PinnedElsewhereError, match=r"This rulebook has: lease-desk edition 1 \("):
        changed.of(case)


def test_a_day_and_an_instant_without_a_zone_are_not_confused(folder: Write) -> None:
    book = qms.load_rulebook(folder(("1", "", "7 d")))
    with pytest.raises(qms.NaiveInstantError, match="Give an aware datetime"):
        book.on(datetime(2026, 3, 1))  # noqa: DTZ001  # the mistake under test


# ---------------------------------------------------------------- a case that changes its edition


@pytest.fixture
def changing(folder: Write) -> qms.Rulebook:
    return qms.load_rulebook(folder(("1", "", "7 d"), ("2", "2026-03-01", "3 d")))


def test_a_case_may_be_judged_by_another_edition_from_now_on_and_says_why(changing: qms.Rulebook) -> None:
    case = changing.open(lease(at(2, 27, 9)))
    moved = changing.change_edition(case, "2", at=at(3, 1), reason="agreed with the tenant", by="Wu")
    assert moved.pin == changing.editions[1].rules.pin
    assert changing.of(moved).edition == "2"
    assert moved.history[-1].facts == {
        "edition": "2",
        "digest": moved.pin.digest,
        "reason": "agreed with the tenant",
    }
    assert changing.of(moved).deadline(moved, "handing-over", now=at(3, 1)).due_at == at(3, 2, 9)
    assert [finding.code for finding in changing.of(moved).review(moved) if finding.refuses] == []


def test_a_store_keeps_a_case_that_changed_its_edition(changing: qms.Rulebook) -> None:
    case = changing.open(lease(at(2, 27, 9)))
    moved = changing.change_edition(case, "2", at=at(3, 1), reason="agreed with the tenant")
    with qms.adapters.memory.open() as store, store.transaction() as t:
        t.cases.save(case)
        t.cases.save(moved)
        assert t.cases.load("L-1") == moved


def test_a_change_of_edition_needs_a_known_one_another_one_and_an_open_case(changing: qms.Rulebook) -> None:
    case = changing.open(lease(at(2, 27, 9)))
    with pytest.raises(qms.UnknownNameError, match=r"edition 3.* Known: 1, 2"):
        changing.change_edition(case, "3", at=at(3, 1), reason="x")
    with pytest.raises(qms.Refused) as refused:
        changing.change_edition(case, "1", at=at(3, 1), reason="x")
    assert refused.value.findings[0].code == "same-edition"
    with pytest.raises(qms.Refused, match="reason"):
        changing.change_edition(case, "2", at=at(3, 1), reason=" ")
    closed = changing.of(case).record(case, "closed", at=at(2, 28))
    with pytest.raises(qms.Refused, match="closed"):
        changing.change_edition(closed, "2", at=at(3, 1), reason="x")
