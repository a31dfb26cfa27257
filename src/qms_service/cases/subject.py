"""Subject (对象): what a case is about."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Protocol

import attrs
from pendulum import DateTime

from qms_service.errors import EntryError
from qms_service.facts import NO_FACTS, Amount, Facts, as_facts
from qms_service.instants import instant


class CaseSubject(Protocol):
    """What every subject tells: its kind, its number, when it opened, and its facts."""

    @property
    def kind(self) -> str:
        """The kind of case, a section of the rulebook."""

    @property
    def number(self) -> str:
        """The number under which the case is known."""

    @property
    def opened_at(self) -> DateTime:
        """When the case opened."""

    @property
    def facts(self) -> Facts:
        """What is on record about the subject; absent fields are left out."""


def _text(subject: object, field: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str):
        raise EntryError("entry-column", of=type(subject).__name__, column=field.name, got=repr(value))


@attrs.frozen
class Subject:
    """A subject of any kind that a rulebook names.

    Args:
        kind: The kind of case, such as `"lease"`.
        number: The number under which the case is known.
        opened_at: When the case opened; aware.
        facts: What is on record about it.

    >>> import pendulum
    >>> Subject("lease", number="L-7", opened_at=pendulum.datetime(2026, 3, 2)).kind
    'lease'
    """

    kind: str = attrs.field(validator=_text)
    number: str = attrs.field(default="", validator=_text, kw_only=True)
    opened_at: DateTime = attrs.field(converter=instant, kw_only=True)
    facts: Facts = attrs.field(default=NO_FACTS, converter=as_facts, kw_only=True)


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

    number: str = attrs.field(default="", validator=_text)
    customer: str = attrs.field(validator=_text)
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
        named = {
            "customer": self.customer,
            "product": self.product,
            "quantity": self.quantity,
            "defect": self.defect,
            "defect_rate": self.defect_rate,
        }
        return Facts({name: value for name, value in named.items() if value is not None})
