"""Trail (审计追踪): a chain of digests over a case's history, and what was changed behind its back."""

from qms_service.trail.chain import findings_of
from qms_service.trail.continuation import continues
from qms_service.trail.entry import Entry, case_of, entries_of
from qms_service.trail.leaves import MARK
from qms_service.trail.redact import redacted

__all__ = ["MARK", "Entry", "case_of", "continues", "entries_of", "findings_of", "redacted"]
