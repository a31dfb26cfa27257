"""WireFault (报文差错): one thing in a JSON text, or in a value to be written, that does not fit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

import attrs

from qms_service.errors import nearest
from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.texts import Catalogue, render

Item = TypeVar("Item")
Made = TypeVar("Made")
_LONGEST: Final = 60  # a fault quotes what it got; a whole case in one line would hide the rest


@attrs.frozen(kw_only=True)
class WireFault:
    """What was got at a place, and what is allowed there.

    Args:
        path: The place, such as `history[2].facts.cause`; empty for the whole.
        code: What is wrong, a key of the text catalogues without its `wire.` prefix.
        operands: The values that its text names; `kind` names what is allowed, a key under `wire.kind.`.
    """

    path: str = ""
    code: str = "wrong"
    operands: Facts = attrs.field(default=NO_FACTS, converter=as_facts)

    def under(self, key: str | int) -> WireFault:
        """The same fault as seen from one level above."""
        head = f"[{key}]" if isinstance(key, int) else _printable(key)
        joint = "." if self.path and not self.path.startswith("[") else ""
        return attrs.evolve(self, path=f"{head}{joint}{self.path}")

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The fault in the reader's language, with its place."""
        operands = dict(self.operands)
        if "kind" in operands:
            operands["allowed"] = render(f"wire.kind.{operands['kind']}", {}, lang, catalogues)
        said = render(f"wire.{self.code}", operands, lang, catalogues)
        return f"{self.path}: {said}" if self.path else said

    def __str__(self) -> str:
        return self.text()


class Unfit(Exception):  # noqa: N818  # caught inside this room, never handed out
    """A value that does not fit its place; whoever knows the place adds it."""

    def __init__(self, *faults: WireFault) -> None:
        super().__init__(*faults)
        self.faults = faults


def unfit(got: object, kind: str) -> Unfit:
    """A value where another kind is needed."""
    return Unfit(WireFault(operands={"got": quoted(got), "kind": kind}))


def unfit_word(got: object, allowed: tuple[object, ...]) -> Unfit:
    """A value where one of a few words is needed."""
    return Unfit(WireFault(code="word", operands={"got": quoted(got), "allowed": allowed}))


def as_object(got: object, kind: str = "object") -> Mapping[str, Any]:
    """What has to be an object.

    Raises:
        Unfit: It is none.
    """
    if not isinstance(got, Mapping):
        raise unfit(got, kind)
    return got


def missing_field(name: str, needed: Iterable[str]) -> WireFault:
    """A field that has to be there and is not."""
    return WireFault(path=name, code="missing", operands={"needed": tuple(needed)})


def unknown_field(name: object, known: Iterable[str]) -> WireFault:
    """A field that the type does not have, with the nearest that it has."""
    allowed = tuple(known)
    guess = nearest(str(name), allowed)
    code = "unknown-field.nearest" if guess else "unknown-field"
    return WireFault(path=str(name), code=code, operands={"allowed": allowed, "nearest": guess})


def each(items: Iterable[tuple[str | int, Item]], step: Callable[[Item], Made]) -> list[Made]:
    """What a step makes of every item; the faults of all of them at once.

    Raises:
        Unfit: At least one item does not fit; each fault has its item's key in its path.
    """
    done: list[Made] = []
    faults: list[WireFault] = []
    for key, item in items:
        try:
            done.append(step(item))
        except Unfit as wrong:
            faults += [fault.under(key) for fault in wrong.faults]
    if faults:
        raise Unfit(*faults)
    return done


def quoted(got: object) -> str:
    """A value as a fault quotes it: as JSON where it is JSON, else as Python shows it; cut where it is long."""
    try:
        text = json.dumps(got, ensure_ascii=False)
    except (TypeError, ValueError):
        text = f"{got!r} ({type(got).__name__})"
    return _printable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _printable(text: str) -> str:
    """A text that any terminal and log can take: half a surrogate pair as its escape."""
    return text.encode("utf-8", "backslashreplace").decode()
