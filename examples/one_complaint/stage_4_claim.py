"""Stage 4, the claim: its number, whose signature is missing, and Finance last."""

from __future__ import annotations

from story import BOOK, DAY, FORMS, desk_at, yuan

import qms_service as qms

CLAIM = "MRKT-20260301"


def main() -> None:
    """Prints what the approval and the write-off wait for, the memorial, and who bears how much."""
    desk, now = desk_at(8 * DAY + 2)
    print(f"{now():MM-DD HH:mm}  {CLAIM}, opened by Li")
    for step, by in (("approved", "Zhou"), ("approved", "Li"), ("posted", "Qian")):
        print(f"{step} by {by}?")
        for finding in desk.check(CLAIM, step, by=by):
            print(f"  {finding}")

    desk, now = desk_at(9 * DAY + 1)
    why = {"subject": "38 of 498 boards with voids"}
    memorial = FORMS.form("deduction-memorial").fill(desk.case(CLAIM), BOOK, now=now(), by_hand=why)
    print(f"\n{now():MM-DD HH:mm}  {desk.case(CLAIM).status}")
    print(memorial.to_markdown("zh"))

    borne = qms.shares(yuan("12000.50"), [2, 1])
    print("Borne two to one:", " + ".join(str(part.amount) for part in borne), "= 12000.50")


if __name__ == "__main__":
    main()
