"""Seal (封签): what keeps an entry's digests from being guessed, and what a redaction leaves of them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

import attrs

from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.trail.leaves import Json, canonical, digest, keyed, leaves, parsed

_SALT_BYTES: Final = 16


@attrs.frozen
class Redaction:
    """Which texts of an entry were redacted at a time, and why."""

    fields: tuple[str, ...]
    reason: str


@attrs.frozen(kw_only=True)
class Seal:
    """The secrets that an entry's digests are keyed by.

    Each leaf has a key of its own. As long as nothing is redacted, all of them follow from one random salt.
    A redaction gives up the salt for the keys of the leaves that stay, and for the bare digests of those that
    go: without its key, "Li" cannot be guessed from its digest.

    Args:
        salt: The salt; empty once something was redacted.
        keys: The key of each leaf that stands, by its path.
        digests: The digest of each leaf that was redacted.
        redactions: What was redacted together, and why, oldest first.
    """

    salt: str = ""
    keys: Facts = attrs.field(default=NO_FACTS, converter=as_facts)
    digests: Facts = attrs.field(default=NO_FACTS, converter=as_facts)
    redactions: tuple[Redaction, ...] = ()

    def key(self, path: str) -> str:
        """The key of a leaf.

        Raises:
            KeyError: It has none.
        """
        return keyed(self.salt, path) if self.salt else str(self.keys[path])

    def digest(self, path: str, leaf: Json) -> str:
        """The digest of a leaf: its own, or the one that it had before it was redacted."""
        kept = self.digests.get(path)
        return keyed(self.key(path), canonical(leaf)) if kept is None else str(kept)

    def redacted(self, tree: Json, fields: Sequence[str], reason: str) -> Seal:
        """The seal of the same entry without the keys of these leaves."""
        here = dict(leaves(tree))
        gone = {path: self.digest(path, here[path]) for path in fields}
        stay = {path: self.key(path) for path in here if path not in gone and path not in self.digests}
        redaction = Redaction(tuple(fields), reason)
        return Seal(keys=stay, digests={**self.digests, **gone}, redactions=(*self.redactions, redaction))


def new_seal() -> Seal:
    """A seal for an entry that is written now."""
    return Seal(salt=secrets.token_hex(_SALT_BYTES))


def written(seal: Seal, bound_to: str) -> str:
    """A seal as the text that is kept of it; that of a redaction is checked against the entry's digest."""
    if seal.salt:
        return canonical({"salt": seal.salt})
    content = {
        "keys": dict(seal.keys),
        "digests": dict(seal.digests),
        "redactions": [{"fields": list(one.fields), "reason": one.reason} for one in seal.redactions],
    }
    return canonical({**content, "check": digest(canonical([bound_to, content]))})


def read(text: str, bound_to: str) -> Seal:
    """The seal of a text that `written` made for an entry of this digest.

    Raises:
        ValueError: It is none, or was changed since.
    """
    tree = parsed(text)
    try:
        seal = Seal(salt=str(tree["salt"])) if "salt" in tree else _after_redactions(tree)
        same = written(seal, bound_to) == text
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error
    if not same:
        msg = "the record of its redactions does not fit"
        raise ValueError(msg)
    return seal


def _after_redactions(tree: Json) -> Seal:
    redactions = tuple(Redaction(tuple(one["fields"]), one["reason"]) for one in tree["redactions"])
    return Seal(keys=tree["keys"], digests=tree["digests"], redactions=redactions)
