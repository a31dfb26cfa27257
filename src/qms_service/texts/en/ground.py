"""English: instants, facts, names; words for kinds of things."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "naive-instant": (
        "{got} has no time zone, so it is no instant. Give an aware datetime, for example "
        'pendulum.datetime(2026, 3, 2, 9, 0, tz="Asia/Shanghai") or '
        'datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")).'
    ),
    "instant-years": (
        "{got} lies outside the years {first} to {last} that can be computed. "
        "If it marks a missing or endless date, as 0001-01-01 or 9999-12-31 may, leave it out."
    ),
    "unknown-zone": "Unknown time zone {got}. Give an IANA name such as Asia/Shanghai.",
    "fact-value.negative": "Fact {fact}: got {got}, which is below 0. A quantity is 0 or more; leave it out while it is not known.",
    "fact-value": "Fact {fact}: got {got} ({kind}), allowed is {allowed}.",
    "clause": 'The {field} of a clause is text; got {got}. Write it in quotes, such as "5.10", for 5.10 as a number is 5.1.',
    "facts-shape": 'Facts: got {got}. Give a mapping of names to values, such as {{"analysed.ours": True}}, or {{}} where nothing is known.',
    "unknown-name": "Unknown {kind} {got!s}. Known: {allowed}.",
    "unknown-name.nearest": "Unknown {kind} {got!s}. Did you mean {nearest}? Known: {allowed}.",
    "word.edition": "edition",
    "word.matter": "matter",
    "word.event": "event",
    "word.clock": "clock",
    "word.department": "department",
    "word.role": "role",
    "word.fact": "fact",
    "word.parameter": "parameter",
    "word.pause": "pause",
    "word.input": "input",
    "word.choice": "choice",
    "word.series": "number series",
    "word.dialect": "database dialect",
    "word.rule": "rule",
    "word.key": "key",
    "word.rulebook": "rulebook",
    "word.case-kind": "kind of case",
    "word.column": "column",
    "word.gate": "waivable gate",
    "word.quantity": "quantity",
    "word.balance": "balance",
}
