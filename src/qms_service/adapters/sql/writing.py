"""Writing (取号写单): a number and its document together, in one statement where the database can."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from qms_service.adapters.sql.counting import COUNT, ONE, Values
from qms_service.adapters.sql.dialect import Run, Value
from qms_service.errors import StoreError
from qms_service.numbering import Slot

_PARAMETER: Final = re.compile(r"(?<!:):([a-z_]+)")
_OURS: Final = "qms_"  # before our names, so that the caller's may be any others

# What is the same each time, or nearly each time, is no parameter: each one takes its microseconds.
_FIXED: Final = {"count": "1", "state": "'allocated'", "key": "NULL", "expires_us": "NULL"}
_USUAL: Final = {"scope": "'{}'", "after": "''"}

Document = tuple[str, Mapping[str, Value]]
Write = Callable[[Run, Values, Slot, Values, Document], str | None]


def _in_turn(run: Run, counter: Values, slot: Slot, told: Values, document: Document) -> str | None:
    last = COUNT["sqlite"](run, counter, slot, 1, told)
    if last is None:
        return None
    statement, values = document
    number = slot.number(last)
    rows = run(_behind_number(statement), {**values, f"{_OURS}number": number})
    return _with_document(number, len(rows))


def _at_once(run: Run, counter: Values, slot: Slot, told: Values, document: Document) -> str | None:
    """One round trip for all three, and none is there without the others, whatever the caller commits by."""
    statement, values = document
    ours: Values = {**counter, "before": slot.before, "after": slot.after, "at_us": told["at_us"]}
    usual = tuple(name for name, literal in _USUAL.items() if ours[name] == literal.strip("'"))
    asked = dict(values)
    for name, value in ours.items():
        if name not in usual:
            asked[f"{_OURS}{name}"] = value
    ((number, documents),) = run(_of_both(statement, slot.width, slot.last, usual), asked)
    return None if number is None else _with_document(number, documents)


def _with_document(number: str, documents: int) -> str:
    if documents != 1:
        raise StoreError("store-no-document", number=number, got=int(documents))
    return number


@lru_cache(maxsize=256)
def _behind_number(statement: str) -> str:
    return f"WITH taken (number) AS (SELECT :{_OURS}number) {statement} RETURNING 1"


@lru_cache(maxsize=256)
def _of_both(statement: str, width: int, last: int, usual: tuple[str, ...]) -> str:
    fixed = {**_FIXED, **{name: _USUAL[name] for name in usual}, "room": str(last - 1), "width": str(width)}
    named = _PARAMETER.sub(lambda found: fixed.get(found[1], f":{_OURS}{found[1]}"), ONE)
    counted, entered = named.replace("RETURNING seq", "RETURNING number").split("INSERT INTO qms_ledger", 1)
    return (
        f"{counted}, taken AS (INSERT INTO qms_ledger{entered}), document AS ({statement} RETURNING 1)"  # noqa: S608  # the caller's own statement
        " SELECT (SELECT number FROM taken), (SELECT count(*) FROM document)"
    )


# Takes the next serial of a counter, enters it and writes its document; None where no serial is left.
WRITE: Final[Mapping[str, Write]] = {"sqlite": _in_turn, "postgresql": _at_once}
