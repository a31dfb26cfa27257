"""Satisfaction (客户满意度): what customers answered, as exact scores that can be redone by hand."""

from qms_service.satisfaction.answer import NOT_APPLICABLE, Answer
from qms_service.satisfaction.compare import compare
from qms_service.satisfaction.comparison import Change, Comparison
from qms_service.satisfaction.csat import csat
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.flags import Flag
from qms_service.satisfaction.follow_ups import (
    Complained,
    Dissatisfaction,
    FollowUp,
    FollowUpRule,
    follow_ups,
)
from qms_service.satisfaction.importance import importance_performance
from qms_service.satisfaction.indicators import (
    Blend,
    Blended,
    BlendPart,
    Indicator,
    Reading,
    blended,
)
from qms_service.satisfaction.interval import Interval
from qms_service.satisfaction.item import Item
from qms_service.satisfaction.means import ces, mean_score
from qms_service.satisfaction.nps import nps
from qms_service.satisfaction.placed import ImportancePerformance, Quadrant
from qms_service.satisfaction.proportion import proportion_interval
from qms_service.satisfaction.questionnaire import Dimension, Questionnaire
from qms_service.satisfaction.reading import AnswerSheet, read_answers, write_template
from qms_service.satisfaction.response import Response
from qms_service.satisfaction.response_rate import coverage, response_rate
from qms_service.satisfaction.sample_size import sample_size
from qms_service.satisfaction.scale import Scale, rescale
from qms_service.satisfaction.scoring import score
from qms_service.satisfaction.survey import Asked, Survey
from qms_service.satisfaction.survey_score import Coverage, SurveyScore
from qms_service.satisfaction.targets import (
    Judgement,
    Milestone,
    Milestones,
    Target,
    Threshold,
    Verdict,
    judged,
)
from qms_service.satisfaction.weighted import weighted_index

__all__ = [
    "NOT_APPLICABLE",
    "Answer",
    "AnswerSheet",
    "Asked",
    "Blend",
    "BlendPart",
    "Blended",
    "Change",
    "Comparison",
    "Complained",
    "Coverage",
    "Dimension",
    "Dissatisfaction",
    "Estimate",
    "Flag",
    "FollowUp",
    "FollowUpRule",
    "ImportancePerformance",
    "Indicator",
    "Interval",
    "Item",
    "Judgement",
    "Milestone",
    "Milestones",
    "Quadrant",
    "Questionnaire",
    "Reading",
    "Response",
    "Scale",
    "Survey",
    "SurveyScore",
    "Target",
    "Threshold",
    "Verdict",
    "blended",
    "ces",
    "compare",
    "coverage",
    "csat",
    "follow_ups",
    "importance_performance",
    "judged",
    "mean_score",
    "nps",
    "proportion_interval",
    "read_answers",
    "rescale",
    "response_rate",
    "sample_size",
    "score",
    "weighted_index",
    "write_template",
]
