"""English: documents exchanged with other systems."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "exchange.no-place": "{path} stays behind, for the other form has no place for it: {values}",
    "exchange.missing": "{path} is asked for and not given; the document is not valid without it.",
    "exchange.assumed": "{path} is read as {values}, which the other form does not say.",
    "exchange.aside": "{path} takes what has no field of its own: {values}",
    "exchange.unreadable": "{path} stays behind, for it cannot be read: {values}",
    "exchange.incomplete": "{path} stays behind, for a part of it is missing or cannot be read: {values}",
    "exchange.time-of-day": "Dates went over, the time of day did not.",
    "exchange-kind": "A case of the kind {allowed} can go out in this form; got {got}.",
    "exchange-document": "A document is an object as json.loads gives it; got {got}.",
    "exchange-undated": "The document does not say when it begins (header.complaintDate). Give raised_at=.",
}
