"""The Chinese catalogue: code → template."""

from typing import Final

CATALOGUE: Final[dict[str, str]] = {
    # errors: instants, facts, names
    "naive-instant": (
        "{got} 没有时区,不能作为时刻。请给出带时区的时间,例如 "
        'pendulum.datetime(2026, 3, 2, 9, 0, tz="Asia/Shanghai") 或 '
        'datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))。'
    ),
    "fact-value": "事实 {fact}:收到 {got}({kind}),允许的是 {allowed}。",
    "unknown-name": "未知的{kind} {got!s}。已知:{allowed}。",
    "unknown-name.nearest": "未知的{kind} {got!s}。是否指 {nearest}?已知:{allowed}。",
    # states of a deadline
    "state.not_started": "未开始",
    "state.undecided": "未定",
    "state.running": "进行中",
    "state.paused": "暂停",
    "state.met": "按时完成",
    "state.met_late": "逾期完成",
    "state.overdue": "已逾期",
    "state.not_applicable": "不适用",
    "state.void": "作废",
    "state.unknown": "未知",
}
