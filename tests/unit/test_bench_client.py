"""The program that measures counts what was done, and calls an error what is one."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from benchmarks.client import Driven, Load, drive
from benchmarks.journeys import SAVE, STATEMENT

PAGE: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage"
LEADS_ON: Final = b"HTTP/1.1 302 FOUND\r\nLocation: /4\r\nContent-Length: 0\r\n\r\n"
PAGES: Final = 5
CLIENTS: Final = 3


class Answers(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        method = self.rfile.readline().split()[0].decode()
        length = 0
        while (line := self.rfile.readline()) != b"\r\n":
            if line.startswith(b"Content-Length:"):
                length = int(line.split()[1])
        self.rfile.read(length)
        self.wfile.write(self.server.answers[method])


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 50

    def __init__(self, answers: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.answers = answers


@contextmanager
def answering(page: bytes = PAGE, save: bytes = LEADS_ON) -> Iterator[int]:
    with Server({"GET": page, "POST": save}) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def driven(port: int) -> Driven:
    """A moment of it: whoever begins comes to the end."""
    return drive(Load(port, size=4, pages=PAGES, clients=CLIENTS, seconds=0.2))


def test_all_who_begin_come_to_the_end_page_by_page() -> None:
    with answering() as port:
        found = driven(port)
    assert found.done >= CLIENTS
    assert not found.errors
    assert {kind: times.times for kind, times in found.kinds.items()} == {
        STATEMENT: found.done * PAGES,
        SAVE: found.done * PAGES,
    }


def test_another_status_is_an_error_and_no_questionnaire() -> None:
    with answering(save=b"HTTP/1.1 500 NO\r\nContent-Length: 0\r\n\r\n") as port:
        found = driven(port)
    assert found.done == 0
    assert list(found.errors) == [f"{SAVE}: status 500 instead of 302"]


def test_half_a_page_is_an_error() -> None:
    with answering(page=PAGE[:-1]) as port:
        found = driven(port)
    assert found.done == 0
    assert list(found.errors) == [f"{STATEMENT}: cut off"]


def test_no_answer_is_an_error() -> None:
    with answering(page=b"") as port:
        found = driven(port)
    assert list(found.errors) == [f"{STATEMENT}: closed without an answer"]


def test_nobody_there_is_an_error() -> None:
    with answering() as port:
        pass
    assert list(driven(port).errors) == [f"{STATEMENT}: ConnectionRefusedError"]


def test_at_a_rate_no_more_begin_than_are_due() -> None:
    with answering() as port:
        found = drive(Load(port, size=4, pages=PAGES, seconds=0.5, rate=20.0))
    assert 0 < found.done <= 10
    assert not found.errors
