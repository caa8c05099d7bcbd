"""``python -m benchmarks.drive``: the client program, in a process of its own so that what it costs can be told.

One thread serves all clients, each with one request on its way and the next as soon as that is answered. It reads what
to do as JSON and prints what it measured as JSON, once at the end or for each stretch of time.
"""

from __future__ import annotations

import errno
import json
import resource
import select
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, Final
from uuid import uuid4

from benchmarks.journeys import Journey, Reply, Request, Unexpected, Visit, again_and_again, answer_alone, at_the_floor

PATIENCE_SECONDS: Final = 60.0
LONGEST_SLEEP: Final = 0.5
AT_ONCE: Final = 65536


@dataclass(eq=False, slots=True)
class Client:
    """One journey under way, and its request that waits for an answer."""

    journey: Journey
    request: Request = field(default_factory=lambda: Request("", b""))
    connection: socket.socket = field(default_factory=socket.socket)
    began: float = 0.0
    received: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Stretch:
    """What was measured since some moment."""

    began: float
    processor: float
    done: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)

    @classmethod
    def begun_now(cls) -> Stretch:
        return cls(time.monotonic(), time.process_time())

    def figures(self, at_once: int) -> Mapping[str, Any]:
        return {
            "seconds": time.monotonic() - self.began,
            "processor": time.process_time() - self.processor,
            "done": self.done,
            "at_once": at_once,
            "errors": self.errors,
            "kinds": {kind: _percentiles(sorted(found)) for kind, found in self.seconds.items()},
        }


def _percentiles(ordered: Sequence[float]) -> tuple[int, float, float, float]:
    return len(ordered), *(ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95, 0.99))


class Drive:
    """All clients at one server. Whoever has begun is let finish; nobody begins after ``ends``."""

    def __init__(self, port: int, journeys: Iterator[Journey], ends: float, clients: int, rate: float) -> None:
        self._port, self._journeys, self._ends = port, journeys, ends
        self._clients, self._rate, self._begun, self._start = clients, rate, 0, time.monotonic()
        self._poll = select.epoll()
        self._waiting: dict[int, Client] = {}
        self.stretch = Stretch.begun_now()

    def run(self, every: float) -> Iterator[Mapping[str, Any]]:
        """Figures for each stretch of ``every`` seconds (0: one for all) and for the last one."""
        looked = time.monotonic()
        self._begin_those_due()
        while self._waiting or time.monotonic() < self._ends:
            for place, _event in self._poll.poll(self._sleep()):
                self._go_on(place)
            self._begin_those_due()
            now = time.monotonic()
            if now - looked > 1:
                self._give_up(now - PATIENCE_SECONDS)
                looked = now
            if every and now - self.stretch.began >= every and now < self._ends:
                yield self._told()
        yield self._told()

    def _told(self) -> Mapping[str, Any]:
        told, self.stretch = self.stretch, Stretch.begun_now()
        return told.figures(len(self._waiting))

    def _sleep(self) -> float:
        """Until the next client is due to begin, where they come at a rate."""
        due = self._start + self._begun / self._rate - time.monotonic() if self._rate else LONGEST_SLEEP
        return min(max(due, 0.0), LONGEST_SLEEP)

    def _begin_those_due(self) -> None:
        """So many at once; or at a rate, however many are on their way."""
        now = time.monotonic()
        while now < self._ends and self._is_due(now):
            self._begun += 1
            client = Client(next(self._journeys))
            if request := next(client.journey, None):
                self._ask(client, request)

    def _is_due(self, now: float) -> bool:
        if self._rate:
            return now >= self._start + self._begun / self._rate
        return len(self._waiting) < self._clients

    def _ask(self, client: Client, request: Request) -> None:
        client.request, client.began, client.received = request, time.monotonic(), []
        client.connection = connection = socket.socket()
        connection.setblocking(False)
        self._waiting[connection.fileno()] = client
        code = connection.connect_ex(("127.0.0.1", self._port))
        if code not in (0, errno.EINPROGRESS):
            self._stop(client, errno.errorcode[code])
            return
        self._poll.register(connection.fileno(), select.EPOLLOUT)

    def _go_on(self, place: int) -> None:
        client = self._waiting[place]
        try:
            if client.request.content:
                client.connection.sendall(client.request.content)
                client.request = Request(client.request.kind, b"")
                self._poll.modify(place, select.EPOLLIN)
            elif some := client.connection.recv(AT_ONCE):
                client.received.append(some)
            else:
                self._answered(client)
        except OSError as fault:
            self._stop(client, type(fault).__name__)

    def _answered(self, client: Client) -> None:
        self.stretch.seconds.setdefault(client.request.kind, []).append(time.monotonic() - client.began)
        self._leave(client)
        try:
            self._ask(client, client.journey.send(Reply(b"".join(client.received))))
        except StopIteration:
            self.stretch.done += 1
        except Unexpected as fault:
            self.stretch.errors[str(fault)] += 1

    def _give_up(self, asked_before: float) -> None:
        for client in [one for one in self._waiting.values() if one.began < asked_before]:
            self._stop(client, f"no answer in {PATIENCE_SECONDS:.0f} s")

    def _stop(self, client: Client, why: str) -> None:
        self.stretch.errors[f"{client.request.kind}: {why}"] += 1
        self._leave(client)

    def _leave(self, client: Client) -> None:
        del self._waiting[client.connection.fileno()]
        client.connection.close()


def journeys(asked: Mapping[str, Any], ends: float) -> Iterator[Journey]:
    port = asked["port"]
    if asked["visits"]:
        for visit in cycle(asked["visits"]):
            yield again_and_again(port, Visit(**visit), ends)
    if asked["links"]:
        for secret in cycle(asked["links"]):
            yield answer_alone(port, secret)
    while True:
        yield at_the_floor(port, uuid4().hex, asked["size"], asked["pages"])


def main() -> None:
    asked = json.load(sys.stdin)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a connection for each client
    ends = time.monotonic() + asked["seconds"]
    drive = Drive(asked["port"], journeys(asked, ends), ends, asked["clients"], asked["rate"])
    for figures in drive.run(asked["every"]):
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
