"""Adapters (适配器): the stores that ship. Each module has `open`, which gives a store.

Those over SQL have `on` besides, for a connection that the caller owns.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from qms_service.adapters import memory, sql, sqlalchemy, sqlite

__all__ = ["memory", "sql", "sqlalchemy", "sqlite"]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    msg = f"module {__name__!r} has no attribute {name!r}; there are: {', '.join(__all__)}"
    raise AttributeError(msg)
