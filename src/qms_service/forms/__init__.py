"""Forms (表单): the sheets that a procedure asks for, filled from what is on record."""

from qms_service.forms.filled import FilledField, FilledForm, FilledRow, FilledSection
from qms_service.forms.form import Form, Forms
from qms_service.forms.load import load_forms, shipped_forms

__all__ = [
    "FilledField",
    "FilledForm",
    "FilledRow",
    "FilledSection",
    "Form",
    "Forms",
    "load_forms",
    "shipped_forms",
]
