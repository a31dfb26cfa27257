"""Customer file (客户档案): one view of a customer over all of its cases, and what is filed for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.cases.case import Case, CaseStatus
from qms_service.cases.complaint import Complaint
from qms_service.events import Event, Evidence
from qms_service.facts import NO_FACTS, Facts
from qms_service.findings import Finding
from qms_service.labels import Label
from qms_service.texts import Catalogue

FILE_KIND: Final = "customer_file"  # the kind of case in which the documents of a customer are filed
FILED: Final = "document_filed"
TAKEN_OUT: Final = "document_withdrawn"

# Where a customer's own words stand, by kind of case: in its subject, or in the facts of an event.
RAISED: Final[Mapping[str, tuple[str, ...]]] = {
    "complaint": ("subject.defect",),
    "return": ("subject.defect",),
    "visit": ("remark_recorded.statement", "question_asked.statement"),
    "call": ("remark_recorded.statement", "needs_noted.needs", "needs_noted.expectations"),
    "improvement": ("subject.items",),
}


@attrs.frozen(kw_only=True)
class FileFact:
    """A fact of a case as its customer's file shows it: its path, its name for people and its value."""

    path: str
    label: Label
    value: object


@attrs.frozen(kw_only=True)
class Raised:
    """Something that the customer said (客户意见): a complaint, a remark on a visit, a need.

    Args:
        case, kind: The case in which it is on record.
        label: What people call that kind of case.
        at: When it was said.
        path: Where it stands there, such as `remark_recorded.statement`.
        text: What was said; None where a complaint is on record without a word.
    """

    case: str
    kind: str
    label: Label
    at: DateTime
    path: str
    text: str | None


@attrs.frozen(kw_only=True)
class FiledDocument:
    """A document that is filed for a customer (客户文件): a quality standard, a technical requirement.

    Args:
        document: Its number or name, unique in the file.
        about: What it is: `"quality_standard"`, `"technical_requirement"` and on, as the rulebook lists them.
        title: Its title.
        edition: Its issue, as it is printed on it.
        valid_from: From when it applies.
        filed_at: When it was filed.
        evidence: Where it lies.
        withdrawn_at: When it was taken out; None while it stands.
        case: The case in which it is filed.
    """

    document: str
    about: str | None
    title: str | None
    edition: str | None
    valid_from: date | None
    filed_at: DateTime
    evidence: tuple[Evidence, ...]
    withdrawn_at: DateTime | None
    case: str


@attrs.frozen(kw_only=True)
class FileEntry:
    """A case of the customer with what came of it.

    Args:
        case, kind: Its number and kind.
        label: What people call that kind.
        status: Where it stands; None where the rules at hand cannot tell.
        opened_at: When it opened; None where it cannot be read.
        closed_at: When it was closed or withdrawn last; None while it is open.
        due_at: When it is due next.
        overdue: The clocks that are overdue.
        about: What it is about, the customer left out.
        result: What was decided and counted in it: facts of events that are no free text.
        linked: The numbers of the cases that it names.
        through: The customer's case that names this one, where it names no customer itself.
        finding: Why the rules cannot tell where it stands.
    """

    case: str
    kind: str
    label: Label
    status: CaseStatus | None
    opened_at: DateTime | None = None
    closed_at: DateTime | None = None
    due_at: DateTime | None = None
    overdue: tuple[str, ...] = ()
    about: Facts = NO_FACTS
    result: tuple[FileFact, ...] = ()
    linked: tuple[str, ...] = ()
    through: str | None = None
    finding: Finding | None = None


@attrs.frozen(kw_only=True)
class KindSum:
    """How many cases of one kind the customer has: in all, open, late of the open ones.

    `unknown` are those of which the rules at hand cannot tell where they stand: neither open nor ended.
    """

    kind: str
    label: Label
    total: int
    open: int
    late: int
    unknown: int = 0


