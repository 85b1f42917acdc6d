"""A private Spark Connect server for tests: on this machine only, and gone afterwards.

It comes with PySpark. It is set up as unlike what we need as it can be: what a session of ours does
not settle by itself, comes out wrong.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_CLASS = "org.apache.spark.sql.connect.service.SparkConnectServer"
_PATIENCE_SECONDS = 90
_SMALL_AND_QUICK = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.ui.showConsoleProgress": "false",
}
_UNLIKE_OURS = {
    "spark.sql.session.timeZone": "America/New_York",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.caseSensitive": "true",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.parser.escapedStringLiterals": "true",
    "spark.sql.parser.quotedRegexColumnNames": "true",
    "spark.sql.legacy.timeParserPolicy": "LEGACY",
}


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where a server is: the address of Spark Connect, and its own account of what it does."""

    address: str
    account: str


@contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """Run a server with an empty folder of its own, and yield where it is."""
    import pyspark

    port, page = _free_port(), _free_port()
    settings = {
        **_SMALL_AND_QUICK,
        **_UNLIKE_OURS,
        "spark.connect.grpc.binding.port": port,
        "spark.ui.port": page,
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": folder / "warehouse",
    }
    stated = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    home = Path(pyspark.__file__).parent
    submit = home / "bin" / "spark-submit"
    started = subprocess.Popen(
        [submit, "--master", "local[1]", "--class", _CLASS, *stated, "spark-internal"],
        env={**os.environ, "SPARK_HOME": str(home)},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port, started)
        yield Server(address=f"sc://127.0.0.1:{port}", account=f"http://127.0.0.1:{page}")
    finally:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def _wait_for(port: int, started: subprocess.Popen[bytes]) -> None:
    for _ in range(_PATIENCE_SECONDS * 10):
        assert started.poll() is None, "the server ended by itself"
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not come up")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
