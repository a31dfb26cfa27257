"""A factory's rulebook says what it changes in another; the rest stays, and each rule tells whose it is."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from tests.rulebooks.extending import GROUP, load, rules

import qms_service as qms
from qms_service.rulebooks import Origin

SET = '[set]\nanswer_within = { value = "36 h", clause = "5.3", reason = "our customers ask for it" }\n'


def raw(edition: qms.Procedure) -> dict[str, Any]:
    return cast("dict[str, Any]", edition.rules.raw)


def test_a_rulebook_that_changes_nothing_has_the_rules_of_its_parent(tmp_path: Path) -> None:
    plant = rules(tmp_path, "").rules
    (tmp_path / "flat.toml").write_text(
        GROUP.replace('id       = "group"\nedition  = "7"', 'id = "plant"\nedition = "1"'), encoding="utf-8"
    )
    (flat,) = qms.load_rulebook(tmp_path / "flat.toml").editions
    assert (plant.id, plant.edition) == ("plant", "1")
    assert plant.digest == flat.rules.digest
    assert plant.title.text("zh") == "集团售后服务"


def test_an_inherited_rule_cites_the_parent_and_a_changed_one_the_child(tmp_path: Path) -> None:
    plant = rules(tmp_path, SET).rules
    judging, judged = plant.kinds["repair"].clocks["judging"], plant.kinds["repair"].events["judged"]
    assert str(judging.clause) == "group 4.2"
    assert judged.clause is not None
    assert (judged.clause.document, judged.clause.edition) == ("group", "7")
    assert str(plant.params["answer_within"].clause) == "plant 5.3"
    assert plant.provenance["params.answer_within"] == Origin(
        document="plant", edition="1", how="set", clause="5.3", reason="our customers ask for it"
    )
    assert plant.provenance["repair.clocks.judging"] == Origin(document="group", edition="7", how="inherited")


def test_a_set_figure_counts_in_every_clock_that_names_it(tmp_path: Path) -> None:
    edition = rules(tmp_path, SET)
    assert str(edition.rules.kinds["repair"].clocks["answer"].within) == "36 h"


def test_the_keys_that_a_replacement_gives_replace_those_of_the_rule_and_the_others_stay(
    tmp_path: Path,
) -> None:
    edition = rules(
        tmp_path,
        """
        [replace.repair.clocks.answer]
        clause  = "5.3"
        reason  = "parts are on the shelf"
        warn    = "24 h"
        without = ["paused_by"]
        """,
    )
    clock = edition.rules.kinds["repair"].clocks["answer"]
    assert (str(clock.warn), str(clock.within), clock.paused_by) == ("24 h", "48 h", ())
    assert str(clock.clause) == "plant 5.3"
    assert edition.rules.provenance["repair.clocks.answer"].how == "replaced"
    assert edition.rules.provenance["repair.clocks.answer.within"].how == "inherited"


def test_a_gate_that_stays_in_a_replaced_step_keeps_its_own_clause(tmp_path: Path) -> None:
    """A gate without a clause of its own rests on its step's, which is now the child's."""
    said = '[replace.repair.events.closed]\nclause = "6"\nreason = "sales keep the file"\nby = "sales"\n'
    closed = rules(tmp_path, said).rules.kinds["repair"].events["closed"]
    assert closed.by == "sales"
    assert [str(gate.clause) for gate in closed.gates] == ["group 4.4.1", "plant 6"]


def test_a_replaced_table_cites_the_child_and_one_that_stays_the_parent(tmp_path: Path) -> None:
    def clauses(changes: str) -> list[str]:
        (route,) = rules(tmp_path, changes).rules.kinds["repair"].routes
        return [str(rule.clause) for rule in route.table.rules]

    why = '[replace.repair.routes.answered]\nclause = "5.5"\nreason = "one answers"\n'
    table = 'table = """\n| id | keeper | -> responsible | clause |\n| all | - | sales | 5.5.1 |\n"""\n'
    assert clauses(why + 'hit = "first"\n') == ["group 4.4.2", "group 4.4.3"]
    assert clauses(why + table) == ["plant 5.5.1"]


def test_wording_is_changed_without_a_reason_and_the_rule_stays_the_parents(tmp_path: Path) -> None:
    plain = rules(tmp_path, "").rules
    worded = rules(
        tmp_path,
        """
        [replace.departments]
        store = { zh = "成品仓", vi = "Kho" }
        [replace.repair.clocks]
        answer = { label = { en = "Reply" } }
        """,
    ).rules
    assert worded.departments["store"].label.text("zh") == "成品仓"
    assert worded.kinds["repair"].clocks["answer"].label is not None
    assert worded.digest == plain.digest
    assert worded.provenance["departments.store"].how == "inherited"


def test_an_added_step_stands_where_it_says(tmp_path: Path) -> None:
    edition = rules(
        tmp_path,
        """
        [add.roles]
        driver = { en = "Driver", clause = "5.9", reason = "we fetch" }
        [add.departments]
        fleet = { en = "Fleet", zh = "车队", clause = "5.9", reason = "we fetch" }
        [add.repair.subject]
        distance = { type = "int", optional = true, clause = "5.9", reason = "paid by the km" }
        [add.repair.events.fetched]
        clause = "5.9"
        reason = "customers do not bring it"
        before = "judged"
        by     = "fleet"
        role   = "driver"
        needs  = ["reported"]
        [add.repair.events.paid]
        clause = "5.10"
        reason = "not all is free"
        """,
    )
    repair = edition.rules.kinds["repair"]
    assert [*repair.events] == ["reported", "fetched", "judged", "consented", "answered", "closed", "paid"]
    assert str(repair.events["fetched"].clause) == "plant 5.9"
    assert edition.rules.provenance["repair.events.paid"].reason == "not all is free"
    assert raw(edition)["departments"]["fleet"] == {"en": "Fleet", "zh": "车队"}
    assert raw(edition)["repair"]["subject"]["distance"] == {"type": "int", "optional": True}


def test_a_whole_kind_of_case_is_added_and_another_removed(tmp_path: Path) -> None:
    edition = rules(
        tmp_path,
        """
        [remove.repair]
        clause = "1"
        reason = "we make no repairs"
        [add.lease]
        clause = "8"
        reason = "we lease"
        label  = { en = "Lease" }
        [add.lease.events.opened]
        [add.lease.events.closed]
        clause = "8.2"
        """,
    )
    assert [*edition.rules.kinds] == ["lease"]
    assert str(edition.rules.kinds["lease"].events["closed"].clause) == "plant 8.2"
    origins = edition.rules.provenance
    assert origins["lease.events.closed"].how == "added"
    assert [path for path in origins if path.startswith("repair")] == ["repair"]
    assert origins["repair"].how == "removed"


def test_a_removed_rule_is_gone_and_its_reason_stays(tmp_path: Path) -> None:
    said = '[remove]\n"repair.clocks.judging" = { clause = "5.1", reason = "judged on the spot" }\n'
    edition = rules(tmp_path, said)
    assert [*edition.rules.kinds["repair"].clocks] == ["answer"]
    assert edition.rules.provenance["repair.clocks.judging"] == Origin(
        document="plant", edition="1", how="removed", clause="5.1", reason="judged on the spot"
    )


def test_the_settings_of_a_kind_are_replaced_and_its_rules_stay(tmp_path: Path) -> None:
    said = '[replace.repair]\nlate_entry = "1 d"\nclause = "9"\nreason = "we enter at once"\n'
    plant = rules(tmp_path, said).rules
    assert str(plant.kinds["repair"].late_entry) == "1 d"
    assert plant.provenance["repair"].how == "replaced"
    assert plant.provenance["repair.events.judged"].how == "inherited"


RENAMES = """
[rename.departments]
quality = "qa"
store   = { to = "stock", clause = "2.1", reason = "its name here" }
[rename.roles]
head = "qa_head"
deputy = "second"
[rename.params]
judge_within = "look_within"
[rename.numbers]
repair = "job"
[rename.repair.events]
judged   = "inspected"
reported = "called"
answered = "replied"
[rename.repair.pauses]
parts = "waiting"
[rename.repair.clocks]
answer = "reply"
"""


def test_a_rename_reaches_every_reference(tmp_path: Path) -> None:
    edition = rules(tmp_path, RENAMES)
    tree, repair = raw(edition), raw(edition)["repair"]
    events = repair["events"]
    assert [*tree["departments"]] == ["qa", "sales", "stock"]
    assert tree["departments"]["sales"]["deputies"] == ["qa"]
    assert tree["roles"]["qa_head"]["deputies"] == ["second"]
    assert [*tree["numbers"]] == ["job"]
    assert (repair["opening"], repair["late_entry"]) == ("called", "$look_within")
    assert [*events] == ["called", "inspected", "consented", "replied", "closed"]
    judged = events["inspected"]
    assert (judged["by"], judged["accountable"], judged["role"]) == ("qa", "qa", "qa_head")
    assert judged["needs"] == ["called"]
    consented = events["consented"]
    assert (consented["informed"], consented["consulted"], consented["not_by"]) == (
        ["qa", "stock"],
        ["qa"],
        ["inspected"],
    )
    assert consented["when"] == {"inspected.ours": False}
    assert consented["needs"] == [{"event": "inspected", "where": {"ours": False, "role": "qa_head"}}]
    assert events["replied"]["needs"] == [
        {"any": ["inspected", {"event": "consented", "after": "inspected"}], "when": {"inspected.ours": True}}
    ]
    assert events["closed"]["needs"] == [
        {
            "clause": "4.4.1",
            "all": ["replied", {"event": "called", "where": {"keeper": ["qa", "stock"]}}],
        },
        {"event": "inspected"},
    ]
    assert repair["pauses"]["waiting"]["to"] == "replied"
    clock = repair["clocks"]["reply"]
    assert clock["from"] == ["called", {"event": "inspected", "where": {"ours": True}}]
    assert (clock["to"], clock["paused_by"]) == ("replied", ["waiting"])
    assert repair["clocks"]["judging"]["within"] == "$look_within"


def test_a_rename_reaches_the_cells_of_a_table_and_leaves_its_layout(tmp_path: Path) -> None:
    """A route named after its step keeps its own name, and names the step."""
    route = raw(rules(tmp_path, RENAMES))["repair"]["routes"]["answered"]
    assert route["steps"] == ["replied"]
    assert route["table"].splitlines() == [
        "| id    | keeper                | -> responsible  | -> informed | clause |",
        "| known | not(stock)           | @called.keeper | qa     | 4.4.2  |",
        "| store | qa, stock | qa         | sales       | 4.4.3  |",
    ]


TABLES = (
    """
