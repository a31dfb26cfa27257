"""Forms (格式): which keys a table of a rulebook may have, and what stands under each.

They are data, so that the reader, which refuses every other key, and the schema for editors say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import attrs


class Takes(StrEnum):
    """What may stand under a key."""

    TEXT = "text"
    TEXTS = "texts"
    FLAG = "flag"
    COUNT = "count"
    WHOLE = "whole"
    NUMBER = "number"
    AMOUNT = "amount"
    NUMBERS = "numbers"
    MONTH = "month"
    DATE = "date"
    DAY = "day"
    ORIGIN = "origin"
    CLAUSE = "clause"
    LABEL = "label"
    REMARK = "remark"
    FIGURE = "figure"
    DIGEST = "digest"
    CHOICE = "choice"
    TERM = "term"
    WITHIN = "within"
    FACT_TYPE = "fact-type"
    COLUMN_TYPE = "column-type"
    FACT_PATH = "fact-path"
    FACT_PATHS = "fact-paths"
    EACH = "each"
    COUNTED_FACTS = "counted-facts"
    CONDITION = "condition"
    VALUES = "values"
    ASSUMED = "assumed"
    SELECTORS = "selectors"
    NEED_LIST = "need-list"
    GATE_LIST = "gate-list"
    PATTERN = "pattern"
    GRID = "grid"
    TABLE = "table"
    TABLES = "tables"


@attrs.frozen(kw_only=True, eq=False)
class Key:
    """What stands under a key.

    Args:
        takes: Of which kind it is.
        needed: Whether the table is refused without it.
        needed_with: The key and the word with which alone it is needed.
        choices: The words of a choice.
        form: The form of a table, or of each table of a list.
    """

    takes: Takes
    needed: bool = False
    needed_with: tuple[str, str] | None = None
    choices: tuple[str, ...] = ()
    form: Form | None = None


@attrs.frozen(kw_only=True, eq=False)
class Form:
    """The keys of a table (格式).

    Args:
        name: What it is called.
        keys: What it may have, by name.
        members: The form of the tables that stand in it under names of the author's own.
        named: Whether it gives names too, under the codes of languages.
        short: Whether its `type` alone may stand in its place.
        reserved: The names that no member may have.
        plain: Whether the names of members have no dot: `event.fact` is how rules write a path.
    """

    name: str
    keys: Mapping[str, Key] = attrs.field(factory=dict)
    members: Form | None = None
    named: bool = False
    short: bool = False
    reserved: tuple[str, ...] = ()
    plain: bool = False

    @property
    def needed(self) -> tuple[str, ...]:
        """The keys without which the table is refused."""
        return tuple(name for name, key in self.keys.items() if key.needed)

    @property
    def groups(self) -> Mapping[str, Form]:
        """Of each key under which tables stand by names of the author's own, the form of the group."""
        return {name: key.form for name, key in self.keys.items() if key.form and key.form.members}

    def having(self, *others: Form) -> Form:
        """This form with the keys of others too."""
        forms: tuple[Form, ...] = (self, *others)
        keys = {name: key for form in forms for name, key in form.keys.items()}
        return attrs.evolve(self, keys=keys)
