"""What an invariant sees of a history."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.proof.invariant import Invariant
from qms_service.events import Selector
from qms_service.rulebooks.machine import Sight
from qms_service.rulebooks.sight import sights_of_facts, sights_of_selector


def sights_of_invariant(invariant: Invariant) -> Iterator[Sight]:
    """What an invariant sees."""
    yield from sights_of_facts(invariant.where)
    for one in invariant.unless:
        yield from sights_of_selector(Selector(event=one.event, where=one.where, after=one.after))
