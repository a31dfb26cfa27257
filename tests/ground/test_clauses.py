"""Clauses are text: 5.10 is not 5.1."""

from __future__ import annotations

from typing import Any

import pytest

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.deadlines import Clock
from qms_service.errors import ClauseError
from qms_service.findings import Finding


@pytest.mark.parametrize("got", [5.10, 5, [], object(), True, b"5.1"])
def test_a_clause_that_is_no_text_is_refused_wherever_it_stands(got: Any) -> None:  # noqa: ANN401  # junk
    for made in (
        lambda: clause_ref(got),
        lambda: ClauseRef(got),
        lambda: ClauseRef("5.10", document=got),
        lambda: ClauseRef("5.10", edition=got),
        lambda: Clock("plan", start="a", stop="b", within="2 d", clause=got),
        lambda: Finding(code="late", severity="warning", subject="plan", clause=got),
    ):
        with pytest.raises(ClauseError) as refused:
            made()
        assert 'such as "5.10"' in str(refused.value)
        assert "5.10" in refused.value.text("zh")
        assert isinstance(refused.value, ValueError)


def test_a_number_a_reference_and_nothing_are_clauses() -> None:
    assert clause_ref("5.10") == ClauseRef("5.10")
    assert clause_ref(ClauseRef("5.2", document="dealer")) == ClauseRef("5.2", document="dealer")
    assert clause_ref(None) is None
