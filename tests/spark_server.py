"""A private Spark Connect server for tests: on this machine only, and gone afterwards.

It comes with PySpark. It is set up as unlike what we need as it can be: what a session of ours does
not settle by itself, comes out wrong.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_CLASS = "org.apache.spark.sql.connect.service.SparkConnectServer"
_PATIENCE_SECONDS = 90
# A port that was free a second ago may be taken when Spark asks for it, and Spark then takes
# another without a word: it chooses, and its log tells.
_STARTED = r"Successfully started service '{}' on port (\d+)\."
_CONNECT = _STARTED.format("org.apache.spark.sql.connect.service.SparkConnectService")
_PAGE = _STARTED.format("SparkUI")
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

    settings = {
        **_SMALL_AND_QUICK,
        **_UNLIKE_OURS,
        "spark.connect.grpc.binding.port": 0,
        "spark.ui.port": 0,
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": folder / "warehouse",
    }
    stated = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    home = Path(pyspark.__file__).parent
    submit = home / "bin" / "spark-submit"
    log = folder / "log"
    with log.open("wb") as written:
        started = subprocess.Popen(
            [submit, "--master", "local[1]", "--class", _CLASS, *stated, "spark-internal"],
            env={**os.environ, "SPARK_HOME": str(home)},
            cwd=folder,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        port, page = _port(_CONNECT, log, started), _port(_PAGE, log, started)
        yield Server(address=f"sc://127.0.0.1:{port}", account=f"http://127.0.0.1:{page}")
    finally:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def _port(service: str, log: Path, started: subprocess.Popen[bytes]) -> int:
    """Wait until a service of the server is up, and return its port."""
    for _ in range(_PATIENCE_SECONDS * 10):
        told = log.read_text("utf-8", errors="replace")
        if found := re.search(service, told):
            return int(found[1])
        assert started.poll() is None, f"the server ended by itself:\n{told[-2000:]}"
        time.sleep(0.1)
    raise TimeoutError(f"the server did not come up:\n{log.read_text('utf-8')[-2000:]}")
