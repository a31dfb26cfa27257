"""One complaint from its receipt to its closing: what each stage prints, worked out by hand from the story.

Hours count from Monday 2 March 2026, 09:00. Terms: from Quality's receipt at 10:00, 12 h for the analysis and the first
word (22:00), 48 h for the answer (Wednesday 10:00); from the analysis at 17:00, 24 h of containment; the containment of
its own runs from 18:00. Return note with Quality on Thursday at 11:00, plan 6 h later; disposition at 18:00, rework due
24 h later, done after 15. Boards: 498 = 460 good + 25 made good + 13 scrapped; 8 from stock, 493 back, 5 credited.
Money: two thirds of 12,000.50 are 8,000.33 and 1/3 of a cent, one third 4,000.16 and 2/3: the odd cent goes there.
"""

from __future__ import annotations

import runpy
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "examples" / "one_complaint"
EXPECTED = Path(__file__).with_name("one_complaint")
STAGES = sorted(path.stem for path in SCRIPTS.glob("stage_*.py"))


def test_every_stage_has_its_expected_lines() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.txt")) == STAGES


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_prints_what_was_worked_out_by_hand(
    stage: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    runpy.run_path(str(SCRIPTS / f"{stage}.py"), run_name="__main__")
    printed = capsys.readouterr().out
    expected = (EXPECTED / f"{stage}.txt").read_text(encoding="utf-8")
    assert OutputChecker().check_output(expected, printed, ELLIPSIS), printed


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_stays_short(stage: str) -> None:
    assert len((SCRIPTS / f"{stage}.py").read_text(encoding="utf-8").splitlines()) < 60
