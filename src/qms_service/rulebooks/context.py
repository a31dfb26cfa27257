"""What is known while a rulebook is read: its names, so that every reference can be checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import attrs

from qms_service.clauses import ClauseRef
from qms_service.errors import FactValueError
from qms_service.events import SYSTEM_EVENTS
from qms_service.facts import KINDS, FactType
from qms_service.labels import Label
from qms_service.quantities import Balance
from qms_service.rulebooks.model import Department, Param, Role
from qms_service.rulebooks.origin import Origin, origin_at
from qms_service.rulebooks.section import Problems, Section
from qms_service.worktime import Term, Urgency, parse_within

UNREADABLE: Final = FactType(kind="facts", optional=True)  # a fact is known, though its type is no type
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]+)?")


@attrs.frozen(kw_only=True, eq=False)
class BookContext:
    """The names of the whole rulebook."""

    document: str
    edition: str
    departments: Mapping[str, Department]
    roles: Mapping[str, Role]
    params: Mapping[str, Param]
    problems: Problems
    origins: Mapping[str, Origin] = attrs.field(factory=dict)

    def clause(self, section: Section) -> ClauseRef | None:
        """The clause that a table cites; a number without quotes is refused, for 5.10 would become 5.1."""
        given = section.raw.get("clause")
        if isinstance(given, int | Decimal) and not isinstance(given, bool):
            section.take("clause", int, Decimal)
            section.problems.note("clause-number", section.at("clause"), got=given)
            return None
        number = section.text("clause")
        return None if number is None else self.cite(number, section.path)

    def cite(self, number: str, at: str) -> ClauseRef:
        """A clause by its number, of this rulebook, or of the parent that the rule at a path is taken from."""
        origin = origin_at(self.origins, f"{at}.clause") if self.origins else None
        if origin is None:
            return ClauseRef(number, document=self.document, edition=self.edition)
        return ClauseRef(number, document=origin.document, edition=origin.edition)

    def within(self, section: Section, key: str) -> Term | Urgency | None:
        """A term, or what stands in its place; `$name` takes the figure of a parameter."""
        text = section.text(key)
        return None if text is None else self.within_of(text, section.at(key))

    def within_of(self, text: str, at: str) -> Term | Urgency | None:
        """What the text of a term says; `$name` takes the figure of a parameter."""
        if text.startswith("$"):
            if not self.problems.known("parameter", text[1:], self.params, at):
                return None
            text = str(self.params[text[1:]].value)
        return self.problems.reading(at, parse_within, text)

    def term(self, section: Section, key: str) -> Term | None:
        """A term with a figure."""
        term = self.within(section, key)
        if isinstance(term, Urgency):
            section.problems.note("term-needed", section.at(key), got=term.value)
            return None
        return term


@attrs.frozen(kw_only=True, eq=False)
class KindContext:
    """The names of one kind of case: its events with their facts, and its subject."""

    book: BookContext
    subject: Mapping[str, FactType]
    events: Mapping[str, Mapping[str, FactType]]
    balances: Mapping[str, Balance | None] = attrs.field(factory=dict)

    @property
    def event_names(self) -> tuple[str, ...]:
        """Every event, the rulebook's own before those of every rulebook: its author reads them in a message."""
        return tuple(sorted(self.events, key=SYSTEM_EVENTS.__contains__))

    @property
    def fact_names(self) -> tuple[str, ...]:
        """Every fact that an event or the subject declares, by its bare name."""
        facts = (fact for types in (*self.events.values(), self.subject) for fact in types)
        return tuple(dict.fromkeys(facts))

    def named(self, fact: str) -> tuple[str, ...]:
        """The paths of a fact by its bare name: the step furthest down the rulebook first, the subject last."""
        found = [f"{event}.{fact}" for event, types in self.events.items() if fact in types]
        return (*reversed(found), *([f"subject.{fact}"] if fact in self.subject else []))

    def values_of(self, event: str) -> Mapping[str, FactType]:
        """What a selector can test on an event: its facts, and its own columns."""
        texts = dict.fromkeys(("role", "by", "on_behalf_of"), FactType(kind="text"))
        department = fact_type_of("department", self.book.departments)
        return {**texts, "department": department, **self.events[event]}

    def fact_type(self, path: str, at: str) -> FactType | None:
        """The type of the fact at a path; notes an unknown event, an unknown fact, or an unreadable path."""
        problems = self.book.problems
        name, dot, fact = path.partition(".")
        if not dot:
            problems.note("fact-path", at, got=path)
            return None
        if name == "subject":
            facts = self.subject
        elif problems.known("event", name, self.event_names, at):
            facts = self.events[name]
        else:
            return None
        return _readable(facts[fact]) if problems.known("fact", fact, facts, at) else None

    def values(self, type_: FactType | None, given: object, at: str) -> tuple[object, ...]:
        """The values that a fact is compared with, as events hold them; notes those it could never have."""
        if type_ is None or _readable(type_) is None:
            return ()
        one, fact = attrs.evolve(type_, many=False), at.rpartition(".")[2]
        read = self.book.problems.reading
        return tuple(
            read(at, one.read, fact, value) for value in (given if isinstance(given, list) else [given])
        )


def _readable(type_: FactType) -> FactType | None:
    return None if type_ is UNREADABLE else type_


def label_of(section: Section, name: str, key: str | None = None) -> Label:
    """The names that a table gives in each language; the id in words where it gives none."""
    table = section.inner(key) if key else section
    names = {}
    for lang in [lang for lang in table.raw if LANGUAGE.fullmatch(lang)]:
        said = table.text(lang)
        if said:
            names[lang] = said
    if key:
        table.finish()
    return Label(names or {"en": name.replace("_", " ").replace("-", " ")})


def fact_type_of(given: object, departments: Mapping[str, Department]) -> FactType:
    """The type that a declaration writes: `"bool"`, `"text?"`, `"department*"`, or a list of values.

    Raises:
        FactValueError: The word is no type.
    """
    if isinstance(given, list):
        return FactType(kind="values", values=tuple(str(value) for value in given))
    word = str(given)
    base = word.rstrip("?*")
    optional, many = "?" in word[len(base) :], "*" in word[len(base) :]
    if base == "department":
        aliases = tuple((alias, one.id) for one in departments.values() for alias in one.other_names)
        return FactType(
            kind="department", values=tuple(departments), optional=optional, many=many, aliases=aliases
        )
    if base not in DECLARABLE:
        raise FactValueError("fact-type", got=word, allowed=DECLARABLE)
    return FactType(kind=base, optional=optional, many=many)  # type: ignore[arg-type]  # declarable


# Of the kinds of facts, the list of values is written as such, and a table of facts is a correction's own.
DECLARABLE: Final = tuple(kind for kind in KINDS if kind not in ("values", "facts"))
