"""Reading (读取回答): the answers of a survey from CSV files and Excel workbooks, and templates to write them in."""

from qms_service.satisfaction.reading.answer_sheet import AnswerSheet, RejectedRow
from qms_service.satisfaction.reading.read import read_answers
from qms_service.satisfaction.reading.template import write_template

__all__ = ["AnswerSheet", "RejectedRow", "read_answers", "write_template"]
