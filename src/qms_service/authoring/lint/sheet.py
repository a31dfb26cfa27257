"""Sheet (检查对象): one edition as the checks read it: its rules, its file, and what can ever be recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from qms_service.authoring.lint.finding import LintFinding, Severity
from qms_service.authoring.lint.reach import Reach, recordable
from qms_service.clauses import ClauseRef
from qms_service.facts import NO_FACTS
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.origin import origin_at
from qms_service.rulebooks.rules import Rules

_WRITTEN: Final = {"own": "", "added": "add.", "replaced": "replace.", "set": "set."}  # before a rule's path


@attrs.frozen(kw_only=True, eq=False)
class Sheet:
    """One edition under check.

    Args:
        file: The name of its file, or rulebook and edition where no file was read.
        rules: Its rules.
        lines: The lines of its paths; None without a file.
        reach: For each kind of case the events that can ever be recorded.
    """

    file: str
    rules: Rules
    lines: Lines | None = None
    reach: Mapping[str, Reach] = attrs.field(init=False)

    @reach.default
    def _by_kind(self) -> Mapping[str, Reach]:
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
            line=self._line(path),
            clause=clause,
            facts=facts,
            witness=witness,
        )

    def _line(self, path: str) -> int | None:
        """Where the file itself writes what stands at a path; None where it is the parent's."""
        origin = origin_at(self.rules.provenance, path)
        how = origin.how if origin else "own"
        if self.lines is None or how not in _WRITTEN:
            return None
        place = path.removeprefix("params.") if how == "set" else path
        return self.lines.of(_WRITTEN[how] + place)
