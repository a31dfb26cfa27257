"""Shows a rulebook (规则册成文): its edition as a document, with what differs from the rulebook that it extends."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Final, Literal, get_args

import attrs

from qms_service.authoring.diff import from_parent
from qms_service.authoring.show import (
    Chart,
    Differing,
    Voice,
    build,
    flow_chart,
    html,
    markdown,
    mermaid,
    svg,
)
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.errors import EntryError, unknown_name
from qms_service.rulebooks import Procedure, Rulebook, shipped_rulebooks
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.standing_in import load_with_stand_ins
from qms_service.texts import Catalogue

Form = Literal["markdown", "html", "mermaid", "svg"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
Source = str | os.PathLike[str] | Rulebook | Procedure


def show(
    source: Source,
    *,
    lang: str = "en",
    form: Form = "markdown",
    edition: str | None = None,
    kind: str | None = None,
    catalogues: Mapping[str, Catalogue] | None = None,
) -> str:
    """A rulebook as a document to sign: flow chart, steps, RACI, clocks, tables, figures, numbers, clause index.

    Args:
        source: The id of a shipped rulebook, the path of a TOML file or of a folder of editions, a `Rulebook`,
            or one edition of it, a `Procedure`. Working calendars are named, and need not be supplied.
        lang: `"en"`, `"zh"`, or a key of `catalogues`. A name that the rulebook lacks in it is marked.
        form: `"markdown"`, with charts of Mermaid; `"html"`, one page that prints on A4, with charts as SVG
            (extra `show`; without it as lists of arrows); `"mermaid"` or `"svg"`, the flow chart alone.
        edition: Which edition of several; the newest where none is named.
        kind: One kind of case alone; a chart alone needs it where the rulebook has several.
        catalogues: Further languages, each a mapping of code to template.

    Raises:
        UnknownNameError: There is no such rulebook, edition or kind of case.
        RulebookError: The rulebook cannot be read.
        EntryError: The source is none of these, the form is unknown, or a chart's kind of case is not named.
        MissingExtraError: An SVG is asked for, and the extra `show` is not installed.

    >>> print(show("pcb-maker", lang="zh").splitlines()[0])
    # 客户服务控制程序
    >>> print(show("pcb-maker", form="mermaid", kind="complaint").splitlines()[1])
        n1(["Complaint received<br/>(Marketing)"])

    Limits: The system events that every rulebook has, such as corrections, are not among its steps.
    """
    if form not in FORMS:
        raise EntryError("show-form", got=repr(form), allowed=FORMS)
    voice = Voice(rules=_rules(source, edition), lang=lang, catalogues=catalogues, only=kind)
    if form in ("mermaid", "svg"):
        chart = _chart(voice)
        return mermaid(chart) if form == "mermaid" else svg(chart)
    document = build(voice, tuple(_differing(voice)))
    return markdown(document) if form == "markdown" else str(html(document))


def _rules(source: Source, edition: str | None) -> Rules:
    """The edition asked for; the newest where none is named."""
    if isinstance(source, Procedure):
        editions: tuple[Procedure, ...] = (source,)
    elif isinstance(source, Rulebook):
        editions = source.editions
    elif isinstance(source, str | os.PathLike):
        editions = load_with_stand_ins(source)[0].editions
    else:
        raise EntryError("rulebook-source", got=repr(source), allowed=shipped_rulebooks())
    if edition is None:
        return editions[-1].rules
    found = next((one for one in editions if one.edition == edition), None)
    if found is None:
        raise unknown_name("edition", edition, [one.edition for one in editions])
    return found.rules


def _chart(voice: Voice) -> Chart:
    kind, *more = voice.kinds
    if more:
        raise EntryError("show-kind", got=voice.rules.id, allowed=tuple(voice.rules.kinds))
    return flow_chart(KindVoice.of(voice, kind))


def _differing(voice: Voice) -> Iterator[Differing]:
    """What `diff` finds against the parent, its clause and reason apart."""
    for one in from_parent(voice.rules) or ():
        text = attrs.evolve(one, clause=None).text(voice.lang, voice.catalogues)
        yield Differing(text=text, clause=str(one.clause or ""), reason=one.reason)
