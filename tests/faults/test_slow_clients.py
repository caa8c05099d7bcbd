"""Clients that send half a request and wait, or go away in the middle: others are served again by themselves."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

from tests.faults.crowd import crowd_at
from tests.faults.judge import judge
from tests.faults.site import Site

HALF = b"POST /come-back HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\nhalf"


def test_half_open_clients_hold_nobody_up_for_good(site_on: Callable[..., Site]) -> None:
    site = site_on()
    crowd = crowd_at(site, 2, 1)
    with crowd.answering():
        time.sleep(1)
        waiting = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(4)]
        for one in waiting:
            one.sendall(HALF)
        time.sleep(1)
        for one in waiting[:2]:
            one.close()
        site.wait()
        for one in waiting[2:]:
            one.close()
        time.sleep(1)
    assert judge(crowd.app, crowd.people).faults == []
