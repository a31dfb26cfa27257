"""Parts (部分): a block of cases as far as it can be read, by the edition that judges each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import attrs
import numpy as np
from numpy.typing import NDArray
from pendulum.tz.timezone import Timezone

from qms_service.analysis import reasons as why
from qms_service.analysis.editions import Places
from qms_service.analysis.facts import UNREADABLE, typed_values
from qms_service.analysis.moments import Faults
from qms_service.analysis.read import Column
from qms_service.analysis.reasons import READABLE, Reasons
from qms_service.deadlines import Deadline
from qms_service.deadlines.batch import LogRows, WideRows
from qms_service.deadlines.batch.kinds import Indexes
from qms_service.facts import FactType
from qms_service.rulebooks.procedure import Procedure
from qms_service.worktime.term import OnUnknown

Typed = Mapping[str, tuple[Indexes, list[object]]]


class Part(Protocol):
    """The cases of a block that one edition judges."""

    @property
    def edition(self) -> int:
        """Its place among the editions."""
        ...

    @property
    def places(self) -> Places:
        """Where the cases stand in the block."""
        ...

    @property
    def rows(self) -> WideRows | LogRows:
        """What is read of them."""
        ...

    def ask(
        self, procedure: Procedure, case: int, now: datetime, on_unknown: OnUnknown
    ) -> Sequence[Deadline]:
        """What the scalar says of one of them."""
        ...


@attrs.frozen(kw_only=True, eq=False)
class Reading:
    """A block of cases as far as it can be read.

    Args:
        editions: The edition of each case; below 0 for none.
        faults: Why a case cannot be read; `READABLE` for one that can.
        parts: The cases that can, by edition.
    """

    editions: Places
    faults: Faults
    parts: tuple[Part, ...]


class Reader(Protocol):
    """What reads a frame block by block."""

    @property
    def cases(self) -> Column:
        """The number of each case."""
        ...

    def blocks(self) -> Iterator[tuple[int, int]]:
        """The cases in blocks: where each begins and ends."""
        ...

    def block(self, begin: int, end: int) -> Reading:
        """Some cases."""
        ...


def note(faults: Faults, found: NDArray[np.integer[Any]]) -> None:
    """Notes what is found wrong; the first fault of a case stays."""
    np.copyto(faults, found, where=(faults == READABLE) & (found != READABLE), casting="same_kind")


def mark(faults: Faults, cases: Places, number: int) -> None:
    """Notes one fault of some cases."""
    faults[cases[faults[cases] == READABLE]] = number


def editions_in(editions: Places) -> list[int]:
    """The editions that judge any case."""
    return np.flatnonzero(np.bincount(editions[editions >= 0])).tolist()


@attrs.frozen(kw_only=True, eq=False)
class FactReader:
    """Reads the facts of the rows that one edition judges.

    Args:
        types: The declared type of each fact that the edition knows.
        zone: The zone of instants that have none.
        reasons: Where the faults get their numbers.
        faults: Where they are noted, case by case.
    """

    types: Mapping[str, FactType]
    zone: Timezone | None
    reasons: Reasons
    faults: Faults

    def read(self, path: str, codes: Indexes, values: Sequence[object], cases: Places) -> list[object]:
        """The distinct values of a fact, typed; a case with one that cannot be read is noted.

        Args:
            path: The fact.
            codes: For each row the place of its value; 0 for none.
            values: The distinct values, as the frame has them.
            cases: The case of each row.
        """
        if path not in self.types:
            mark(self.faults, cases[codes != 0], self.reasons.number(why.OTHER_FACT))
            return [None] * len(values)
        typed = typed_values(path, self.types[path], values, self.zone)
        bad = [place for place, value in enumerate(typed) if value is UNREADABLE]
        if bad:
            mark(self.faults, cases[np.isin(codes, bad)], self.reasons.number(why.FACT, path))
        return typed
