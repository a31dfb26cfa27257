"""Follow-ups (跟进): who is dissatisfied with what, and which rule says to act."""

from qms_service.satisfaction.follow_ups.follow_up import Dissatisfaction, FollowUp
from qms_service.satisfaction.follow_ups.found import Complained, follow_ups
from qms_service.satisfaction.follow_ups.rule import FollowUpRule, When

__all__ = ["Complained", "Dissatisfaction", "FollowUp", "FollowUpRule", "When", "follow_ups"]
