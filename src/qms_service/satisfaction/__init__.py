"""Satisfaction (客户满意度): what customers answered, as exact scores that can be redone by hand."""

from qms_service.satisfaction.estimate import Estimate, Line, Measure
from qms_service.satisfaction.interval import Interval
from qms_service.satisfaction.number import Number
from qms_service.satisfaction.scale import Polarity, Scale, Transform, rescale

__all__ = ["Estimate", "Interval", "Line", "Measure", "Number", "Polarity", "Scale", "Transform", "rescale"]
