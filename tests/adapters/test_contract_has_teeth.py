"""The contract has teeth: stores that each break one promise, as a real one might, fail the test that says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest

from qms_service.adapters import memory
from qms_service.cases import Case
from qms_service.errors import NumberOverflowError, QmsError, StaleCaseError
from qms_service.ports import CaseView
from qms_service.testing import StoreContract
from qms_service.testing.store_contract.transactions import WRITES


class Passing:
    """Passes on what it does not do itself."""

    def __init__(self, inner: Any) -> None:  # noqa: ANN401  # the Cases or the Numbers of a transaction
        self.inner = inner

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self.inner, name)


class Work:
    def __init__(self, cases: Any, numbers: Any) -> None:  # noqa: ANN401
        self.cases = cases
        self.numbers = numbers


class Wrapped:
    """A store in memory whose cases and numbers go through other hands."""

    cases: type[Passing] = Passing
    numbers: type[Passing] = Passing

    def __init__(self) -> None:
        self.inner = memory.open()

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[Any]:
        with self.inner.transaction(read_only=read_only) as t:
            yield Work(self.cases(t.cases), self.numbers(t.numbers))


# ---------------------------------------------------------------- transactions


class KeepsCounters(Wrapped):
    """The counters stand outside the transaction, as a sequence of a database does."""

    def __init__(self) -> None:
        super().__init__()
        self.sequences = memory.open()

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[Any]:
        with self.inner.transaction(read_only=read_only) as t, ExitStack() as stack:
            numbers = stack.enter_context(self.sequences.transaction(read_only=read_only)).numbers
            try:
                yield Work(t.cases, numbers)
            except BaseException:
                stack.close()
                raise


class CommitsAnyway(Wrapped):
    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[Any]:
        failed: Exception | None = None
        with self.inner.transaction(read_only=read_only) as t:
            try:
                yield t
            except Exception as error:  # noqa: BLE001  # the mistake that is shown
                failed = error
        if failed:
            raise failed


class SwallowsErrors(Wrapped):
    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[Any]:
        try:
            with self.inner.transaction(read_only=read_only) as t:
                yield t
        except Exception:  # noqa: BLE001, S110  # the mistake that is shown
            pass


class JoinsTheOuterOne(Wrapped):
    outer: Any = None

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[Any]:
        if self.outer is not None:
            yield self.outer
            return
        with self.inner.transaction(read_only=read_only) as t:
            self.outer = t
            try:
                yield t
            finally:
                self.outer = None


class WritesWhereNothingIsToBeWritten(Wrapped):
    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[Any]:  # noqa: ARG002
        with self.inner.transaction() as t:
            yield t


# ---------------------------------------------------------------- cases


class OverwritesStale(Wrapped):
    class cases(Passing):  # noqa: N801
        def save(self, case: Case, *args: Any, **more: Any) -> None:  # noqa: ANN401
            try:
                self.inner.save(case, *args, **more)
            except StaleCaseError:
                return


class ForgetsSteps(Wrapped):
    class cases(Passing):  # noqa: N801
        def answered(self, _: str) -> None:
            return None


class NeverDueFirst(Wrapped):
    class cases(Passing):  # noqa: N801
        def find(self, **filters: Any) -> Iterator[CaseView]:  # noqa: ANN401
            views = list(self.inner.find(**filters))
            return iter(sorted(views, key=lambda view: bool(view.status and view.status.first_due_at)))


class ForgetsWhatMoves(Wrapped):
    class cases(Passing):  # noqa: N801
        def find(self, *, changes_by: datetime | None = None, **filters: Any) -> Iterator[CaseView]:  # noqa: ANN401
            for view in self.inner.find(changes_by=changes_by, **filters):
                if changes_by is None or view.status.next_change_at is not None:
                    yield view


class FindsWhateverHappened(Wrapped):
    class cases(Passing):  # noqa: N801
        def find(self, *, since: datetime | None = None, **filters: Any) -> Any:  # noqa: ANN401, ARG002
            return self.inner.find(**filters)


class StartsEachPageAnew(Wrapped):
    class cases(Passing):  # noqa: N801
        def find(self, *, after: CaseView | None = None, **filters: Any) -> Any:  # noqa: ANN401, ARG002
            return self.inner.find(**filters)


class SeesNoTampering(Wrapped):
    class cases(Passing):  # noqa: N801
        def verify(self, _: str, *, head: str | None = None) -> tuple[()]:  # noqa: ARG002
            return ()


class KeepsWhatIsRedacted(Wrapped):
    class cases(Passing):  # noqa: N801
        def redact(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
            return None


# ---------------------------------------------------------------- numbers


class CountsEachKeyAgain(Wrapped):
    class numbers(Passing):  # noqa: N801
        def allocate(self, *series: Any, key: str | None = None, **request: Any) -> Any:  # noqa: ANN401, ARG002
            return self.inner.allocate(*series, **request)


class TakesWhatItPreviews(Wrapped):
    class numbers(Passing):  # noqa: N801
        def preview(self, *series: Any, **request: Any) -> Any:  # noqa: ANN401
            return self.inner.allocate(*series, **request)


class GivesVoidOnesAgain(Wrapped):
    class numbers(Passing):  # noqa: N801
        free: list[str] = []  # noqa: RUF012  # shared by all transactions, as the mistake has it

        def void(self, series: Any, number: str, **why: Any) -> None:  # noqa: ANN401
            self.inner.void(series, number, **why)
            self.free.append(number)

        def allocate(self, *series: Any, **request: Any) -> Any:  # noqa: ANN401
            return self.free.pop() if self.free else self.inner.allocate(*series, **request)


class TakesTheRestOnOverflow(Wrapped):
    class numbers(Passing):  # noqa: N801
        def allocate(self, *series: Any, count: int = 1, **request: Any) -> Any:  # noqa: ANN401
            try:
                return self.inner.allocate(*series, count=count, **request)
            except NumberOverflowError:
                self.allocate(*series, count=count - 1, **request)
                raise


class CountsByTheDayInLondon(Wrapped):
    class numbers(Passing):  # noqa: N801
        def allocate(self, *series: Any, at: date, **request: Any) -> Any:  # noqa: ANN401
            on = at.astimezone(UTC).date() if isinstance(at, datetime) else at
            return self.inner.allocate(*series, at=on, **request)


class ChangesEntries(Wrapped):
    """Its ledger has one row a number, which each step writes over."""

    class numbers(Passing):  # noqa: N801
        def ledger(self, *series: Any, **asked: Any) -> Iterable[Any]:  # noqa: ANN401
            last = {entry.number: entry for entry in self.inner.ledger(*series, **asked)}
            return iter(last.values())


CAUGHT_BY: list[tuple[type[Wrapped], str]] = [
    (KeepsCounters, "test_an_exception_in_one_unit_takes_case_and_number_back_together"),
    (KeepsCounters, "test_an_exception_leaves_nothing_of_all_that_was_written"),
    (CommitsAnyway, "test_an_exception_leaves_nothing_of_all_that_was_written"),
    (SwallowsErrors, "test_an_exception_leaves_nothing_of_all_that_was_written"),
    (SwallowsErrors, "test_the_exception_of_the_caller_is_the_one_that_is_raised"),
    (JoinsTheOuterOne, "test_what_is_written_around_a_refused_inner_transaction_is_kept"),
    (OverwritesStale, "test_of_two_who_read_the_same_version_the_second_is_told"),
    (ForgetsSteps, "test_a_key_knows_the_case_and_the_version_of_its_step"),
    (NeverDueFirst, "test_those_due_first_come_first_then_by_id_and_those_never_due_last"),
    (NeverDueFirst, "test_whatever_is_asked_the_answer_is_the_part_of_the_whole_that_fits"),
    (ForgetsWhatMoves, "test_only_cases_that_change_by_a_moment_or_whose_due_time_moves"),
    (FindsWhateverHappened, "test_only_cases_of_which_something_happened_since_a_moment"),
    (FindsWhateverHappened, "test_whatever_is_asked_the_answer_is_the_part_of_the_whole_that_fits"),
    (StartsEachPageAnew, "test_a_page_begins_behind_the_last_of_the_page_before"),
    (StartsEachPageAnew, "test_whatever_is_asked_the_answer_is_the_part_of_the_whole_that_fits"),
    (SeesNoTampering, "test_a_head_that_was_never_one_of_the_chain_is_told"),
    (KeepsWhatIsRedacted, "test_a_redacted_text_is_gone_and_the_rest_is_there"),
    (CountsEachKeyAgain, "test_asked_again_under_its_key_the_same_number_comes_back"),
    (CountsEachKeyAgain, "test_of_those_who_ask_under_one_key_at_once_all_get_one_number"),
    (TakesWhatItPreviews, "test_a_preview_shows_what_would_come_and_takes_nothing"),
    (GivesVoidOnesAgain, "test_a_void_number_is_never_given_again"),
    (TakesTheRestOnOverflow, "test_over_the_highest_number_nothing_is_taken_and_the_transaction_goes_on"),
    (CountsByTheDayInLondon, "test_the_month_ends_at_midnight_in_the_zone_of_the_series"),
    (ChangesEntries, "test_entries_are_added_and_those_before_stay_as_they_are"),
]


@pytest.mark.parametrize(
    ("broken", "sentence"), CAUGHT_BY, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_store_that_breaks_a_promise_fails_the_test_that_says_it(
    broken: type[Wrapped], sentence: str
) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception, QmsError)):
        getattr(StoreContract(), sentence)(broken())


@pytest.mark.parametrize("sentence", sorted({sentence for _, sentence in CAUGHT_BY}))
def test_a_store_that_only_passes_on_fails_none_of_them(sentence: str) -> None:
    getattr(StoreContract(), sentence)(Wrapped())


@pytest.mark.parametrize("write", WRITES)
def test_a_store_that_writes_where_nothing_is_to_be_written_is_caught(write: str) -> None:
    contract = StoreContract()
    with pytest.raises(pytest.fail.Exception):
        contract.test_where_nothing_is_to_be_written_a_write_is_refused(
            WritesWhereNothingIsToBeWritten(), write
        )
