"""A private PostgreSQL server for tests: its own folder, its own port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OWNER = "nobody"  # PostgreSQL refuses to be run by root
_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def program(name: str) -> str | None:
    """Return where a program of PostgreSQL is; Debian keeps them outside the path."""
    found = [str(place / name) for place in _PLACES if (place / name).exists()]
    return found[0] if found else shutil.which(name)


def missing_program() -> str | None:
    """Return the first program that a server needs and that is not there."""
    return next((name for name in ("initdb", "pg_ctl") if program(name) is None), None)


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Run a server in an empty folder, and yield its address for a user who may do everything."""
    data = folder / "data"
    if os.geteuid() == 0:
        owner = pwd.getpwnam(OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    _run("initdb", "-D", data, "-U", "keeper", "-A", "trust", "-E", "UTF8", "--no-sync")
    port = _started(data, folder)
    try:
        yield f"postgresql://keeper@127.0.0.1:{port}/postgres"
    finally:
        _run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def _started(data: Path, folder: Path) -> int:
    """Start the server at a port that is free, and return the port."""
    for last in (False, False, True):
        port = _free_port()
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        try:
            _run("pg_ctl", "-D", data, "-o", settings, "-l", folder / "log", "-w", "start")
        except subprocess.CalledProcessError:  # somebody took the port in the meantime
            if last:
                raise
        else:
            return port
    raise AssertionError("unreachable")


def _run(name: str, *arguments: Any) -> None:
    command = [str(program(name)), *map(str, arguments)]
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        owner = pwd.getpwnam(OWNER)
        who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **who
    )


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
