"""The web server that is really used, spoken to byte by byte: what a browser would never say, and what smugglers do."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from assessment.config import ROOT
from tests.house.postgresql import free_port

LONGEST_START: Final = 60
FORM: Final = "Content-Type: application/x-www-form-urlencoded"
HOST: Final = "Host: localhost"
SMUGGLED: Final = "GET /network/ HTTP/1.1\r\nHost: zq9host.example\r\n\r\n"
OF_THE_MACHINE: Final = re.compile(rb"Traceback|/assessment/|\.py\b|site-packages|sqlite", re.IGNORECASE)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A real installation, served as `make run` serves it."""
    folder, number = tmp_path_factory.mktemp("served"), free_port()
    environment = {"PATH": os.environ["PATH"], "INSTANCE": str(folder), "PORT": str(number), "ACCESS_LOG": "0"}
    prepare = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare", "--real"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True, capture_output=True)
    serve = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]
    with Path(folder / "log").open("w") as log:
        server = subprocess.Popen(serve, cwd=ROOT, env=environment, stderr=log)
    try:
        _wait_for(number)
        yield number
    finally:
        server.terminate()
        server.wait(LONGEST_START)
    assert "Traceback" not in (folder / "log").read_text()


def test_a_header_does_not_say_where_we_are(port: int) -> None:
    """Many times, so that whichever worker keeps parts of a page has been told, and may tell others."""
    rest = f"{HOST}\r\nConnection: close\r\n\r\n"
    for path in ("/help", "//zq9host.example/help") * 4:
        answer = say(port, f"GET {path} HTTP/1.1\r\nSCRIPT_NAME: //zq9host.example\r\n{rest}")
        assert answer.startswith(b"HTTP/1.1 ") and b"zq9host" not in answer
    for _worker in range(8):
        answer = say(port, f"GET /help HTTP/1.1\r\n{rest}")
        assert answer.startswith(b"HTTP/1.1 200") and b"zq9host" not in answer


