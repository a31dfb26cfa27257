"""A form takes its values from what is on record at a moment, and marks what is not there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pendulum
import pytest
from tests.forms.conftest import MONDAY, Grown, Small

import qms_service as qms
from qms_service.errors import EntryError, FactValueError, PinnedElsewhereError, UnknownNameError
from qms_service.forms import FilledForm, Forms


def later(hours: float) -> datetime:
    return MONDAY + timedelta(hours=hours)


def states(filled: FilledForm, *names: str) -> list[str]:
    return [filled.fields[name].state for name in names]


def test_the_handling_sheet_tells_what_clause_4_2_4_1_asks_for(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    sheet = forms.form("handling-sheet").fill(grown(1, defect_rate=3), book, now=later(2))
    told = {name: sheet.value(name) for name in ("product", "quantity", "defect_rate", "defect")}
    assert told == {"product": "PCB-7781", "quantity": 500, "defect_rate": 3, "defect": "open"}
    assert sheet.case == "C-1"


# From Quality's receipt at 10:00: 12 h to the analysis and the customer's first word (4.2.4.2, 4.2.2), 48 h to the
# answer (4.2.4.8.1).
def test_due_times_are_those_of_the_clocks(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    sheet = forms.form("complaint-record").fill(grown(2), book, now=later(9))
    due = [sheet.value(name) for name in ("analysis_due", "response_due", "answer_due")]
    assert [f"{at:%d %H:%M}" for at in due if isinstance(at, datetime)] == [
        "02 22:00",
        "02 22:00",
        "04 10:00",
    ]


def test_a_value_names_its_source_and_its_clause(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    fields = forms.form("complaint-record").fill(grown(2), book, now=later(9)).fields
    assert (fields["ours"].source, str(fields["ours"].clause)) == ("analysed.ours", "pcb-maker 4.2.4.2")
    assert (fields["answer_due"].source, str(fields["answer_due"].clause)) == (
        "clock.answer.due_at",
        "pcb-maker 4.2.4.8.1",
    )
    assert (fields["channel"].source, str(fields["channel"].clause)) == ("", "pcb-maker 4.2.1")


def test_what_is_not_on_record_yet_is_missing_and_never_guessed(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    sheet = forms.form("complaint-record").fill(grown(1), book, now=later(2))
    assert states(sheet, "established", "ours", "cause", "answered_at") == ["missing"] * 4
    assert sheet.value("established") is None
    assert "established" in [one.field.id for one in sheet.missing]


def test_what_happens_later_than_the_moment_asked_is_not_seen(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    sheet = forms.form("complaint-record").fill(grown(12), book, now=later(33.5))
    assert sheet.value("answered_at") == later(33)
    assert states(sheet, "effective", "closed") == ["missing", "missing"]
    assert sheet.value("status") == "open"


def test_a_correction_shows_the_mended_fact(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    case = book.of(grown(2)).record(
        grown(2), "corrected", at=later(10), of=3, facts={"ours": False}, reason="supplier's film"
    )
    assert forms.form("complaint-record").fill(case, book, now=later(10)).value("ours") is False
    assert forms.form("complaint-record").fill(case, book, now=later(9)).value("ours") is True


def test_what_the_case_does_not_ask_for_is_not_missing(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    ours, others = grown(2), grown(1)
    others = book.of(others).record(others, "analysed", at=later(8), established=True, ours=False)
    record = forms.form("complaint-record")
    assert states(record.fill(ours, book, now=later(9)), "confirmed_at") == ["not_needed"]
    assert states(record.fill(others, book, now=later(9)), "answered_at", "answer_due") == ["not_needed"] * 2


def test_an_optional_step_not_taken_leaves_its_field_blank(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    notice = forms.form("stop-notice").fill(grown(2), book, now=later(9))
    assert states(notice, "issued_at", "lifted_at", "issued") == ["blank"] * 3


def test_an_optional_fact_that_the_clause_asks_for_is_missing(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    case = grown(1, quantity=None, defect_rate=None)
    record = forms.form("complaint-record").fill(case, book, now=later(2))
    sheet = forms.form("handling-sheet").fill(case, book, now=later(2))
    assert states(record, "quantity", "defect_rate") == ["missing", "blank"]
    assert states(sheet, "quantity", "defect_rate") == ["missing", "missing"]


def test_the_first_source_on_record_counts(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    case = grown(1)
    case = book.of(case).record(case, "analysed", at=later(8), established=True, ours=True, cause="unknown")
    record = forms.form("complaint-record")
    assert record.fill(case, book, now=later(9)).value("cause") == "unknown"
    assert record.fill(grown(5), book, now=later(31)).value("cause") == "operation"


def test_a_signature_shows_who_did_it_and_when(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    report = forms.form("corrective-action-report").fill(grown(6), book, now=later(32))
    assert report.value("approved") == {"by": "Chen", "at": later(31)}
    assert states(report, "verified") == ["missing"]
    nobody = book.of(grown(0)).record(grown(0), "forwarded", at=later(1))
    sheet = forms.form("handling-sheet").fill(nobody, book, now=later(2))
    assert sheet.value("issued") == {"at": later(1)}


# 4.3.1.4 names Process for an unknown cause; while no cause is on record a form does not take it for decided.
def test_an_owner_is_named_only_when_the_facts_decide_it(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    report = forms.form("corrective-action-report")
    field = report.fill(grown(2), book, now=later(9)).fields["reports"]
    assert field.state == "missing"
    assert field.finding is not None
    assert "cause_reported.cause" in field.finding.text() or "analysed.cause" in field.finding.text()
    assert report.fill(grown(5), book, now=later(31)).value("reports") == "production"


def test_what_is_written_by_hand_stands_in_its_field(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    written: dict[str, Any] = {
        "channel": "mail",
        "goods_back": True,
        "recorded": {"by": "Li", "at": later(1)},
    }
    record = forms.form("complaint-record").fill(grown(1), book, now=later(2), by_hand=written)
    assert {name: record.value(name) for name in written} == written
    assert states(record, "channel") == ["by_hand"]


@pytest.mark.parametrize(
    "wrong",
    [
        ({"chanel": "mail"}, UnknownNameError, "Did you mean channel"),
        ({"customer": "BETA"}, UnknownNameError, "Unknown field customer"),
        ({"channel": "post"}, FactValueError, "mail | call | visit | other"),
        ({"goods_back": "yes"}, FactValueError, "allowed is bool"),
        ({"recorded": "Li"}, FactValueError, "{by, at}"),
        ({"recorded": {"who": "Li"}}, FactValueError, "{by, at}"),
        ({"recorded": {"by": 1}}, FactValueError, "recorded.by"),
    ],
)
def test_what_is_written_by_hand_is_checked(
    forms: Forms, book: qms.Rulebook, grown: Grown, wrong: tuple[dict[str, Any], type[Exception], str]
) -> None:
    written, error, said = wrong
    with pytest.raises(error) as raised:
        forms.form("complaint-record").fill(grown(1), book, now=later(2), by_hand=written)
    assert said in str(raised.value)


def test_instants_stand_on_the_clocks_of_the_rulebook(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    case = grown(0, received_at=datetime(2026, 3, 2, 1, 0, tzinfo=ZoneInfo("UTC")))
    record = forms.form("complaint-record").fill(case, book, now=pendulum.datetime(2026, 3, 2, 2, tz="UTC"))
    assert str(record.value("received_at")) == "2026-03-02 09:00:00+08:00"
    assert str(record.filled_at) == "2026-03-02 10:00:00+08:00"


def test_a_reopened_complaint_starts_its_form_anew(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    case = book.of(grown(12)).record(grown(12), "reopened", at=later(400), reason="came back")
    record = forms.form("complaint-record").fill(case, book, now=later(401))
    assert record.value("status") == "open"
    assert states(record, "analysed_at", "answered_at") == ["missing", "missing"]
    assert record.value("received_at") == MONDAY


def test_a_withdrawn_complaint_owes_no_answer(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    case = book.of(grown(2)).record(grown(2), "withdrawn", at=later(9), reason="customer's mistake")
    sheet = forms.form("handling-notice").fill(case, book, now=later(10))
    assert sheet.value("answer_state") == "void"


def test_one_edition_fills_as_well_as_the_whole_rulebook(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    form, case = forms.form("complaint-record"), grown(3)
    assert form.fill(case, book.editions[0], now=later(9)) == form.fill(case, book, now=later(9))


def test_a_case_of_another_edition_is_refused_unless_it_is_replayed(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    case = grown(3)
    case = attrs.evolve(case, pin=attrs.evolve(case.pin, digest="0" * 64))
    form = forms.form("complaint-record")
    for rules in (book, book.editions[0]):
        with pytest.raises(PinnedElsewhereError):
            form.fill(case, rules, now=later(9))
    replayed = form.fill(case, book.editions[0], now=later(9), replay=True)
    assert replayed.value("answer_due") == later(49)


def test_what_is_no_case_and_what_are_no_rules_is_said(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    form = forms.form("complaint-record")
    with pytest.raises(EntryError, match="A case is needed"):
        form.fill("C-1", book, now=later(1))  # type: ignore[arg-type]  # the point
    with pytest.raises(EntryError, match="load_rulebook"):
        form.fill(grown(1), "pcb-maker", now=later(1))  # type: ignore[arg-type]  # the point
    with pytest.raises(EntryError, match="A mapping of names"):
        form.fill(grown(1), book, now=later(1), by_hand=["mail"])  # type: ignore[arg-type]  # the point
    with pytest.raises(EntryError, match=r"\[case\]"):
        form.fill(grown(1), book, now=later(1), related=grown(1))  # type: ignore[arg-type]  # the point
    with pytest.raises(UnknownNameError, match="Did you mean customer"):
        form.fill(grown(1), book, now=later(1)).value("custmer")


def test_a_naive_moment_is_refused(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    with pytest.raises(qms.NaiveInstantError):
        forms.form("complaint-record").fill(grown(1), book, now=datetime(2026, 3, 2))  # noqa: DTZ001  # the point


def test_a_filled_form_is_a_value(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    form = forms.form("complaint-record")
    one, other = (form.fill(grown(4), book, now=later(21)) for _ in range(2))
    assert one == other
    assert len({one, other}) == 1


CAUSE = '[forms.f]\nkind = "lease"\n[forms.f.sections.s.fields]\ncause = { from = "left.cause", %s }\n'
CHOICES = 'choices.rent = { en = "the rent", zh = "租金" }, choices.noise = { en = "noise", zh = "噪声" }'
LEASE = (
    '[lease]\nopening = "signed"\n[lease.events.signed]\n[lease.events.left]\nfacts = { cause = "text" }\n'
    "[lease.events.closed]\n"
)


@pytest.mark.parametrize(
    ("cause", "shown"),
    [("noise", "☐ the rent  ☑ noise"), ("a new job", "a new job"), (None, "\\[missing\\]")],
)
def test_a_form_says_in_its_own_words_what_a_text_on_record_means(
    small: Small, cause: str | None, shown: str
) -> None:
    book, forms = small(LEASE, CAUSE % CHOICES)
    case = book.open(qms.Subject("lease", number="L-1", opened_at=MONDAY))
    if cause:
        case = book.of(case).record(case, "left", at=MONDAY, cause=cause)
    text = forms.form("f").fill(case, book, now=MONDAY).to_markdown()
    assert f"| cause | {shown} |" in text


def test_a_column_without_a_source_stays_empty_whatever_a_field_of_its_name_holds(small: Small) -> None:
    form = """
[forms.f]
kind = "lease"
[forms.f.sections.s.fields]
remark = { en = "Remark" }
[forms.f.sections.t]
rows = "events"
columns.at = "at"
columns.remark = { en = "Remark" }
"""
    book, forms = small(LEASE, form)
    case = book.open(qms.Subject("lease", number="L-1", opened_at=MONDAY))
    filled = forms.form("f").fill(case, book, now=MONDAY, by_hand={"remark": "kept quiet"})
    assert filled.value("remark") == "kept quiet"
    assert [row.fields[1].value for row in filled.sections[1].rows] == [None]
