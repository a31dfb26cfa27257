"""Sheet (检查对象): one edition as the checks read it: its rules, its file, and what can ever be recorded."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from qms_service.authoring.lint.finding import LintFinding, Severity
from qms_service.authoring.lint.reach import recordable
from qms_service.clauses import ClauseRef
from qms_service.facts import NO_FACTS
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.rules import Rules


@attrs.frozen(kw_only=True, eq=False)
class Sheet:
    """One edition under check.

    Args:
        file: The name of its file, or rulebook and edition where no file was read.
        rules: Its rules.
        lines: The lines of its paths; None without a file.
        recordable: For each kind of case the events that can ever be recorded.
    """

    file: str
    rules: Rules
    lines: Lines | None = None
    recordable: Mapping[str, frozenset[str]] = attrs.field(init=False)

    @recordable.default
    def _by_kind(self) -> Mapping[str, frozenset[str]]:
        return {name: recordable(kind) for name, kind in self.rules.kinds.items()}

    def find(
        self,
        severity: Severity,
        code: str,
        path: str,
        *,
        clause: ClauseRef | None = None,
        witness: Mapping[str, object] = NO_FACTS,
        **facts: object,
    ) -> LintFinding:
        """A finding at a path of this edition, with its line."""
        return LintFinding(
            code=code,
            severity=severity,
            file=self.file,
            path=path,
            line=self.lines.of(path) if self.lines else None,
            clause=clause,
            facts=facts,
            witness=witness,
        )
