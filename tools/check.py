"""Before any work begins: is this machine ready? One sentence a fault, and an exit code that says so.

It runs on the machine's own Python, before there is an environment, and so needs nothing but that.
"""

import argparse
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

PYTHON = (3, 11)
NODE = 20
HIGHEST_PORT = 65535


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--programs", action="store_true", help="Python, Node and npm")
    asked.add_argument("--port", help="a port of this machine that must be free")
    asked.add_argument("--folder", type=Path, help="a folder that must be writable, or such that it can be made")
    given = asked.parse_args()
    faults = [*(programs() if given.programs else ())]
    faults += [fault] if given.port is not None and (fault := port(given.port)) else []
    faults += [fault] if given.folder is not None and (fault := folder(given.folder)) else []
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def programs():
    if sys.version_info < PYTHON:
        yield f"Same table needs Python {PYTHON[0]}.{PYTHON[1]} or newer; this is {sys.version.split()[0]}."
    if not shutil.which("npm") or node_version() < NODE:
        yield f"Same table needs Node {NODE} or newer with npm, to build the browser's files."


def node_version():
    """The first number of Node's version; 0 without a Node."""
    node = shutil.which("node")
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout if node else ""
    found = re.match(r"v(\d+)", said)
    return int(found[1]) if found else 0


def port(given):
    """A sentence if the app cannot be served at this port."""
    if not given.isascii() or not given.isdigit() or not 0 < int(given) <= HIGHEST_PORT:
        return f"PORT={given} is not a port: give a number from 1 to {HIGHEST_PORT}."
    with socket.socket() as one:
        # As gunicorn does: a port that was only just left is free.
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", int(given)))
        except PermissionError:
            return f"Port {given} needs more rights than yours. Choose another: make run PORT=8080"
        except OSError:
            another = int(given) % HIGHEST_PORT + 1
            return f"Port {given} is in use. Stop what runs there, or choose another: make run PORT={another}"
    return None


def folder(given):
    """A sentence if nothing can be written there. Trying is the only sure way: rights say nothing to root."""
    exists = next(one for one in (given, *given.absolute().parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=exists):
            return None
    except OSError as error:
        return (
            f"The folder {exists.resolve()} cannot be written to ({error.strerror}). Same table keeps its files there."
        )


if __name__ == "__main__":
    sys.exit(main())
