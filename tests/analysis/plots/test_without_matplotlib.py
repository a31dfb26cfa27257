"""Who has no matplotlib has the measures still, and is told what to install for the plots."""

from __future__ import annotations

import subprocess
import sys

WITHOUT = """
import sys
sys.modules["matplotlib"] = None
import qms_service as qms
assert qms.analysis.on_time
try:
    qms.analysis.plot_case
except qms.MissingExtraError as error:
    print(error)
"""


def test_the_error_says_what_to_install() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert 'matplotlib, which is not installed. Type: pip install "qms-service[analysis]"' in done.stdout


def test_measures_load_no_plot() -> None:
    code = "import sys, qms_service as qms; qms.analysis.on_time; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
