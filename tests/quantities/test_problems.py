"""What is wrong with the quantities of a rulebook is told all at once, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

import qms_service as qms

HEAD = """\
id = "small"
edition = "1"
timezone = "Asia/Shanghai"
[stock.subject]
noted = "quantity?"
lots = "text*"
[stock.events.counted]
facts = { quantity = "quantity", place = "text", lots = "text*", remark = "text?", figures = "quantity*?" }
[stock.events.scrapped]
facts = { quantity = { type = "quantity", undetermined = true }, unit = "text" }
[stock.events.closed]
[stock.quantities]
counted = { last = ["counted.quantity"] }
scrapped = { sum = ["scrapped.quantity"] }
placed = { last = ["counted.quantity"], per = "place" }
"""


def problems(tmp_path: Path, rules: str, head: str = HEAD) -> list[str]:
    file = tmp_path / "small.toml"
    file.write_text(head + rules, encoding="utf-8")
    with pytest.raises(qms.RulebookError) as wrong:
        qms.load_rulebook(file)
    assert all(one.text("zh") for one in wrong.value.problems)
    return [str(one).removeprefix("stock.") for one in wrong.value.problems]


def test_all_mistakes_of_quantities_come_at_once(tmp_path: Path) -> None:
    rules = """\
a-b = { last = ["counted.quantity"] }
none = { per = "place" }
two = { last = ["counted.quantity"], sum = ["scrapped.quantity"] }
empty = { sum = [] }
path = { last = ["quantity"] }
event = { last = ["count.quantity"] }
fact = { last = ["counted.quantty", "subject.noted"] }
text = { sum = ["counted.remark"] }
many = { sum = ["counted.figures"] }
key = { sum = ["counted.quantity"], per = "plce" }
keys = { sum = ["counted.quantity"], per = "lots" }
there = { sum = ["counted.quantity", "scrapped.quantity"], per = "place" }
of = { of = "counted - scraped" }
kept = { of = "counted", keeps = true }
product = { of = "counted * scrapped" }
wrong = { of = 3 }
"""
    assert problems(tmp_path, rules) == [
        (
            "quantities.a-b:16: got the name a-b; the name of a quantity has letters, digits and _ alone, and "
            "begins with a letter, for sums name it"
        ),
        (
            "quantities.none:17: a quantity is the last of some facts (last = [...]), their sum (sum = [...]), or "
            'made of others (of = "...")'
        ),
        "quantities.two.sum:18: unknown key sum; allowed: keeps, label, last, per",
        "quantities.empty.sum:19: an empty list can never be met; name at least one",
        "quantities.path.last[0]:20: quantity is no fact; write event.fact or subject.fact",
        "quantities.event.last[0]:21: unknown event count; did you mean counted? Known: " + EVENTS,
        (
            "quantities.fact.last[0]:22: unknown fact quantty; did you mean quantity? Known: quantity, place, lots, "
            "remark, figures"
        ),
        (
            "quantities.text.sum[0]:23: the fact counted.remark is text?; a quantity counts facts of one of these "
            "types, one value each: quantity, int, decimal"
        ),
        (
            "quantities.many.sum[0]:24: the fact counted.figures is quantity*?; a quantity counts facts of one of "
            "these types, one value each: quantity, int, decimal"
        ),
        (
            "quantities.key.per:25: unknown fact plce; did you mean place? Known: role, by, on_behalf_of, department, "
            "quantity, place, lots, remark, figures"
        ),
        (
            "quantities.keys.per:26: the fact counted.lots is a list; a quantity is kept apart by a fact with one "
            "value"
        ),
        "quantities.there.per:27: unknown fact place; known: role, by, on_behalf_of, department, quantity, unit",
        (
            "quantities.of.of:28: unknown quantity scraped; did you mean scrapped? Known: counted, scrapped, placed, "
            "a-b, none, two, empty, path, event, fact, text, many, key, keys, there, of, kept, product, wrong"
        ),
        "quantities.kept.keeps:29: unknown key keeps; allowed: label, of, per",
        (
            "quantities.product.of:30: counted * scrapped cannot be read as a sum, from * scrapped on. A sum has "
            "names and whole numbers with + and - between them, and at most a whole-number factor before a name, "
            "such as counted - good - 2 * pairs."
        ),
        "quantities.wrong.of:31: got 3; needed is text",
    ]


EVENTS = (
    "counted, scrapped, closed, opened, corrected, extended, agreed, paused, resumed, linked, waived, withdrawn, "
    "reopened, edition_changed"
)


def test_a_quantity_made_of_itself_is_told_with_its_way(tmp_path: Path) -> None:
    rules = 'a = { of = "counted - b" }\nb = { of = "2 * a" }\nc = { of = "a" }\n'
    assert problems(tmp_path, rules) == [
        "quantities.a.of:16: a quantity cannot be made of itself: a → b → a",
        "quantities.b.of:17: a quantity cannot be made of itself: b → a → b",
    ]


def test_quantities_that_are_kept_apart_differently_do_not_add_up(tmp_path: Path) -> None:
    rules = """\
