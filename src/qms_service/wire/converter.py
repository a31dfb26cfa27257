"""The converter between values and the trees that JSON can hold, built when first used; strict both ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Final

import attrs
from cattrs import Converter
from pendulum import DateTime

from qms_service.cases import Case
from qms_service.deadlines import DeadlineState
from qms_service.facts import Facts, Money
from qms_service.labels import Label
from qms_service.satisfaction import Change, Interval
from qms_service.wire import scalars, scores, shapes, subjects, values, words
from qms_service.wire.histories import case_reader
from qms_service.wire.objects import Read, object_reader, object_writer
from qms_service.worktime import Urgency

Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]
ENUMS: Final[tuple[type[Enum], ...]] = (Change, DeadlineState, Urgency)
LEAVES: Final[dict[type, Codec]] = {
    str: (scalars.write_text, scalars.read_text),
    int: (scalars.write_whole, scalars.read_whole),
    bool: (scalars.write_flag, scalars.read_flag),
    Decimal: (scalars.write_decimal, scalars.read_decimal),
    Fraction: (scores.write_fraction, scores.read_fraction),
    DateTime: (scalars.write_instant, scalars.read_instant),
    date: (date.isoformat, scalars.read_date),
    timedelta: (scalars.write_duration, scalars.read_duration),
    Facts: (values.write_facts, values.read_facts),
    Money: (values.write_money, values.read_money),
    Interval: (scores.write_interval, scores.read_interval),
    Label: (shapes.write_label, shapes.read_label),
}
UNIONS: Final[dict[Any, Codec]] = {
    shapes.AMOUNT: (shapes.write_amount, shapes.read_amount),
    shapes.OUTPUTS: (shapes.write_outputs, shapes.read_outputs),
}


@cache
def converter() -> Converter:
    """The one converter of the wire."""
    made = Converter()
    made.register_unstructure_hook_factory(attrs.has, object_writer)
    made.register_structure_hook_factory(attrs.has, object_reader)
    made.register_unstructure_hook_factory(words.is_literal, words.literal_writer)
    made.register_structure_hook_factory(words.is_literal, words.literal_reader)
    made.register_unstructure_hook_factory(shapes.is_tuple, shapes.tuple_writer)
    made.register_structure_hook_factory(shapes.is_tuple, shapes.tuple_reader)
    made.register_unstructure_hook_factory(subjects.is_subject, subjects.subject_writer)
    made.register_structure_hook_factory(subjects.is_subject, subjects.subject_reader)
    for kind, (write, read) in {**LEAVES, **UNIONS}.items():
        made.register_unstructure_hook(kind, write)
        made.register_structure_hook(kind, _as_hook(read))
    for enum in ENUMS:
        made.register_unstructure_hook(enum, words.enum_writer(enum))
        made.register_structure_hook(enum, words.enum_reader(enum))
    for name, typed in subjects.TYPED.items():
        made.register_unstructure_hook(typed, subjects.kind_writer(name, object_writer(typed, made)))
        made.register_structure_hook(typed, subjects.kind_reader(name, object_reader(typed, made)))
    made.register_structure_hook(Case, case_reader(object_reader(Case, made)))
    return made


def _as_hook(read: Callable[[Any], Any]) -> Read:
    """A reader as cattrs calls it, with the type besides."""
    return lambda data, _: read(data)
