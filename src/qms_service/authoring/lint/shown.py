"""A report as a terminal shows it, with colours where it has them, and as programs read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TextIO

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.report import LintReport, line_of

SCHEMA: Final = "qms-lint/1"
_STYLES: Final = {"error": "red", "warning": "yellow", "note": "cyan"}


def write_report(report: LintReport, lang: str, stream: TextIO) -> None:
    """Writes a report for people; in colours to a terminal, where the package rich is installed."""
    if stream.isatty():
        try:
            from rich.console import Console  # noqa: PLC0415  # an extra, and never required
            from rich.text import Text  # noqa: PLC0415  # the same
        except ImportError:
            pass
        else:
            console = Console(file=stream, soft_wrap=True)
            for line, style in _styled(report, lang):
                console.print(Text(line, style=style))
            return
    stream.write(f"{report.text(lang)}\n")


def _styled(report: LintReport, lang: str) -> Iterator[tuple[str, str]]:
    for file, found in report.by_file():
        yield file, "bold"
        yield from ((f"  {line_of(one, lang)}", _STYLES[one.severity]) for one in found)
    yield report.summary(lang), "bold"


def report_data(report: LintReport, lang: str) -> dict[str, Any]:
    """A report as JSON has it."""
    return {
        "schema": SCHEMA,
        "files": list(report.files),
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "notes": len(report.notes),
        "findings": [_data(one, lang) for one in report.findings],
    }


def _data(one: LintFinding, lang: str) -> dict[str, Any]:
    return {
        "file": one.file,
        "line": one.line,
        "path": one.path,
        "severity": one.severity,
        "code": one.code,
        "clause": str(one.clause) if one.clause else None,
        "facts": _plain(one.facts),
        "witness": _plain(one.witness),
        "text": one.text(lang),
    }


def _plain(value: object) -> object:
    """A value as JSON has it; what JSON does not know is a text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else str(value)
