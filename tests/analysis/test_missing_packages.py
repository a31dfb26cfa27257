"""Without its packages the room says which extra brings them; the rest of the library does not notice."""

from __future__ import annotations

import subprocess
import sys

import pytest

WITHOUT = """
import sys
sys.modules[{package!r}] = None
import qms_service as qms
qms.load_rulebook("pcb-maker")
assert dir(qms.analysis)
try:
    qms.analysis.deadlines_frame
except qms.MissingExtraError as error:
    print(error.extra, error.package)
"""


@pytest.mark.parametrize("package", ["numpy", "narwhals"])
def test_a_missing_package_is_named_with_the_extra_that_brings_it(package: str) -> None:
    code = WITHOUT.format(package=package)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["analysis", package]


def test_a_name_that_is_not_there_is_an_attribute_error_with_those_that_are() -> None:
    import qms_service as qms  # noqa: PLC0415  # its own attribute is what is asked for

    with pytest.raises(AttributeError, match=r"there are: .*deadlines_frame"):
        qms.analysis.deadline_frame  # noqa: B018  # the access is the test
