"""One table of ratios from all benchmarks: `python -m benchmarks`.

    python -m benchmarks                        all of them; the two with servers take some minutes
    python -m benchmarks --quick                sooner, with figures that are nothing to quote
    python -m benchmarks --only worktime        one of them; may be given again
    python -m benchmarks --write README.md      also into README.md and its translations, between the marks

A benchmark whose packages are missing stops the run and names them: extra `bench`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from benchmarks.measured import Lang, Row, table

# In the order of the table.
NAMES: Final = (
    "worktime",
    "worktime_columns",
    "business_days",
    "clock_columns",
    "frames",
    "routing",
    "table_columns",
    "satisfaction",
    "cases",
    "loading",
    "numbering",
    "worklist",
    "imports",
)
MARKED: Final = re.compile(r"(?s)(?<=<!-- measured -->\n).*?(?=<!-- measured: end -->)")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures what is asked, prints the table, and writes it where that is asked."""
    options = _options(arguments)
    rows = tuple(_measured(options.only or NAMES, quick=options.quick))
    print(table(rows, options.lang))
    if options.write:
        for page in pages(options.write):
            write(page, table(rows, language(page)))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument("--only", metavar="NAME", action="append", choices=NAMES, help=" | ".join(NAMES))
    parser.add_argument(
        "--quick", action="store_true", help="measure less; figures that are nothing to quote"
    )
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="the language of what is printed")
    parser.add_argument(
        "--write", metavar="PAGE", type=Path, help="a page, whose translations stand beside it"
    )
    options = parser.parse_args(arguments)
    if options.write and (options.only or options.quick):
        parser.error("--write needs the whole table, measured in full: without --only and --quick")
    return options


def _measured(names: Sequence[str], *, quick: bool) -> Iterator[Row]:
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        yield from import_module(f"benchmarks.{name}").rows(quick=quick)


def pages(page: Path) -> list[Path]:
    """A page and its translations: README.md, README.zh-CN.md."""
    return sorted(page.parent.glob(f"{page.name.partition('.')[0]}*.md"))


def language(page: Path) -> Lang:
    """The language that a page's name tells."""
    return "zh" if ".zh" in page.name else "en"


def write(page: Path, text: str) -> None:
    """Puts a text between the marks of a page.

    Raises:
        SystemExit: The page has no such marks, or several.
    """
    written, found = MARKED.subn(lambda _: f"\n{text}\n\n", page.read_text(encoding="utf-8"))
    if found != 1:
        sys.exit(f"{page.name}: <!-- measured --> … <!-- measured: end --> once, found {found} times")
    page.write_text(written, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
