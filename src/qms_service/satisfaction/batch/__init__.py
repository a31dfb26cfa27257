"""Columns (整列计分): the totals of many responses, and the scores of groups of them, exact as the scalar has them.

What one response comes to is a fraction; all of a column stand over one denominator, in int64 where they fit and as
whole numbers of Python where not, so that nothing is rounded before the caller asks for it.
"""

from qms_service.errors import MissingExtraError

try:
    from qms_service.satisfaction.batch.answer_column import AnswerColumn, Worth
    from qms_service.satisfaction.batch.exact_column import ExactColumn
    from qms_service.satisfaction.batch.groups import (
        ALL,
        Apart,
        Chosen,
        GroupScores,
        Rows,
        group_scores,
        told_apart,
    )
    from qms_service.satisfaction.batch.totals import UNSCORED, Totals, totals_of
except ModuleNotFoundError as missing:
    raise MissingExtraError("missing-extra", what=__name__, package="numpy", extra="analysis") from missing

__all__ = [
    "ALL",
    "UNSCORED",
    "AnswerColumn",
    "Apart",
    "Chosen",
    "ExactColumn",
    "GroupScores",
    "Rows",
    "Totals",
    "Worth",
    "group_scores",
    "told_apart",
    "totals_of",
]
