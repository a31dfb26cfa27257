"""Stage 2, the containment: every place where a bad board may lie, and what may not be said before all are known."""

from __future__ import annotations

from story import BOOK, FORMS, desk_at


def main() -> None:
    """Prints what the gates say on the first evening, and the sheet of the containment one week later."""
    desk, now = desk_at(14)
    print(f"{now():MM-DD HH:mm}  May Quality say that it is contained?")
    for finding in desk.check("CT-1", "contained"):
        print(f"  {finding}")
    clock = next(one for one in desk.deadlines("CT-1") if one.id == "contained")
    print(f"  {clock.state}, due {clock.due_at:MM-DD HH:mm}, {clock.remaining} left [{clock.clause}]")

    desk, now = desk_at(30)
    print(f"\n{now():MM-DD HH:mm}  Contained. May it be released?")
    for finding in desk.check("CT-1", "released"):
        print(f"  {finding}")

    desk, now = desk_at(7 * 24)
    sheet = FORMS.form("containment-sheet").fill(desk.case("CT-1"), BOOK, now=now())
    print(f"\n{now():MM-DD HH:mm}")
    print(sheet.to_markdown("zh"))


if __name__ == "__main__":
    main()
