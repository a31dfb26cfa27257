"""Voice (行文): how a document says what a rulebook holds, whole in one language.

Where the rulebook has no name in that language, the name that it has stands there with a mark, and a note
below the document says what the mark means: a gap is seen, and never filled by guessing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from qms_service.authoring.show.document import Name, Row, Table
from qms_service.clauses import ClauseRef
from qms_service.facts import FactType
from qms_service.labels import Label
from qms_service.rulebooks.model import FactRule, KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.texts import Catalogue, render, shown
from qms_service.worktime import Term, Urgency
from qms_service.worktime.in_words import term_in_words

MARK: Final = "†"


@attrs.frozen(kw_only=True)
class Voice:
    """What is the same for the whole rulebook: names, clauses, terms, types.

    Args:
        rules: The edition that is shown.
        lang: The language, `"en"`, `"zh"`, or a key of `catalogues`.
        catalogues: Further languages, each a mapping of code to template.
        only: The one kind of case that is shown; all where none is named.
    """

    rules: Rules
    lang: str = "en"
    catalogues: Mapping[str, Catalogue] | None = None
    only: str | None = None

    @property
    def kinds(self) -> tuple[KindRules, ...]:
        """The kinds of case that are shown."""
        return tuple(self.rules.kinds.values()) if self.only is None else (self.rules.kind(self.only),)

    def say(self, code: str, **operands: object) -> str:
        """A text of the document."""
        return render(f"show.{code}", operands, self.lang, self.catalogues)

    def listed(self, items: tuple[str, ...]) -> str:
        """Several names in a row; nothing where there are none."""
        return shown(items, self.lang) if items else ""

    def name(self, label: Label | None, id_: str) -> str:
        """What people call a rule, marked where the rulebook does not say it in this language."""
        names = dict(label.names) if label else {}
        if self.lang in names:
            return names[self.lang]
        return f"{label.text(self.lang) if label else id_}{MARK}"

    def table(self, keys: tuple[str, ...], rows: tuple[Row, ...], widths: tuple[int, ...] = ()) -> Table:
        """A table under the names of its columns, without those in which nothing stands."""
        head = tuple(self.say(f"head.{key}") for key in keys)
        return Table(head=head, rows=rows, widths=widths).without_blanks()

    def named(self, label: Label | None, id_: str) -> Name:
        """A name with its id."""
        return Name(self.name(label, id_), id_)

    def department(self, id_: str) -> str:
        """A department by its name."""
        return self.name(self.rules.departments[id_].label, id_)

    def role(self, id_: str) -> str:
        """A role by its name."""
        return self.name(self.rules.roles[id_].label, id_)

    def clause(self, clause: ClauseRef | None) -> str:
        """A clause by its number; one of another document with that document's id."""
        if clause is None or not clause.number:
            return ""
        return clause.number if clause.document in ("", self.rules.id) else str(clause)

    def term(self, within: Term | Urgency) -> str:
        """An amount of time in words."""
        if isinstance(within, Urgency):
            return self.say(f"term.{within.name.lower().replace('_', '-')}")
        return term_in_words(within, self.lang, self.catalogues)

    def figure(self, value: object) -> str:
        """The value of a figure, with its term in words where it is one."""
        if isinstance(value, bool):
            return self.yes(value)
        try:
            return self.term(Term.parse(str(value)) if value not in tuple(Urgency) else Urgency(str(value)))
        except ValueError:
            return str(value)

    def yes(self, value: bool) -> str:
        """Yes or no."""
        return render("word.yes" if value else "word.no", {}, self.lang, self.catalogues)

    def value(self, type_: FactType | None, value: object) -> str:
        """A value of a fact: a department by its name, yes or no for a bool."""
        if isinstance(value, bool):
            return self.yes(value)
        if type_ is not None and type_.kind == "department" and value in self.rules.departments:
            return self.department(str(value))
        return shown(value, self.lang)

    def type(self, fact: FactRule) -> str:
        """What a fact may hold, in words."""
        type_ = fact.type
        said = self.say(f"type.{type_.kind}", values=type_.values)
        if type_.undetermined:
            said = self.say("type.undetermined", type=said)
        if type_.many:
            said = self.say("type.many", type=said)
        return self.say("type.optional", type=said) if type_.optional else said
