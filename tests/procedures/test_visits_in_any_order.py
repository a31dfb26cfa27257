"""Visits to `pcb-maker`, with their events in any order: no remark is passed over, nobody who was asked is missing.

The oracle below reads no rulebook: it is clause 4.1① once more, by hand.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms

NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
PROC = qms.load_rulebook("pcb-maker").on(NOON)
HEAD = {"role": "department_head"}
Entry = tuple[str, dict[str, Any]]


@attrs.define
class Diary:
    """The visit, written down by hand: each line with its number."""

    lines: list[Entry] = attrs.field(factory=list)

    def last(self, *names: str, **asked: str) -> int:
        """The number of the last line of these names with these values; 0 where there is none."""
        return max(
            (
                number
                for number, (name, entry) in enumerate(self.lines, 1)
                if name in names and asked.items() <= entry.items()
            ),
            default=0,
        )

    def values(self, name: str, fact: str) -> set[str]:
        """What the lines of a name say of something."""
        return {entry[fact] for one, entry in self.lines if one == name}

    def refuses(self, name: str, entry: Entry) -> bool:
        """Whether the event has no place in the diary."""
        if self.last("closed"):
            return True
        opens = {
            "held": self.last("prepared"),
            "remark_recorded": self.last("held"),
            "question_asked": self.last("held"),
            "question_answered": self.last("question_asked"),
            "attended": self.last("held") and entry[1].get("role") == "department_head",
            "record_compiled": self.last("held")
            and self._attended()
            and entry[1].get("role") == "department_head",
            "measure_decided": self.last("remark_recorded"),
            "measure_not_needed": self.last("remark_recorded"),
            "measure_done": self.last("measure_decided"),
            "followed_up": self.last("measure_done"),
            "closed": self._over(),
        }
        return not opens.get(name, True)

    def _attended(self) -> bool:
        notice = self.last("notice_issued")
        asked = self.lines[notice - 1][1]["departments"] if notice else []
        return all(self.last("attended", "absence_excused", department=one) for one in asked)

    def _over(self) -> bool:
        compiled = self.last("record_compiled")
        return compiled > self.last("remark_recorded") and self._answered() and self._acted()

    def _answered(self) -> bool:
        return all(
            self.last("question_answered", question=one) > self.last("question_asked", question=one)
            for one in self.values("question_asked", "question")
        )

    def _acted(self) -> bool:
        met = all(
            self.last("measure_decided", "measure_not_needed", remark=one)
            > self.last("remark_recorded", remark=one)
            for one in self.values("remark_recorded", "remark")
        )
        done = all(
            self.last("measure_done", "measure_not_needed", remark=one)
            > self.last("measure_decided", remark=one)
            for one in self.values("measure_decided", "remark")
        )
        return met and done and all(self._helped(one) for one in self.values("measure_done", "remark"))

    def _helped(self, remark: str) -> bool:
        done, last = self.last("measure_done", remark=remark), self.last("followed_up", remark=remark)
        helped = last > done and self.lines[last - 1][1]["effective"]
        return helped or self.last("measure_not_needed", remark=remark) > done


remarks = st.sampled_from(("S-1", "S-2"))
departments = st.sampled_from(("quality", "production"))
steps: st.SearchStrategy[Entry] = st.one_of(
    st.tuples(st.sampled_from(("held", "closed")), st.just({})),
    st.tuples(st.just("prepared"), st.just({"past_complaints": ["C-1"]})),
    st.tuples(
        st.just("notice_issued"),
        st.fixed_dictionaries({"departments": st.lists(departments, unique=True, max_size=2)}),
    ),
    st.tuples(st.just("attended"), st.fixed_dictionaries({"department": departments}, optional={"role": st.just("department_head")})),
    st.tuples(st.just("absence_excused"), st.fixed_dictionaries({"department": departments, "reason": st.just("ill")})),
    st.tuples(st.just("record_compiled"), st.sampled_from(({}, HEAD))),
    st.tuples(st.just("remark_recorded"), st.fixed_dictionaries({"remark": remarks, "statement": st.just("x")})),
    st.tuples(st.just("question_asked"), st.fixed_dictionaries({"question": remarks, "statement": st.just("x")})),
    st.tuples(st.just("question_answered"), st.fixed_dictionaries({"question": remarks, "answer": st.just("x")})),
    st.tuples(st.just("measure_decided"), st.fixed_dictionaries({"remark": remarks, "measure": st.just("x")})),
    st.tuples(st.just("measure_not_needed"), st.fixed_dictionaries({"remark": remarks, "reason": st.just("x")})),
    st.tuples(st.just("measure_done"), st.fixed_dictionaries({"remark": remarks})),
    st.tuples(st.just("followed_up"), st.fixed_dictionaries({"remark": remarks, "effective": st.booleans()})),
)  # fmt: skip
LEAD: list[Entry] = [("prepared", {"past_complaints": []}), ("held", {})]
COURSE: list[Entry] = [
    ("remark_recorded", {"remark": "S-1", "statement": "x"}),
    ("measure_decided", {"remark": "S-1", "measure": "x"}),
    ("measure_done", {"remark": "S-1"}),
    ("followed_up", {"remark": "S-1", "effective": True}),
]


def walk(entries: list[Entry]) -> tuple[qms.Case, Diary]:
    """Offers each event to both, who have to agree, and records what they take."""
    case, diary = PROC.open(qms.Visit(number="V-1", customer="ACME", announced_at=NOON)), Diary()
    for hours, (name, entry) in enumerate(entries, start=1):
        at = NOON + timedelta(hours=hours)
        refused = any(one.refuses for one in PROC.check(case, name, at=at, **entry))
        assert refused is diary.refuses(name, (name, entry)), (name, entry, diary)
        if not refused:
            case = PROC.record(case, name, at=at, **entry)
            diary.lines.append((name, entry))
    return case, diary


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=14))
def test_the_rulebook_and_the_diary_refuse_the_same_events(entries: list[Entry]) -> None:
    walk(entries)


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=10))
def test_from_the_visit_on_they_refuse_the_same_events(entries: list[Entry]) -> None:
    case, diary = walk([*LEAD, *entries, ("record_compiled", HEAD), ("closed", {})])
    if case.status == "closed":
        met = diary.values("measure_decided", "remark") | diary.values("measure_not_needed", "remark")
        assert diary.values("remark_recorded", "remark") <= met


@settings(max_examples=60, deadline=None)
@given(st.permutations(COURSE))
def test_a_remark_that_is_met_in_its_order_and_in_no_other_lets_the_visit_close(entries: list[Entry]) -> None:
    case, _ = walk([*LEAD, *entries, ("record_compiled", HEAD), ("closed", {})])
    assert (case.status == "closed") is (entries == COURSE)
