"""English: the wire."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "wire-type-unknown": "{got} does not travel as JSON. Allowed: {allowed}.",
    "wire-unwritable": "This {type} cannot be written as JSON, {count} problem(s):",
    "wire-unreadable": "This JSON is no readable {type}, {count} problem(s):",
    "wire-no-object": 'got {got}; allowed is a JSON object such as {{"schema": "qms/1", "type": "Case", ...}}.',
    "wire-mixed": "A list travels with values of one type; got {got}. Write one list for each.",
    "wire-malformed": "This is no JSON: {reason}.",
    "wire-too-deep": "The facts lie too deep within each other to be read. Nest them less.",
    "wire-twice": "A JSON object has the same key twice: {got}. Keep one of them.",
    "wire-no-schema": 'The JSON carries no schema version. Put "schema": "{allowed}" at its top level.',
    "wire-schema": "got schema {got}, this library reads {allowed}: upgrade qms_service, or ask the sender for {allowed}.",
    "wire-type": 'got type {got}, asked for was "{allowed}". Ask from_json for the type that the JSON names.',
    "wire.wrong": "got {got}, allowed is {allowed}",
    "wire.word": "got {got}, allowed: {allowed}",
    "wire.missing": "this field is missing; needed are {needed}",
    "wire.unknown-field": "there is no such field; allowed: {allowed}",
    "wire.unknown-field.nearest": "there is no such field; did you mean {nearest}? Allowed: {allowed}",
    "wire.naive": "{got} has no offset, so it is no instant; write 2026-03-02T09:00:00+08:00, or Z for UTC",
    "wire.refused": "{reason}",
    "wire.history-empty": "the history is empty; a case has the event that opened it, seq 1, at least",
    "wire.history-seq": "got {got}, allowed is {allowed}: the events of a case are numbered 1, 2, 3 and on in the order of its history, none twice and none left out",
    "wire.kind.text": "a text that UTF-8 can hold",
    "wire.kind.flag": "true or false",
    "wire.kind.whole": "a whole number",
    "wire.kind.integer": 'the digits of a whole number in quotes, such as "9007199254740993"',
    "wire.kind.decimal": 'the digits of a finite decimal in quotes, such as "12.50"',
    "wire.kind.fraction": 'the digits of a fraction or a whole number in quotes, such as "325/4"',
    "wire.kind.interval": 'an interval such as {{"low": "65/2", "high": "40"}}',
    "wire.kind.date": 'a date such as "2026-03-02"',
    "wire.kind.instant": 'an instant with its offset such as "2026-03-02T09:00:00+08:00"',
    "wire.kind.duration": 'an amount of time in hours, minutes and seconds such as "PT36H" or "-PT30M"',
    "wire.kind.amount": "a whole number, a decimal, a quantity, undetermined, or nothing",
    "wire.kind.label": 'names by language such as {{"en": "Quality", "zh": "品质部"}}',
    "wire.kind.list": "a list",
    "wire.kind.object": "an object",
    "wire.kind.subject": "a subject, such as a Complaint or a Subject",
    "wire.kind.fact": (
        "a text, a whole number, true, false, null, a list, or a date, instant, duration, decimal, money, quantity "
        'or facts under its tag, such as {{"decimal": "12.50"}}; a float is none of these'
    ),
}
