"""Plots (图表): measures and single cases drawn with matplotlib, which is loaded here alone.

Each takes axes of one's own and gives back those that it drew on. Labels are in English or Chinese.
"""

from importlib.util import find_spec

from qms_service.errors import MissingExtraError

if find_spec("matplotlib") is None:
    raise MissingExtraError("missing-extra", what=__name__, package="matplotlib", extra="analysis")

from qms_service.analysis.plots.case import plot_case
from qms_service.analysis.plots.fonts import MissingFontWarning
from qms_service.analysis.plots.on_time import plot_on_time
from qms_service.analysis.plots.pareto import plot_pareto
from qms_service.analysis.plots.review import plot_management_review

__all__ = ["MissingFontWarning", "plot_case", "plot_management_review", "plot_on_time", "plot_pareto"]
