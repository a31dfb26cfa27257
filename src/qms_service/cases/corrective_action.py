"""Corrective action (纠正措施): why a defect arose and escaped, and what keeps it from coming back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs
from pendulum import DateTime

from qms_service.cases.subject import is_text, told
from qms_service.errors import EntryError
from qms_service.facts import Facts
from qms_service.instants import instant


def _texts(given: Iterable[str]) -> tuple[str, ...]:
    items = (given,) if isinstance(given, str) or not isinstance(given, Iterable) else tuple(given)
    for item in items:
        if not isinstance(item, str):
            raise EntryError("entry-column", of="CorrectiveAction", column="complaints", got=repr(item))
    return items


@attrs.frozen(kw_only=True)
class CorrectiveAction:
    """A corrective action report (改善行动报告), worked through the eight disciplines (8D).

    Args:
        number: The report's number; empty while a series is still to give it.
        complaints: The numbers of the complaints that it serves, one or several.
        customer: The customer's name or code.
        product: The product model.
        family: The product family; a recurrence is looked for in it.
        defect: The defect.
        raised_at: When the report was asked for; aware.

    Clause: pcb-maker 4.2.3; its details are in 4.8.2, which is not in the source. The steps of 8D are our reading.

    >>> import pendulum
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> dict(CorrectiveAction(number="8D-1", complaints=["C-1", "C-2"], raised_at=noon).facts)
    {'complaints': ('C-1', 'C-2')}
    """

    kind: ClassVar[str] = "corrective_action"

    number: str = attrs.field(default="", validator=is_text)
    complaints: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    customer: str | None = None
    product: str | None = None
    family: str | None = None
    defect: str | None = None
    raised_at: DateTime = attrs.field(converter=instant)

    @property
    def opened_at(self) -> DateTime:
        """When the report was asked for."""
        return self.raised_at

    @property
    def facts(self) -> Facts:
        """The fields on record, by name."""
        told_of = told(self, "customer", "product", "family", "defect")
        return Facts({"complaints": self.complaints, **told_of}) if self.complaints else told_of
