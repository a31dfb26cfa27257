"""Satisfaction (客户满意度): what customers answered, as exact scores that can be redone by hand."""

from qms_service.satisfaction.answer import NOT_APPLICABLE, Answer, NotApplicable
from qms_service.satisfaction.compare import Comparable, compare
from qms_service.satisfaction.comparison import Change, Comparison
from qms_service.satisfaction.counting import LeftOut, Voice
from qms_service.satisfaction.csat import csat
from qms_service.satisfaction.customer_score import CustomerScore
from qms_service.satisfaction.estimate import Estimate, Measure
from qms_service.satisfaction.fault import SurveyFault
from qms_service.satisfaction.flags import Flag
from qms_service.satisfaction.follow_ups import (
    Complained,
    Dissatisfaction,
    FollowUp,
    FollowUpRule,
    When,
    follow_ups,
)
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.importance import importance_performance
from qms_service.satisfaction.indicators import (
    INFORMATION,
    Better,
    Blend,
    Blended,
    BlendPart,
    Indicator,
    Information,
    Missing,
    Reading,
    Side,
    blended,
)
from qms_service.satisfaction.interval import Interval
from qms_service.satisfaction.item import Item
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.means import ces, mean_score
from qms_service.satisfaction.nps import nps
from qms_service.satisfaction.number import Number
from qms_service.satisfaction.placed import ImportancePerformance, Placed, Quadrant
from qms_service.satisfaction.proportion import proportion_interval
from qms_service.satisfaction.questionnaire import Dimension, Questionnaire
from qms_service.satisfaction.reading import AnswerSheet, RejectedRow, read_answers, write_template
from qms_service.satisfaction.response import Response
from qms_service.satisfaction.response_rate import coverage, response_rate
from qms_service.satisfaction.sample_size import sample_size
from qms_service.satisfaction.scale import Polarity, Scale, Transform, rescale
from qms_service.satisfaction.scoring import score
from qms_service.satisfaction.survey import Asked, Survey
from qms_service.satisfaction.survey_score import Coverage, Part, SurveyScore
from qms_service.satisfaction.targets import (
    Bound,
    Judgement,
    Milestone,
    Milestones,
    Sense,
    Target,
    Threshold,
    Verdict,
    judged,
)
from qms_service.satisfaction.total import Total
from qms_service.satisfaction.weighted import weighted_index

__all__ = [
    "INFORMATION",
    "NOT_APPLICABLE",
    "Answer",
    "AnswerSheet",
    "Asked",
    "Better",
    "Blend",
    "BlendPart",
    "Blended",
    "Bound",
    "Change",
    "Comparable",
    "Comparison",
    "Complained",
    "Coverage",
    "CustomerScore",
    "Dimension",
    "Dissatisfaction",
    "Estimate",
    "Flag",
    "FollowUp",
    "FollowUpRule",
    "FrozenMap",
    "ImportancePerformance",
    "Indicator",
    "Information",
    "Interval",
    "Item",
    "Judgement",
    "LeftOut",
    "Line",
    "Measure",
    "Milestone",
    "Milestones",
    "Missing",
    "NotApplicable",
    "Number",
    "Part",
    "Placed",
    "Polarity",
    "Quadrant",
    "Questionnaire",
    "Reading",
    "RejectedRow",
    "Response",
    "Scale",
    "Sense",
    "Side",
    "Survey",
    "SurveyFault",
    "SurveyScore",
    "Target",
    "Threshold",
    "Total",
    "Transform",
    "Verdict",
    "Voice",
    "When",
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
