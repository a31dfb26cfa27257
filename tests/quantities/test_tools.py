"""What the tools for authors make of quantities and balances: extending, diff, digest, lint, show, proofs, logs."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from tests.quantities.given import NOON, RETURNS, later, opened, recorded, rules_of

import qms_service as qms
from qms_service.authoring.cases import shortest_path, skeleton
from qms_service.authoring.editor import rulebook_schema
from qms_service.authoring.lint import lint
from qms_service.authoring.proof.invariant import Invariant
from qms_service.authoring.proof.prove import prove
from qms_service.authoring.show import Voice, build, flow_chart, markdown
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.facts import FactType
from qms_service.rulebooks import Procedure
from qms_service.rulebooks.load import toml

CONTAINMENT = RETURNS.parent / "containment.toml"
DIGEST = rules_of().digest


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    (tmp_path / "returns.toml").write_text(RETURNS.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "plant.toml"
    file.write_text(
        f"""\
id = "plant"
edition = "1"
[extends]
rulebook = "returns.toml"
edition = "1"
digest = "{DIGEST}"
[rename.return.events]
inspected = "sorted_out"
closed = {{ to = "closed" }}
[rename.return.quantities]
good = "fit"
[rename.return.balances]
as-noted = "agreed"
[replace.return.balances.handled]
clause = "7.1"
reason = "one piece may be kept as a sample"
rule = "open >= -1"
[add.return.quantities.sampled]
clause = "7.1"
reason = "samples are counted"
sum = ["scrapped.quantity"]
[remove.return.balances.sent-back]
clause = "7.2"
reason = "replacements come from another plant"
""".replace('closed = { to = "closed" }\n', ""),
        encoding="utf-8",
    )
    return file


def test_a_plant_renames_changes_adds_and_removes_quantities_and_balances(plant: Path) -> None:
    rules = rules_of(plant)
    kind = rules.rules.kind("return")
    assert list(kind.balances) == ["agreed", "handled", "done", "settled"]
    assert "sampled" in kind.quantities
    assert "good" not in kind.quantities
    case = recorded(rules, opened(rules, noted=9), ("counted", {"quantity": 10, "model_ok": True}))
    case = recorded(rules, case, ("sorted_out", {"good": 11}))
    assert dict(rules.quantities(case, now=later(9)))["open"] == -1
    (finding,) = rules.check(case, "scrapped", at=later(9), quantity=1)
    assert str(finding) == (
        "open >= -1 does not hold at scrapped: -2 against -1 "
        "(counted = 10, fit = 11, reworked = 0, scrapped = 1, open = -2). [plant 7.1]"
    )
    assert rules.check(case, "planned", at=later(9))[0].facts["balance"] == "agreed"
    assert str(rules.check(case, "closed", at=later(9))[0].clause) == "returns 4.3.3/4.3.6"


def test_the_deviation_list_tells_them_in_words(plant: Path) -> None:
    said = qms.diff(str(plant.parent / "returns.toml"), str(plant)).text()
    assert "Balance handled: rule open >= 0 → open >= -1 [plant 7.1], because: one piece may be kept" in said
    assert (
        "Quantity sampled added: sum of scrapped.quantity [plant 7.1], because: samples are counted" in said
    )
    assert "Balance sent-back removed [plant 7.2]" in said
    assert "Quantity fit, before good" in said
    assert "Balance agreed (Counted as noted), before as-noted" in said
    assert "数量平衡 handled：关系式" in qms.diff(str(plant.parent / "returns.toml"), str(plant)).text("zh")


def test_a_gate_on_a_balance_and_an_undetermined_fact_are_told_in_words(tmp_path: Path) -> None:
    text = CONTAINMENT.read_text(encoding="utf-8")
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    changed = text.replace('needs = [{ balance = "all-checked" }]', "").replace(", undetermined = true", "")
    (tmp_path / "b.toml").write_text(changed, encoding="utf-8")
    said = qms.diff(str(tmp_path / "b.toml"), str(tmp_path / "a.toml")).text()
    assert "needs balance all-checked holds" in said
    assert "quantity → quantity | undetermined" in said


def test_labels_of_quantities_are_no_rules_and_their_figures_are(tmp_path: Path) -> None:
    def digest(old: str, new: str) -> str:
        file = tmp_path / "a.toml"
        file.write_text(CONTAINMENT.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        return rules_of(file).digest

    own = digest("", "")
    assert digest('zh = "可疑数量"', 'zh = "嫌疑数量"') == own
    assert digest('rule = "unchecked >= 0"', 'rule = "unchecked >= -1"') != own
    assert digest("suspect - good - bad", "suspect - good") != own


def test_a_quantity_that_nothing_checks_and_a_balance_that_nothing_asks_for_are_told(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    idle = (
        'bad_in_all = { sum = ["checked.bad"] }\n[containment.balances.idle]\nrule = "good >= 0"\nat = []\n'
    )
    text = CONTAINMENT.read_text(encoding="utf-8")
    line = 'bad_in_all = { sum = ["checked.bad"] }\n'
    file.write_text(text.replace(line, "") + idle.replace(line, ""), encoding="utf-8")
    told = {(one.code, one.path, one.severity) for one in lint(file).findings}
    assert ("balance-unused", "containment.balances.idle", "warning") in told
    assert ("clause-missing", "containment.balances.idle", "warning") in told
    told = {(one.code, one.path, one.severity) for one in lint(CONTAINMENT).findings}
    assert ("quantity-unused", "containment.quantities.bad_in_all", "note") in told
    assert not any(code == "balance-unused" for code, _, _ in told)
    assert not any(one.code == "balance-unused" for one in lint(RETURNS).findings)


def test_an_editor_takes_what_loads() -> None:
    fits = Draft7Validator(rulebook_schema()).is_valid
    for file in (RETURNS, CONTAINMENT):
        assert fits(toml(file.read_text(encoding="utf-8")))
    wrong = toml(RETURNS.read_text(encoding="utf-8").replace("at = []", "when = []"))
    assert not fits(wrong)


def shown(rules: Procedure, lang: str) -> str:
    return markdown(build(Voice(rules=rules.rules, lang=lang)))


def test_a_shown_rulebook_has_its_quantities_and_balances() -> None:
    said = shown(rules_of(), "en")
    assert "the last of: " in said
    assert "counted - good - reworked - scrapped" in said
    assert "redelivered <= good + reworked + replenished" in said.replace("&lt;", "<").replace("\\<", "<")
    assert "after every event" in said
    assert "Counted as noted (noted = arrived)" in said
    assert "quantity, or undetermined" in said or "undetermined" in said
    places = shown(rules_of(CONTAINMENT), "zh")
    assert "数量平衡" in places
    assert "可疑数量" in places


def test_a_gate_on_a_balance_is_no_arrow_of_the_flow() -> None:
    rules = rules_of(CONTAINMENT).rules
    chart = flow_chart(KindVoice.of(Voice(rules=rules), rules.kind("containment")))
    assert len(chart.nodes) == 5


def test_what_never_happens_without_balances_is_proven_with_them() -> None:
    never = Invariant(
        id="plan",
        kind="return",
        never="disposition_issued",
        unless=["planned"],
        leaves_aside=["concessions", "corrections"],
    )
    (proof,) = prove(rules_of(), [never])
    assert proof.proven


def test_a_history_that_a_balance_refuses_is_no_counter_example() -> None:
    closed = Invariant(id="closed", kind="return", never="closed", unless=["counted"])
    planned = Invariant(id="planned", kind="return", never="planned", unless=["counted"])
    told = {proof.invariant.id: proof for proof in prove(rules_of(), [closed, planned])}
    assert told["closed"].outcome == "open"
    assert told["planned"].outcome == "open"
    forwarded = Invariant(id="forwarded", kind="return", never="forwarded", unless=["counted"])
    assert prove(rules_of(), [forwarded])[0].outcome == "refuted"


def test_a_quantity_that_is_undetermined_comes_back_from_json() -> None:
    rules = rules_of()
    case = recorded(rules, opened(rules, noted="undetermined"), ("credited", {"quantity": "undetermined"}))
    assert qms.from_json(qms.Case, qms.to_json(case)) == case
    case = recorded(
        rules, case, ("counted", {"quantity": qms.Quantity(amount=1, unit="pcs"), "model_ok": True})
    )
    (finding, _) = rules.check(case, "planned", at=later(9))
    assert finding.code == "undetermined-quantity"
    assert qms.from_json(qms.Finding, qms.to_json(finding)) == finding


def test_a_log_may_say_undetermined_where_the_fact_may() -> None:
    from qms_service.caselog.cells import read_fact  # noqa: PLC0415  # of the caselog, for this test alone
    from qms_service.caselog.mapping import FactColumn  # noqa: PLC0415

    column = FactColumn(fact="credited.quantity", column="credited")
    given = {"moments": None, "zone": None}
    may, must = FactType(kind="quantity", undetermined=True), FactType(kind="quantity")
    assert read_fact("undetermined", column, may, **given) == "undetermined"  # type: ignore[arg-type]  # no moment
    with pytest.raises(ValueError, match="undetermined"):
        read_fact("undetermined", column, must, **given)  # type: ignore[arg-type]


def test_clocks_over_rows_do_not_ask_for_quantities() -> None:
    rules = rules_of()
    assert rules.deadlines_of("return", events={"counted": NOON}, now=later(1)) == ()


def test_a_file_of_cases_can_be_drawn_from_a_rulebook_with_balances() -> None:
    drawn = skeleton(str(RETURNS))
    for step in ("planned", "redelivered", "closed"):
        assert f'check    = "{step}"' in drawn
    path = shortest_path(rules_of(), "return", "closed")
    assert path is not None
    steps = [letter.event for letter in path.steps]
    assert steps == ["counted", "closed"]  # a return of nothing is handled as it stands
