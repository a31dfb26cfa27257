"""An extending rulebook with mistakes tells all of them at once, each with the line of its own file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rulebooks.extending import GROUP, digest_in, load

import qms_service as qms
from qms_service.rulebooks import Problem

WRONG = """
[set]
anser_within = { value = "1 h", clause = "5", reason = "fast" }
judge_within = { clause = "5", reason = "fast" }
[rename.departments]
qualty = "qa"
store  = "sales"
[rename.repair.subject]
model = "type"
[remove.repair.clocks]
answr   = { clause = "5", reason = "none" }
judging = { reason = "none" }
[replace.repair.events.judged]
clause  = 5.1
reason  = " "
without = ["rol"]
by      = "qualty"
[replace.repair.clocks.answer]
clause = "5"
reason = "fast"
warn   = "1 fortnight"
[add.repair.events.closed]
clause = "5"
reason = "again"
[add.repair.events.called]
clause = "5"
reason = "we call"
before = "clsoed"
needs  = ["reportd"]
[add.repair.steps]
x = 1
"""

MISTAKES = [
    ("set.anser_within", 9, "extends-unknown.nearest", "params.answer_within"),
    ("set.judge_within.value", 10, "missing-key", None),
    ("rename.departments.qualty", 12, "extends-unknown.nearest", "departments.quality"),
    ("rename.departments.store", 13, "extends-taken", None),
    ("rename.repair.subject.model", 15, "extends-no-rename", None),
    ("remove.repair.clocks.answr", 17, "extends-unknown.nearest", "repair.clocks.answer"),
    ("remove.repair.clocks.judging.clause", 18, "extends-why", None),
    ("replace.repair.events.judged.clause", 20, "clause-number", None),
    ("replace.repair.events.judged.reason", 21, "extends-why", None),
    ("replace.repair.events.judged.without", 22, "unknown-name.nearest", "role"),
    ("repair.events.judged.by", 23, "unknown-name.nearest", "quality"),
    ("repair.clocks.answer.warn", 27, "refused", None),
    ("add.repair.events.closed", 28, "extends-exists", None),
    ("add.repair.events.called.before", 34, "unknown-name.nearest", "closed"),
    ("add.repair.steps", 36, "extends-no-group", None),
    ("repair.events.called.needs[0]", 35, "unknown-name.nearest", "reported"),
]


def problems_of(folder: Path, changes: str, **more: str) -> tuple[Problem, ...]:
    with pytest.raises(qms.RulebookError) as refused:
        load(folder, changes, **more)
    return refused.value.problems


def test_all_mistakes_come_at_once_with_the_lines_of_the_childs_file(tmp_path: Path) -> None:
    found = [
        (one.path, one.line, one.code, one.operands.get("nearest")) for one in problems_of(tmp_path, WRONG)
    ]
    assert sorted(found, key=repr) == sorted(MISTAKES, key=repr)


def test_every_mistake_is_told_in_both_languages(tmp_path: Path) -> None:
    for problem in problems_of(tmp_path, WRONG):
        assert "{" not in problem.text()
        assert problem.text("zh") != problem.text("en")


def test_a_mistake_that_a_change_makes_in_the_parents_part_has_no_line(tmp_path: Path) -> None:
    """The gate of closing still asks for the step that is gone; it stands in the parent's file alone."""
    said = '[remove.repair.pauses]\nparts = { clause = "5", reason = "on the shelf" }\n'
    (problem,) = problems_of(tmp_path, said)
    assert (problem.path, problem.line) == ("repair.clocks.answer.paused_by[0]", None)


def test_the_line_of_a_key_that_the_child_does_not_write_is_not_guessed(tmp_path: Path) -> None:
    """`within` of the replaced clock is the parent's: it asks for a parameter that is gone."""
    said = """
        [remove.params]
        answer_within = { clause = "5", reason = "no promise" }
        [replace.repair.clocks.answer]
        clause = "5"
        reason = "fast"
        warn = "1 h"
        """
    (problem,) = problems_of(tmp_path, said)
    assert (problem.path, problem.line) == ("repair.clocks.answer.within", None)


@pytest.mark.parametrize(
    ("written", "code"), [("", "extends-digest-missing"), ("abc", "extends-digest")], ids=["missing", "wrong"]
)
def test_a_wrong_digest_prints_the_right_one(written: str, code: str, tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, "", digest=written)
    assert (problem.path, problem.line, problem.code) == ("extends.digest", 6, code)
    right = qms.load_rulebook(tmp_path / "group.toml").editions[0].digest
    assert f'digest = "{right}"' in problem.text()


def test_a_parent_that_changed_since_is_refused(tmp_path: Path) -> None:
    pinned = digest_in(tmp_path)
    (problem,) = problems_of(tmp_path, "", digest=pinned, group=GROUP.replace('"36 h"', '"35 h"'))
    assert (problem.code, problem.operands["got"]) == ("extends-digest", pinned)


