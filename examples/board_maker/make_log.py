"""Writes complaints.csv: eight months of complaints of an invented maker of printed circuit boards.

The numbers come from a seeded generator, so that the file is the same every time. Some rows are spoilt in
the ways in which rows of real logs are: each way is a function below, and says what it stands for.

    python examples/board_maker/make_log.py
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
ROWS = 348
FIRST_DAY = datetime(2025, 7, 1)  # noqa: DTZ001  # wall times, as a log has them; the mapping names the zone
LAST = datetime(2026, 2, 28, 18, 0)  # noqa: DTZ001
COLUMNS = (
    "客诉编号", "客户", "产品型号", "数量", "不良现象",
    "收到时间", "转品质时间", "初步分析时间", "是否成立", "是否我方", "响应客户时间", "客户书面确认时间",
    "围堵完成时间", "索样时间", "到样时间", "原因报告时间", "原因类别", "责任部门", "经理批准时间", "答复时间",
    "措施完成时间", "培训时间", "验证时间", "是否有效", "通知单存档时间", "结案时间",
)  # fmt: skip
DEFECTS = ("开路", "短路", "孔无铜", "板弯板翘", "阻焊脱落", "尺寸超差", "字符模糊", "焊盘氧化")
STANDS, OURS, NEEDS_SAMPLE = 0.82, 0.87, 0.3  # how often
OTHER_FORMAT, MARKED, DRAGGED, FORGOTTEN, STALLED = 0.1, 0.15, 0.12, 0.03, 0.015
DEPARTMENTS = ("生产部", "生产部", "生产部", "工艺部", "ME", "工程部", "品质部", "品管部")
CAUSES = ("工序", "工序", "工序", "工艺", "不明")

Row = dict[str, str]


def complaint(rng: random.Random, number: int, received: datetime) -> Row:
    """One complaint, up to the day on which the log was taken."""
    row = {
        "客诉编号": f"KS{received:%y%m}-{number:03}",
        "客户": f"C{rng.randint(1, 24):02}",
        "产品型号": f"PCB-{rng.choice((4402, 6120, 7781, 7790, 8816))}",
        "数量": str(rng.choice((5, 12, 30, 48, 120, 500, 1200))),
        "不良现象": rng.choice(DEFECTS),
    }
    established = rng.random() < STANDS
    ours = established and rng.random() < OURS
    moments = course(rng, received, established=established, ours=ours)
    known = {column: at for column, at in moments.items() if at <= LAST}
    facts = {
        "是否成立": "是" if established else "否",
        "是否我方": ("是" if ours else "否") if established else "-",
    }
    if "初步分析时间" in known:
        row |= facts
    if "原因报告时间" in known:
        row |= {"原因类别": rng.choice(CAUSES), "责任部门": rng.choice(DEPARTMENTS)}
    if "验证时间" in known:
        row["是否有效"] = "是"
    return row | {column: written(rng, at) for column, at in known.items()}


def course(rng: random.Random, received: datetime, *, established: bool, ours: bool) -> dict[str, datetime]:
    """When each step of a complaint happened; now and then a step is forgotten, or all that follow."""
    moments = {"收到时间": received}
    forwarded = received + hours(rng, 0.3, 4)
    if rng.random() > STALLED:
        moments["转品质时间"] = forwarded
    if rng.random() > FORGOTTEN:
        moments["响应客户时间"] = forwarded + hours(rng, 1, 13)
    if rng.random() < STALLED:
        return moments
    analysed = moments["初步分析时间"] = forwarded + hours(rng, 2, 14)
    if established and rng.random() > FORGOTTEN:
        moments["围堵完成时间"] = analysed + hours(rng, 3, 28)
    moments |= (
        handled(rng, forwarded, analysed) if ours else {"客户书面确认时间": analysed + hours(rng, 20, 130)}
    )
    moments["结案时间"] = max(moments.values()) + hours(rng, 4, 60)
    return moments


def handled(rng: random.Random, forwarded: datetime, analysed: datetime) -> dict[str, datetime]:
    """The further steps of a complaint that stands and is ours."""
    steps = {}
    ready = analysed
    if rng.random() < NEEDS_SAMPLE:
        asked = steps["索样时间"] = forwarded + hours(rng, 1, 20)
        ready = steps["到样时间"] = max(asked + hours(rng, 24, 110), analysed)
    reported = steps["原因报告时间"] = ready + hours(rng, 8, 40)
    approved = steps["经理批准时间"] = reported + hours(rng, 0.5, 6)
    answered = steps["答复时间"] = approved + hours(rng, 0.5, 9)
    done = steps["措施完成时间"] = reported + hours(rng, 50, 300)
    trained = steps["培训时间"] = done + hours(rng, 2, 60)
    verified = steps["验证时间"] = max(done, trained) + hours(rng, 150, 500)
    steps["通知单存档时间"] = max(verified, answered) + hours(rng, 1, 40)
    return steps


def hours(rng: random.Random, low: float, high: float) -> timedelta:
    """A span that is short more often than long, and now and then far too long, in whole minutes."""
    span = rng.triangular(low, high, low + (high - low) / 3)
    stretch = rng.uniform(1.5, 3) if rng.random() < DRAGGED else 1
    return timedelta(minutes=round(60 * span * stretch))


def written(rng: random.Random, at: datetime) -> str:
    """A moment as people type it."""
    if rng.random() < OTHER_FORMAT:
        return f"{at.year}/{at.month}/{at.day} {at:%H:%M}"
    return f"{at:%Y-%m-%d %H:%M}"


def marked(rng: random.Random, row: Row) -> Row:
    """Some people write a mark where nothing is known."""
    if rng.random() < MARKED:
        mark = rng.choice(("-", "?"))
        return {column: row.get(column) or mark for column in COLUMNS}
    return row


def no_such_day(row: Row) -> None:
    """The 30th of February, and hours beyond midnight."""
    row["转品质时间"] = "2026-02-30 09:15" if row["客诉编号"] > "KS2510" else "2025-09-12 25:40"


def day_only(row: Row) -> None:
    """A date whose time nobody wrote down."""
    row["初步分析时间"] = row["初步分析时间"][:10].rstrip()


def swapped(row: Row) -> None:
    """Two cells in each other's place."""
    row["数量"], row["不良现象"] = row["不良现象"], row["数量"]


