"""What docs/security.md says is so: each test it names is there, each requirement is spoken of once."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
TEXT: Final = (ROOT / "docs" / "security.md").read_text()
NAMED: Final = sorted(set(re.findall(r"`((?:unit|integration|browser|attack)/[\w/]+\.py(?:::\w+)*)`", TEXT)))
# OWASP ASVS 5.0.0, levels 1 and 2: chapter.section and the numbers of its requirements.
REQUIREMENTS: Final = (ROOT / "tests" / "unit" / "asvs.txt").read_text().split()
RUNS_TEXT: Final = frozenset({"eval", "exec", "compile", "__import__", "render_template_string"})
STARTS_PROGRAMS: Final = frozenset({"subprocess", "pickle", "marshal", "shelve", "ctypes", "xml"})
OUR_OWN: Final = frozenset({("standalone.py", "xml.etree")})
"""A drawing of ours is read again to be kept as a file."""
WEAK: Final = frozenset({"md5", "sha1", "new"})


@pytest.mark.parametrize("named", NAMED)
def test_each_test_that_is_named_is_there(named: str) -> None:
    path, *names = named.split("::")
    body = ast.parse((ROOT / "tests" / path).read_text()).body
    for name in names:
        found = next((node for node in body if getattr(node, "name", "") == name), None)
        assert isinstance(found, ast.FunctionDef | ast.ClassDef), named
        body = found.body


def test_many_are_named() -> None:
    assert len(NAMED) > 80


def test_each_requirement_is_spoken_of_once() -> None:
    said = Counter(re.findall(r"\b\d{1,2}\.\d{1,2}\.\d{1,2}\b", _of_the_tables()))
    assert set(said) == set(REQUIREMENTS)
    assert {id for id, times in said.items() if times > 1} == set()


def _of_the_tables() -> str:
    """The first cell of each row and the start of each line of a list, where the requirements stand."""
    chapters = TEXT[TEXT.index("### V1 ") : TEXT.index("## Supply chain")]
    lines = [line for line in chapters.splitlines() if line.startswith(("| ", "- "))]
    return "\n".join(re.split(r"\||:", line.removeprefix("| "))[0] for line in lines)


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "assessment").rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text())


def test_nothing_in_the_app_runs_what_somebody_typed() -> None:
    found = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS_TEXT:
                found.append(f"{path}:{node.lineno} {node.func.id}")
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
                odd = [name for name in names if name.split(".")[0] in STARTS_PROGRAMS]
                found += [f"{path} imports {name}" for name in odd if (path.name, name) not in OUR_OWN]
            if _is_pattern_of_something(node):
                found.append(f"{path}:{node.lineno} makes a pattern")  # type: ignore[attr-defined]
    assert found == []


def _is_pattern_of_something(node: ast.AST) -> bool:
    """A pattern put together inside a function, where what somebody typed could come into it."""
    called = (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("compile", "sub", "match")
    )
    if not called or not isinstance(node.func.value, ast.Name) or node.func.value.id != "re" or not node.args:  # type: ignore[attr-defined]
        return False
    return not isinstance(node.args[0], ast.Constant)  # type: ignore[attr-defined]


def test_no_weak_hash_is_used() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id in ("hashlib", "random") and node.attr in (*WEAK, "choice", "randint", "random")
    ]
    assert found == []


def test_no_script_of_ours_writes_markup() -> None:
    writes = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
    odd = re.compile(writes + r"|localStorage|sessionStorage|postMessage")
    for path in sorted((ROOT / "static" / "src").glob("*.js")):
        text = path.read_text()
        if path.name == "find.js":  # the list of organisations, escaped by our own server
            text = text.replace("results.innerHTML = html;", "")
        assert not odd.search(text), path
