"""How the app is served: on this machine only, unless BIND says otherwise. In front of the world stands a proxy."""

import gc
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

# As config.py has it.
FORMAT = os.environ.get("LOG_FORMAT") or ("json" if os.environ.get("ENVIRONMENT") == "production" else "text")
JSON = FORMAT == "json"
COUNTS = "PROMETHEUS_MULTIPROC_DIR"
LINK = re.compile(r"(/(?:link|sign-in|stop)/)[^?\"]+")


class DiscreetLogger(Logger):  # type: ignore[misc]
    """Writes down who asked for what, but never the secret of a private link."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        if JSON:
            # Only now: while these settings are read the app's folder is not yet where modules are looked for.
            from assessment.logs import AsJson

            for handler in self.error_log.handlers:
                handler.setFormatter(AsJson())

    def atoms(self, resp: Any, req: Any, environ: Mapping[str, Any], request_time: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return {name: without_secret(value) if isinstance(value, str) else value for name, value in atoms.items()}


def without_secret(line: str) -> str:
    return LINK.sub(r"\1...", line)


# Only in a container is anything else meant: there nobody but the proxy reaches it.
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WORKERS", "2"))
# Sync workers: threads cost half the throughput on two processors.
worker_class = "sync"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  (memory, so a slow disk kills no worker)
preload_app = True
control_socket_disable = True
# Nobody says by a header under what path we are: it would stand in every link.
forwarder_headers = ""
logger_class = DiscreetLogger
# In JSON the app itself writes a line for each request, with its id.
accesslog = "-" if os.environ.get("ACCESS_LOG", "1") != "0" and not JSON else None
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning")

if os.environ.get("METRICS_TOKEN") and COUNTS not in os.environ:
    # Where all workers count, anew at each start. Before the library is loaded, which looks for it once.
    os.environ[COUNTS] = tempfile.mkdtemp(prefix="same-table-counts-", dir=worker_tmp_dir)


def when_ready(_server: Any) -> None:
    """What is loaded by now stays: no worker looks through it for what is left over, or copies it by doing so."""
    gc.collect()
    gc.freeze()


def child_exit(_server: Any, worker: Any) -> None:
    if COUNTS in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    if COUNTS in os.environ:
        shutil.rmtree(os.environ[COUNTS], ignore_errors=True)
