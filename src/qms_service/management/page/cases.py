"""The sections on cases: how many came and went, and what complaints, returns and claims were about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from qms_service.management.counting import FLOWS
from qms_service.management.page.section import Section
from qms_service.management.page.speech import NOTHING, Speech
from qms_service.management.ranking import Ranking
from qms_service.management.review import ManagementReview
from qms_service.management.sums import Sum
from qms_service.markup import Table

_CAME = ("before", "received", "reopened")
_WENT = ("closed", "withdrawn", "open")
Cell = Callable[[Sum, Speech], str]
_OF_QUANTITIES: Final[Mapping[str, Cell]] = {
    "undetermined": lambda one, _: str(one.undetermined),
    "missing": lambda one, _: str(one.missing),
}
_OF_MONEY: Final[Mapping[str, Cell]] = {
    "missing": lambda one, _: str(one.missing),
    "clause": lambda one, speech: speech.cite(one.clause),
}


def flow_section(review: ManagementReview, speech: Speech) -> Section:
    """How many cases of each kind came, were settled, and are open."""
    return Section(
        title=speech.say("title.flow"),
        clause="ISO 9001 9.3.2 c) 4)",
        lines=(speech.say("flow.how"),),
        tables=(_flows(review, speech), *_months(review, speech)),
    )


def _flows(review: ManagementReview, speech: Speech) -> Table:
    compared = ("received-before",) if review.previous else ()
    rows = []
    for flow in review.flows:
        before = review.previous.flow(flow.kind) if review.previous else None
        figures = [getattr(flow, name) for name in (*_CAME, "base", *_WENT)]
        figures += [before.received if before else 0] * len(compared)
        rows.append((speech.label(flow.label), *map(str, figures), speech.cite(flow.clause)))
    return speech.table("flow", ("kind", *_CAME, "base", *_WENT, *compared, "clause"), rows)


def _months(review: ManagementReview, speech: Speech) -> Iterator[Table]:
    """The months of the main kinds that had a case."""
    moved = [flow for flow in review.flows if flow.base and flow.kind in FLOWS]
    if not moved:
        return
    heads = [
        speech.say(f"head.of-kind.{name}", of=speech.label(flow.label))
        for flow in moved
        for name in ("received", "settled")
    ]
    rows = [
        (same[0].name, *(str(figure) for month in same for figure in (month.received, month.settled)))
        for same in zip(*(flow.months for flow in moved), strict=True)
    ]
    yield Table(caption=speech.say("table.months"), head=(speech.say("head.month"), *heads), rows=rows)


def complaint_section(review: ManagementReview, speech: Speech) -> Section:
    """What was found of the complaints, and what they were about."""
    complaints = review.complaints
    rows = (
        (speech.say(f"found.{found}"), str(number), speech.share(number, complaints.base))
        for found, number in complaints.found
    )
    return Section(
        title=speech.say("title.complaints"),
        clause=speech.cite(complaints.clause) or "ISO 9001 9.3.2 c) 1)",
        lines=(speech.say("complaints", received=complaints.base, established=complaints.established),),
        tables=(
            speech.table("found", ("found", "number", "share"), rows),
            *ranking_tables(complaints.rankings, speech),
        )
        if complaints.base
        else (),
    )


def return_section(review: ManagementReview, speech: Speech) -> Section:
    """What came back, and what became of it."""
    returns = review.returns
    flow = review.flow("return")
    tables = []
    if returns.base:
        tables = [
            _sums("quantities", returns.quantities, _OF_QUANTITIES, speech),
            *ranking_tables(returns.rankings, speech),
        ]
    return Section(
        title=speech.say("title.returns"),
        clause=speech.cite(flow.clause if flow else None) or "ISO 9001 9.3.2 c) 3)",
        lines=(speech.say("returns", received=returns.base),),
        tables=tuple(tables),
    )


def claim_section(review: ManagementReview, speech: Speech) -> Section:
    """What was claimed, accepted and written off, by currency."""
    claims = review.claims
    rows = (
        (speech.say(f"claim.{found}"), str(number), speech.share(number, claims.base))
        for found, number in claims.judged
    )
    moved = any(one.base for one in claims.sums)
    return Section(
        title=speech.say("title.claims"),
        clause=speech.cite(claims.clause) or "ISO 9001 9.3.2 c) 3)",
        lines=(speech.say("claims", received=claims.base),),
        tables=(
            *((_sums("money", claims.sums, _OF_MONEY, speech),) if moved else ()),
            *((speech.table("judged", ("found", "number", "share"), rows),) if claims.base else ()),
            *ranking_tables(claims.rankings, speech),
        ),
        notes=(speech.say("claims.how"),) if moved else (),
    )


def _sums(caption: str, sums: Iterable[Sum], beside: Mapping[str, Cell], speech: Speech) -> Table:
    """A row for each currency or unit; what has no figure stands beside the first row."""
    rows = []
    for one in sums:
        name = speech.label(one.label) if one.label else speech.say(f"sum.{one.id}")
        left = [cell(one, speech) for cell in beside.values()]
        lines = [(part.unit or NOTHING, speech.amount(part.amount), str(part.count)) for part in one.parts]
        for place, line in enumerate(lines or [(NOTHING, NOTHING, "0")]):
            rows.append((name, *line, *left) if place == 0 else ("", *line, *("" for _ in left)))
    return speech.table(caption, ("sum", f"unit.{caption}", "total", "from", *beside), rows)


def ranking_tables(rankings: Iterable[Ranking], speech: Speech) -> Iterator[Table]:
    """The most frequent values; then the others, and those without one."""
    for one in rankings:
        if not one.top:
            continue
        rows = [
            (_named(one.of, value, speech), str(number), speech.share(number, one.base))
            for value, number in one.top
        ]
        if one.others:
            others = speech.say("others", values=one.other_values)
            rows.append((others, str(one.others), speech.share(one.others, one.base)))
        if one.missing:
            rows.append((speech.say("missing"), str(one.missing), speech.share(one.missing, one.base)))
        yield speech.table(f"by.{one.of}", (f"by.{one.of}", "number", "share"), rows)


def _named(of: str, value: str, speech: Speech) -> str:
    """What a claim is for has a name in each language; other values are texts of the cases."""
    return speech.name("review.basis", value) if of == "basis" else value
