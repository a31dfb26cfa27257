"""Every answer of a table against an evaluator that only reads the sentences of the design."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.errors import AmbiguousRouteError, NoRouteError, UndecidedError
from qms_service.routing import DecisionTable, TableProblem

DAY = date(2026, 2, 27)  # the small domains of days run across the end of a February
TEXTS = ("operation", "open, short", "-", "客户|供方")
VALUES = ("urgent", "normal", "not known")
COMPARE = {"=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
TYPES: dict[str, Any] = {
    "number": "number",
    "bounded": "number[0..4)",
    "date": "date",
    "text": "text",
    "values": list(VALUES),
    "bool": "bool",
}
ENDS: dict[str, list[Any]] = {
    "number": [Fraction(0), Fraction(1, 2), Fraction(2), Fraction(3)],
    "bounded": [Fraction(0), Fraction(3, 2), Fraction(2), Fraction(3)],
    "date": [DAY + timedelta(days=n) for n in (0, 1, 3, 4)],
    "text": list(TEXTS),
    "values": list(VALUES),
    "bool": [True, False],
}
# every end, a point between any two of them, and one beyond at either side: no cell can tell more apart
POINTS: dict[str, list[Any]] = {
    "number": [Fraction(n, 4) for n in (-4, 0, 1, 2, 5, 8, 9, 12, 16)],
    "bounded": [Fraction(n, 4) for n in (0, 1, 6, 7, 8, 9, 12, 15)],
    "date": [DAY + timedelta(days=n) for n in range(-1, 6)],
    "text": [*TEXTS, "another"],
    "values": list(VALUES),
    "bool": [True, False],
}


@attrs.frozen
class Item:
    """One item of a cell: a sign and its ends."""

    sign: str  # "=", "<", "<=", ">", ">=", or the two brackets of a range
    low: Any
    high: Any = None

    def passes(self, value: Any) -> bool:  # noqa: ANN401  # a value of any type
        if self.sign in COMPARE:
            return bool(COMPARE[self.sign](value, self.low))
        above = value >= self.low if self.sign[0] == "[" else value > self.low
        below = value <= self.high if self.sign[1] == "]" else value < self.high
        return bool(above and below)

    def __str__(self) -> str:
        if self.sign == "=":
            return word(self.low)
        if self.high is None:
            return f"{self.sign} {word(self.low)}"
        return f"{self.sign[0]}{word(self.low)} .. {word(self.high)}{self.sign[1]}"


@attrs.frozen
class Asked:
    """A cell: any of its items, or none of them; without items it is `-`."""

    items: tuple[Item, ...] = ()
    negated: bool = False

    def passes(self, value: Any) -> bool:  # noqa: ANN401  # a value of any type
        return not self.items or any(test.passes(value) for test in self.items) != self.negated

    def __str__(self) -> str:
        listed = ",".join(map(str, self.items))
        return f"not ({listed})" if self.negated else listed or "-"


def word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Fraction):
        return (
            str(value.numerator)
            if value.denominator == 1
            else str(Decimal(value.numerator) / value.denominator)
        )
    if isinstance(value, str) and (value == "-" or not value.isalnum()):
        return f'"{value}"'
    return str(value)


def items_of(kind: str) -> st.SearchStrategy[Item]:
    ends = st.sampled_from(ENDS[kind])
    if kind not in ("number", "bounded", "date"):
        return st.builds(Item, st.just("="), ends)
    single = st.builds(Item, st.sampled_from(["=", "<", "<=", ">", ">="]), ends)
    bracketed = st.sampled_from([left + right for left in "[(]" for right in "])["])
    ordered = st.lists(ends, min_size=2, max_size=2, unique=True).map(sorted)
    ranges = st.builds(lambda sign, two: Item(sign, *two), bracketed, ordered)
    return single | ranges


def passable(kind: str, cell: Asked) -> bool:
    return any(cell.passes(point) for point in POINTS[kind])


def cells_of(kind: str) -> st.SearchStrategy[Asked]:
    items = items_of(kind).filter(lambda test: passable(kind, Asked((test,))))
    some = st.builds(Asked, st.lists(items, min_size=1, max_size=3).map(tuple), st.booleans())
    return st.just(Asked()) | some.filter(lambda cell: passable(kind, cell))


@attrs.frozen
class Drawn:
    """A table as it was drawn, beside the library's reading of it."""

    kinds: Mapping[str, str]
    rows: tuple[tuple[Mapping[str, Asked], str], ...]
    hit: str
    table: DecisionTable

    def ids(self, facts: Mapping[str, Any]) -> list[int]:
        """The rules whose every cell passes; an absent input passes `-` alone."""
        return [
            place
            for place, (cells, _) in enumerate(self.rows)
            if all(
                cell.passes(facts[name]) if facts.get(name) is not None else not cell.items
                for name, cell in cells.items()
            )
        ]

    def possible(self, facts: Mapping[str, Any]) -> list[int]:
        """The rules that no fact on record speaks against."""
        return [
            place
            for place, (cells, _) in enumerate(self.rows)
            if all(facts.get(name) is None or cell.passes(facts[name]) for name, cell in cells.items())
        ]

    def covers(self, facts: Mapping[str, Any]) -> bool:
        """Whether some rule hits at every point that the facts leave open."""
        open_to = [
            [facts[name]] if facts.get(name) is not None else POINTS[kind]
            for name, kind in self.kinds.items()
        ]
        return all(self.ids(dict(zip(self.kinds, values, strict=True))) for values in product(*open_to))

    def points(self) -> Iterator[dict[str, Any]]:
        for values in product(*(POINTS[kind] for kind in self.kinds.values())):
            yield dict(zip(self.kinds, values, strict=True))


