"""Histories (历史) on the wire: the events of a case are numbered 1, 2, 3 and on, as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from qms_service.cases import Case
from qms_service.events import History
from qms_service.wire.fault import Unfit, WireFault
from qms_service.wire.objects import Read


def case_reader(read: Read) -> Read:
    """Reads a case, whose history has to be one that `open`, `record` or `adopt` can have written."""

    def structured(data: object, asked: type) -> object:
        case: Case = read(data, asked)
        faults = tuple(fault.under("history") for fault in _faults(case.history))
        if faults:
            raise Unfit(*faults)
        return case

    return structured


def _faults(history: History) -> Iterator[WireFault]:
    """Each place at which the numbers do not go on by one; a lost event is one fault, not one for each that follows."""
    if not history:
        yield WireFault(code="history-empty")
    numbers = (0, *(event.seq for event in history))
    for index, (before, got) in enumerate(pairwise(numbers)):
        if got != before + 1:
            operands = {"got": got, "allowed": before + 1}
            yield WireFault(path="seq", code="history-seq", operands=operands).under(index)
