"""What a review is given beside the cases: surveys, targets, indicators, recurring duties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

import qms_service as qms
from qms_service.deadlines.duties import Duty, duties_between, fulfilment
from qms_service.facts import Facts
from qms_service.satisfaction import (
    Indicator,
    Item,
    Milestone,
    Milestones,
    Questionnaire,
    Response,
    Scale,
    Survey,
    Threshold,
    mean_score,
    nps,
    score,
)
from qms_service.satisfaction.survey_score import SurveyScore

from .story import END, NOW, PROC, START, at, case, review_of

CUSTOMERS = ("ACME", "Beta", "Gamma", "Delta", "Eta", "Zeta")
FORM = Questionnaire("customer", [Item("solder", Scale(1, 5), dimension="quality")], clause="4.5.4")


def survey(name: str, *answers: int, form: Questionnaire = FORM) -> SurveyScore:
    responses = [Response(who, {form.items[0].id: one}) for who, one in zip(CUSTOMERS, answers, strict=False)]
    return score(Survey(name, form, asked=CUSTOMERS, responses=responses))


def codes(review: qms.ManagementReview) -> dict[str, int]:
    return {limit.code: limit.count for limit in review.limits}


LAST, THIS = survey("2025", 4, 4, 5, 4, 5, 4), survey("2026", 3, 3, 4, 3, 4)


def test_each_survey_stands_with_its_base_and_the_last_is_compared_with_the_one_before() -> None:
    before, now = review_of(surveys=[LAST, THIS]).satisfaction
    # A 4 on 1 to 5 is 75 points: (4·75 + 2·100)/6 and (3·50 + 2·75)/5.
    assert (before.score.value, now.score.value) == (Fraction(250, 3), Fraction(60))
    assert (now.score.n, now.score.population, now.silent) == (5, 6, 1)
    assert now.response_rate is not None
    assert now.response_rate.value == Fraction(500, 6)
    assert before.change is None
    assert now.change is not None
    assert (now.change.verdict, now.change.paired, now.change.difference) == ("down", True, Fraction(-25))
    assert [(part.id, part.value) for part in now.dimensions] == [("quality", Fraction(60))]
    assert str(now.clause) == "4.5.4"


def test_who_did_not_answer_and_too_few_answers_are_limits() -> None:
    told = codes(review_of([], surveys=[LAST, THIS]))
    assert told == {"silent": 1}
    few = codes(review_of([], surveys=[survey("2026", 3, 4)]))
    assert few == {"too-few": 2, "silent": 4}
    nobody = codes(review_of([], surveys=[survey("2026")]))
    assert nobody == {"no-answers": 0, "silent": 6}


def test_scores_may_be_handed_in_by_a_name() -> None:
    review = review_of(
        [], surveys={"2025": mean_score([80, 90, 70, 85, 80]), 2026: mean_score([82, 91], asked=2)}
    )
    assert [one.id for one in review.satisfaction] == ["2025", "2026"]
    assert [one.silent for one in review.satisfaction] == [None, 0]
    assert codes(review) == {"too-few": 2}


def test_what_is_left_out_of_a_survey_and_remarked_on_it_is_told() -> None:
    twice = [Response("ACME", {"solder": 4}), Response("ACME", {"solder": 4}), Response("Omega", {})]
    told = codes(review_of([], surveys=[score(Survey("2026", FORM, asked=CUSTOMERS, responses=twice))]))
    assert told["left-out"] >= 1
    assert told["flags"] >= 1


def test_two_questionnaires_and_two_measures_are_not_compared() -> None:
    other = Questionnaire("supplier", [Item("speed", Scale(1, 5))])
    assert (
        codes(review_of([], surveys=[LAST, survey("2026", 3, 3, 4, 3, 4, form=other)]))["incomparable"] == 1
    )
    apart = {"2025": mean_score([80, 90, 70, 85, 80]), "2026": nps([9, 10, 3, 9, 8])}
    assert codes(review_of([], surveys=apart))["incomparable"] == 1


def test_a_target_is_judged_by_the_last_survey_on_the_last_day_of_the_period() -> None:
    targets = [
        Threshold(at_least=85, clause="5.1"),
        Threshold(at_least=50, of="quality"),
        Milestones(milestones=[Milestone(within="1 year", at_least=55)], origin=date(2025, 12, 31)),
        Milestones(milestones=[Milestone(within="1 year", at_least=95)], origin="?"),
    ]
    review = review_of([], surveys=[LAST, THIS], targets=targets)
    assert [one.verdict for one in review.targets] == ["missed", "met", "met", "unknown"]
    assert codes(review)["unknown-target"] == 1
    assert [one.verdict for one in review_of([], targets=targets[:1]).targets] == ["unknown"]  # no survey
    assert review_of([], targets=review.targets).targets == review.targets  # judged elsewhere
    page = review.to_markdown()
    assert "| Score | at least 85 | 60.0 | missed | – | no | 5.1 |" in page


def surveyed(number: str, scored: str, *, opened: str = "2026-03-01", **facts: object) -> qms.Case:
    subject = qms.Subject("survey", number=number, opened_at=at(opened), facts={"title": f"Survey {number}"})
    return case(subject, ("scored", scored, facts))


def test_without_scores_the_record_of_the_surveys_of_the_period_tells_them() -> None:
    cases = [
        surveyed("V-2", "2026-09-01", asked=30, answered=24, score=Decimal("86.5")),
        surveyed("V-1", "2026-05-01", asked=30, answered=20, score=Decimal("88.25")),
        surveyed("V-0", "2025-12-01", opened="2025-11-01", asked=30, answered=20, score=Decimal(90)),
    ]
    review = review_of(cases, targets=[Threshold(at_least=85), Threshold(at_least=85, of="quality")])
    assert [(one.id, one.score.value, one.silent) for one in review.satisfaction] == [
        ("V-1", Fraction(353, 4), 10), ("V-2", Fraction(173, 2), 6),
    ]  # fmt: skip
    assert str(review.satisfaction[-1].clause) == "pcb-maker 4.5.4"
    assert [one.verdict for one in review.targets] == ["met", "unknown"]  # the record has no dimensions
    assert codes(review) == {"silent": 6, "recorded": 1, "unknown-target": 1, "no-entry-time": 4}
    assert "| Survey V-2 | 86.5 | – | 24 | 30 |" in review.to_markdown()
    assert review_of(cases, surveys=()).satisfaction == ()


def test_a_survey_that_nobody_answered_has_no_score_and_not_0() -> None:
    review = review_of([surveyed("V-1", "2026-05-01", asked=30, answered=0)])
    assert review.satisfaction[0].score.value is None
    assert codes(review)["no-answers"] == 0
    assert "| Survey V-1 | – | – | 0 | 30 |" in review.to_markdown()


def test_a_record_without_a_title_or_a_number_asked_is_shown_by_its_own_number() -> None:
    one = surveyed("V-1", "2026-05-01", asked=30, answered=24, score=Decimal(80))
    bare = attrs.evolve(one, subject=qms.Subject("survey", number="V-1", opened_at=at("2026-03-01")))
    event = attrs.evolve(bare.history[1], facts=Facts({"answered": 24, "score": Decimal(80)}))
    (survey,) = review_of([attrs.evolve(bare, history=(bare.history[0], event))]).satisfaction
    assert (survey.label, survey.silent, survey.score.population) == (None, None, None)
    strange = attrs.evolve(one, pin=qms.Pin(rulebook="x", edition="1", digest="0"))
    assert review_of([strange]).satisfaction[0].clause is None


def test_without_targets_those_of_the_rulebook_for_the_survey_are_judged() -> None:
    target = Threshold(at_least=85, clause="5.1")
    rules = attrs.evolve(PROC.rules.surveys["customer"], targets={"score": target})
    book = qms.Rulebook("mine", (qms.Procedure(attrs.evolve(PROC.rules, surveys={"customer": rules})),))
    (judged,) = review_of([], book=book, surveys=[LAST, THIS]).targets
    assert (judged.verdict, str(judged.clause)) == ("missed", "5.1")
    assert review_of([], book=book, surveys=[LAST, THIS], targets={"score": target}).targets == (judged,)
    other = Questionnaire("supplier", [Item("speed", Scale(1, 5))])
    assert review_of([], book=book, surveys=[survey("2026", 3, form=other)]).targets == ()
    assert review_of([], book=book, surveys={"2026": mean_score([80])}).targets == ()


def test_indicators_stand_by_both_counts() -> None:
    delivery = Indicator("delivery", better="higher", unit="%", clause="4.5.1(2)")
    first, beyond = date(2026, 1, 1), date(2027, 1, 1)
    both = delivery.reading(own=98, reported=91, starts_on=first, ends_on=beyond)
    one = delivery.reading(own=98, starts_on=first, ends_on=beyond)
    review = review_of([], indicators=[both, one])
    assert review.indicators == (both, one)
    assert codes(review)["one-sided"] == 1
    assert "| % | 98.0 | 91.0 | \\-7.0 | the own count looks better | 4.5.1(2) |" in review.to_markdown()


SUMMARY = Duty(
    "monthly-summary", every="month", due="end", clause="4.2.4.10", by="quality",
    fulfilled_by={"kind": "summary", "event": "compiled", "where": {"topic": "complaints"}},
)  # fmt: skip
ODD = Duty("calls", every="?", by="nobody")
CALENDAR = duties_between([SUMMARY, ODD], START, END, timezone="Asia/Shanghai")


def summary(month: str, when: str, topic: str = "complaints") -> qms.Case:
    subject = qms.Subject("summary", number=f"S-{month}", opened_at=at(when), facts={"topic": topic})
    return case(subject, ("compiled", when, {"topic": topic}))


SUMMARIES = [
    summary("01", "2026-01-30"), summary("02", "2026-02-28"), summary("03", "2026-03-30", topic="feedback"),
]  # fmt: skip


def test_the_events_of_the_cases_show_which_periods_of_a_duty_were_met() -> None:
    duty, calls = review_of(SUMMARIES, duties=CALENDAR).duties
    assert (duty["met"], duty["overdue"], duty.decided) == (2, 10, 12)
    assert duty.owner is not None
    assert (duty.owner.text(), str(duty.clause)) == ("Quality", "4.2.4.10")
    assert [one.name for one in duty.late][:2] == ["2026-03", "2026-04"]
    assert (calls["unknown"], calls.decided, str(calls.owner)) == (1, 0, "nobody")


def test_without_duties_those_of_the_rulebook_are_looked_at() -> None:
    duties = {duty.duty: duty for duty in review_of(SUMMARIES, duties=None).duties}
    assert set(duties) == set(PROC.rules.duties)
    monthly = duties["complaint-summary"]  # 4.2.4.10: every month
    assert (monthly["met"], monthly["overdue"], str(monthly.clause)) == (2, 10, "pcb-maker 4.2.4.10")


def test_periods_that_were_looked_at_elsewhere_stay_as_they_are() -> None:
    looked_at = fulfilment(CALENDAR, SUMMARIES, now=NOW)
    assert review_of([], duties=looked_at).duties == review_of(SUMMARIES, duties=CALENDAR).duties
    assert review_of([], duties=list(looked_at)).duties == review_of(SUMMARIES, duties=CALENDAR).duties[:1]


def test_a_duty_belongs_to_the_period_in_which_it_was_due() -> None:
    quarter = review_of(SUMMARIES, duties=CALENDAR, end=at("2026-04-01"))
    assert (quarter.duties[0]["met"], quarter.duties[0]["overdue"]) == (2, 1)
    assert codes(quarter)["unknown-duty"] == 1


def test_what_is_done_for_a_period_whose_due_date_moved_does_not_count_for_the_next_one_too() -> None:
    week = {day: [("08:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
    duty = Duty("report", every="month", shift="next", fulfilled_by={"kind": "summary", "event": "compiled"})
    rules = attrs.evolve(
        PROC.rules,
        duties={"report": duty},
        calendar=qms.WorkCalendar(timezone="Asia/Shanghai", weekly=week),
    )
    book = qms.Rulebook("mine", (qms.Procedure(rules),))
    done = [summary("01", "2026-02-02")]  # for January: the 31st is a Saturday, so it is due on that Monday
    march = review_of(done, book=book, duties=None, start=at("2026-03-01"), end=at("2026-03-31"))
    assert [one.name for one in march.duties[0].late] == ["2026-02"]  # due on Monday, 2 March
    assert march.duties[0].states == (("overdue", 1),)


def test_before_the_first_edition_was_in_force_nothing_was_due() -> None:
    rules = attrs.evolve(PROC.rules, duties={"report": Duty("report", every="month")})
    for since, due in (("2026-11-15", 2), ("2025-01-01", 12)):
        procedure = qms.Procedure(attrs.evolve(rules, effective_from=at(since)))
        (duty,) = review_of([], book=qms.Rulebook("mine", (procedure,)), duties=None).duties
        assert duty["unknown"] == due  # no event shows it done
    procedure = qms.Procedure(attrs.evolve(rules, effective_from=at("2027-01-10")))
    assert review_of([], book=qms.Rulebook("mine", (procedure,)), duties=None).duties == ()


def test_a_duty_without_a_label_and_an_owner_shows_its_name() -> None:
    plain = duties_between([Duty("report", every="month")], START, at("2026-02-01"), timezone="Asia/Shanghai")
    (duty,) = review_of([], duties=plain, end=at("2026-02-01"), now=at("2026-01-15")).duties
    assert (duty.label.text(), duty.owner, duty["due"] + duty["upcoming"]) == ("report", None, 1)
    assert (
        "| report | – | – | – | – | 1 | – | – |  |"
        in review_of([], duties=plain, end=at("2026-02-01"), now=at("2026-01-15")).to_markdown()
    )


def test_a_due_date_beyond_the_calendar_is_told() -> None:
    week = {day: [("08:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
    calendar = qms.WorkCalendar(timezone="Asia/Shanghai", weekly=week, known_until=date(2026, 6, 30))
    duty = Duty("report", every="month", due="last working day")
    asked = duties_between([duty], START, END, calendar=calendar, on_unknown="provisional")
    assert codes(review_of([], duties=asked))["provisional-duty"] == 6
