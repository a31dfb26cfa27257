"""Complaint (客户投诉): what a customer is dissatisfied with."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import attrs
from pendulum import DateTime

from qms_service.cases.subject import is_text, told
from qms_service.facts import Amount, Facts
from qms_service.instants import instant


@attrs.frozen(kw_only=True)
class Complaint:
    """A customer's complaint (客户投诉): any expression of dissatisfaction about goods or service.

    Args:
        number: The complaint's number; empty while a series is still to give it.
        customer: The customer's name or code.
        product: The product model complained of.
        quantity: How many are affected; `"undetermined"` while the customer cannot say, where the rulebook
            takes that, and None where nothing is on record.
        defect: The defect as the customer describes it.
        defect_rate: The share of bad pieces in percent, as the customer states it.
        received_at: When the complaint reached the company; aware.

    Clause: pcb-maker 4.2.4.1 (model, quantity, defect rate, defect items).
    """

    kind: ClassVar[str] = "complaint"

    number: str = attrs.field(default="", validator=is_text)
    customer: str = attrs.field(validator=is_text)
    product: str | None = None
    quantity: Amount = None
    defect: str | None = None
    defect_rate: Decimal | None = None
    received_at: DateTime = attrs.field(converter=instant)

    @property
    def opened_at(self) -> DateTime:
        """When the complaint reached the company."""
        return self.received_at

    @property
    def facts(self) -> Facts:
        """The fields on record, by name."""
        return told(self, "customer", "product", "quantity", "defect", "defect_rate")