def _wait_for(port: int) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        try:
            if say(port, f"GET /healthz HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200"):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def say(port: int, *lines: str | bytes) -> bytes:
    """Send this, say no more, and take everything that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            connection.sendall(b"".join(line if isinstance(line, bytes) else line.encode("latin-1") for line in lines))
            connection.shutdown(socket.SHUT_WR)
        except OSError:  # refused before all of it was sent
            pass
        return _all_of(connection)


def _all_of(connection: socket.socket) -> bytes:
    taken = b""
    try:
        while piece := connection.recv(65536):
            taken += piece
    except ConnectionResetError:  # the rest of what we sent was not wanted
        pass
    return taken


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else 0


def answers(said: bytes) -> int:
    return len(re.findall(rb"^HTTP/1\.[01] \d{3} ", said, re.MULTILINE))


ODD_REQUESTS: Final[tuple[str, ...]] = (
    "GET / HTTP/1.1\r\n\r\n",
    f"GET / HTTP/1.1\r\n{HOST}\r\n{HOST}\r\nConnection: close\r\n\r\n",
    f"GET / HTTP/1.1\r\n{HOST}\r\nHost: zq9host.example\r\nConnection: close\r\n\r\n",
    "GET http://zq9host.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "GET //zq9host.example/%2e%2e HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    f"GET / HTTP/9.9\r\n{HOST}\r\n\r\n",
    "GET /\r\n\r\n",
    f"GET /\x00 HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n",
    f"GET /\xff\xfe HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n",
    f"GET /network/?q=caf\xe9 HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n",
    f"GET /{'a' * 20_000} HTTP/1.1\r\n{HOST}\r\n\r\n",
    f"GET / HTTP/1.1\r\n{HOST}\r\nX-Long: {'a' * 70_000}\r\n\r\n",
    f"GET / HTTP/1.1\r\n{HOST}\r\n" + "".join(f"X-{n}: a\r\n" for n in range(500)) + "\r\n",
    f"GET / HTTP/1.1\r\n{HOST}\r\nBad Name: a\r\n\r\n",
    f"GET / HTTP/1.1\r\n{HOST}\r\nX-A: a\r\n folded\r\nConnection: close\r\n\r\n",
    f"GET / HTTP/1.1\r\n{HOST}\r\nX-A: a\x00b\r\n\r\n",
    f"GET / HTTP/1.1\r\n{HOST}\r\nCookie: same_table=\xff\xfe\r\nConnection: close\r\n\r\n",
    f"TRACE / HTTP/1.1\r\n{HOST}\r\nX-Secret: zq9secret\r\nConnection: close\r\n\r\n",
    f"CONNECT localhost:22 HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n",
    f"OPTIONS * HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n",
    f"get / HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n",
    f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nConnection: close\r\n\r\nlink=a",
    f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nContent-Length: -5\r\n\r\nlink=a",
    f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nContent-Length: 5, 6\r\n\r\nlink=a",
    f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nlink=a",
    f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nContent-Length: 0x10\r\n\r\nlink=a",
    f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nContent-Length: {'9' * 30}\r\n\r\nlink=a",
    f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nlink=a\r\n0\r\n\r\n",
    f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nlink=a\r\n0\r\n\r\n",
    f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nlink=a",
    f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nTransfer-Encoding: xchunked\r\n\r\n6\r\nlink=a\r\n0\r\n\r\n",
    f"PUT /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nContent-Length: 6\r\nConnection: close\r\n\r\nlink=a",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "\r\n\r\n\r\n",
)  # fmt: skip


@pytest.mark.parametrize("request_", ODD_REQUESTS, ids=range(len(ODD_REQUESTS)))
def test_an_odd_request_is_refused_or_answered_and_never_falls_over(port: int, request_: str) -> None:
    answer = say(port, request_)
    assert status(answer) < 500 or b"Unsupported transfer coding" in answer, answer[:300]
    assert b"zq9host" not in answer and b"zq9secret" not in answer and not OF_THE_MACHINE.search(answer)


def test_a_long_or_a_wrong_length_hides_no_second_request(port: int) -> None:
    """Of two lengths one is believed or neither is; what is left over is never answered as a request of its own."""
    body = f"0\r\n\r\n{SMUGGLED}"
    for headers in (
        f"Content-Length: {len(body)}\r\nTransfer-Encoding: chunked",
        f"Transfer-Encoding: chunked\r\nContent-Length: {len(body)}",
        f"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: {len(body)}",
        f"Transfer-Encoding : chunked\r\nContent-Length: {len(body)}",
        f"Transfer-Encoding: \x0bchunked\r\nContent-Length: {len(body)}",
        f"Transfer-Encoding: chunked, chunked\r\nContent-Length: {len(body)}",
        f"Content-Length: 4\r\nContent-Length: {len(body)}",
    ):
        said = say(port, f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\n{headers}\r\n\r\n{body}")
        assert answers(said) <= 1 or b"zq9host" not in said, (headers, said[:500])
        assert status(said) < 500 and b"401" not in said.split(b"\r\n", 1)[0], headers


def test_a_body_of_no_stated_length_is_refused_before_it_is_read(port: int) -> None:
    piece = "link=no+such+link"
    body = f"{len(piece):x}\r\n{piece}\r\n0\r\n\r\n"
    answer = say(port, f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nTransfer-Encoding: chunked\r\n\r\n{body}")
    assert status(answer) == 411 and b"We could not read what was sent" in answer


def test_ten_megabytes_are_refused_whether_or_not_they_say_so(port: int) -> None:
    ten = b"a" * 10 * 1024 * 1024
    head = f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nConnection: close\r\n"
    for answer in (
        say(port, f"{head}Content-Length: {len(ten)}\r\n\r\n", ten),
        say(port, f"{head}Transfer-Encoding: chunked\r\n\r\n{len(ten):x}\r\n", ten, "\r\n0\r\n\r\n"),
    ):
        # Refused while it was still being sent, a connection may also be cut; never is it taken in.
        assert status(answer) in (0, 411, 413), answer[:300]


def test_what_comes_slowly_or_breaks_off_takes_nobody_along(port: int) -> None:
    for _time in range(6):
        say(port, f"POST /back HTTP/1.1\r\n{HOST}\r\n{FORM}\r\nContent-Length: 1000\r\n\r\nlink=")
    assert status(say(port, f"GET / HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n")) == 200


def test_no_name_but_ours_is_answered(port: int) -> None:
    for name in ("zq9host.example", "localhost.zq9host.example", "localhost@zq9host.example", "zq9host.example:80", ""):
        answer = say(
            port, f"GET / HTTP/1.1\r\nHost: {name}\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n"
        )
        assert status(answer) == 400 and b"zq9host" not in answer, name


def test_files_are_those_of_the_folder_and_no_other(port: int) -> None:
    for path in (
        "/static/../wsgi.py",
        "/static/%2e%2e/%2e%2e/wsgi.py",
        "/static/..%2f..%2fwsgi.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/",
        "/static",
        "/static/.git/config",
        "/.git/config",
        "/instance/secret_key",
        "/static/..%5c..%5cwsgi.py",
    ):
        answer = say(port, f"GET {path} HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n")
        assert status(answer) in (400, 404), path


def test_the_server_does_not_say_what_it_is(port: int) -> None:
    answer = say(port, f"GET / HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n")
    head = answer.split(b"\r\n\r\n")[0].lower()
    assert not re.search(rb"server: gunicorn/\d|werkzeug|python", head), head
