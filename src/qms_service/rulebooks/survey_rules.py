"""SurveyRules (满意度调查规则): what a rulebook says of one survey: its questionnaire, targets and follow-ups."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from qms_service.satisfaction import Blend, FollowUpRule, Questionnaire, Target


@attrs.frozen(kw_only=True, eq=False)
class SurveyRules:
    """The rules of one survey.

    Args:
        questionnaire: Its items, and how answers become the score of a customer.
        targets: What its score has to reach, by name.
        follow_ups: Which dissatisfaction opens a case.
        blend: How it is made one figure with indicators; None where they stay apart.
    """

    questionnaire: Questionnaire
    targets: Mapping[str, Target]
    follow_ups: tuple[FollowUpRule, ...] = ()
    blend: Blend | None = None