@st.composite
def drawn(draw: st.DrawFn, inputs: int = 3, rules: int = 5) -> Drawn:
    chosen = draw(st.lists(st.sampled_from(list(TYPES)), min_size=1, max_size=inputs))
    kinds = {f"{kind} {place}": kind for place, kind in enumerate(chosen)}
    row = st.tuples(
        st.fixed_dictionaries({name: cells_of(kind) for name, kind in kinds.items()}),
        st.sampled_from(["A", "B"]),
    )
    rows = tuple(draw(st.lists(row, min_size=1, max_size=rules)))
    hit = draw(st.sampled_from(["unique", "first", "collect"]))
    table = DecisionTable(
        name="drawn",
        inputs={name: TYPES[kind] for name, kind in kinds.items()},
        outputs={"owner": "text"},
        rules=[
            {
                "id": str(place),
                "when": {name: str(cell) for name, cell in cells.items()},
                "then": {"owner": out},
            }
            for place, (cells, out) in enumerate(rows)
        ],
        hit=hit,
    )
    return Drawn(kinds, rows, hit, table)


def expected(drawing: Drawn, facts: Mapping[str, Any]) -> object:
    """What the sentences of the design say: an answer, or the error's class."""
    certain, possible = drawing.ids(facts), drawing.possible(facts)
    if drawing.hit == "collect":
        if certain != possible:
            return UndecidedError
        return tuple(drawing.rows[place][1] for place in certain)
    if drawing.hit == "first":
        possible = [place for place in possible if not certain or place <= certain[0]]
    elif len(certain) > 1:
        return AmbiguousRouteError
    answers = {drawing.rows[place][1] for place in possible}
    if not answers:
        return NoRouteError
    if len(answers) > 1 or not (certain or drawing.covers(facts)):
        return UndecidedError
    return answers.pop()


def answered(drawing: Drawn, facts: Mapping[str, Any]) -> object:
    try:
        outputs = drawing.table.decide(facts).outputs
    except (NoRouteError, AmbiguousRouteError, UndecidedError) as error:
        return type(error)
    return outputs["owner"]


def some_facts(kinds: Mapping[str, str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from([*POINTS[kind], None]) for name, kind in kinds.items()}
    )


@given(drawn(inputs=4, rules=6), st.data())
@settings(max_examples=250, deadline=None)
def test_every_answer_is_that_of_the_sentences(drawing: Drawn, data: st.DataObject) -> None:
    facts = data.draw(some_facts(drawing.kinds))
    assert answered(drawing, facts) == expected(drawing, facts)


