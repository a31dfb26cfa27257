"""Showing: which edition, which kind of case, in whose words, and what differs from the parent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.authoring.show.everything import EVERYTHING
from tests.authoring.show.page import read_page
from tests.rulebooks.extending import HEAD, digest_in

import qms_service as qms
from qms_service.authoring.showing import show
from qms_service.errors import EntryError, RulebookError, UnknownNameError

BOSTON = str(Path(__file__).parents[3] / "examples" / "boston_311" / "rulebook")


@pytest.fixture
def pumps(tmp_path: Path) -> Path:
    file = tmp_path / "pumps.toml"
    file.write_text(EVERYTHING, encoding="utf-8")
    return file


def test_the_newest_edition_is_shown_where_none_is_named() -> None:
    first, newest, second = show(BOSTON, edition="1"), show(BOSTON), show(BOSTON, edition="2")
    assert "| Edition | 2 |" in second
    assert "| In force from | 2015-02-16 13:00 -05:00 |" in second
    assert newest == second
    assert "| In force from | always: no date is given |" in first


def test_a_date_on_which_it_comes_into_force_is_shown_as_a_date(pumps: Path) -> None:
    assert "| In force from | 2026-04-01 |" in show(pumps)


def test_an_edition_that_is_not_there_is_told() -> None:
    with pytest.raises(UnknownNameError, match="edition"):
        show("pcb-maker", edition="9")


def test_a_rulebook_and_one_edition_of_it_are_shown_as_they_are() -> None:
    book = qms.load_rulebook("pcb-maker")
    assert show(book) == show(book.on(date(2026, 3, 2))) == show("pcb-maker")


@pytest.mark.parametrize("source", [None, 7, ""])
def test_what_is_no_rulebook_is_refused(source: object) -> None:
    with pytest.raises(EntryError):
        show(source)  # type: ignore[arg-type]


def test_a_form_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(EntryError, match="markdown, html, mermaid, svg"):
        show("pcb-maker", form="pdf")  # type: ignore[arg-type]


def test_a_file_that_cannot_be_read_is_told_as_ever(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("id = ", encoding="utf-8")
    with pytest.raises(RulebookError):
        show(file)


def test_one_kind_of_several_can_be_shown_alone_and_a_chart_needs_it_named(pumps: Path) -> None:
    assert "## Claim" in show(pumps)
    assert "## Claim" not in show(pumps, kind="repair")
    with pytest.raises(EntryError, match="repair, claim"):
        show(pumps, form="svg")
    with pytest.raises(UnknownNameError, match="repairs"):
        show(pumps, kind="repairs")


def test_a_table_of_eighty_terms_is_shown_row_by_row() -> None:
    page = read_page(show(BOSTON, form="html"))
    rows = page.table("Terms: Target")
    assert len(rows) > 80
    assert ["line-2", "Abandoned Building", "5 working days", "line 2"] in rows


WORDS = {
    "visited": "one of: (judged and reported) or reported, from before a reopening too",
    "agreed_by": "judged with ours = yes and role = head",
    "signed": "agreed by, with 2 different values of department\n3 times visited\n"
    "agreed by for each of keepers (by department) [can be waived as signing; 9.9]\n"
    "agreed by or visited for each of 实验室†, store (by department)\n"
    "agreed by for each keeper (judged) on record, later than it (by department)",
    "closed": "judged [no concession]\nIf ours = no [no concession]:\n• visited, later than the last of judged\n"
    "If ours = no [no concession]:\n• judged\n• visited\nlinked cases closed: Claim, elsewhere [no concession]",
}


@pytest.mark.parametrize(("step", "words"), WORDS.items())
def test_every_form_of_a_need_is_told_in_words(step: str, words: str, pumps: Path) -> None:
    assert read_page(show(pumps, form="html", kind="repair")).row("Steps", step)[3] == words


def test_who_does_a_step_and_when_is_told_in_words(pumps: Path) -> None:
    page = read_page(show(pumps, form="html", kind="repair"))
    assert page.row("Steps", "agreed_by")[2] == "实验室†\nnot the person of: judged"
    assert page.row("Steps", "judged")[2] == "Service\nrole: Head"
    assert page.row("Steps", "visited")[1:3] == ["visited\nwhen needed\nvisited", "by table visited"]
    assert page.row("Steps", "signed")[1] == "signed\nif void = yes\nalso after closing\nsigned"
    assert page.row("Steps", "fetched")[1] == "fetched\nif keeper (judged) = 实验室†\nfetched"
    assert page.row("Steps", "reported")[4].split("\n") == [
        "keeper: department, where known",
        "on: date",
        "at site: date and time, where known",
        "price: amount of money, where known",
        "weight: number, where known",
    ]
    assert "An entry made more than 2 days after the event" in page.part("Steps").text


def test_clocks_pauses_and_figures_are_told_in_words(pumps: Path) -> None:
    page = read_page(show(pumps, form="html", kind="repair"))
    assert page.row("Clocks", "visit")[1:] == [
        "judged with keeper = 实验室† / Service or reported",
        "visited",
        "by its table\nwarning after 2 working days\nfigure fetch_within",
        "paused by: parts\nafter reopening it begins anew",
        "3.2",
    ]
    assert page.row("Clocks", "lost")[3:5] == ["to be set\nfigure lost", "reopening leaves it alone"]
    assert page.row("Clocks", "months")[3:5] == [
        "4 working days, to the end of that day",
        "after reopening it goes on with what was left\na date agreed with the customer counts only when it is earlier",
    ]
    assert page.row("Pauses", "parts") == ["parts\nparts", "visited", "judged", "1 week", "visit", "4.9"]
    assert page.table("Figures") == [
        ["visit_within", "1 week", "visit\nparts", "3.2"],
        ["lost", "to be set", "Lost", "3.3"],
        ["share", "12", "", ""],
        ["strict", "yes", "", ""],
        ["fetch_within", "2 working days", "visit", ""],
    ]


def test_a_number_series_says_what_is_special_in_it(pumps: Path) -> None:
    assert read_page(show(pumps, form="html")).table("Numbers") == [
        [
            "note\nnote",
            "N-{plant}-{FY}-{seq:03}",
            "N-A-2025-001",
            "each fiscal year\nfiscal year from month 4\nUTC\ngets more digits when full",
            "6.1",
        ],
        ["plain\nplain", "P{seq}", "P1", "never", ""],
    ]


def test_a_matrix_shares_a_routed_step_out_by_what_its_rows_answer(pumps: Path) -> None:
    page = read_page(show(pumps, form="html", kind="repair"))
    head, *rows = page.part("Who does what").tables[0]
    assert head[4:] == ["as recorded: keeper (judged)", "as recorded: keeper"]
    assert [row for row in rows if row[0].startswith("visited")] == [
        ["visited\nrow a1, a2\nvisited", "R", "A", "D", "C", ""],
        ["visited\nrow a3, a4\nvisited", "", "A", "C D", "", "R"],
    ]
    assert "D delegate" in page.part("Who does what").text


MANY = """
id = "many"
edition = "1"
timezone = "UTC"
[departments]
one = {}
[job.subject]
size = "int"
[job.events.opened]
[job.events.done]
by = "one"
[job.routes.done]
hit = "first"
table = '''
| id | size | -> responsible |
| a  | 1    | one |
| b  | 2    | one |
| c  | 3    | one |
| d  | 4    | one |
| e  | 5    | one |
| f  | 6    | one |
| g  | -    | one |
'''
"""


def test_many_rows_with_one_answer_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "many.toml"
    file.write_text(MANY, encoding="utf-8")
    page = read_page(show(file, form="html"))
    assert page.table("Who does what")[-1] == ["done\nrow a, b, c, d, e and 2 more\ndone", "R"]
    assert page.row("Steps", "done")[2] == "by table done\nelse one"


def test_a_name_that_is_missing_in_a_language_is_seen(pumps: Path) -> None:
    page = read_page(show(pumps, form="html", lang="zh"))
    assert page.row("部门", "lab")[0] == "实验室\nlab"
    assert page.row("部门", "store")[0] == "store†\nstore"
    assert page.parts[-1].text.startswith("† 规则册未给出中文名称")
    assert "†" not in show("pcb-maker")


def test_a_language_of_ones_own_is_an_argument() -> None:
    said = show("pcb-maker", lang="de", catalogues={"de": {"show.steps": "Schritte"}})
    assert "### Schritte" in said
    assert "Marketing†" in said


PLANT = """
[rename.departments]
store = { to = "stock", clause = "2.1", reason = "its name here" }
[set]
answer_within = { value = "36 h", clause = "5.3", reason = "our customers ask for it" }
[add.repair.events.fetched]
clause = "5.9"
reason = "customers do not bring it"
label  = { en = "Fetched", zh = "上门取件" }
by     = "sales"
needs  = ["reported"]
"""


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    file = tmp_path / "plant.toml"
    file.write_text(HEAD.format(digest=digest_in(tmp_path)) + PLANT, encoding="utf-8")
    return file


def test_what_differs_from_the_parent_is_listed_with_clause_and_reason(plant: Path) -> None:
    page = read_page(show(plant, form="html"))
    assert page.table("What differs from the parent") == [
        ["1", "Department stock (Store), before store", "plant 2.1", "its name here"],
        [
            "2",
            "Figure answer_within: value 48 h → 36 h (counts for answer)",
            "plant 5.3",
            "our customers ask for it",
        ],
        ["3", "Step fetched added: by sales; needs reported", "plant 5.9", "customers do not bring it"],
    ]
    card = dict(page.parts[1].tables[0])
    assert card["Extends"].startswith("group edition 7, digest ")


def test_rules_of_the_parent_cite_the_parent(plant: Path) -> None:
    page = read_page(show(plant, form="html"))
    assert page.row("Steps", "judged")[-1] == "group 4.2"
    assert page.row("Steps", "fetched")[-1] == "5.9"
    numbers = [row[0] for row in page.table("Clause index")]
    assert numbers[0] == "5.3"  # its own clauses first
    assert "group 4.2" in numbers


def test_a_rulebook_that_changes_nothing_says_so(tmp_path: Path) -> None:
    file = tmp_path / "plant.toml"
    file.write_text(HEAD.format(digest=digest_in(tmp_path)), encoding="utf-8")
    assert read_page(show(file, form="html")).part("What differs from the parent").text == "Nothing differs."
