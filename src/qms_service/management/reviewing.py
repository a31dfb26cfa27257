"""Reviewing (评审): the one call that makes the management review of a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, get_args

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.cases import Case
from qms_service.deadlines.duties import Occurrence
from qms_service.errors import EntryError, unknown_name
from qms_service.instants import from_micros, instant, micros
from qms_service.management.actions import in_order
from qms_service.management.brief import brief
from qms_service.management.counting import Count, Progress, clause_of, kinds_of
from qms_service.management.duty_figures import duties_of, events_shown_by, read_duties
from qms_service.management.given import (
    Given,
    judged_targets,
    other_limits,
    read_targets,
    readings_of,
    survey_limits,
)
from qms_service.management.limits import Limit
from qms_service.management.period import Period, period_of
from qms_service.management.review import ManagementReview
from qms_service.management.sight import Question
from qms_service.management.surveys import named_scores, surveys_of
from qms_service.rulebooks import Rulebook
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.indicators import Reading
from qms_service.satisfaction.survey_score import SurveyScore
from qms_service.satisfaction.targets import Judgement, Target
from qms_service.worktime.term import OnUnknown

ACTIONS: Final = ("improvement", "corrective_action", "claim")


def management_review(
    book: Rulebook,
    cases: Iterable[Case],
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    surveys: Mapping[str, SurveyScore | Estimate] | Iterable[SurveyScore] | None = None,
    targets: Mapping[str, Target] | Iterable[Target | Judgement] | None = None,
    indicators: Iterable[Reading] = (),
    duties: Iterable[Occurrence] | None = None,
    actions: Sequence[str] = ACTIONS,
    previous: ManagementReview | None = None,
    top: int = 5,
    on_unknown: OnUnknown = "refuse",
    progress: Progress | None = None,
) -> ManagementReview:
    """The inputs of a management review on the customers, over a period.

    Every measure says which cases belong to the period. All of them rest on what is on record at `now`, with
    corrections applied, so that a review that is made later may differ from one that was made at once:

    - a *received* case opened in it; what its analysis or judgement found, and what its quantities come to, is
      what is on record at `now`, also when that came after the period;
    - a *closed*, *withdrawn* or *open* case was so when the period ended; each case that was open at some time
      of it is counted once in `flows`;
    - a *clock* belongs to the period in which it started, once a case; its state is that at `now`. Undecided,
      running, void and unknown ones stand beside the share on time, in no base;
    - what was *accepted* of a claim was judged in it, what was *written off* was posted in it;
    - an *open action* was open when it ended; its next step, owner and due time are those at `now`;
    - a period of a *duty* belongs to the period in which it was due;
    - of the *surveys* the last one handed in is that of the period: who hands them in says which they are.
      Where none is handed in, those that were scored in the period stand by their record.

    Args:
        book: The rulebook; each case is judged by the edition that it is pinned to.
        cases: The cases, in any order: of a store, or any other iterable. It is passed over once; of the cases
            their numbers are kept, and those that show a duty done.
        start: The first instant of the period; aware.
        end: The first instant after it; aware.
        now: The moment of the knowledge; aware. What is dated later is not seen.
        surveys: The score of each survey by its name, the first held first; or the scores of surveys, which
            have a name of their own. Each is compared with the one before. None: the scores on the record of the
            surveys among the cases that were scored in the period, without interval and comparison.
        targets: Targets, judged by the last survey on the last day of the period; or judgements made elsewhere.
            None: those that the newest edition declares for that survey.
        indicators: Readings of indicators.
        duties: The periods of recurring duties, as `duties_between` or `fulfilment` gives them; where nobody has
            looked yet what fulfils them, the events of the cases show it. Hand in the periods from the first
            that may be open. None: the duties of the newest edition.
        actions: The kinds of cases whose open ones are listed.
        previous: The review before, to compare with.
        top: How many values a ranking names.
        on_unknown: Beyond what the calendar knows, `"refuse"` gives the state `unknown`, `"provisional"`
            answers by the weekly pattern; either is told among the limits.
        progress: Called now and then with the number of cases read, and the number in all where that is known.

    Returns:
        The review. A case that cannot be read is counted in its `limits`, with the reason; none is raised.

    Raises:
        NaiveInstantError: An instant has no zone.
        EntryError: The end is not after the start, or `now` is before the start; `top` is no number from 1; the
            book is no rulebook, or the cases are none; among surveys, targets, indicators or duties is
            something else.
        UnknownNameError: A target is of a dimension that the last survey does not have; `actions` names a kind
            of case that the rulebook does not have.

    Clause: ISO 9001 9.3.2; pcb-maker 4.5.3, 4.5.5.

    >>> import pendulum, qms_service as qms
    >>> january = pendulum.datetime(2026, 1, 1, tz="Asia/Shanghai")
    >>> book = qms.load_rulebook("pcb-maker")
    >>> complaint = qms.Complaint(number="C-1", customer="ACME", received_at=january.add(days=5))
    >>> april = january.add(months=3)
    >>> review = management_review(book, [book.open(complaint)], start=january, end=april, now=april)
    >>> flow = review.flow("complaint")
    >>> flow.received, flow.open, review.complaints["not_analysed"]
    (1, 1, 1)
    """
    _check(book, cases, top, on_unknown, previous)
    zone = book.editions[-1].rules.zone
    period = period_of(start, end, zone)
    question = Question(
        book=book,
        period=period,
        now=_asked(now, period, zone),
        on_unknown=on_unknown,
        actions=_kinds(actions, book),
    )
    given = Given(
        surveys=None if surveys is None else named_scores(surveys),
        targets=read_targets(targets),
        indicators=readings_of(indicators),
        duties=read_duties(duties, question),
    )
    count = Count(question, events_shown_by(given.duties))
    count.take(cases, progress)
    review = _completed(_of_cases(count, top), count, given)
    return attrs.evolve(review, previous=previous and attrs.evolve(previous, previous=None))


def _completed(review: ManagementReview, count: Count, given: Given) -> ManagementReview:
    """The review with what it is given beside the cases."""
    question = count.question
    scores = count.surveys() if given.surveys is None else surveys_of(given.surveys)
    last = given.surveys[-1][1] if given.surveys else scores[-1].score if scores else None
    targets = judged_targets(given.targets, last, question)
    duties = duties_of(given.duties, count.witnesses, question)
    return attrs.evolve(
        review,
        satisfaction=scores,
        targets=targets,
        indicators=given.indicators,
        duties=duties,
        limits=(
            *_not_over(question),
            *count.limits.limits(),
            *survey_limits(scores),
            *other_limits(targets, given.indicators, duties),
        ),
    )


def _of_cases(count: Count, top: int) -> ManagementReview:
    """The review as far as the cases tell it."""
    question, kinds = count.question, kinds_of(count.question)
    judging = {step: clause_of(kinds.get("claim"), step) for step in ("", "judged", "posted")}
    return ManagementReview(
        rulebook=question.book.id,
        period=question.period,
        now=question.now,
        cases=count.read,
        flows=count.flow(),
        complaints=count.complaints.complaints(clause_of(kinds.get("complaint"), "analysed"), top),
        returns=count.returns.returns(kinds.get("return"), top),
        claims=count.claims.claims(judging, top),
        clocks=tuple(count.clocks.clocks(question.book)),
        actions=in_order(count.actions),
    )


def _check(book: object, cases: object, top: object, on_unknown: object, previous: object) -> None:
    if not isinstance(book, Rulebook):
        raise EntryError("review-book", got=brief(book))
    if isinstance(cases, Case | str | Mapping) or not isinstance(cases, Iterable):
        raise EntryError("review-cases", got=brief(cases))
    if not isinstance(top, int) or isinstance(top, bool) or top < 1:
        raise EntryError("review-top", got=brief(top))
    if on_unknown not in get_args(OnUnknown):
        raise EntryError("review-on-unknown", got=brief(on_unknown), allowed=get_args(OnUnknown))
    if not (previous is None or isinstance(previous, ManagementReview)):
        raise EntryError("review-previous", got=brief(previous))


def _kinds(actions: object, book: Rulebook) -> tuple[str, ...]:
    """The kinds whose open cases are listed; of the usual ones a rulebook may lack some."""
    if isinstance(actions, str) or not isinstance(actions, Iterable):
        return _kinds((actions,), book)
    kinds = sorted({name for edition in book.editions for name in edition.rules.kinds})
    asked = tuple(actions)
    for name in asked:
        if name not in (*kinds, *ACTIONS):
            raise unknown_name("case-kind", name, kinds)
    return asked


def _asked(now: datetime, period: Period, zone: Timezone) -> DateTime:
    moment = from_micros(micros(instant(now)), zone)
    if micros(moment) < period.first:
        raise EntryError("review-now", now=moment, start=period.start)
    return moment


def _not_over(question: Question) -> Iterable[Limit]:
    if micros(question.now) < question.period.beyond:
        yield Limit(code="not-over", facts={"now": question.now, "end": question.period.end})
