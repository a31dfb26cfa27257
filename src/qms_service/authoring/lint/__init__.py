"""Lint (规则册检查): what is wrong with a rulebook, before anybody works by it."""

from qms_service.authoring.lint.checks import lint
from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.report import LintReport

__all__ = ["LintFinding", "LintReport", "lint"]
