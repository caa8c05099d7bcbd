"""Ask the public lists of known weaknesses about every package in the locks, of what runs, tests and is built.

Ends with 1 where a weakness is known, and with 2 where a list could not be asked, which is no pass.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PIP_AUDIT: Final = ROOT / ".venv-audit" / "bin" / "pip-audit"
LOCKS: Final = ("requirements.txt", "requirements-dev.txt", "requirements-audit.txt")
NPM: Final = ("npm", "audit", "--package-lock-only", "--audit-level=low")
# What pip-audit and npm say when nobody answers, in place of a list of weaknesses.
NOBODY: Final = (
    "ConnectionError",
    "Max retries exceeded",
    "ServiceError",
    "Name or service not known",
    "ECONN",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "ENOAUDIT",
    "could not be audited",
    "audit endpoint returned an error",
    "ProxyError",
    "timed out",
)


def main() -> int:
    found = [ask(name, [str(PIP_AUDIT), *_of(name)]) for name in LOCKS]
    found.append(ask("package-lock.json", list(NPM)))
    return 1 if 1 in found else max(found)


def _of(lock: str) -> list[str]:
    return ["--require-hashes", "--disable-pip", "--progress-spinner=off", "--requirement", str(ROOT / lock)]


def ask(name: str, command: list[str]) -> int:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    # A package that the list does not know was not looked at either, though pip-audit ends well.
    not_asked = [line for line in said.splitlines() if any(one in line for one in NOBODY)]
    if done.returncode and not not_asked:
        print(f"{name}: known weaknesses\n{said}")
        return 1
    if not_asked:
        print(f"{name}: NOT LOOKED AT, {len(not_asked)} times the list did not answer: {not_asked[0].strip()[:160]}")
        return 2
    print(f"{name}: no known weakness")
    return 0


if __name__ == "__main__":
    sys.exit(main())
