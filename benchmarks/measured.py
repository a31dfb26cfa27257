"""What a benchmark hands over: rows of one table, and the table in a reader's language.

A benchmark module offers `rows(*, quick=False)`: it compares the rivals' answers with ours, then times both, and gives
a `Row` for each pair. `quick` measures less, so that one sees the table soon; its figures are nothing to quote.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from time import process_time
from typing import Final, Literal

import attrs

from qms_service import __version__

Lang = Literal["en", "zh"]
Clock = Callable[[], float]
UNITS: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))
HEADER: Final[Mapping[Lang, tuple[str, ...]]] = {
    "en": ("what", "here", "rival", "takes", "ratio"),
    "zh": ("内容", "本库", "对比对象", "用时", "倍数"),
}
MACHINE: Final[Mapping[Lang, str]] = {
    "en": "One machine, {cores} cores, {python}; {versions}.",
    "zh": "同一台机器，{cores} 个核心，{python}；{versions}。",
}


@attrs.frozen
class Words:
    """A short text in the languages of the tables."""

    en: str
    zh: str

    def text(self, lang: Lang) -> str:
        """The text in a language."""
        return self.zh if lang == "zh" else self.en


NOTHING: Final = Words("", "")


@attrs.frozen(kw_only=True)
class Row:
    """One pair of a table: a job here, and the same job at a rival.

    Args:
        what: The job; rows of one job stand together and name it once.
        ours: Seconds that it takes here.
        theirs: Seconds that it takes there.
        packages: The distributions that the rival is, its own first; empty for one that is none.
        rival: What is said of it beside its packages and their versions, with the space or comma before it.
    """

    what: Words
    ours: float
    theirs: float
    packages: tuple[str, ...] = ()
    rival: Words = NOTHING

    @property
    def ratio(self) -> float:
        """How many times as long it takes there."""
        return self.theirs / self.ours

    def named(self, lang: Lang) -> str:
        """The rival with its versions."""
        return ", ".join(versioned(one) for one in self.packages) + self.rival.text(lang)


def versioned(package: str) -> str:
    """A distribution with its version."""
    return f"{package} {version(package)}"


def best(
    actions: Mapping[str, Callable[[], object]], rounds: int, clock: Clock = process_time
) -> dict[str, float]:
    """The best of some rounds of each action, in seconds; in each round everybody runs once."""
    found = dict.fromkeys(actions, float("inf"))
    for _ in range(rounds):
        for name, action in actions.items():
            begin = clock()
            action()
            found[name] = min(found[name], clock() - begin)
    return found


def table(rows: Iterable[Row], lang: Lang = "en") -> str:
    """The rows as a table in markdown, with the machine and the versions below it."""
    measured = tuple(rows)
    lines = [_line(HEADER[lang]), "|---" * len(HEADER[lang]) + "|", *_lines(measured, lang)]
    return "\n".join((*lines, "", machine(measured, lang)))


def _lines(rows: Iterable[Row], lang: Lang) -> Iterator[str]:
    before: tuple[str, str] | None = None
    for row in rows:
        here = (row.what.text(lang), amount(row.ours))
        shown = ("", "") if here == before else here
        yield _line((*shown, row.named(lang), amount(row.theirs), f"{times(row.ratio)} ×"))
        before = here


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def machine(rows: Iterable[Row], lang: Lang = "en") -> str:
    """What the rows were measured on: cores, Python, and every rival with its version."""
    packages = sorted({package for row in rows for package in row.packages})
    return MACHINE[lang].format(
        cores=os.cpu_count(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        versions=", ".join((f"qms-service {__version__}", *(versioned(one) for one in packages))),
    )


def amount(seconds: float) -> str:
    """Seconds in the unit that reads best.

    >>> amount(0.0000035), amount(0.000068), amount(0.788), amount(70)
    ('3.5 µs', '68 µs', '788 ms', '70 s')
    """
    size, unit = next((one for one in UNITS if seconds >= one[0]), UNITS[-1])
    return f"{figure(seconds / size)} {unit}"


def times(ratio: float) -> str:
    """A ratio; a small one as a part of one.

    >>> times(19.2), times(0.83), times(1 / 273)
    ('19', '0.83', '1/273')
    """
    return figure(ratio) if ratio >= 0.095 else f"1/{figure(1 / ratio)}"  # noqa: PLR2004  # below it, two places say too little


def figure(value: float) -> str:
    """Two digits of a small number, whole ones of a large: more would be noise.

    >>> figure(0.388), figure(3.51), figure(9.97), figure(226.4), figure(2_700)
    ('0.39', '3.5', '10', '226', '2,700')
    """
    if value < 1:
        return f"{value:.2f}"
    rounded = f"{value:.1f}"
    return rounded if len(rounded) == len("9.9") else f"{value:,.0f}"
