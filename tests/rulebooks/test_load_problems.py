"""A rulebook with mistakes tells all of them at once: where, what was got, what is allowed, what was meant."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, cast

import pytest

import qms_service as qms
from qms_service.rulebooks import Problem, sources

TWELVE = """\
id       = "twelve"
edition  = "1"
timezone = "Asia/Shanghia"
calender = "continuous"
[departments]
quality = { en = "Quality" }
[params]
answer_within = { value = "48 h", clause = "4.2" }
[lease]
opening = "signed"
[lease.events.signed]
clause = 5.10
by     = "qualty"
[lease.events.judged]
needs  = ["sigend"]
facts  = { reasonable = "bol", note = "text", cause = "text" }
[lease.events.closed]
optional = "yes"
[[lease.events.closed.needs]]
when  = { "judged.reasonble" = true }
event = "judged"
where = { cause = 3 }
[lease.clocks.answer]
from   = "signed"
to     = "judged"
within = "$anser_within"
warn   = "at once"
[lease.routes.judged]
table = \"\"\"
| id    | cause | -> responsible |
| one   | a     | quality        |
| other | -     | qualitty       |
\"\"\"
"""


class Mistake(NamedTuple):
    path: str
    line: int | None
    code: str
    got: object = None
    nearest: str | None = None


MISTAKES = [
    Mistake("timezone", 3, "unknown-zone", "Asia/Shanghia"),
    Mistake("calender", 4, "unknown-key.nearest", "calender", "calendar"),
    Mistake("lease.events.signed.clause", 12, "clause-number", Decimal("5.10")),
    Mistake("lease.events.signed.by", 13, "unknown-name.nearest", "qualty", "quality"),
    Mistake("lease.events.judged.needs[0]", 15, "unknown-name.nearest", "sigend", "signed"),
    Mistake("lease.events.judged.facts.reasonable", 16, "refused"),
    Mistake("lease.events.judged.facts.note", 16, "reserved-name", "note"),
    Mistake("lease.events.closed.optional", 18, "wrong-type", "'yes'"),
    Mistake(
        "lease.events.closed.needs[0].when.judged.reasonble",
        20,
        "unknown-name.nearest",
        "reasonble",
        "reasonable",
    ),
    Mistake("lease.events.closed.needs[0].where.cause", 22, "refused"),
    Mistake("lease.clocks.answer.within", 26, "unknown-name.nearest", "anser_within", "answer_within"),
    Mistake("lease.clocks.answer.warn", 27, "term-needed", "at once"),
    Mistake("lease.routes.judged.table", 29, "table-overlap"),
    Mistake(
        "lease.routes.judged.table[other].responsible", None, "unknown-name.nearest", "qualitty", "quality"
    ),
]


def problems_of(text: str | bytes, folder: Path) -> tuple[Problem, ...]:
    file = folder / "broken.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(qms.RulebookError) as refused:
        qms.load_rulebook(file)
    return refused.value.problems


def test_all_mistakes_of_meaning_come_at_once_each_in_its_place(tmp_path: Path) -> None:
    found = {problem.path: problem for problem in problems_of(TWELVE, tmp_path)}
    assert set(found) == {mistake.path for mistake in MISTAKES}
    for mistake in MISTAKES:
        problem = found[mistake.path]
        assert (problem.line, problem.code) == (mistake.line, mistake.code), mistake.path
        if mistake.got is not None:
            assert problem.operands["got"] == mistake.got
        if mistake.nearest is not None:
            assert problem.operands["nearest"] == mistake.nearest
            assert mistake.nearest in problem.text()
            assert mistake.nearest in problem.text("zh")


def test_the_report_says_how_many_and_lists_them_by_line(tmp_path: Path) -> None:
    found = problems_of(TWELVE, tmp_path)
    lines = [problem.line for problem in found if problem.line is not None]
    assert lines == sorted(lines)
    assert found[-1].line is None
    with pytest.raises(qms.RulebookError) as refused:
        qms.load_rulebook(tmp_path / "broken.toml")
    assert str(refused.value).startswith("broken.toml has 14 problem(s):\n")
    assert "timezone:3: unknown time zone Asia/Shanghia" in str(refused.value)
    assert "timezone:3: 未知时区 Asia/Shanghia" in refused.value.text("zh")


def test_a_fact_of_an_unreadable_type_is_one_mistake_and_not_two(tmp_path: Path) -> None:
    text = """
