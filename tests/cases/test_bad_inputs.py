"""What cannot be read: each refusal says what was got, what is allowed and what to do, in both languages."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
NAIVE = datetime(2026, 3, 2, 9)  # noqa: DTZ001  # the mistake under test
BOOK = qms.load_rulebook("pcb-maker")
PROC = BOOK.on(NINE)


def complaint(**change: object) -> qms.Complaint:
    given = {"number": "C-1", "customer": "ACME", "received_at": NINE}
    return qms.Complaint(**{**given, **change})  # type: ignore[arg-type]


CASE = PROC.record(PROC.open(complaint()), "forwarded", at=NINE)
LATER = NINE + timedelta(hours=1)


def refusal(act: Callable[[], object]) -> qms.Finding:
    with pytest.raises(qms.Refused) as refused:
        act()
    (finding,) = refused.value.findings
    assert finding.text("zh") != finding.text("en")
    assert finding.text() in str(refused.value)
    return finding


# ---------------------------------------------------------------- instants


@pytest.mark.parametrize(
    "ask",
    [
        lambda: complaint(received_at=NAIVE),
        lambda: qms.Subject("complaint", number="C-1", opened_at=NAIVE),
        lambda: PROC.record(CASE, "analysed", at=NAIVE, established=True),
        lambda: PROC.record(CASE, "analysed", at=LATER, recorded_at=NAIVE, established=True),
        lambda: PROC.check(CASE, "analysed", at=NAIVE, established=True),
        lambda: PROC.deadline(CASE, "answer", now=NAIVE),
        lambda: PROC.deadlines(CASE, now=NAIVE),
        lambda: PROC.checklist(CASE, now=NAIVE),
        lambda: PROC.next_steps(CASE, now=NAIVE),
        lambda: PROC.status(CASE, now=NAIVE),
        lambda: PROC.review(CASE, NAIVE),
        lambda: PROC.owner(CASE, "answered", now=NAIVE),
        lambda: PROC.deadlines_of("complaint", events={"forwarded": NAIVE}, now=LATER),
        lambda: PROC.deadlines_of("complaint", events={"forwarded": NINE}, now=NAIVE),
        lambda: BOOK.on(NAIVE),
        lambda: qms.Event("forwarded", NAIVE),
        lambda: qms.Event("forwarded", "2026-03-02 09:00"),  # type: ignore[arg-type]
        lambda: qms.Event("forwarded", date(2026, 3, 2)),  # type: ignore[arg-type]
    ],
)
def test_a_moment_without_a_zone_is_refused_and_told_how_to_write_it(ask: Callable[[], object]) -> None:
    with pytest.raises(qms.NaiveInstantError) as refused:
        ask()
    assert isinstance(refused.value, ValueError)
    assert "has no time zone" in str(refused.value)
    assert 'tz="Asia/Shanghai"' in str(refused.value)
    assert "没有时区" in refused.value.text("zh")


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("ask", "said", "zh"),
    [
        (
            lambda: PROC.record(CASE, "anlysed", at=LATER),
            "Unknown event anlysed. Did you mean analysed?",
            "事件",
        ),
        (lambda: PROC.check(CASE, "zzz", at=LATER), "Unknown event zzz. Known: received, passed_on", "事件"),
        (
            lambda: PROC.deadline(CASE, "awnser", now=LATER),
            "Unknown clock awnser. Did you mean answer?",
            "时限",
        ),
        (
            lambda: PROC.owner(CASE, "answerd", now=LATER),
            "Unknown event answerd. Did you mean answered?",
            "事件",
        ),
        (lambda: PROC.deadlines_of("complain", events={}, now=LATER), "Did you mean complaint?", "个案"),
        (
            lambda: PROC.deadlines_of("complaint", events={"fowarded": NINE}, now=LATER),
            "Unknown event fowarded. Did you mean forwarded?",
            "事件",
        ),
        (
            lambda: PROC.deadlines_of("complaint", events={}, facts={"analysed.our": True}, now=LATER),
            "Did you mean analysed.ours?",
            "事实",
        ),
        (
            lambda: BOOK.open(qms.Subject("retrun", number="1", opened_at=NINE)),
            "Unknown kind of case retrun",
            "个案",
        ),
    ],
)
def test_a_misspelt_name_is_told_with_the_nearest_and_the_known_ones(
    ask: Callable[[], object], said: str, zh: str
) -> None:
    with pytest.raises(qms.UnknownNameError) as refused:
        ask()
    assert isinstance(refused.value, LookupError)
    assert said in str(refused.value)
    assert "Known: " in str(refused.value)
    assert zh in refused.value.text("zh")
    assert refused.value.operands["got"]


def test_a_misspelt_department_is_refused_whatever_the_reason_given() -> None:
    finding = refusal(
        lambda: PROC.record(CASE, "analysed", at=LATER, department="Qualty", established=True, despite="x")
    )
    assert finding.text().startswith(
        "Unknown department Qualty. Did you mean quality? Known: marketing, quality"
    )
    assert finding.facts["nearest"] == "quality"


def test_a_department_in_a_fact_is_known_by_its_names_and_no_others() -> None:
    finding = refusal(
        lambda: PROC.record(CASE, "analysed", at=LATER, established=True, responsible="productoin")
    )
    assert (
        "Fact responsible of analysed: got 'productoin' (str), allowed is marketing | quality"
        in finding.text()
    )
    assert "Did you mean production?" in finding.text()


def test_a_misspelt_fact_is_told_with_the_nearest() -> None:
    finding = refusal(lambda: PROC.record(CASE, "analysed", at=LATER, established=True, our=True))
    assert finding.text() == (
        "analysed has no fact our. Did you mean ours? Declared: established, ours, cause, responsible. "
        "[pcb-maker 4.2.4.2]"
    )


def test_a_fact_of_a_step_that_declares_none_is_refused() -> None:
    finding = refusal(lambda: PROC.record(CASE, "customer_informed", at=LATER, by_phone=True))
    assert finding.code == "unknown-fact"


def test_a_missing_fact_is_named_with_its_type() -> None:
    finding = refusal(lambda: PROC.record(CASE, "analysed", at=LATER, established=None))
    assert finding.text() == "analysed needs the fact established (bool). [pcb-maker 4.2.4.2]"


# ---------------------------------------------------------------- values


@pytest.mark.parametrize("value", ["true", "yes", 1, 0, 1.0, "", [], [True], Decimal(1), date(2026, 3, 2)])
def test_nothing_but_true_and_false_is_a_truth(value: object) -> None:
    finding = refusal(lambda: PROC.record(CASE, "analysed", at=LATER, established=value, despite="x"))
    assert (finding.code, finding.absolute) == ("fact-value", True)
    assert f"got {(tuple(value) if isinstance(value, list) else value)!r}" in finding.text()
    assert "allowed is bool" in finding.text()


@pytest.mark.parametrize("cause", [3, True, 1.5, ["operation"], b"operation"])
def test_nothing_but_text_is_text(cause: object) -> None:
    assert (
        refusal(lambda: PROC.record(CASE, "analysed", at=LATER, established=True, cause=cause)).code
        == "fact-value"
    )


@pytest.mark.parametrize(
    "quantity",
    [
        -1,
        Decimal(-1),
        Decimal("NaN"),
        Decimal("Infinity"),
        500.0,
        "500",
        True,
        qms.Quantity(amount=-1, unit="pcs"),
    ],
)
def test_a_quantity_is_a_number_not_below_zero(quantity: object) -> None:
    finding = refusal(lambda: BOOK.open(complaint(quantity=quantity)))
    assert finding.code.startswith("fact-value")
    assert finding.facts["fact"] == "quantity"
    assert "got " in finding.text()


def test_a_negative_quantity_is_told_what_to_do() -> None:
    finding = refusal(lambda: BOOK.open(complaint(quantity=-1)))
    assert finding.text() == (
        "Fact quantity of subject: got -1, which is below 0. A quantity is 0 or more; leave it out while it is not known."
    )
    assert "0 或更大" in finding.text("zh")


@pytest.mark.parametrize("quantity", [0, 500, Decimal("12.5"), None, qms.Quantity(amount=3, unit="panels")])
def test_a_quantity_that_can_be_read(quantity: object) -> None:
    assert BOOK.open(complaint(quantity=quantity)).version == 1


def test_a_rate_is_exact_and_no_float() -> None:
    finding = refusal(lambda: BOOK.open(complaint(defect_rate=1.5)))
    assert (
        "got the float 1.5, which is not exact. Give an int or a Decimal; allowed is decimal?"
        in finding.text()
    )


@pytest.mark.parametrize(("column", "got"), [("customer", None), ("customer", 7), ("number", 7)])
def test_a_complaint_names_its_number_and_customer_in_text(column: str, got: object) -> None:
    with pytest.raises(qms.QmsError, match=f"{column} has to be text; got {got}") as refused:
        complaint(**{column: got})
    assert isinstance(refused.value, ValueError)
    assert refused.value.text("zh") != refused.value.text()


def test_a_subject_brings_only_facts_that_the_rulebook_declares() -> None:
    subject = qms.Subject(
        "complaint", number="C-1", opened_at=NINE, facts={"customer": "ACME", "custmer": "X"}
    )
    finding = refusal(lambda: BOOK.open(subject))
    assert "subject has no fact custmer. Did you mean customer?" in finding.text()


def test_a_complaint_without_a_number_can_be_judged_though_not_kept() -> None:
    assert BOOK.open(complaint(number="")).id == ""


@pytest.mark.parametrize(
    "ask",
    [
        lambda case: PROC.check(case, "forwarded", at=LATER),
        lambda case: PROC.checklist(case, now=LATER),
        lambda case: PROC.deadline(case, "answer", now=LATER),
    ],
)
def test_what_is_no_case_is_refused_by_name(ask: Callable[[object], object]) -> None:
    with pytest.raises(qms.QmsError, match="C-1") as refused:
        ask("C-1")
    assert refused.value.text("zh") != refused.value.text()


@pytest.mark.parametrize(
    "ask",
    [
        BOOK.on,
        BOOK.open,
        PROC.open,
        BOOK.of,
        lambda junk: PROC.adopt(junk, []),
        lambda junk: PROC.adopt(complaint(), [junk]),
        lambda junk: PROC.adopt(complaint(), junk),
        lambda junk: PROC.deadlines_of("complaint", events=junk, now=LATER),
        qms.load_rulebook,
        lambda junk: qms.load_rulebook("pcb-maker", calendars={"factory": junk}),
    ],
)
@pytest.mark.parametrize("junk", [7, None, 1.5])
def test_what_is_of_another_kind_altogether_is_refused_by_its_value(
    ask: Callable[[object], object], junk: object
) -> None:
    with pytest.raises(qms.QmsError, match=str(junk)) as refused:
        ask(junk)
    assert isinstance(refused.value, ValueError)
    assert refused.value.text("zh") != refused.value.text()


def test_a_text_of_blanks_says_no_more_than_none() -> None:
    assert refusal(lambda: BOOK.open(complaint(customer="  "))).code == "missing-fact"


# ---------------------------------------------------------------- order


def test_a_step_before_its_gate_is_refused_with_its_clause_and_what_to_record_first() -> None:
    finding = refusal(lambda: PROC.record(PROC.open(complaint()), "analysed", at=LATER, established=True))
    assert finding.text() == (
        "analysed needs forwarded (Complaint record or handling sheet with Quality) on record first. [pcb-maker 4.2.4.2]"
    )
    assert "客诉处置单交品质部" in finding.text("zh")


def test_everything_that_is_wrong_with_an_event_is_told_at_once() -> None:
    fresh = PROC.open(complaint())
    found = PROC.check(fresh, "analysed", at=LATER, department="Qualty", established="yes", our=True)
    assert {finding.code for finding in found} >= {"fact-value", "unknown-fact.nearest", "missing-event"}


def test_an_event_dated_before_one_on_record_is_remarked_and_judged_as_of_its_time() -> None:
    case = PROC.record(CASE, "analysed", at=LATER, established=True)
    (remark,) = PROC.check(case, "customer_informed", at=NINE + timedelta(minutes=30))
    assert (remark.code, remark.severity) == ("out-of-order", "warning")
    assert remark.text() == (
        "customer_informed is dated 2026-03-02 09:30 +08:00, before 2026-03-02 10:00 +08:00, which is on record already."
    )
    early = PROC.check(case, "contained", at=NINE + timedelta(minutes=30))
    assert [finding.code for finding in early] == ["missing-event", "out-of-order"]
    kept = PROC.record(case, "customer_informed", at=NINE + timedelta(minutes=30))
    assert [event.name for event in kept.timeline().events][-2:] == ["customer_informed", "analysed"]


# ---------------------------------------------------------------- errors themselves


def test_a_refusal_carries_its_findings_through_pickling_and_into_both_languages() -> None:
    with pytest.raises(qms.Refused) as refused:
        PROC.record(PROC.open(complaint()), "analysed", at=LATER, established=True)
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301  # our own bytes
    assert str(again) == str(refused.value)
    assert str(refused.value).startswith("Refused. analysed needs")
    assert refused.value.text("zh").startswith("不予接受。 analysed")


def test_a_further_language_is_an_argument() -> None:
    with pytest.raises(qms.Refused) as refused:
        PROC.record(PROC.open(complaint()), "analysed", at=LATER, established=True)
    vi = {"refused": "Từ chối.", "finding.missing-event": "{subject} cần {event} trước."}
    assert (
        refused.value.text("vi", {"vi": vi}) == "Từ chối. analysed cần forwarded trước. [pcb-maker 4.2.4.2]"
    )
