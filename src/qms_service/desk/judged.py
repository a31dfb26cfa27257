"""Where a stored case stands, told anew; one case of many never raises for all."""

from __future__ import annotations

from pendulum import DateTime

from qms_service.cases import Case
from qms_service.errors import PinnedElsewhereError, QmsError, StoreBusyError
from qms_service.findings import Finding
from qms_service.ports import Cases
from qms_service.rulebooks import Rulebook, Status

Judged = tuple[Case, Status]


def judged(book: Rulebook, cases: Cases, case_id: str, now: DateTime) -> Judged | Finding:
    """A case with its status at a moment, or why these rules cannot tell.

    Raises:
        StoreBusyError: Others hold the case for longer than the store waits.
    """
    try:
        case = cases.load(case_id)
        return case, book.of(case).status(case, now=now)
    except StoreBusyError:
        raise
    except PinnedElsewhereError as error:
        facts = {**error.operands, "pin": str(error.operands["pin"])}
        return Finding(code=error.code, severity="warning", subject=case_id, facts=facts)
    except QmsError as error:
        return unreadable(case_id, error)


def read(cases: Cases, case_id: str) -> Case | Finding:
    """A case by whatever rules, or why it cannot be read.

    Raises:
        StoreBusyError: Others hold the case for longer than the store waits.
    """
    try:
        return cases.load(case_id)
    except StoreBusyError:
        raise
    except QmsError as error:
        return unreadable(case_id, error)


def unreadable(case_id: str, error: QmsError) -> Finding:
    """Why a case cannot be read, in both languages."""
    facts = {"en": error.text("en"), "zh": error.text("zh")}
    return Finding(code="case-unreadable", severity="warning", subject=case_id, facts=facts)