id = "x"
edition = "1"
timezone = "Asia/Shanghai"
[lease.events.judged]
facts = { reasonable = "bol" }
[lease.events.closed]
needs = [{ event = "judged", where = { reasonable = true } }]
when  = { "judged.reasonable" = true }
"""
    assert [problem.path for problem in problems_of(text, tmp_path)] == [
        "lease.events.judged.facts.reasonable"
    ]


def test_a_syntax_error_is_reported_alone_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text('id = "x"\nedition = 1\ntimezone = Asia\n', encoding="utf-8")
    with pytest.raises(qms.RulebookError, match=r"broken.toml is no TOML: .*line 3") as refused:
        qms.load_rulebook(file)
    assert refused.value.problems == ()


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    text = '\ufeffid = "x"\nedition = "1"\ntimezone = "Asia/Shanghai"\n[lease.events.closed]\n'
    file = tmp_path / "bom.toml"
    file.write_bytes(text.encode())
    assert qms.load_rulebook(file).id == "x"


def test_a_file_in_another_encoding_is_refused_with_the_place_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "gbk.toml"
    file.write_bytes('id = "品质部"\n'.encode("gb18030"))
    with pytest.raises(qms.RulebookError, match=r"no UTF-8 text \(byte 8\)\. Save it as UTF-8\."):
        qms.load_rulebook(file)


@pytest.mark.parametrize("text", ["id = " + "[" * 5000, "id = 1e" + "9" * 30])
def test_a_file_that_nobody_could_read_is_no_toml(tmp_path: Path, text: str) -> None:
    file = tmp_path / "deep.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(qms.RulebookError, match=r"deep\.toml is no TOML"):
        qms.load_rulebook(file)


@pytest.mark.parametrize("key", ["id", "edition"])
def test_a_blank_name_is_a_missing_one(tmp_path: Path, key: str) -> None:
    head = {"id": '"x"', "edition": '"1"', "timezone": '"Asia/Shanghai"'} | {key: '" "'}
    text = small("", "\n".join(f"{name} = {value}" for name, value in head.items()))
    assert [(one.path, one.code) for one in problems_of(text, tmp_path)] == [(key, "missing-key")]


def test_a_folder_is_no_edition_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "1.toml").mkdir()
    with pytest.raises(qms.UnknownNameError, match="Check the path"):
        qms.load_rulebook(tmp_path)


def test_a_rulebook_that_is_nowhere_is_named_with_the_nearest_that_ships(tmp_path: Path) -> None:
    with pytest.raises(qms.UnknownNameError, match=r"pcb-makr is neither.*Did you mean pcb-maker"):
        qms.load_rulebook("pcb-makr")
    with pytest.raises(qms.UnknownNameError, match="Check the path"):
        qms.load_rulebook(tmp_path)


def small(rules: str, head: str = 'id = "x"\nedition = "1"\ntimezone = "Asia/Shanghai"\n') -> str:
    return head + rules + "\n[lease.events.closed]\n"


@pytest.mark.parametrize(
    ("rules", "path", "nearest"),
    [
        ("titel = { en = 'x' }", "titel", "title"),
        ("title = { en = 'x', english = 'y' }", "title.english", None),
        ("[departments]\nquality = { en = 'Q', alias = ['QA'] }", "departments.quality.alias", "aliases"),
        ("[roles]\nhead = { en = 'H', deputy = ['x'] }", "roles.head.deputy", "deputies"),
        ("[params]\nterm = { value = '2 d', claus = '4' }", "params.term.claus", "clause"),
        ("[departmens]\nquality = { en = 'Q' }", "departmens", "departments"),
        ("[lease]\nlate_entri = '2 d'", "lease.late_entri", "late_entry"),
        ("[lease.subject]\narea = { type = 'int', optinal = true }", "lease.subject.area.optinal", "optional"),
        ("[lease.events.judged]\nneed = ['closed']", "lease.events.judged.need", "needs"),
        ("[lease.events.judged]\nfacts = { a = { type = 'int', optinal = true } }",
         "lease.events.judged.facts.a.optinal", "optional"),
        ("[lease.events.judged]\nneeds = [{ event = 'closed', were = { by = 'x' } }]",
         "lease.events.judged.needs[0].were", "where"),
        ("[lease.events.judged]\nneeds = [{ event = 'closed', distinct = 'by' }]",
         "lease.events.judged.needs[0].distinct", None),
        ("[lease.events.judged]\nneeds = [{ al = ['closed'] }]", "lease.events.judged.needs[0].al", "all"),
        ("[lease.events.judged]\nneeds = [{ all = [{ event = 'closed', whre = {} }] }]",
         "lease.events.judged.needs[0].all[0].whre", "where"),
        ("[lease.pauses.wait]\nfrom = 'closed'\nto = 'closed'\nat_mots = '2 d'", "lease.pauses.wait.at_mots", "at_most"),
        ("[lease.clocks.c]\nfrom = 'closed'\nto = 'closed'\nwithin = '2 d'\npaused = []", "lease.clocks.c.paused", "paused_by"),
        ("[lease.routes.closed]\nunknwon = {}\ntable = '''\n| id | -> responsible |\n| a | - |\n'''",
         "lease.routes.closed.unknwon", "unknown"),
    ],
)  # fmt: skip
def test_a_misspelt_key_is_found_at_every_level(
    tmp_path: Path, rules: str, path: str, nearest: str | None
) -> None:
    found = [problem for problem in problems_of(small(rules), tmp_path) if problem.path == path]
    assert [problem.code.removesuffix(".nearest") for problem in found] == ["unknown-key"]
    assert found[0].operands["got"] == path.rpartition(".")[2]
    assert found[0].operands["nearest"] == nearest
    assert str(found[0].operands["allowed"])


WRONG: list[tuple[str, str, str]] = [
    # rules, path, what the report says
    ("[lease.events.judged]\nclause = 5", "lease.events.judged.clause", "clause 5 is a number; write it in quotes"),
    ("[lease.events.judged]\nclause = true", "lease.events.judged.clause", "got true; needed is text"),
    ("[lease.events.judged]\nclause = 2026-03-02", "lease.events.judged.clause", "got 2026-03-02; needed is text"),
    ("[lease.events.judged]\nneeds = 07:30:00", "lease.events.judged.needs", "got 07:30:00; needed is a list"),
    ("[lease.events.judged]\nlabel = 0.10", "lease.events.judged.label", "got 0.10; needed is a table"),
    ("[lease.events.judged]\nby = { id = 1, old = [] }", "lease.events.judged.by", "got { id = 1, old = [] }; needed is text"),
    ("[lease.events.judged]\nby = ['quality']", "lease.events.judged.by", "got ['quality']; needed is text"),
    ("[lease.events.judged]\nneeds = 'closed'", "lease.events.judged.needs", "got 'closed'; needed is a list"),
    ("[lease.events.judged]\nneeds = [3]", "lease.events.judged.needs[0]", "got 3; needed is text or a table"),
    ("[lease.events.judged]\nneeds = [{}]", "lease.events.judged.needs[0]", "no condition; it needs one of: event"),
    ("[lease.events.judged]\nwhen = 'yes'", "lease.events.judged.when", "got 'yes'; needed is a table or a list"),
    ("[lease.events.judged]\nwhen = []", "lease.events.judged.when", "got []; needed is a table"),
    ("[lease.events.judged]\nwhen = ['yes']", "lease.events.judged.when", "got 'yes'; needed is a table"),
    ("[lease.events.judged]\nwhen = { urgent = true }", "lease.events.judged.when.urgent", "urgent is no fact; write event.fact"),
    ("[lease.events.judged]\nwhen = { 'subject.area' = 3 }", "lease.events.judged.when.subject.area", "unknown fact area"),
    ("[lease.events.judged]\nwhen = { 'clsoed.by' = 'x' }", "lease.events.judged.when.clsoed.by", "unknown event clsoed; did you mean closed?"),
    ("[lease.events.judged]\nfacts = { ok = 'bool' }\nwhen = { 'judged.ok' = 'true' }", "lease.events.judged.when.judged.ok", "got 'true' (str), allowed is bool"),
    ("[lease.events.judged]\nfacts = { ok = 'bool' }\nwhen = { 'judged.ok' = [true, 1] }", "lease.events.judged.when.judged.ok", "got 1 (int), allowed is bool"),
    ("[lease.events.judged]\nneeds = [{ event = 'closed', where = { department = 'x' } }]", "lease.events.judged.needs[0].where.department", "got 'x' (str)"),
    ("[lease.events.judged]\nneeds = [{ all = [] }]", "lease.events.judged.needs[0].all", ""),
    ("[lease.events.judged]\nneeds = [{ event = 'closed', count = 0 }]", "lease.events.judged.needs[0].count", "got 0; a gate counts at least 1"),
    ("[lease.events.judged]\nneeds = [{ event = 'closed', count = 2, distinct = 'departmen' }]", "lease.events.judged.needs[0].distinct", "did you mean department?"),
    ("[lease.events.judged]\nneeds = [{ event = 'closed', each = 'judged.x' }]", "lease.events.judged.needs[0].each", "unknown fact x"),
    ("[lease.events.judged]\nneeds = [{ event = 'closed', after = 'opned' }]", "lease.events.judged.needs[0].after", "unknown event opned"),
    ("[lease.events.judged]\nnot_by = ['closd']", "lease.events.judged.not_by[0]", "did you mean closed?"),
    ("[lease.events.judged]\nrole = 'chief'", "lease.events.judged.role", "unknown role chief"),
    ("[lease.events.judged]\nfacts = 'bool'", "lease.events.judged.facts", "got 'bool'; needed is a table"),
    ("[lease.events.judged]\nfacts = { ok = 3 }", "lease.events.judged.facts.ok.type", "got 3; needed is text or a list"),
    ("[lease.events.judged]\nfacts = { grade = ['a', 2] }", "lease.events.judged.facts.grade[1]", "got 2; needed is text"),
    ("[lease.events.judged]\nfacts = { grade = [] }", "lease.events.judged.facts.grade", "an empty list can never be met"),
    ("[lease.events.judged]\nfacts = { evidence = 'text' }", "lease.events.judged.facts.evidence", "evidence is reserved"),
    ("[lease.events.corrected]", "lease.events.corrected", "corrected is a system event"),
    ("[lease]\nopening = 'sined'", "lease.opening", "unknown event sined"),
    ("[lease]\nlate_entry = 'soon'", "lease.late_entry", "soon"),
    ("[lease.clocks.c]\nfrom = 'closed'\nto = 'closed'", "lease.clocks.c.within", "the key within is missing"),
    ("[lease.clocks.c]\nto = 'closed'\nwithin = '2 d'", "lease.clocks.c.from", "the key from is missing"),
    ("[lease.clocks.c]\nfrom = 'closed'\nto = 'closed'\nwithin = '2 days or so'", "lease.clocks.c.within", "2 days or so"),
    ("[lease.clocks.c]\nfrom = 'closed'\nto = 'closed'\nwithin = 48", "lease.clocks.c.within", "got 48; needed is text"),
    ("[lease.clocks.c]\nfrom = 'closed'\nto = 'closed'\nwithin = '2 d'\npaused_by = ['wait']", "lease.clocks.c.paused_by[0]", "unknown pause wait"),
    ("[lease.clocks.c]\nfrom = 'closed'\nto = 'closed'\nwithin = '2 d'\non_reopen = 'again'", "lease.clocks.c.on_reopen", "unknown choice again"),
    ("[lease.clocks.c]\nfrom = []\nto = 'closed'\nwithin = '2 d'", "lease.clocks.c.from", "an empty list can never be met"),
    ("[lease.clocks.c]\nfrom = { evnt = 'closed' }\nto = 'closed'\nwithin = '2 d'", "lease.clocks.c.from.event", "the key event is missing"),
    ("[lease.clocks.c]\nfrom = { event = 'closed', where = { ok = true } }\nto = 'closed'\nwithin = '2 d'", "lease.clocks.c.from.where.ok", "unknown fact ok"),
    ("[lease.clocks.c]\nfrom = 'closed'\nto = 'closed'\nwithin = {}", "lease.clocks.c.within.table", "the key table is missing"),
    ("[lease.pauses.w]\nfrom = 'closed'\nto = 'closed'\nat_most = '?'", "lease.pauses.w.at_most", "a term with a figure is needed"),
    ("[departments]\nquality = 'Quality'", "departments.quality", "got 'Quality'; needed is a table"),
    ("[departments]\nquality = { aliases = [1] }", "departments.quality.aliases[0]", "got 1; needed is text"),
    ("[departments]\na = { aliases = ['QA'] }\nb = { aliases = ['QA'] }", "departments.b.aliases", "QA stands for a already"),
    ("[departments]\na = { en = 'Quality' }\nb = { en = 'Quality' }", "departments.b.en", "Quality stands for a already; it cannot stand for b too"),
    ("[departments]\na = { zh = '品质部', aliases = ['QA'] }\nb = { en = 'QA' }", "departments.b.en", "QA stands for a already"),
    ("[departments]\na = { zh = '品质部' }\nb = { aliases = ['品质部'] }", "departments.b.aliases", "品质部 stands for a already"),
    ("[departments]\na = { en = 'b' }\nb = { en = 'B' }", "departments.a.en", "b stands for b already"),
    ("[roles]\nhead = { deputies = ['deputy'] }", "roles.head.deputies[0]", "unknown role deputy"),
    ("[params]\nterm = {}", "params.term.value", "the key value is missing"),
    ("effective_from = 2026-01-01T08:00:00", "effective_from", "2026-01-01T08:00:00 has no zone"),
    ("effective_from = '2026-01-01'", "effective_from", "got '2026-01-01'; needed is a date"),
    ("calendar = 'factory'", "calendar", "calendar factory is not supplied"),
    ("[lease2]\nlabel = { en = 'x' }", "lease2", "did you mean lease?"),
    ("[zzz]\nlabel = { en = 'x' }", "zzz", "needs zzz.events"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "path", "said"), WRONG, ids=[f"{path}-{said}" for _, path, said in WRONG])
def test_a_value_that_cannot_stand_where_it_stands(tmp_path: Path, rules: str, path: str, said: str) -> None:
    (problem,) = [one for one in problems_of(small(rules), tmp_path) if one.path == path]
    assert said in problem.text()
    assert problem.text("zh") != problem.text()


def table(grid: str, more: str = "") -> str:
    return f"[lease.events.judged]\nfacts = {{ cause = 'text', ok = 'bool', area = 'int' }}\n[lease.routes.judged]\n{more}\ntable = '''\n{grid}\n'''"


@pytest.mark.parametrize(
    ("rules", "path", "said"),
    [
        (table("| id | cause | -> responsible |\n| a | < 3 | - |"), "table", "cause"),
        (table("| id | clour | -> responsible |\n| a | red | - |"), "inputs.clour", "input clour has no fact"),
        (table("| id | cause | -> responsible |\n| a | x | nobody |"), "table[a].responsible", "unknown department nobody"),
        (table("| id | cause | -> responsible |\n| a | x | @hwo |"), "table[a].responsible", "unknown fact hwo"),
        (table("| id | cause | -> responsible |\n| a | x | @judged.hwo |"), "table[a].responsible", "unknown fact hwo"),
        (table("| id | cause | -> responsible |\n| a | x | @cause |", "unknown = { cuase = 'x' }"), "unknown.cuase", "unknown input cuase"),
        (table("| id | cause | -> responsible |\n| a | x | @cause |", "unknown = { cause = 3 }"), "unknown.cause", "got 3 (int)"),
        (table("| id | cause | -> responsible |\n| a | x | @cause |", "steps = ['jugded']"), "steps[0]", "unknown event jugded"),
        (table("| id | cause | -> responsible |\n| a | x | @cause |", "hit = 'collect'"), "hit", "unknown choice collect"),
        (table("| id | cause | -> responsible |\n| a | x | @cause |", "inputs = { cause = 'bool' }"), "inputs.cause", "the fact judged.cause is text, the input bool"),
        (table("| id | cause | -> responsible |\n| a | x | @cause |", "inputs = { cause = ['x', 'y'] }"), "inputs.cause", "the fact judged.cause is text"),
        (table("| id | cause | -> responsible |\n| a | x | @cause |", "inputs = { cause = [['x']] }"), "inputs.cause", "the fact judged.cause is text"),
        (table("| id | c | -> responsible |\n| a | x | @cause |", "inputs = { c = { type = 'text', from = ['judged.caus'] } }"), "inputs.c", "unknown fact caus; did you mean cause?"),
        (table("| id | c | -> responsible |\n| a | x | @cause |", "inputs = { c = { frm = ['judged.cause'] } }"), "inputs.c.frm", "did you mean from?"),
        (table("| id | cause | -> responsible |\n| a | x | @cause |\n| b | - | @cause |"), "table", "rules a, b of a unique table overlap, for example at cause = x"),
        (table("| id | cause | -> responsible | -> boss |\n| a | x | @cause | x |"), "table", "unknown column boss"),
        (table("| id | cause | -> resp |\n| a | x | @cause |"), "table", "unknown column resp; known: responsible, accountable"),
        (table("| id | cause |\n| a | x |"), "table", "the key -> responsible is missing"),
        (table("| id | cause | → responsible |\n| a | x | @cause |"), "table", "got →. Type -> in its place"),
        (table("no grid at all"), "table", "'no grid at all'"),
    ],
)  # fmt: skip
def test_a_route_that_cannot_be_read(tmp_path: Path, rules: str, path: str, said: str) -> None:
    found = problems_of(small(rules), tmp_path)
    assert any(one.path == f"lease.routes.judged.{path}" and said in one.text() for one in found), found


@pytest.mark.parametrize("arrow", ["->", "->  ", "->\t"])
def test_how_far_an_output_stands_from_its_arrow_means_nothing(tmp_path: Path, arrow: str) -> None:
    file = tmp_path / "sound.toml"
    file.write_text(small(table(f"| id | cause | {arrow}responsible |\n| a | x | @cause |")), "utf-8")
    (route,) = qms.load_rulebook(file).editions[-1].rules.kinds["lease"].routes
    assert [one.name for one in route.table.outputs] == ["responsible"]


def test_a_cell_that_cannot_be_read_hides_no_other_mistake_of_a_route(tmp_path: Path) -> None:
    grid = """
