"""Rows (行) of a sheet of answers: a row a response, or a row an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.errors import misspelt
from qms_service.instants import zone
from qms_service.satisfaction.answer import Answer
from qms_service.satisfaction.questionnaire import Questionnaire
from qms_service.satisfaction.reading.cells import read_answer, read_total
from qms_service.satisfaction.reading.columns import Columns, Field, item_names
from qms_service.satisfaction.response import Response
from qms_service.sheets import CellError, MomentReader
from qms_service.sheets.row import Row

FEW: Final = 5  # rows that a reason names at most
Respondent = tuple[str, str | None]


@attrs.frozen(kw_only=True)
class LongRow:
    """A row with one answer."""

    row: Row
    customer: str
    respondent: str | None
    at: DateTime | None
    item: str | None
    answer: Answer | None
    comment: str | None


@attrs.frozen(kw_only=True)
class RowReader:
    """How the rows of one sheet are read; what cannot be is noted in its row.

    Args:
        questionnaire: Its items.
        columns: Which column holds what.
        moments: How moments are written.
        zone: The zone of wall times; None where every moment has its offset.
    """

    questionnaire: Questionnaire
    columns: Columns
    moments: MomentReader
    zone: Timezone | None

    def wide(self, rows: Iterable[Row]) -> tuple[Response, ...]:
        """The responses of rows that hold one each."""
        read = (self._response(row) for row in rows if row.readable)
        return tuple(one for one in read if one is not None)

    def _response(self, row: Row) -> Response | None:
        customer, at = self._customer(row), row.read(self._column("answered_at"), self._moment)
        given = {
            item.id: row.read(self.columns.items.get(item.id), read_answer, item)
            for item in self.questionnaire.items
        }
        answers = {id_: answer for id_, answer in given.items() if answer is not None}
        marks = self.questionnaire.full_marks
        total = None if answers else row.read(self._column("total"), read_total, marks)
        if customer is None or not row.readable:
            return None
        return Response(
            customer,
            answers,
            respondent=self._text(row, "respondent"),
            answered_at=at,
            total=total,
            comment=self._text(row, "comment"),
        )

    def long(self, rows: Iterable[Row]) -> tuple[Response, ...]:
        """The responses of rows that hold one answer each; a bad one rejects all answers of its respondent."""
        people = dict[Respondent, list[LongRow]]()
        for row in rows:
            read = None if row.record.broken else self._answer(row)
            if read is not None:
                people.setdefault((read.customer, read.respondent), []).append(read)
        return tuple(one for of in people.values() for one in _responses(of))

    def _answer(self, row: Row) -> LongRow | None:
        customer = self._customer(row)
        at = row.read(self._column("answered_at"), self._moment)
        id_ = row.read(self._column("item"), _item, item_names(self.questionnaire))
        if self._text(row, "item") is None and row.readable:
            row.note("answers.no-item", self.columns.fields["item"])
        item = None if id_ is None else self.questionnaire.item(id_)
        answer = None if item is None else row.read(self._column("answer"), read_answer, item)
        if customer is None:
            return None
        return LongRow(
            row=row,
            customer=customer,
            respondent=self._text(row, "respondent"),
            at=at,
            item=id_,
            answer=answer,
            comment=self._text(row, "comment"),
        )

    def _customer(self, row: Row) -> str | None:
        customer = self._text(row, "customer")
        if customer is None and row.readable:
            row.note("answers.no-customer", self.columns.fields["customer"])
        return customer

    def _text(self, row: Row, field: Field) -> str | None:
        return row.text(self._column(field))

    def _column(self, field: Field) -> str | None:
        return self.columns.fields.get(field)

    def _moment(self, cell: str) -> DateTime:
        """A moment; a day alone is its beginning."""
        if self.zone is not None:
            return self.moments.read(cell, self.zone).starts_at
        with_offset = tuple(one for one in self.moments.formats if "%z" in one)
        try:
            return attrs.evolve(self.moments, formats=with_offset).read(cell, zone("UTC")).starts_at
        except CellError as error:
            raise CellError("answers.no-zone", got=cell) from error


def _item(cell: str, names: Mapping[str, str]) -> str:
    if cell not in names:
        code, operands = misspelt("answers.item", cell, names)
        raise CellError(code, **operands)
    return names[cell]


def _responses(rows: Sequence[LongRow]) -> Iterable[Response]:
    """The responses of one respondent, told apart by their moments; none where a row cannot be read."""
    _note_twice(rows)
    culprits = tuple(one.row.record.line for one in rows if not one.row.readable)[:FEW]
    if culprits:
        for one in rows:
            if one.row.readable:
                one.row.note("answers.response-rejected", customer=one.customer, rows=culprits)
        return
    moments = dict.fromkeys(one.at for one in rows)
    for at in moments:
        same = [one for one in rows if one.at == at]
        comments = dict.fromkeys(one.comment for one in same if one.comment)
        yield Response(
            same[0].customer,
            {one.item: one.answer for one in same if one.item is not None},
            respondent=same[0].respondent,
            answered_at=at,
            comment="; ".join(comments) or None,
        )


def _note_twice(rows: Sequence[LongRow]) -> None:
    times = Counter((one.at, one.item) for one in rows)
    for one in rows:
        if one.item is not None and times[one.at, one.item] > 1:
            one.row.note("answers.item-twice", item=one.item, customer=one.customer)
