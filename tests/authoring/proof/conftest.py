"""Copies of the shipped rulebook with one place changed, and small rulebooks of a few steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

import qms_service as qms
from qms_service.rulebooks import Procedure

DAY = date(2026, 3, 2)
Changed = Callable[..., Procedure]
Written = Callable[[str], Procedure]


@pytest.fixture(scope="session")
def pcb_maker() -> Procedure:
    return qms.load_rulebook("pcb-maker").on(DAY)


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """Gives the shipped rulebook with one text, which stands there once, replaced by another."""
    shipped = (files("qms_service.rulebooks") / "shipped" / "pcb-maker" / "1.toml").read_text(
        encoding="utf-8"
    )

    def change(old: str, new: str) -> Procedure:
        assert shipped.count(old) == 1
        copy = tmp_path / "copy.toml"
        copy.write_text(shipped.replace(old, new), encoding="utf-8")
        return qms.load_rulebook(copy).on(DAY)

    return change


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Gives a rulebook whose kind `job` has the events written, after an opening `opened`."""

    def write(events: str) -> Procedure:
        text = 'id = "small"\nedition = "1"\ntimezone = "UTC"\n[departments]\na = {}\nb = {}\nc = {}\n'
        file = tmp_path / "small.toml"
        file.write_text(f'{text}[job]\nopening = "opened"\n{events}', encoding="utf-8")
        return qms.load_rulebook(file).on(DAY)

    return write
