"""The scripts print what the page on real data shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from examples.boston_311 import boston
from examples.uci_498 import incidents
from tests.real_data.notebooks import ROOT


@pytest.mark.parametrize("main", [boston.main, incidents.main], ids=["boston", "incidents"])
def test_a_script_prints_what_the_page_shows(
    main: Callable[[Path], None], real_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(real_data)
    page = (ROOT / "docs" / "real-data.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out in re.findall(r"(?ms)^```text\n(.*?)^```$", page)
