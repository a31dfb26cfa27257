"""Follow-ups open their cases: one for each, once, all or none, linked to the survey (4.5.3)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pendulum
import pytest
from tests.desk.conftest import Book

import qms_service as qms
from qms_service.labels import Label
from qms_service.ports import Store
from qms_service.satisfaction import Dissatisfaction, FollowUp, FollowUpRule
from qms_service.testing import FixedNow

NOON = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
LOW = FollowUpRule("low", when="below", value=60, opens="improvement", clause="4.5.3")
ITEM = FollowUpRule("item", when="item-below", value=50, opens="improvement", clause="4.5.3")
LOOK = FollowUpRule("look", when="lowest-item", clause="4.5.3")
SERIES = qms.NumberSeries(id="im", pattern="IM{YYYY}-{seq:03}", reset="year", timezone="Asia/Shanghai")
SOLDER = Dissatisfaction("solder", Fraction(25), Label({"en": "Soldering", "zh": "可焊性"}))


def follow_up(customer: str = "ACME", rule: FollowUpRule = LOW, survey: str = "2026") -> FollowUp:
    return FollowUp(survey=survey, customer=customer, rule=rule, items=(SOLDER,))


TWO = (follow_up(), follow_up("BETA"))


@pytest.fixture
def desk(store: Store, now: FixedNow) -> qms.ServiceDesk:
    now.move_to(NOON)
    return qms.ServiceDesk(qms.load_rulebook("pcb-maker"), store, now=now)


def survey(desk: qms.ServiceDesk) -> str:
    return desk.open(qms.Subject("survey", number="SV-1", opened_at=NOON)).id


def open_cases(desk: qms.ServiceDesk) -> list[str]:
    return [item.case.id for item in desk.worklist()]


def test_each_follow_up_opens_a_case_of_the_kind_that_its_rule_names(desk: qms.ServiceDesk) -> None:
    acme, beta = desk.open_follow_ups(TWO, by="Li")
    assert (acme.new, acme.follow_up, acme.case.kind, acme.case.id) == (
        True, TWO[0], "improvement", "survey/2026/ACME/low",
    )  # fmt: skip
    facts = acme.case.subject.facts
    assert (facts["customer"], facts["source"], facts["origin"]) == ("ACME", "survey", "2026")
    assert facts["items"] == ("Soldering",)
    assert "4.5.3" in str(facts["reason"])
    assert (acme.case.history[0].by, acme.case.history[0].at) == ("Li", NOON)
    assert open_cases(desk) == [acme.case.id, beta.case.id]
    assert desk.case(acme.case.id) == acme.case


def test_asked_again_nothing_new_is_opened_and_the_case_is_given_as_it_stands(
    desk: qms.ServiceDesk, now: FixedNow
) -> None:
    first = desk.open_follow_ups(TWO)
    now.move_to(NOON.add(days=3))
    grown = desk.record(first[0].case.id, "cause_analysed", cause="oven")
    third = follow_up("GAMMA")
    again = desk.open_follow_ups([*TWO, third], by="Wang")
    assert [(one.case.id, one.new) for one in again] == [
        (first[0].case.id, False), (first[1].case.id, False), ("survey/2026/GAMMA/low", True),
    ]  # fmt: skip
    assert again[0].case == grown
    assert len(open_cases(desk)) == 3


def test_two_rules_and_two_surveys_open_a_case_each(desk: qms.ServiceDesk) -> None:
    asked = [follow_up(), follow_up(rule=ITEM), follow_up(survey="2027")]
    assert len({one.case.id for one in desk.open_follow_ups(asked)}) == 3


def test_the_same_follow_up_twice_in_one_call_opens_one_case(desk: qms.ServiceDesk) -> None:
    assert [one.new for one in desk.open_follow_ups([follow_up(), follow_up()])] == [True, False]


def test_a_rule_that_opens_nothing_leaves_its_follow_up_to_whoever_looks(desk: qms.ServiceDesk) -> None:
    assert desk.open_follow_ups([follow_up(rule=LOOK)]) == ()
    assert open_cases(desk) == []


def test_numbers_come_from_a_series_without_a_gap(desk: qms.ServiceDesk) -> None:
    assert [one.case.id for one in desk.open_follow_ups(TWO, series=SERIES)] == ["IM2026-001", "IM2026-002"]
    again = desk.open_follow_ups([*TWO, follow_up("GAMMA")], series=SERIES)
    assert [one.case.id for one in again] == ["IM2026-001", "IM2026-002", "IM2026-003"]


def test_each_is_linked_to_the_case_of_the_survey_once(desk: qms.ServiceDesk) -> None:
    number = survey(desk)
    desk.open_follow_ups(TWO, survey_case=number, by="Li")
    opened = desk.open_follow_ups(TWO, survey_case=number, by="Li")
    links = [event.facts["case"] for event in desk.case(number).history if event.name == "linked"]
    assert links == ["survey/2026/ACME/low", "survey/2026/BETA/low"]
    for one in opened:
        assert [event.facts["case"] for event in one.case.history if event.name == "linked"] == [number]
        assert one.case == desk.case(one.case.id)
        assert one.case.history[-1].by == "Li"


def test_a_link_that_was_left_out_is_made_the_next_time(desk: qms.ServiceDesk) -> None:
    desk.open_follow_ups(TWO)
    [first, _] = desk.open_follow_ups(TWO, survey_case=survey(desk))
    assert (first.new, first.case.history[-1].name) == (False, "linked")


def test_the_reason_is_written_out_in_the_language_asked(desk: qms.ServiceDesk) -> None:
    [one] = desk.open_follow_ups([follow_up()], lang="zh")
    assert one.case.subject.facts["items"] == ("可焊性",)


def test_they_open_at_the_moment_given_and_never_ahead_of_now(desk: qms.ServiceDesk) -> None:
    [one] = desk.open_follow_ups([follow_up()], at=NOON.subtract(days=1), survey_case=None)
    assert one.case.subject.opened_at == NOON.subtract(days=1)
    with pytest.raises(qms.Refused):
        desk.open_follow_ups([follow_up("BETA")], at=NOON.add(hours=1))


def test_a_kind_takes_the_facts_that_it_declares(store: Store, now: FixedNow, book: Book) -> None:
    now.move_to(NOON)
    desk = qms.ServiceDesk(book('[talk.subject]\ncustomer = "text"\n[talk.events.opened]\n'), store, now=now)
    [one] = desk.open_follow_ups([follow_up(rule=attrs.evolve(LOW, opens="talk"))])
    assert dict(one.case.subject.facts) == {"customer": "ACME"}


def test_where_the_rules_refuse_one_none_is_opened(store: Store, now: FixedNow, book: Book) -> None:
    now.move_to(NOON)
    rules = '[talk.events.opened]\n[talk.subject]\ncustomer = "text?"\n[visit.subject]\nday = "date"\n[visit.events.opened]\n'
    desk = qms.ServiceDesk(book(rules), store, now=now)
    asked = [follow_up(rule=attrs.evolve(LOW, opens=kind)) for kind in ("talk", "visit")]
    with pytest.raises(qms.Refused, match="day"):
        desk.open_follow_ups([asked[0], attrs.evolve(asked[1], customer="BETA")])
    assert open_cases(desk) == []


def test_a_kind_that_the_rulebook_has_not_is_named(desk: qms.ServiceDesk) -> None:
    with pytest.raises(qms.UnknownNameError, match="improvement"):
        desk.open_follow_ups([follow_up(rule=attrs.evolve(LOW, opens="improvment"))])


def test_a_survey_case_that_is_not_there_opens_nothing(desk: qms.ServiceDesk) -> None:
    with pytest.raises(qms.CaseNotFoundError):
        desk.open_follow_ups(TWO, survey_case="SV-404")
    assert open_cases(desk) == []


def test_a_key_that_has_opened_something_else_is_told(desk: qms.ServiceDesk) -> None:
    desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=NOON), key=follow_up().key)
    with pytest.raises(qms.KeyReusedError, match="survey/2026/ACME/low"):
        desk.open_follow_ups([follow_up()])


def test_a_case_of_that_number_that_no_follow_up_opened_is_told(desk: qms.ServiceDesk) -> None:
    desk.open(qms.Complaint(number=follow_up().key, customer="ACME", received_at=NOON))
    with pytest.raises(qms.CaseExistsError):
        desk.open_follow_ups([follow_up()])


@pytest.mark.parametrize("given", [None, "ACME", ["ACME"], [follow_up(), None]])
def test_what_is_no_follow_up_is_refused(desk: qms.ServiceDesk, given: Any) -> None:  # noqa: ANN401
    with pytest.raises(qms.EntryError) as refused:
        desk.open_follow_ups(given)
    assert refused.value.code == "entry-follow-up"
    assert "follow_ups" in refused.value.text("zh")
