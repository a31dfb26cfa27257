"""Surveys (满意度数据表): years of answers in a frame, scored by the same rules as one survey."""

from qms_service.analysis.surveys.by import satisfaction_by
from qms_service.analysis.surveys.frame import satisfaction_frame

__all__ = ["satisfaction_by", "satisfaction_frame"]
