"""Origin (出处): where a rule of an edition comes from, and why it differs from the parent's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from qms_service.cases import Pin
from qms_service.rulebooks.rule_paths import longest

How = Literal["own", "inherited", "added", "replaced", "removed", "renamed", "set"]


@attrs.frozen(kw_only=True)
class Origin:
    """Where a rule comes from (出处).

    Args:
        document: The rulebook whose clauses the rule cites.
        edition: Its edition.
        how: What the edition did with the rule; `"own"` where it extends nothing. An inherited rule that the
            parent itself had changed keeps the clause and the reason of that change.
        clause: The number of the clause that asks for the change, in the rulebook that made it.
        reason: Why it was changed.
        was: The rule's id in the parent where it was renamed.
    """

    document: str
    edition: str
    how: How = "own"
    clause: str = ""
    reason: str = ""
    was: str = ""


@attrs.frozen(kw_only=True, eq=False)
class Parent:
    """The rulebook that an edition extends (上级规则册), as it stood when the edition was loaded.

    Args:
        id: Its id.
        edition: Its edition.
        digest: The digest that the child pins.
        raw: Its TOML tree, with all that it takes from its own parent; read it only.
        provenance: Where each of its rules comes from, by its path.
    """

    id: str
    edition: str
    digest: str
    raw: Mapping[str, object] = attrs.field(repr=False)
    provenance: Mapping[str, Origin] = attrs.field(repr=False)

    @property
    def pin(self) -> Pin:
        """The pin of a case that it judges."""
        return Pin(rulebook=self.id, edition=self.edition, digest=self.digest)


def origin_at(origins: Mapping[str, Origin], path: str) -> Origin | None:
    """The origin of the rule that a path lies in: that of its longest part which has one.

    >>> own = Origin(document="pump-maker", edition="2")
    >>> origin_at({"repair.clocks.visit": own}, "repair.clocks.visit.within").document
    'pump-maker'
    """
    return origins.get(longest(path, origins))
