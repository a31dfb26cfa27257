"""Known (已知值): the classes of Python values, each worked out once."""

from __future__ import annotations

from typing import Final

from qms_service.routing.batch.classes import Class, Classes

_MOST: Final = 1 << 16  # values that are kept


class Known(dict[object, Class]):
    """The classes of texts by the text; those of other values by type and value, for 1 equals True."""

    def __init__(self, classes: Classes) -> None:
        super().__init__()
        self._classes = classes
        self._typed: dict[tuple[type, object], Class] = {}

    def __missing__(self, value: object) -> Class:
        if type(value) is not str:
            return self.exactly(value)
        found = self._classes.of_value(value)
        if len(self) < _MOST:
            self[value] = found
        return found

    def exactly(self, value: object) -> Class:
        """The class of any value."""
        try:
            return self._typed[type(value), value]
        except KeyError:
            found = self._classes.of_value(value)
        except TypeError:  # a list, a broken number: nothing that can be kept
            return self._classes.of_value(value)
        if len(self._typed) < _MOST:
            self._typed[type(value), value] = found
        return found
