"""AnswerSheet (回答表): what was read of a file of answers, and every row that could not be."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from qms_service.satisfaction.response import Response
from qms_service.sheets import Fault
from qms_service.texts import Catalogue, render


@attrs.frozen(kw_only=True)
class RejectedRow:
    """A row that could not be read: nothing of it is in the responses.

    Args:
        row: The line of a CSV file that it begins on, or the row of a workbook.
        fields: Its cells, as they stand.
        faults: What is wrong, all of it, each with its column.
    """

    row: int
    fields: tuple[str, ...]
    faults: tuple[Fault, ...]

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """Everything that is wrong, in the reader's language."""
        said = " ".join(fault.text(lang, catalogues) for fault in self.faults)
        return render("answers.row", {"row": self.row, "said": said}, lang, catalogues)

    def __str__(self) -> str:
        return self.text()


@attrs.frozen(kw_only=True)
class AnswerSheet:
    """What was read of a file of answers.

    Args:
        file: Its name.
        responses: The responses, in the order of the file.
        rejects: The rows that could not be read.
        blank: The customers of rows that say nothing else: they did not respond.
        unused: The columns that are none of the questionnaire's.
        absent: The items for which there is no column; in a long sheet, those that no row names.
    """

    file: str
    responses: tuple[Response, ...]
    rejects: tuple[RejectedRow, ...] = ()
    blank: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """What was read and what was not, a line for each row rejected."""
        operands = {"file": self.file, "count": len(self.responses), "rejected": len(self.rejects)}
        lines = [render("answers.read", operands, lang, catalogues)]
        for code, names in (
            ("answers.blank", self.blank),
            ("answers.unused", self.unused),
            ("answers.absent", self.absent),
        ):
            if names:
                lines.append(render(code, {"names": names}, lang, catalogues))
        return "\n".join((*lines, *(one.text(lang, catalogues) for one in self.rejects)))

    def __str__(self) -> str:
        return self.text()
