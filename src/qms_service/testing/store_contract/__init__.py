"""StoreContract (存储契约): what `qms_service.ports` promises, as tests that a team runs over its own store.

Each part is a class of its own, for a store that is being built: saving, values, finding, keys, transactions,
allocating, reserving, ledger, trail, reopening.
"""

from qms_service.testing.store_contract.allocating import AllocatingContract
from qms_service.testing.store_contract.finding import FindingContract
from qms_service.testing.store_contract.keys import KeysContract
from qms_service.testing.store_contract.ledger import LedgerContract
from qms_service.testing.store_contract.reopening import ReopeningContract
from qms_service.testing.store_contract.reserving import ReservingContract
from qms_service.testing.store_contract.saving import SavingContract
from qms_service.testing.store_contract.trail import TrailContract
from qms_service.testing.store_contract.transactions import TransactionsContract
from qms_service.testing.store_contract.values import ValuesContract

__all__ = [
    "AllocatingContract",
    "FindingContract",
    "KeysContract",
    "LedgerContract",
    "ReopeningContract",
    "ReservingContract",
    "SavingContract",
    "StoreContract",
    "TrailContract",
    "TransactionsContract",
    "ValuesContract",
]


class StoreContract(
    SavingContract,
    ValuesContract,
    FindingContract,
    KeysContract,
    TransactionsContract,
    AllocatingContract,
    ReservingContract,
    LedgerContract,
    TrailContract,
    ReopeningContract,
):
    """All that a store promises. Override the fixture `store`, and `reopened` where the store is kept.

    class TestOurStore(StoreContract):
        @pytest.fixture
        def store(self, tmp_path):
            with our_store(tmp_path / "qms.db") as store:
                yield store
    """