def plant(folder: Path, extends: str) -> tuple[Problem, ...]:
    (folder / "group.toml").write_text(GROUP, encoding="utf-8")
    file = folder / "plant.toml"
    file.write_text(f'id = "plant"\nedition = "1"\n[extends]\n{extends}', encoding="utf-8")
    with pytest.raises(qms.RulebookError) as refused:
        qms.load_rulebook(file)
    return refused.value.problems


def test_a_parent_that_is_not_there_is_named_with_what_is(tmp_path: Path) -> None:
    (problem,) = plant(tmp_path, 'rulebook = "pcb-makr"\nedition = "1"\n')
    assert (problem.path, problem.line, problem.code) == ("extends.rulebook", 4, "extends-not-found.nearest")
    assert problem.operands["nearest"] == "pcb-maker"
    (problem,) = plant(tmp_path, 'rulebook = "../other/rules.toml"\nedition = "1"\n')
    assert problem.code == "extends-not-found"


def test_an_edition_that_the_parent_does_not_have_is_named_with_those_it_has(tmp_path: Path) -> None:
    (problem,) = plant(tmp_path, 'rulebook = "group.toml"\nedition = "8"\n')
    assert (problem.path, problem.line, problem.operands["allowed"]) == ("extends.edition", 5, ("7",))


@pytest.mark.parametrize("missing", ["rulebook", "edition"])
def test_the_parent_is_named_by_rulebook_and_edition(missing: str, tmp_path: Path) -> None:
    lines = {"rulebook": 'rulebook = "group.toml"\n', "edition": 'edition = "7"\n'}
    (problem,) = plant(tmp_path, "".join(line for key, line in lines.items() if key != missing))
    assert (problem.path, problem.code) == (f"extends.{missing}", "missing-key")


def test_a_cycle_of_parents_is_refused_in_the_file_that_closes_it(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        'id = "a"\nedition = "1"\n[extends]\nrulebook = "b.toml"\nedition = "1"\n', encoding="utf-8"
    )
    (tmp_path / "b.toml").write_text(
        'id = "b"\nedition = "1"\n[extends]\nrulebook = "a.toml"\nedition = "1"\n', encoding="utf-8"
    )
    with pytest.raises(qms.RulebookError, match=r"b\.toml has 1 problem") as refused:
        qms.load_rulebook(tmp_path / "a.toml")
    (problem,) = refused.value.problems
    assert (problem.path, problem.code) == ("extends.rulebook", "extends-cycle")


def test_a_rulebook_does_not_extend_itself(tmp_path: Path) -> None:
    (problem,) = plant(tmp_path, 'rulebook = "plant.toml"\nedition = "1"\n')
    assert problem.code == "extends-cycle"


def test_rules_that_stand_by_themselves_are_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, '[repair.events.paid]\nclause = "5"\n')
    assert problem.code == "extends-own-rules"
    assert "[add.repair]" in problem.text()
    (problem,) = problems_of(tmp_path, '[departments]\nfleet = { en = "Fleet" }\n')
    assert problem.code == "extends-own-rules"


def test_a_rename_stands_under_the_kind_of_its_rule(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, '[rename.events]\njudged = "seen"\n')
    assert (problem.path, problem.code) == ("rename.events", "extends-no-rename")


def test_a_rule_stands_in_one_of_the_groups(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, '[add]\n"repair.steps.x" = { clause = "5", reason = "new" }\n')
    assert (problem.path, problem.code) == ("add.repair.steps.x", "extends-no-group")


def test_a_mistyped_action_is_told_with_the_nearest(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, '[repalce.departments]\nsales = { en = "Trade" }\n')
    assert (problem.code, problem.operands["nearest"]) == ("unknown-key.nearest", "replace")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ('set = "fast"', "set"),
        ('add = { departments = "fleet" }', "add.departments"),
        ("add = { lease = 1 }", "add.lease"),
        ("remove = { repair = { clocks = { answer = true } } }", "remove.repair.clocks.answer"),
        ("set = { answer_within = '36 h' }", "set.answer_within"),
        ("rename = { departments = { sales = 3 } }", "rename.departments.sales"),
        ("rename = { departments = { sales = 'a.b' } }", "rename.departments.sales"),
        ("replace = { repair = { clocks = { answer = 'x' } } }", "replace.repair.clocks.answer"),
        ("replace = { roles = { head = { without = 'clause' } } }", "replace.roles.head.without"),
        ("replace = { roles = { head = { clause = true, reason = 3 } } }", "replace.roles.head.reason"),
    ],
)
def test_what_is_no_change_is_told_with_what_is_needed(changes: str, path: str, tmp_path: Path) -> None:
    (tmp_path / "group.toml").write_text(GROUP, encoding="utf-8")
    digest = qms.load_rulebook(tmp_path / "group.toml").editions[0].digest
    file = tmp_path / "plant.toml"
    extends = f'extends = {{ rulebook = "group.toml", edition = "7", digest = "{digest}" }}\n'
    file.write_text(f'id = "plant"\nedition = "1"\n{extends}{changes}\n', encoding="utf-8")
    with pytest.raises(qms.RulebookError) as refused:
        qms.load_rulebook(file)
    assert "wrong-type" in {one.code for one in refused.value.problems if one.path == path}


