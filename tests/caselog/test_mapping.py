"""A mapping that does not fit is refused with every mistake at once, each with its line and the nearest name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from qms_service.caselog import FactColumn, LogMapping, read_log
from qms_service.caselog.mapping import EventColumns
from qms_service.errors import LogError
from qms_service.rulebooks import Rulebook

Files = Callable[..., tuple[Path, Path]]
HEADER = "no,customer,received,analysed,stands,stands"
WRONG = """
kind      = "complaint"
layuot    = "wide"
timezone  = "Asia/Shanghia"
encoding  = "gb2321"
delimiter = ",,"
dates     = "guess"
between   = [2026-02-01, 2026-01-01]
date_formats = ["%Y-%m-%d %H:%M", "%d/%m/%Y", "%m/%d/%Y", "%Y-%Q", "%Y-%m"]
case      = "number"
[subject]
quantity = { column = "qty", at_most = "many" }
[events]
recieved = "received"
analysed = { at = "analysed", bye = "name" }
closed = 7
[facts.analysed]
established = { column = "stands", values = { yes = "true" } }
stands = "stands"
ours = true
[facts.analized]
established = "stands"
[departments]
"QC" = "qualty"
"""


def problems(files: Files, book: Rulebook, mapping: str, header: str = HEADER) -> list[tuple[str, str]]:
    with pytest.raises(LogError) as caught:
        read_log(*files(mapping, header + "\n"), book)
    return [(problem.path, problem.code) for problem in caught.value.problems]


def test_every_mistake_of_a_mapping_is_told_at_once(files: Files, book: Rulebook) -> None:
    assert set(problems(files, book, WRONG)) == {
        ("layuot", "unknown-key.nearest"),
        ("timezone", "unknown-zone"),
        ("encoding", "encoding"),
        ("delimiter", "delimiter"),
        ("dates", "choice"),
        ("between", "between"),
        ("date_formats[3]", "date-format.unknown"),
        ("date_formats[4]", "date-format.incomplete"),
        ("date_formats", "date-formats.clash"),
        ("case", "unknown-name"),
        ("subject", "no-column"),
        ("subject.quantity.at_most", "wrong-type"),
        ("subject.quantity", "unknown-name"),
        ("events.recieved", "unknown-name.nearest"),
        ("events.analysed.bye", "unknown-key.nearest"),
        ("events.closed", "wrong-type"),
        ("facts.analysed.established.values.yes", "refused"),
        ("facts.analysed.established", "column-twice"),
        ("facts.analysed.ours", "wrong-type"),
        ("facts.analysed.stands", "unknown-name"),
        ("facts.analysed.stands", "column-twice"),
        ("facts.analized.established", "unknown-name.nearest"),
        ("facts.analized.established", "column-twice"),
        ("departments.QC", "unknown-name.nearest"),
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_text_lists_each_mistake_on_its_line(files: Files, book: Rulebook, lang: str) -> None:
    with pytest.raises(LogError) as caught:
        read_log(*files(WRONG, HEADER), book)
    lines = caught.value.text(lang).splitlines()
    assert len(lines) == 1 + len(caught.value.problems)
    assert any("events.recieved:14" in line and "received" in line for line in lines)
    assert not any("{" in line and "problem." in line for line in lines)


def test_an_unknown_kind_is_told_and_nothing_is_compared_with_it(files: Files, book: Rulebook) -> None:
    mapping = 'kind = "complain"\ncase = "no"\ntimezone = "UTC"\n[events]\nfoo = "received"\n'
    assert problems(files, book, mapping) == [("kind", "unknown-name.nearest")]


def test_the_keys_that_every_mapping_needs(files: Files, book: Rulebook) -> None:
    found = problems(files, book, 'layout = "long"\n')
    assert {("kind", "missing-key"), ("case", "missing-key"), ("timezone", "missing-key")} <= {*found}
    assert {("event.name", "missing-key"), ("event.at", "missing-key")} <= {*found}


def test_a_column_misspelt_is_answered_with_the_nearest_one(files: Files, book: Rulebook) -> None:
    mapping = 'kind = "complaint"\ncase = "no"\ntimezone = "UTC"\nsubject = { customer = "custmer" }\nevents = { received = "received" }\n'
    with pytest.raises(LogError, match=r"did you mean customer\?"):
        read_log(*files(mapping, HEADER), book)


def test_a_list_of_zone_names_is_checked_too(files: Files, book: Rulebook) -> None:
    mapping = 'kind = "complaint"\ncase = "no"\ntimezone = { column = "customer", names = { here = "Mars" } }\nsubject = { customer = "customer" }\n'
    assert problems(files, book, mapping) == [("timezone.names.here", "unknown-zone")]


def test_a_mapping_that_is_no_toml_is_reported_alone_with_its_line(files: Files, book: Rulebook) -> None:
    with pytest.raises(LogError, match="line 2"):
        read_log(*files('kind = "complaint"\ncase = \n', HEADER), book)


def test_a_mapping_that_is_no_utf_8_is_told(files: Files, book: Rulebook) -> None:
    log, mapping = files("", HEADER)
    mapping.write_bytes('kind = "投诉"'.encode("gb18030"))
    with pytest.raises(LogError, match="Save it as UTF-8"):
        read_log(log, mapping, book)


def test_a_mapping_may_be_written_in_python(files: Files, book: Rulebook) -> None:
    log, _ = files("", "no,customer,received\nC-1,ACME,2026-03-02 08:00\n")
    mapping = LogMapping(
        kind="complaint",
        timezone="Asia/Shanghai",
        case="no",
        events=(("received", EventColumns(at="received")),),
        facts=(FactColumn(fact="subject.customer", column="customer"),),
    )
    assert [case.number for case in read_log(log, mapping, book).cases] == ["C-1"]
    with pytest.raises(LogError, match=r"given does not fit log\.csv; problems: 1\.\n.*number"):
        read_log(log, attrs.evolve(mapping, case="number"), book)
    spoilt = attrs.evolve(mapping, encoding="base64", delimiter="", header_line=0, timezone="Asia")
    with pytest.raises(LogError) as caught:
        read_log(log, spoilt, book)
    assert [problem.path for problem in caught.value.problems] == [
        "encoding",
        "delimiter",
        "header_line",
        "timezone",
    ]


MINIMAL = """
kind     = "complaint"
case     = "no"
timezone = "Asia/Shanghai"
subject  = { customer = "customer" }
events   = { received = "received" }
"""


@pytest.mark.parametrize("line", ["header_line = 0", "header_line = -3"])
def test_lines_are_counted_from_one(files: Files, book: Rulebook, line: str) -> None:
    assert problems(files, book, f"{line}\n{MINIMAL}") == [("header_line", "header-line")]


@pytest.mark.parametrize("zone", ["Asia", "", "x" * 300, "/etc", "Mars/Base", "\\u0000"])
def test_what_is_no_zone_is_told(files: Files, book: Rulebook, zone: str) -> None:
    mapping = MINIMAL.replace("Asia/Shanghai", zone)
    assert problems(files, book, mapping) == [("timezone", "unknown-zone")]


@pytest.mark.parametrize("line", ['encoding = ""', 'encoding = "base64"', 'encoding = "\\u0000"'])
def test_what_is_no_encoding_of_a_text_is_told(files: Files, book: Rulebook, line: str) -> None:
    assert problems(files, book, f"{line}\n{MINIMAL}") == [("encoding", "encoding")]


@pytest.mark.parametrize("line", ["a = " + "[" * 5000, "a = 1" + "0" * 5000, "a = 1e" + "9" * 30])
def test_toml_that_nobody_could_read_is_told(files: Files, book: Rulebook, line: str) -> None:
    with pytest.raises(LogError, match=r"mapping\.toml is no TOML"):
        read_log(*files(f"{line}\n{MINIMAL}", HEADER), book)


@pytest.mark.parametrize("name", ["", "x" * 300, "\0"])
def test_a_path_that_is_no_file_is_told(files: Files, book: Rulebook, name: str) -> None:
    log, mapping = files(MINIMAL, HEADER)
    with pytest.raises(LogError, match="cannot be opened"):
        read_log(log, log.parent / name, book)
    with pytest.raises(LogError, match="cannot be opened"):
        read_log(log.parent / name, mapping, book)
