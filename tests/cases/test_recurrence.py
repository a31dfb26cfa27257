"""The same defect once more after an action is in, told apart from goods made before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service.cases import CutIn, DefectComplaint, recurrences

FIRST = date(2026, 3, 10)
ACTION = CutIn(action="8D-1", customer="ACME", family="HDI", defect="open", cut_in_on=FIRST)


def came(on: date, made_on: date | None, **other: str) -> DefectComplaint:
    same = {"case": "C-9", "customer": "ACME", "family": "HDI", "defect": "open"}
    return DefectComplaint(**{**same, **other}, came_on=on, made_on=made_on)


def verdicts(*complaints: DefectComplaint, within: str = "90 d") -> list[str]:
    return [row.verdict for row in recurrences([ACTION], complaints, within=within)]


def test_goods_made_with_the_action_tell_against_it_and_older_goods_do_not() -> None:
    later = date(2026, 4, 1)
    assert verdicts(came(later, FIRST), came(later, date(2026, 3, 9))) == ["recurred", "made-before"]


@pytest.mark.parametrize("made_on", [None, date(2026, 4, 2)], ids=["nobody knows", "made after it came"])
def test_without_a_date_that_can_be_true_nothing_is_said(made_on: date | None) -> None:
    assert verdicts(came(date(2026, 4, 1), made_on)) == ["unknown"]


def test_the_window_runs_from_the_cut_in_to_its_last_day() -> None:
    # 90 days after 10 March is 8 June; three months are 10 June.
    last, beyond = date(2026, 6, 8), date(2026, 6, 9)
    assert verdicts(came(FIRST, FIRST), came(last, FIRST), came(beyond, FIRST)) == ["recurred", "recurred"]
    assert verdicts(came(beyond, FIRST), within="3 months") == ["recurred"]


def test_what_came_before_the_cut_in_is_what_the_action_answers() -> None:
    assert verdicts(came(date(2026, 3, 9), date(2026, 3, 1))) == []


@pytest.mark.parametrize("other", [{"customer": "BETA"}, {"family": "flex"}, {"defect": "short"}])
def test_another_customer_family_or_defect_is_no_recurrence(other: dict[str, str]) -> None:
    assert verdicts(came(date(2026, 4, 1), FIRST, **other)) == []


def test_a_window_of_working_time_is_refused() -> None:
    with pytest.raises(qms.TermError):
        recurrences([ACTION], [came(date(2026, 4, 1), FIRST)], within="60 working d")


@pytest.mark.parametrize(
    ("made_on", "said", "told"),
    [
        (FIRST, "the action did not hold. [pcb-maker 4.2.3]", "措施未能防止再发"),
        (date(2026, 3, 9), "says nothing against the action. [pcb-maker 4.2.3]", "不说明措施无效"),
        (None, "Find their date code. [pcb-maker 4.2.3]", "请查周期码"),
    ],
)
def test_each_verdict_is_a_warning_that_cites_its_clause(made_on: date | None, said: str, told: str) -> None:
    row = recurrences([ACTION], [came(date(2026, 4, 1), made_on)], within="90 d")[0]
    finding = row.finding(qms.ClauseRef("4.2.3", document="pcb-maker"))
    assert not finding.refuses
    assert str(finding).endswith(said)
    assert told in finding.text("zh")


@pytest.mark.parametrize(
    "day", [datetime(2026, 4, 1, 9, tzinfo=UTC), "2026-04-01"], ids=["a moment", "a text"]
)
@pytest.mark.parametrize("field", ["came_on", "made_on", "cut_in_on"])
def test_a_day_that_is_no_date_is_refused_where_it_is_given(field: str, day: object) -> None:
    given_one = ACTION if field == "cut_in_on" else came(FIRST, FIRST)
    with pytest.raises(qms.QmsError, match=rf"^{field} is a day.*got 2026-04-01.*take the date") as refused:
        attrs.evolve(given_one, **{field: day})  # type: ignore[arg-type]  # what it refuses
    assert "工厂所在时区" in refused.value.text("zh")


DAYS = st.integers(0, 30).map(lambda day: date(2026, 3, 1) + timedelta(days=day))
NAMES = st.sampled_from(("A", "B"))
CUT_INS = st.builds(CutIn, action=st.just("8D"), customer=NAMES, family=NAMES, defect=NAMES, cut_in_on=DAYS)
CAME = st.builds(
    DefectComplaint, case=st.just("C"), customer=NAMES, family=NAMES, defect=NAMES, came_on=DAYS,
    made_on=st.none() | DAYS,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(CUT_INS, max_size=3), st.lists(CAME, max_size=8), st.integers(1, 20))
def test_every_pair_is_judged_as_by_a_calendar_on_the_wall(
    cut_ins: Sequence[CutIn], complaints: Sequence[DefectComplaint], window: int
) -> None:
    expected = []
    for action in cut_ins:
        days_with_it = [action.cut_in_on + timedelta(days=n) for n in range(window + 1)]
        for one in complaints:
            if [one.customer, one.family, one.defect] != [action.customer, action.family, action.defect]:
                continue
            if one.came_on not in days_with_it:
                continue
            made_before_it_came = one.made_on is not None and not one.made_on > one.came_on
            with_it = one.made_on in days_with_it
            verdict = ("recurred" if with_it else "made-before") if made_before_it_came else "unknown"
            expected.append((action, one, verdict))
    found = recurrences(cut_ins, complaints, within=f"{window} d")
    assert [(row.cut_in, row.complaint, row.verdict) for row in found] == expected
