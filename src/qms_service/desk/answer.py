"""Answer (先前答复): what a caller's key has brought about already, so that a repeated request changes nothing."""

from __future__ import annotations

import attrs

from qms_service.cases import Case
from qms_service.errors import KeyReusedError
from qms_service.events import Event
from qms_service.numbering.book import check_key
from qms_service.ports import Cases


@attrs.frozen(kw_only=True)
class Answer:
    """What a request under a key has brought about.

    Args:
        key: The caller's key.
        case: The case as it stands now.
        version: The version to which the request has brought it.
    """

    key: str
    case: Case
    version: int

    @property
    def before(self) -> Case:
        """The case as the request found it; without events where it opened the case."""
        return attrs.evolve(self.case, history=self.case.history[: self.version - 1])

    @property
    def event(self) -> Event:
        """The event that the request put on record, or the last one that it brought with it."""
        return self.case.history[self.version - 1]

    def brought(self, case: Case) -> bool:
        """Whether it brought this case into the store, as it is."""
        return case.subject == self.case.subject and case.history == self.case.history[: self.version]

    def again(self, *, same: bool) -> Case:
        """The case, for the same request once more.

        Raises:
            KeyReusedError: It is another request.
        """
        if not same:
            raise KeyReusedError("desk-key", key=self.key, case=self.case.id, event=self.event.name)
        return self.case


def answered(cases: Cases, key: str | None) -> Answer | None:
    """What a key has answered, claimed until the transaction ends; None for a new one, or without a key."""
    if key is None:
        return None
    check_key(key)
    found = cases.answered(key)
    if found is None:
        return None
    case_id, version = found
    return Answer(key=key, case=cases.load(case_id), version=version)
