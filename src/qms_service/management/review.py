"""Management review (管理评审): what a period was for the customers, in figures that say what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, get_args

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.cases import Case
from qms_service.deadlines.duties import Occurrence
from qms_service.errors import EntryError
from qms_service.instants import from_micros, instant, micros
from qms_service.management.actions import OpenAction, in_order
from qms_service.management.brief import brief
from qms_service.management.claims import Claims
from qms_service.management.complaints import Complaints
from qms_service.management.counting import Count, Progress, clause_of, kinds_of
from qms_service.management.duty_figures import DutyFigures, duties_of, events_shown_by, read_duties
from qms_service.management.flow import Flow
from qms_service.management.given import other_limits, readings_of, survey_limits, targets_of
from qms_service.management.lateness import ClockFigures
from qms_service.management.limits import Limit
from qms_service.management.period import Period, period_of
from qms_service.management.returns import Returns
from qms_service.management.sight import Question
from qms_service.management.surveys import SurveyFigures, named_scores, surveys_of
from qms_service.rulebooks import Rulebook
from qms_service.rulebooks.clocks import OnUnknown
from qms_service.satisfaction.compare import Comparable
from qms_service.satisfaction.indicators import Reading
from qms_service.satisfaction.targets import Judgement, Target
from qms_service.texts import Catalogue

ACTIONS: Final = ("improvement", "corrective_action", "claim")


@attrs.frozen(kw_only=True)
class ManagementReview:
    """The inputs of a management review about customers (管理评审), as data, as a page and as plots.

    Args:
        rulebook: The rulebook's id.
        period: The span that it looks at.
        now: The moment of its knowledge.
        cases: How many cases were read.
        satisfaction: The surveys, the one of the period last.
        targets: What became of each target.
        indicators: The factory's own count beside its customers'.
        flows: How many cases of each kind came, were settled, and are open.
        complaints, returns, claims: What they were about.
        clocks: How each clock was kept.
        actions: What was open when the period ended, with its owner.
        duties: How each recurring duty was kept.
        limits: What the figures do not know.
        previous: The review before, without its own previous one.

    Clause: ISO 9001 9.3.2; pcb-maker 4.5.3, 4.5.5.
    """

    rulebook: str
    period: Period
    now: DateTime
    cases: int
    satisfaction: tuple[SurveyFigures, ...] = ()
    targets: tuple[Judgement, ...] = ()
    indicators: tuple[Reading, ...] = ()
    flows: tuple[Flow, ...]
    complaints: Complaints
    returns: Returns
    claims: Claims
    clocks: tuple[ClockFigures, ...] = ()
    actions: tuple[OpenAction, ...] = ()
    duties: tuple[DutyFigures, ...] = ()
    limits: tuple[Limit, ...] = ()
    previous: ManagementReview | None = attrs.field(default=None, repr=False)

    def flow(self, kind: str) -> Flow | None:
        """The flow of a kind of case; None where there was none."""
        return next((one for one in self.flows if one.kind == kind), None)

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The review as a page of HTML that loads nothing and prints on A4; every text in it is escaped.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages, each a mapping of code to template.
        """
        from qms_service.management.page import Speech, html_page  # noqa: PLC0415  # only for who looks

        return html_page(self, Speech(lang=lang, catalogues=catalogues))

    def to_markdown(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The review as a page of Markdown; every text in it is escaped.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages, each a mapping of code to template.
        """
        from qms_service.management.page import Speech, markdown_page  # noqa: PLC0415  # only for who looks

        return markdown_page(self, Speech(lang=lang, catalogues=catalogues))

    def _repr_html_(self) -> str:
        from qms_service.management.page import Speech, html_part  # noqa: PLC0415  # only for who looks

        return html_part(self, Speech())


def management_review(
    book: Rulebook,
    cases: Iterable[Case],
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    surveys: Mapping[str, Comparable] | Iterable[Comparable] = (),
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

    Args:
        book: The rulebook; each case is judged by the edition that it is pinned to.
        cases: The cases, in any order: of a store, or any other iterable. It is passed over once, and no case
            is kept but those that show a duty done.
        start: The first instant of the period; aware.
        end: The first instant after it; aware.
        now: The moment of the knowledge; aware. What is dated later is not seen.
        surveys: The score of each survey by its name, the first held first; or the scores of surveys, which
            have a name of their own. Each is compared with the one before.
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
    _check(book, cases, top, on_unknown)
    zone = book.editions[-1].rules.zone
    period = period_of(start, end, zone)
    question = Question(
        book=book,
        period=period,
        now=_asked(now, period, zone),
        on_unknown=on_unknown,
        actions=(actions,) if isinstance(actions, str) else tuple(actions),
    )
    named = named_scores(surveys)
    scores, readings = surveys_of(named), readings_of(indicators)
    verdicts = targets_of(targets, named[-1][1] if named else None, question)
    calendar = read_duties(duties, question)
    count = Count(question, events_shown_by(calendar))
    count.take(cases, progress)
    kept = duties_of(calendar, count.witnesses, question)
    return attrs.evolve(
        _of_cases(count, top),
        satisfaction=scores,
        targets=verdicts,
        indicators=readings,
        duties=kept,
        limits=(
            *_not_over(question),
            *count.limits.limits(),
            *survey_limits(scores),
            *other_limits(verdicts, readings, kept),
        ),
        previous=None if previous is None else attrs.evolve(previous, previous=None),
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


def _check(book: object, cases: object, top: object, on_unknown: object) -> None:
    if not isinstance(book, Rulebook):
        raise EntryError("review-book", got=brief(book))
    if isinstance(cases, Case | str | Mapping) or not isinstance(cases, Iterable):
        raise EntryError("review-cases", got=brief(cases))
    if not isinstance(top, int) or isinstance(top, bool) or top < 1:
        raise EntryError("review-top", got=brief(top))
    if on_unknown not in get_args(OnUnknown):
        raise EntryError("review-on-unknown", got=brief(on_unknown), allowed=get_args(OnUnknown))


def _asked(now: datetime, period: Period, zone: Timezone) -> DateTime:
    moment = from_micros(micros(instant(now)), zone)
    if micros(moment) < period.first:
        raise EntryError("review-now", now=moment, start=period.start)
    return moment


def _not_over(question: Question) -> Iterable[Limit]:
    if micros(question.now) < question.period.beyond:
        yield Limit(code="not-over", facts={"now": question.now, "end": question.period.end})
