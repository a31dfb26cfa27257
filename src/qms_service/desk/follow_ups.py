"""Follow-ups at the desk (跟进立案): a case for each customer that a survey shows dissatisfied, once and no more."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from pendulum import DateTime

from qms_service.cases import Case, Subject
from qms_service.desk.opening import numbering_of
from qms_service.errors import EntryError, KeyReusedError
from qms_service.numbering import NumberSeries
from qms_service.ports import Transaction
from qms_service.rulebooks import Rulebook
from qms_service.satisfaction import FollowUp


@attrs.frozen(kw_only=True)
class FollowedUp:
    """A follow-up and the case that was opened for it (跟进个案).

    Args:
        follow_up: The customer, what it is dissatisfied with, and the rule that says to act.
        case: The case as it stands now.
        new: Whether it was opened by this call; else it was there.
    """

    follow_up: FollowUp
    case: Case
    new: bool


@attrs.frozen(kw_only=True)
class FollowUpOpening:
    """How follow-ups are opened.

    Args:
        book: The rulebook.
        transaction: The transaction in which all of them are.
        at: When the cases open.
        now: When they are entered.
        by: Who opens them.
        series: Where their numbers come from; None: a case is known by the key of its follow-up.
        lang: The language of what is written out in them.
    """

    book: Rulebook
    transaction: Transaction
    at: DateTime
    now: DateTime
    by: str | None
    series: str | NumberSeries | None
    lang: str

    def opened(self, follow_up: FollowUp, kind: str) -> FollowedUp:
        """The case of a follow-up: the one that its key has opened, or a new one.

        Raises:
            CaseExistsError: There is a case of that number that no follow-up opened.
            KeyReusedError: Its key has opened a case of another customer or kind.
            Refused: The rules refuse the new one.
        """
        cases = self.transaction.cases
        known = cases.answered(follow_up.key)
        if known is not None:
            return FollowedUp(follow_up=follow_up, case=self._known(follow_up, kind, known[0]), new=False)
        rules = self.book.on(self.at)
        declared = {fact.name for fact in rules.rules.kind(kind).subject}
        told = {name: value for name, value in follow_up.subject(self.lang).items() if name in declared}
        number = "" if self.series is not None else follow_up.key
        subject = Subject(kind, number=number, opened_at=self.at, facts=told)
        numbering = numbering_of(subject, rules, self.series, None)
        case = numbering.number(self.transaction, rules.open(subject, recorded_at=self.now, by=self.by))
        cases.save(case, rules.status(case, now=self.now), key=follow_up.key)
        return FollowedUp(follow_up=follow_up, case=case, new=True)

    def _known(self, follow_up: FollowUp, kind: str, number: str) -> Case:
        case = self.transaction.cases.load(number)
        customer = case.subject.facts.get("customer", follow_up.customer)
        if (case.kind, customer) != (kind, follow_up.customer):
            raise KeyReusedError("desk-key", key=follow_up.key, case=case.id, event=case.history[0].name)
        return case


def asking_for_a_case(given: object) -> tuple[tuple[FollowUp, str], ...]:
    """The follow-ups whose rule opens a case, each with the kind of that; the others are for somebody to look at.

    Raises:
        EntryError: Something that is no follow-up.
    """
    if not isinstance(given, Iterable):
        raise EntryError("entry-follow-up", got=repr(given))
    found = tuple(given)
    for one in found:
        if not isinstance(one, FollowUp):
            raise EntryError("entry-follow-up", got=repr(one))
    return tuple((one, one.rule.opens) for one in found if one.rule.opens is not None)
