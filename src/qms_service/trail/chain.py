"""Chain (哈希链): what the digests of a case's entries tell of changes made behind the library's back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qms_service.findings import Finding
from qms_service.trail.entry import Entry, entry_hash
from qms_service.trail.leaves import MARK, leaves, parsed
from qms_service.trail.seal import read


def findings_of(
    case_id: str, entries: Sequence[Entry], *, version: int, head: str, noted: str | None = None
) -> tuple[Finding, ...]:
    """What was changed in a case's entries; nothing where the chain holds. It never raises.

    Args:
        case_id: The case that the entries are kept for.
        entries: All of them, as they are kept, in the order of `seq`.
        version: How many events the case has, as its row says.
        head: The digest that the chain ends with, as its row says.
        noted: A digest that the chain ended with once, as it was noted elsewhere.
    """
    found = [*_along(case_id, entries)]
    end = (entries[-1].seq, entries[-1].hash) if entries else (None, None)
    if (version, head) != end:
        found.append(_finding("trail-end", case_id, version=version, head=head, got=end[0], got_head=end[1]))
    if noted is not None and noted not in [entry.hash for entry in entries]:
        found.append(_finding("trail-head", case_id, head=noted))
    return tuple(found)


def _along(case_id: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """What stands out on the way from the subject to the last event, no more than one finding an entry."""
    due, before = 0, ""
    if not entries:
        yield _finding("trail-gap", case_id, entry=0, got=None)
    for entry in entries:
        if entry.seq == due:
            yield from _inside(case_id, entry, before)
        else:  # what a digest should bind is not there, so the digest says nothing here
            yield _finding("trail-gap", case_id, entry=due, got=entry.seq)
        due, before = (entry.seq if isinstance(entry.seq, int) else due) + 1, entry.hash


def _inside(case_id: str, entry: Entry, before: str) -> Iterator[Finding]:
    """What is wrong with one entry where the one before it is there."""
    try:
        tree, seal = parsed(entry.body), read(entry.seal, entry.hash)
        made = entry_hash(case_id, entry.seq, before, pin=entry.pin, tree=tree, seal=seal)
    except (TypeError, ValueError, KeyError, RecursionError) as error:
        yield _finding("trail-unreadable", case_id, entry=entry.seq, reason=str(error))
        return
    marked = [path for path, leaf in leaves(tree) if leaf == MARK]
    filled = tuple(path for path in seal.digests if path not in marked)
    if filled:
        yield _finding("trail-unmarked", case_id, entry=entry.seq, fields=filled)
    elif made != entry.hash:
        fields = tuple(path for path in marked if path not in seal.digests)
        yield _finding(f"trail-{'marked' if fields else 'changed'}", case_id, entry=entry.seq, fields=fields)


def _finding(code: str, case_id: str, **facts: object) -> Finding:
    return Finding(code=code, severity="refusal", subject=case_id, facts=facts)
