"""The timeline of a case: its events, its clocks from start to due, their pauses and stops, and now."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes

import qms_service as qms
from qms_service.analysis import plot_case

from .drawing import HAS_CHINESE, bars, day, drawn, ends, texts

SHANGHAI = ZoneInfo("Asia/Shanghai")
CLOCKS = ["initial-analysis", "answer"]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


NOW = at(5, 10)


def case() -> tuple[qms.Rulebook, qms.Case]:
    book = qms.load_rulebook("pcb-maker")
    case = book.open(qms.Complaint(number="C-1", customer="ACME", received_at=at(2, 9)))
    proc = book.of(case)
    case = proc.record(case, "forwarded", at=at(2, 12), department="marketing")
    case = proc.record(case, "sample_requested", at=at(2, 16))
    case = proc.record(case, "sample_received", at=at(3, 2))
    case = proc.record(
        case, "analysed", at=at(3, 3), department="quality", facts={"established": True, "ours": True}
    )
    return book, case


def spans(ax: Axes, *, hatched: bool) -> list[tuple[float, float]]:
    return [
        (bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars(ax) if bool(bar.get_hatch()) is hatched
    ]


def close(found: list[tuple[float, float]], *wanted: tuple[datetime, datetime]) -> bool:
    """Whether spans are the same to a tenth of a second."""
    numbers = [(day(start), day(end)) for start, end in wanted]
    return found == [pytest.approx(one, abs=1e-6) for one in numbers]


def test_a_clock_is_a_bar_from_its_start_to_its_due_time() -> None:
    book, one = case()
    ax = plot_case(one, book, now=NOW, clocks=CLOCKS)
    # 4.2.4.2: 12 h after forwarding, not paused; 4.2.4.8.1: 48 h, and 10 h more for the sample
    assert close(spans(ax, hatched=False), (at(2, 12), at(3, 0)), (at(2, 12), at(4, 22)))


def test_a_pause_is_hatched_on_the_clock_that_it_stops() -> None:
    book, one = case()
    ax = plot_case(one, book, now=NOW, clocks=CLOCKS)
    assert close(spans(ax, hatched=True), (at(2, 16), at(3, 2)))
    (pause,) = (bar for bar in bars(ax) if bar.get_hatch())
    assert pause.get_y() + pause.get_height() / 2 == 6  # the lane of the second clock


def test_the_stop_is_a_tick_and_what_is_late_a_line_beyond_the_due_time() -> None:
    book, one = case()
    ax = plot_case(one, book, now=NOW, clocks=CLOCKS)
    ticks = [ends(line)[0] for line in ax.lines if line.get_marker() == "|"]
    assert ticks == [pytest.approx(day(at(3, 3)))]
    late = [ends(line) for line in ax.lines if line.get_linewidth() == 3]
    assert close(late, (at(3, 0), at(3, 3)), (at(4, 22), NOW))
    assert {"met late +3:00 h", "overdue +12:00 h"} <= set(texts(ax))


def test_now_is_a_dashed_line_and_each_event_a_dot() -> None:
    book, one = case()
    ax = plot_case(one, book, now=NOW, clocks=CLOCKS)
    (dashed,) = (line for line in ax.lines if line.get_linestyle() == "--")
    assert ends(dashed)[0] == pytest.approx(day(NOW))
    dots = [ends(line)[0] for line in ax.lines if line.get_marker() == "o"]
    assert dots == [
        pytest.approx(day(moment)) for moment in (at(2, 9), at(2, 12), at(2, 16), at(3, 2), at(3, 3))
    ]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Complaint received",
        "Complaint record or handling sheet with Quality",
        "Defect sample requested",
        "Defect sample received",
        "Initial analysis",
        "Initial analysis [4.2.4.2]",
        "Answer to the customer [4.2.4.8.1]",
    ]
    assert ax.get_xlabel() == "Asia/Shanghai"
    assert drawn(ax)


def test_an_earlier_moment_shows_the_case_as_it_stood_then() -> None:
    book, one = case()
    ax = plot_case(one, book, now=at(2, 20), clocks=CLOCKS)
    assert sum(line.get_marker() == "o" for line in ax.lines) == 3
    assert close(spans(ax, hatched=True), (at(2, 16), at(2, 20)))
    assert {"running", "undecided"} & set(texts(ax))


def test_every_clock_that_started_is_shown_where_none_is_named() -> None:
    book, one = case()
    shown = [label.get_text() for label in plot_case(one, book.of(one), now=NOW).get_yticklabels()]
    started = [d for d in book.of(one).deadlines(one, now=NOW) if d.started_at is not None]
    assert len(shown) == 5 + len(started)


@pytest.mark.skipif(not HAS_CHINESE, reason="no font with Chinese is installed")
def test_the_labels_in_chinese_have_their_glyphs() -> None:
    book, one = case()
    ax = plot_case(one, book, now=NOW, clocks=CLOCKS, lang="zh")
    assert ax.get_title() == "个案 C-1"
    assert [label.get_text() for label in ax.get_yticklabels()][-1] == "答复客户 [4.2.4.8.1]"
    assert "逾期完成 +3:00 h" in texts(ax)
    assert drawn(ax)


def test_a_clock_that_is_void_says_so() -> None:
    book, one = case()
    withdrawn = book.of(one).record(one, "withdrawn", at=at(3, 4), facts={"reason": "sent twice"})
    ax = plot_case(withdrawn, book, now=NOW, clocks="answer")
    assert "void" in texts(ax)
    assert drawn(ax)


def test_it_draws_on_one_s_own_axes_and_gives_them_back() -> None:
    book, one = case()
    _, ax = plt.subplots()
    assert plot_case(one, book, now=NOW, ax=ax) is ax


def test_bad_input_is_named() -> None:
    book, one = case()
    with pytest.raises(qms.UnknownNameError, match="Did you mean answer"):
        plot_case(one, book, now=NOW, clocks=["anser"])
    with pytest.raises(qms.NaiveInstantError):
        plot_case(one, book, now=datetime(2026, 3, 5))  # noqa: DTZ001  # the naive one is the test


@pytest.mark.parametrize("days", [1, 2, 4, 9, 13, 40, 300])
def test_what_is_said_stays_on_the_axes_and_no_two_times_on_each_other(days: int) -> None:
    """From 30 March on: the marks pass the end of a month."""
    book, start = qms.load_rulebook("pcb-maker"), datetime(2026, 3, 30, 12, tzinfo=SHANGHAI)
    case = book.open(qms.Complaint(number="C-1", customer="ACME", received_at=start))
    proc, end = book.of(case), start + timedelta(days=days)
    case = proc.record(case, "forwarded", at=start, department="marketing")
    case = proc.record(
        case, "analysed", at=end, department="quality", facts={"established": True, "ours": True}
    )
    ax = plot_case(case, book, now=end)
    ax.figure.canvas.draw()  # places the texts
    frame = ax.get_window_extent()
    said = [text.get_window_extent() for text in ax.texts]
    assert said
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in said)
    times = [text.get_window_extent() for text in ax.get_xticklabels() if text.get_text()]
    times = sorted(
        (box for box in times if frame.x0 <= (box.x0 + box.x1) / 2 <= frame.x1), key=lambda box: box.x0
    )
    assert all(left.x1 < right.x0 for left, right in pairwise(times))
    assert min(point.get_window_extent().x0 for point in ax.lines if point.get_marker() == "o") > frame.x0
