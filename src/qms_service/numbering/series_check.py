"""What is wrong with a number series: each check gives its faults, so that all come at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations_with_replacement, islice
from typing import TYPE_CHECKING, Final, get_args

from qms_service.errors import ZoneError, nearest
from qms_service.instants import zone
from qms_service.labels import Label
from qms_service.numbering.ambiguity import TwoWays, two_ways
from qms_service.numbering.dates import MONTHS, date_showing, shown
from qms_service.numbering.fault import SeriesFault
from qms_service.numbering.period import PERIODS, Reset
from qms_service.numbering.shows import NEEDED, alike, told_by
from qms_service.numbering.spelling import Raw, Spelling

if TYPE_CHECKING:
    from qms_service.numbering.series import NumberSeries

OVERFLOWS: Final = ("error", "widen")
# Texts with two readings that are looked at before a proof is given up, at random and one by one.
_TRIES: Final = 1_000


def check_plain(series: NumberSeries) -> Iterator[SeriesFault]:
    """The faults of what is no pattern."""
    if not (isinstance(series.id, str) and series.id.strip()):
        yield SeriesFault("id", {"got": repr(series.id)}, "id")
    for field, allowed in (("reset", get_args(Reset)), ("overflow", OVERFLOWS)):
        got = getattr(series, field)
        if got not in allowed:
            guess = nearest(got, allowed)
            code = "choice.nearest" if guess else "choice"
            yield SeriesFault(code, {"got": repr(got), "allowed": allowed, "nearest": guess}, field)
    if type(series.fiscal_year_start) is not int or series.fiscal_year_start not in MONTHS:
        yield SeriesFault("fiscal-year-start", {"got": repr(series.fiscal_year_start)}, "fiscal_year_start")
    if not isinstance(series.label, Label | None):
        yield SeriesFault("label", {"got": repr(series.label)}, "label")
    if not (isinstance(series.timezone, str) and _is_zone(series.timezone)):
        yield SeriesFault("zone", {"got": repr(series.timezone)}, "timezone")


def _is_zone(name: str) -> bool:
    try:
        zone(name)
    except ZoneError:
        return False
    return True


def check_period(pattern: Spelling, reset: Reset, start: int) -> Iterator[SeriesFault]:
    """The fault of a pattern that shows the same in two periods: its numbers would repeat."""
    if told_by(pattern.dates, start).issuperset(NEEDED[reset]):
        return
    period = PERIODS[reset]
    first, second = alike(pattern.dates, start, lambda on: period(on, start))
    scope = dict.fromkeys(pattern.scope, "A")
    before, after = pattern.around(first, scope, start)
    operands = {
        "pattern": pattern.text,
        "reset": reset,
        "first": first,
        "second": second,
        "number": f"{before}{1:0{pattern.width}}{after}",
        "add": "".join(f"{{{token}}}" for token in NEEDED[reset]),
    }
    yield SeriesFault("repeats", operands)


def check_accepted(pattern: Spelling, accepted: Spelling, start: int) -> Iterator[SeriesFault]:
    """The faults of a spelling that does not tell what the pattern writes."""
    operands = {"spelling": accepted.text, "pattern": pattern.text}
    if sorted(accepted.scope) != sorted(pattern.scope):
        yield SeriesFault(
            "spelling-scope", {**operands, "got": accepted.scope, "allowed": pattern.scope}, "accepts"
        )
    if missing := [name for name in pattern.dates if name not in told_by(accepted.dates, start)]:
        first, second = alike(accepted.dates, start, lambda on: shown(on, missing, start))
        add = "".join(f"{{{name}}}" for name in missing)
        yield SeriesFault(
            "spelling-parts", {**operands, "missing": add, "first": first, "second": second}, "accepts"
        )


def check_readings(spellings: tuple[Spelling, ...], start: int) -> Iterator[SeriesFault]:
    """The faults of spellings by which one text would be two numbers.

    Args:
        spellings: The pattern, then those accepted, each of which tells what the pattern writes.
        start: The first month of the fiscal year.
    """
    for one, other in combinations_with_replacement(spellings, 2):
        if texts := two_ways(one, other):
            yield from _faults_of(texts, spellings[0], start)


def _faults_of(texts: TwoWays, pattern: Spelling, start: int) -> Iterator[SeriesFault]:
    spellings = {"one": texts.one.text, "other": texts.other.text}
    field = "pattern" if texts.other is pattern else "accepts"
    count = 0
    for taken in chain(islice(texts.some(), _TRIES), islice(texts.every(), _TRIES)):
        count += 1
        first = _meaning(pattern, texts.one.of_pieces(taken.one), start)
        second = _meaning(pattern, texts.other.of_pieces(taken.other), start)
        if first and second and first != second:
            operands = {"got": taken.text, "first": _told(first), "second": _told(second)}
            yield SeriesFault("ambiguous", {**spellings, **operands}, field)
            return
    if count == 2 * _TRIES:
        yield SeriesFault("overlap", spellings, field)


Meaning = tuple[tuple[tuple[str, object], ...], int]


def _meaning(pattern: Spelling, raw: Raw, start: int) -> Meaning | None:
    """What a reading stands for, as the pattern would write it; None where it stands for no number."""
    on = date_showing(raw.shown, start)
    if on is None or raw.seq < 1 or not pattern.can_write(on):
        return None
    return (*shown(on, pattern.dates, start), *raw.scope), raw.seq


def _told(meaning: Meaning) -> str:
    parts, seq = meaning
    return ", ".join(f"{name} {value}" for name, value in (*parts, ("seq", seq)))
