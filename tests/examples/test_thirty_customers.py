"""A survey of thirty customers, from the answers as typed in to the management review.

Every figure that the scripts print is computed here once more, from the same CSV files, by a program of its own that
knows nothing of the library: floats, the csv module, and the rules as the example's rulebook words them.
"""

from __future__ import annotations

import csv
import runpy
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import mean, stdev

import pytest

FOLDER = Path(__file__).parents[2] / "examples" / "thirty_customers"
WEIGHTS = {
    "Solderability": 20, "Dimensions": 15, "Marking": 5, "On time": 20, "Right quantity": 10, "Quick answers": 15,
    "Attitude": 5, "Technical support": 10,
}  # fmt: skip
QUALITY, DELIVERY = ("Solderability", "Dimensions", "Marking"), ("On time", "Right quantity")
SERVICE = ("Quick answers", "Attitude", "Technical support")
T_24 = 2.0639  # Student's t for 24 degrees of freedom at 95 %, from any table
Row = dict[str, str]
Printed = Callable[[str], list[str]]


def rows(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ASKED = {row["customer"]: row for row in rows("asked.csv")}
LAST = {row["customer"]: int(row["total"]) for row in rows("totals_2025.csv")}


def points(row: Row) -> dict[str, float]:
    """The points of the items answered, 1 to 5 being 0 to 100."""
    return {item: (int(row[item]) - 1) * 25 for item in WEIGHTS if row[item] in {*"12345"}}


def total(row: Row, items: tuple[str, ...] = tuple(WEIGHTS)) -> float | None:
    given = {item: value for item, value in points(row).items() if item in items}
    weight = sum(WEIGHTS[item] for item in given)
    return sum(WEIGHTS[item] * value for item, value in given.items()) / weight if weight else None


def heard() -> dict[str, list[Row]]:
    """The rows that speak for each customer: without the bad cell, the stranger, the one too short, the first of two."""
    kept: dict[tuple[str, str], Row] = {}
    for row in sorted(rows("answers.csv"), key=lambda row: row["Date"]):
        applies = sum(weight for item, weight in WEIGHTS.items() if row[item] != "N/A")
        answered = sum(WEIGHTS[item] for item in points(row))
        strange = any(row[item] not in {*"12345", "", "-", "N/A"} for item in WEIGHTS)
        if row["Customer"] in ASKED and not strange and 2 * answered >= applies:
            kept[row["Customer"], row["Contact"]] = row
    speaking: dict[str, list[Row]] = {}
    for (customer, _), row in kept.items():
        speaking.setdefault(customer, []).append(row)
    return speaking


def totals(items: tuple[str, ...] = tuple(WEIGHTS)) -> dict[str, float]:
    found = {name: [total(row, items) for row in of] for name, of in heard().items()}
    given = {name: [one for one in of if one is not None] for name, of in found.items()}
    return {name: mean(of) for name, of in given.items() if of}


def figure(value: float, places: str = "0.1") -> str:
    return str(Decimal(repr(round(value, 9))).quantize(Decimal(places), ROUND_HALF_UP))


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Printed:
    def run(script: str) -> list[str]:
        monkeypatch.syspath_prepend(str(FOLDER))
        runpy.run_path(str(FOLDER / f"{script}.py"), run_name="__main__")
        return capsys.readouterr().out.splitlines()

    return run


def test_the_answers_become_the_score_that_is_computed_here(printed: Printed) -> None:
    lines, by_customer = printed("stage_1_score"), totals()
    n, asked = len(by_customer), len(ASKED)
    assert (n, asked) == (25, 30)
    score, spread = mean(by_customer.values()), stdev(by_customer.values())
    margin = T_24 * spread / n**0.5 * (1 - n / asked) ** 0.5
    low, high = figure(score - margin), figure(score + margin)
    assert f"score: {figure(score)} ({n} of {asked}; 95 %: {low} to {high})" in lines
    for name, items in (("Quality", QUALITY), ("Delivery", DELIVERY), ("Service", SERVICE)):
        part = totals(items)
        start = f"  {name}: {figure(mean(part.values()))} ({len(part)} of {asked}; "
        assert [line for line in lines if line.startswith(start)], start
    for division in ("region", "size"):
        segments: dict[str, list[float]] = {}
        for customer, value in by_customer.items():
            segments.setdefault(ASKED[customer][division], []).append(value)
        said = ", ".join(f"{name} {figure(mean(of))} ({len(of)})" for name, of in sorted(segments.items()))
        assert f"by {division}: {said}" in lines
    covered = sum(int(ASKED[name]["revenue"]) for name in by_customer)
    revenue = 100 * covered / sum(int(row["revenue"]) for row in ASKED.values())
    assert f"covered of the revenue: {figure(revenue)} %" in lines
    assert f"not heard: {', '.join(sorted({*ASKED} - {*by_customer}))}" in lines


def test_whoever_answered_twice_late_alike_or_unasked_is_looked_at(printed: Printed) -> None:
    lines = printed("stage_1_score")
    assert (
        "Row 22: Marking: 6 is not on the scale 1–5. Does not apply: N/A; not answered: an empty cell or -."
        in lines
    )
    flags = [line.removeprefix("look at: ") for line in lines if line.startswith("look at: ")]
    assert [flag.split()[0] for flag in flags] == ["Heron", "Kestrel", "Vega", "Zephyr"]
    left = [line.removeprefix("left out: ") for line in lines if line.startswith("left out: ")]
    assert left == [
        "Kestrel (Sun): another answer of the same respondent counts.",
        "Maple: only 20 % of the applicable weight was answered, too little for a total.",
        "Zephyr: was not asked.",
    ]


def test_two_answers_of_one_customer_become_one_total(printed: Printed) -> None:
    one, other = (total(row) for row in sorted(heard()["ACME"], key=lambda row: row["Contact"]))
    assert (one, other, totals()["ACME"]) == (78.75, 47.5, 63.125)
    assert printed("stage_1_score")[-1].strip() == (
        "several respondents, the mean counts: (78.75 + 47.5) / 2 = 63.125."
    )


def test_the_change_since_last_year_is_that_of_the_same_customers(printed: Printed) -> None:
    by_customer = totals()
    differences = [by_customer[name] - LAST[name] for name in by_customer if name in LAST]
    said = (
        f"{figure(mean(LAST.values()))} → {figure(mean(by_customer.values()))}; "
        f"{figure(mean(differences))} over the {len(differences)} who answered both "
    )
    line = next(line for line in printed("stage_1_score") if line.startswith("since last year: "))
    assert line.startswith(f"since last year: not distinguishable: {said}")


def test_whoever_is_dissatisfied_is_followed_up_by_the_rule_that_says_so(printed: Printed) -> None:
    by_customer = totals()
    expected = {f"{name} is dissatisfied with Score" for name, value in by_customer.items() if value < 60}
    expected |= {
        f"{name} is less satisfied than last time:"
        for name, value in by_customer.items()
        if name in LAST and LAST[name] - value >= 10
    }
    expected |= {
        f"{name} is dissatisfied with {item}"
        for name, of in heard().items()
        for item in WEIGHTS
        if len(of) == 1 and points(of[0]).get(item, 100) < 25
    }
    expected.add("Gale complained in writing: C-26-031.")
    lines = printed("stage_2_follow_ups")
    assert all(any(line.startswith(one) for line in lines) for one in expected)
    assert len(lines) == len(expected) + 2
    assert lines[-2:] == [f"improvements opened: {len(expected)}", f"asked again, open: {len(expected)}"]


def test_the_review_has_the_score_its_targets_and_what_was_opened(printed: Printed) -> None:
    lines = printed("stage_3_review")
    score, delivery = mean(totals().values()), mean(totals(DELIVERY).values())
    assert lines[0].startswith(f"2026: {figure(score)} (25 of 30; 95 %: ")
    assert f"target: Score {figure(score, '0.0001')}: missed at least 75. [customer-survey 3.1]" in lines
    assert any(
        line.startswith(f"target: delivery {figure(delivery, '0.0001')}: missed at least 70")
        for line in lines
    )
    assert "open actions: 13" in lines
    assert any("5 of those asked have no score" in line for line in lines)


@pytest.mark.parametrize("script", sorted(path.stem for path in FOLDER.glob("*.py")))
def test_a_script_stays_short(script: str) -> None:
    assert len((FOLDER / f"{script}.py").read_text(encoding="utf-8").splitlines()) < 65
