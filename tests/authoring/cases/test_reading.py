"""A file of cases is read whole, or all its mistakes are told at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pendulum
import pytest
from tests.authoring.cases.conftest import HEAD, LIFTS, Reading

import qms_service as qms
from qms_service.authoring.cases import read_cases
from qms_service.authoring.cases.moments import amount_of, amount_text, moment_of, moment_text
from qms_service.errors import EntryError, RulebookError, UnknownNameError
from qms_service.instants import zone
from qms_service.texts import SHIPPED

Problems = Callable[[str], list[str]]
BERLIN = zone("Europe/Berlin")
ONE = """\
[[case]]
clause   = "5.1"
sentence = "It is reported."
step     = "reported"
now      = "2026-03-02 09:00"
expect   = { state = "done" }
"""


def one(**keys: str) -> str:
    """The case above with other lines; an empty one is left out."""
    lines = dict(line.split("=", 1) for line in ONE.splitlines()[1:])
    lines = {key.strip(): value for key, value in lines.items()} | keys
    return "[[case]]\n" + "\n".join(f"{key} = {value}" for key, value in lines.items() if value)


def test_a_case_has_its_place_its_words_and_what_is_on_record(read: Reading) -> None:
    (case,) = read(ONE).cases
    assert (case.path, case.line, case.title) == ("case[0]", HEAD.count("\n") + 1, "5.1 It is reported.")
    assert (case.question, case.name, case.of_clause) == ("step", "reported", "5.1")
    assert case.at == pendulum.datetime(2026, 3, 2, 9, tz="Europe/Berlin")
    assert [event.name for event in case.case.history] == ["reported"]
    assert case.case.subject.opened_at == pendulum.datetime(2026, 3, 2, 8, tz="Europe/Berlin")
    assert dict(case.case.subject.facts) == {"urgent": False}


def test_a_story_counts_up_to_the_moment_asked_less_what_is_left_out_and_with_what_is_given(
    read: Reading,
) -> None:
    story = """\
[stories]
visits = [
    { event = "visited", at = "2026-03-02 09:00", cause = "wear", by = "Li" },
    { event = "tested", at = "2026-03-02 10:00", passed = true, role = "engineer", by = "Wu" },
    { event = "visited", at = "2026-03-03 09:00", cause = "misuse" },
]
"""
    told = one(story='"visits"', without='["tested"]', now='"2026-03-02 11:00"',
               given='[{ event = "closed", at = "2026-03-02 12:00" }]')  # fmt: skip
    (case,) = read(story + told).cases
    assert [event.name for event in case.case.history] == ["reported", "visited", "closed"]
    assert case.case.history[1].by == "Li"


def test_a_story_may_be_of_another_kind_with_a_number_an_opening_and_a_subject_of_its_own(
    read: Reading,
) -> None:
    story = """\