def negative(row: Row) -> None:
    """A quantity below nothing."""
    row["数量"] = f"-{row['数量']}"


def huge(row: Row) -> None:
    """A barcode in the place of a quantity."""
    row["数量"] = "3000000000000"


def unknown_department(row: Row) -> None:
    """A department that the procedure does not know under this name."""
    row["责任部门"] = "压合课"


def misspelt_department(row: Row) -> None:
    """A department that is nearly right."""
    row["责任部门"] = "品质布"


def odd_answer(row: Row) -> None:
    """Neither yes nor no."""
    row["是否成立"] = "待定"


def closed_first(row: Row) -> None:
    """Closed before it was received: the year is a slip of the pen. Such a row can be read."""
    row["结案时间"] = "2024" + row["结案时间"][4:]


def answer_lost(row: Row) -> None:
    """The result of an analysis whose moment was wiped out."""
    row["初步分析时间"] = ""


SPOILT: dict[int, Callable[[Row], None]] = {
    **dict.fromkeys((17, 131, 240), no_such_day),
    **dict.fromkeys((23, 58, 96, 144, 187, 251), day_only),
    **dict.fromkeys((31, 210), swapped),
    **dict.fromkeys((44, 163), negative),
    72: huge,
    **dict.fromkeys((80, 119, 229), unknown_department),
    152: misspelt_department,
    **dict.fromkeys((101, 199), odd_answer),
    **dict.fromkeys((66, 175), closed_first),
    **dict.fromkeys((109, 260), answer_lost),
}
REPEATED = {37: 36, 220: 219}
TOO_SHORT = (50, 139)
TOO_LONG = (205,)


def rows() -> list[list[str]]:
    """All rows, spoilt ones included, by the moment of receipt."""
    rng = random.Random(20260228)  # noqa: S311  # a reproducible example, no secret
    days = sorted(rng.randrange((LAST - FIRST_DAY).days) for _ in range(ROWS))
    table = []
    for number, day in enumerate(days, start=1):
        received = FIRST_DAY + timedelta(days=day, minutes=rng.randrange(8 * 60, 19 * 60))
        row = marked(rng, complaint(rng, number, received))
        if number in SPOILT:
            SPOILT[number](row)
        table.append([row.get(column, "") for column in COLUMNS])
    for number, other in REPEATED.items():
        table[number - 1][0] = table[other - 1][0]
    for number in TOO_SHORT:
        del table[number - 1][11]
    for number in TOO_LONG:
        table[number - 1].insert(4, "批次A")
    return table


def main() -> None:
    """Writes the file beside this script, as a spreadsheet would: UTF-8 with a byte order mark."""
    with (HERE / "complaints.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows())


if __name__ == "__main__":
    main()