[repair.events.judged.facts]
cause    = ["wear", "misuse"]
ours     = "bool"
parties  = "department*"
[repair.events.approved]
needs = [
    { event = "judged", each = "judged.parties", where = { on_behalf_of = "head" } },
    { event = "judged", each = ["quality", "sales"] },
    { each = ["quality", "store"], any = ["reported", { event = "reported" }], match = "keeper" },
    { each = "judged.cause", every = true, event = "judged", match = "cause" },
    { each = ["quality"], event = "judged", match = "by" },
]
when  = [{ "judged.ours" = true }, { "subject.model" = "quality" }]
[repair.clocks.second]
from   = "reported"
to     = "closed"
within = { inputs = { at = { type = "text", from = ["reported.keeper"] } }, table = '''
| id  | at      | -> within     |
| one | quality | $judge_within |
| two | store   | 2 d           |
''' }
[repair.routes.closed]
hit     = "first"
steps   = ["closed", "approved"]
inputs  = { at = { type = "text", from = ["reported.keeper"] }, cause = ["wear", "misuse"] }
unknown = { at = "store", cause = "wear" }
table   = """
    '"""'
    """
| id | at | cause | -> responsible |
| a | quality | wear | @keeper |
| b | - | - | store |
"""
    '"""'
)


def test_a_rename_reaches_tables_of_terms_named_inputs_and_what_is_assumed(tmp_path: Path) -> None:
    """A text that only looks like a department, `subject.model`, stays."""
    facts = 'facts       = { cause = ["wear", "misuse"], ours = "bool" }\n'
    group = GROUP.replace(facts, "") + TABLES
    repair = raw(load(tmp_path, RENAMES, group=group).editions[0])["repair"]
    assert repair["events"]["approved"]["needs"] == [
        {"event": "inspected", "each": "inspected.parties", "where": {"on_behalf_of": "qa_head"}},
        {"event": "inspected", "each": ["qa", "sales"]},
        {"each": ["qa", "stock"], "any": ["called", {"event": "called"}], "match": "keeper"},
        {"each": "inspected.cause", "every": True, "event": "inspected", "match": "cause"},
        {"each": ["quality"], "event": "inspected", "match": "by"},
    ]
    assert repair["events"]["approved"]["when"] == [{"inspected.ours": True}, {"subject.model": "quality"}]
    within = repair["clocks"]["second"]["within"]
    assert within["inputs"] == {"at": {"type": "text", "from": ["called.keeper"]}}
    assert within["table"].splitlines()[1:] == [
        "| one | qa | $look_within |",
        "| two | stock   | 2 d           |",
    ]
    route = repair["routes"]["closed"]
    assert route["steps"] == ["closed", "approved"]
    assert route["inputs"]["cause"] == ["wear", "misuse"]
    assert route["unknown"] == {"at": "stock", "cause": "wear"}
    assert route["table"].splitlines()[1:] == [
        "| a | qa | wear | @keeper |",
        "| b | - | - | stock |",
    ]


