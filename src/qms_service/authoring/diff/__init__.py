"""Diff (偏差清单): in which rules one procedure differs from another, and why."""

from qms_service.authoring.diff.compare import diff, from_parent
from qms_service.authoring.diff.deviation import Change, Deviation, Deviations
from qms_service.authoring.diff.upgrading import Upgrade, UpgradeItem, upgrade

__all__ = ["Change", "Deviation", "Deviations", "Upgrade", "UpgradeItem", "diff", "from_parent", "upgrade"]
