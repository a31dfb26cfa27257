"""Satisfaction (客户满意度): what customers answered, as exact scores that can be redone by hand."""

from qms_service.satisfaction.answer import NOT_APPLICABLE, Answer, NotApplicable
from qms_service.satisfaction.estimate import Estimate, Line, Measure
from qms_service.satisfaction.fault import SurveyFault
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.interval import Interval
from qms_service.satisfaction.item import Item
from qms_service.satisfaction.number import Number
from qms_service.satisfaction.questionnaire import Dimension, Questionnaire
from qms_service.satisfaction.response import Response
from qms_service.satisfaction.scale import Polarity, Scale, Transform, rescale
from qms_service.satisfaction.survey import Asked, Survey

__all__ = [
    "NOT_APPLICABLE",
    "Answer",
    "Asked",
    "Dimension",
    "Estimate",
    "FrozenMap",
    "Interval",
    "Item",
    "Line",
    "Measure",
    "NotApplicable",
    "Number",
    "Polarity",
    "Questionnaire",
    "Response",
    "Scale",
    "Survey",
    "SurveyFault",
    "Transform",
    "rescale",
]
