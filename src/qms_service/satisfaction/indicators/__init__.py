"""Indicators (内部指标): what the factory knows of its own service, kept apart from what customers say of it."""

from qms_service.satisfaction.indicators.blend import Blend, BlendPart, Missing, Side
from qms_service.satisfaction.indicators.blended import Blended, blended
from qms_service.satisfaction.indicators.indicator import INFORMATION, Better, Indicator, Information
from qms_service.satisfaction.indicators.reading import Reading

__all__ = [
    "INFORMATION",
    "Better",
    "Blend",
    "BlendPart",
    "Blended",
    "Indicator",
    "Information",
    "Missing",
    "Reading",
    "Side",
    "blended",
]
