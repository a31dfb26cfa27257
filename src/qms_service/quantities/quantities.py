"""Quantities (数量一览): what the quantities of a case come to at a moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from qms_service.events import Timeline
from qms_service.quantities.figure import Figure
from qms_service.quantities.parts import AnyTally, made_of, reckoned

ByKey = tuple[tuple[object, Figure], ...]


@attrs.frozen
class Quantities(Mapping[str, object]):
    """The value of each quantity by its name.

    A value is an int, a Decimal or a `Quantity`; the text `undetermined`; or None where it is not on record,
    or its units differ. A quantity that is kept apart has a mapping of such values, by key.

    Args:
        figures: Each quantity's figure by its name, or its figures by key.
    """

    figures: tuple[tuple[str, Figure | ByKey], ...]

    def __getitem__(self, name: str) -> object:
        found = self._named(name)
        if isinstance(found, Figure):
            return found.value
        return {key: figure.value for key, figure in found}

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    def figure(self, name: str, key: object = None) -> Figure:
        """The figure of a quantity, which says what is missing, undetermined, or of another unit.

        Args:
            name: The quantity.
            key: The key, for a quantity that is kept apart.

        Raises:
            KeyError: There is no such quantity, or nothing on record for the key.
        """
        found = self._named(name)
        return found if isinstance(found, Figure) else dict(found)[key]

    def _named(self, name: str) -> Figure | ByKey:
        return dict(self.figures)[name]


def quantities_of(tallies: Mapping[str, AnyTally], timeline: Timeline) -> Quantities:
    """What quantities come to at the moment of a timeline.

    Args:
        tallies: The quantities by name, with all that they are made of.
        timeline: What is on record.
    """
    found = reckoned(made_of(tallies, tallies), timeline)
    return Quantities(
        tuple(
            (
                tally.name,
                tuple(found[tally.name].figures.items()) if tally.per else found[tally.name].of(None),
            )
            for tally in tallies.values()
        )
    )
