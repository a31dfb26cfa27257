"""Acts (单项操作): what a store does in a transaction of its own, because nothing else belongs to it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager

from qms_service.cases import Case
from qms_service.findings import Finding
from qms_service.ports import Transaction


class Acts:
    """The acts of a store; each store that ships has them."""

    @abstractmethod
    def transaction(self, *, read_only: bool = False) -> AbstractContextManager[Transaction]:
        """A transaction of the store."""

    def redact(self, case: Case | str, seq: int, fields: Sequence[str], reason: str) -> None:
        """Replaces texts of an event by a mark and keeps their digests, so that the chain still verifies.

        Args:
            case: The case, or its number.
            seq: The event; 0: the subject.
            fields: Their paths: `by`, `note`, `facts.contact`, `evidence.0.uri`.
            reason: Why; kept with the digests.

        Raises:
            CaseNotFoundError: There is no such case.
            EntryError: There is no such event or field, or it holds no text.
        """
        with self.transaction() as t:
            t.cases.redact(_id(case), seq, fields, reason=reason)

    def verify(self, case: Case | str, *, head: str | None = None) -> tuple[Finding, ...]:
        """What was changed in a case behind the library's back; nothing where the chain holds.

        Args:
            case: The case, or its number.
            head: The chain's last digest as it was noted elsewhere.

        Raises:
            CaseNotFoundError: There is no such case.
        """
        with self.transaction(read_only=True) as t:
            return t.cases.verify(_id(case), head=head)

    def head(self, case: Case | str) -> str:
        """The last digest of a case's chain, to be noted where nobody who can write here can write.

        Raises:
            CaseNotFoundError: There is no such case.
        """
        with self.transaction(read_only=True) as t:
            return t.cases.head(_id(case))


def _id(case: Case | str) -> str:
    return case.id if isinstance(case, Case) else case
