"""The desk (服务台): the use cases of customer service over a rulebook and a store."""

from qms_service.desk.desk import ServiceDesk
from qms_service.desk.follow_ups import FollowedUp
from qms_service.desk.refresh import Refreshed
from qms_service.desk.worklist import WorklistItem

__all__ = ["FollowedUp", "Refreshed", "ServiceDesk", "WorklistItem"]