def test_a_parent_with_mistakes_in_its_own_changes_is_refused_under_its_own_name(tmp_path: Path) -> None:
    group = 'id = "group"\nedition = "7"\n[extends]\nrulebook = "nowhere"\nedition = "1"\n'
    with pytest.raises(qms.RulebookError, match=r"group\.toml has 1 problem"):
        load(tmp_path, "", digest="x", group=group)


def test_a_parent_that_is_no_toml_is_refused_under_its_own_name(tmp_path: Path) -> None:
    with pytest.raises(qms.RulebookError, match=r"group\.toml is no TOML"):
        load(tmp_path, "", digest="x", group="id = ")


def test_a_group_that_the_parent_wrote_as_no_table_does_not_stop_the_child(tmp_path: Path) -> None:
    """Parents are read as trees: what is wrong with one shows in what comes out of it."""
    group = GROUP.replace("[departments]", "numbers = 3\n[departments]", 1).replace(
        "[numbers.repair]", "[repair.numbr]"
    )
    said = '[add.numbers.job]\nclause = "5"\nreason = "own numbers"\npattern = "J-{seq}"\nreset = "never"\n'
    found = {one.path for one in problems_of(tmp_path, said, digest="x", group=group)}
    assert "extends.digest" in found
    assert not any(path.startswith("numbers") for path in found)


def test_rules_that_the_parent_wrote_as_no_table_are_told_after_a_rename(tmp_path: Path) -> None:
    group = GROUP + 'hat = "first"\n[repair.routes.judged]\ntable = 3\n'
    group = group.replace("[repair.events.reported]", "[repair.events]\npaid = 3\n[repair.events.reported]")
    said = '[rename.repair.events]\njudged = "seen"\n'
    found = {one.path: one.code for one in problems_of(tmp_path, said, digest="x", group=group)}
    assert found["repair.events.paid"] == "wrong-type"
    assert found["repair.routes.judged.table"] == "wrong-type"


def test_conditions_that_the_parent_wrote_as_no_table_are_told_after_a_rename(tmp_path: Path) -> None:
    group = GROUP.replace('when      = { "judged.ours" = false }', "when = [3]")
    said = '[rename.repair.events]\njudged = "seen"\n'
    found = [one for one in problems_of(tmp_path, said, digest="x", group=group) if one.code == "wrong-type"]
    assert [(one.path, one.line) for one in found] == [("repair.events.consented.when", None)]


@pytest.mark.parametrize(
    ("changes", "path", "line", "nearest"),
    [
        (
            '[remove.repair.pauses]\nparts = { clause = "5", reason = "none", reson = "x" }',
            "remove.repair.pauses.parts.reson",
            8,
            "reason",
        ),
        ('[rename.departments]\nstore = { to = "stock", by = "me" }', "rename.departments.store.by", 8, None),
        (
            '[replace.departments.store]\nclause = "2"\nreason = "x"\nbefore = "sales"',
            "departments.store.before",
            10,
            None,
        ),
        (
            '[set]\njudge_within = { value = "1 d", clause = "5", reason = "x", to = 1 }',
            "params.judge_within.to",
            8,
            None,
        ),
    ],
    ids=["remove", "rename", "replace", "set"],
)
def test_a_key_that_means_nothing_here_is_told(
    changes: str, path: str, line: int, nearest: str | None, tmp_path: Path
) -> None:
    found = {one.path: one for one in problems_of(tmp_path, changes + "\n")}
    assert found[path].code.startswith("unknown-key")
    assert (found[path].line, found[path].operands["nearest"]) == (line, nearest)


def test_a_rename_that_gives_a_clause_gives_a_reason_too(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, '[rename.departments]\nstore = { to = "stock", clause = "2" }\n')
    assert (problem.path, problem.code) == ("rename.departments.store.reason", "extends-why")


def test_a_parent_without_a_name_is_missing_and_not_the_folder_itself(tmp_path: Path) -> None:
    file = tmp_path / "plant.toml"
    file.write_text('id = "p"\nedition = "1"\n[extends]\nrulebook = ""\nedition = "7"\n', "utf-8")
    (tmp_path / "group.toml").write_text(GROUP, "utf-8")
    with pytest.raises(qms.RulebookError) as refused:
        qms.load_rulebook(file)
    assert [(one.path, one.code) for one in refused.value.problems] == [("extends.rulebook", "missing-key")]


def test_a_change_under_the_old_name_is_told_the_new_one(tmp_path: Path) -> None:
    said = (
        '[rename.repair.clocks]\nanswer = "reply"\n[replace.repair.clocks.answer]\nlabel = { en = "Reply" }\n'
    )
    (problem,) = problems_of(tmp_path, said)
    assert (problem.path, problem.operands["nearest"]) == (
        "replace.repair.clocks.answer",
        "repair.clocks.reply",
    )
