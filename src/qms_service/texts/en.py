"""The English catalogue: code → template."""

from typing import Final

CATALOGUE: Final[dict[str, str]] = {
    # errors: instants, facts, names
    "naive-instant": (
        "{got} has no time zone, so it is no instant. Give an aware datetime, for example "
        'pendulum.datetime(2026, 3, 2, 9, 0, tz="Asia/Shanghai") or '
        'datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")).'
    ),
    "fact-value": "Fact {fact}: got {got} ({kind}), allowed is {allowed}.",
    "unknown-name": "Unknown {kind} {got!s}. Known: {allowed}.",
    "unknown-name.nearest": "Unknown {kind} {got!s}. Did you mean {nearest}? Known: {allowed}.",
    # states of a deadline
    "state.not_started": "not started",
    "state.undecided": "undecided",
    "state.running": "running",
    "state.paused": "paused",
    "state.met": "met",
    "state.met_late": "met late",
    "state.overdue": "overdue",
    "state.not_applicable": "not applicable",
    "state.void": "void",
    "state.unknown": "unknown",
}
