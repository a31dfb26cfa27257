"""Stage 5, the corrective action in eight disciplines: which cause stands, what answers it, and whether it helped."""

from __future__ import annotations

from story import BOOK, DAY, FORMS, desk_at

from qms_service.cases import eight_d, eight_d_findings
from qms_service.exchange import to_catena_x


def main() -> None:
    """Prints what the approval waits for, the causes and actions, what an auditor would find, and the report."""
    desk, now = desk_at(72)
    print(f"{now():MM-DD HH:mm}  May the plan be approved?")
    for finding in desk.check("8D-1", "actions_approved", role="quality_manager"):
        print(f"  {finding}")

    desk, now = desk_at(35 * DAY)
    case = desk.case("8D-1")
    report = eight_d(case)
    print(f"\n{now():MM-DD HH:mm}  {case.status}; goods made from {report.cut_in_on} on have every action")
    for cause in report.causes:
        print(f"  {cause.id} {cause.proposed.facts['statement']}: {cause.outcome}")
    for action in report.standing:
        effect = action.measured.facts if action.measured else {}
        print(f"  {action.id} {effect['measure']}: {effect['before']} before, {effect['after']} after")
    print("\nAn auditor would remark")
    for finding in eight_d_findings(case):
        print(f"  {finding}")

    document, lost = to_catena_x(case, timezone="Asia/Shanghai")
    causes = [cause["typeOfCauses"] for cause in document["stepD4"]["causes"]]
    missing = [one.path for one in lost if one.code == "missing"]
    print(f"\nFor the customer's system: causes {', '.join(causes)}; to be valid it still needs")
    print(f"  {', '.join(missing[:3])} and {len(missing) - 3} more")

    sheet = FORMS.form("eight-d-report").fill(case, BOOK, now=now())
    print()
    print(sheet.to_markdown("en"))


if __name__ == "__main__":
    main()
