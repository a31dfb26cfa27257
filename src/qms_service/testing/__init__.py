"""Testing (测试): what a team needs to test its own use of the library. Public.

`StoreContract` needs pytest, and is loaded when it is first asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from qms_service.errors import MissingExtraError
from qms_service.testing.fixed_now import FixedNow

if TYPE_CHECKING:
    from qms_service.testing.store_contract import StoreContract

__all__ = ["FixedNow", "StoreContract"]
_CONTRACT: Final = f"{__name__}.store_contract"


def __getattr__(name: str) -> object:
    if name != "StoreContract":
        msg = f"module {__name__!r} has no attribute {name!r}; there are: {', '.join(__all__)}"
        raise AttributeError(msg)
    if find_spec("pytest") is None:
        raise MissingExtraError("missing-extra", extra="test", package="pytest", what="StoreContract")
    if _CONTRACT not in sys.modules:
        # So that a failing contract shows the values that it compared, as a team's own tests do.
        import_module("pytest").register_assert_rewrite(_CONTRACT)
    contract: object = import_module(_CONTRACT).StoreContract
    globals()[name] = contract
    return contract
