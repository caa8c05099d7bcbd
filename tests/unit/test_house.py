"""The house keeps its own rules: small modules, pure rooms, one order."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
HOUSE: Final = ROOT / "assessment"
PURE: Final = ("questionnaire", "scoring", "disclosure", "charts")
MODULES: Final = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
LONGEST_MODULE: Final = 400
LONGEST_FUNCTION: Final = 40
ROOMS_OF_PLUMBING: Final = frozenset({"flask", "sqlalchemy", "flask_babel", "pydantic", "wtforms", "werkzeug", "os"})
CLOCKS: Final = frozenset({"now", "utcnow", "today", "time", "monotonic", "perf_counter"})
VAGUE: Final = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "base"})
STORE_S_OWN: Final = frozenset({"sqlalchemy", "alembic", "flask_sqlalchemy"})


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imports(tree: ast.Module) -> Iterator[str]:
    """The first word of everything a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name.split(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


pure = pytest.mark.parametrize(
    "path", [path for path in MODULES if path.relative_to(HOUSE).parts[0] in PURE], ids=named
)


@pure
def test_a_pure_room_knows_no_plumbing(path: Path) -> None:
    assert not set(imports(parsed(path))) & ROOMS_OF_PLUMBING


@pure
def test_a_pure_room_has_no_clock(path: Path) -> None:
    calls = [node.func for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    assert not [call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in CLOCKS]


def test_a_pure_room_loads_alone() -> None:
    assert (HOUSE / "__init__.py").read_text() == ""


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_can_be_read_at_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_function_does_one_thing(path: Path) -> None:
    functions = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef)]
    assert not [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text()
    assert not text or ast.get_docstring(parsed(path))
    assert path.stem not in VAGUE


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_only_the_store_knows_sqlalchemy(path: Path) -> None:
    if path.relative_to(HOUSE).parts[0] != "store":
        assert not set(imports(parsed(path))) & STORE_S_OWN


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_look_at_a_page_s_head_is_no_press_of_its_button(path: Path) -> None:
    """HEAD goes the way of GET: whatever is not GET would else be taken for POST."""
    assert 'method == "GET"' not in path.read_text()


def test_no_lock_file_names_an_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-audit.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text and "--hash=sha256:" in text
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
