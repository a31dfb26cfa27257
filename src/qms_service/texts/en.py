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
    # errors: working time
    "calendar-zone": "Unknown time zone {got}. Give an IANA name such as Asia/Shanghai.",
    "weekly-shape": (
        'Weekly hours: got {got}. Give a mapping such as {{"mon": [("08:30", "12:00"), ("13:30", "17:30")]}}; '
        "a missing day is closed."
    ),
    "weekday": "Unknown weekday {got}. Allowed: {allowed}.",
    "exceptions-shape": (
        "Exceptions: got {got}. Give a mapping of dates to hours such as {{date(2026, 2, 17): []}}; [] is closed."
    ),
    "exception-names-shape": (
        'Names of exceptions: got {got}. Give a mapping of dates to texts such as {{date(2026, 2, 17): "Spring Festival"}}.'
    ),
    "exception-name": "{day} has the name {name} but no exception. Add its hours to exceptions; [] is closed.",
    "exception-unknown": (
        "An exception on {day}, but the calendar is known until {known_until} only. "
        "Move known_until when the year is published, or leave the exception out."
    ),
    "hours-shape": (
        '{day}: got {got}. Give pairs of times such as [("08:30", "12:00"), ("13:30", "17:30")]; [] is closed.'
    ),
    "time-of-day": '{day}: {got} is no time. Write "HH:MM" or "HH:MM:SS", from 00:00 to 24:00.',
    "span-start": "{day}: a span cannot start at 24:00. Write 00:00 on the next day.",
    "spans-overlap": "{first} of {day} and {second} of {other_day} overlap. Shorten one, or write both as one span.",
    "no-date": "{got} is no date. Give a datetime.date of the calendar's own zone.",
    "no-working-day": "No working time starts on {day}.",
    "no-timedelta": "{got} is no amount of time. Give a datetime.timedelta, for example timedelta(hours=6).",
    "no-count": "{got} is no number of working days. Give a whole number; a negative one goes back.",
    "calendar-horizon": (
        "The answer reaches {at}, but the calendar {calendar} is known until {known_until} only. "
        'Add the published dates and move known_until, or ask a term or a clock with on_unknown="provisional".'
    ),
    "calendar-years": "The answer lies outside the years {first} to {last} that a calendar can compute.",
    "never-open.after": "The calendar has not so much working time after {at}. Give it weekly hours, or ask for less.",
    "never-open.before": "The calendar has not so much working time before {at}. Give it weekly hours, or ask for less.",
    # errors: terms
    "term": (
        "{got} is no term. Allowed: a whole number with h, min, d, week or month; working h, working min or "
        'working d; "4 working d, end of day"; "same day".'
    ),
    "term-unit": "{got}: unknown unit {unit}. Allowed: {allowed}.",
    "term-ambiguous": "{got}: m may be minutes or months. Write min or month.",
    "term-zero": '{got} is no time at all. Write "at once", or "same day".',
    "term-fraction": "{got}: an amount is a whole number. Write it in the smaller unit, such as 90 min for 1.5 h.",
    "term-negative": "{got}: a term is never negative. To count back, use WorkCalendar.add or add_days.",
    "term-working-unit": "{got}: working time is counted in h, min or d. Write weeks and months as working days.",
    "term-end-of-day": '{got}: "end of day" follows working days only, as in "4 working d, end of day".',
    "term-urgency": "{got} is an urgency and no term: there is nothing to compute. Read it with parse_within.",
    "term-calendar": "The term {term} runs on working time and needs a calendar: after(start, calendar).",
    "term-on-unknown": 'on_unknown is {got}. Allowed: "refuse", "provisional".',
    "term-years": "The term {term} leads out of the years that a date can name.",
    # errors: national calendars
    "makeup-hours": (
        "A make-up working day has the hours that Monday to Friday have in common, and here they have none: {got}. "
        "Say what a worked Saturday or Sunday is like, for example "
        'makeup=[("08:30", "12:00"), ("13:30", "17:30")], or makeup=[] when the factory does not work it.'
    ),
    "year-without-days": (
        "The calendar cannot be known until {got}: the holidays here end on {published}, and exceptions holds no "
        "date of {year}. Give the days off and make-up days of that year's notice as exceptions, or leave "
        "known_until out."
    ),
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
    # a case: what the rules refuse or remark
    "refused": "Refused: {findings}",
    "finding.missing-event": "{subject} needs {event} ({en}) on record first.",
    "finding.event-differs": "{subject} needs {event} ({en}) with {detail}; the last one on record differs.",
    "finding.event-outdated": "{subject} needs {event} ({en}) later than the last {detail}; record it again.",
    "finding.too-few": "{subject} needs more of {event} ({en}); found and needed: {detail}.",
    "finding.not-each": "{subject} needs {event} ({en}) for each of: {detail}.",
    "finding.undecided": "{subject} cannot be judged yet: put {fact} on record.",
    "finding.waived": "Gate {gate} of {subject} is waived by {owner}: {reason}",
    "finding.link-missing": "{subject} needs the linked {kind} {case}: hand it in with related=.",
    "finding.link-open": "{subject} needs the linked {kind} {case} to be closed first.",
    "finding.not-open": "The case is {status}: it accepts only reopened, corrected, linked, and steps marked after_close.",
    "finding.role-needed": "{subject} has to be done as {role} ({en}); got {got}.",
    "finding.same-person": "{subject} has to be done by another person than {event}; both have {by}.",
    "finding.other-department": "{subject} belongs to {owner}; {got} recorded it.",
    "finding.unknown-department": "Unknown department {got}. Known: {allowed}.",
    "finding.unknown-department.nearest": "Unknown department {got}. Did you mean {nearest}? Known: {allowed}.",
    "finding.unknown-fact": "{subject} has no fact {fact}. Declared: {allowed}.",
    "finding.unknown-fact.nearest": "{subject} has no fact {fact}. Did you mean {nearest}? Declared: {allowed}.",
    "finding.missing-fact": "{subject} needs the fact {fact} ({allowed}).",
    "finding.fact-value": "Fact {fact} of {subject}: got {got} ({kind}), allowed is {allowed}.",
    "finding.unknown-name": "{subject}: unknown {kind} {got}. Known: {allowed}.",
    "finding.unknown-name.nearest": "{subject}: unknown {kind} {got}. Did you mean {nearest}? Known: {allowed}.",
    "finding.out-of-order": "{subject} is dated {at}, before {latest}, which is on record already.",
    "finding.late-entry": "{subject} of {at} was entered at {recorded_at}; the rulebook allows until {limit}.",
    "finding.not-needed": "{subject} is not needed for this case.",
    "finding.late": "{subject} was due {due_at} and done {stopped_at}, late by {by}.",
    "finding.overdue": "{subject} was due {due_at} and is overdue by {by}.",
    "finding.clock-no-variant": "{subject} has no term for the facts on record.",
    "finding.correction-target": "There is no event {of} to correct. On record: {allowed}.",
    "finding.correction-empty": "The correction of event {of} changes nothing: give facts, at, or void = true.",
    "finding.correction-opening": "Event {of} opened the case and cannot be struck out; withdraw the case instead.",
    "finding.extension-figure": "An extension needs either until or within.",
    "finding.extension-not-running": "Clock {clock} does not run ({state}): there is nothing to extend.",
    "finding.extension-late": "Clock {clock} was due {due_at}; an extension at {at} comes after it expired.",
    "finding.extension-not-later": "Clock {clock} is due {due_at}; {until} is no extension.",
    "finding.not-paused": "Nothing is paused.",
    "finding.not-closed": "The case is open: there is nothing to reopen.",
    "finding.refused": "{subject}: {reason}",
    # rulebooks
    "not-in-force": "{rulebook} was not in force at {at}; its first edition is in force from {first}.",
    "pinned-elsewhere": "Case {case} is pinned to {pin}, asked was {asked}. Use book.of(case), or replay=True to read it by these rules.",
    "pin-unknown": "Case {case} is pinned to {pin}. This rulebook has: {allowed}.",
    "rulebook-encoding": "{file} is no UTF-8 text (byte {at}). Save it as UTF-8.",
    "rulebook-syntax": "{file} is no TOML: {reason}.",
    "rulebook-problems": "{file} has {count} problem(s):\n{listed}",
    "rulebook-mixed": "The files of one rulebook have different ids: {ids}.",
    "rulebook-same-start": "Two editions of {id} are in force from the same moment: {starts}.",
    "fact-type": "Unknown fact type {got}. Allowed: {allowed}, a list of values, each with ? (may be absent) or * (a list).",
    "problem.unknown-name": "unknown {kind} {got}; known: {allowed}",
    "problem.unknown-name.nearest": "unknown {kind} {got}; did you mean {nearest}? Known: {allowed}",
    "problem.unknown-key": "unknown key {got}; allowed: {allowed}",
    "problem.unknown-key.nearest": "unknown key {got}; did you mean {nearest}? Allowed: {allowed}",
    "problem.missing-key": "the key {key} is missing",
    "problem.wrong-type": "got {got}; needed is {allowed}",
    "problem.clause-number": "clause {got} is a number; write it in quotes, for 5.10 would become 5.1",
    "problem.term-needed": "got {got}; a term with a figure is needed here, such as 36 h",
    "problem.fact-path": "{got} is no fact; write event.fact or subject.fact",
    "problem.reserved-name": "{got} is reserved for an event's own column; choose another name. Reserved: {allowed}",
    "problem.no-condition": "no condition; it needs one of: {allowed}",
    "problem.waivable-without-id": "a waivable gate needs an id, so that a waiver can name it",
    "problem.input-without-fact": "input {got} has no fact: name a lookup ({allowed}), or write from = [...]",
    "problem.table-overlap": "rules {rules} of a unique table overlap, for example at {witness}",
    "problem.no-closing": "there is no event closed; every kind of case needs one",
    "problem.system-event": "{got} is a system event, the same in every rulebook; it cannot be declared",
    "problem.unknown-zone": "unknown time zone {got}; write an IANA name such as Asia/Shanghai",
    "problem.naive-effective-from": "{got} has no zone; write a date, or an instant with its offset",
    "problem.calendar-not-supplied": "calendar {got} is not supplied; pass load_rulebook(..., calendars={{...}}). There: {allowed}",
    "problem.refused": "{reason}",
}
