"""The steps D1 to D8 of a document as events (各步骤导入)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, get_args

import attrs
from pendulum import DateTime

from qms_service.cases.eight_d import Outcome
from qms_service.events import Event
from qms_service.exchange.lost import Lost
from qms_service.exchange.names import CAUSES, CELLS, CONTAINMENTS, IMPLEMENTED, PEOPLE, PLANNED, PREVENTIONS
from qms_service.exchange.reading import Reading
from qms_service.exchange.steps_out import ASIDE_EVENTS

_CELLS: Final = {code: cell for cell, code in CELLS.items()}


@attrs.frozen(kw_only=True)
class _Plan:
    """An action as D5 plans it; D6 may carry it out."""

    id: str
    told: tuple[str | None, str | None]
    path: str = ""
    is_dropped: bool = False


class Events:
    """Makes the events of one document.

    Args:
        reading: The document.
        at: The instant at which a date begins.
        raised_at: When the report was asked for.
    """

    def __init__(self, reading: Reading, at: Callable[[date], DateTime], raised_at: DateTime) -> None:
        self.reading, self._begin, self._latest = reading, at, raised_at
        self._made: list[Event] = []
        self._names: set[str] = set()

    def all(self) -> tuple[Event, ...]:
        """The events in the order of the steps."""
        self._team()
        self._problem()
        self._containment()
        for place in range(self.reading.length(f"stepD4.{CAUSES}")):
            self._cause(f"{CAUSES}[{place}]", str(place + 1))
        plans = [self._plan(place) for place in range(self.reading.length(f"stepD5.{PLANNED}"))]
        self._implementations([plan for plan in plans if plan is not None])
        self._prevention()
        self._closing()
        return tuple(self._made)

    def _put(self, name: str, day: date | None, by: str | None = None, /, **facts: object) -> None:
        """An event on its date, or, told as assumed, at the latest date before it."""
        if day is None:
            self.reading.lost.append(Lost(code="assumed", path=name, values={"at": self._latest.date()}))
            at = self._latest
        else:
            at = self._begin(day)
        told = {fact: value for fact, value in facts.items() if value is not None}
        self._made.append(Event(name, at, by=by, facts=told))

    def _later(self, day: date | None) -> None:
        """What has no date of its own from here on stands no earlier than this day."""
        if day is not None:
            self._latest = max(self._latest, self._begin(day))

    def _assume(self, path: str, **values: object) -> None:
        self.reading.lost.append(Lost(code="assumed", path=path, values=values))

    def _name(self, path: str, kind: str, given: str | None, otherwise: str) -> str:
        """The name of a cause or an action; one of ours where it has none, or that of another, which is told."""
        name, number = given or otherwise, 1
        while f"{kind} {name}" in self._names:
            number += 1
            name = f"{given or otherwise}/{number}"
        self._names.add(f"{kind} {name}")
        if name != given:
            self._assume(path, **{kind: name})
        return name

    def _lacking(self, path: str, *names: str) -> bool:
        """Whether an entry lacks what its event cannot do without; it then stays behind, which is told."""
        lacking = tuple(
            name for name in names if not isinstance(self.reading.left.get(f"{path}.{name}"), str)
        )
        if lacking:
            self.reading.lost.append(Lost(code="incomplete", path=path, values={"lacking": lacking}))
        return bool(lacking)

    def _team(self) -> None:
        read = self.reading
        found = {fact: read.text(f"stepD1.{key}.name") for fact, key in PEOPLE.items()}
        if found["contact"] == found["leader"]:
            found["contact"] = None  # an export names the leader where there is no other
        places = range(read.length("stepD1.teamMembers"))
        members = tuple(name for place in places if (name := read.text(f"stepD1.teamMembers[{place}].name")))
        if members or any(found.values()):
            self._put("team_named", None, **found, members=members or None)

    def _problem(self) -> None:
        read = self.reading
        if not read.has("stepD2") or self._lacking("stepD2", "problemDescription"):
            return
        self._put(
            "problem_stated",
            None,
            statement=read.text("stepD2.problemDescription"),
            symptom=read.text("stepD2.symptomDescription"),
            location=read.text("stepD2.errorLocation"),
            risk_assessed_on=read.day("stepD2.riskAssessmentStarted"),
            is_what=read.aside("stepD2", "is_what"),
            is_not=read.aside("stepD2", "is_not"),
            quantity=read.aside_quantity("stepD2", "quantity"),
        )

    def _containment(self) -> None:
        read = self.reading
        for place in range(read.length(f"stepD3.{CONTAINMENTS}")):
            at = f"stepD3.{CONTAINMENTS}[{place}]"
            self._put(
                "contained",
                read.day(f"{at}.introductionDate"),
                read.text(f"{at}.responsiblePerson"),
                containment=read.aside("stepD3", f"{CONTAINMENTS}[{place}].containment"),
                proof=read.text(f"{at}.proofOfEffectiveness"),
                method=read.text(f"{at}.methodForEffectivenessCheck"),
                risk=read.text(f"{at}.riskOfImmediateMeasure"),
                share=read.number(f"{at}.effectivenessResult"),
            )
        reason = read.aside("stepD3", "containment_not_needed")
        if reason is not None:
            self._put("containment_not_needed", None, reason=reason)

    def _cause(self, key: str, number: str) -> None:
        read, at = self.reading, f"stepD4.{key}"
        if self._lacking(at, "causeHypothesisDescription", "typeOfCauses"):
            return
        cell = _CELLS.get(str(read.left[f"{at}.typeOfCauses"]))
        if cell is None:
            read.lost.append(Lost(code="incomplete", path=at, values={"lacking": ("typeOfCauses",)}))
            return
        read.text(f"{at}.typeOfCauses")
        cause = self._name(at, "cause", read.aside("stepD4", f"{key}.cause"), number)
        outcome = read.aside_word("stepD4", f"{key}.outcome", get_args(Outcome))
        day, result = read.day(f"{at}.clarificationDate"), read.text(f"{at}.result")
        if outcome is None:
            outcome = "open" if day is None and result is None else "verified"
            self._assume(at, outcome=outcome)
        proposed_on = day if day is not None and self._begin(day) < self._latest else None
        self._put(
            "cause_proposed",
            proposed_on,
            cause=cause,
            cell=cell,
            statement=read.text(f"{at}.causeHypothesisDescription"),
            category=read.text(f"{at}.errorCauseCategory"),
            nature=read.aside("stepD4", f"{key}.nature"),
        )
        if outcome == "open":
            return
        is_verified = outcome != "rejected"
        self._put(
            "cause_verified" if is_verified else "cause_rejected",
            day,
            read.text(f"{at}.verificationBy"),
            cause=cause,
            method=read.text(f"{at}.method"),
            report=read.text(f"{at}.report"),
            **{"result" if is_verified else "reason": result},
        )
        self._later(day)

    def _plan(self, place: int) -> _Plan | None:
        read, key = self.reading, f"{PLANNED}[{place}]"
        at = f"stepD5.{key}"
        if self._lacking(at, "measure"):
            return None
        action = self._name(at, "action", read.aside("stepD5", f"{key}.action"), str(place + 1))
        told = (read.text(f"{at}.measure"), read.text(f"{at}.causeAssignment"))
        self._put(
            "action_planned",
            None,
            action=action,
            statement=told[0],
            cause=told[1],
            owner=read.text(f"{at}.responsiblePerson"),
            due=read.day(f"{at}.introductionDate"),
            proof=read.text(f"{at}.proofOfEffectiveness"),
            means=read.aside("stepD5", f"{key}.means"),
        )
        dropped = read.aside("stepD5", f"{key}.dropped")
        if dropped is not None:
            self._put("action_dropped", None, action=action, reason=dropped)
        return _Plan(id=action, told=told, path=at, is_dropped=dropped is not None)

    def _implementations(self, plans: list[_Plan]) -> None:
        read, done = self.reading, set[str]()
        for place in range(read.length(f"stepD6.{IMPLEMENTED}")):
            key = f"{IMPLEMENTED}[{place}]"
            if not self._lacking(f"stepD6.{key}", "measure"):
                done.add(self._implementation(key, place, [plan for plan in plans if plan.id not in done]))
        for plan in plans:
            is_closed = plan.is_dropped or plan.id in done
            read.agrees(f"{plan.path}.status", "closed" if is_closed else "open")
        effective = read.aside_word("stepD6", "verified", ("true", "false"))
        if effective is not None:
            day = read.aside_day("stepD6", "verified.on")
            self._put("verified", day, effective=effective == "true")
            self._later(day)

    def _implementation(self, key: str, place: int, plans: list[_Plan]) -> str:
        """An action that is in, with its effect; one that nobody planned gets its plan first."""
        read, at = self.reading, f"stepD6.{key}"
        told = (read.text(f"{at}.measure"), read.text(f"{at}.causeAssignment"))
        given = read.aside("stepD6", f"{key}.action")
        action = given or next((plan.id for plan in plans if plan.told == told), "")
        if all((plan.id, plan.told) != (action, told) for plan in plans):
            action = self._name(at, "action", given, f"D6-{place + 1}")
            self._put("action_planned", None, action=action, statement=told[0], cause=told[1])
        elif given is None:
            self._assume(at, action=action)
        cut_in = read.day(f"{at}.introductionDate")
        self._later(cut_in)
        by = read.text(f"{at}.responsiblePerson")
        self._put("action_implemented", None, by, action=action, cut_in=cut_in)
        effect: dict[str, object] = {
            "proof": read.text(f"{at}.proofOfEffectiveness"),
            "share": read.number(f"{at}.effectivenessResult"),
            "measure": read.aside("stepD6", f"{key}.measure"),
            "before": read.aside_number("stepD6", f"{key}.before"),
            "after": read.aside_number("stepD6", f"{key}.after"),
        }
        is_measured = any(value is not None for value in effect.values())
        if is_measured:
            self._put("effect_measured", None, action=action, **effect)
        read.agrees(f"{at}.status", "closed" if is_measured else "in progress")
        return action

    def _prevention(self) -> None:
        read = self.reading
        for place in range(read.length(f"stepD7.{PREVENTIONS}")):
            at = f"stepD7.{PREVENTIONS}[{place}]"
            if self._lacking(at, "measure"):
                continue
            read.agrees(f"{at}.status", "closed")
            self._put(
                "prevention_taken",
                None,
                measure=read.text(f"{at}.measure"),
                cause=read.text(f"{at}.causeAssignment"),
                in_force_on=read.day(f"{at}.introductionDate"),
                owner=read.text(f"{at}.responsiblePerson"),
                proof=read.text(f"{at}.proofOfEffectiveness"),
                share=read.number(f"{at}.effectivenessResult"),
            )
        for name, facts in ASIDE_EVENTS.items():
            place = 0
            while (first := read.aside("stepD7", f"{name}[{place}].{facts[0]}")) is not None:
                more = {fact: read.aside("stepD7", f"{name}[{place}].{fact}") for fact in facts[1:]}
                day = read.aside_day("stepD7", f"{name}[{place}].on")
                self._put(name, day, None, **{facts[0]: first, **more})
                place += 1

    def _closing(self) -> None:
        read = self.reading
        day = read.day("stepD8.closingDate")
        if day is not None:
            self._put("closed", day, assessment=read.text("stepD8.resultAssesment"))
