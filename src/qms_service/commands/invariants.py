"""`check --invariants`: the invariants that were named, what is wrong with them, and the proofs of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import attrs

from qms_service.authoring.lint import LintFinding
from qms_service.authoring.lint.read import findings_of
from qms_service.authoring.proof import Invariant, ProofReport, prove_rulebook
from qms_service.authoring.proof.fit import misfits
from qms_service.authoring.proof.read import found, read_file
from qms_service.errors import RulebookError
from qms_service.rulebooks import Rulebook
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.standing_in import load_with_stand_ins


@attrs.frozen(eq=False)
class InvariantFile:
    """The invariants of one file, with the lines of their paths."""

    name: str
    lines: Lines
    invariants: tuple[Invariant, ...]


def read_invariants(sources: Iterable[str]) -> tuple[list[InvariantFile], list[LintFinding]]:
    """The files that can be read, and what is wrong with the others.

    Raises:
        UnknownNameError: There is no such file.
    """
    files, wrong = list[InvariantFile](), list[LintFinding]()
    for source in sources:
        try:
            opened = found(source)
        except RulebookError as error:
            wrong += findings_of(error, source)
            continue
        for file in opened:
            name = str(Path(source) / file.name) if Path(source).is_dir() else source
            try:
                files.append(InvariantFile(name, Lines(file.text), read_file(file)))
            except RulebookError as error:
                wrong += findings_of(error, name)
    return files, wrong


def proofs(sources: Iterable[str], files: list[InvariantFile]) -> tuple[ProofReport, list[LintFinding]]:
    """The proofs of what fits all editions of a rulebook, and what does not fit; a rulebook with errors has none."""
    reports, wrong = list[ProofReport](), list[LintFinding]()
    for source in sources:
        with suppress(RulebookError):  # told by lint
            book = load_with_stand_ins(source)[0]
            fitting = list[Invariant]()
            for file in files:
                for one in file.invariants:
                    unfit = list(_unfit(book, file, one))
                    wrong += unfit
                    fitting += [] if unfit else [one]
            reports.append(prove_rulebook(book, fitting))
    return ProofReport.joined(reports), wrong


def _unfit(book: Rulebook, file: InvariantFile, one: Invariant) -> Iterator[LintFinding]:
    """Each name and value of an invariant that an edition does not have."""
    for procedure in book.editions:
        for problem in misfits(procedure, one, file.lines):
            yield LintFinding(
                code="invariant-unfit",
                severity="error",
                file=file.name,
                path=problem.path,
                line=problem.line or file.lines.of(f"invariants.{one.id}"),
                facts={"rulebook": book.id, "edition": procedure.edition, **problem.operands},
            )