def test_a_renamed_rule_still_cites_the_parent_and_knows_its_old_name(tmp_path: Path) -> None:
    plant = rules(tmp_path, RENAMES).rules
    assert plant.provenance["departments.stock"] == Origin(
        document="group", edition="7", how="renamed", clause="2.1", reason="its name here", was="store"
    )
    assert str(plant.kinds["repair"].events["inspected"].clause) == "group 4.2"
    assert "departments.store" not in plant.provenance


def test_a_rename_needs_no_reason_in_either_form(tmp_path: Path) -> None:
    plant = rules(tmp_path, '[rename.departments]\nstore = { to = "stock" }\nsales = "trade"\n').rules
    assert [*plant.departments] == ["quality", "trade", "stock"]
    assert plant.provenance["departments.stock"].reason == ""


def test_changes_speak_of_a_renamed_rule_by_its_new_name(tmp_path: Path) -> None:
    said = '[replace.repair.events.inspected]\nclause = "5.2"\nreason = "no head here"\nwithout = ["role"]\n'
    plant = rules(tmp_path, RENAMES + said).rules
    assert plant.kinds["repair"].events["inspected"].role is None
    assert plant.provenance["repair.events.inspected"].was == "judged"
    assert plant.provenance["repair.events.inspected"].how == "replaced"


