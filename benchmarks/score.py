"""flask score on a million rows of 36 answers: under 15 s and 150 MB, faults located all the same.

    .venv/bin/python benchmarks/score.py [ROWS]

Runs the command as an analyst would, in a process of its own, on four files: answers as people give
them, answers at random (few rows alike), every cell quoted, and one wrong cell in every ten-thousandth row.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEFINITION = ROOT / "questionnaires" / "co-production" / "1.0.en.yaml"
MOST_SECONDS, MOST_MEGABYTES = 15.0, 150.0


def columns() -> list[str]:
    sys.path.insert(0, str(ROOT))
    from assessment.questionnaire.loader import load_definition

    return [statement.id for statement in load_definition(DEFINITION.read_bytes(), str(DEFINITION)).statements]


def as_people_answer(chance: random.Random) -> list[str]:
    """Each row near its own level, with some other answers: as alike as real rows are."""
    level = min(4, max(0, round(chance.gauss(2, 1))))
    near = [str(min(4, max(0, level + step))) for step in (-1, 0, 0, 0, 1)] + ["dk", ""]
    return chance.choices(near, [9, 30, 30, 30, 9, 2, 2], k=36)


def at_random(chance: random.Random) -> list[str]:
    return chance.choices(["0", "1", "2", "3", "4", "na", "dk", "pns", ""], k=36)


def write(path: Path, rows: int, answers: Callable[[random.Random], list[str]], quoted: bool, faulty: bool) -> None:
    chance, names = random.Random(36), columns()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(",".join(names) + "\n")
        pool = [answers(chance) for _ in range(min(rows, 20_000))]
        for number, row in enumerate(islice_forever(pool, rows), 1):
            cells = [f'"{cell}"' for cell in row] if quoted else row
            cells = [*cells[:-1], "9"] if faulty and number % 10_000 == 0 else cells
            file.write(",".join(cells) + "\n")


def islice_forever(pool: list[list[str]], rows: int) -> Iterator[list[str]]:
    for number in range(rows):
        yield pool[number % len(pool)]


def measure(path: Path) -> tuple[float, float, int, int]:
    """Seconds, megabytes at the most, exit code, lines of faults."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "score", str(DEFINITION), str(path)]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = process.stdout, process.stderr
    assert out and err
    printed, faults = out.read(), err.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if bool(printed) == bool(process.returncode):
        sys.exit(faults)
    return time.perf_counter() - begun, usage.ru_maxrss / 1024, process.returncode, len(faults.splitlines())


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    files = {
        "as people answer": (as_people_answer, False, False),
        "at random": (at_random, False, False),
        "every cell quoted": (as_people_answer, True, False),
        "a fault in 10,000": (as_people_answer, False, True),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, (answers, quoted, faulty) in files.items():
            path = Path(folder) / "answers.csv"
            write(path, rows, answers, quoted, faulty)
            seconds, megabytes, code, faults = measure(path)
            within = seconds < MOST_SECONDS and megabytes < MOST_MEGABYTES
            print(
                f"{name:20} {rows:9,} rows {seconds:6.1f} s (goal {MOST_SECONDS:.0f}) {megabytes:6.0f} MB"
                f" (goal {MOST_MEGABYTES:.0f}) exit {code}, {faults} faults{'' if within else '  NOT WITHIN'}"
            )


if __name__ == "__main__":
    main()
