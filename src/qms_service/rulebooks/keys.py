"""Keys (键): what many tables of the rulebook language have in common."""

from __future__ import annotations

from typing import Final

from qms_service.rulebooks.form import Form, Key, Takes

TEXT: Final = Key(takes=Takes.TEXT)
NEEDED: Final = Key(takes=Takes.TEXT, needed=True)
TEXTS: Final = Key(takes=Takes.TEXTS)
FLAG: Final = Key(takes=Takes.FLAG)
CLAUSE: Final = Key(takes=Takes.CLAUSE)
LABEL: Final = Key(takes=Takes.LABEL)
TERM: Final = Key(takes=Takes.TERM)
CONDITION: Final = Key(takes=Takes.CONDITION)
SELECTORS: Final = Key(takes=Takes.SELECTORS, needed=True)


def choice(*words: str, needed: bool = False) -> Key:
    """One of some words."""
    return Key(takes=Takes.CHOICE, choices=words, needed=needed)


def tables(
    name: str, members: Form, *, reserved: tuple[str, ...] = (), plain: bool = False, needed: bool = False
) -> Key:
    """A group of tables under names of the author's own."""
    form = Form(name=name, members=members, reserved=reserved, plain=plain)
    return Key(takes=Takes.TABLE, form=form, needed=needed)
