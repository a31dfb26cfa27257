"""Words for the rules of one kind of case (条件措辞): conditions, selectors and gates as a reader would put them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from qms_service.authoring.show.voice import Voice
from qms_service.events import ALWAYS, Condition, Selector, Selectors
from qms_service.events.condition import Test
from qms_service.facts import FactType
from qms_service.quantities import Balance
from qms_service.rulebooks.balance_need import BalanceNeed
from qms_service.rulebooks.each_of import EachOf
from qms_service.rulebooks.model import EventRule, FactRule, Gate, KindRules
from qms_service.rulebooks.need import AllOf, AnyOf, CountOf, EventNeed, Need
from qms_service.rulebooks.system import SYSTEM_RULES


@attrs.frozen(kw_only=True)
class KindVoice(Voice):
    """How a document says the rules of one kind of case."""

    kind: KindRules

    @classmethod
    def of(cls, voice: Voice, kind: KindRules) -> KindVoice:
        """The voice of a document for one of its kinds of case."""
        return cls(rules=voice.rules, lang=voice.lang, catalogues=voice.catalogues, only=kind.kind, kind=kind)

    @property
    def steps(self) -> tuple[EventRule, ...]:
        """The steps in the order of the rulebook; the opening first, also where the rulebook does not write it."""
        return tuple(sorted(self.kind.events.values(), key=lambda rule: rule.name != self.kind.opening))

    def rule(self, event: str) -> EventRule:
        """The rule of a step or system event."""
        return self.kind.events.get(event) or SYSTEM_RULES[event]

    def event(self, name: str) -> str:
        """A step by its name."""
        return self.name(self.rule(name).label, name)

    def events(self, names: tuple[str, ...]) -> str:
        """Several steps."""
        return self.listed(tuple(self.event(name) for name in names))

    def fact_rule(self, path: str) -> FactRule | None:
        """The fact at a path such as `analysed.cause`; None for a column that every event has."""
        event, _, name = path.partition(".")
        facts = self.kind.subject if event == "subject" else self.rule(event).facts
        return next((fact for fact in facts if fact.name == name), None)

    def fact_type(self, path: str) -> FactType | None:
        """Its type."""
        fact = self.fact_rule(path)
        return fact.type if fact else None

    def fact(self, path: str) -> str:
        """A fact by its name; with its step where several steps have one of that name."""
        event, _, name = path.partition(".")
        fact = self.fact_rule(path)
        if fact is None:
            return self.say(f"column.{name}")
        said = self.name(fact.label, name)
        if len(self.kind.named.get(name, ())) < 2 or event == "subject":  # noqa: PLR2004  # two of a name
            return said
        return self.say("fact-of", fact=said, event=self.event(event))

    def condition(self, when: Condition) -> str:
        """A condition on facts; nothing where it always holds."""
        if when == ALWAYS:
            return ""
        alternatives = (self.tests(tests) for tests in when.alternatives)
        return self.say("or").join(alternatives)

    def tests(self, tests: tuple[Test, ...], event: str = "") -> str:
        """Facts that must all have one of their values."""
        return self.say("and").join(self._test(path, values, event) for path, values in tests)

    def _test(self, path: str, values: tuple[object, ...], event: str) -> str:
        full = f"{event}.{path}" if event else path
        fact = self.fact_rule(full)
        said = self.name(fact.label, path) if event and fact else self.fact(full)
        type_ = fact.type if fact else None
        either = self.say("either").join(self.value(type_, value) for value in values)
        return self.say("equals", fact=said, value=either)

    def selector(self, selector: Selector) -> str:
        """An event with what narrows it."""
        said = self.event(selector.event)
        if selector.where:
            said = self.say("need.where", need=said, where=self.tests(selector.where, selector.event))
        if selector.after:
            said = self.say("need.after", need=said, after=self.event(selector.after))
        return self.say("need.keeps", need=said) if selector.keeps else said

    def selectors(self, selectors: Selectors) -> str:
        """Events of which the first to come counts."""
        return self.say("or").join(self.selector(one) for one in selectors)

    def need(self, need: Need) -> str:
        """What a gate asks for."""
        if isinstance(need, AllOf):
            return self.say("need.all", needs=self.say("and").join(self.need(one) for one in need.needs))
        if isinstance(need, AnyOf):
            return self.say("need.any", needs=self.say("or").join(self.need(one) for one in need.needs))
        if isinstance(need, BalanceNeed):
            return self._known(self.balance(need.balance), need)
        if isinstance(need, EachOf):
            return self._known(self._each(need), need)
        assert isinstance(need, EventNeed | CountOf)  # noqa: S101  # the forms that a gate can take
        said = self.selector(need.selector)
        if isinstance(need, CountOf):
            code = "need.distinct" if need.distinct else "need.count"
            of = self._column(need.selector.event, need.distinct) if need.distinct else ""
            return self.say(code, need=said, count=need.count, of=of)
        return said

    def _known(self, said: str, need: BalanceNeed | EachOf) -> str:
        return self.say("need.if_known", need=said) if need.if_known else said

    def _each(self, need: EachOf) -> str:
        """One event for each value of a list, of a fact, or of every event with that fact."""
        event = need.selectors[0].event
        if isinstance(need.each, str):
            each = self.fact(need.each)
        else:
            fact = self.fact_rule(f"{event}.{need.match}")
            type_ = FactType(kind="department") if need.match == "department" else fact.type if fact else None
            each = self.listed(tuple(self.value(type_, value) for value in need.each))
        said, match = self.selectors(need.selectors), self._column(event, need.match)
        return self.say("need.every" if need.every else "need.each", need=said, each=each, match=match)

    def balance(self, balance: Balance) -> str:
        """A balance between quantities, with what has to hold."""
        return self.say("need.balance", balance=self.name(balance.label, balance.id), rule=balance.rule.text)

    def _column(self, event: str, name: str) -> str:
        return self.fact(f"{event}.{name}")

    def gate(self, gate: Gate, step: EventRule) -> str:
        """A gate of a step: under what it stands, what it asks for, what opens it otherwise, its own clause."""
        asked = tuple(self._asked(gate))
        marks = [
            self.say(f"gate.{key}", id=gate.id)
            for key in ("if_known", "absolute", "waivable")
            if getattr(gate, key) and (key != "if_known" or gate.when != ALWAYS)
        ]
        if gate.clause is not None and gate.clause != step.clause:
            marks.append(self.clause(gate.clause))
        aside = f" [{self.say('and-then').join(marks)}]" if marks else ""
        if gate.when == ALWAYS and len(asked) == 1:
            return asked[0] + aside
        when = self.say("gate.always" if gate.when == ALWAYS else "gate.when", when=self.condition(gate.when))
        return "\n".join((self.say("gate.head", when=when, aside=aside), *(f"• {one}" for one in asked)))

    def _asked(self, gate: Gate) -> Iterator[str]:
        if isinstance(gate.need, AllOf):
            yield from (self.need(one) for one in gate.need.needs)
        elif gate.need is not None:
            yield self.need(gate.need)
        if gate.settled:
            kinds = (self.case_kind(kind) for kind in gate.settled)
            yield self.say("gate.settled", kinds=self.listed(tuple(kinds)))

    def case_kind(self, kind: str) -> str:
        """A kind of linked case by its name; by its id where another rulebook has it."""
        found = self.rules.kinds.get(kind)
        return self.name(found.label, kind) if found else kind
