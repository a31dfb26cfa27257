"""Stage 3, the return: 500 were noted and 498 came; no board is created or lost until the last is settled."""

from __future__ import annotations

from story import BOOK, FORMS, desk_at, moment, pcs

from qms_service.cases import custody

SHOWN = ("noted", "counted", "good", "reworked", "scrapped", "open", "replenished", "redelivered", "credited")


def figures(hours: float) -> str:
    """What the quantities of the return come to, so many hours after the complaint."""
    case = desk_at(hours)[0].case("R-1")
    found = BOOK.of(case).quantities(case, now=moment(hours))
    told = ", ".join(f"{name} {found[name]}" for name in SHOWN if found[name])
    return f"{moment(hours):%m-%d %H:%M}  {told}"


def main() -> None:
    """Prints the refusals on the way, the quantities, who holds the goods, and the disposition."""
    desk, _ = desk_at(75)
    print("The count is two short. May Quality plan?")
    print(*desk.check("R-1", "planned"), sep="\n")
    print("Who holds the goods:", custody(desk.case("R-1")).holder)
    for hours in (90, 96):
        print(figures(hours))

    desk, _ = desk_at(96)
    print("\nProduction wants to scrap 14, where 13 are left:")
    print(*desk.check("R-1", "scrapped", facts={"quantity": pcs(14)}), sep="\n")

    desk, _ = desk_at(120)
    print("\nEight came from stock, 493 went back. May the return be closed?")
    print(*desk.check("R-1", "closed"), sep="\n")

    desk, now = desk_at(151)
    print(f"\n{figures(151)}: {desk.case('R-1').status}\n")
    ticked = {"disposition": ["inspect", "rework", "scrap"]}
    sheet = FORMS.form("return-disposition").fill(desk.case("R-1"), BOOK, now=now(), by_hand=ticked)
    print(sheet.to_markdown("zh"))


if __name__ == "__main__":
    main()
