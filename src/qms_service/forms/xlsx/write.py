"""Writes a workbook: the same form gives the same bytes, whenever and wherever it is written."""

from __future__ import annotations

import os
import re
from io import BytesIO
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from qms_service.forms.filled import FilledForm
from qms_service.forms.wording import Wording
from qms_service.forms.xlsx.sheet import workbook_of
from qms_service.forms.xlsx.template import filled_template
from qms_service.instants import utc

Target = str | os.PathLike[str] | IO[bytes]
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file knows
_MODIFIED: Final = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*")


def write_xlsx(filled: FilledForm, path: Target, words: Wording, template: Target | None) -> None:
    """Writes a form as a workbook of our own making, or into a template.

    Raises:
        FormError: The template is no workbook, or names what the form does not have.
    """
    book = workbook_of(filled, words) if template is None else filled_template(filled, words, template)
    content = _bytes(book, f"{utc(filled.filled_at):%Y-%m-%dT%H:%M:%SZ}".encode())
    if isinstance(path, str | os.PathLike):
        with open(path, "wb") as file:  # noqa: PTH123  # a path of any kind
            file.write(content)
    else:
        path.write(content)


def _bytes(book: Workbook, moment: bytes) -> bytes:
    """The bytes of a workbook, dated by the moment of filling instead of that of writing."""
    written, dated = BytesIO(), BytesIO()
    book.save(written)
    with ZipFile(written) as given, ZipFile(dated, "w", ZIP_DEFLATED) as kept:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + moment, content)
            kept.writestr(ZipInfo(name, EPOCH), content, ZIP_DEFLATED)
    return dated.getvalue()
