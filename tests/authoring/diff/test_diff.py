"""The deviation list of a plant: which rules differ from the group's, in words, with clause and reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.rulebooks.extending import GROUP, load

import qms_service as qms
from qms_service.__main__ import main
from qms_service.authoring.diff import Change, Deviation, Deviations, diff, from_parent
from qms_service.authoring.diff.words import said
from qms_service.errors import EntryError
from qms_service.facts import Facts

CHANGES = """
[rename.departments]
store = { to = "stock", clause = "2.1", reason = "its name here" }
[rename.roles]
head = "qa_head"
[set]
answer_within = { value = "36 h", clause = "5.3", reason = "our customers ask for it" }
[remove.repair.pauses]
parts = { clause = "5.4", reason = "parts are on the shelf" }
[replace.repair.clocks.answer]
clause  = "5.3"
reason  = "two shifts"
warn    = "24 h"
without = ["paused_by"]
[replace.repair.events.judged]
clause = "5.2"
reason = "the cause is found later"
facts  = { cause = ["wear", "misuse"], ours = { type = "bool", optional = true }, grade = { type = "int" } }
[replace.repair.events.closed]
clause = "5.5"
reason = "no notice here"
needs  = [{ any = ["judged", { event = "answered", after = "judged" }], when = { "judged.ours" = true } }]
[replace.departments]
sales = { en = "Trade" }
[add.repair.events.fetched]
clause = "5.9"
reason = "customers do not bring it"
label  = { en = "Fetched", zh = "上门取件" }
by     = "sales"
needs  = ["reported"]
"""

ENGLISH = """\
  Department stock (Store), before store [plant 2.1], because: its name here
  Role qa_head (Head of quality), before head [group 3.1]
  Figure answer_within: value 48 h → 36 h (counts for answer) [plant 5.3], because: our customers ask for it
  Step judged: fact ours bool → bool?; fact grade int is new [plant 5.2], because: the cause is found later
  Step closed: needs answered and reported (keeper = quality or stock), judged → judged or answered after judged \
