"""Stage 1, half past five on the first day: what is done, what comes next, who does it, by when, by which clause."""

from __future__ import annotations

from story import desk_at

HOURS = 8.5


def main() -> None:
    """Prints the steps of the complaint, its clocks, and what its closing waits for."""
    desk, now = desk_at(HOURS)
    case = desk.case("C-1")
    about = case.subject.facts
    what = f"{about['quantity']} of {about['product']}, {about['defect']}"
    print(f"{now():YYYY-MM-DD HH:mm}  {case.id}: {what}")
    print("\nDone, and open to be done")
    for step in desk.checklist("C-1"):
        if step.state not in ("done", "possible") or (step.optional and not step.done_at):
            continue
        when = f"done {step.done_at:MM-DD HH:mm}" if step.done_at else "open"
        when = f"due  {step.due_at:MM-DD HH:mm}" if step.due_at and not step.done_at else when
        who = f"{step.owner.responsible}{'' if step.owner.decided else ', while no cause is on record'}"
        print(f"  {when:16}  {step.label}: {who} [{step.clause}]")
    print("\nClocks")
    for clock in desk.deadlines("C-1"):
        if clock.due_at is not None:
            left = f", {clock.remaining} left" if clock.state == "running" else ""
            due = f"due {clock.due_at:MM-DD HH:mm} ({clock.within}){left}"
            print(f"  {clock.id}: {clock.state}, {due} [{clock.clause}]")
    print("\nThe closing waits for")
    for finding in desk.check("C-1", "closed"):
        print(f"  {finding}")


if __name__ == "__main__":
    main()
