"""The shipped procedure as a document: everything that its file says stands on the page, in both languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from tests.authoring.show.page import Page, read_page

from qms_service.authoring.showing import show

FILE = files("qms_service.rulebooks") / "shipped" / "pcb-maker" / "1.toml"
RAW: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
COMPLAINT = RAW["complaint"]
LANGS = ("en", "zh")
HEADS = {
    "en": ("Departments", "Roles", "Figures", "Steps", "Who does what", "Clocks", "Pauses", "Numbers", "Clause index"),
    "zh": ("部门", "职务", "参数", "步骤", "责任矩阵", "时限", "暂停", "编号", "条款索引"),
}  # fmt: skip


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {lang: read_page(show("pcb-maker", lang=lang, form="html")) for lang in LANGS}


@pytest.mark.parametrize("lang", LANGS)
def test_the_title_block_says_which_rules_these_are_and_has_lines_to_sign(
    pages: dict[str, Page], lang: str
) -> None:
    page = pages[lang]
    title = page.part(RAW["title"][lang])
    card, form = title.tables
    values = [value for _, value in card]
    assert values[:2] == ["pcb-maker", "1"]
    assert re.fullmatch(r"[0-9a-f]{64}", values[3])
    assert values[4] == "Asia/Shanghai"
    assert [row[0] for row in form[1:]] == (
        ["Prepared", "Reviewed", "Approved"] if lang == "en" else ["编制", "审核", "批准"]
    )
    assert all(cell == "" for row in form[1:] for cell in row[1:])


@pytest.mark.parametrize("lang", LANGS)
def test_every_department_role_figure_and_series_stands_there_by_name_and_id(
    pages: dict[str, Page], lang: str
) -> None:
    page, (departments, roles, figures, *_, numbers, _index) = pages[lang], HEADS[lang]
    for id_, one in RAW["departments"].items():
        row = page.row(departments, id_)
        assert row[0] == f"{one[lang]}\n{id_}"
        assert all(alias in row[1] for alias in one.get("aliases", []))
    for id_, one in RAW["roles"].items():
        assert page.row(roles, id_) == [f"{one[lang]}\n{id_}", one["clause"]]
    for id_, one in RAW["params"].items():
        hours = one["value"].removesuffix(" h")
        figure = (
            {"en": "to be set", "zh": "待定"} if hours == "?" else {"en": f"{hours} h", "zh": f"{hours} 小时"}
        )
        assert page.row(figures, id_)[1] == figure[lang]
        assert page.row(figures, id_)[-1] == one["clause"]
    claim = page.row(numbers, "claim")
    assert (claim[0].split("\n")[0], claim[2]) == (
        RAW["numbers"]["claim"]["label"][lang],
        "MRKT-20260301",
    )


@pytest.mark.parametrize("lang", LANGS)
def test_every_step_stands_in_its_place_with_owner_form_and_clause(pages: dict[str, Page], lang: str) -> None:
    rows = pages[lang].table(HEADS[lang][3])
    assert [row[1].split("\n")[-1] for row in rows] == list(COMPLAINT["events"])
    assert [row[0] for row in rows] == [str(place) for place in range(1, len(rows) + 1)]
    for row, event in zip(rows, COMPLAINT["events"].values(), strict=True):
        assert row[1].startswith(event["label"][lang])
        assert row[-1] == event["clause"]
        if "by" in event:
            assert RAW["departments"][event["by"]][lang] in row[2]
        if "role" in event:
            assert RAW["roles"][event["role"]][lang] in row[2]
        if "form" in event:
            assert event["form"][lang] in row[4]


@pytest.mark.parametrize("lang", LANGS)
def test_every_clock_and_pause_says_from_to_within_and_clause(pages: dict[str, Page], lang: str) -> None:
    page, heads = pages[lang], HEADS[lang]
    for id_, clock in COMPLAINT["clocks"].items():
        row = page.row(heads[5], id_)
        assert row[0] == f"{clock['label'][lang]}\n{id_}"
        assert row[1].startswith(label(clock["from"], lang))
        assert row[2] == label(clock["to"], lang)
        if clock["within"].startswith("$"):
            hours = RAW["params"][clock["within"][1:]]["value"].partition(" ")[0]
            assert row[3].startswith(f"{hours} ")
            assert clock["within"][1:] in row[3]
        assert row[-1] == clock["clause"]
    pause = COMPLAINT["pauses"]["sample"]
    assert page.row(heads[6], "sample") == [
        f"{pause['label'][lang]}\nsample",
        label(pause["from"], lang),
        label(pause["to"], lang),
        COMPLAINT["clocks"]["answer"]["label"][lang],
        pause["clause"],
    ]


def label(selector: Any, lang: str) -> str:  # noqa: ANN401  # any value of TOML
    name = selector["event"] if isinstance(selector, dict) else selector
    return str(COMPLAINT["events"][name]["label"][lang])


def cited(value: object) -> Iterator[str]:
    """Every clause that a rule of the file cites."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "clause":
                yield inner
            elif key == "table":
                lines = [line.split("|") for line in inner.strip().splitlines()]
                yield from (line[-2].strip() for line in lines[1:])
            else:
                yield from cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited(inner)


