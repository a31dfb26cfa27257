"""Containment (围堵): keeping suspect goods from reaching anybody, wherever they are."""

from __future__ import annotations

from typing import ClassVar

import attrs
from pendulum import DateTime

from qms_service.cases.subject import is_text, told
from qms_service.facts import Facts
from qms_service.instants import instant


@attrs.frozen(kw_only=True)
class Containment:
    """A containment (围堵): the suspect goods of one defect, place by place, until they are released.

    Args:
        number: The containment's number; empty while a series is still to give it.
        complaint: The number of the complaint that it belongs to; other complaints can be linked to it too.
        customer: The customer's name or code.
        product: The product model that is suspect.
        defect: The defect that makes it so.
        begun_at: When the complaint was found to stand, or the containment began; aware.

    Clause: pcb-maker 4.2.4.3, 4.2.4.6.

    >>> import pendulum
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> dict(Containment(number="CT-1", complaint="C-1", product="PCB-7781", begun_at=noon).facts)
    {'complaint': 'C-1', 'product': 'PCB-7781'}
    """

    kind: ClassVar[str] = "containment"

    number: str = attrs.field(default="", validator=is_text)
    complaint: str | None = None
    customer: str | None = None
    product: str | None = None
    defect: str | None = None
    begun_at: DateTime = attrs.field(converter=instant)

    @property
    def opened_at(self) -> DateTime:
        """When the containment began."""
        return self.begun_at

    @property
    def facts(self) -> Facts:
        """The fields on record, by name."""
        return told(self, "complaint", "customer", "product", "defect")
