"""From the score to what has to be done: who is dissatisfied with what, and the improvement that it opens."""

from __future__ import annotations

from datetime import timedelta

from survey import BOOK, CLOSING, RULES, last_year, this_year

import qms_service as qms
from qms_service.cases import Case
from qms_service.satisfaction import Complained, FollowUp

NOW = CLOSING + timedelta(days=14)


def follow_ups() -> tuple[FollowUp, ...]:
    """Who is dissatisfied with what; the customers' complaints are of the register."""
    complaints = [Complained("Gale", "C-26-031", on=CLOSING.date())]
    return RULES.follow_ups(this_year(), previous=last_year(), complaints=complaints)


def improvements(desk: qms.ServiceDesk) -> dict[str, Case]:
    """The case of each follow-up; asked again under the same key, the one that is there comes back."""
    opened = dict[str, Case]()
    for number, one in enumerate(follow_ups(), 1):
        facts = one.subject()
        subject = qms.Subject("improvement", number=f"I-26-{number:02}", opened_at=NOW, facts=facts)
        case = desk.open(subject, by="Li", key=one.key)
        opened[case.id] = case
    return opened


def main() -> None:
    """Prints each follow-up with its clause, and how many improvements it opens, however often it is asked."""
    for one in follow_ups():
        print(one)
    with qms.adapters.memory.open() as store:
        desk = qms.ServiceDesk(BOOK, store, now=lambda: NOW)
        print("improvements opened:", len(improvements(desk)))
        print("asked again, open:", len({*improvements(desk)}))


if __name__ == "__main__":
    main()