@pytest.mark.parametrize("lang", LANGS)
def test_the_clause_index_has_every_clause_cited_and_every_clause_listed(
    pages: dict[str, Page], lang: str
) -> None:
    rows = {row[0]: row for row in pages[lang].table(HEADS[lang][-1])}
    resting = set(cited({key: value for key, value in RAW.items() if key != "clauses"}))
    assert rows.keys() == resting | RAW["clauses"].keys()
    for number, one in RAW["clauses"].items():
        assert rows[number][1] == one[lang]
        assert bool(rows[number][2])
        if one["status"] == "no-rule":
            assert one["because"][lang] in rows[number][2]
    assert all(rows[number][2] for number in resting)


# A1 and A2 of the procedure: who does a step, who helps, who is told. "responsible" is whom the analysis names.
RACI = {
    "received": {"": {"marketing": "R"}},
    "passed_on": {"": {"marketing": "I"}},  # 4.2.1: whoever hears of it passes it on
    "forwarded": {"": {"marketing": "R"}},
    "analysed": {"": {"quality": "R"}},
    "customer_informed": {
        "not_established": {"marketing": "R", "quality": "C"},
        "established": {"quality": "R", "marketing": "C"},
    },
    "customer_confirmed": {"": {"marketing": "R", "quality": "C"}},
    "review_held": {"": {"quality": "R", "ipqc": "I", "inspection": "I"}},
    "contained": {"": {"quality": "R"}},
    "stop_notice_issued": {"": {"quality": "R"}},
    "stop_notice_lifted": {"": {"quality": "R"}},
    "disposition_issued": {"": {"quality": "R"}},
    "sample_requested": {"": {"quality": "R", "marketing": "C"}},
    "sample_received": {"": {"quality": "R", "marketing": "C"}},
    "cause_reported": {
        "operation": {"responsible": "R", "quality": "I"},
        "process, stubborn, other": {"process": "R", "quality": "I"},
    },
    "approved": {"": {"quality": "R"}},
    "answered": {"": {"quality": "R"}},
    "action_completed": {
        "operation": {"responsible": "R", "quality": "I"},
        "process, stubborn, other": {"process": "R", "quality": "I"},
    },
    "trained": {
        "operation": {"responsible": "R", "quality": "I"},
        "process, stubborn, other": {"process": "R", "quality": "I"},
    },
    "verified": {"": {"quality": "R"}},
    "notice_filed": {"": {"marketing": "R", "quality": "C"}},
    "return_requested": {"": {"quality": "R", "marketing": "I"}},
    "closed": {"": {"quality": "R"}},
}


def test_the_matrix_gives_each_department_its_letters_and_a_routed_step_what_its_table_answers(
    pages: dict[str, Page],
) -> None:
    head, *rows = pages["en"].part("Who does what").tables[0]
    ids = {one["en"]: id_ for id_, one in RAW["departments"].items()}
    columns = [ids.get(name, "responsible") for name in head[1:]]
    found: dict[str, dict[str, dict[str, str]]] = {}
    for step, *letters in rows:
        _, *of_table, name = step.split("\n")
        shares = {who: letter for who, letter in zip(columns, letters, strict=True) if letter}
        found.setdefault(name, {})[of_table[0].removeprefix("row ") if of_table else ""] = shares
    assert found == RACI


