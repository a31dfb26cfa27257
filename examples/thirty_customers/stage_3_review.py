"""The survey in the management review: its score beside the targets, and what was opened because of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from stage_2_follow_ups import NOW, improvements
from survey import BOOK, SHANGHAI, last_year, this_year

import qms_service as qms


def main() -> None:
    """Prints what the review of the first half-year says of satisfaction, in its page and in its data."""
    with qms.adapters.memory.open() as store:
        cases = improvements(qms.ServiceDesk(BOOK, store, now=lambda: NOW)).values()
    review = qms.management_review(
        BOOK,
        cases,
        start=datetime(2026, 1, 1, tzinfo=SHANGHAI),
        end=datetime(2026, 7, 1, tzinfo=SHANGHAI),
        now=NOW + timedelta(days=90),
        surveys=[last_year(), this_year()],
        duties=(),
    )
    held = review.satisfaction[-1]
    print(f"{held.id}: {held.score}")
    print(f"since the survey before: {held.change}")
    for target in review.targets:
        print("target:", target)
    print("open actions:", len(review.actions))
    for action in review.actions[:3]:
        print(
            f"  {action.case} {action.customer}: {action.step} by {action.owner}, open for {action.days} days"
        )
    for limit in review.limits:
        print("limit:", limit)
    print("its page:", review.to_markdown("zh").splitlines()[0])


if __name__ == "__main__":
    main()
