"""Texts (文本): a text is a code with operands, rendered in the reader's language.

English (`en`) and Chinese (`zh`) ship. A caller brings further languages as an argument,
`catalogues={"vi": {...}}`; a code missing there falls back to English. There is no ambient language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from importlib import import_module
from types import NoneType
from typing import Any, Final

import attrs

Catalogue = Mapping[str, str]
SHIPPED: Final = ("en", "zh")


def catalogue(lang: str) -> Catalogue:
    """The shipped catalogue of a language; an unknown language gets the English one."""
    module = import_module(f"{__name__}.{lang if lang in SHIPPED else 'en'}")
    shipped: Catalogue = module.CATALOGUE
    return shipped


def render(
    code: str,
    operands: Mapping[str, object],
    lang: str = "en",
    catalogues: Mapping[str, Catalogue] | None = None,
) -> str:
    """The text of a code in a language.

    Args:
        code: A key of the catalogues, such as `"naive-instant"`.
        operands: The values that the text names; `kind` is a word (event, clock, …) and translated too.
        lang: `"en"`, `"zh"`, or a key of `catalogues`.
        catalogues: Further languages, each a mapping of code to template.

    Returns:
        The text; the code itself with its operands where no catalogue has it.

    >>> render("state.met", {}, "zh")
    '按时完成'
    """
    own = (catalogues or {}).get(lang, {})
    template = own.get(code) or catalogue(lang).get(code) or catalogue("en").get(code)
    if template is None:
        return f"{code} {dict(operands)}" if operands else code
    named = {name: shown(value, lang) for name, value in operands.items()}
    if "kind" in named:
        named["kind"] = render(f"word.{named['kind']}", {}, lang, catalogues).removeprefix("word.")
    return template.format_map(named)


@attrs.frozen
class Said:
    """A text (文内之文) that another text names: it is shown in the language of that one.

    Args:
        code: A key of the catalogues.
        operands: The values that it names.
    """

    code: str
    operands: Mapping[str, object] = attrs.field(factory=dict, hash=False)

    def text(self, lang: str = "en") -> str:
        """The text in a shipped language."""
        return render(self.code, self.operands, lang)

    def __str__(self) -> str:
        return self.text()


def shown(value: object, lang: str = "en") -> str:
    """A value as a text shows it: instants to the minute with their offset, lists with commas.

    It never raises: a value that cannot be shown so is shown as Python has it.
    """
    if isinstance(value, Said):
        return value.text(lang)
    if isinstance(value, tuple | list | set | frozenset):
        return ("、" if lang == "zh" else ", ").join(shown(item, lang) for item in value) or "–"
    try:
        for kind, show in _SHOWN:
            if isinstance(value, kind):
                return show(value)
        return str(value)
    except Exception:  # noqa: BLE001  # `NaT`, a zone without an offset: an error's text must not hide the error
        return _as_python_has_it(value)


def _as_python_has_it(value: object) -> str:
    try:
        return repr(value)
    except Exception:  # noqa: BLE001  # the value's own fault
        return object.__repr__(value)


def _shown_instant(at: datetime) -> str:
    fine = (
        "%Y-%m-%d %H:%M:%S.%f" if at.microsecond else "%Y-%m-%d %H:%M:%S" if at.second else "%Y-%m-%d %H:%M"
    )
    offset = at.strftime("%z")
    return f"{at.strftime(fine)} {offset[:3]}:{offset[3:]}" if offset else at.strftime(fine)


def shown_duration(amount: timedelta) -> str:
    """An amount of time as hours and minutes: `12:00 h`, `-0:30 h`; seconds only where there are some.

    >>> shown_duration(timedelta(hours=36, minutes=5)), shown_duration(timedelta(seconds=-90))
    ('36:05 h', '-0:01:30 h')
    """
    sign = "-" if amount < timedelta(0) else ""
    whole, micros = divmod(abs(amount), timedelta(seconds=1))
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{micros.microseconds:06d}".rstrip("0") if micros else ""
    tail = f":{seconds:02d}{fraction}" if seconds or micros else ""
    return f"{sign}{hours}:{minutes:02d}{tail} h"


_SHOWN: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = (
    (NoneType, lambda _: "–"),
    (Enum, lambda value: str(value.value)),
    (datetime, _shown_instant),
    (timedelta, shown_duration),
    (date, date.isoformat),
)
