"""What an edition of a rulebook says beside its cases (调查、指标与定期义务): surveys, indicators, duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType

import attrs

from qms_service.deadlines.duties import Duty, DutyCalendar, duties_between
from qms_service.rulebooks.rules import Rules
from qms_service.satisfaction import (
    Complained,
    FollowUp,
    Indicator,
    Questionnaire,
    SurveyScore,
    Target,
    follow_ups,
)
from qms_service.worktime.term import OnUnknown


@attrs.frozen
class BesideCases:
    """What an edition says of surveys, indicators and duties: a `Procedure` is asked for it.

    Args:
        rules: The rules of the edition.
    """

    rules: Rules

    def questionnaire(self, survey: str) -> Questionnaire:
        """The questionnaire of a survey (调查表): its items, and how answers become a score.

        Raises:
            UnknownNameError: The rulebook has no such survey.

        >>> from datetime import date
        >>> import qms_service as qms
        >>> asked = qms.load_rulebook("pcb-maker").on(date(2026, 3, 2)).questionnaire("customer")
        >>> asked.full_marks, str(asked.clause)
        (Fraction(100, 1), 'pcb-maker 4.5.4')
        """
        return self.rules.survey(survey).questionnaire

    def targets(self, survey: str) -> Mapping[str, Target]:
        """What a survey has to reach (目标), by name, without targets whose figure is not set yet.

        Raises:
            UnknownNameError: The rulebook has no such survey.
        """
        return MappingProxyType(self.rules.survey(survey).targets)

    def follow_ups(
        self,
        score: SurveyScore,
        *,
        previous: SurveyScore | None = None,
        complaints: Iterable[Complained] = (),
        period: tuple[date, date] | None = None,
    ) -> tuple[FollowUp, ...]:
        """Who is dissatisfied with what, by the rules of the survey that was scored.

        Args:
            score: What the survey comes to; its questionnaire has the name of a survey of this rulebook.
            previous: What it came to the last time.
            complaints: Complaints of the customers.
            period: The days of the complaints that count, from the first to the one after the last; None: all.

        Raises:
            UnknownNameError: The rulebook has no survey of that name.
        """
        rules = self.rules.survey(score.survey.questionnaire.id).follow_ups
        return follow_ups(score, rules, previous=previous, complaints=complaints, period=period)

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """What the factory counts of its own service (内部指标), by name."""
        return MappingProxyType(self.rules.indicators)

    @property
    def duties(self) -> Mapping[str, Duty]:
        """What comes round again and again (定期义务), by name."""
        return MappingProxyType(self.rules.duties)

    def duties_between(
        self,
        start: date | datetime,
        end: date | datetime,
        *,
        objects: Mapping[str, object] | None = None,
        on_unknown: OnUnknown = "refuse",
    ) -> DutyCalendar:
        """What is due in [start, end) on the rulebook's calendar: every period exactly once.

        Args:
            start: The first date, or an aware instant.
            end: The date, or instant, that no longer belongs to it.
            objects: The objects of duties that are owed to each, by the fact that names them: `{"customer":
                ["ACME"]}`.
            on_unknown: Beyond what the calendar knows, `"refuse"` gives the state `unknown`, `"provisional"`
                answers by the weekly pattern.

        Raises:
            DutyError: The range or the objects cannot be read.
            NaiveInstantError: An instant has no zone.

        >>> from datetime import date
        >>> import qms_service as qms
        >>> rules = qms.load_rulebook("pcb-maker").on(date(2026, 3, 2))
        >>> found = rules.duties_between(date(2026, 1, 1), date(2026, 3, 1))
        >>> [(one.duty.id, one.due_on.isoformat()) for one in found]
        [('complaint-summary', '2026-01-31'), ('complaint-summary', '2026-02-28')]
        """
        duties = self.rules.duties.values()
        calendar = self.rules.calendar
        return duties_between(duties, start, end, calendar=calendar, objects=objects, on_unknown=on_unknown)
