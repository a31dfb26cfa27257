"""FulfilledBy (履行依据): which event shows that a duty was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, get_args

import attrs

from qms_service.errors import DutyError
from qms_service.events import Selector

CountsFor = Literal["own", "oldest"]
_PARTS: Final = ("event", "kind", "where", "period", "counts_for")


def _text(_value: FulfilledBy, field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise DutyError("duty-fulfilled-by", got=f"{field.name}={value!r}", allowed=_PARTS)


def _known(_value: FulfilledBy, _field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or value not in get_args(CountsFor):
        raise DutyError("duty-counts-for", got=repr(value), allowed=get_args(CountsFor))


@attrs.frozen
class FulfilledBy:
    """Which event fulfils a duty, and which of its periods.

    Args:
        event: The name of the event.
        kind: The kind of case that it stands in; None: any.
        where: The facts that it must have; a list means one of them.
        period: The fact by which the event, or the subject of its case, names its period: a date in it, or its
            name such as `"2026-03"`. What is named wins over the moment.
        counts_for: Which period an event fulfils that names none: `"own"`, the one it falls in, so that one
            period missed does not make all later ones late; or `"oldest"`, the oldest still open, as for a
            report that is handed in late.

    Raises:
        DutyError: A part that cannot be read.
        SelectorError: `where` is no table of facts.

    >>> FulfilledBy("compiled", kind="summary", where={"topic": "complaints"}).selector.event
    'compiled'
    """

    event: str = attrs.field(validator=_text)
    kind: str | None = attrs.field(default=None, validator=attrs.validators.optional(_text), kw_only=True)
    where: Mapping[str, object] | tuple[Any, ...] = attrs.field(default=(), kw_only=True)
    period: str | None = attrs.field(default=None, validator=attrs.validators.optional(_text), kw_only=True)
    counts_for: CountsFor = attrs.field(default="own", validator=_known, kw_only=True)
    selector: Selector = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        selector = Selector(event=self.event, where=self.where)
        object.__setattr__(self, "selector", selector)
        object.__setattr__(self, "where", selector.where)


def as_fulfilled_by(given: object) -> FulfilledBy | None:
    """What a duty writes in `fulfilled_by`: the name of an event, or a table of its parts.

    Raises:
        DutyError: Something else stands there.
    """
    if given is None or isinstance(given, FulfilledBy):
        return given
    if isinstance(given, str):
        return FulfilledBy(given)
    if isinstance(given, Mapping) and "event" in given and given.keys() <= set(_PARTS):
        return FulfilledBy(**given)
    raise DutyError("duty-fulfilled-by", got=repr(given), allowed=_PARTS)
