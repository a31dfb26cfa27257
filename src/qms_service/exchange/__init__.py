"""Exchange (数据交换): records in forms that others publish, and what has no place there or here."""

from qms_service.exchange.catena_x_in import from_catena_x
from qms_service.exchange.catena_x_out import to_catena_x
from qms_service.exchange.lost import Lost
from qms_service.exchange.names import REPORT_8D

__all__ = ["REPORT_8D", "Lost", "from_catena_x", "to_catena_x"]
