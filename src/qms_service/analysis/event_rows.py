"""EventRows (事件行): how a log says which event a row is, where a row is an event and not a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from qms_service.errors import ColumnError
from qms_service.facts import Facts, as_facts


def _spellings(given: object) -> Facts:
    if given is not None and not isinstance(given, Mapping):
        raise ColumnError("frame-names", got=repr(given))
    return as_facts(given)


def _event(_rows: EventRows, _field: attrs.Attribute[Any], names: Facts) -> None:
    wrong = [(spelling, event) for spelling, event in names.items() if not isinstance(event, str | None)]
    if wrong:
        raise ColumnError("frame-names", got=repr(dict(wrong)))


@attrs.frozen(kw_only=True)
class EventRows:
    """How a log says which event a row is (事件行): the rows of one case need not stand together.

    Args:
        name: The column of the event's name.
        at: The column of the moment at which it happened.
        names: Spellings of the log, each with the event that it stands for; None for one that is no event of the
            rulebook and is passed over. Without a spelling of its own an event stands for itself.

    >>> EventRows(name="activity", at="timestamp", names={"Sent to QA": "forwarded", "Printed": None}).at
    'timestamp'
    """

    name: str
    at: str
    names: Facts = attrs.field(default=None, converter=_spellings, validator=_event)

    def event(self, spelling: object) -> str | None:
        """The event that a cell of the name's column stands for; None where it is passed over."""
        event = self.names.get(spelling, spelling) if isinstance(spelling, str) else repr(spelling)
        return None if event is None else str(event)