| id | area | cause | -> responsible | -> informed  |
| a  | < x  | -     | qualty         | @judged.nix  |
|    | 3    | -     | quality        | @nix         |
| c  | 4    | -     | quality        | quality      |
"""
    rules = "[departments]\nquality = { en = 'Quality' }\n" + table(grid)
    found = [(one.path, one.text().partition(": ")[2]) for one in problems_of(small(rules), tmp_path)]
    route = "lease.routes.judged.table"
    assert sorted(path for path, _ in found) == [
        route, route, f"{route}[#2].informed", f"{route}[a].informed", f"{route}[a].responsible",
    ]  # fmt: skip
    said = dict(found)
    assert "did you mean quality?" in said[f"{route}[a].responsible"]
    assert "unknown fact nix" in said[f"{route}[a].informed"]
    assert "unknown fact nix" in said[f"{route}[#2].informed"]


def test_a_cell_that_cannot_be_read_hides_no_term_of_a_table_of_terms(tmp_path: Path) -> None:
    grid = "| id | area | -> within |\n| a | < x | 3 hx |\n| b | 3 | $lost |\n| c | 4 | 2 d |"
    rules = (
        "[lease.events.judged]\nfacts = { area = 'int' }\n[lease.clocks.c]\nfrom = 'closed'\nto = 'closed'\n"
        f"within = {{ table = '''\n{grid}\n''' }}"
    )
    found = problems_of(small(rules), tmp_path)
    assert {problem.path for problem in found} == {"lease.clocks.c.within.table"}
    texts = "\n".join(problem.text() for problem in found)
    assert all(said in texts for said in ("< x", "3 hx", "unknown parameter lost"))
    assert len(found) == 3


def test_a_table_of_terms_that_cannot_be_read(tmp_path: Path) -> None:
    rules = "[lease.clocks.c]\nfrom = 'closed'\nto = 'closed'\nwithin = { table = 'no grid' }"
    found = problems_of(small(rules), tmp_path)
    assert {problem.path for problem in found} == {"lease.clocks.c.within.table"}


@pytest.mark.parametrize(
    "rules",
    ["[lease.events.'a.b']", "[lease.events.judged]\nfacts = { 'a.b' = 'bool' }", "[lease.events.' ']"],
)
def test_a_name_with_a_dot_would_read_as_a_path(tmp_path: Path, rules: str) -> None:
    (problem,) = problems_of(small(rules), tmp_path)
    assert problem.code == "dotted-name"
    assert "no dot" in problem.text()
    assert "不能含点" in problem.text("zh")


def test_a_route_of_an_unknown_step_names_it(tmp_path: Path) -> None:
    rules = "[lease.routes.jdged]\ntable = '''\n| id | -> responsible |\n| a | - |\n'''"
    found = [problem.text() for problem in problems_of(small(rules), tmp_path)]
    assert any("unknown event jdged" in text for text in found)


def test_the_events_of_a_rulebook_are_told_before_those_that_every_rulebook_has(tmp_path: Path) -> None:
    (problem,) = problems_of(small("[lease.events.judged]\nneeds = ['sigend']"), tmp_path)
    assert "known: judged, closed, opened, corrected, extended" in problem.text()


@pytest.mark.parametrize("missing", ["id", "edition", "timezone"])
def test_a_rulebook_without_its_name_edition_or_zone_is_refused(tmp_path: Path, missing: str) -> None:
    keys = {"id": '"x"', "edition": '"1"', "timezone": '"Asia/Shanghai"'}
    head = "\n".join(f"{key} = {value}" for key, value in keys.items() if key != missing)
    (problem,) = problems_of(small("", head), tmp_path)
    assert (problem.path, problem.code) == (missing, "missing-key")


def test_a_rulebook_without_any_kind_of_case_is_refused(tmp_path: Path) -> None:
    text = 'id = "x"\nedition = "1"\ntimezone = "Asia/Shanghai"\n'
    (problem,) = problems_of(text, tmp_path)
    assert problem.text() == "there is no kind of case; write a table such as [complaint.events.received]"


class Locked:
    """A file that another program holds."""

    name = "1.toml"

    def read_bytes(self) -> bytes:
        raise PermissionError(13, "Permission denied")


def test_a_file_that_cannot_be_opened_says_why() -> None:
    with pytest.raises(qms.RulebookError, match=r"1\.toml.*Permission denied") as refused:
        sources._decoded(cast("Path", Locked()))
    assert refused.value.text("zh") != refused.value.text()


@pytest.mark.parametrize("source", ["x" * 300, "id = 'x'\n" * 60, f"{'x' * 300}/1.toml"])
def test_a_path_that_no_file_can_have_is_told_and_is_no_crash(source: str) -> None:
    with pytest.raises((qms.RulebookError, qms.UnknownNameError), match="Check the path"):
        qms.load_rulebook(source)
