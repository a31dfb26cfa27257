"""The public data, read once for all tests: by hand, and as the examples read them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import attrs
import pandas as pd
import pytest
from examples.boston_311 import boston
from examples.uci_498 import incidents
from tests.real_data import boston_by_hand, incidents_by_hand
from tests.real_data.boston_by_hand import Request, Rule
from tests.real_data.incidents_by_hand import Row, Took

LAST = datetime(2017, 2, 19)  # noqa: DTZ001  # the day after the last row of the log


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
def histories(real_data: Path) -> list[list[Row]]:
    """The rows of each incident by hand, less those written before it was opened."""
    found = incidents_by_hand.histories(real_data)
    return [rows for rows in found if not incidents_by_hand.written_before_opened(rows)]


@pytest.fixture(scope="session")
def took(histories: list[list[Row]]) -> dict[str, Took]:
    """How long each took in the end, by hand."""
    found = (incidents_by_hand.took(rows, LAST) for rows in histories)
    return {one.number: one for one in found if one}


@pytest.fixture(scope="session")
def incident_rows(real_data: Path) -> pd.DataFrame:
    return incidents.rows_of(real_data)


@pytest.fixture(scope="session")
def incident_log(incident_rows: pd.DataFrame) -> pd.DataFrame:
    return incidents.event_log(incident_rows[~incidents.written_before_opened(incident_rows)])
