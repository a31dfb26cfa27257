"""The steps D1 to D8 of a document (各步骤导出), each made from the events of its step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from qms_service.cases.eight_d import Action, EightD
from qms_service.exchange.lost import Lost
from qms_service.exchange.names import (
    ASIDE,
    CAUSES,
    CELLS,
    CONTAINMENTS,
    IMPLEMENTED,
    PEOPLE,
    PLANNED,
    PREVENTIONS,
)
from qms_service.exchange.taken import Taken, as_day, as_number

Document = dict[str, Any]
Pairs = Iterable[tuple[str, object]]
_CENT: Final = Decimal("0.01")


class Steps:
    """Makes the steps of one document, and notes what they put aside.

    Args:
        report: The 8D report.
        taken: The case that it stands in.
        people: What is known of each person beside the name.
    """

    def __init__(self, report: EightD, taken: Taken, people: Mapping[str, Mapping[str, str]]) -> None:
        self.report, self.taken, self.people = report, taken, people
        self.lost: list[Lost] = []

    def made(self) -> Mapping[str, Document]:
        """Every step by its name; an empty one where nothing is on record."""
        return {
            "stepD1": self._team(),
            "stepD2": self._problem(),
            "stepD3": self._containment(),
            "stepD4": self._causes(),
            "stepD5": self._planned(),
            "stepD6": self._implemented(),
            "stepD7": self._prevention(),
            "stepD8": self._closing(),
        }

    def fill(self, path: str, into: Document, name: str, value: object, source: str) -> None:
        """Puts a value where the caller gave none; one that the caller gave otherwise is told."""
        if into.setdefault(name, value) != value:
            self.lost.append(Lost(code="no-place", path=source, values={f"{path}.{name}": value}))

    def with_aside(self, step: str, made: Document, more: Pairs) -> Document:
        """A step with what it has no field for in its list of additional information."""
        items = [{"key": key, "value": _written(value)} for key, value in more if value not in (None, "")]
        self.lost += [
            Lost(code="aside", path=f"{step}.{ASIDE}", values={one["key"]: one["value"]}) for one in items
        ]
        return {**made, ASIDE: [*made.get(ASIDE, ()), *items]} if items else made

    def _person(self, name: object) -> Document | None:
        return None if name is None else {"name": str(name), **self.people.get(str(name), {})}

    def _team(self) -> Document:
        team = self.report.timeline.last("team_named")
        found = {key: self._person(self.taken.fact(team, fact)) for fact, key in PEOPLE.items()}
        if found["contactPerson"] is None:
            found["contactPerson"] = found["teamLeader"]
        members = self.taken.fact(team, "members")
        people = [self._person(name) for name in members] if isinstance(members, tuple) else []
        return _told(**found, teamMembers=people or None)

    def _problem(self) -> Document:
        stated, taken = self.report.timeline.last("problem_stated"), self.taken
        if stated is None:
            return {}
        made = _told(
            symptomDescription=taken.text(stated, "symptom"),
            problemDescription=taken.text(stated, "statement"),
            errorType=taken.subject("defect"),
            errorLocation=taken.text(stated, "location"),
            riskAssessmentStarted=as_day(taken.fact(stated, "risk_assessed_on")),
        )
        return self.with_aside(
            "stepD2", made, [(name, taken.fact(stated, name)) for name in ("is_what", "is_not", "quantity")]
        )

    def _containment(self) -> Document:
        timeline, taken = self.report.timeline, self.taken
        listed, more = [], []
        for place, event in enumerate(timeline.all("contained")):
            listed.append(
                _told(
                    introductionDate=taken.day(event),
                    responsiblePerson=taken.text(event, "by"),
                    proofOfEffectiveness=taken.text(event, "proof"),
                    methodForEffectivenessCheck=taken.text(event, "method"),
                    riskOfImmediateMeasure=taken.text(event, "risk"),
                    effectivenessResult=as_number(taken.fact(event, "share")),
                )
            )
            more.append((f"{CONTAINMENTS}[{place}].containment", taken.fact(event, "containment")))
        needless = timeline.last("containment_not_needed")
        more.append(("containment_not_needed", taken.fact(needless, "reason")))
        if not listed and needless is None:
            return {}
        return self.with_aside("stepD3", {CONTAINMENTS: listed}, more)

    def _causes(self) -> Document:
        taken = self.taken
        listed, more = [], []
        for place, cause in enumerate(self.report.causes):
            proposed, judged, outcome = cause.proposed, cause.judged, cause.outcome
            listed.append(
                _told(
                    typeOfCauses=CELLS.get(str(taken.fact(proposed, "cell"))),
                    causeHypothesisDescription=taken.text(proposed, "statement"),
                    errorCauseCategory=taken.text(proposed, "category"),
                    verificationBy=taken.text(judged, "by"),
                    clarificationDate=taken.day(judged),
                    result=taken.text(judged, "reason" if outcome == "rejected" else "result"),
                    method=taken.text(judged, "method"),
                    report=taken.text(judged, "report"),
                )
            )
            at = f"{CAUSES}[{place}]"
            taken.fact(judged, "cause")
            more += [
                (f"{at}.cause", taken.fact(proposed, "cause")),
                (f"{at}.outcome", outcome),
                (f"{at}.nature", taken.fact(proposed, "nature")),
            ]
        return self.with_aside("stepD4", {CAUSES: listed}, more) if listed else {}

    def _planned(self) -> Document:
        taken = self.taken
        listed, more = [], []
        for place, action in enumerate(self.report.actions):
            plan, dropped = action.planned, action.dropped if action.is_dropped else None
            made = self._measure(action, as_day(taken.fact(plan, "due")))
            listed.append(
                made
                | _told(
                    responsiblePerson=taken.text(plan, "owner"),
                    proofOfEffectiveness=taken.text(plan, "proof"),
                    status="closed" if action.implemented or dropped else "open",
                )
            )
            at = f"{PLANNED}[{place}]"
            taken.fact(dropped, "action")
            more += [
                (f"{at}.action", taken.fact(plan, "action")),
                (f"{at}.means", taken.fact(plan, "means")),
                (f"{at}.dropped", taken.fact(dropped, "reason")),
            ]
        return self.with_aside("stepD5", {PLANNED: listed}, more) if listed else {}

    def _implemented(self) -> Document:
        taken, done = self.taken, [one for one in self.report.standing if one.implemented]
        listed, more = [], []
        for place, action in enumerate(done):
            made = self._measure(action, as_day(taken.fact(action.implemented, "cut_in")))
            listed.append(
                made
                | _told(
                    responsiblePerson=taken.text(action.implemented, "by"),
                    proofOfEffectiveness=taken.text(action.measured, "proof"),
                    effectivenessResult=as_number(_share(action, taken)),
                    status="closed" if action.measured else "in progress",
                )
            )
            at = f"{IMPLEMENTED}[{place}]"
            taken.fact(action.measured, "action")
            more.append((f"{at}.action", taken.fact(action.implemented, "action")))
            figures = ("measure", "before", "after")
            more += [(f"{at}.{name}", taken.fact(action.measured, name)) for name in figures]
        verified = self.report.timeline.last("verified")
        more += [("verified", taken.fact(verified, "effective")), ("verified.on", taken.day(verified))]
        if not listed and verified is None:
            return {}
        return self.with_aside("stepD6", {IMPLEMENTED: listed}, more)

    def _measure(self, action: Action, introduced_on: str | None) -> Document:
        return _told(
            measure=self.taken.text(action.planned, "statement"),
            causeAssignment=self.taken.text(action.planned, "cause"),
            introductionDate=introduced_on,
        )

    def _prevention(self) -> Document:
        taken, timeline = self.taken, self.report.timeline
        listed = [
            _told(
                measure=taken.text(event, "measure"),
                causeAssignment=taken.text(event, "cause"),
                introductionDate=as_day(taken.fact(event, "in_force_on")),
                responsiblePerson=taken.text(event, "owner"),
                proofOfEffectiveness=taken.text(event, "proof"),
                effectivenessResult=as_number(taken.fact(event, "share")),
                status="closed",
            )
            for event in timeline.all("prevention_taken")
        ]
        more: list[tuple[str, object]] = []
        for name, facts in ASIDE_EVENTS.items():
            for place, event in enumerate(timeline.all(name)):
                more += [(f"{name}[{place}].{fact}", taken.fact(event, fact)) for fact in facts]
                more.append((f"{name}[{place}].on", taken.day(event)))
        return self.with_aside("stepD7", {PREVENTIONS: listed}, more) if listed or more else {}

    def _closing(self) -> Document:
        closed = self.report.timeline.last("closed")
        return _told(
            closingDate=self.taken.day(closed), resultAssesment=self.taken.text(closed, "assessment")
        )


# The events of D7 that the model has no field for, with their facts.
ASIDE_EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "document_revised": ("document", "revision"),
    "documents_unchanged": ("reason",),
    "looked_across": ("scope", "result"),
}


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _told(**fields: object) -> Document:
    return {name: value for name, value in fields.items() if value is not None}


def _share(action: Action, taken: Taken) -> object:
    """How effective an action is in percent: as it was put on record, else by how much the figure fell."""
    share = taken.fact(action.measured, "share")
    if share is not None or action.measured is None:
        return share
    before, after = action.measured.value("before"), action.measured.value("after")
    if not (isinstance(before, int | Decimal) and isinstance(after, int | Decimal) and before > 0):
        return None
    fallen = (Decimal(before) - Decimal(after)) * 100 / Decimal(before)
    return fallen.quantize(_CENT, ROUND_HALF_UP)
