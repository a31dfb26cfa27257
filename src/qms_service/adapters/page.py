"""Page (分页): what every store refuses of the page that `find` is asked for."""

from __future__ import annotations

import sys

from qms_service.errors import EntryError


def check_limit(limit: object) -> None:
    """Refuses what is no number of rows: databases take -1 for all of them.

    Raises:
        EntryError: It is none.

    >>> check_limit(50)
    """
    if limit is not None and (type(limit) is not int or not 0 <= limit <= sys.maxsize):
        raise EntryError("entry-limit", got=repr(limit))
