"""A duty calendar for a year: what comes round, when it is due over the holidays, and what was not done.

The duties of pcb-maker, and those that a sample factory adds in Python, on the Chinese calendar of 2026.
"""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import qms_service as qms
from qms_service.deadlines.duties import Duty, duties_between, fulfilment
from qms_service.events import Event

SHIFT = [("08:30", "12:00"), ("13:30", "17:30")]
ZONE = ZoneInfo("Asia/Shanghai")

factory = qms.china_calendar(dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), SHIFT))
proc = qms.load_rulebook("pcb-maker").on(date(2026, 1, 1))
own = [
    Duty("sheets", every="month", due="day 5", of="next", shift="next", by="quality", clause="4.2",
         label={"en": "Last month's inspection sheets", "zh": "上月巡检表"},
         fulfilled_by={"event": "collected", "period": "month"}),
    Duty("analysis", every="quarter", due="day 15 of month 1", of="next", shift="next", by="quality", clause="4.6",
         label={"en": "Quarterly analysis", "zh": "季度分析"}),
    Duty("plan", every="year", due="before april", by="marketing", clause="5.4.1",
         label={"en": "Service plan", "zh": "年度服务计划"}),
    Duty("meeting", every="week", due="friday, end of day", shift="skip", by="marketing",
         label={"en": "Weekly meeting", "zh": "周例会"}),
    Duty("follow-up", ages=[{"every": "month", "up_to": "1 year"}, {"every": "quarter"}], per="project",
         label={"en": "Follow-up call", "zh": "回访"}),
]  # fmt: skip
projects = {"project": {"P-7": date(2025, 5, 20)}}

duties = [*proc.duties.values(), *own]
year = duties_between(duties, date(2026, 1, 1), date(2027, 1, 1), calendar=factory, objects=projects)

print(f"{len(year)} in 2026:")
for duty, times in sorted(Counter(one.duty.name() for one in year).items()):
    print(f"  {times:>2}  {duty}")
print("Without a date:", ", ".join(one.duty.name() for one in year.unplaced))

print("\nApril, the weekly meeting aside:")
for one in year:
    if f"{one.due_on:%m}" == "04" and one.duty.id != "meeting":
        print(f"  {one.due_on:%a %d}  {one.duty.name()} {one.object or ''}".rstrip(), f"({one.period})")

march = year.of("sheets")[3]
print(f"\n{march.explain()}\n")
print(march.explain().text("zh"))

collected = [
    Event("collected", datetime(2026, 1, 5, 16, tzinfo=ZONE)),
    Event("collected", datetime(2026, 3, 4, 9, tzinfo=ZONE), facts={"month": "2026-01"}),
    Event("collected", datetime(2026, 3, 4, 10, tzinfo=ZONE)),
]
print("\nOn 8 April:")
for one in fulfilment(year.of("sheets")[:5], collected, now=datetime(2026, 4, 8, tzinfo=ZONE)):
    late = f", {one.late_by.days + 1} days late" if one.late_by else ""
    print(f"  {one.period}  due {one.due_on}  {one.state}{late}")
