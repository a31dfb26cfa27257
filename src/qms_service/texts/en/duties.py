"""English: duties that recur."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "duty-id": 'A duty needs a name, such as "monthly-summary"; got {got}.',
    "duty-text": "Duty {duty}: {field} is a text or None; got {got}.",
    "duty-label": 'Duty {duty}: a label is a text, or names by language such as {{"en": "Monthly summary", "zh": "月度汇总"}}; got {got}.',
    "duty-choice": "Duty {duty}: {field} is {got}, allowed is {allowed}.",
    "duty-times": "Duty {duty}: times is a whole number from 1; got {got}.",
    "duty-date": "A date such as date(2026, 3, 1) is needed; got {got}. A datetime has a zone of its own, and so perhaps another date.",
    "duty-every": 'A duty\'s every is one of {allowed}, or another number of these; "?" where it comes at irregular times. Got {got}.',
    "duty-ages": 'A duty\'s ages is a list of tables in order of age, all but the last with an end, such as [{{"every": "month", "up_to": "1 year"}}, {{"every": "quarter"}}]; got {got}.',
    "duty-age": 'An age is a number of months or years such as "1 year" or "18 months"; got {got}.',
    "duty-every-and-ages": "Duty {duty} has both every and ages. Keep one: ages where how often depends on the age of its object.",
    "duty-due": "A duty's due is a date of its period such as {allowed}; got {got}.",
    "duty-due-day": 'Duty {duty}: "{got}" is a day of a month, and its period is a {every}. Say of which month ("day 15 of month 1"), or count ("5 d after start").',
    "duty-due-month": 'Duty {duty}: "{got}" names a month that a {every} does not have. Months count from 1 within the period, and a period of at least two months has them.',
    "duty-due-month-name": 'Duty {duty}: "{got}" calls a month by its name, and its period is a {every}. Only a year has each name once: say "month 1" to count within the period.',
    "duty-due-weekday": 'Duty {duty}: "{got}" is a day of a week, and its period is a {every}. Say which one ("first friday", "last friday") of a month.',
    "duty-due-weekday-of-month": 'Duty {duty}: "{got}" is a day of a month, and its period is a {every}. Of a week say the day alone ("friday").',
    "duty-due-working-day": 'Duty {duty}: "{got}" counts the working days of a {every}. Say every "working day", or "end" with a shift.',
    "duty-close": 'Duty {duty}: "{got}" is due at the close of a working day, and its date may be none. Say what happens then: shift "next", "previous" or "skip".',
    "duty-backwards": "Duty {duty} ends on {end}, not after it starts on {start}. Correct one of them; ends_on is the first date without it.",
    "duty-counted-from": 'Duty {duty}: the calendar has no periods of {every}. Say counted_from="start" and starts_on, the date from which they count.',
    "duty-no-start": "Duty {duty} counts its periods from a start. Give starts_on, or per, the fact that names the objects with starts of their own.",
    "duty-working-day-shift": 'Duty {duty} is owed every working day; a shift "{got}" would owe it twice on one. Leave the shift out.',
    "duty-fulfilled-by": "A duty's fulfilled_by is the name of an event, or a table of {allowed} with the event at least; got {got}.",
    "duty-counts-for": "counts_for is {got}, allowed is {allowed}.",
}
