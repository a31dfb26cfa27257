"""Door 1: a calendar and terms, nothing else. When is a promise due on a factory's own calendar?"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import qms_service as qms

SHANGHAI = ZoneInfo("Asia/Shanghai")
SHIFT = [("08:30", "12:00"), ("13:30", "17:30")]
TERMS = ("12 h", "2 d", "6 working h", "4 working d", "4 working d, end of day", "same day")


def main() -> None:
    """Prints what each term means before Spring Festival, and what nobody can know yet."""
    calendar = qms.china_calendar(weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), SHIFT))

    thursday = datetime(2026, 2, 12, 16, 0, tzinfo=SHANGHAI)
    print("After Thursday 2026-02-12 16:00")
    for text in TERMS:
        due_at = qms.Term.parse(text).after(thursday, calendar)
        print(f"  {text:<24} {due_at:ddd YYYY-MM-DD HH:mm}")

    tuesday = datetime(2026, 2, 24, 10, 0, tzinfo=SHANGHAI)
    print(f"Working time until Tuesday 2026-02-24 10:00: {calendar.elapsed(thursday, tuesday)}")

    december = datetime(2026, 12, 28, 9, 0, tzinfo=SHANGHAI)
    term = qms.Term.parse("5 working d")
    try:
        term.after(december, calendar)
    except qms.CalendarHorizonError as error:
        print(error)
    print(
        f"By the weekly pattern: {term.after(december, calendar, on_unknown='provisional'):YYYY-MM-DD HH:mm}"
    )


if __name__ == "__main__":
    main()
