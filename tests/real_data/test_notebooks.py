"""The notebooks run, and show what is kept in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.real_data.notebooks import METADATA, NOTEBOOKS, ROOT, cleaned, executed, read, shown

NAMES = [path.relative_to(ROOT).as_posix() for path in NOTEBOOKS]
MACHINE = ("/home/", "/work", "/tmp", "/opt", "/usr/", "site-packages", "Users")  # noqa: S108  # what must not stand there


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_shows_what_is_kept_in_it(name: str, real_data: Path) -> None:
    fresh = executed(ROOT / name, real_data)
    assert [*shown(fresh)] == [*shown(read(ROOT / name))]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_keeps_no_trace_of_a_machine_and_no_warning(name: str) -> None:
    kept = read(ROOT / name)
    assert kept["metadata"] == METADATA
    assert cleaned(kept) == kept
    outputs = [output for cell in kept["cells"] for output in cell.get("outputs", ())]
    assert [output for output in outputs if output.get("name") == "stderr"] == []
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [word for word in MACHINE if word in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_stays_small(name: str) -> None:
    assert (ROOT / name).stat().st_size < 600_000


def test_each_example_of_real_data_has_its_notebook() -> None:
    assert NAMES == ["examples/boston_311/boston_311.ipynb", "examples/uci_498/uci_498.ipynb"]
