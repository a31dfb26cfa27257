"""Decisions (判定): the outputs of a table, the rules behind them and their clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, SupportsIndex, overload

import attrs

from qms_service.clauses import ClauseRef
from qms_service.facts import Facts
from qms_service.routing.cell import Cell
from qms_service.texts import Catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@attrs.frozen(kw_only=True)
class Rule:
    """A row of a table (规则).

    Args:
        id: Its name, unique in the table.
        when: One cell for each input of the table, in the order of the inputs.
        then: The outputs by name.
        clause: The clause that it rests on.
    """

    id: str
    when: tuple[Cell, ...]
    then: Facts
    clause: ClauseRef | None = None


class Collected(tuple[Facts, ...]):
    """The outputs of every rule that hit, in rule order; by the name of an output, its values.

    >>> rows = Collected([Facts({"informed": "IPQC"}), Facts({"informed": "final inspection"})])
    >>> rows[0]["informed"], rows["informed"]
    ('IPQC', ('IPQC', 'final inspection'))
    """

    __slots__ = ()

    @overload
    def __getitem__(self, key: SupportsIndex, /) -> Facts: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[Facts, ...]: ...
    @overload
    def __getitem__(self, key: str, /) -> tuple[object, ...]: ...
    def __getitem__(self, key: SupportsIndex | slice | str, /) -> object:
        if isinstance(key, str):
            return tuple(outputs[key] for outputs in self)
        return super().__getitem__(key)


@attrs.frozen(kw_only=True)
class Decision:
    """What a table answers (判定结果).

    Args:
        outputs: The outputs by name; under `collect` those of every rule that hit, in rule order.
        rule_ids: The rules behind the answer. Where absent facts leave several open that all give
            this answer, all of them.
        clauses: Their clauses, each once.
    """

    outputs: Facts | Collected
    rule_ids: tuple[str, ...]
    clauses: tuple[ClauseRef, ...] = ()

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The outputs with rules and clauses as a table of HTML, which a notebook shows; every text is escaped."""
        from qms_service.markup import Words  # noqa: PLC0415  # only for who looks
        from qms_service.routing.html import decision_html  # noqa: PLC0415  # the same

        return decision_html(self, Words(lang=lang, catalogues=catalogues))

    def _repr_html_(self) -> str:
        return self.to_html()


def decided(outputs: Facts | Collected, rules: Sequence[Rule]) -> Decision:
    """The decision that rests on these rules."""
    clauses = dict.fromkeys(rule.clause for rule in rules if rule.clause is not None)
    return Decision(outputs=outputs, rule_ids=tuple([rule.id for rule in rules]), clauses=tuple(clauses))


@attrs.frozen(kw_only=True)
class Possible:
    """What facts leave open in a table (仍可能的规则).

    Args:
        rules: The rules that may still answer, in rule order; under `first` none below one that is certain.
        certain: The ids of those that hit whatever the absent facts turn out to be.
        missing: The inputs that are absent from the facts and that these rules ask for.
        covered: Whether one of the rules hits whatever the absent facts turn out to be; False too where the
            proof outgrew its limit.
    """

    rules: tuple[Rule, ...]
    certain: tuple[str, ...]
    missing: tuple[str, ...]
    covered: bool

    @property
    def outputs(self) -> tuple[Facts, ...]:
        """The different answers still possible, in rule order."""
        return tuple(dict.fromkeys(rule.then for rule in self.rules))


def told(facts: Mapping[str, object]) -> tuple[str, ...]:
    """Facts as a text lists them."""
    return tuple(f"{name} = {value}" for name, value in facts.items())
