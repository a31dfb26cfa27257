"""The flow chart: which boxes, which arrows, and which arrows follow from others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.authoring.show.everything import EVERYTHING

from qms_service.authoring.showing import show

ROOT = Path(__file__).parents[3]
BOX = re.compile(r'^    (n\d+)(?:\(\[|\[\[|\[|\{\{)"(.*?)"', re.MULTILINE)
ARROW = re.compile(r'^    (n\d+) (-\.->|-->)(?:\|"(.*?)"\|)? (n\d+)$', re.MULTILINE)


def arrows(text: str) -> set[tuple[str, str, str]]:
    """The arrows of a chart by what their boxes say first; a dashed one has `~` before its label."""
    names = {id_: said.split("<br/>(")[0].replace("<br/>", " ") for id_, said in BOX.findall(text)}
    return {
        (names[tail], f"{'~' if kind == '-.->' else ''}{label}", names[head])
        for tail, kind, label, head in ARROW.findall(text)
    }


YES, NO = "The complaint stands = yes#63;", "The complaint stands = no or Our responsibility = no#63;"
OURS = "The complaint stands = yes and Our responsibility = yes#63;"
PCB_MAKER = {
    ("Complaint received", "", "Passed on to Marketing"),
    ("Complaint received", "", "Complaint record or handling sheet with Quality"),
    ("Complaint record or handling sheet with Quality", "", "Initial analysis"),
    ("Complaint record or handling sheet with Quality", "", "Customer informed"),
    ("Complaint record or handling sheet with Quality", "", "Defect sample requested"),
    ("Complaint record or handling sheet with Quality", "", "Return of the goods requested"),
    ("Defect sample requested", "", "Defect sample received"),
    ("Initial analysis", "", "Stop-line notice issued"),
    ("Stop-line notice issued", "", "Stop-line notice lifted"),
    ("Initial analysis", "", NO),
    (NO, "", "Written confirmation of the customer"),
    ("Initial analysis", "", YES),
    (YES, "", "Review meeting"),
    (YES, "", "Containment finished"),
    (YES, "", "Disposition of stock issued"),
    ("Initial analysis", "", OURS),
    (OURS, "", "Cause and improvement reported"),
    ("Cause and improvement reported", "", "Cause and improvement approved"),
    ("Cause and improvement approved", "", "Customer answered"),
    ("Customer answered", "", "Handling notice filed"),
    ("Cause and improvement reported", "", "Corrective action completed"),
    ("Cause and improvement reported", "", "People trained on the spot"),
    ("Corrective action completed", "", "Effectiveness verified"),
    ("Written confirmation of the customer", "", "Closed"),
    ("Containment finished", "", "Closed"),
    ("People trained on the spot", "", "Closed"),
    ("Effectiveness verified", "Effective = yes", "Closed"),
    ("Handling notice filed", "", "Closed"),
    ("Return closed", "", "Closed"),
    ("Claim closed", "", "Closed"),
    ("Containment closed", "", "Closed"),
    ("Corrective action (8D) closed", "", "Closed"),
    ("Customer property closed", "", "Closed"),
}  # by hand from A2 of the procedure: what each step waits for


def test_the_chart_of_a_complaint_is_that_of_the_procedure() -> None:
    assert arrows(show("pcb-maker", form="mermaid", kind="complaint")) == PCB_MAKER


@pytest.fixture(scope="module")
def pumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pumps") / "pumps.toml"
    file.write_text(EVERYTHING, encoding="utf-8")
    return file


def test_one_of_several_is_dashed_counts_and_conditions_are_told_and_linked_cases_are_boxes(
    pumps: Path,
) -> None:
    found = arrows(show(pumps, form="mermaid", kind="repair"))
    assert {
        ("judged", "~", "visited"),
        ("reported", "~", "visited"),
        ("visited", "3 times / each", "signed"),
        ("agreed by", "2 times / each", "signed"),
        ("judged", "role = head", "agreed by"),  # that it is ours stands in the condition already
        ("visited", "ours = no", "closed"),
        ("Claim closed", "", "closed"),
        ("elsewhere closed", "", "closed"),
        ("judged", "", "ours = yes and Grade = urgent / normal#63;"),
        ("reported", "", "void = yes#63;"),  # a correction is no step of its own
    } <= found
    assert ("reported", "", "closed") not in found


def test_a_step_that_needs_nothing_follows_the_opening() -> None:
    chart = show(ROOT / "examples" / "uci_498" / "rulebook", form="mermaid")
    assert {tail for tail, _, _ in arrows(chart)} == {"Opened"}
    assert len(arrows(chart)) == 5


LOOP = """
id = "loop"
edition = "1"
timezone = "UTC"
[job]
opening = "start"
[job.events.start]
facts = { big = "bool" }
[job.events.end]
needs = ["start", "graph"]
when = { "end.good" = true }
facts = { good = "bool" }
[job.events.graph]
needs = ["end", "end"]
[job.events.late]
needs = [{ event = "withdrawn" }, { event = "graph", where = { role = "x" } }]
when = [{ "start.big" = true }, { "start.big" = false, "subject.size" = "large" }]
[job.subject]
size = ["large", "small"]
"""


def test_steps_that_wait_for_each_other_are_drawn_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "loop.toml"
    file.write_text(LOOP, encoding="utf-8")
    found = arrows(show(file, form="mermaid"))
    assert {("end", "", "graph"), ("graph", "", "end")} <= found
    assert ("graph", "role = x", "late") in found
    assert ("start", "", "late") not in found  # by way of the condition
    assert ("start", "Withdrawn", "late") in found  # no step of its own: the arrow names it
    assert "<svg" in show(file, form="svg")
    assert 'n2["end"]' in show(file, form="mermaid")  # `end` is a word of Mermaid, and is no id
