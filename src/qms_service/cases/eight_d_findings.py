"""What fails an audit in an 8D report (8D 审核要点): the checks that look at causes and actions together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from qms_service.cases.case import Case
from qms_service.cases.eight_d import Action, EightD, eight_d
from qms_service.clauses import ClauseRef
from qms_service.findings import Finding

CELLS: Final = (
    "technical_occurrence", "technical_non_detection", "systemic_occurrence", "systemic_non_detection",
)  # fmt: skip
Found = tuple[str, str, dict[str, object]]
Check = Callable[[EightD], Iterator[Found]]
_PLANNED: Final = ("actions_approved", "action_implemented", "verified", "closed")
_DONE: Final = ("verified", "closed")


def eight_d_findings(
    case: Case, *, now: datetime | None = None, clause: ClauseRef | str = "4.2.3"
) -> tuple[Finding, ...]:
    """What an auditor would find in an 8D report, each a warning.

    The gates of the rulebook stop a step; `review` tells which of them an old report went past. These checks look at
    what the gates cannot: which action answers which cause, and what the words of a report come to. A check of the
    plan waits until the plan is approved, and one of the effect until it is verified.

    Args:
        case: A case of the kind `corrective_action`, old or new.
        now: The moment of which they tell; None: all that is on record.
        clause: The clause that they cite, of the case's rulebook where it is a number alone.

    Source: what fails audits: IATF 16949 10.2.3; operator error as the only cause, training as the only action, no
        cause of the escape, no figures, documents untouched.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> rules = qms.load_rulebook("pcb-maker").on(noon)
    >>> told = qms.Event("problem_stated", noon, facts={"statement": "Boards are open"})
    >>> case = rules.adopt(qms.CorrectiveAction(number="8D-1", raised_at=noon), [told])
    >>> for finding in eight_d_findings(case):
    ...     print(finding)
    problem_stated does not say where the problem is not. [pcb-maker 4.2.3]
    problem_stated gives no quantity. [pcb-maker 4.2.3]
    """
    report = eight_d(case, now)
    cited = clause if isinstance(clause, ClauseRef) else _cited(clause, case)
    return tuple(
        Finding(code=f"eight-d.{code}", severity="warning", subject=subject, clause=cited, facts=facts)
        for check in CHECKS
        for code, subject, facts in check(report)
    )


def _cited(number: str, case: Case) -> ClauseRef:
    return ClauseRef(number, document=case.pin.rulebook, edition=case.pin.edition)


def _reached(report: EightD, steps: tuple[str, ...]) -> bool:
    return any(report.timeline.last(step) for step in steps)


def _problem(report: EightD) -> Iterator[Found]:
    """The problem is stated by what it is not, too, and with a figure."""
    stated = report.timeline.last("problem_stated")
    if stated is not None:
        for fact in ("is_not", "quantity"):
            if stated.value(fact) is None:
                yield f"no-{fact}", stated.name, {}


def _unknown(report: EightD) -> Iterator[Found]:
    """What is judged was proposed; what is done was planned, and for a cause that stands."""
    causes = {cause.id: cause for cause in report.causes}
    actions = {action.id for action in report.actions}
    for name in ("cause_verified", "cause_rejected"):
        for event in report.timeline.all(name):
            if event.value("cause") not in causes:
                yield "unknown-cause", name, {"cause": event.value("cause")}
    for name in ("action_implemented", "action_dropped", "effect_measured"):
        for event in report.timeline.all(name):
            if event.value("action") not in actions:
                yield "unknown-action", name, {"action": event.value("action")}
    for action in report.standing:
        cause = causes.get(str(action.planned.value("cause")))
        if cause is None or cause.outcome == "rejected":
            yield "action-without-cause", action.id, {"cause": action.planned.value("cause")}


def _owners(report: EightD) -> Iterator[Found]:
    """Each action is somebody's, by a date."""
    if _reached(report, _PLANNED):
        for action in report.standing:
            missing = tuple(fact for fact in ("owner", "due") if action.planned.value(fact) is None)
            if missing:
                yield "nobody-due", action.id, {"missing": missing}


def _cells(report: EightD) -> Iterator[Found]:
    """Why it arose and why nobody noticed, technically and in the system."""
    if _reached(report, _PLANNED):
        there = {cause.proposed.value("cell") for cause in report.verified}
        for cell in CELLS:
            if cell not in there:
                yield "empty-cell", "cause_verified", {"kind": cell}


def _operator(report: EightD) -> Iterator[Found]:
    """Somebody's error is never all that was wrong."""
    natures = [cause.proposed.value("nature") for cause in report.verified]
    if _reached(report, _PLANNED) and natures and set(natures) == {"person"}:
        yield "operator-alone", "cause_verified", {"causes": tuple(cause.id for cause in report.verified)}


def _answered(report: EightD) -> Iterator[Found]:
    """Each cause has an action, and one that is more than training."""
    if not _reached(report, _PLANNED):
        return
    for cause in report.verified:
        own = [action for action in report.standing if action.planned.value("cause") == cause.id]
        if not own:
            yield "cause-without-action", cause.id, {}
        elif all(action.planned.value("means") == "training" for action in own):
            yield "training-alone", cause.id, {"actions": tuple(action.id for action in own)}


def _effect(report: EightD) -> Iterator[Found]:
    """Each action has an effect in figures, and it is for the better."""
    if not _reached(report, _DONE):
        return
    for action in report.standing:
        before, after = _figures(action)
        share = action.measured.value("share") if action.measured else None
        if action.implemented is None:
            yield "not-implemented", action.id, {}
        elif share is None and (before is None or after is None):
            yield "no-effect-data", action.id, {}
        elif before is not None and after is not None and after >= before:
            yield "no-better", action.id, {"before": before, "after": after}


def _figures(action: Action) -> tuple[Decimal | None, Decimal | None]:
    """What was measured before the action and after it."""
    found = [action.measured.value(name) if action.measured else None for name in ("before", "after")]
    before, after = (Decimal(one) if isinstance(one, int | Decimal) else None for one in found)
    return before, after


def _documents(report: EightD) -> Iterator[Found]:
    """What people work by was changed with the action."""
    if _reached(report, _DONE) and not report.timeline.last("document_revised"):
        unchanged = report.timeline.last("documents_unchanged")
        reason = unchanged.value("reason") if unchanged else None
        yield "documents-untouched", "document_revised", {"reason": reason}


CHECKS: Final[tuple[Check, ...]] = (
    _problem, _unknown, _owners, _cells, _operator, _answered, _effect, _documents,
)  # fmt: skip
