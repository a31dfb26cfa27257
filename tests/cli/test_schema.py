"""The command line: `python -m qms_service schema`."""

from __future__ import annotations

import json

import pytest

from qms_service.__main__ import main
from qms_service.authoring import editor


def test_the_schema_is_printed_for_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == editor.rulebook_schema()
