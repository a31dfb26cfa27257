"""Rulebook (规则册): all editions of one procedure, and the choice among them by date."""

from __future__ import annotations

from datetime import date, datetime

import attrs

from qms_service.cases import Case, Complaint, Subject
from qms_service.errors import NotInForceError, PinnedElsewhereError
from qms_service.instants import instant
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
        """
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

    def open(self, subject: Complaint | Subject, *, recorded_at: datetime | None = None) -> Case:
        """Opens a case under the edition in force at its opening, and pins it to that edition.

        Args:
            subject: What the case is about.
            recorded_at: When it is entered; the moment of its opening where none is given.

        Raises:
            NotInForceError: No edition was in force when it opened.
            Refused: A fact of the subject is missing, undeclared or mistyped.
        """
        return self.on(subject.opened_at).open(subject, recorded_at=recorded_at)

    def of(self, case: Case) -> Procedure:
        """The edition to which a case is pinned.

        Raises:
            PinnedElsewhereError: This rulebook does not have that edition, or not with these rules.
        """
        for edition in self.editions:
            if edition.rules.pin == case.pin:
                return edition
        known = tuple(str(edition.rules.pin) for edition in self.editions)
        raise PinnedElsewhereError("pin-unknown", case=case.id, pin=case.pin, allowed=known)
