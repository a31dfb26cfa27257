"""Measures in HTML (指标的网页显示): a small frame as a table to read, with its unknowns named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from qms_service.analysis.read import table_of
from qms_service.instants import is_missing
from qms_service.markup import Table, Words
from qms_service.texts import Catalogue

_SHARES: Final = ("rate", "share", "cumulative")
_FIGURE: Final = re.compile(r"rate|share|cumulative|p[\d.]+")
_SECOND: Final = timedelta(seconds=1)


def measure_html(
    measured: object,
    lang: str = "en",
    catalogues: Mapping[str, Catalogue] | None = None,
    *,
    caption: str = "",
    labels: Mapping[str, str] | None = None,
) -> str:
    """A measure as a table of HTML, which a notebook shows; every text in it is escaped.

    A share is in percent; a figure that nobody can know, such as a rate of nothing, is the word for unknown.
    Durations are in hours and minutes, to the second.

    Args:
        measured: What a measure gave: a frame of pandas, polars or pyarrow. Every row is shown.
        lang: `"en"`, `"zh"`, or a key of `catalogues`.
        catalogues: Further languages, each a mapping of code to template.
        caption: What the table shows.
        labels: What people call the values of its columns of text, such as a clock's name by its id.

    Raises:
        ColumnError: It is no frame.

    >>> import pandas as pd
    >>> html = measure_html(pd.DataFrame({"clock": ["answer"], "decided": [0], "rate": [float("nan")]}))
    >>> "unknown" in html
    True
    """
    words, table = Words(lang=lang, catalogues=catalogues), table_of(measured)
    called = labels or {}
    rows = [
        [_cell(name, value, words, called) for name, value in zip(table.columns, row, strict=True)]
        for row in table.iter_rows()
    ]
    head = [words.name("field", name) for name in table.columns]
    return Table(caption=caption, head=head, rows=rows).html(words)


def _cell(column: str, value: object, words: Words, labels: Mapping[str, str]) -> str:
    if is_missing(value):
        return words.text("state.unknown" if _FIGURE.fullmatch(column) else "plot.missing")
    if column in _SHARES and isinstance(value, float):
        return f"{100 * value:.1f} %"
    if isinstance(value, timedelta):
        return words.value(timedelta(seconds=round(value / _SECOND)))
    return labels.get(value, value) if isinstance(value, str) else words.value(value)
