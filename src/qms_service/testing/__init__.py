"""Testing (测试): what a team needs to test its own use of the library. Public."""

from qms_service.testing.fixed_now import FixedNow

__all__ = ["FixedNow"]
