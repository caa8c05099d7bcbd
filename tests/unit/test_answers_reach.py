"""Who may reach single people's answers: a list, so that a new name on it is somebody's decision."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

HOUSE: Final = Path(__file__).parents[2] / "assessment"
MAY: Final = frozenset(
    {
        # Write, send, release and publish.
        "workflows/alone/send.py",
        "workflows/apart/close.py",
        "workflows/release.py",
        "workflows/snapshots.py",
        # Reckons what was published again.
        "workflows/snapshot_audit.py",
        # How many have answered, never what.
        "workflows/alone/begin.py",
        "workflows/apart/so_far.py",
        # Who wrote them sees them again, or takes them back.
        "workflows/alone/code.py",
        # What people wrote for the service to read, from ten of them on.
        "workflows/apart/words.py",
        # They are deleted: with a round called off, an organisation that leaves, or because they are old.
        "workflows/apart/plan.py",
        "workflows/exits.py",
        "workflows/retention.py",
        # Made up.
        "workflows/demo.py",
        "workflows/demo_apart.py",
    }
)


def says_so(call: ast.Call) -> bool:
    """Whether a call passes ``answers`` as anything but a plain False."""
    given = [word.value for word in call.keywords if word.arg == "answers"]
    return any(not (isinstance(one, ast.Constant) and one.value is False) for one in given)


def reaches(path: Path) -> bool:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [
        one
        for one in calls
        if isinstance(one.func, ast.Name) and one.func.id in ("reading", "transaction", "as_one_view")
    ]
    return any(says_so(one) for one in named)


def knows_the_name(path: Path) -> bool:
    imported = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
    return any(one.name == "ANSWERS" for node in imported if node.module == "assessment.store.db" for one in node.names)


def test_answers_are_reached_from_these_modules_and_no_other() -> None:
    assert {str(path.relative_to(HOUSE)) for path in HOUSE.rglob("*.py") if reaches(path)} == MAY


def test_the_store_s_own_way_past_it_is_taken_by_the_backup_alone() -> None:
    """The name under which a connection says so is known where it is made, and where everything is copied."""
    known = {str(path.relative_to(HOUSE)) for path in HOUSE.rglob("*.py") if knows_the_name(path)}
    assert known == {"store/backup/target.py"}