[stories.order]
kind     = "order"
number   = "O-1"
received = 2026-03-01T10:00:00
events   = [{ event = "closed", at = 2026-03-02T08:30:00 }]
[stories.urgent]
subject = { urgent = true }
events  = []
"""
    told = (
        one(story='"order"', step='"placed"'),
        one(story='"urgent"', number='"R-2"', subject="{ floor = 3 }"),
    )
    placed, urgent = read(story + "\n".join(told)).cases
    assert (placed.case.kind, placed.case.id, placed.case.status) == ("order", "O-1", "closed")
    assert (urgent.case.id, dict(urgent.case.subject.facts)) == ("R-2", {"urgent": True, "floor": 3})


def test_a_story_is_handed_in_as_a_linked_case(read: Reading) -> None:
    story = '[stories.order]\nkind = "order"\nnumber = "O-1"\nevents = []\n'
    (case,) = read(story + one(related='["order"]')).cases
    assert [(linked.kind, linked.id) for linked in case.related] == [("order", "O-1")]


def test_facts_are_written_as_toml_has_them(read: Reading) -> None:
    subject = """{ urgent = true, floor = 3, price = { amount = 12.5, currency = "EUR" }, built = 1999-05-01,
        spare = { amount = 2, unit = "pcs" }, seen = "2026-03-01 10:00", tags = ["a", "b"] }"""
    (case,) = read(one(subject=subject.replace("\n", ""))).cases
    assert dict(case.case.subject.facts) == {
        "urgent": True,
        "floor": 3,
        "price": qms.Money(amount=Decimal("12.5"), currency="EUR"),
        "built": date(1999, 5, 1),
        "spare": qms.Quantity(amount=2, unit="pcs"),
        "seen": pendulum.datetime(2026, 3, 1, 10, tz="Europe/Berlin"),
        "tags": ("a", "b"),
    }
    (plain,) = read(one(subject="{ spare = 4 }")).cases
    assert plain.case.subject.facts["spare"] == 4


def test_a_correction_brings_facts_or_a_moment(read: Reading) -> None:
    given = """[
        { event = "visited", at = "2026-03-02 09:00", cause = "wear" },
        { event = "corrected", at = "2026-03-02 10:00", of = 2, facts = { cause = "misuse" }, reason = "r" },
        { event = "corrected", at = "2026-03-02 11:00", facts = { of = 2, at = "2026-03-02 08:30" }, reason = "r" },
    ]"""
    (case,) = read(one(given=given)).cases
    (_, visited, *_) = case.case.timeline().events
    assert (visited.facts["cause"], visited.at) == (
        "misuse",
        pendulum.datetime(2026, 3, 2, 8, 30, tz="Europe/Berlin"),
    )


def test_a_department_may_go_by_any_of_its_names(read: Reading) -> None:
    given = '[{ event = "visited", at = "2026-03-02 09:00", cause = "wear", department = "SV" }]'
    (case,) = read(one(given=given)).cases
    assert case.case.history[1].department == "service"


def test_a_case_may_be_left_without_an_answer_or_without_a_sentence(read: Reading) -> None:
    unanswered, unworded, answered = read("\n".join([one(expect=""), one(sentence='"?"'), one()])).cases
    assert (unanswered.is_answered, unworded.is_answered, answered.is_answered) == (False, False, True)


def test_of_a_rulebook_with_one_kind_none_has_to_be_named(tmp_path: Path) -> None:
    book = tmp_path / "o.toml"
    book.write_text(LIFTS[: LIFTS.index("[repair]")] + LIFTS[LIFTS.index("[order]") :], encoding="utf-8")
    file = tmp_path / "c.toml"
    file.write_text(
        'rulebook = "lifts"\nreceived = "2026-03-02 08:00"\n' + one(step='"placed"'), encoding="utf-8"
    )
    assert read_cases(file, qms.load_rulebook(book)).cases[0].case.kind == "order"


def test_the_newest_edition_is_asked_where_the_file_names_none(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    second = LIFTS.replace('edition  = "1"', 'edition = "2"\neffective_from = 2027-01-01')
    (folder / "1.toml").write_text(LIFTS, encoding="utf-8")
    (folder / "2.toml").write_text(second, encoding="utf-8")
    file = tmp_path / "cases.toml"
    for head, expected in (("", "2"), ('edition = "1"\n', "1")):
        file.write_text(head + HEAD + ONE, encoding="utf-8")
        assert read_cases(file, [folder, "pcb-maker"]).procedure.edition == expected


def test_working_hours_may_be_brought_along(tmp_path: Path) -> None:
    book = tmp_path / "lifts.toml"
    text = LIFTS.replace('timezone = "Europe/Berlin"', 'timezone = "Europe/Berlin"\ncalendar = "plant"')
    book.write_text(text, encoding="utf-8")
    file, told = tmp_path / "cases.toml", HEAD + ONE
    file.write_text(told, encoding="utf-8")
    with pytest.raises(RulebookError, match="plant"):
        read_cases(file, book)
    plant = """
[calendars.plant]
timezone   = "Europe/Berlin"
weekly     = { mon = [["08:00", "12:00"]] }
exceptions = { "2026-03-09" = [] }
known_until = 2026-12-31
[calendars.china]
national = "china"
weekly   = { mon = [["08:00", "12:00"]] }
makeup   = []
"""
    file.write_text(told + plant, encoding="utf-8")
    calendar = read_cases(file, book).procedure.rules.calendar
    assert calendar.is_working_day(date(2026, 3, 2))
    assert not calendar.is_working_day(date(2026, 3, 9))
    assert calendar.known_until == date(2026, 12, 31)


def test_what_is_wrong_with_a_calendar_is_told(problems: Problems) -> None:
    calendars = """
