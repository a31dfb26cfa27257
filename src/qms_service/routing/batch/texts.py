"""Texts of a fixed width: which of the texts that a table names each row has, without a look at each letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qms_service.routing.batch.classes import Classes
from qms_service.routing.batch.given import BLOCK
from qms_service.routing.batch.guess import Guess, Words
from qms_service.routing.lookup import TextLookup

Texts = NDArray[np.str_]
_SAMPLE: Final = 500  # rows that are looked at for the usual texts
_USUAL: Final = 64  # where there are more, none of them is


def place_texts(
    classes: Classes, lookup: TextLookup, column: Texts
) -> tuple[NDArray[np.intp], Callable[[slice], NDArray[np.intp]]]:
    """The classes of the texts that the cells name and of all others, and the place of each row among them.

    A few letters tell the texts apart; whether a row is the one that they suggest is one comparison, at best one for
    the block. So the usual texts that no cell names are looked for too.
    """
    width = column.dtype.itemsize // 4
    named = [text for text in lookup if isinstance(text, str) and len(text) <= width]
    usual = np.unique(column[:: column.size // _SAMPLE + 1]).tolist()
    wanted = [*dict.fromkeys([*named, *(usual if len(usual) <= _USUAL else usual[:1])])]
    texts = np.array(wanted, column.dtype.newbyteorder("="))
    guess, work = Guess.among(letters_of(texts)), np.empty(BLOCK, texts.dtype)

    def place(block: slice) -> NDArray[np.intp]:
        rows = np.ascontiguousarray(column[block], texts.dtype)
        letters = letters_of(rows)
        suggested = guess.of(letters)
        found = texts.take(suggested, out=work[: rows.size], mode="clip")
        if np.array_equal(letters_of(found), letters):
            return suggested
        return np.where(found == rows, suggested, len(wanted))

    own = classes.of_masks([*(lookup.get(text, lookup.other) for text in wanted), lookup.other])
    return own, place


def letters_of(texts: Texts) -> Words:
    """The letters of texts, a row for each text."""
    return texts.view(np.uint32).reshape(texts.size, -1)
