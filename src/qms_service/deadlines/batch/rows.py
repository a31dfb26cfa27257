"""Rows: what columns of events are handed in, a case in a row or an event in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.deadlines.batch.kinds import Bools, Indexes, Ints


@attrs.frozen(kw_only=True, eq=False)
class WideRows:
    """Columns of events in which a case is a row (宽表).

    Args:
        events: The columns by event: int64 microseconds UTC, `NAT` for what has not happened. Of two events at one
            instant the one whose column stands first came first. What is later than now is not seen.
        facts: The different sets of facts on record, by path and typed; no values that are missing, and nothing
            that an event later than now would put on record.
        of: Which of these sets each row has.
        pauses: Pauses beside the events: where each begins and where it ends.
    """

    events: Mapping[str, Ints]
    facts: Sequence[Mapping[str, object]]
    of: Indexes
    pauses: Sequence[tuple[Ints, Ints]] = ()

    @property
    def size(self) -> int:
        """How many cases there are."""
        return self.of.size

    def part(self, block: slice) -> WideRows:
        """Some of the cases."""
        events = {name: column[block] for name, column in self.events.items()}
        pauses = [(begin[block], end[block]) for begin, end in self.pauses]
        return WideRows(events=events, facts=self.facts, of=self.of[block], pauses=pauses)


@attrs.frozen(kw_only=True, eq=False)
class LogRows:
    """Columns in which an event is a row, sorted by case, instant and place in the history (长表).

    Args:
        case: The case of each event: 0 to n - 1, ascending.
        name: Its name, an index into `names`.
        at: When it happened, int64 microseconds UTC. What is later than now is not seen.
        names: The names of events.
        facts: The different sets of facts on record at the moment asked, by path and typed, without values that are
            missing.
        of: Which of these sets each case has; its size is the number of cases.
        odd: The cases that are asked one by one: a fact of theirs is told more than once, or an extension or an agreed
            date moves a due time.
    """

    case: Indexes
    name: NDArray[np.integer]
    at: Ints
    names: Sequence[str]
    facts: Sequence[Mapping[str, object]]
    of: Indexes
    odd: Bools

    @property
    def size(self) -> int:
        """How many cases there are."""
        return self.of.size

    def part(self, block: slice) -> LogRows:
        """Some of the cases."""
        first, after = np.searchsorted(self.case, (block.start, block.stop)).tolist()
        return LogRows(
            case=self.case[first:after] - block.start,
            name=self.name[first:after],
            at=self.at[first:after],
            names=self.names,
            facts=self.facts,
            of=self.of[block],
            odd=self.odd[block],
        )

    def where(self, events: Bools) -> LogRows:
        """Some of the events."""
        if events.all():
            return self
        return attrs.evolve(self, case=self.case[events], name=self.name[events], at=self.at[events])
