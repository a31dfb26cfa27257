"""Stage 6, the closing: a complaint closes when everything that grew out of it is settled, and not before."""

from __future__ import annotations

from story import BOOK, DAY, FORMS, desk_at


def main() -> None:
    """Prints what the closing waits for at three moments, how the clocks did, and what the record misses."""
    for days in (5, 10, 34):
        desk, now = desk_at(days * DAY)
        print(f"{now():MM-DD HH:mm}  The closing waits for")
        for finding in desk.check("C-1", "closed"):
            print(f"  {finding}")

    desk, now = desk_at(36 * DAY)
    case = desk.case("C-1")
    print(f"\n{now():MM-DD HH:mm}  {case.status}, {len(desk.worklist())} left on the worklist")
    for number in ("C-1", "CT-1", "R-1", "MRKT-20260301", "8D-1"):
        for clock in desk.deadlines(number):
            if clock.rated:
                took = f"took {clock.net} of {clock.within}"
                print(f"  {number} {clock.id}: {clock.state}, {took} [{clock.clause}]")
    record = FORMS.form("complaint-record").fill(case, BOOK, now=now())
    print("The complaint record misses", [field.field.label.text() for field in record.missing] or "nothing")


if __name__ == "__main__":
    main()
