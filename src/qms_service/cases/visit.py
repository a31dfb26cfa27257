"""Visit (客户访厂): a customer comes to the factory, to look or to audit."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import attrs
from pendulum import DateTime

from qms_service.cases.subject import is_text, told
from qms_service.facts import Facts
from qms_service.instants import instant


@attrs.frozen(kw_only=True)
class Visit:
    """A visit of a customer (客户访厂), from its announcement until what was remarked is acted on.

    Args:
        number: The visit's number; empty while a series is still to give it.
        customer: The customer's name or code.
        purpose: What the customer comes for.
        visit_on: The day of the visit, where it is fixed.
        announced_at: When Marketing heard of it; aware.

    Clause: pcb-maker 4.1①.

    >>> import pendulum
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> dict(Visit(customer="ACME", purpose="audit", visit_on=date(2026, 3, 9), announced_at=noon).facts)
    {'customer': 'ACME', 'purpose': 'audit', 'visit_on': datetime.date(2026, 3, 9)}
    """

    kind: ClassVar[str] = "visit"

    number: str = attrs.field(default="", validator=is_text)
    customer: str = attrs.field(validator=is_text)
    purpose: str | None = None
    visit_on: date | None = None
    announced_at: DateTime = attrs.field(converter=instant)

    @property
    def opened_at(self) -> DateTime:
        """When Marketing heard of it."""
        return self.announced_at

    @property
    def facts(self) -> Facts:
        """The fields on record, by name."""
        return told(self, "customer", "purpose", "visit_on")
