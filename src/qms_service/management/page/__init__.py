"""Page (评审页面): a review as it is read: its sections in a language, as HTML and as Markdown."""

from __future__ import annotations

from qms_service.management.page.cases import claim_section, complaint_section, flow_section, return_section
from qms_service.management.page.customers import indicator_section, satisfaction_section, target_section
from qms_service.management.page.duties import duty_section
from qms_service.management.page.html import html_of, part_of
from qms_service.management.page.markdown import markdown_of
from qms_service.management.page.section import Section
from qms_service.management.page.speech import Speech
from qms_service.management.page.work import action_section, lateness_section, limit_section
from qms_service.management.review import ManagementReview

__all__ = ["Section", "Speech", "html_page", "html_part", "markdown_page", "sections_of"]


def sections_of(review: ManagementReview, speech: Speech) -> tuple[Section, ...]:
    """The sections of the page, in their order."""
    made = (
        satisfaction_section, target_section, indicator_section, flow_section, complaint_section, return_section,
        claim_section, lateness_section, action_section, duty_section, limit_section,
    )  # fmt: skip
    return tuple(section(review, speech) for section in made)


def html_page(review: ManagementReview, speech: Speech) -> str:
    """The page in HTML."""
    return html_of(speech.say("title"), meta_of(review, speech), sections_of(review, speech), speech)


def html_part(review: ManagementReview, speech: Speech) -> str:
    """The page as a part of another, such as a notebook's."""
    return part_of(speech.say("title"), meta_of(review, speech), sections_of(review, speech), speech)


def markdown_page(review: ManagementReview, speech: Speech) -> str:
    """The page in Markdown."""
    return markdown_of(speech.say("title"), meta_of(review, speech), sections_of(review, speech))


def meta_of(review: ManagementReview, speech: Speech) -> tuple[str, ...]:
    """What the page is about: the period, the rules, the knowledge, and how figures are written."""
    period = review.period
    return (
        speech.say(
            "period", start=speech.moment(period.start), end=speech.moment(period.end), zone=period.zone
        ),
        speech.say("knowledge", now=speech.moment(review.now), cases=review.cases, rulebook=review.rulebook),
    )
