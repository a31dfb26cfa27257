"""What a pattern means, worked out anew: sign by sign, with nothing of the library's."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

WIDTHS = {"YYYY": 4, "YY": 2, "MM": 2, "DD": 2, "Q": 1, "GGGG": 4, "WW": 2, "FY": 4}
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
Reading = tuple[tuple[str, str], ...]


def pieces(pattern: str) -> list[str]:
    """The tokens of a pattern with their braces, and the text between them sign by sign."""
    return re.findall(r"\{[^}]*\}|.", pattern)


def of_date(name: str, on: date, start: int) -> str:
    if name == "Q":
        return "111222333444"[on.month - 1]
    if name == "FY":
        return f"{on.year if on.month >= start else on.year - 1:04d}"
    year, week, _ = on.isocalendar()
    texts = {
        "YYYY": f"{on.year:04d}",
        "YY": f"{on.year:04d}"[2:],
        "MM": f"{on.month:02d}",
        "DD": f"{on.day:02d}",
    }
    return {**texts, "GGGG": f"{year:04d}", "WW": f"{week:02d}"}[name]


def write(pattern: str, on: date, seq: int, scope: Mapping[str, str], start: int = 1) -> str:
    """A number as its pattern says."""
    text = ""
    for piece in pieces(pattern):
        name = piece.strip("{}")
        if not piece.startswith("{"):
            text += piece
        elif name.startswith("seq"):
            text += str(seq).rjust(int(name[4:] or 0), "0")
        else:
            text += scope[name] if name in scope else of_date(name, on, start)
    return text


def splits(pattern: str, text: str, *, widen: bool) -> Iterator[Reading]:
    """Every way to take a text apart by a pattern, whatever its dates."""
    todo = pieces(pattern)
    if not todo:
        if not text:
            yield ()
        return
    piece, rest = todo[0], "".join(todo[1:])
    if not piece.startswith("{"):
        if text.startswith(piece):
            yield from splits(rest, text[1:], widen=widen)
        return
    name = piece.strip("{}")
    for end in range(1, len(text) + 1):
        if _fits(name, text[:end], widen=widen):
            for more in splits(rest, text[end:], widen=widen):
                yield (("seq" if name.startswith("seq") else name, text[:end]), *more)


def _fits(name: str, value: str, *, widen: bool) -> bool:
    if not name.startswith("seq"):
        digits = all(sign in "0123456789" for sign in value)
        return (
            digits and len(value) == WIDTHS[name] if name in WIDTHS else all(sign in SIGNS for sign in value)
        )
    if not all(sign in "0123456789" for sign in value) or int(value) < 1 or len(value) > 18:
        return False
    width = int(name[4:] or 0)
    return len(value) == width or (value[0] != "0" and (width == 0 or (widen and len(value) > width)))


@cache
def days(year: int) -> tuple[date, ...]:
    return tuple(date(year, 1, 1) + timedelta(days=day) for day in range(366 if isleap(year) else 365))


@cache
def first_day_showing(dated: Reading, start: int) -> date | None:
    """The first day that shows these values, of 1999 and the next thirty years where they show no year."""
    years = {int(value) for name, value in dated if name in ("YYYY", "GGGG", "FY")}
    years |= {2000 + int(value) for name, value in dated if name == "YY"}
    near = {year + step for year in years for step in (-1, 0, 1)} if years else range(1999, 2030)
    short = any(name == "YY" for name, _ in dated)
    return next(
        (
            day
            for year in sorted(near)
            if 2000 <= year <= 2099 or (not short and 1 <= year <= 9999)
            for day in days(year)
            if all(of_date(name, day, start) == value for name, value in dated)
        ),
        None,
    )


def meanings(patterns: tuple[str, ...], text: str, *, widen: bool = False, start: int = 1) -> set[str]:
    """The numbers that a text can stand for, each as the first pattern writes it."""
    found = set()
    for pattern in patterns:
        for split in splits(pattern, text, widen=widen):
            parts = dict(split)
            dated = tuple((name, value) for name, value in split if name in WIDTHS)
            scope = {name: value for name, value in parts.items() if name not in (*WIDTHS, "seq")}
            day = first_day_showing(dated, start)
            if day and (2000 <= day.year <= 2099 or "{YY}" not in patterns[0]):
                found.add(
                    write(patterns[0], day, int(parts["seq"]), scope, start) + str(sorted(scope.items()))
                )
    return found
