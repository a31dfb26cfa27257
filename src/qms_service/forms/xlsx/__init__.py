"""Forms as Excel workbooks (Excel 表单): laid out like a factory's own sheet, or written into its template.

The one place that knows openpyxl.
"""

from __future__ import annotations

from importlib.util import find_spec

from qms_service.errors import MissingExtraError

if find_spec("openpyxl") is None:
    raise MissingExtraError("missing-extra", what=__name__, package="openpyxl", extra="forms")

from qms_service.forms.xlsx.write import write_xlsx

__all__ = ["write_xlsx"]
