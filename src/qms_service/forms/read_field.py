"""Reads one field of a form, or one column of a table: its label, its type, and where its value comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final, get_args

import attrs

from qms_service.clauses import ClauseRef
from qms_service.forms.bound import later_than, unless
from qms_service.forms.names import Names
from qms_service.forms.paths import signature_of, source_of
from qms_service.forms.sheet import Field
from qms_service.forms.sources import FirstOf, Source
from qms_service.forms.value_type import SIGNATURE, TEXT, Choices, ValueKind, ValueType, of_departments
from qms_service.labels import Label
from qms_service.rulebooks.context import LANGUAGE, label_of
from qms_service.rulebooks.section import Section as Table

BY_HAND: Final = (*(kind for kind in get_args(ValueKind) if kind != "choice"), "department")
MOST_LINES: Final = 40  # of writing: what fits on a page


@attrs.frozen(kw_only=True, eq=False)
class FieldReader:
    """Reads the fields of one section.

    Args:
        names: What their paths can name.
        document: The document that their clauses are of.
        clause: The clause of the section, or of the form, for fields that cite none and have no source that does.
        boxes: Whether choices from the record are shown as boxes to tick; in rows of the record they are not.
    """

    names: Names
    document: str
    clause: ClauseRef | None = None
    boxes: bool = True

    def fields(self, table: Table, check: Callable[[str, str], None]) -> Iterator[Field]:
        """The fields of a table, in its order; `check` notes a name that cannot be given."""
        for name, given in table.raw.items():
            at = table.at(name)
            check(name, at)
            if isinstance(given, str):
                yield self._field(name, Table({"from": given}, at, table.problems), at)
            elif isinstance(given, dict):
                yield self._field(name, Table(given, at, table.problems), f"{at}.from")
            else:
                table.problems.wrong(at, given, str, dict)

    def _field(self, name: str, table: Table, at: str) -> Field:
        """The field of a table; `at` is where it says what its value comes from."""
        source, choices = self._bound(self._source(table, at), table), _choices(table)
        type_ = self._by_hand(table, choices) if source is None else self._chosen(source.type, choices, table)
        own = label_of(table, name)
        named = any(LANGUAGE.fullmatch(key) for key in table.raw)
        field = Field(
            id=name,
            label=own if named or source is None else source.label,
            type=type_,
            source=source,
            clause=cited(table, self.document) or (source.clause if source else None) or self.clause,
            wide=table.flag("wide"),
            room=count_of(table, "room", MOST_LINES),
            width=count_of(table, "width", MOST_LINES),
            needed=table.flag("needed"),
        )
        table.finish()
        return field

    def _source(self, table: Table, at: str) -> Source | None:
        """What `from` or `signature` names."""
        if "signature" in table.raw and "from" in table.raw:
            table.problems.note("form-two-sources", at)
        given = table.take("signature", str, bool)
        if isinstance(given, str):
            return signature_of(self.names, given, table.at("signature"))
        given = table.take("from", str, list)
        if isinstance(given, str):
            return source_of(self.names, given, at)
        return None if given is None else self._first_of(table, at)

    def _bound(self, source: Source | None, table: Table) -> Source | None:
        """The source with the events that it counts after, and those that make it needless."""
        if "from" not in table.raw and not isinstance(table.raw.get("signature"), str):
            return source
        after, needless = (names_of(table, key, self.names) for key in ("after", "unless"))
        if source is None:
            return None
        later = later_than(source, after) if after else source
        if later is None:
            table.problems.note("form-after", table.at("after"))
            return source
        return unless(later, needless, after) if needless else later

    def _first_of(self, table: Table, at: str) -> Source | None:
        paths = table.texts("from")
        found = [source_of(self.names, path, f"{at}[{index}]") for index, path in enumerate(paths)]
        sources = tuple(one for one in found if one is not None)
        if not paths:
            table.problems.note("empty", at)
        if not sources or len(sources) < len(paths):
            return None
        first = sources[0]
        if len({one.type for one in sources}) > 1:
            table.problems.note("form-types", at, got=tuple(paths))
        path = " | ".join(paths)
        return FirstOf(path=path, type=first.type, label=first.label, clause=first.clause, sources=sources)

    def _chosen(self, type_: ValueType, choices: Choices, table: Table) -> ValueType:
        """The type of a source, with what the form calls its values; those that it does not name keep their names."""
        if not choices:
            return type_
        if type_.kind == "choice":
            for name, _ in choices:
                table.problems.known("choice", name, dict(type_.choices), f"{table.at('choices')}.{name}")
            choices = tuple({**dict(type_.choices), **dict(choices)}.items())
        return attrs.evolve(type_, choices=choices, boxes=self.boxes)

    def _by_hand(self, table: Table, choices: Choices) -> ValueType:
        """The type that a field without a source declares for itself."""
        word = table.text("type")
        if choices:
            return ValueType(kind="choice", choices=choices, boxes=True, many=table.flag("many"))
        if table.raw.get("signature") is True:
            return SIGNATURE
        if word is None or not table.problems.known("form-type", word, BY_HAND, table.at("type")):
            return TEXT
        if word == "department":
            return of_departments(self.names.rules.departments)
        return ValueType(kind=word)  # type: ignore[arg-type]  # one of BY_HAND


def _choices(table: Table) -> Choices:
    """The choices that a field declares, with their labels."""
    choices = []
    for name, inner in table.inner("choices").tables():
        choices.append((name, label_of(inner, name)))
        inner.finish()
    return tuple(choices)


def names_of(table: Table, key: str, names: Names) -> tuple[str, ...]:
    """The events under a key, one or a list; in rows about keys, such that say which key they are about."""
    given, at = table.take(key, str, list), table.at(key)
    named = (given,) if isinstance(given, str) else table.texts(key) if given is not None else ()
    rules = ((name, names.event(name, at)) for name in named)
    return tuple(name for name, rule in rules if rule is not None and names.has_key(rule, at))


def cited(table: Table, document: str) -> ClauseRef | None:
    """The clause that a table cites; a number without quotes is refused, for 5.10 would become 5.1."""
    given = table.raw.get("clause")
    if isinstance(given, int | Decimal) and not isinstance(given, bool):
        table.take("clause", int, Decimal)
        table.problems.note("clause-number", table.at("clause"), got=given)
        return None
    number = table.text("clause")
    return None if number is None else ClauseRef(number, document=document)


def count_of(table: Table, key: str, most: int, least: int = 1) -> int:
    """A whole number within bounds; 1, or `least`, where there is none."""
    given = table.take(key, int)
    if given is None or least <= given <= most:
        return least if given is None else int(given)
    table.problems.note("form-count", table.at(key), got=given, least=least, most=most)
    return least


def titled(table: Table, name: str, key: str) -> Label | None:
    """The label under a key; None where the table has none."""
    return label_of(table, name, key) if key in table.raw else None
