"""A document of the Catena-X model as an 8D report here (8D 报告导入)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from pendulum import DateTime

from qms_service.cases import CorrectiveAction
from qms_service.errors import EntryError
from qms_service.events import Event
from qms_service.exchange.lost import Lost
from qms_service.exchange.reading import Reading
from qms_service.exchange.steps_in import Events
from qms_service.instants import instant, zone
from qms_service.rulebooks.rules import midnight


def from_catena_x(
    document: Mapping[str, object], *, timezone: str, raised_at: datetime | None = None
) -> tuple[CorrectiveAction, tuple[Event, ...], tuple[Lost, ...]]:
    """A document of `urn:samm:io.catenax.report_8d:1.0.0` as a subject with events, and what did not go over.

    `proc.adopt(subject, events)` makes a case of them, `proc.review` and `eight_d_findings` judge it. The model has
    dates and no times, and none for many steps: an event stands at 00:00 of its date, one without a date at the
    last date known before it, and the report says so. A cause with a result counts as verified.

    Args:
        document: The document as `json.loads` gives it; with `parse_float=Decimal` numbers stay as written.
        timezone: The zone of its dates.
        raised_at: When the report was asked for; 00:00 of the header's `complaintDate` where not given.

    Returns:
        The subject, its events in the order of the steps, and the report.

    Raises:
        EntryError: It is no object, or says neither in itself nor by `raised_at` when it begins.
        ZoneError: There is no such zone.

    Source: eclipse-tractusx/sldt-semantic-models, io.catenax.report_8d 1.0.0.

    >>> document = {"header": {"complaintDate": "2026-03-02", "supplierComplaintId": "C-1"}, "stepD4": {"causes": [
    ...     {"typeOfCauses": "TUN", "causeHypothesisDescription": "Not tested at the edge",
    ...      "clarificationDate": "2026-03-05", "result": "Confirmed", "reportUrl": "https://dms.example/7"}]}}
    >>> subject, events, lost = from_catena_x(document, timezone="Asia/Shanghai")
    >>> [event.name for event in events], events[0].value("cell")
    (['cause_proposed', 'cause_verified'], 'technical_non_detection')
    >>> [one.path for one in lost if one.code == "no-place"]
    ['stepD4.causes[0].reportUrl']
    """
    if not isinstance(document, Mapping):
        raise EntryError("exchange-document", got=repr(document)[:60])
    reading, where = Reading(document), zone(timezone)

    def at(day: date) -> DateTime:
        return midnight(day, where)

    begun = _begun(reading, raised_at)
    opened_at = begun if isinstance(begun, DateTime) else at(begun)
    subject = _subject(reading, opened_at)
    made = Events(reading, at, opened_at)
    events = made.all()
    last = max((event.at for event in events), default=opened_at)
    reading.agrees("header.lastRevisionDate", max(last, opened_at).astimezone(where).date().isoformat())
    return subject, events, (*reading.lost, *reading.remaining())


def _begun(reading: Reading, raised_at: datetime | None) -> DateTime | date:
    """When the report was asked for; the document's date of the complaint is taken for it."""
    if raised_at is not None:
        return instant(raised_at)
    came_on = reading.day("header.complaintDate")
    if came_on is None:
        raise EntryError("exchange-undated")
    reading.lost.append(Lost(code="assumed", path="header.complaintDate", values={"raised_at": came_on}))
    return came_on


def _subject(reading: Reading, raised_at: DateTime) -> CorrectiveAction:
    first = reading.text("header.supplierComplaintId")
    others = []
    while (other := reading.aside("header", "complaint")) is not None:
        others.append(other)
    return CorrectiveAction(
        number=reading.aside("header", "number") or "",
        complaints=tuple(one for one in (first, *others) if one is not None),
        customer=reading.text("header.customerContact.companyName"),
        product=reading.text("header.parts[0].supplierPartNumber"),
        family=reading.aside("header", "family"),
        defect=reading.text("stepD2.errorType"),
        raised_at=raised_at,
    )
