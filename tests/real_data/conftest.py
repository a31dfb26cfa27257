"""The public data, read once for all tests: by hand, and as the examples read them."""

from __future__ import annotations

from pathlib import Path

import attrs
import pandas as pd
import pytest
from examples.boston_311 import boston
from examples.uci_498 import incidents
from tests.real_data import boston_by_hand, incidents_by_hand
from tests.real_data.boston_by_hand import Request, Rule
from tests.real_data.incidents_by_hand import Took


@attrs.frozen(kw_only=True)
class Boston:
    """The requests and rules read by hand."""

    rules: tuple[Rule, ...]
    requests: tuple[Request, ...]


@pytest.fixture(scope="session")
def by_hand(real_data: Path) -> Boston:
    return Boston(
        rules=tuple(boston_by_hand.rules_in(real_data)), requests=tuple(boston_by_hand.requests_in(real_data))
    )


@pytest.fixture(scope="session")
def requests(real_data: Path) -> pd.DataFrame:
    return boston.requests(real_data)


@pytest.fixture(scope="session")
def took(real_data: Path) -> dict[str, Took]:
    """The incidents by hand, less those written before they were opened."""
    found = (incidents_by_hand.took(rows) for rows in incidents_by_hand.histories(real_data))
    return {one.number: one for one in found if one}


@pytest.fixture(scope="session")
def incident_rows(real_data: Path) -> pd.DataFrame:
    return incidents.rows_of(real_data)


@pytest.fixture(scope="session")
def incident_log(incident_rows: pd.DataFrame) -> pd.DataFrame:
    return incidents.event_log(incident_rows[~incidents.written_before_opened(incident_rows)])
