"""The wire (报文): values as JSON and back, under the versioned schema `qms/1`."""

from qms_service.wire.fault import WireFault
from qms_service.wire.kinds import SCHEMA
from qms_service.wire.reading import from_json
from qms_service.wire.schema import json_schema
from qms_service.wire.writing import to_json

__all__ = ["SCHEMA", "WireFault", "from_json", "json_schema", "to_json"]
