"""Invariants are read from a small file; all its mistakes come at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import qms_service as qms
from qms_service.authoring.proof import Invariant, Wanted, load_invariants
from qms_service.clauses import ClauseRef

OWN = """
rulebook = "pump-maker"

[invariants.fixed]
kind         = "repair"
clause       = "5.4"
en           = "Nothing is closed that was not fixed after the last visit."
zh           = "最后一次上门之后未修复的，不得关闭。"
never        = "closed"
where        = { "reported.urgent" = true }
unless       = ["visited", { event = "fixed", where = { tested = true }, after = "visited" }]
leaves_aside = ["corrections"]
"""


def test_a_file_says_what_never_happens(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    (fixed,) = load_invariants(file)
    assert fixed == Invariant(
        id="fixed",
        kind="repair",
        clause=ClauseRef("5.4", document="pump-maker"),
        never="closed",
        where={"reported.urgent": True},
        unless=[Wanted(event="visited"), Wanted(event="fixed", where={"tested": True}, after="visited")],
        leaves_aside=["corrections"],
    )
    assert fixed.sentence.text("zh").startswith("最后一次上门")


def test_a_folder_has_the_invariants_of_all_its_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        text = OWN.replace("invariants.fixed", f"invariants.{name}")
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    assert [one.id for one in load_invariants(tmp_path)] == ["a", "b"]


def test_every_shipped_invariant_has_a_sentence_in_both_languages_and_a_clause() -> None:
    shipped = load_invariants("pcb-maker")
    assert len(shipped) == len({one.id for one in shipped}) == 42
    assert all(dict(one.sentence.names).keys() == {"en", "zh"} and one.clause for one in shipped)


def test_all_mistakes_come_at_once_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(
        '[invariants.a]\nkind = "repair"\nnever = 3\nunles = ["visited"]\n'
        'unless = [1, { where = {} }]\nleaves_aside = ["corections"]\n',
        encoding="utf-8",
    )
    with pytest.raises(qms.RulebookError) as caught:
        load_invariants(file)
    text = str(caught.value)
    assert "wrong.toml has 5 problem(s):" in text
    assert "invariants.a.never:3" in text
    assert "unless" in text
    assert "corrections" in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "there is no invariant"),
        (b"[invariants", "no TOML"),
        (b"\xff", "own.toml"),
    ],
)
def test_a_file_without_invariants_says_so(content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(content)
    with pytest.raises(qms.RulebookError, match=said):
        load_invariants(file)


@pytest.mark.parametrize(
    ("source", "said"),
    [("pcb-makr", "Did you mean pcb-maker"), ("nowhere.toml", "nowhere.toml"), ("", "needed"), (3, "needed")],
)
def test_a_source_that_is_none_says_what_there_is(source: str, said: str) -> None:
    with pytest.raises(qms.QmsError, match=said):
        load_invariants(source)
