"""Declarations (表格声明): from what an author writes to columns and rules, every fault collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, Final, Literal

import attrs

from qms_service.clauses import ClauseRef
from qms_service.facts import Facts
from qms_service.routing.cell import ANY, Cell
from qms_service.routing.column import ColumnType
from qms_service.routing.decision import Rule
from qms_service.routing.exact import plain
from qms_service.routing.fault import TableFault, Unreadable, unknown
from qms_service.routing.marks import has_line_break, is_title
from qms_service.routing.reading import read_cell

Hit = Literal["unique", "first", "collect"]
HITS: Final[tuple[Hit, ...]] = ("unique", "first", "collect")
KEYS: Final = ("id", "when", "then", "clause")
SPECIAL: Final = ("id", "clause")  # the columns of a grid that are neither input nor output
Columns = dict[str, ColumnType | None]  # None: declared, but its type cannot be read


@attrs.define
class Declaration:
    """A reader of one table that goes on after a fault and keeps them all."""

    faults: list[TableFault] = attrs.field(factory=list)

    @contextmanager
    def _at(self, rule: str | None = None, column: str | None = None) -> Iterator[None]:
        try:
            yield
        except Unreadable as why:
            self.faults.append(why.at(rule=rule, column=column))

    def hit(self, word: object) -> Hit:
        """The hit policy."""
        with self._at(column="hit"):
            if word not in HITS:
                raise unknown("hit", word, HITS)
        return word

    def name(self, name: object) -> str:
        """The name of the table."""
        with self._at(column="name"):
            _refuse_name(name)
        return str(name)

    def clause(self, clause: object, within: ClauseRef | None, rule: str | None = None) -> ClauseRef | None:
        """The clause of a rule, in the document of the table's; without one, the table's."""
        with self._at(rule, "clause"):
            if clause is None:
                return within if within is not None and within.number else None
            if isinstance(clause, str) and is_title(clause):
                return attrs.evolve(within or ClauseRef(""), number=clause)
            if not isinstance(clause, ClauseRef):
                raise Unreadable("clause", got=repr(clause))
            return clause
        return None

    def columns(self, declared: object, role: Literal["inputs", "outputs"]) -> Columns:
        """The inputs, or the outputs, with their types."""
        if not isinstance(declared, Mapping) or not declared:
            self.faults.append(TableFault(code="columns", column=role, got=repr(declared)))
            return {}
        return {str(name): self._column(name, word, role) for name, word in declared.items()}

    def _column(self, name: object, word: object, role: str) -> ColumnType | None:
        with self._at(column=str(name)):
            _refuse_name(name)
            if role == "inputs" and name in SPECIAL:
                raise Unreadable("reserved", got=repr(name))
            return ColumnType.parse(word)
        return None

    def rules(
        self, raw: object, inputs: Columns, outputs: Columns, within: ClauseRef | None
    ) -> tuple[Rule, ...]:
        """The rules; of those at fault, only their faults are of use."""
        if isinstance(raw, str | Mapping) or not isinstance(raw, Sequence) or not raw:
            self.faults.append(TableFault(code="rules", column="rules", got=repr(raw)))
            return ()
        read = [self._rule(row, f"#{place}", inputs, outputs, within) for place, row in enumerate(raw, 1)]
        rules = tuple(rule for rule in read if rule is not None)
        for rule_id, times in Counter(rule.id for rule in rules).items():
            if times > 1:
                self.faults.append(TableFault(code="id-twice", rule=rule_id, column="id", got=repr(rule_id)))
        return rules

    def _rule(
        self, row: object, place: str, inputs: Columns, outputs: Columns, within: ClauseRef | None
    ) -> Rule | None:
        if not isinstance(row, Mapping):
            self.faults.append(TableFault(code="rule", rule=place, got=repr(row)))
            return None
        rule_id = self._id(row.get("id"), place)
        self.known(rule_id, row, KEYS, "key")
        when = self._part(rule_id, row, "when", inputs)
        then = self._part(rule_id, row, "then", outputs)
        return Rule(
            id=rule_id,
            when=tuple(self._cell(rule_id, name, kind, when) for name, kind in inputs.items()),
            then=Facts({name: self._output(rule_id, name, kind, then) for name, kind in outputs.items()}),
            clause=self.clause(row.get("clause"), within, rule_id),
        )

    def _id(self, rule_id: object, place: str) -> str:
        with self._at(place, "id"):
            if not isinstance(rule_id, str) or not is_title(rule_id):
                raise Unreadable("id", got=repr(rule_id))
            return rule_id
        return place

    def _part(self, rule: str, row: Mapping[Any, Any], key: str, columns: Columns) -> Mapping[str, Any]:
        part = row.get(key, {})
        if not isinstance(part, Mapping):
            self.faults.append(TableFault(code="part", rule=rule, column=key, got=repr(part)))
            return {}
        self.known(rule, part, columns, f"unknown-{key}")
        return part

    def known(self, rule: str, names: Iterable[object], known: Collection[str], code: str) -> None:
        """Notes the names of a rule that are not among the known ones."""
        for name in names:
            if name not in known:
                with self._at(rule, str(name)):
                    raise unknown(code, name, known)

    def _cell(self, rule: str, name: str, kind: ColumnType | None, when: Mapping[str, Any]) -> Cell:
        if kind is None or name not in when:
            return ANY
        with self._at(rule, name):
            return read_cell(when[name], kind)
        return ANY

    def _output(self, rule: str, name: str, kind: ColumnType | None, then: Mapping[str, Any]) -> object:
        with self._at(rule, name):
            if name not in then:
                raise Unreadable("output-missing")
            return None if kind is None else read_output(then[name], kind)
        return None


def read_output(raw: object, kind: ColumnType) -> object:
    """The value of an output; a text is read where its type is not text.

    Raises:
        Unreadable: It is no value of the type.
    """
    if isinstance(raw, str) and kind.word not in ("text", "values"):
        return plain_value(kind.read_text(raw.strip()))
    found = kind.read(raw)
    if isinstance(found, str) and has_line_break(found):
        raise Unreadable("one-line", got=repr(raw))
    return plain_value(found)


def plain_value(value: Any) -> object:  # noqa: ANN401  # a value of any column
    """A value as a caller reads it: exact numbers as ints or decimals where they are."""
    return plain(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else value


def _refuse_name(name: object) -> None:
    if not isinstance(name, str) or not is_title(name) or name.startswith("->"):
        raise Unreadable("name", got=repr(name))
