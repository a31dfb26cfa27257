"""The stores of the documentation keep what every store promises, run as a team would run them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import qms_service as qms

PAGE = Path(__file__).parents[2] / "docs" / "writing-an-adapter.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_stores_of_the_page_keep_the_contract(tmp_path: Path) -> None:
    page = tmp_path / "test_page.py"
    page.write_text("\n".join(BLOCK.findall(PAGE.read_text(encoding="utf-8"))), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", page.name],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(qms.__file__).parents[1]), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "failed" not in done.stdout
