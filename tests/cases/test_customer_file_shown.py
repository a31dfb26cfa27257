"""A customer's file as HTML and as Markdown, in either language, with every text escaped."""

from __future__ import annotations

from datetime import date

import pendulum
from tests.shown_html import read_html

from qms_service.cases import CustomerFile, FiledDocument, FileEntry, FileFact, KindSum, Raised
from qms_service.events import Evidence
from qms_service.facts import Facts, Quantity
from qms_service.findings import Finding
from qms_service.labels import Label

NOON = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
NASTY = "<script>alert(1)</script>"
COMPLAINT = Label({"en": "Complaint", "zh": "客户投诉"})

OPEN = FileEntry(
    case="C-2",
    kind="complaint",
    label=COMPLAINT,
    status="open",
    opened_at=NOON,
    due_at=NOON.add(hours=4),
    overdue=("answer",),
    about=Facts({"product": NASTY, "quantity": Quantity(amount=5, unit="pcs")}),
    result=(
        FileFact(path="analysed.ours", label=Label({"en": "Ours", "zh": "责任在本公司"}), value=False),
        FileFact(path="counted.lots", label=Label(), value=3),
    ),
)
CLOSED = FileEntry(
    case="C-1", kind="complaint", label=COMPLAINT, status="closed", opened_at=NOON, closed_at=NOON.add(days=2)
)
UNKNOWN = FileEntry(
    case="R-1",
    kind="return",
    label=Label({"en": "return"}),
    status=None,
    finding=Finding(
        code="case-unreadable", severity="warning", subject="R-1", facts={"en": "torn", "zh": "破损"}
    ),
)
FILE = CustomerFile(
    customer="ACME",
    now=NOON,
    entries=(OPEN, CLOSED, UNKNOWN),
    linked=(FileEntry(case="8D-1", kind="8d", label=Label({"en": "8D"}), status="open", through="C-1"),),
    raised=(
        Raised(case="C-2", kind="complaint", label=COMPLAINT, at=NOON, path="subject.defect", text="x" * 500),
        Raised(case="C-1", kind="complaint", label=COMPLAINT, at=NOON, path="subject.defect", text=None),
    ),
    documents=(
        FiledDocument(
            document="QS-1", about="quality_standard", title="Acceptance", edition="B",
            valid_from=date(2026, 4, 1), filed_at=NOON, withdrawn_at=None, case="F-1",
            evidence=(Evidence(kind="document", uri="dms:QS-1"),),
        ),
        FiledDocument(
            document="X", about=None, title=None, edition=None, valid_from=None, filed_at=NOON,
            withdrawn_at=NOON.add(days=1), case="F-1", evidence=(),
        ),
    ),
    sums=(KindSum(kind="complaint", label=COMPLAINT, total=8, open=5, late=2),),
    more=True,
)  # fmt: skip


def test_the_page_has_sums_cases_words_and_documents() -> None:
    shown = read_html(FILE.to_html())
    assert shown.captions == [
        "How many",
        "Cases",
        "Linked cases that name no customer",
        "What the customer said",
        "Documents filed for the customer",
    ]
    assert shown.tables[0][1:] == [["Complaint", "8", "5", "2"], ["in all", "8", "5", "2"]]
    assert shown.tables[1][1] == [
        "C-2", "Complaint", "open", "2026-03-02", "", "2026-03-02 16:00 +08:00", "answer",
        f"product: {NASTY}\nquantity: 5 pcs", "Ours: no\ncounted.lots: 3",
    ]  # fmt: skip
    assert shown.tables[1][2][2:5] == ["closed", "2026-03-02", "2026-03-04"]
    assert shown.tables[1][3][2] == "unknown"
    assert "torn" in shown.tables[1][3][-1]
    assert shown.tables[2][1][7] == "through C-1"
    assert shown.tables[3][1] == ["2026-03-02", "Complaint", "C-2", "x" * 119 + "…"]
    assert shown.tables[3][2][3] == "(complained, without a description)"
    assert shown.tables[4][1] == [
        "QS-1", "quality standard", "Acceptance", "B", "2026-04-01", "2026-03-02", "", "dms:QS-1",
    ]  # fmt: skip
    assert shown.tables[4][2] == ["X", "", "", "", "", "2026-03-02", "2026-03-03", ""]
    assert "Customer file: ACME (2026-03-02 12:00 +08:00)" in shown.outside
    assert "3 of 8 cases are shown here." in shown.outside
    assert "script" not in shown.tags


def test_a_notebook_shows_the_page() -> None:
    assert FILE._repr_html_() == FILE.to_html()


def test_the_chinese_page_has_chinese_words() -> None:
    shown = read_html(FILE.to_html("zh"))
    assert shown.captions == ["件数汇总", "个案", "未注明客户的关联个案", "客户意见", "客户文件"]
    assert shown.tables[1][1][8] == "责任在本公司：否\ncounted.lots：3"
    assert shown.tables[4][1][1] == "质量标准"
    assert set(shown.langs) == {"zh"}


def test_the_markdown_says_the_same_with_every_sign_escaped() -> None:
    text = str(FILE)
    assert text.startswith(
        "# Customer file: ACME (2026-03-02 12:00 +08:00)\n\n3 of 8 cases are shown here.\n\n"
    )
    assert "| Complaint | 8 | 5 | 2 |\n| in all | 8 | 5 | 2 |\n" in text
    assert "&lt;script&gt;" in text
    assert "<script>" not in text
    assert "## 客户意见" in FILE.to_markdown("zh")


def test_an_empty_file_says_so_and_names_those_spelled_nearly_the_same() -> None:
    file = CustomerFile(customer="ACME ", now=NOON, alike=("ACME",))
    text = file.to_markdown()
    assert "Nothing is on record for ACME ." in text
    assert "spelled otherwise: ACME." in text
    assert "没有任何记录" in file.to_html("zh")
    assert len(read_html(file.to_html()).tables) == 1


def test_a_file_can_be_compared_and_kept_in_a_set() -> None:
    assert len({FILE, CustomerFile(customer="ACME", now=NOON)}) == 2
