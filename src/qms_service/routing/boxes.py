"""Boxes (多维区域): for each input a set of parts of its domain, a bit each; a rule is one box.

What is left of the whole domain after every rule's box is taken away is the gaps; what is left of a rule's
box after the earlier ones are taken away is the facts that reach it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import and_

import attrs

Box = tuple[int, ...]


@attrs.frozen
class Remainder:
    """What is left of a box, in boxes that do not meet.

    Args:
        boxes: The boxes.
        proven: False where the work was given up at its limit; then only boxes that are left for sure.
    """

    boxes: tuple[Box, ...]
    proven: bool = True

    @property
    def is_nothing(self) -> bool:
        """Whether it is proven that nothing is left."""
        return self.proven and not self.boxes


def meet(one: Box, other: Box) -> Box | None:
    """What two boxes share, or None.

    >>> meet((0b011, 0b1), (0b110, 0b1)), meet((0b001, 0b1), (0b110, 0b1))
    ((2, 1), None)
    """
    shared = tuple(map(and_, one, other))
    return None if 0 in shared else shared


def without(box: Box, taken: Box) -> Iterator[Box]:
    """What is left of a box after another is taken away, in boxes that do not meet.

    >>> list(without((0b11, 0b11), (0b01, 0b10)))
    [(2, 3), (1, 1)]
    """
    if meet(box, taken) is None:
        yield box
        return
    for place, (have, take) in enumerate(zip(box, taken, strict=True)):
        if have & ~take:
            yield (*box[:place], have & ~take, *box[place + 1 :])
        box = (*box[:place], have & take, *box[place + 1 :])


def remainder(whole: Box, taken: Sequence[Box], limit: int) -> Remainder:
    """What is left of a box after others are taken away.

    Args:
        whole: The box.
        taken: What is taken away.
        limit: After more comparisons of two boxes than this the work is given up.
    """
    left, compared = [whole], 0
    for place, box in enumerate(taken):
        compared += len(left)
        if compared > limit:
            sure = (part for part in left if not any(meet(part, other) for other in taken[place:]))
            return Remainder(tuple(sure), proven=False)
        left = [piece for part in left for piece in without(part, box)]
    return Remainder(tuple(left))
