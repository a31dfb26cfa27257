"""DutyCalendar (义务日历): what is due in a range, in order, to be seen at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
from pendulum import DateTime

from qms_service.deadlines.duties.occurrence import DoneBy, Occurrence
from qms_service.texts import Catalogue


@attrs.frozen(kw_only=True)
class DutyCalendar:
    """The occurrences of duties in a range (义务日历), in the order in which they are due.

    It is a sequence of `Occurrence`; a notebook shows it as a table.

    Args:
        occurrences: What is due, in order.
        unplaced: What has no date: irregular duties, objects whose start is not on record.
        starts_at: The first instant of the range.
        ends_at: The instant that no longer belongs to it.
        surplus: The events that fulfil a duty of these and counted for no period, where `fulfilment` has looked.
    """

    occurrences: tuple[Occurrence, ...] = ()
    unplaced: tuple[Occurrence, ...] = ()
    starts_at: DateTime | None = None
    ends_at: DateTime | None = None
    surplus: tuple[DoneBy, ...] = ()

    def __iter__(self) -> Iterator[Occurrence]:
        return iter(self.occurrences)

    def __len__(self) -> int:
        return len(self.occurrences)

    def __getitem__(self, place: int) -> Occurrence:
        return self.occurrences[place]

    def of(self, duty: str, object: str | None = None) -> tuple[Occurrence, ...]:  # noqa: A002  # its name everywhere
        """The occurrences of one duty, for one object where one is given."""
        return tuple(one for one in self.occurrences if one.duty.id == duty and object in (None, one.object))

    def to_markdown(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The calendar as a table of Markdown."""
        from qms_service.deadlines.duties.table import markdown  # noqa: PLC0415  # only for who looks
        from qms_service.markup import Words  # noqa: PLC0415  # the same

        return markdown(self, Words(lang=lang, catalogues=catalogues))

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The calendar as a table of HTML; every text in it is escaped."""
        from qms_service.deadlines.duties.table import html  # noqa: PLC0415  # only for who looks
        from qms_service.markup import Words  # noqa: PLC0415  # the same

        return html(self, Words(lang=lang, catalogues=catalogues))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return self.to_markdown()
