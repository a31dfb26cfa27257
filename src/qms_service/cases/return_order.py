"""Return order (客户退货): goods that a customer sends back."""

from __future__ import annotations

from typing import ClassVar

import attrs
from pendulum import DateTime

from qms_service.cases.subject import is_text, told
from qms_service.facts import Amount, Facts
from qms_service.instants import instant


@attrs.frozen(kw_only=True)
class ReturnOrder:
    """A customer's return (客户退货): the goods on one return note, from their receipt until they are settled.

    Args:
        number: The return's number; empty while a series is still to give it.
        customer: The customer's name or code.
        product: The product model on the return note.
        quantity: How many the customer noted; the text `"undetermined"` (未确定) while the customer is still
            sorting them; None where nothing was noted. What the warehouse counts is an event.
        defect: The defect as the customer describes it.
        complaint: The number of the complaint that it belongs to.
        received_at: When the goods were signed for; aware.

    Clause: pcb-maker 4.3.3/4.3.1.

    >>> import pendulum
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> dict(ReturnOrder(number="R-1", customer="ACME", quantity=500, received_at=noon).facts)
    {'customer': 'ACME', 'quantity': 500}
    """

    kind: ClassVar[str] = "return"

    number: str = attrs.field(default="", validator=is_text)
    customer: str = attrs.field(validator=is_text)
    product: str | None = None
    quantity: Amount = None
    defect: str | None = None
    complaint: str | None = None
    received_at: DateTime = attrs.field(converter=instant)

    @property
    def opened_at(self) -> DateTime:
        """When the goods were signed for."""
        return self.received_at

    @property
    def facts(self) -> Facts:
        """The fields on record, by name."""
        return told(self, "customer", "product", "quantity", "defect", "complaint")
