"""Columns (列) of a sheet of answers: which one holds the customer, which an item, found by its id or its wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple, get_args

import attrs

from qms_service.errors import SheetError, unknown_name
from qms_service.satisfaction.questionnaire import Questionnaire
from qms_service.texts import SHIPPED, render

Field = Literal["customer", "respondent", "answered_at", "comment", "total", "item", "answer"]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
_ALSO: Final[Mapping[str, Field]] = {
    "客户名称": "customer", "顾客": "customer", "顾客名称": "customer", "填写人": "respondent", "联系人": "respondent",
    "填写时间": "answered_at", "提交时间": "answered_at", "备注": "comment", "意见和建议": "comment", "合计": "total",
    "value": "answer", "score": "answer", "评分": "answer", "得分": "answer",
}  # fmt: skip


class Meaning(NamedTuple):
    """What a column holds: a field, or an item."""

    kind: Literal["field", "item"]
    name: str


@attrs.frozen(kw_only=True)
class Columns:
    """Which column holds what.

    Args:
        fields: The column of each field that the sheet has.
        items: The column of each item that the sheet has.
        unused: All other columns.
    """

    fields: Mapping[str, str]
    items: Mapping[str, str]
    unused: tuple[str, ...]

    @property
    def long(self) -> bool:
        """Whether a row holds one answer: the sheet names the item and the answer in columns of their own."""
        return "item" in self.fields and "answer" in self.fields

    @property
    def known(self) -> int:
        """How many columns have a meaning."""
        return len(self.fields) + len(self.items)


def columns_of(header: Sequence[str], questionnaire: Questionnaire, given: Mapping[str, str]) -> Columns:
    """Which column of a sheet holds what; where two hold the same the one given does, or else the first.

    Args:
        header: The names of the columns.
        questionnaire: Its items are found by their ids, or by their wording in any language.
        given: The columns of fields or items that have names of their own.

    Raises:
        UnknownNameError: `given` names a field or an item that is not there.
    """
    own = _given(given, questionnaire)
    meanings = {**_fields(), **_items(questionnaire), **own}
    found = {meaning: column for column, meaning in own.items() if column in header}
    for column in header:
        if column in meanings:
            found.setdefault(meanings[column], column)
    return Columns(
        fields={meaning.name: column for meaning, column in found.items() if meaning.kind == "field"},
        items={meaning.name: column for meaning, column in found.items() if meaning.kind == "item"},
        unused=tuple(column for column in header if column and column not in found.values()),
    )


def check_columns(
    columns: Columns, header: Sequence[str], given: Mapping[str, str], file: str, layout: str | None
) -> None:
    """Refuses a sheet of which nothing could be read.

    Raises:
        SheetError: A column stands there twice, one that `given` names is not there, or the customer, or all
            answers, have none.
    """
    twice = tuple(column for column, count in Counter(header).items() if column and count > 1)
    if twice:
        raise SheetError("answers.column-twice", file=file, got=twice)
    lacking = tuple(column for column in given.values() if column not in header)
    if lacking:
        raise SheetError("answers.no-column", file=file, got=lacking, allowed=tuple(header))
    for field in ("customer",) if layout != "long" else ("customer", "item", "answer"):
        if field not in columns.fields:
            allowed = tuple(name for name, meaning in _fields().items() if meaning.name == field)
            raise SheetError("answers.no-field", file=file, field=field, got=tuple(header), allowed=allowed)
    if not (columns.items or "total" in columns.fields or columns.long):
        raise SheetError("answers.no-answers", file=file, got=tuple(header))


def item_names(questionnaire: Questionnaire) -> Mapping[str, str]:
    """The item that each id stands for, and each wording that one item alone has."""
    labels = [
        (text, item.id)
        for item in questionnaire.items
        if item.label
        for text in dict.fromkeys(dict(item.label.names).values())
    ]
    times = Counter(text for text, _ in labels)
    alone = {text: id_ for text, id_ in labels if times[text] == 1}
    return {**alone, **{item.id: item.id for item in questionnaire.items}}


def field_name(field: Field, lang: str) -> str:
    """The column of a field, as a template has it."""
    return render(f"answers.column.{field}", {}, lang)


def _fields() -> dict[str, Meaning]:
    spelt: dict[str, Field] = {field_name(field, lang): field for lang in SHIPPED for field in FIELDS}
    names: dict[str, Field] = {**_ALSO, **spelt, **{field: field for field in FIELDS}}
    return {name: Meaning("field", field) for name, field in names.items()}


def _items(questionnaire: Questionnaire) -> dict[str, Meaning]:
    return {name: Meaning("item", item) for name, item in item_names(questionnaire).items()}


def _given(given: Mapping[str, str], questionnaire: Questionnaire) -> dict[str, Meaning]:
    items = {item.id: Meaning("item", item.id) for item in questionnaire.items}
    fields: dict[str, Meaning] = {field: Meaning("field", field) for field in FIELDS}
    known = {**items, **fields}
    for name in given:
        if name not in known:
            raise unknown_name("column", name, known)
    return {column: known[name] for name, column in given.items()}
