"""Patterns: what texts of a rulebook look like, as regular expressions that every editor can read.

They are plain on purpose: an editor shows the pattern itself to whoever mistypes.
"""

from __future__ import annotations

from typing import Final

from qms_service.rulebooks.context import DECLARABLE, LANGUAGE
from qms_service.worktime import Urgency
from qms_service.worktime.term import SPELLINGS

_AMOUNT: Final = "[1-9][0-9]{0,8} ?"
_PARAM: Final = r"\$.+"


def _units(*units: str) -> str:
    return "|".join(spelling for spelling, unit in SPELLINGS.items() if unit in units)


def _any(*patterns: str) -> str:
    return f"^({'|'.join(patterns)})$"


_TERMS: Final = (
    "same day",
    f"{_AMOUNT}(working )?({_units('min', 'h', 'd')})",
    f"{_AMOUNT}({_units('week', 'month')})",
    f"{_AMOUNT}working ({_units('d')}) ?, ?end of day",
    _PARAM,
)
TERM: Final = _any(*_TERMS)
WITHIN: Final = _any(*(word.value.replace("?", r"\?") for word in Urgency), *_TERMS)
FACT_TYPE: Final = rf"^({'|'.join(DECLARABLE)})[?*]*$"
COLUMN_TYPE: Final = r"^\s*(text|bool|(number|date)(\s*\W.*)?)?\s*$"
FACT_PATH: Final = r"^[^.]+\..+$"
PLAIN_NAME: Final = r"^[^.]*[^.\s][^.]*$"
PARAM: Final = f"^{_PARAM}$"
LANGUAGES: Final = f"^{LANGUAGE.pattern}$"
DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].+([Zz]|[+-][0-9]{2}:[0-9]{2}))?$"
DAY: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
ORIGIN: Final = r"^(\?|[0-9]{4}-[0-9]{2}-[0-9]{2})$"
DIGEST: Final = "^[0-9a-f]{64}$"
SOMETHING: Final = r"\S"
SERIES: Final = r"\{seq(:0[0-9]{1,4})?\}"
GRID: Final = r"\|"
