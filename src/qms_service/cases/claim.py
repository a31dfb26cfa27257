"""Claim (客户索赔): what a customer asks to be compensated for."""

from __future__ import annotations

from typing import ClassVar

import attrs
from pendulum import DateTime

from qms_service.cases.subject import is_text, told
from qms_service.facts import Facts, Money
from qms_service.instants import instant


@attrs.frozen(kw_only=True)
class Claim:
    """A customer's claim (客户索赔) for compensation, and the notice that is opened on it.

    Args:
        number: The claim's number; empty while a series is still to give it.
        customer: The customer's name or code.
        basis: What is claimed for: `"quality"` or `"delivery"`.
        settlement: How the customer wants it settled: `"return"` of the goods or `"allowance"` (折让).
        amount: The amount claimed, with its currency.
        complaint: The number of the complaint that it belongs to.
        received_at: When the claim reached the company; aware.

    Clause: pcb-maker 4.4, 4.4.2.1, 4.4.2.2.

    >>> import pendulum
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> dict(Claim(customer="ACME", basis="delivery", received_at=noon).facts)
    {'customer': 'ACME', 'basis': 'delivery'}
    """

    kind: ClassVar[str] = "claim"

    number: str = attrs.field(default="", validator=is_text)
    customer: str = attrs.field(validator=is_text)
    basis: str | None = None
    settlement: str | None = None
    amount: Money | None = None
    complaint: str | None = None
    received_at: DateTime = attrs.field(converter=instant)

    @property
    def opened_at(self) -> DateTime:
        """When the claim reached the company."""
        return self.received_at

    @property
    def facts(self) -> Facts:
        """The fields on record, by name."""
        return told(self, "customer", "basis", "settlement", "amount", "complaint")
