"""From the answers as they were typed in to the score: what was read, what counts, and how sure it is."""

from __future__ import annotations

from survey import last_year, read, this_year

from qms_service.satisfaction import compare


def main() -> None:
    """Prints the score with its parts, and what has to be looked at."""
    print(read())
    found = this_year()
    print("score:", found)
    for part in found.by_dimension.values():
        print(f"  {part.name()}: {part}")
    for division, segments in found.by_segment.items():
        print(
            f"by {division}:",
            ", ".join(f"{name} {part.rounded()} ({part.n})" for name, part in segments.items()),
        )
    if found.coverage:
        print("covered of the revenue:", found.coverage.revenue.rounded(), "%")
    print("since last year:", compare(last_year(), found))
    print("not heard:", ", ".join(found.silent))
    for flag in found.flags:
        print("look at:", flag)
    for left in found.left_out:
        print("left out:", left)
    print("how two answers of ACME became one total:")
    for line in found.by_customer["ACME"].derivation:
        print("  ", line)


if __name__ == "__main__":
    main()
