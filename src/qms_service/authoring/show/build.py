"""Builds the document of an edition (成文): one value, for each of the forms in which it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from qms_service.authoring.show.clause_index import clause_index
from qms_service.authoring.show.clocks import clocks
from qms_service.authoring.show.document import Block, Document, Section
from qms_service.authoring.show.duties import duties
from qms_service.authoring.show.flow import flow_chart
from qms_service.authoring.show.front import departments, figures, numbers, signatures, title_block
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.authoring.show.quantities import quantities
from qms_service.authoring.show.raci import raci
from qms_service.authoring.show.steps import steps, subject
from qms_service.authoring.show.surveys import surveys
from qms_service.authoring.show.tables import tables
from qms_service.authoring.show.voice import MARK, Voice


@attrs.frozen(kw_only=True)
class Differing:
    """One rule in which an edition differs from its parent (偏差).

    Args:
        text: What differs, in the language of the document.
        clause: The clause that asks for it, where the rulebook names one.
        reason: Why, where the rulebook says so.
    """

    text: str
    clause: str = ""
    reason: str = ""


def build(voice: Voice, differing: Sequence[Differing] = ()) -> Document:
    """The document of an edition.

    Args:
        voice: The edition, and how it is said.
        differing: In what it differs from the rulebook that it extends.
    """
    rules = voice.rules
    document = Document(
        lang=voice.lang,
        title=voice.name(rules.title, rules.id),
        pin=voice.say("pin", id=rules.id, edition=rules.edition, digest=rules.digest[:12]),
        blocks=tuple(_blocks(voice, differing)),
    )
    if not any(MARK in text for text in document.texts()):
        return document
    note = voice.say("mark", mark=MARK)
    return attrs.evolve(document, blocks=(*document.blocks, note))


def _blocks(voice: Voice, differing: Sequence[Differing]) -> Iterator[Block]:
    yield title_block(voice)
    yield signatures(voice)
    if voice.rules.parent is not None:
        yield _differing(voice, differing)
    yield from departments(voice)
    yield from figures(voice)
    for kind in voice.kinds:
        yield _kind(KindVoice.of(voice, kind))
    yield from surveys(voice)
    yield from duties(voice)
    yield from numbers(voice)
    yield from clause_index(voice)


def _kind(voice: KindVoice) -> Section:
    title = voice.say("kind", case=voice.name(voice.kind.label, voice.kind.kind))
    flow = Section(title=voice.say("chart"), blocks=(voice.say("chart.legend"), flow_chart(voice)))
    blocks = (
        *subject(voice),
        flow,
        steps(voice),
        *raci(voice),
        *clocks(voice),
        *quantities(voice),
        *tables(voice),
    )
    return Section(title=title, blocks=blocks)


def _differing(voice: Voice, differing: Sequence[Differing]) -> Section:
    title = voice.say("differs")
    if not differing:
        return Section(title=title, blocks=(voice.say("differs.none"),))
    rows = tuple((str(place), one.text, one.clause, one.reason) for place, one in enumerate(differing, 1))
    table = voice.table(("number", "deviation", "clause", "reason"), rows, (6, 48, 16, 30))
    return Section(title=title, blocks=(table,))