@given(drawn(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_number_decides_the_same_as_an_int_a_decimal_and_a_fraction(
    drawing: Drawn, data: st.DataObject
) -> None:
    facts = data.draw(some_facts(drawing.kinds))
    plain = {
        name: (int(value) if value.denominator == 1 else Decimal(value.numerator) / value.denominator)
        if isinstance(value, Fraction)
        else value
        for name, value in facts.items()
    }
    decimal = {
        name: Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value
        for name, value in facts.items()
    }
    assert answered(drawing, plain) == answered(drawing, decimal) == answered(drawing, facts)


@given(drawn(), st.data())
@settings(max_examples=100, deadline=None)
def test_what_is_decided_early_stays_so_when_the_facts_come_in(drawing: Drawn, data: st.DataObject) -> None:
    facts = data.draw(some_facts(drawing.kinds))
    early = answered(drawing, facts)
    full = {name: data.draw(st.sampled_from(POINTS[kind])) for name, kind in drawing.kinds.items()}
    later = answered(drawing, {**full, **{name: value for name, value in facts.items() if value is not None}})
    if early is NoRouteError or early is AmbiguousRouteError:
        assert later is early
    elif early is not UndecidedError:
        assert later in (early, AmbiguousRouteError)


@given(drawn(), st.data())
@settings(max_examples=100, deadline=None)
def test_what_is_missing_is_asked_for_by_a_rule_still_possible(drawing: Drawn, data: st.DataObject) -> None:
    facts = data.draw(some_facts(drawing.kinds))
    possible = drawing.table.possible(facts)
    absent = [name for name in drawing.kinds if facts.get(name) is None]
    open_rows = [drawing.rows[int(rule.id)][0] for rule in possible.rules]
    asked = tuple(name for name in absent if any(row[name].items for row in open_rows))
    assert possible.missing == asked
    assert possible.covered == drawing.covers(facts)


@given(drawn(), st.data())
@settings(max_examples=80, deadline=None)
def test_an_explanation_names_the_very_cells_that_fail(drawing: Drawn, data: st.DataObject) -> None:
    facts = data.draw(some_facts(drawing.kinds))
    explanation = drawing.table.explain(facts)
    assert sorted(trace.rule_id for trace in explanation.rules) == sorted(map(str, range(len(drawing.rows))))
    for trace in explanation.rules:
        cells = drawing.rows[int(trace.rule_id)][0]
        known = {name: value for name, value in facts.items() if value is not None}
        assert [cell.input for cell in trace.failed] == [
            name for name in drawing.kinds if name in known and not cells[name].passes(known[name])
        ]
        assert trace.is_near_miss == (len(trace.failed) == 1)
    assert (explanation.decision is None) == isinstance(answered(drawing, facts), type)


@given(drawn())
@settings(max_examples=100, deadline=None)
def test_gaps_are_the_points_without_a_rule_and_no_others(drawing: Drawn) -> None:
    problems = drawing.table.problems()
    assert problems.proven
    if drawing.hit == "collect":
        assert problems.all == ()
        return
    for gap in problems.gaps:
        assert answered(drawing, gap.witness) is NoRouteError
    lies_in = filled(drawing, problems.gaps)
    for point in drawing.points():
        assert lies_in(point) == int(not drawing.ids(point))


def filled(drawing: Drawn, gaps: tuple[TableProblem, ...]) -> Callable[[Mapping[str, Any]], int]:
    """How many gaps a point lies in, by a table whose rules are the gaps' own cells."""
    if not gaps:
        return lambda _: 0
    table = DecisionTable(
        name="gaps",
        inputs={name: TYPES[kind] for name, kind in drawing.kinds.items()},
        outputs={"owner": "text"},
        rules=[{"id": str(n), "when": dict(gap.when), "then": {"owner": "x"}} for n, gap in enumerate(gaps)],
        hit="collect",
    )
    return lambda point: len(table.decide(point).rule_ids)


@given(drawn())
@settings(max_examples=100, deadline=None)
def test_overlaps_are_the_pairs_that_share_a_point(drawing: Drawn) -> None:
    problems = drawing.table.problems()
    hits = [drawing.ids(point) for point in drawing.points()]
    pairs = {pair for hit in hits for pair in combinations(map(str, hit), 2)}
    assert {overlap.rule_ids for overlap in problems.overlaps} == (
        pairs if drawing.hit == "unique" else set()
    )
    for overlap in problems.overlaps:
        assert set(overlap.rule_ids) <= set(map(str, drawing.ids(overlap.witness)))
        assert answered(drawing, overlap.witness) is AmbiguousRouteError


@given(drawn())
@settings(max_examples=100, deadline=None)
def test_unreachable_rules_are_those_that_no_point_reaches(drawing: Drawn) -> None:
    problems = drawing.table.problems()
    last = len(drawing.rows) - 1
    reached = {min(hit) for point in drawing.points() if (hit := drawing.ids(point))}
    is_default = not any(cell.items for cell in drawing.rows[last][0].values())
    unreached = {
        place for place in range(last + 1) if place not in reached and not (place == last and is_default)
    }
    named = {int(problem.rule_ids[0]) for problem in problems.unreachable}
    assert named == (unreached if drawing.hit == "first" else set())
    for problem in problems.unreachable:
        first, *_ = drawing.ids(problem.witness)
        assert problem.rule_ids[0] in map(str, drawing.ids(problem.witness))
        assert str(first) in problem.rule_ids[1:]


@given(drawn())
@settings(max_examples=80, deadline=None)
def test_a_grid_written_and_read_back_is_the_same_table(drawing: Drawn) -> None:
    table = drawing.table
    again = DecisionTable.from_grid(
        table.to_grid(),
        name=table.name,
        inputs={column.name: column.type for column in table.inputs},
        outputs={column.name: column.type for column in table.outputs},
        hit=table.hit,
    )
    assert again == table
    assert hash(again) == hash(table)
    assert again.to_grid() == table.to_grid()
