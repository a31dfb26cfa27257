"""The examples print what the procedure and the calendar say; the expected lines are worked out by hand."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

import qms_service

EXAMPLES = Path(__file__).parents[2] / "examples"

# Thursday 12 February 2026; Friday 13 and Saturday 14 are worked, 15 to 23 is Spring Festival, Tuesday 24 is worked.
# Until Tuesday 10:00: 1:30 + 7:30 + 7:30 + 1:30 = 18 hours. After Monday 28 December come three known working days.
DOOR_1 = """\
After Thursday 2026-02-12 16:00
  12 h                     Fri 2026-02-13 04:00
  2 d                      Sat 2026-02-14 16:00
  6 working h              Fri 2026-02-13 14:30
  4 working d              Wed 2026-02-25 16:00
  4 working d, end of day  Wed 2026-02-25 17:30
  same day                 Thu 2026-02-12 17:30
Working time until Tuesday 2026-02-24 10:00: 18:00:00
The answer reaches 2027-01-04 09:00..., but the calendar china is known until 2026-12-31 only. ...
By the weekly pattern: 2027-01-04 09:00
"""

# C-1: 9:00 + 12 h. C-2: 1 h before the sample was asked for, 11 h after it came. C-3: 20:00 + 12 h, and it is noon.
DOOR_2 = """\
C-1 initial-analysis: met, due 2026-03-02 21:00 +08:00 (12 h) [4.2.4.2] → production [4.2.4.8.3]
C-2 initial-analysis: running, due 2026-03-04 21:00 +08:00 (12 h) [4.2.4.2] → process [4.3.1.4]
C-3 initial-analysis: overdue, due 2026-03-04 08:00 +08:00 (12 h) [4.2.4.2] → process [4.3.1.4]
overdue by SQL: C-3
"""

# Closing asks for six things (4.2.4.9): two are there by hour 80, four are not. From Quality's receipt at 10:00:
# 7 h to the analysis, 8 h to the customer's first word, 32 h to the answer; 12 h from the analysis to containment.
DOOR_3 = """\
03-02 10:00  forwarded
03-02 17:00  analysed
03-02 18:00  customer_informed
03-03 05:00  contained
03-03 15:00  cause_reported
03-03 16:00  approved
03-03 18:00  answered
03-05 17:00  closed: refused
    closed needs action_completed (Corrective action completed) on record first. [pcb-maker 4.2.4.9]
    closed 之前须先记录 action_completed（改善措施完成）。 [pcb-maker 4.2.4.9]
    closed needs trained (People trained on the spot) on record first. [pcb-maker 4.2.4.9]
    closed 之前须先记录 trained（现场培训员工）。 [pcb-maker 4.2.4.9]
    closed needs verified (Effectiveness verified) on record first. [pcb-maker 4.2.4.9]
    closed 之前须先记录 verified（效果验证）。 [pcb-maker 4.2.4.9]
    closed needs notice_filed (Handling notice filed) on record first. [pcb-maker 4.2.4.9]
    closed 之前须先记录 notice_filed（处理通知单存档）。 [pcb-maker 4.2.4.9]