def test_what_the_child_removes_it_may_add_anew(tmp_path: Path) -> None:
    said = """
        [remove.repair.clocks]
        judging = { clause = "5.1", reason = "written anew below" }
        [add.repair.clocks.judging]
        clause = "5.1"
        reason = "from the answer on"
        from   = "answered"
        to     = "closed"
        within = "1 d"
        """
    plant = rules(tmp_path, said).rules
    assert str(plant.kinds["repair"].clocks["judging"].clause) == "plant 5.1"


def test_a_plant_extends_a_group_that_extends_a_shipped_rulebook(tmp_path: Path) -> None:
    """What the group changed keeps citing the group, with its reason."""
    shipped = qms.load_rulebook("pcb-maker").on(date(2026, 3, 2)).digest
    group = f"""\
id      = "group"
edition = "7"
[extends]
rulebook = "pcb-maker"
edition  = "1"
digest   = "{shipped}"
[set]
contain_within = {{ value = "12 h", clause = "G 3", reason = "cars" }}
"""
    load(tmp_path, "", digest=_digest_of(tmp_path, group), group=group)
    (plant,) = load(
        tmp_path,
        '[set]\nanswer_within = { value = "24 h", clause = "P 1", reason = "the customer next door" }\n',
        digest=_digest_of(tmp_path, group),
        group=group,
    ).editions
    params = plant.rules.params
    assert [str(params[name].clause) for name in ("analyse_within", "contain_within", "answer_within")] == [
        "pcb-maker 4.2.4.2",
        "group G 3",
        "plant P 1",
    ]
    contained = plant.rules.provenance["params.contain_within"]
    assert (contained.how, contained.reason) == ("inherited", "cars")


