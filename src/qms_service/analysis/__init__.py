"""Analysis (历史分析): frames in, frames out: years of cases by the same rules as one live case.

The names below are loaded when first used: who asks for a deadline of a frame loads no plot.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from qms_service.errors import MissingExtraError

if TYPE_CHECKING:
    from qms_service.analysis.ask import deadlines_frame
    from qms_service.analysis.audit import audit_frame
    from qms_service.analysis.decide import decide_frame
    from qms_service.analysis.event_rows import EventRows
    from qms_service.analysis.live import case_of
    from qms_service.analysis.measures import (
        measure_html,
        on_time,
        open_and_late,
        pareto,
        repeats,
        time_to_step,
    )
    from qms_service.analysis.plots import (
        MissingFontWarning,
        plot_case,
        plot_management_review,
        plot_on_time,
        plot_pareto,
    )
    from qms_service.analysis.surveys import satisfaction_by, satisfaction_frame

_HOMES: Final = {
    "ask": ("deadlines_frame",),
    "audit": ("audit_frame",),
    "decide": ("decide_frame",),
    "event_rows": ("EventRows",),
    "live": ("case_of",),
    "measures": ("measure_html", "on_time", "open_and_late", "pareto", "repeats", "time_to_step"),
    "plots": ("MissingFontWarning", "plot_case", "plot_management_review", "plot_on_time", "plot_pareto"),
    "surveys": ("satisfaction_by", "satisfaction_frame"),
}
_HOME: Final = {name: module for module, names in _HOMES.items() for name in names}
_PACKAGES: Final = ("matplotlib", "narwhals", "numpy")

__all__ = [
    "EventRows",
    "MissingFontWarning",
    "audit_frame",
    "case_of",
    "deadlines_frame",
    "decide_frame",
    "measure_html",
    "on_time",
    "open_and_late",
    "pareto",
    "plot_case",
    "plot_management_review",
    "plot_on_time",
    "plot_pareto",
    "repeats",
    "satisfaction_by",
    "satisfaction_frame",
    "time_to_step",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}; there are: {', '.join(__all__)}"
        raise AttributeError(msg)
    try:
        value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    except ModuleNotFoundError as missing:
        if missing.name not in _PACKAGES:
            raise
        raise MissingExtraError(
            "missing-extra", what=f"{__name__}.{name}", package=missing.name, extra="analysis"
        ) from missing
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