03-06 03:00  action_completed
03-06 05:00  trained
03-14 21:00  verified
03-14 22:00  notice_filed
03-14 23:00  closed
closed with 13 events, 0 left on the worklist
initial-analysis: met, took 7:00:00 of 12 h [pcb-maker 4.2.4.2]
customer-response: met, took 8:00:00 of 12 h [pcb-maker 4.2.2]
containment: met, took 12:00:00 of 24 h [pcb-maker 4.2.4.3]
answer: met, took 1 day, 8:00:00 of 48 h [pcb-maker 4.2.4.8.1]
answer-after-approval: met, took 2:00:00 of 48 h [pcb-maker 4.2.4.8.1]
"""

# The claim that the table refuses gives its number back; the one that is sent twice has one; June begins with 01.
CLAIMS = """\
05-03 09:00  MRKT-20110501
05-03 09:05  CHECK constraint failed: cny > 0
05-03 09:10  MRKT-20110502
05-03 09:11  MRKT-20110502
06-01 00:30  MRKT-20110601
('MRKT-20110501', 'ACME', 1200)
('MRKT-20110502', 'BETA', 50)
('MRKT-20110601', 'ACME', 300)
MRKT-20110501 allocated 2011-05 form 1
MRKT-20110502 allocated 2011-05 form 2
MRKT-20110601 allocated 2011-06 form 3
number 1 of 2011-05, by clause pcb-maker 4.4.2.4
"""

# From Quality's receipt on Monday at 10:00: 12 h (4.2.4.2, 4.2.2), 48 h (4.2.4.8.1), and 24 h of containment from the
# analysis at 17:00 (4.2.4.3). The list is of Wednesday, 19:00: C-2 had until 17:00 to contain and has until Thursday to
# answer. 4.2.4.1 asks for the defect and its rate, and nobody noted them.
FORMS = """\
# 客诉处置单

编号：C-1 · pcb-maker 4.2.4.1

## 投诉内容 \\[pcb-maker 4.2.4.1\\]

| 项目 | 记录 | 条款 |
| --- | --- | --- |
| 投诉编号 | C-1 | pcb-maker 4.2.4.1 |
| 客户 | ACME | pcb-maker 4.2.4.1 |
| 产品型号 | PCB-7781 | pcb-maker 4.2.4.1 |
| 数量 | 500 pcs | pcb-maker 4.2.4.1 |
| 不良率（%） | 〔待补〕 | pcb-maker 4.2.4.1 |
| 接收时间 | 2026-03-02 09:00 | pcb-maker 4.2.4.1 |
| 不良项目 | 〔待补〕 | pcb-maker 4.2.4.1 |
| 市场部初步判定 | …… | pcb-maker 4.2.4.1 |
| 邮件与投诉图片 | photo: https://dms.example/C-1/1.jpg | pcb-maker 4.2.4.1 |
| 附不良样品 | ☐ 是  ☐ 否 | pcb-maker 4.2.4.1 |
| 备注 |  | pcb-maker 4.2.4.1 |

## 时限

| 项目 | 记录 | 条款 |
| --- | --- | --- |
| 初步分析期限 | 2026-03-02 22:00 | pcb-maker 4.2.4.2 |
| 响应客户期限 | 2026-03-02 22:00 | pcb-maker 4.2.2 |
| 答复期限 | 2026-03-04 10:00 | pcb-maker 4.2.4.8.1 |
| 围堵期限 | 2026-03-03 17:00 | pcb-maker 4.2.4.3 |

## 签名

| 项目 | 记录 | 条款 |
| --- | --- | --- |
| 市场部发出 | Li  2026-03-02 10:00 | pcb-maker 4.2.4.1 |
| 品质部签收 | …… | pcb-maker 4.2.4.1 |

截至 2026-03-03 16:00（Asia/Shanghai）的记录，依据 pcb-maker 1 (...)。

尚缺：不良率（%）、不良项目。

C-1 misses Defect: subject.defect [pcb-maker 4.2.3]
C-1 misses Action completed: action_completed.at [pcb-maker 4.2.4.9]
C-1 misses People trained: trained.at [pcb-maker 4.2.4.9]
C-1 misses Verified: verified.at [pcb-maker 4.2.4.9]
C-1 misses Effective: verified.effective [pcb-maker 4.2.4.9]
C-1 misses How it was verified: verified.note [pcb-maker 4.2.4.9]
C-1 misses Approved by the quality manager: approved.by [pcb-maker 4.2.4.8.1]
C-1 misses Verified by Quality: verified.by [pcb-maker 4.2.4.9]
C-1 misses Closed by Quality: closed.by [pcb-maker 4.2.4.9]
# Complaint follow-up list

pcb-maker 4.9.4

## List

| field | on record | clause |
| --- | --- | --- |
| As of | 2026-03-04 19:00 | pcb-maker 4.9.4 |
| Kept by | …… | pcb-maker 4.9.4 |

## Complaints

