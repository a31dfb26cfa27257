"""Customer property (客户财产): what belongs to a customer and is in the factory's care."""

from __future__ import annotations

from typing import ClassVar

import attrs
from pendulum import DateTime

from qms_service.cases.subject import is_text, told
from qms_service.facts import Amount, Facts
from qms_service.instants import instant


@attrs.frozen(kw_only=True)
class CustomerProperty:
    """Property of a customer (客户财产), from its receipt until it is given back, destroyed or settled as lost.

    Args:
        number: Its number in the register; empty while a series is still to give it.
        customer: The customer's name or code.
        category: `"drawing"`, `"sample"`, `"fixture"` or `"other"`; the rulebook names the keeper by it.
        identification: What it is: drawing and revision, sample, type of fixture.
        owner_number: The customer's own number for it.
        quantity: How many the customer noted; what the receipt check counts is an event.
        received_at: When it reached the company; aware.

    Clause: pcb-maker 4.6; ISO 9001:2015, 8.5.3.

    >>> import pendulum
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> lent = CustomerProperty(number="P-1", customer="ACME", category="fixture", quantity=2, received_at=noon)
    >>> dict(lent.facts)
    {'customer': 'ACME', 'category': 'fixture', 'quantity': 2}
    """

    kind: ClassVar[str] = "property"

    number: str = attrs.field(default="", validator=is_text)
    customer: str = attrs.field(validator=is_text)
    category: str = attrs.field(validator=is_text)
    identification: str | None = None
    owner_number: str | None = None
    quantity: Amount = None
    received_at: DateTime = attrs.field(converter=instant)

    @property
    def opened_at(self) -> DateTime:
        """When it reached the company."""
        return self.received_at

    @property
    def facts(self) -> Facts:
        """The fields on record, by name."""
        return told(self, "customer", "category", "identification", "owner_number", "quantity")