[calendars.a]
weekly = { mon = [["12:00", "08:00"]] }
[calendars.b]
timezone = "Europe/Berlin"
weekly = { mon = [["12:00", "08:00", "x"]] }
exceptions = { soon = [] }
"""
    found = problems(ONE + calendars)
    assert [text.split(":")[0] for text in found] == [
        "calendars.a.timezone", "calendars.b", "calendars.b.exceptions.soon",
    ]  # fmt: skip


WRONG = [
    (one(clause=""), "case[0].clause:8: the key clause is missing"),
    (one(clause="5"), "case[0].clause:9: got 5; needed is text"),
    (one(sentence=""), "case[0].sentence:8: the key sentence is missing"),
    (one(step=""), "case[0]:8: asked: –; a case asks one thing, one of: check, clock, owner, step"),
    (one(clock='"visit"'), "asked: clock, step; a case asks one thing"),
    (one(step="3"), "case[0].step:11: got 3; needed is text"),
    (one(step='"reportd"'), "case[0].step:11: unknown event reportd; did you mean reported?"),
    (one(step="", clock='"visits"', expect=""), "unknown clock visits; did you mean visit?"),
    (
        one(step="", check='"closd"', now="", at='"2026-03-02 09:00"', expect=""),
        "unknown event closd; did you mean closed?",
    ),
    (one(now=""), "case[0].now:8: the key now is missing"),
    (
        one(now='"2026-03-02"'),
        "case[0].now:12: got '2026-03-02'; write a date and a time such as 2026-03-02 09:00",
    ),
    (one(now='"2026-13-02 09:00"'), "got '2026-13-02 09:00'; write a date and a time"),
    (one(now="2026-03-02"), "got 2026-03-02; write a date and a time"),
    (one(now='"2026-03-29 02:30"'), "2026-03-29 02:30 never came in Europe/Berlin"),
    (one(now='"2026-10-25 02:30"'), "2026-10-25 02:30 came twice in Europe/Berlin"),
    (one(kind='"repairs"'), "case[0].kind:14: unknown kind of case repairs; did you mean repair?"),
    (one(story='"none"'), "case[0].story:14: unknown story none"),
    (one(related='["none"]'), "case[0].related[0]:14: unknown story none"),
    (one(without='["visited"]'), "case[0].without[0]:14: unknown event visited"),
    (one(received='"x"'), "case[0].received:14: got 'x'; write a date and a time"),
    (
        one(subject="{ urgent = 1 }"),
        "case[0].subject.urgent:14: Fact urgent of subject: got 1 (int), allowed is bool.",
    ),
    (one(subject="{ urgnt = true }"), "subject has no fact urgnt. Did you mean urgent?"),
    (one(subject='{ price = "12" }'), "got '12' (str), allowed is money?."),
    (one(given="3"), "case[0].given:14: got 3; needed is a list"),
    (one(given="[3]"), "case[0].given[0]:14: got 3; needed is a table"),
    (one(given='[{ at = "2026-03-02 09:00" }]'), "case[0].given[0].event:14: the key event is missing"),
    (one(given='[{ event = "visited", cause = "wear" }]'), "case[0].given[0].at:14: the key at is missing"),
    (one(given='[{ event = "visited", at = "2026-03-02 09:00" }]'), "visited needs the fact cause"),
    (
        one(given='[{ event = "visited", at = "2026-03-02 09:00", cause = "worn" }]'),
        "case[0].given[0].cause:14: Fact cause of visited: got 'worn'",
    ),
    (
        one(given='[{ event = "visited", at = "2026-03-02 09:00", cause = "wear", department = "QX" }]'),
        "case[0].given[0].department:14: unknown department QX",
    ),
    (
        one(
            given='[{ event = "corrected", at = "2026-03-02 09:00", of = 1, facts = { x = 1 }, reason = "r" }]'
        ),
        "case[0]:8: Refused.",
    ),
    (one(expect="{}"), "case[0].expect.state:13: the key state is missing"),
    (one(expect='{ state = "doen" }'), "case[0].expect.state:13: unknown state doen; did you mean done?"),
    (one(expect='{ state = "done", due = "x" }'), "case[0].expect.due:13: unknown key due; allowed: state"),
    (one(sentense='"x"'), "case[0].sentense:14: unknown key sentense; did you mean sentence?"),
    (HEAD.replace("\n[sub", "case = [3]\n[sub"), "case[0]:4: got 3; needed is a table"),
    ("", "case: there is no case; write at least one table [[case]]"),
    ("[subjects.repairs]\nurgent = true\n" + ONE, "subjects.repairs:8: unknown kind of case repairs"),
    ("[stories]\nbad = 3\n" + ONE, "stories.bad:9: got 3; needed is a list or a table"),
    ('[stories.bad]\nnumber = "1"\n' + one(story='"bad"'), "stories.bad.events:8: the key events is missing"),
    (
        "[stories.bad]\nevents = []\nevnts = []\n" + ONE,
        "stories.bad.evnts:10: unknown key evnts; did you mean events?",
    ),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_mistake_is_told_with_its_place_and_what_is_allowed(
    text: str, said: str, problems: Problems
) -> None:
    (found,) = problems(text)
    assert said in found


HEADS = [
    (HEAD.replace('"lifts"', '"lift"'), "rulebook:1: unknown rulebook lift; did you mean lifts?"),
    (HEAD.replace('rulebook = "lifts"\n', "rulebook = 3\n"), "rulebook:1: got 3; needed is text"),
    (HEAD.replace("kind  ", 'edition = "9"\nkind  '), "edition:2: unknown edition 9; known: 1"),
    (HEAD.replace("kind  ", "edition = 9\nkind  "), "edition:2: got 9; needed is text"),
    (HEAD.replace('kind     = "repair"\n', ""), "case[0].kind:7: the key kind is missing"),
    (HEAD.replace('"repair"', '"repairs"'), "kind:2: unknown kind of case repairs; did you mean repair?"),
    (HEAD.replace('received = "2026-03-02 08:00"', ""), "received: the key received is missing"),
    (HEAD.replace("urgent = false", ""), "subjects.repair.urgent:5: subject needs the fact urgent (bool)."),
]


@pytest.mark.parametrize(("head", "said"), HEADS, ids=[said for _, said in HEADS])
def test_a_mistake_of_the_head_is_told_once(head: str, said: str, problems: Problems) -> None:
    found = problems(head + ONE + one())
    assert said in found[0]
    assert len(found) == 1 or "kind" in said


def test_a_linked_case_that_cannot_be_read_is_told(problems: Problems) -> None:
    story = """\
