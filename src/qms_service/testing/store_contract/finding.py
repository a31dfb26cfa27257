"""What a store promises of its worklist: the views that fit, in one order, page by page."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any, Final

import pytest
from pendulum import DateTime

from qms_service.cases import Case, Subject
from qms_service.errors import EntryError, NaiveInstantError
from qms_service.events import Event
from qms_service.instants import micros
from qms_service.ports import CaseView, Store
from qms_service.rulebooks import Status
from qms_service.testing.store_contract.fixtures import StoreFixtures
from qms_service.testing.store_contract.given import (
    NOON,
    PIN,
    complaint,
    found,
    grown,
    ids,
    keep,
    listed,
    standing,
)

STATES: Final = ("open", "closed", "withdrawn")
MANY: Final = 60


def hours(count: int) -> DateTime:
    """A moment so many hours after noon."""
    return NOON.add(hours=count)


def lease(number: str) -> Case:
    """A case of another kind."""
    subject = Subject("lease", number=number, opened_at=NOON)
    return Case(subject=subject, pin=PIN, history=(Event("opened", NOON, seq=1),))


def four(store: Store) -> None:
    """Due at two, at one, at one, and never."""
    keep(store, complaint("C-1"), view=standing(due=hours(2), changes=hours(1)))
    keep(store, complaint("C-3"), view=standing(due=hours(1), changes=hours(1), overdue=("answer",)))
    keep(store, complaint("C-2", "OTHER"), view=standing("closed", due=hours(1)))
    keep(store, lease("A-1"), view=standing(moving=True))


class FindingContract(StoreFixtures):
    """Cases: find."""

    def test_an_empty_store_finds_nothing(self, store: Store) -> None:
        assert found(store) == []

    def test_a_view_tells_where_its_case_stood_when_it_was_saved(self, store: Store) -> None:
        status = Status(
            status="open", cycle=2, first_due_at=hours(2), next_change_at=hours(1),
            overdue=("answer", "containment"), moving=True,
        )  # fmt: skip
        keep(store, grown(complaint()), view=status)
        expected = CaseView(id="C-1", kind="complaint", customer="ACME", version=2, status=status)
        assert found(store) == [expected]

    def test_a_case_saved_without_a_view_stands_nobody_knows_where(self, store: Store) -> None:
        keep(store, complaint())
        (view,) = found(store)
        assert view == CaseView(id="C-1", kind="complaint", customer="ACME", version=1, status=None)

    def test_a_case_that_grew_and_was_saved_without_a_view_no_longer_stands_where_it_stood(
        self, store: Store
    ) -> None:
        keep(store, complaint(), view=standing(due=hours(1)))
        keep(store, grown(complaint(), "closed"))
        (view,) = found(store)
        assert (view.version, view.status) == (2, None)
        assert found(store, status="open") == []

    def test_a_transaction_finds_what_it_has_saved(self, store: Store) -> None:
        keep(store, complaint(), view=standing(due=hours(1)))
        with store.transaction() as t:
            t.cases.save(complaint("C-2"), standing())
            t.cases.save(grown(complaint()), standing("closed"))
            assert [view.id for view in t.cases.find(status="open")] == ["C-2"]
            assert [view.version for view in t.cases.find(status="closed")] == [2]

    def test_those_due_first_come_first_then_by_id_and_those_never_due_last(self, store: Store) -> None:
        four(store)
        assert ids(store) == ["C-2", "C-3", "C-1", "A-1"]

    def test_ids_are_ordered_letter_by_letter_whatever_the_language(self, store: Store) -> None:
        numbers = ["b-1", "B-1", "a-2", "A-10", "A-2", "客-1", "é-1", "_", "A 1", "Z"]
        keep(store, *(complaint(number) for number in numbers), view=standing(due=NOON))
        assert ids(store) == ["A 1", "A-10", "A-2", "B-1", "Z", "_", "a-2", "b-1", "é-1", "客-1"]

    def test_instants_are_ordered_as_instants_not_as_they_are_written(self, store: Store) -> None:
        keep(store, complaint("C-1"), view=standing(due=NOON.in_timezone("America/New_York").add(seconds=1)))
        keep(store, complaint("C-2"), view=standing(due=NOON))
        keep(store, complaint("C-3"), view=standing(due=NOON.in_timezone("UTC").add(microseconds=1)))
        assert ids(store) == ["C-2", "C-3", "C-1"]

    def test_only_cases_of_a_kind(self, store: Store) -> None:
        four(store)
        assert ids(store, kind="complaint") == ["C-2", "C-3", "C-1"]
        assert ids(store, kind="lease") == ["A-1"]
        assert ids(store, kind="visit") == []

    def test_only_cases_that_stood_so(self, store: Store) -> None:
        four(store)
        keep(store, complaint("C-9"))
        assert ids(store, status="open") == ["C-3", "C-1", "A-1"]
        assert ids(store, status="closed") == ["C-2"]
        assert ids(store, status="withdrawn") == []

    def test_only_cases_of_a_customer(self, store: Store) -> None:
        four(store)
        assert ids(store, customer="ACME") == ["C-3", "C-1"]
        assert ids(store, customer="acme") == []

    def test_a_customer_is_the_one_of_that_name_letter_by_letter(self, store: Store) -> None:
        customers = ["深圳某某电子", "O'Neil & Söhne", "100%", "a_b", "axb", " ", ""]
        keep(store, *(complaint(f"C-{place}", name) for place, name in enumerate(customers)))
        assert [ids(store, customer=name) for name in customers] == [[f"C-{place}"] for place in range(7)]

    def test_only_cases_that_change_by_a_moment_or_whose_due_time_moves(self, store: Store) -> None:
        four(store)
        assert ids(store, changes_by=hours(1)) == ["C-3", "C-1", "A-1"]
        assert ids(store, changes_by=hours(1).subtract(microseconds=1)) == ["A-1"]

    def test_only_cases_of_which_something_happened_since_a_moment(self, store: Store) -> None:
        four(store)
        keep(store, grown(complaint("C-1")), view=standing(due=hours(2)))
        assert ids(store, since=NOON) == ["C-2", "C-3", "C-1", "A-1"]
        assert ids(store, since=NOON.add(microseconds=1)) == ["C-1"]
        assert ids(store, since=hours(1)) == ["C-1"]
        assert ids(store, since=hours(1).add(microseconds=1)) == []
        assert ids(store, since=hours(1).in_timezone("America/New_York"), kind="lease") == []

    def test_what_happened_last_counts_not_what_was_written_last(self, store: Store) -> None:
        late = grown(complaint()).with_event(Event("earlier", NOON.subtract(days=9), seq=3))
        keep(store, late)
        assert ids(store, since=hours(1)) == ["C-1"]
        assert ids(store, since=hours(2)) == []

    def test_a_view_tells_when_something_happened_last(self, store: Store) -> None:
        keep(store, complaint())
        assert [view.latest_at for view in found(store)] == [NOON]
        keep(store, grown(complaint()))
        assert [view.latest_at for view in found(store)] == [hours(1)]

    def test_filters_hold_together(self, store: Store) -> None:
        four(store)
        asked = {"kind": "complaint", "status": "open", "customer": "ACME", "since": NOON}
        assert ids(store, **asked, changes_by=hours(3), limit=1) == ["C-3"]

    def test_no_more_than_so_many(self, store: Store) -> None:
        four(store)
        assert ids(store, limit=2) == ["C-2", "C-3"]
        assert ids(store, limit=9) == ["C-2", "C-3", "C-1", "A-1"]

    def test_none_at_all(self, store: Store) -> None:
        four(store)
        assert ids(store, limit=0) == []

    @pytest.mark.parametrize("limit", [-1, "2", 1.5, True, 10**30])
    def test_a_limit_that_is_no_count_is_refused(self, store: Store, limit: Any) -> None:  # noqa: ANN401  # what a caller without a type checker gives
        four(store)
        with store.transaction(read_only=True) as t:
            with pytest.raises(EntryError):
                list(t.cases.find(limit=limit))
            assert len(list(t.cases.find())) == 4

    def test_of_many_none_is_left_out(self, store: Store) -> None:
        keep(store, *(complaint(f"C-{number}") for number in range(100, 700)), view=standing(due=hours(1)))
        assert ids(store) == [f"C-{number}" for number in range(100, 700)]
        assert ids(store, limit=555) == [f"C-{number}" for number in range(100, 655)]

    def test_views_may_be_saved_while_they_are_gone_through(self, store: Store) -> None:
        four(store)
        with store.transaction() as t:
            for view in t.cases.find(kind="complaint"):
                t.cases.save(t.cases.load(view.id), standing("withdrawn"))
        assert ids(store, status="withdrawn") == ["C-1", "C-2", "C-3"]

    def test_a_page_begins_behind_the_last_of_the_page_before(self, store: Store) -> None:
        four(store)
        first = found(store, limit=2)
        assert ids(store, after=first[-1], limit=2) == ["C-1", "A-1"]
        assert ids(store, after=found(store)[-1]) == []

    def test_a_page_goes_on_where_the_last_of_the_page_before_has_moved(self, store: Store) -> None:
        four(store)
        last = found(store, limit=2)[-1]
        keep(store, complaint("C-3"), view=standing("closed"))
        assert ids(store, after=last) == ["C-1", "A-1", "C-3"]

    def test_those_without_a_view_are_paged_like_those_never_due(self, store: Store) -> None:
        keep(store, complaint("C-2"))
        keep(store, complaint("C-1"), complaint("C-3"), view=standing())
        first = found(store, limit=2)
        assert [view.id for view in first] == ["C-1", "C-2"]
        assert ids(store, after=first[-1]) == ["C-3"]

    def test_whatever_is_asked_the_answer_is_the_part_of_the_whole_that_fits(self, store: Store) -> None:
        rows = _many(Random(7))
        with store.transaction() as t:
            for row in rows:
                t.cases.save(row[0], row[1])
        chance = Random(8)
        with store.transaction(read_only=True) as t:
            for _ in range(200):
                filters = _filters(chance)
                expected = [case.id for case, view in rows if _fits(case, view, filters)]
                assert [view.id for view in listed(t.cases.find(**filters))] == expected
                assert _paged(t.cases, chance.randint(1, 9), filters) == expected

    def test_a_moment_without_a_zone_is_refused(self, store: Store) -> None:
        four(store)
        with store.transaction(read_only=True) as t:
            with pytest.raises(NaiveInstantError):
                list(t.cases.find(changes_by=NOON.naive()))
            with pytest.raises(NaiveInstantError):
                list(t.cases.find(since=NOON.naive()))
            assert len(list(t.cases.find())) == 4


def _many(chance: Random) -> list[tuple[Case, Status | None]]:
    """Cases with views of every sort, in the order in which they are to be found."""
    rows: list[tuple[Case, Status | None]] = []
    for number in chance.sample(range(100, 1000), MANY):
        customer = chance.choice(("ACME", "OTHER"))
        case = lease(f"{number}") if chance.random() < 0.2 else complaint(f"{number}", customer)
        case = grown(case) if chance.random() < 0.4 else case
        view = Status(
            status=chance.choice(STATES), cycle=1, overdue=(), moving=chance.random() < 0.2,
            first_due_at=chance.choice((None, hours(1), hours(2), hours(3))),
            next_change_at=chance.choice((None, hours(1), hours(2))),
        )  # fmt: skip
        rows.append((case, view if chance.random() < 0.9 else None))
    return sorted(rows, key=_place)


def _place(row: tuple[Case, Status | None]) -> tuple[bool, int, str]:
    due = row[1].first_due_at if row[1] else None
    return due is None, 0 if due is None else micros(due), row[0].id


def _filters(chance: Random) -> dict[str, Any]:
    asked = {
        "kind": ("complaint", "lease"),
        "status": STATES,
        "customer": ("ACME", "OTHER"),
        "changes_by": (hours(0), hours(1), hours(1) + timedelta(minutes=1), hours(5)),
        "since": (NOON, hours(1), hours(2)),
    }
    return {name: chance.choice(values) for name, values in asked.items() if chance.random() < 0.3}


def _fits(case: Case, view: Status | None, filters: dict[str, Any]) -> bool:
    told = {
        "kind": case.kind,
        "status": view.status if view else None,
        "customer": case.subject.facts.get("customer"),
    }
    since = filters.get("since")
    if since is not None and max(event.us for event in case.history) < micros(since):
        return False
    by = filters.get("changes_by")
    if by is not None and not (view and (view.moving or _changed(view, by))):
        return False
    return all(told[name] == value for name, value in filters.items() if name in told)


def _changed(view: Status, by: DateTime) -> bool:
    return view.next_change_at is not None and micros(view.next_change_at) <= micros(by)


def _paged(cases: Any, limit: int, filters: dict[str, Any]) -> list[str]:  # noqa: ANN401  # the Cases of a transaction
    whole = page = listed(cases.find(limit=limit, **filters))
    while len(page) == limit and len(whole) <= MANY:
        page = listed(cases.find(limit=limit, after=page[-1], **filters))
        whole = whole + page
    return [view.id for view in whole]
