"""Targets (目标): what a score has to reach, by when, and whether it did."""

from qms_service.satisfaction.targets.bound import Bound, Sense
from qms_service.satisfaction.targets.judged import Target, judged
from qms_service.satisfaction.targets.judgement import Judgement, Verdict
from qms_service.satisfaction.targets.milestones import Milestone, Milestones
from qms_service.satisfaction.targets.threshold import Threshold

__all__ = [
    "Bound",
    "Judgement",
    "Milestone",
    "Milestones",
    "Sense",
    "Target",
    "Threshold",
    "Verdict",
    "judged",
]