[stories.order]
kind = "order"
events = [{ event = "corrected", at = "2026-03-02 08:30", of = 1, facts = { x = 1 }, reason = "r" }]
"""
    (found,) = problems(story + one(related='["order"]'))
    assert found.startswith("case[0].related:17: Refused. placed has no fact x.")


def test_all_mistakes_come_at_once_and_by_their_lines(problems: Problems) -> None:
    found = problems(one(step='"reportd"') + "\n" + one(now='"x"', expect="{}"))
    assert [text.split(":")[0] for text in found] == ["case[0].step", "case[1].now", "case[1].expect.state"]


@pytest.mark.parametrize("lang", SHIPPED)
def test_the_error_lists_them_in_the_readers_language(lang: str, read: Reading) -> None:
    with pytest.raises(RulebookError) as caught:
        read(one(now='"x"') + "\n" + one(step=""))
    assert len(caught.value.text(lang).splitlines()) == 3


def test_a_file_that_is_not_there_and_one_that_is_no_toml(tmp_path: Path, lifts: Path) -> None:
    with pytest.raises(UnknownNameError, match="no file"):
        read_cases(tmp_path / "none.toml", lifts)
    with pytest.raises(UnknownNameError, match="no file"):
        read_cases(tmp_path, lifts)
    with pytest.raises((RulebookError, UnknownNameError), match="Check the path"):
        read_cases("x" * 300, lifts)
    (tmp_path / "broken.toml").write_text("case = ", encoding="utf-8")
    with pytest.raises(RulebookError, match="is no TOML"):
        read_cases(tmp_path / "broken.toml", lifts)


def test_a_rulebook_that_cannot_be_loaded_says_so(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    file.write_text(HEAD + ONE, encoding="utf-8")
    with pytest.raises(UnknownNameError, match="neither a shipped rulebook"):
        read_cases(file, "none.toml")


def test_moments_are_written_as_short_as_they_can_be_read() -> None:
    texts = ["2026-03-02 09:00", "2026-03-02 09:00:30", "2026-10-25 02:30+01:00", "2026-10-25 02:30+02:00"]
    assert [moment_text(moment_of(text, BERLIN), BERLIN) for text in texts] == texts
    assert moment_text(moment_of("2026-03-02T08:00Z", BERLIN), BERLIN) == "2026-03-02 09:00"


def test_amounts_are_hours_and_minutes() -> None:
    assert amount_of("100:05:06") == timedelta(hours=100, minutes=5, seconds=6)
    assert amount_text(timedelta(hours=100, minutes=5, seconds=6)) == "100:05:06"
    for wrong in ("1", "1:60", 3):
        with pytest.raises(EntryError, match="write hours and minutes"):
            amount_of(wrong)
