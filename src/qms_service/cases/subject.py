"""Subject (对象): what a case is about."""

from __future__ import annotations

from typing import Protocol

import attrs
from pendulum import DateTime

from qms_service.errors import EntryError
from qms_service.facts import NO_FACTS, Facts, as_facts
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


def is_text(subject: object, field: attrs.Attribute[str], value: object) -> None:
    """Refuses what is no text."""
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

    kind: str = attrs.field(validator=is_text)
    number: str = attrs.field(default="", validator=is_text, kw_only=True)
    opened_at: DateTime = attrs.field(converter=instant, kw_only=True)
    facts: Facts = attrs.field(default=NO_FACTS, converter=as_facts, kw_only=True)


def told(subject: object, *names: str) -> Facts:
    """The fields of a typed subject that are on record, by name."""
    values = ((name, getattr(subject, name)) for name in names)
    return Facts({name: value for name, value in values if value is not None})
