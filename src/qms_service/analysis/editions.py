"""Editions (版本): which edition of a rulebook judges each case of a column."""

from __future__ import annotations

from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.errors import ColumnError
from qms_service.instants import NAT, Micros, micros
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.rulebook import Rulebook
from qms_service.worktime.batch.kinds import Ints

NOT_YET: Final = -1
NO_OPENING: Final = -2
Places = NDArray[np.intp]


@attrs.frozen(eq=False)
class Editions:
    """The editions that judge the rows of a frame, the earliest first.

    Args:
        procedures: Them.
        starts: From when each is in force; empty where one edition is to judge all.
    """

    procedures: tuple[Procedure, ...]
    starts: Ints

    @classmethod
    def of(cls, book: object) -> Editions:
        """Those of a rulebook, or the one that a procedure is.

        Raises:
            ColumnError: It is neither.
        """
        if isinstance(book, Procedure):
            return cls((book,), np.array([], np.int64))
        if not isinstance(book, Rulebook):
            raise ColumnError("frame-book", got=repr(book))
        starts = [edition.rules.effective_from for edition in book.editions]
        return cls(book.editions, np.array([NAT if at is None else micros(at) for at in starts], np.int64))

    @property
    def newest(self) -> Procedure:
        """The last edition: its zone and its clocks come first."""
        return self.procedures[-1]

    @property
    def alone(self) -> bool:
        """Whether one edition judges every case, whenever it opened."""
        return self.starts.size == 0 or (self.starts.size == 1 and self.starts[0] == NAT)

    def in_force(self, opening: Ints) -> Places:
        """The place of the edition in force at each opening; `NOT_YET` before the first, `NO_OPENING` without one."""
        if self.alone:
            return np.zeros(opening.size, np.intp)
        found = self.starts.searchsorted(opening, side="right") - 1
        return np.where(opening == NAT, NO_OPENING, found)

    def place_of(self, opening: Micros) -> int:
        """The same for one."""
        return int(self.in_force(np.array([opening]))[0])
