"""Label (名称): what a rulebook calls a thing, in each language that it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs


def _pairs(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(given.items() if isinstance(given, Mapping) else given)


@attrs.frozen
class Label:
    """A name in several languages.

    >>> Label({"en": "Quality", "zh": "品质部"}).text("zh")
    '品质部'
    """

    names: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs)

    def text(self, lang: str = "en") -> str:
        """The name in a language; in English, or else the first given, where it has none in that one."""
        names = dict(self.names)
        return names.get(lang) or names.get("en") or next(iter(names.values()), "")

    def __str__(self) -> str:
        return self.text()


def as_label(given: Label | Mapping[str, str] | str | None) -> Label | None:
    """A label as it is, by its names in each language, or by one text that stands for all."""
    if isinstance(given, str):
        return Label({"en": given})
    return Label(given) if isinstance(given, Mapping) else given
