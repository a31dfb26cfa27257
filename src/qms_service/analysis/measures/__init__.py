"""Measures (指标): small frames of figures over years of cases, each with its numerator and denominator.

They read the long result of `deadlines_frame`, or any frame with a row for each case, of pandas, polars or
pyarrow, and give a frame of the same kind. The order of the rows does not matter. A share without a denominator
is null: unknown, never 0.
"""

from qms_service.analysis.measures.html import measure_html
from qms_service.analysis.measures.on_time import on_time
from qms_service.analysis.measures.open_and_late import open_and_late
from qms_service.analysis.measures.pareto import pareto
from qms_service.analysis.measures.repeats import repeats
from qms_service.analysis.measures.time_to_step import time_to_step

__all__ = ["measure_html", "on_time", "open_and_late", "pareto", "repeats", "time_to_step"]
