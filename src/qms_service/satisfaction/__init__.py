"""Satisfaction (客户满意度): what customers answered, as exact scores that can be redone by hand."""

from qms_service.satisfaction.answer import NOT_APPLICABLE, Answer, NotApplicable
from qms_service.satisfaction.estimate import Estimate, Measure
from qms_service.satisfaction.fault import SurveyFault
from qms_service.satisfaction.frozen_map import FrozenMap
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
from qms_service.satisfaction.number import Number
from qms_service.satisfaction.questionnaire import Dimension, Questionnaire
from qms_service.satisfaction.response import Response
from qms_service.satisfaction.scale import Polarity, Scale, Transform, rescale
from qms_service.satisfaction.survey import Asked, Survey
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

__all__ = [
    "INFORMATION",
    "NOT_APPLICABLE",
    "Answer",
    "Asked",
    "Better",
    "Blend",
    "BlendPart",
    "Blended",
    "Bound",
    "Dimension",
    "Estimate",
    "FrozenMap",
    "Indicator",
    "Information",
    "Interval",
    "Item",
    "Judgement",
    "Line",
    "Measure",
    "Milestone",
    "Milestones",
    "Missing",
    "NotApplicable",
    "Number",
    "Polarity",
    "Questionnaire",
    "Reading",
    "Response",
    "Scale",
    "Sense",
    "Side",
    "Survey",
    "SurveyFault",
    "Target",
    "Threshold",
    "Transform",
    "Verdict",
    "blended",
    "judged",
    "rescale",
]