| No. | Received | Customer | Product model | Quantity | Defect | Responsible | Containment | Answer due | Answer | Effective | Status |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| C-1 | 2026-03-02 09:00 | ACME | PCB-7781 | 500 pcs |  | Production | met | 2026-03-04 10:00 | overdue | \\[missing\\] | open |
| C-2 | 2026-03-03 09:00 | ACME | PCB-7781 | 500 pcs |  | \\[missing\\] | overdue | 2026-03-05 10:00 | running | \\[missing\\] | open |

As on record 2026-03-04 19:00 (Asia/Shanghai).

Still missing: Effective, Responsible.

corrective-action-report.xlsx follow-up-list.xlsx handling-sheet.xlsx
"""


# 500 noted, 480 came: 20 to be settled before the plan. Of 480 are 440 good and 30 made good, so 10 are scrap, not 11;
# 470 go back, so 10 are owed. The plan comes 4 h after the note, the rework 22 h after the disposition.
RETURNED = """\
03-10 12:00  planned
    noted = arrived does not hold at planned: 500 against 480 (noted = 500, arrived = 480). One of these will do: as-noted, count_settled. [pcb-maker 4.3.3/4.3.2]
    planned needs count_settled (Difference settled) on record first. One of these will do: as-noted, count_settled. [pcb-maker 4.3.3/4.3.2]
03-11 14:00  scrapped
    open >= 0 does not hold at scrapped: -1 against 0 (counted = 480, good = 440, reworked = 30, scrapped = 11, open = -1). [pcb-maker 4.3.3/4.3.4]
03-11 17:00  closed
    redelivered + credited = counted does not hold at closed: 470 against 480 (redelivered = 470, credited = 0, counted = 480). [pcb-maker 4.3.3/4.3.6]
counted 480 = good 440 + reworked 30 + scrapped 10
counted 480 = redelivered 470 + credited 10
handling-plan: met, took 4:00:00 of 12 h [pcb-maker 4.3.3/4.3.3]
rework: met, took 22:00:00 of 24 h [pcb-maker 4.3.1.6]
closed and held by customer on receipt H-19
"""

# Production has not signed and Li opened the claim: two reasons. A second judgement takes every signature back, and no
# reason makes Finance write off without them. 1000.00 in three parts: the cent that is over goes to the first.
CLAIM = """\
09:00  MRKT-20260301 opened (Li)
11:00  evidence_given (Wang)
13:00  judged (Li)
14:00  decision_countersigned (Ma)
15:00  countersigned (Wang)
16:00  approved (Li): refused
    approved needs countersigned (Countersigned) for each of: production. [pcb-maker 4.4.2.3]
    approved has to be done by another person than opened; both have Li. [pcb-maker 4.4.2.3]
17:00  countersigned (Zhao)
18:00  approved (Zhou)
19:00  judged (Li)
20:00  posted (Wu): refused
    posted needs approved (Approved by the general manager) later than the last judged; record it again. [pcb-maker 4.4.2.3]
21:00  decision_countersigned (Ma)
22:00  countersigned (Wang)
23:00  countersigned (Zhao)
00:00  approved (Zhou)
01:00  posted (Wu)
02:00  closed (Li)
closed
three departments bear 333.34 333.33 333.33
"""


# One place is missing; a cause is somebody's error and its action training, and nobody asks why it escaped; the cause is
# corrected after the approval; the release comes before the verification (4.2.4.3, 4.2.3). The report was asked
# for at hour 11: contained at 14, the plan approved at 53, closed at 297 (ACME's terms).
EIGHT_D = """\
03-02 18:00  CT-1 contained
    contained needs place_listed / place_not_applicable (...) for each of: in_transit. [pcb-maker 4.2.4.3]
03-03 18:00  8D-1 actions_approved
    actions_approved needs cause_proposed (D4 Cause proposed) for each of: technical_non_detection. [pcb-maker 4.2.3]
    actions_approved needs more of cause_proposed ...: nature = machine/material/method/environment/measurement, 0/1. ...
    actions_approved needs more of action_planned ...: means = ...instruction, 0/1. [pcb-maker 4.2.3]
