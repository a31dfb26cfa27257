"""The duty calendar prints what the clauses and the notice of the State Council say; worked out by hand."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "duty_calendar.py"

# 52 Fridays of 2026 less 2 January, 20 February, 1 May, 19 June, 25 September, 2 October. P-7 is one year old on 20 May:
# five months, then Q2 from June on, Q3, Q4. Sunday 5 and Monday 6 April are closed. January's sheets came on 4 March.
PRINTED = """\
85 in 2026:
   8  Follow-up call
  12  Last month's inspection sheets
  12  Monthly summary of customer feedback
   4  Quarterly analysis
   1  Service plan
   1  Survey of customers
   1  Survey report for the management review
  46  Weekly meeting
Without a date: Calls on customers, Feedback summed up and handed out

April, the weekly meeting aside:
  Tue 07  Last month's inspection sheets (2026-03)
  Wed 15  Quarterly analysis (2026-Q1)
  Thu 30  Monthly summary of customer feedback (2026-04)
  Thu 30  Follow-up call P-7 (2026-04)

Last month's inspection sheets: due on 2026-04-07 [4.2]
  every month, due: day 5 of the next period; a closed day moves to the next working day
  period 2026-03: 2026-03-01 to 2026-03-31
  2026-04-05 to 2026-04-06 closed: Tomb-Sweeping Day 清明节
  from 2026-04-05 to 2026-04-07
  calendar edition 国办发明电〔2025〕7号

上月巡检表：2026-04-07 到期 [4.2]
  每月，到期：下一期间 5 日；逢非工作日顺延至下一个工作日
  期间 2026-03：2026-03-01 至 2026-03-31
  2026-04-05 至 2026-04-06 休息：Tomb-Sweeping Day 清明节
  由 2026-04-05 改为 2026-04-07
  日历版本 国办发明电〔2025〕7号

On 8 April:
  2025-12  due 2026-01-05  met
  2026-01  due 2026-02-05  met_late, 27 days late
  2026-02  due 2026-03-05  met
  2026-03  due 2026-04-07  overdue
  2026-04  due 2026-05-06  upcoming
"""


def test_a_year_of_duties_over_the_chinese_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLE))
    assert capsys.readouterr().out == PRINTED
