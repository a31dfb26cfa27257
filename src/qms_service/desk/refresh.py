"""Refresh (刷新): the stored views told anew, because time went by or a new calendar year is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.desk.judged import judged
from qms_service.errors import StaleCaseError
from qms_service.findings import Finding
from qms_service.ports import Cases, CaseView, Store
from qms_service.rulebooks import Rulebook

BATCH: Final = 200  # cases in one transaction: nobody waits for longer than these take
Progress = Callable[[int, int], object]


@attrs.frozen(kw_only=True)
class Refreshed:
    """What a refresh did.

    Args:
        checked: How many views it told anew.
        changed: How many of these had changed and were kept.
        findings: Why the rules cannot tell where a case stands, one for each such case; its view stays.
    """

    checked: int
    changed: int
    findings: tuple[Finding, ...]


@attrs.frozen(kw_only=True)
class Refresh:
    """A refresh to be done.

    Args:
        book: The rulebook.
        store: Where the cases are kept.
        now: The moment for which the views are told.
    """

    book: Rulebook
    store: Store
    now: DateTime

    def run(self, *, every: bool, progress: Progress | None) -> Refreshed:
        """All views of open cases, or those out of date, told anew batch by batch."""
        views = self._views(every=every)
        changed, findings = 0, list[Finding]()
        for start in range(0, len(views), BATCH):
            batch = views[start : start + BATCH]
            with self.store.transaction() as t:
                outcomes = [self._refresh(t.cases, view) for view in sorted(batch, key=_id)]
            changed += outcomes.count(True)
            findings += [one for one in outcomes if isinstance(one, Finding)]
            if progress is not None:
                progress(start + len(batch), len(views))
        return Refreshed(checked=len(views), changed=changed, findings=tuple(findings))

    def _views(self, *, every: bool) -> list[CaseView]:
        """What the store shows now; it is let go at once, so that others write between the batches."""
        with self.store.transaction(read_only=True) as t:
            if every:
                return [
                    view for view in t.cases.find() if view.status is None or view.status.status == "open"
                ]
            return list(t.cases.find(status="open", changes_by=self.now))

    def _refresh(self, cases: Cases, view: CaseView) -> bool | Finding:
        """Whether a view changed; whoever changed the case meanwhile has kept its new view with it."""
        found = judged(self.book, cases, view.id, self.now)
        if isinstance(found, Finding):
            return found
        case, status = found
        if case.version != view.version or (status == view.status and view.latest_us is not None):
            return False
        try:
            cases.save(case, status)
        except StaleCaseError:
            return False
        return True


def _id(view: CaseView) -> str:
    return view.id