def test_a_department_without_a_letter_has_no_column(pages: dict[str, Page]) -> None:
    head = pages["zh"].part("责任矩阵").tables[0][0]
    assert head == ["步骤", "市场部", "品质部", "工艺部", "制程检验", "终检", "按记录：责任部门"]


CLOSING = """\
If The complaint stands = no [no concession; 4.2.4.2]:
• Written confirmation of the customer
If The complaint stands = yes and Our responsibility = no [no concession; 4.2.4.3]:
• Containment finished
• Written confirmation of the customer
If The complaint stands = yes and Our responsibility = yes [no concession]:
• Containment finished
• Customer answered, later than the last of Cause and improvement reported
• Corrective action completed
• People trained on the spot
• Effectiveness verified with Effective = yes, later than the last of Corrective action completed
• Handling notice filed
linked cases closed: Return [no concession; can be waived as returns]
linked cases closed: Claim [no concession; can be waived as claims]
linked cases closed: Containment [no concession; can be waived as containments; 4.2.4.3]
linked cases closed: Corrective action (8D) [no concession; can be waived as corrective-actions; 4.2.3]
linked cases closed: Customer property [no concession; can be waived as properties; 4.6]"""


def test_closing_is_told_for_each_of_the_three_outcomes(pages: dict[str, Page]) -> None:
    assert pages["en"].row("Steps", "closed")[3] == CLOSING


def test_the_table_of_causes_is_shown_row_by_row(pages: dict[str, Page]) -> None:
    part = pages["en"].part("Table cause_reported: who does it")
    assert part.tables[0][1:] == [
        ["operation", "operation", "as recorded: Responsible department", "Quality", "4.2.4.8.3"],
        ["process", "process", "Process engineering", "Quality", "4.2.4.8.3"],
        ["stubborn", "stubborn", "Process engineering", "Quality", "3.4"],
        ["other", "any", "Process engineering", "Quality", "4.3.1.4"],
    ]
    assert "The first row that covers a case counts." in part.text


@pytest.mark.parametrize("lang", LANGS)
def test_every_step_is_a_box_of_the_chart(pages: dict[str, Page], lang: str) -> None:
    drawn = "".join(pages[lang].drawn).replace(" ", "")
    lost = [
        one["label"][lang]
        for one in COMPLAINT["events"].values()
        if one["label"][lang].replace(" ", "") not in drawn
    ]
    assert lost == []


# What stands in Latin letters on the Chinese page: ids, names that the source itself writes so, and zones.
IDS = re.compile(
    r"[a-z]+([_-][a-z]+)*|[0-9a-f]{64}|Asia/Shanghai|(MRKT|MARKT)-\S*|ME|QA|PMC|IPQC|MRB|[RACI]|EN|D"
)


def test_the_chinese_page_is_chinese(pages: dict[str, Page]) -> None:
    cells = [cell for part in pages["zh"].parts for rows in part.tables for row in rows for cell in row]
    said = " ".join(re.sub(r"MA?RKT-\S*", "", cell) for cell in (*cells, *pages["zh"].drawn))
    foreign = [word for word in re.findall(r"[A-Za-z][A-Za-z_/-]*", said) if not IDS.fullmatch(word)]
    assert foreign == []
    assert "†" not in said


def page_of(seed: str) -> bytes:
    """The page that a process of its own shows, which goes through its sets in an order of its own."""
    asked = [sys.executable, "-m", "qms_service", "show", "pcb-maker", "--format", "html"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed}
    return subprocess.run(asked, env=environment, check=True, capture_output=True).stdout


def test_the_same_rules_give_the_same_document_to_the_letter() -> None:
    assert page_of("1") == page_of("2") != b""


def test_what_is_asked_only_where_it_is_known_says_so() -> None:
    returns, claims = show("pcb-maker", kind="return"), show("pcb-maker", kind="claim", lang="zh")
    assert r"If Model as noted = no \[only where known; 4.3.3/4.3.2\]" in returns
    assert "one of: As many as noted (noted = arrived), only where known or Difference settled" in returns
    assert "（按部门），仅在已知时" in claims