if judged.ours = yes [plant 5.5], because: no notice here
  Pause parts removed [plant 5.4], because: parts are on the shelf
  Clock answer: warning 36 h → 24 h; paused by parts is dropped [plant 5.3], because: two shifts
  Step fetched added: by sales; needs reported [plant 5.9], because: customers do not bring it"""

CHINESE = """\
  部门 stock（货仓），原名 store [plant 2.1]，理由：its name here
  职务 qa_head（品质经理），原名 head [group 3.1]
  参数 answer_within：数值 48 h → 36 h（用于 answer） [plant 5.3]，理由：our customers ask for it
  步骤 judged：记录项 ours bool → bool?；新增记录项 grade int [plant 5.2]，理由：the cause is found later"""


@pytest.fixture
def found(tmp_path: Path) -> Deviations:
    plant = load(tmp_path, CHANGES)
    return diff(tmp_path / "group.toml", plant)


def test_the_list_says_what_differs_and_why(found: Deviations) -> None:
    title, *lines = found.text().splitlines()
    assert title.startswith("plant edition 1 (")
    assert title.endswith(": 8 deviation(s)")
    assert "\n".join(lines) == ENGLISH
    assert str(found) == found.text()


def test_the_list_in_chinese(found: Deviations) -> None:
    lines = found.text("zh").splitlines()
    assert lines[0].startswith("plant 第 1 版 (")
    assert lines[0].endswith("偏差 8 项")
    assert "\n".join(lines[1:5]) == CHINESE
    assert lines[6:] == [
        "  删除暂停 parts [plant 5.4]，理由：parts are on the shelf",
        "  时限 answer（答复）：预警 36 h → 24 h；取消暂停原因 parts [plant 5.3]，理由：two shifts",
        "  新增步骤 fetched（上门取件）：责任部门 sales；前提 reported [plant 5.9]，理由：customers do not bring it",
    ]


def test_a_loaded_rulebook_knows_its_parent_and_one_without_has_no_list(
    found: Deviations, tmp_path: Path
) -> None:
    plant = load(tmp_path, CHANGES)
    assert from_parent(plant.editions[0].rules) == found
    assert from_parent(qms.load_rulebook(tmp_path / "group.toml").editions[0].rules) is None


def test_a_deviation_is_a_value(found: Deviations) -> None:
    figure = next(one for one in found if one.path == "params.answer_within")
    assert (figure.kind, figure.changes) == ("changed", (Change("value", "48 h", "36 h"),))
    assert figure.clause is not None
    assert (figure.clause.document, figure.clause.edition, figure.clause.number) == ("plant", "1", "5.3")
    assert (figure.reason, figure.used_by) == ("our customers ask for it", ("repair.clocks.answer",))
    assert figure.before is not None
    assert figure.after is not None
    assert (figure.before["value"], figure.after["value"]) == ("48 h", "36 h")
    assert len({*found.items, *found.items}) == len(found) == 8
    assert str(figure) == figure.text()


def test_the_list_as_programs_read_it(found: Deviations) -> None:
    data = json.loads(json.dumps(found.data()))
    assert (data["before"]["rulebook"], data["after"]["rulebook"]) == ("group", "plant")
    judged = next(one for one in data["deviations"] if one["path"] == "repair.events.judged")
    assert judged["changes"] == [
        {"key": "facts.ours", "before": "bool", "after": "bool?"},
        {"key": "facts.grade", "before": None, "after": "int"},
    ]
    assert (judged["clause"], judged["was"]) == ("plant 5.2", None)


def test_the_other_way_round_each_deviation_stands_without_a_reason(
    found: Deviations, tmp_path: Path
) -> None:
    back = diff(load(tmp_path, CHANGES), tmp_path / "group.toml")
    assert {one.path: one.kind for one in back} == {
        "departments.store": "renamed",
        "roles.head": "renamed",
        "params.answer_within": "changed",
        "repair.events.judged": "changed",
        "repair.events.closed": "changed",
        "repair.events.fetched": "removed",
        "repair.clocks.answer": "changed",
        "repair.pauses.parts": "added",
    }
    assert {one.reason for one in back} == {""}
    assert len(back) == len(found)


def changed(before: str, after: str, folder: Path) -> list[str]:
    """The deviations of two rulebooks that know nothing of each other."""
    files = []
    for name, text in (("a", before), ("b", after)):
        (folder / name).mkdir()
        (folder / name / "book.toml").write_text(text, encoding="utf-8")
        files.append(folder / name)
    return [str(one) for one in diff(*files)]


def test_the_same_rules_in_other_words_and_another_layout_have_no_deviation(tmp_path: Path) -> None:
    other = GROUP.replace('en = "Store"', 'en = "Warehouse"').replace("| known | not", "|   known|not")
    assert other != GROUP
    assert changed(GROUP, other, tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "deviation"),
    [
        ('clause = "4.6"', 'clause = "4.7"', "Pause parts: clause 4.6 → 4.7 [group 4.7]"),
        ('"Asia/Shanghai"', '"Asia/Tokyo"', "Rulebook: time zone Asia/Shanghai → Asia/Tokyo"),
        (
            'timezone = "Asia/Shanghai"',
            'timezone = "Asia/Shanghai"\ncalendar = "plant"',
            "Rulebook: calendar continuous → plant",
        ),
        ('customer = "text"', 'customer = "text?"', "Fact of the subject customer: type text → text?"),
        (
            'facts       = { cause = ["wear", "misuse"]',
            'facts       = { cause = { type = ["wear", "misuse"], optional = true }',
            "Step judged: fact cause wear, misuse → wear, misuse, ? [group 4.2]",
        ),
        (
            'late_entry = "$judge_within"',
            'late_entry = "1 d"',
            "Kind of case repair: entry within $judge_within → 1 d",
        ),
        (
            "| quality         | sales",
            "| store           | sales",
            "Route answered: row store keeper quality, store ⇒ responsible quality, informed sales → \
keeper quality, store ⇒ responsible store, informed sales",
        ),
        (
            'within = "$judge_within"',
            "within = { table = '''\n| id | ours | -> within |\n| yes | true | 1 d |\n| no | - | 2 d |\n''', hit = 'first' }",
            "Clock judging: within $judge_within is dropped; row yes ours true ⇒ within 1 d is new; \
row no - ⇒ within 2 d is new [group 4.2]",
        ),
    ],
    ids=["clause", "zone", "calendar", "subject", "fact", "kind", "row", "table"],
)
def test_any_two_rulebooks_are_compared(old: str, new: str, deviation: str, tmp_path: Path) -> None:
    assert GROUP.count(old) == 1
    assert changed(GROUP, GROUP.replace(old, new), tmp_path) == [deviation]


LEASE = '[lease.events.opened]\nclause = "8.1"\n[lease.events.closed]\n'


def test_a_kind_of_case_that_is_gone_is_one_deviation(tmp_path: Path) -> None:
    assert changed(GROUP + LEASE, GROUP, tmp_path) == ["Kind of case lease removed"]


def test_a_new_kind_of_case_is_told_rule_by_rule_and_each_rule_names_its_kind(tmp_path: Path) -> None:
    assert changed(GROUP, GROUP + LEASE, tmp_path) == [
        "Kind of case lease added",
        "lease: Step opened added: clause 8.1 [group 8.1]",
        "lease: Step closed added",
    ]


def test_every_form_of_a_condition_is_told_in_words() -> None:
    told = {
        "seen = yes or bad = a or b": (Facts({"seen": True}), Facts({"bad": ["a", "b"]})),
        "signed for each of judged.parties": Facts({"event": "signed", "each": "judged.parties"}),
        "tested for each of roof, door, by place": Facts(
            {"each": ["roof", "door"], "event": "tested", "match": "place"}
        ),
        "tested or left for each found.hole on record, by hole": Facts(
            {"each": "found.hole", "every": True, "any": ["tested", "left"], "match": "hole"}
        ),
        "3 × tested waivable": Facts({"event": "tested", "count": 3, "waivable": True}),
        "all linked claim, return closed": Facts({"settled": ["claim", "return"]}),
        "a, b": ("a", "b"),
    }
    assert {said(value) for value in told.values()} == set(told)


def test_what_is_no_rulebook_is_refused() -> None:
    with pytest.raises(EntryError, match="Got 3"):
        diff("pcb-maker", 3)  # type: ignore[arg-type]
    with pytest.raises(qms.RulebookError):
        diff("pcb-maker", __file__)


def test_a_renamed_and_changed_rule_says_both() -> None:
    deviation = Deviation(
        path="roles.qa", kind="changed", was="head", changes=(Change("deputies", None, ("deputy",)),)
    )
    assert deviation.text() == "Role qa, before head: deputies deputy is new"
    assert deviation.text("zh") == "职务 qa（原 head）：新增代理 deputy"


def test_the_command_prints_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(tmp_path, CHANGES)
    arguments = ["diff", str(tmp_path / "group.toml"), str(tmp_path / "plant.toml")]
    assert main(arguments) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ENGLISH.splitlines()
    assert main([*arguments, "--json", "--lang", "zh"]) == 0
    texts = [one["text"] for one in json.loads(capsys.readouterr().out)["deviations"]]
    assert texts[:4] == [line.strip() for line in CHINESE.splitlines()]


def test_a_rulebook_that_is_not_there_is_told_and_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "pcb-maker", "nowhere"]) == 1
    assert "nowhere is neither" in capsys.readouterr().err
