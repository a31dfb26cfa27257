"""Who has no openpyxl has the forms as HTML and Markdown still, and is told what to install for Excel."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

import pytest
from tests.forms.conftest import MONDAY, Grown

import qms_service as qms
from qms_service.forms import Forms

FILLED = """
from datetime import UTC, datetime
import sys
import qms_service as qms
from qms_service.forms import load_forms
noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
book = qms.load_rulebook("pcb-maker")
case = book.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
filled = load_forms("pcb-maker", book).form("complaint-record").fill(case, book, now=noon)
filled.to_html(), filled.to_markdown(), filled.data()
print("openpyxl" in sys.modules)
"""


def test_the_error_says_what_to_install(
    forms: Forms, book: qms.Rulebook, grown: Grown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.delitem(sys.modules, "qms_service.forms.xlsx", raising=False)
    filled = forms.form("complaint-record").fill(grown(1), book, now=MONDAY)
    with pytest.raises(qms.MissingExtraError, match=r'pip install "qms-service\[forms\]"'):
        filled.to_xlsx(BytesIO())


def test_filling_a_form_loads_no_excel() -> None:
    done = subprocess.run([sys.executable, "-c", FILLED], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
