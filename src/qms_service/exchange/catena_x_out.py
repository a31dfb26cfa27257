"""An 8D report as the Catena-X model (8D 报告导出) has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from qms_service.cases import Case
from qms_service.cases.eight_d import EightD, eight_d
from qms_service.errors import EntryError
from qms_service.exchange.lost import Lost
from qms_service.exchange.names import asked_at
from qms_service.exchange.steps_out import Steps
from qms_service.exchange.taken import Taken
from qms_service.instants import zone

Document = dict[str, Any]


def to_catena_x(
    case: Case,
    *,
    timezone: str,
    header: Mapping[str, object] | None = None,
    people: Mapping[str, Mapping[str, str]] | None = None,
    now: datetime | None = None,
) -> tuple[Document, tuple[Lost, ...]]:
    """An 8D report as a document of `urn:samm:io.catenax.report_8d:1.0.0`, and what did not go over.

    What the model has a field for goes there; of what it lacks, that which belongs into an 8D report (what the
    problem is not, figures before and after, which cause was rejected, documents revised) goes into its lists of
    additional information. All else stays behind and is told: who approved and rejected what, and why, is nothing
    that a customer's system is sent unasked.

    Args:
        case: A case of the kind `corrective_action`.
        timezone: The zone in which an instant becomes a date.
        header: The parties and parts that a case does not hold, by the names of the model: `customerComplaintId`,
            `supplierId`, `customerContact`, `parts`. What stands here wins over the case.
        people: Of each person by name what the case does not hold: `email`, `department`, `role`, `phoneNumber`.
        now: The moment of which the document tells; None: all that is on record.

    Returns:
        The document, ready for `json.dumps`, and the report. It is valid where nothing in the report is `missing`.

    Raises:
        EntryError: The case is of another kind.
        ZoneError: There is no such zone.

    Source: eclipse-tractusx/sldt-semantic-models, io.catenax.report_8d 1.0.0.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> rules = qms.load_rulebook("pcb-maker").on(noon)
    >>> case = rules.open(qms.CorrectiveAction(number="8D-1", raised_at=noon))
    >>> document, lost = to_catena_x(case, timezone="Asia/Shanghai", header={"supplierId": "S-1"})
    >>> document["header"]["complaintDate"], [one.path for one in lost if one.code == "missing"]
    ('2026-03-02', ['header.customerComplaintId', 'header.customerContact', 'header.parts'])
    """
    if not isinstance(case, Case) or case.kind != "corrective_action":
        raise EntryError("exchange-kind", got=getattr(case, "kind", repr(case)), allowed="corrective_action")
    report = eight_d(case, now)
    taken = Taken(case, report.timeline, zone(timezone))
    steps = Steps(report, taken, people or {})
    document: Document = {"header": _header(report, taken, steps, dict(header or {}))}
    document |= {name: step for name, step in steps.made().items() if step}
    lost = [*steps.lost, *_missing(document, ""), *taken.left()]
    lost.append(Lost(code="time-of-day", path="at"))
    return document, tuple(lost)


def _header(report: EightD, taken: Taken, steps: Steps, given: Document) -> Document:
    """The header: the caller's, and from the case what the caller leaves open."""
    complaints = taken.subject("complaints")
    first, *others = complaints if isinstance(complaints, tuple) and complaints else (None,)
    customer, product = taken.subject("customer"), taken.subject("product")
    if "complaintDate" not in given:
        given["complaintDate"] = opened_on = taken.day_of(taken.case.subject.opened_at)
        steps.lost.append(Lost(code="assumed", path="header.complaintDate", values={"opened_at": opened_on}))
    given.setdefault("lastRevisionDate", taken.day_of(report.timeline.events[-1].at))
    if first is not None:
        steps.fill("header", given, "supplierComplaintId", first, "subject.complaints")
    if customer is not None:
        contact = given["customerContact"] = dict(given.get("customerContact", {}))
        steps.fill("header.customerContact", contact, "companyName", customer, "subject.customer")
    if product is not None:
        parts = given["parts"] = [dict(part) for part in given.get("parts", ())] or [{}]
        steps.fill("header.parts[0]", parts[0], "supplierPartNumber", product, "subject.product")
    more = [("number", taken.case.id), ("family", taken.subject("family"))]
    more += [("complaint", other) for other in others]
    return steps.with_aside("header", given, more)


def _missing(value: object, path: str) -> Iterator[Lost]:
    """What the model asks for and the document lacks."""
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _missing(item, f"{path}[{place}]")
    elif isinstance(value, dict):
        for name in asked_at(path):
            if name not in value:
                yield Lost(code="missing", path=f"{path}.{name}")
        for name, item in value.items():
            yield from _missing(item, f"{path}.{name}" if path else name)
