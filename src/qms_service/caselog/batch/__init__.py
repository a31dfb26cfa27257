"""Cases of a log in columns (个案列): their clocks judged many at once, each as if judged alone."""

from qms_service.caselog.batch.judging import outcomes_in_columns

__all__ = ["outcomes_in_columns"]
