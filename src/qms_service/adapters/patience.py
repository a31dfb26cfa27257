"""Patience (等待时限): how long a store waits for what others hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from qms_service.errors import StoreError

PATIENCE: Final = timedelta(seconds=30)
_LONGEST: Final = timedelta(milliseconds=2**31 - 1)  # databases count it so; some 25 days


def patience(timeout: object) -> timedelta:
    """How long a store of this timeout waits: as long as it says, or as its database can at the longest.

    Args:
        timeout: The caller's.

    Raises:
        StoreError: It is no amount of time, or negative.

    >>> patience(timedelta(seconds=5)).total_seconds()
    5.0
    """
    if not isinstance(timeout, timedelta) or timeout < timedelta(0):
        raise StoreError("store-timeout", got=repr(timeout))
    return min(timeout, _LONGEST)
