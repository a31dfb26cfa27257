"""Rulebook (规则册): all editions of one procedure, and the choice among them by date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import attrs

from qms_service.cases import AnySubject, Case
from qms_service.errors import EntryError, NotInForceError, PinnedElsewhereError, Refused, unknown_name
from qms_service.findings import Finding
from qms_service.instants import instant
from qms_service.rulebooks.adopt import check_subject
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.rules import midnight


@attrs.frozen
class Rulebook:
    """The editions of one procedure, the earliest first.

    A case is judged by the edition that was in force when it opened, whatever came later.

    Args:
        id: The rulebook's id.
        editions: Its editions, sorted by `effective_from`.
    """

    id: str
    editions: tuple[Procedure, ...]

    @property
    def unset(self) -> tuple[str, ...]:
        """The parameters of the newest edition that the factory still has to set."""
        return self.editions[-1].unset

    def on(self, when: date) -> Procedure:
        """The edition in force on a date (at its 00:00 in the rulebook's zone) or at an instant.

        Raises:
            NotInForceError: No edition was in force yet.
            NaiveInstantError: A datetime without a zone was given.

        >>> from datetime import date
        >>> import qms_service as qms
        >>> qms.load_rulebook("pcb-maker").on(date(2026, 3, 2)).edition
        '1'
        """
        if not isinstance(when, date):
            raise EntryError("entry-date", got=repr(when))
        at = instant(when) if isinstance(when, datetime) else None
        in_force = None
        for edition in self.editions:
            start = edition.rules.effective_from
            if start is None or start <= (at or midnight(when, edition.rules.zone)):
                in_force = edition
        if in_force is None:
            raise NotInForceError(
                "not-in-force", rulebook=self.id, at=when, first=self.editions[0].rules.effective_from
            )
        return in_force

    def open(
        self,
        subject: AnySubject,
        *,
        recorded_at: datetime | None = None,
        facts: Mapping[str, object] | None = None,
        by: str | None = None,
    ) -> Case:
        """Opens a case under the edition in force at its opening, and pins it to that edition.

        Args:
            subject: What the case is about.
            recorded_at: When it is entered; the moment of its opening where none is given.
            facts: What the opening event puts on record, where the rulebook declares facts for it.
            by: Who opens it; a step that another person has to do compares it.

        Raises:
            NotInForceError: No edition was in force when it opened.
            Refused: A fact of the subject is missing, undeclared or mistyped.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> complaint = qms.Complaint(number="C-1", customer="ACME", received_at=noon)
        >>> str(qms.load_rulebook("pcb-maker").open(complaint).pin)[:19]
        'pcb-maker edition 1'
        """
        check_subject(subject)
        return self.on(subject.opened_at).open(subject, recorded_at=recorded_at, facts=facts, by=by)

    def of(self, case: Case) -> Procedure:
        """The edition to which a case is pinned.

        Raises:
            PinnedElsewhereError: This rulebook does not have that edition, or not with these rules.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> book = qms.load_rulebook("pcb-maker")
        >>> case = book.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> book.of(case).edition
        '1'
        """
        if not isinstance(case, Case):
            raise EntryError("entry-case", got=repr(case))
        for edition in self.editions:
            if edition.rules.pin == case.pin:
                return edition
        known = tuple(str(edition.rules.pin) for edition in self.editions)
        raise PinnedElsewhereError("pin-unknown", case=case.id, pin=case.pin, allowed=known)

    def change_edition(
        self,
        case: Case,
        edition: str,
        *,
        at: datetime,
        reason: str,
        by: str | None = None,
        recorded_at: datetime | None = None,
    ) -> Case:
        """The case judged by another edition from now on (版本变更), with the change on record.

        Args:
            case: An open case.
            edition: The edition's name.
            at: When the change was decided; aware.
            reason: Why.
            by: An opaque id of the person.
            recorded_at: When it is entered; the same moment where none is given.

        Raises:
            UnknownNameError: The rulebook has no such edition.
            Refused: The case is not open, is of that edition already, or no reason is given.
            PinnedElsewhereError: This rulebook does not have the edition of the case.

        >>> import attrs, pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> first = qms.load_rulebook("pcb-maker").on(noon)
        >>> second = qms.Procedure(attrs.evolve(first.rules, edition="2", effective_from=noon.add(days=1)))
        >>> book = qms.Rulebook("pcb-maker", (first, second))
        >>> case = book.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> book.change_edition(case, "2", at=noon.add(days=2), reason="limits tightened").pin.edition
        '2'
        """
        target = next((one for one in self.editions if one.edition == edition), None)
        if target is None:
            raise unknown_name("edition", edition, [one.edition for one in self.editions])
        pinned = self.of(case)
        if target is pinned:
            raise Refused("refused", findings=(_same_edition(edition),))
        facts = {"edition": edition, "digest": target.digest, "reason": reason}
        grown = pinned.record(case, "edition_changed", at=at, recorded_at=recorded_at, by=by, facts=facts)
        return attrs.evolve(grown, pin=target.rules.pin)


def _same_edition(edition: str) -> Finding:
    return Finding(
        code="same-edition",
        severity="refusal",
        subject="edition_changed",
        facts={"edition": edition},
        absolute=True,
    )
