"""The author's tools: check, compare and show a rulebook (规则册编写工具)."""
