"""An organisation's own sign-in: a real provider on this machine, and somebody who goes through its pages."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import requests

from tests.house.postgresql import free_port

SCRIPT: Final = Path(__file__).with_name("oidc_provider.mjs")
LONGEST_START: Final = 20
CLIENT: Final = "same-table"
SECRET: Final = "the secret that only the provider and we know"
FORM: Final = re.compile(r'<form[^>]*action="([^"]+)"')
PROMPT: Final = re.compile(r'name="prompt" value="(\w+)"')


@dataclass(frozen=True)
class RunningProvider:
    """A provider that runs, and the page of ours that it leads back to."""

    issuer: str
    back: str

    def go_through(self, address: str, name: str) -> str:
        """Sign in there under this name and agree; the address of ours that it leads back to."""
        with requests.Session() as browser:
            answer = browser.get(address, allow_redirects=False, timeout=10)
            for _step in range(12):
                if answer.is_redirect:
                    leads_to = requests.compat.urljoin(answer.url, answer.headers["Location"])  # type: ignore[attr-defined]
                    if leads_to.startswith(self.back):
                        return str(leads_to)
                    answer = browser.get(leads_to, allow_redirects=False, timeout=10)
                    continue
                form, prompt = FORM.search(answer.text), PROMPT.search(answer.text)
                assert form and prompt, answer.text[:500]
                typed = {"prompt": prompt[1], "login": name, "password": "any"}
                to = requests.compat.urljoin(answer.url, form[1])  # type: ignore[attr-defined]
                answer = browser.post(to, data=typed, allow_redirects=False, timeout=10)
        raise AssertionError("the provider never leads back")


@contextmanager
def running_provider(back: str, accounts: Mapping[str, Mapping[str, Any]]) -> Iterator[RunningProvider]:
    """A provider that knows these people, for as long as the block lasts."""
    port = free_port()
    given = {"port": port, "client": CLIENT, "secret": SECRET, "back": back, "accounts": accounts}
    issuer = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        ["node", str(SCRIPT), json.dumps(given)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(issuer)
        yield RunningProvider(issuer, back)
    finally:
        server.terminate()
        server.wait(LONGEST_START)


def _wait_for(issuer: str) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        try:
            if requests.get(f"{issuer}/.well-known/openid-configuration", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise RuntimeError(f"the provider was not ready after {LONGEST_START} s")
