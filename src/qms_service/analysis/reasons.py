"""Reasons (原因): why a row has no answer, as one of a few short sentences.

A frame has millions of rows: a sentence with the row's own figures would be another one in each. What exactly is the
matter with a row is told by the question about that row alone, such as `case_of`.
"""

from __future__ import annotations

from threading import Lock
from typing import Final

import attrs

from qms_service.texts import render

READABLE: Final = 0
MOMENT: Final = "row-moment"
NAIVE: Final = "row-naive"
YEARS: Final = "row-years"
SKIPPED: Final = "row-skipped"
REPEATED: Final = "row-repeated"
NO_EVENT: Final = "row-no-event"
NOT_IN_FORCE: Final = "row-not-in-force"
OTHER_EVENT: Final = "row-other-event"
OTHER_FACT: Final = "row-other-fact"
NO_CLOCK: Final = "row-no-clock"
NO_KIND: Final = "row-no-kind"
NO_CASE: Final = "row-no-case"
EVENT_NAME: Final = "row-event-name"
NO_MOMENT: Final = "row-no-moment"
DIFFERS: Final = "row-differs"
REFUSED: Final = "row-refused"
FACT: Final = "row-fact"
_ROWS: Final = (
    MOMENT, NAIVE, YEARS, SKIPPED, REPEATED, NO_EVENT, NOT_IN_FORCE, OTHER_EVENT, OTHER_FACT, NO_CLOCK, NO_KIND,
    NO_CASE, EVENT_NAME, NO_MOMENT, DIFFERS, REFUSED,
)  # fmt: skip
_CLOCKS: Final = (
    "calendar-horizon", "calendar-years", "never-open", "clock-unset", "clock-no-variant",
    "void-closed", "void-withdrawn", "void-condition",
)  # fmt: skip


@attrs.define(eq=False)
class Reasons:
    """The reasons that rows of one frame can have, each with its number; `READABLE` is none.

    Args:
        facts: The facts that are read, by path: each has a reason of its own.
    """

    facts: tuple[str, ...]
    _numbers: dict[tuple[str, str], int] = attrs.field(init=False)
    _growing: Lock = attrs.field(init=False, factory=Lock)

    @_numbers.default
    def _known(self) -> dict[tuple[str, str], int]:
        codes = [*((code, "") for code in (*_ROWS, *_CLOCKS)), *((FACT, path) for path in self.facts)]
        return {code: number for number, code in enumerate(codes, start=1)}

    def number(self, code: str | None, fact: str = "") -> int:
        """The number of a reason; one that is new gets the next."""
        if code is None:
            return READABLE
        if (code, fact) not in self._numbers:
            with self._growing:
                self._numbers.setdefault((code, fact), len(self._numbers) + 1)
        return self._numbers[code, fact]

    def sentences(self, lang: str) -> list[str]:
        """The sentence of each, in the order of the numbers from 1."""
        return [_sentence(code, fact, lang) for code, fact in self._numbers]


def _sentence(code: str, fact: str, lang: str) -> str:
    text = render(f"reason.{code}", {"fact": fact}, lang)
    return text if not text.startswith("reason.") else code
