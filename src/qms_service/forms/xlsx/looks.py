"""Looks: how each sort of box is drawn, as named styles of the workbook."""

from __future__ import annotations

from typing import Final, Literal

import attrs
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from qms_service.forms.layout import Box

_THIN: Final = Side(style="thin", color="444444")
_RULED: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@attrs.frozen(kw_only=True)
class _Look:
    """The looks of one sort of box; one without a ruling stands free on the sheet."""

    size: float = 10
    bold: bool = False
    ink: str = "000000"
    ground: str | None = None
    ruled: bool = True
    across: Literal["left", "center", "right"] = "left"

    def style(self, name: str) -> NamedStyle:
        inset = 1 if self.ruled and self.across == "left" else 0
        style = NamedStyle(
            name=name,
            font=Font(size=self.size, bold=self.bold, color=self.ink),
            alignment=Alignment(horizontal=self.across, vertical="center", wrap_text=True, indent=inset),
        )
        if self.ground:
            style.fill = PatternFill("solid", start_color=self.ground, end_color=self.ground)
        if self.ruled:
            style.border = _RULED
        return style


_LOOKS: Final[dict[str, _Look]] = {
    "title": _Look(size=16, bold=True, ruled=False, across="center"),
    "note": _Look(size=9, ink="333333", ruled=False),
    "aside": _Look(size=9, ink="333333", ruled=False, across="right"),
    "section": _Look(size=11, bold=True, ground="D9E2EC"),
    "head": _Look(ground="F2F2F2", across="center"),
    "label": _Look(ground="F2F2F2"),
    "value": _Look(),
    "missing": _Look(ink="7F4F00", ground="FFF2CC"),
    "not_needed": _Look(ink="777777"),
    "foot": _Look(size=9, ink="333333", ruled=False),
}


def add_looks(book: Workbook) -> None:
    """Gives a workbook the styles of all boxes."""
    for name, look in _LOOKS.items():
        book.add_named_style(look.style(f"qms {name}"))


def look_of(box: Box) -> str:
    """The name of the style of a box: of its own state where that stands out, else of what it is."""
    state = box.filled.state if box.filled else ""
    return f"qms {state if state in _LOOKS else box.role}"
