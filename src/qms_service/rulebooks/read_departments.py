"""Reads who there is to do the work: the departments and the roles of a rulebook."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from qms_service.rulebooks.context import BookContext, label_of
from qms_service.rulebooks.model import Department, Role
from qms_service.rulebooks.section import Problems, Section


def read_departments(section: Section) -> dict[str, Department]:
    """The departments by id; notes a spelling that stands for two of them."""
    departments = {name: _department(name, one, section.raw) for name, one in section.tables()}
    _spelt_once(departments, section.problems)
    return departments


def _department(name: str, section: Section, known: Collection[str]) -> Department:
    aliases, deputies = section.texts("aliases"), section.names("deputies", "department", known)
    label = label_of(section, name)
    section.finish()
    return Department(id=name, label=label, aliases=aliases, deputies=deputies)


def _spelt_once(departments: Mapping[str, Department], problems: Problems) -> None:
    """Notes a spelling, an alias or a label, that stands for two departments."""
    owner = {id_: id_ for id_ in departments}
    for one in departments.values():
        spelt = [("aliases", alias) for alias in one.aliases]
        for key, name in (*spelt, *one.label.names):
            other = owner.setdefault(name, one.id)
            if other != one.id:
                problems.note("alias-twice", f"departments.{one.id}.{key}", got=name, one=other, other=one.id)


def read_roles(section: Section, book: BookContext) -> dict[str, Role]:
    """The roles by id."""
    roles = {}
    for name, one in section.tables():
        clause = book.clause(one)
        deputies = one.names("deputies", "role", section.raw)
        roles[name] = Role(id=name, label=label_of(one, name), clause=clause, deputies=deputies)
        one.finish()
    return roles