def _digest_of(folder: Path, text: str) -> str:
    (folder / "group.toml").write_text(text, encoding="utf-8")
    return qms.load_rulebook(folder / "group.toml").editions[0].digest


def test_an_edition_extends_the_one_before_it(tmp_path: Path) -> None:
    folder = tmp_path / "group"
    folder.mkdir()
    (folder / "7.toml").write_text(GROUP, encoding="utf-8")
    digest = qms.load_rulebook(folder).editions[0].digest
    (folder / "8.toml").write_text(
        f"""\
id = "group"
edition = "8"
effective_from = 2027-01-01
[extends]
rulebook = "7.toml"
edition = "7"
digest = "{digest}"
[set]
judge_within = {{ value = "1 d", clause = "4.2", reason = "audit of 2026" }}
""",
        encoding="utf-8",
    )
    book = qms.load_rulebook(folder)
    assert [one.edition for one in book.editions] == ["7", "8"]
    assert str(book.on(date(2027, 1, 1)).rules.kinds["repair"].clocks["judging"].within) == "1 d"


def test_neither_the_list_of_clauses_nor_the_date_is_inherited(tmp_path: Path) -> None:
    group = GROUP.replace('timezone = "Asia', 'effective_from = 2026-01-01\ntimezone = "Asia')
    group += '[clauses]\n"4.1" = { status = "rule" }\n'
    digest = _digest_of(tmp_path, group)
    plant = load(tmp_path, "", digest=digest, group=group).editions[0].rules
    assert plant.effective_from is None
    assert not plant.clauses


def test_a_case_under_a_plants_rulebook_names_the_plants_clause(tmp_path: Path) -> None:
    edition = rules(tmp_path, SET.replace('"36 h"', '"12 h"'))
    at = qms.Subject(
        "repair", facts={"customer": "ACME", "model": "P-7"}, opened_at=_at("2026-03-02T08:00:00+08:00")
    )
    deadline = edition.deadline(edition.open(at), "answer", now=_at("2026-03-02T09:00:00+08:00"))
    assert deadline.due_at is not None
    assert deadline.due_at.isoformat() == "2026-03-02T20:00:00+08:00"
    assert str(deadline.clause) == "group 4.4"


def _at(text: str) -> Any:  # noqa: ANN401  # an aware datetime

    return datetime.fromisoformat(text)


@pytest.mark.parametrize("key", ["timezone", "calendar"])
def test_a_plant_has_its_own_zone_and_calendar(key: str, tmp_path: Path) -> None:
    (tmp_path / "group.toml").write_text(GROUP, encoding="utf-8")
    digest = qms.load_rulebook(tmp_path / "group.toml").editions[0].digest
    own = {"timezone": '"Asia/Ho_Chi_Minh"', "calendar": '"continuous"'}[key]
    file = tmp_path / "plant.toml"
    file.write_text(
        f'id = "plant"\nedition = "1"\n{key} = {own}\n'
        f'[extends]\nrulebook = "group.toml"\nedition = "7"\ndigest = "{digest}"\n',
        encoding="utf-8",
    )
    zone = qms.load_rulebook(file).editions[0].rules.zone.name
    assert zone == ("Asia/Ho_Chi_Minh" if key == "timezone" else "Asia/Shanghai")
