"""Whatever the audit trail may say has its sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from assessment.pages.deeds import DEEDS

WORKFLOWS: Final = Path(__file__).parents[2] / "assessment" / "workflows"
SAYS: Final = {"Deed": 0, "deed": 0, "note": 2}


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))


def said(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS:
            yield from literals(node.args[SAYS[node.func.id]])
        named = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        if named and node.targets[0].id in ("what", "REMINDED"):  # type: ignore[attr-defined]
            yield from literals(node.value)  # type: ignore[attr-defined]


def test_every_deed_that_a_workflow_notes_has_a_sentence() -> None:
    found = {text for path in WORKFLOWS.rglob("*.py") for text in said(ast.parse(path.read_text()))}
    assert len(found) > 40
    assert found - set(DEEDS) == set()
