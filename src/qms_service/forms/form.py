"""Form (表单): a sheet that a procedure asks for, filled from what is on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import attrs

from qms_service.cases import Case
from qms_service.clauses import ClauseRef
from qms_service.errors import unknown_name
from qms_service.forms.fill import filling
from qms_service.forms.filled import FilledForm
from qms_service.forms.sheet import Sheet
from qms_service.forms.sight import Rulings
from qms_service.labels import Label


@attrs.frozen
class Form:
    """A form of a procedure (表单), as `load_forms` gives it.

    Args:
        sheet: Its definition.
    """

    sheet: Sheet

    @property
    def id(self) -> str:
        """Its name among the forms of its file."""
        return self.sheet.id

    @property
    def kind(self) -> str:
        """The kind of case that it is about."""
        return self.sheet.kind

    @property
    def title(self) -> Label:
        """What it is called."""
        return self.sheet.title

    @property
    def clause(self) -> ClauseRef | None:
        """The clause that names it."""
        return self.sheet.clause

    @property
    def lists_cases(self) -> bool:
        """Whether it is a list over many cases, filled by `fill_list`."""
        return self.sheet.lists_cases

    def fill(
        self,
        case: Case,
        rules: Rulings,
        *,
        now: datetime,
        related: Iterable[Case] = (),
        by_hand: Mapping[str, object] | None = None,
        replay: bool = False,
    ) -> FilledForm:
        """The form filled from what is on record about a case at a moment.

        Args:
            case: The case.
            rules: Its edition, or the rulebook that has it.
            now: The moment; aware. What happened later is not seen.
            related: The linked cases that the form tells of.
            by_hand: What somebody wrote into the fields without a source, by field; into a table without
                rows of its own, a mapping by column for each row.
            replay: Whether a case of another edition is read by this one.

        Raises:
            EntryError: The case is of another kind than the form, or the form is a list.
            PinnedElsewhereError: The case, or a linked one, is pinned to another edition.
            UnknownNameError: `by_hand` names no field that is filled in by hand; or the edition of the case
                lacks an event or a fact that the form names.
            FactValueError: What was written by hand is of another type than its field.
            NaiveInstantError: `now` has no zone.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> book = qms.load_rulebook("pcb-maker")
        >>> case = book.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> from qms_service.forms import load_forms
        >>> record = load_forms("pcb-maker", book).form("complaint-record").fill(case, book, now=noon)
        >>> record.value("customer"), record.fields["established"].state
        ('ACME', 'missing')
        """
        return filling(self.sheet, rules, now=now, related=related, by_hand=by_hand, replay=replay).of(case)

    def fill_list(
        self,
        cases: Iterable[Case],
        rules: Rulings,
        *,
        now: datetime,
        related: Iterable[Case] = (),
        by_hand: Mapping[str, object] | None = None,
        replay: bool = False,
    ) -> FilledForm:
        """A list filled from many cases, a row each; a case that cannot be read has a row that says why.

        Args:
            cases: The cases, in the order of the rows.
            rules: Their edition, or the rulebook that has the edition of each.
            now: The moment; aware.
            related: The linked cases that the list tells of.
            by_hand: What somebody wrote into the fields without a source, by field.
            replay: Whether cases of another edition are read by this one.

        Raises:
            EntryError: The form is no list.
            UnknownNameError: `by_hand` names no field that is filled in by hand.
            FactValueError: What was written by hand is of another type than its field.
            NaiveInstantError: `now` has no zone.
        """
        return filling(self.sheet, rules, now=now, related=related, by_hand=by_hand, replay=replay).over(
            cases
        )

    def read(self, data: object) -> dict[str, object]:
        """What somebody typed into an input mask, from its JSON data to what `fill` takes as `by_hand`.

        What comes from the record is left aside: it is read from there.

        Args:
            data: Data that fit `json_schema()`, such as `filled.data()` with more fields.

        Raises:
            FormError: A field is unknown, or its data do not fit; `problems` lists all of them.
        """
        from qms_service.forms.read_data import read_data  # noqa: PLC0415  # only for who asks

        return read_data(self.sheet, data)

    def json_schema(self, lang: str = "en") -> dict[str, Any]:
        """The JSON Schema (draft 2020-12) of the form's data, for those who build its input mask.

        Types and choices are those of the rulebook, labels stand as titles; `readOnly` marks what comes from
        the record. `filled.data()` fits it.

        Args:
            lang: The language of the titles: `"en"`, `"zh"`, or one that the rulebook has labels in.
        """
        from qms_service.forms.schema import schema_of  # noqa: PLC0415  # only for who asks

        return schema_of(self.sheet, lang)


@attrs.frozen
class Forms:
    """The forms of one file, in its order.

    Args:
        every: The forms.
    """

    every: tuple[Form, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(form.id for form in self.every)

    def form(self, name: str) -> Form:
        """The form of a name.

        Raises:
            UnknownNameError: There is no such form.
        """
        found = next((form for form in self.every if form.id == name), None)
        if found is None:
            raise unknown_name("form", name, self.ids)
        return found

    def __iter__(self) -> Iterator[Form]:
        return iter(self.every)

    def __len__(self) -> int:
        return len(self.every)
