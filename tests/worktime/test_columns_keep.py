"""What columns keep between blocks of rows."""

from __future__ import annotations

from qms_service.worktime.batch.kept import Kept


def test_what_was_made_for_a_number_is_kept_until_there_are_too_many() -> None:
    made: list[int] = []

    def make(n: int) -> str:
        made.append(n)
        return f"after {n} days"

    kept = Kept(make, 1 << 21)
    assert [kept.of(n) for n in (1, 2, 1, 3, 4, 1)] == [f"after {n} days" for n in (1, 2, 1, 3, 4, 1)]
    assert made == [1, 2, 3, 4]
    kept.of(5)
    kept.of(1)
    assert made == [1, 2, 3, 4, 5, 1]


def test_of_small_things_more_are_kept() -> None:
    made: list[int] = []

    def make(n: int) -> int:
        made.append(n)
        return n

    kept = Kept(make, 1 << 10)
    for n in (*range(100), *range(100)):
        kept.of(n)
    assert made == [*range(100)]