03-04 16:00  8D-1 action_implemented
    action_implemented needs actions_approved ... later than the last correction of cause_proposed, 2026-03-04 15:00 ...
03-06 14:00  CT-1 released
    released needs action_verified (Corrective action verified) on record first. [pcb-maker 4.2.3]
uncut: suspect 0, bad 0
in_process: suspect 400, bad 10
finished: suspect 250, bad 10
warehouse: suspect 300, bad 10
at_customer: suspect 50, bad 10
contained: met, took 3:00:00 of 24 h [acme-8d 7.1]
planned: met, took 1 day, 18:00:00 of 14 d [acme-8d 7.2]
closed: met, took 11 days, 22:00:00 of 60 d [acme-8d 7.3]
No cause is verified for why it could arise, in the system. [pcb-maker 4.2.3]
No cause is verified for why it could go unnoticed, in the system. [pcb-maker 4.2.3]
['TUA', 'TUN'] to the customer's system
15 fields of it are still to be filled in, such as header.customerComplaintId
C-8 of 2026-04-07 is the defect open in goods made on 2026-02-27, before ...: it says nothing against the action. ...
C-9 of 2026-04-07 is the defect open once more, in goods made on 2026-03-12 with 8D-1, ...: the action did not hold. ...
"""


# Nobody has looked at them; Production was not told by contact note (4.6); two in the books and one on the rack; a notice
# without its proof, which is ISO 9001, 8.5.3; what is lost cannot be given back. No text gives the notice a term.
FIXTURE = """\
kept by production
03-02  registered
    registered needs checked (Checked on receipt) on record first. [pcb-maker 4.6]
03-03  kept
    kept needs contact_note_issued (Production told by internal contact note) on record first. [pcb-maker 4.6]
05-31  inventoried
    found = kept does not hold at inventoried: 1 against 2 (...). [pcb-maker 4.6]
06-01  customer_notified
    customer_notified needs the fact proof (text). [pcb-maker 4.6]
06-30  returned
    kept >= 0 does not hold at returned: -1 against 0 (...). [pcb-maker 4.6]
07-01  closed
    closed needs customer_decided (Customer decided on the incident) for each of: I-1. [pcb-maker 4.6]
    closed needs receipt_voided (Receipt taken back and voided) for each of: Q-9. [pcb-maker 4.6]
Customer told of the incident: unknown (?) [pcb-maker 4.6]
received 2 = given back 1 + lost 1 + kept 0
closed and held by customer
"""


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("door_1_calendar.py", DOOR_1),
        ("door_2_own_table.py", DOOR_2),
        ("door_3_desk.py", DOOR_3),
        ("claim_numbers.py", CLAIMS),
        ("returned_goods.py", RETURNED),
        ("claim_approval.py", CLAIM),
        ("complaint_forms.py", FORMS),
        ("customer_8d/eight_d.py", EIGHT_D),
        ("lost_fixture.py", FIXTURE),
    ],
)
def test_an_example_prints_what_was_worked_out_by_hand(
    script: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    runpy.run_path(str(EXAMPLES / script), run_name="__main__")
    printed = capsys.readouterr().out
    assert OutputChecker().check_output(expected, printed, ELLIPSIS), printed


@pytest.mark.parametrize("script", ["door_1_calendar.py", "door_2_own_table.py"])
def test_the_first_two_doors_load_no_store_and_no_desk(script: str) -> None:
    program = (
        "import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__'); "
        "sys.exit(' '.join(name for name in sys.modules"
        " if name.startswith(('qms_service.ports', 'qms_service.adapters', 'qms_service.desk'))) or 0)"
    )
    source = str(Path(qms_service.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", program, str(EXAMPLES / script)],
        env={**os.environ, "PYTHONPATH": source, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("script", sorted(path.name for path in EXAMPLES.glob("*.py")))
def test_an_example_stays_short(script: str) -> None:
    assert len((EXAMPLES / script).read_text(encoding="utf-8").splitlines()) < 60