mixed = { of = "placed - scrapped" }
other = { of = "placed", per = "unit" }
[stock.balances.b]
rule = "placed <= counted"
"""
    assert problems(tmp_path, rules) == [
        (
            "quantities.mixed.per:16: quantities that are kept apart by different facts do not add up: placed "
            "(place), scrapped (–)"
        ),
        (
            "quantities.other.per:17: quantities that are kept apart by different facts do not add up: placed "
            "(place), per = unit"
        ),
        (
            "balances.b.per:18: quantities that are kept apart by different facts do not add up: placed (place), "
            "counted (–)"
        ),
    ]


def test_all_mistakes_of_balances_come_at_once(tmp_path: Path) -> None:
    rules = """\
[stock.balances]
no-rule = { clause = "1" }
relation = { rule = "counted" }
names = { rule = "counted = scraped + opn", at = ["close"] }
clause = { rule = "counted >= 0", clause = 4.3 }
key = { rule = "counted >= 0", when = "closed" }
"""
    assert problems(tmp_path, rules) == [
        "balances.no-rule.rule:17: the key rule is missing",
        (
            "balances.relation.rule:18: counted is no relation. It has one of <=, >=, = between two sums, such as "
            "redelivered + credited = counted."
        ),
        "balances.names.at[0]:19: unknown event close; did you mean closed? Known: " + EVENTS,
        "balances.names.rule:19: unknown quantity scraped; did you mean scrapped? Known: counted, scrapped, placed",
        "balances.names.rule:19: unknown quantity opn; known: counted, scrapped, placed",
        "balances.clause.clause:20: clause 4.3 is a number; write it in quotes, for 5.10 would become 5.1",
        "balances.key.when:21: unknown key when; allowed: at, clause, label, per, rule",
    ]


def test_a_balance_of_a_quantity_that_cannot_be_read_has_no_problem_of_its_own(tmp_path: Path) -> None:
    rules = 'a = { of = "counted +" }\n[stock.balances.b]\nrule = "a >= 0"\n[stock.events.sent]\nneeds = [{ balance = "b" }]\n'
    assert [one.partition(":")[0] for one in problems(tmp_path, rules)] == ["quantities.a.of"]


def test_a_gate_names_a_balance_that_is_there(tmp_path: Path) -> None:
    rules = """\
[stock.balances.handled]
rule = "counted >= 0"
[stock.events.sent]
needs = [{ balance = "handeld" }, { any = [{ balance = 3 }, "counted"] }]
"""
    assert problems(tmp_path, rules) == [
        "events.sent.needs[0].balance:19: unknown balance handeld; did you mean handled? Known: handled",
        "events.sent.needs[1].any[0].balance:19: got 3; needed is text",
    ]


def test_only_a_quantity_can_be_undetermined(tmp_path: Path) -> None:
    rules = '[stock.events.sent.facts]\nby_whom = { type = "text", undetermined = true }\nall = { type = "quantity*", undetermined = true }\n'
    assert problems(tmp_path, rules) == [
        "events.sent.facts.by_whom.undetermined:17: the fact is text; only a quantity can be undetermined",
        "events.sent.facts.all.undetermined:18: the fact is quantity*; only a quantity can be undetermined",
    ]


def test_a_balance_that_does_not_say_how_its_quantities_are_kept_apart_follows_them(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(HEAD + '[stock.balances.b]\nrule = "placed >= 0"\nper = "place"\n', encoding="utf-8")
    kind = qms.load_rulebook(file).editions[0].rules.kind("stock")
    assert (kind.balances["b"].per, list(kind.quantities)) == ("place", ["counted", "scrapped", "placed"])
