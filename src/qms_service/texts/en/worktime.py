"""English: working time, terms, national calendars."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "weekly-shape": (
        'Weekly hours: got {got}. Give a mapping such as {{"mon": [("08:30", "12:00"), ("13:30", "17:30")]}}; '
        "a missing day is closed."
    ),
    "weekday": "Unknown weekday {got}. Allowed: {allowed}.",
    "weekday.nearest": "Unknown weekday {got}. Did you mean {nearest}? Allowed: {allowed}.",
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
    "no-timedelta": "{got} is no amount of time. Give a datetime.timedelta, for example timedelta(hours=6).",
    "no-count": "{got} is no number of working days. Give a whole number; a negative one goes back.",
    "column-row": "Row {row} (the first is 0): {said}",
    "column-instants": 'The column {name} holds {got}, not instants. Give datetime64 in UTC, for example numpy.array(["2026-03-02T01:00"], "datetime64[us]"); of instants with a zone, those in UTC.',
    "column-amounts": 'The column {name} holds {got}, not amounts of time. Give timedelta64 in weeks or finer, for example numpy.array([90], "timedelta64[m]"), or one timedelta for all rows.',
    "column-counts": "The column {name} holds {got}, not numbers of working days. Give whole numbers that int64 can hold; a negative one goes back.",
    "column-shape": "{name} has the shape {got}. Give one column or one value; of a table, one column after the other.",
    "column-lengths": "{names} have {got} rows. Give columns of one length, or one value for all rows.",
    "column-mapping": 'Got {got}, not columns by name. Give a mapping, such as {{"cause": causes, "km": distances}}.',
    "column-kind": "The column {name} is of the type {got}. Give a numpy array, a list, coded values, or one value for all rows.",
    "column-codes": "The {name} of a coded column hold {got}. Give whole numbers: for each row the place of its value, a negative one where it is missing.",
    "column-codes.beyond": "The {name} of a coded column reach {got}, and there are {count} values. Give codes below that, a negative one where the value is missing.",
    "column-inexact": "{got} of the column {name} is no whole number of microseconds within their range. Round the column, or leave the row out.",
    "calendar-horizon": (
        "The answer reaches {at}, but the calendar {calendar} is known until {known_until} only. "
        'Add the published dates and move known_until, or ask a term or a clock with on_unknown="provisional".'
    ),
    "calendar-years": "The answer lies outside the years {first} to {last} that a calendar can compute.",
    "never-open.after": "The calendar does not open after {at}, or not for long enough. Give it weekly hours, or ask for less.",
    "never-open.before": "The calendar was not open before {at}, or not for long enough. Give it weekly hours, or ask for less.",
    "term": (
        "{got} is no term. Allowed: a whole number with h, min, d, week or month; working h, working min or "
        'working d; "4 working d, end of day"; "same day".'
    ),
    "term-unit": "{got}: unknown unit {unit}. Allowed: {allowed}.",
    "term-unit.nearest": "{got}: unknown unit {unit}. Did you mean {nearest}? Allowed: {allowed}.",
    "term-ambiguous": "{got}: m may be minutes or months. Write min or month.",
    "term-zero": '{got} is no time at all. Write "at once", or "same day".',
    "term-fraction": "{got}: an amount is a whole number. Write it in the smaller unit, such as 90 min for 1.5 h.",
    "term-negative": "{got}: a term is never negative. To count back, use WorkCalendar.add or add_days.",
    "term-working-unit": "{got}: working time is counted in h, min or d. Write weeks and months as working days.",
    "term-end-of-day": '{got}: "end of day" follows working days only, as in "4 working d, end of day".',
    "term-urgency": "{got} is an urgency and no term: there is nothing to compute. Read it with parse_within.",
    "term-calendar": "The term {term} runs on working time and needs a calendar: after(start, calendar).",
    "term-flags": "working and end_of_day are True or False; got {got}.",
    "term-no-calendar": "{got} is no calendar. Give a WorkCalendar, or None where the term does not run on working time.",
    "term-on-unknown": 'on_unknown is {got}. Allowed: "refuse", "provisional".',
    "makeup-hours": (
        "A make-up working day has the hours of Monday to Friday when all five are the same; here they differ: {got}. "
        'Give its hours, for example makeup=[("08:30", "12:00"), ("13:30", "17:30")], or makeup=[] when the '
        "factory does not work it."
    ),
    "year-before-first": (
        "The calendar cannot end at {got}: the first year that it knows is {first}. Give a later known_until, or "
        "leave it out."
    ),
    "year-without-days": (
        "The calendar cannot be known until {got}: the holidays here end on {published}, and exceptions holds no "
        "date of {year}. Give the days off and make-up days of that year's notice as exceptions, or leave "
        "known_until out."
    ),
    "facts-table": 'Facts are a table of names and values, such as {{"established": True}}; got {got}.',
    "fact-amount": "An amount is exact: {allowed}, never a float; got {got}.",
    "fact-unit": "The {field} is a text such as pcs or CNY; got {got}.",
    "entry-column": "{of}: {column} has to be text; got {got}.",
    "entry-evidence": "Evidence is a list of Evidence(kind=, uri=); got {got}.",
    "entry-case": "A case is needed, as book.open(...) gives it; got {got}.",
    "entry-subject": "A subject is needed, such as Complaint(...) or Subject(...); got {got}.",
    "entry-events": "Events are needed, Event(name, at); got {got}.",
    "entry-rows": "A mapping of names is needed; got {got}.",
    "recurrence-date": "{name} is a day: a date without a time; got {got}. Of a moment, take the date in the zone of the factory.",
    "entry-date": "A date or an aware datetime is needed; got {got}.",
    "desk-recorded-at": "The desk notes itself when an event is entered: leave recorded_at out.",
    "desk-key": "Key {key} has answered another request: it put {event} on record in case {case}. Give each request a key of its own.",
    "entry-series": 'A number series is needed, NumberSeries(...); got {got}. That of a rulebook is rules.series("claim").',
    "entry-period": "A period is a text, as series.period(date) gives it for series {series}; got {got}.",
    "entry-key": "A key is a text that is not empty; got {got}.",
    "entry-scope": "The scope belongs to a series, but {number} is numbered already. Leave scope= out, or the number.",
    "entry-number-and-series": "The subject has the number {number}, so no series can give it one. Leave out either number= or series=.",
    "entry-after": "Pages go on after an item of the worklist, such as the last of the page before; got {got}.",
    "entry-limit": "The limit is a number of items, 0 or more; got {got}.",
    "link-itself": "Case {case} cannot be linked to itself. Give two cases.",
}