@attrs.frozen(kw_only=True)
class CustomerFile:
    """The file of one customer (客户档案): its cases, what it said, and the documents filed for it.

    Args:
        customer: The customer, by the name that its cases have.
        now: The moment for which it is told.
        entries: A page of its cases: the open ones first, what breaks first in front, then the others, those
            first of which something happened last.
        linked: Cases that name no customer and are linked to one of the page.
        raised: What the customer said in the cases of the page, the latest first.
        documents: What is filed for it, with what was taken out again; the latest first.
        sums: How many cases it has by kind, over all pages; the documents' own are none of these.
        findings: Which cases with its documents cannot be read, and why.
        more: Whether there are cases behind this page.
        alike: Where it has no case at all: the same name without needless spaces, in plain width or composed
            another way, if it has cases.

    Clause: pcb-maker 4.7.
    """

    customer: str
    now: DateTime
    entries: tuple[FileEntry, ...] = ()
    linked: tuple[FileEntry, ...] = ()
    raised: tuple[Raised, ...] = ()
    documents: tuple[FiledDocument, ...] = ()
    sums: tuple[KindSum, ...] = ()
    findings: tuple[Finding, ...] = ()
    more: bool = False
    alike: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many cases the customer has."""
        return sum(one.total for one in self.sums)

    @property
    def open(self) -> int:
        """How many of them are open."""
        return sum(one.open for one in self.sums)

    @property
    def late(self) -> int:
        """How many of the open ones have an overdue clock."""
        return sum(one.late for one in self.sums)

    @property
    def unknown(self) -> int:
        """Of how many the rules at hand cannot tell where they stand."""
        return sum(one.unknown for one in self.sums)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on record for the customer."""
        return not (self.sums or self.documents or self.findings)

    @property
    def standing(self) -> tuple[FiledDocument, ...]:
        """The documents that stand."""
        return tuple(one for one in self.documents if one.withdrawn_at is None)

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The file as tables of HTML; every text in it is escaped.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages, each a mapping of code to template.
        """
        from qms_service.cases.customer_file_shown import in_html  # noqa: PLC0415  # only for who looks

        return in_html(self, lang, catalogues)

    def to_markdown(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The file as Markdown, every text in it escaped.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages, each a mapping of code to template.
        """
        from qms_service.cases.customer_file_shown import in_markdown  # noqa: PLC0415  # only for who looks

        return in_markdown(self, lang, catalogues)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return self.to_markdown()


def raised_in(case: Case, now: DateTime, label: Label, paths: tuple[str, ...]) -> tuple[Raised, ...]:
    """What a customer said in a case up to a moment, in any cycle; a correction of it counts.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> complaint = qms.Complaint(number="C-1", customer="ACME", defect="open circuit", received_at=noon)
    >>> case = qms.load_rulebook("pcb-maker").open(complaint)
    >>> [one.text for one in raised_in(case, noon, Label(), ("subject.defect",))]
    ['open circuit']
    """
    timeline = case.timeline(now)
    found: list[Raised] = []
    for path in paths:
        name, _, fact = path.rpartition(".")
        told = (
            [(case.subject.opened_at, timeline.fact(path))]
            if name == "subject"
            else [(event.at, event.facts.get(fact)) for event in timeline.all(name, keeps=True)]
        )
        for at, value in told:
            if value is not None or case.kind == Complaint.kind:  # a complaint was raised, whatever the words
                text = None if value is None else _text(value)
                found.append(Raised(case=case.id, kind=case.kind, label=label, at=at, path=path, text=text))
    return tuple(found)


def documents_in(case: Case, now: DateTime) -> tuple[FiledDocument, ...]:
    """The documents filed in a case up to a moment; of one that was filed anew, each issue.

    A document filed again takes the place of its issue before; taking it out takes out what stands.
    """
    standing: dict[str, int] = {}
    found: list[FiledDocument] = []
    for event in case.timeline(now).events:
        name = event.facts.get("document")
        if event.name not in (FILED, TAKEN_OUT) or not isinstance(name, str):
            continue
        if name in standing:
            place = standing.pop(name)
            found[place] = attrs.evolve(found[place], withdrawn_at=event.at)
        if event.name == FILED:
            standing[name] = len(found)
            found.append(_filed(case, name, event))
    return tuple(found)


def _filed(case: Case, name: str, event: Event) -> FiledDocument:
    told = event.facts
    valid_from = told.get("valid_from")
    return FiledDocument(
        document=name,
        about=_text_or_none(told.get("about")),
        title=_text_or_none(told.get("title")),
        edition=_text_or_none(told.get("edition")),
        valid_from=valid_from if isinstance(valid_from, date) else None,
        filed_at=event.at,
        evidence=event.evidence,
        withdrawn_at=None,
        case=case.id,
    )


def _text(value: object) -> str:
    return "; ".join(str(one) for one in value) if isinstance(value, tuple) else str(value)


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)
