"""The reckoning after a fault: what a store holds, counted without the code under test."""

from __future__ import annotations

import attrs
from tests.faults import work

from qms_service.numbering import NumberSeries
from qms_service.ports import Store


@attrs.frozen
class Reckoning:
    """What a store holds of one series."""

    serials: tuple[int, ...]
    states: dict[str, str]
    cases: frozenset[str]
    upcoming: str

    @property
    def without_document(self) -> set[str]:
        """The numbers that no document bears."""
        return self.states.keys() - self.cases

    @property
    def unexplained(self) -> set[str]:
        """Those of them that the ledger does not call void."""
        return {number for number in self.without_document if self.states[number] != "void"}


def reckoned(store: Store, series: NumberSeries) -> Reckoning:
    """Reads all of a series, and every case of it whole with its chain."""
    with store.transaction(read_only=True) as t:
        entries = list(t.numbers.ledger(series))
        upcoming = t.numbers.preview(series, at=work.AT)
        cases = [view.id for view in t.cases.find() if view.id.startswith(series.pattern[0])]
        for case_id in cases:
            case = t.cases.load(case_id)
            assert case.id == case_id
            assert [event.seq for event in case.history] == list(range(1, case.version + 1))
            assert case.version >= 2, "received and forwarded are written together"
            assert t.cases.verify(case_id) == ()
    firsts = [entry for entry in entries if entry.state in ("allocated", "reserved")]
    return Reckoning(
        serials=tuple(entry.seq for entry in firsts),
        states={entry.number: entry.state for entry in entries},
        cases=frozenset(cases),
        upcoming=upcoming,
    )


def is_gapless(serials: tuple[int, ...]) -> bool:
    """Whether serials run from 1 without one missing or coming twice, in the order of the ledger."""
    return list(serials) == list(range(1, len(serials) + 1))
