"""The cases of a log that one edition judges, and the scalar asked of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import attrs
import numpy as np

from qms_service.analysis.editions import Places
from qms_service.analysis.parts import Typed
from qms_service.deadlines import Deadline
from qms_service.deadlines.batch import LogRows
from qms_service.events import Event, timeline
from qms_service.facts import Facts
from qms_service.instants import from_micros, instant
from qms_service.rulebooks.clocks import deadlines_at
from qms_service.rulebooks.procedure import Procedure
from qms_service.worktime.term import OnUnknown


@attrs.frozen(kw_only=True, eq=False)
class LogPart:
    """The cases of a block that one edition judges.

    Args:
        edition: Its place among the editions.
        kind: The kind of case.
        places: Where the cases stand in the block.
        rows: Their events.
        typed: By path, the place of each row's value, and the values.
    """

    edition: int
    kind: str
    places: Places
    rows: LogRows
    typed: Typed

    def ask(
        self, procedure: Procedure, case: int, now: datetime, on_unknown: OnUnknown
    ) -> Sequence[Deadline]:
        """`Procedure.deadlines` of one case."""
        zone, rules = procedure.rules.zone, procedure.rules.kind(self.kind)
        begin, end = np.searchsorted(self.rows.case, (case, case + 1)).tolist()
        history = [
            Event(
                self.rows.names[self.rows.name[row]],
                from_micros(int(self.rows.at[row]), zone),
                seq=seq,
                facts=self._facts(row, self.rows.names[self.rows.name[row]]),
            )
            for seq, row in enumerate(range(begin, end), start=1)
        ]
        known = self.rows.facts[self.rows.of[case]]
        subject = {path: value for path, value in known.items() if path.startswith("subject.")}
        seen = timeline(history, instant(now), Facts(subject))
        return deadlines_at(procedure.rules, rules, seen, instant(now), on_unknown=on_unknown)

    def _facts(self, row: int, event: str) -> dict[str, object]:
        """The facts of one row's event."""
        found: dict[str, object] = {}
        for path, (codes, values) in self.typed.items():
            owner, _, name = path.partition(".")
            if owner == event and values[codes[row]] is not None:
                found[name] = values[codes[row]]
        return found
