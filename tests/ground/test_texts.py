"""Texts are codes with operands; every code exists in English and in Chinese."""

from __future__ import annotations

import pickle
import string
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pandas as pd
import pendulum
import pytest

from qms_service.errors import QmsError, nearest, unknown_name
from qms_service.findings import Finding
from qms_service.texts import en, render, shown, zh
from qms_service.texts.en import CATALOGUE as EN
from qms_service.texts.zh import CATALOGUE as ZH


def operands(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field}


@pytest.mark.parametrize("catalogue", [en, zh])
def test_no_code_stands_in_two_rooms(catalogue: ModuleType) -> None:
    rooms = [
        import_module(f"{catalogue.__name__}.{one.name}").TEXTS for one in iter_modules(catalogue.__path__)
    ]
    assert sum(map(len, rooms)) == len(catalogue.CATALOGUE)


def test_both_languages_have_the_same_rooms() -> None:
    names = [[one.name for one in iter_modules(catalogue.__path__)] for catalogue in (en, zh)]
    assert names[0] == names[1]


def test_every_code_has_a_text_in_both_languages() -> None:
    assert set(EN) == set(ZH)


LANGUAGES = {"en", "zh"}


@pytest.mark.parametrize("code", sorted(EN))
def test_both_languages_name_operands_that_the_other_has_too(code: str) -> None:
    assert operands(EN[code]) - LANGUAGES == operands(ZH[code]) - LANGUAGES


@pytest.mark.parametrize("code", sorted(EN))
def test_the_chinese_text_is_chinese(code: str) -> None:
    bare = "".join(part for part, _, _, _ in string.Formatter().parse(ZH[code]))
    letters = [sign for sign in bare if sign.isalpha()]
    assert not letters or any("\u4e00" <= sign <= "\u9fff" for sign in bare)


def test_a_language_of_the_caller_falls_back_to_english() -> None:
    vietnamese = {"vi": {"state.met": "đúng hạn"}}
    assert render("state.met", {}, "vi", vietnamese) == "đúng hạn"
    assert render("state.void", {}, "vi", vietnamese) == "void"
    assert render("state.met", {}, "de") == "met"


def test_a_code_that_no_catalogue_has_is_shown_with_its_operands() -> None:
    assert render("of-a-plugin", {}) == "of-a-plugin"
    assert render("of-a-plugin", {"got": 1}) == "of-a-plugin {'got': 1}"


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai"), "2026-03-02 09:00 +08:00"),
        (pendulum.datetime(2026, 3, 2, 9, 0, 30, tz="Asia/Shanghai"), "2026-03-02 09:00:30 +08:00"),
        (pendulum.naive(2026, 3, 2, 9), "2026-03-02 09:00"),
        (date(2026, 3, 2), "2026-03-02"),
        (timedelta(hours=1, microseconds=500), "1:00:00.0005 h"),
        (Colour.RED, "red"),
        (("a", None), "a, –"),
    ],
)
def test_values_are_shown_for_reading(value: object, text: str) -> None:
    assert shown(value) == text


class Mute(tzinfo):
    """A zone that cannot tell its offset."""

    def utcoffset(self, _at: datetime | None) -> timedelta:
        raise NotImplementedError

    def dst(self, _at: datetime | None) -> timedelta:
        raise NotImplementedError

    def tzname(self, _at: datetime | None) -> str:
        raise NotImplementedError


class Speechless:
    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (pd.NaT, "NaT"),
        (pd.NA, "<NA>"),
        (datetime(2026, 3, 2, 9, tzinfo=Mute()), "datetime.datetime(2026, 3, 2, 9, 0, tzinfo=<"),
        (Speechless(), "Speechless object at "),
    ],
)
def test_a_value_that_cannot_be_shown_is_shown_as_python_has_it(value: object, text: str) -> None:
    assert text in shown(value)


def test_a_chinese_list_has_chinese_commas() -> None:
    assert shown(("a", "b"), "zh") == "a、b"


def test_an_error_speaks_both_languages_and_carries_its_operands() -> None:
    error = unknown_name("event", "anlysed", ["received", "analysed"])
    assert isinstance(error, LookupError)
    assert str(error) == "Unknown event anlysed. Did you mean analysed? Known: received, analysed."
    assert "是否指 analysed" in error.text("zh")
    assert error.operands["nearest"] == "analysed"


def test_an_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(unknown_name("event", "x", ["received"])))  # noqa: S301  # our own bytes
    assert isinstance(error, QmsError)
    assert error.operands["allowed"] == ("received",)


def test_nothing_is_guessed_where_nothing_is_near() -> None:
    assert nearest("lease", ["complaint", "claim"]) is None


def test_a_finding_ends_with_its_clause() -> None:
    finding = Finding(code="not-needed", severity="warning", subject="answered", clause="4.2.4.9")
    assert str(finding) == "answered is not needed for this case. [4.2.4.9]"
    assert finding.text("zh").endswith("[4.2.4.9]")
    assert not finding.refuses
