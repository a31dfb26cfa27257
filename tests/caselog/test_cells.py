"""A cell is read as the type that the rulebook declares for its fact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from qms_service.caselog import FactColumn, MomentReader
from qms_service.caselog.cells import read_fact
from qms_service.errors import QmsError
from qms_service.facts import FactType, Money, Quantity
from qms_service.instants import zone

SHANGHAI = zone("Asia/Shanghai")
COLUMN = FactColumn(fact="subject.it", column="it")


def read(text: str, kind: str, *, bounds: bool = False, many: bool = False, **options: Any) -> object:  # noqa: ANN401  # the columns of a FactColumn, each of its type
    declared = FactType(kind=kind, many=many)  # type: ignore[arg-type]  # the kinds of the table below
    column = attrs.evolve(COLUMN, **options)
    return read_fact(text, column, declared, MomentReader(bounds=bounds), SHANGHAI)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("bool", "True", True),
        ("bool", "false", False),
        ("int", "12", 12),
        ("int", "１２", 12),
        ("int", "-3", -3),
        ("int", "12.0", 12),
        ("decimal", "2.50", Decimal("2.50")),
        ("quantity", "500", 500),
        ("quantity", "0.5", Decimal("0.5")),
        ("quantity", "1.2e3", 1200),
        ("quantity", ".5", Decimal("0.5")),
        ("int", "7" * 40, int("7" * 40)),
        ("text", "open circuit", "open circuit"),
        ("date", "2026-03-02", date(2026, 3, 2)),
        ("date", "2026-03-02 08:00", date(2026, 3, 2)),
    ],
)
def test_a_cell_of_each_kind(kind: str, text: str, value: object) -> None:
    found = read(text, kind)
    assert found == value
    assert type(found) is type(value)


def test_a_cell_with_more_than_a_number() -> None:
    assert read("500", "quantity", unit="pcs") == Quantity(amount=500, unit="pcs")
    assert read("12.50", "money", currency="CNY") == Money(amount=Decimal("12.50"), currency="CNY")
    assert str(read("2026-03-02 08:00", "instant")) == "2026-03-02 08:00:00+08:00"
    assert read("1; 2;3", "int", many=True) == (1, 2, 3)
    assert read("是/否", "bool", many=True, separator="/", values=(("是", True), ("否", False))) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("bool", "1", "cell.value"),
        ("int", "1.5", "cell.whole"),
        ("int", "twelve", "cell.number"),
        ("decimal", "NaN", "cell.number"),
        ("decimal", "1,5", "cell.number"),
        ("decimal", "Infinity", "cell.number"),
        ("decimal", "1_000", "cell.number"),
        ("decimal", "10²", "cell.number"),
        ("decimal", "٣", "cell.number"),
        ("quantity", "1e99999999", "cell.number"),
        ("quantity", "9" * 41, "cell.number"),
        ("int", "1e100", "cell.number"),
        ("quantity", "-5", "cell.negative"),
        ("quantity", "1001", "cell.at-most"),
        ("date", "02.03.2026", "cell.date"),
        ("instant", "2026-03-02", "cell.day-only"),
    ],
)
def test_a_cell_that_is_no_such_value(kind: str, text: str, reason: str) -> None:
    with pytest.raises(QmsError) as caught:
        read(text, kind, bounds=True, at_most=Decimal(1000))
    assert caught.value.code == reason
    assert caught.value.text("zh") != caught.value.text("en")
