"""Lost (未能对应): what one form says and the other has no place for, or asks for and does not get."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from qms_service.facts import Facts, as_facts
from qms_service.texts import Catalogue, render

LostCode = Literal["no-place", "missing", "assumed", "aside", "unreadable", "incomplete", "time-of-day"]


@attrs.frozen(kw_only=True)
class Lost:
    """One thing that did not go over as it stood.

    Args:
        code: `no-place`: the other form has none, it stays behind; `missing`: the other form asks for it and nobody
            gave it, so the document is not valid yet; `assumed`: the other form does not say it, and this is the
            reading taken; `aside`: it went into the list of additional information, where another system shows it at
            best; `unreadable`: a value that is none of its kind, it stays behind; `incomplete`: an entry without a
            part that the other form cannot do without, it stays behind; `time-of-day`: dates went over, times did not.
        path: Where it stands: in a case `event#seq` or `subject.fact`, in a document `stepD4.causes[0].method`.
        values: What it says.
    """

    code: LostCode
    path: str
    values: Facts = attrs.field(factory=Facts, converter=as_facts)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """What became of it, in the reader's language."""
        told = tuple(f"{name} = {value}" for name, value in self.values.items())
        return render(f"exchange.{self.code}", {"path": self.path, "values": told}, lang, catalogues)

    def __str__(self) -> str:
        return self.text()
