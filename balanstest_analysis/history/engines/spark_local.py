"""Spark on this machine: a session that is started here and listens to nobody else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from balanstest_analysis.errors import DossierError
from balanstest_analysis.history.key_file import SECRET_VARIABLE
from balanstest_analysis.history.stretching import kept_from_children

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OLDEST_JAVA = 17
_JAVA = "spark.driver.extraJavaOptions"
LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",  # a log of Spark can quote a cell
    # Nobody waits for an answer within the run, so the collector need not work beside it.
    _JAVA: "-XX:+UseParallelGC",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
}
_TURNED_BY = (
    "JDK_JAVA_OPTIONS",
    "PYSPARK_DRIVER_PYTHON",
    "PYSPARK_PYTHON",
    "PYSPARK_SUBMIT_ARGS",
    "SPARK_CONF_DIR",
    "SPARK_SUBMIT_OPTS",
)
_SILENT = """
appender.none.type = Null
appender.none.name = none
rootLogger.level = off
rootLogger.appenderRef.none.ref = none
"""


def local_session(folder: Path) -> SparkSession:
    """Return a session that is started here.

    Args:
        folder: private, for what it writes to disk.
    """
    from pyspark.sql import SparkSession  # noqa: PLC0415

    silent = folder / "log4j2.properties"
    silent.write_text(_SILENT, "utf-8")
    settings = {
        **LOCAL,
        "spark.local.dir": str(folder),
        "spark.driver.memory": _memory(),
        _JAVA: f"{LOCAL[_JAVA]} -Dlog4j2.configurationFile={silent.as_uri()}",
    }
    builder = SparkSession.builder.master("local[*]").appName("balanstest")
    for name, value in settings.items():
        builder = builder.config(name, value)
    with no_other_settings(folder), kept_from_children(SECRET_VARIABLE):
        return builder.getOrCreate()


@contextmanager
def no_other_settings(folder: Path) -> Iterator[None]:
    """Let a Spark that is started here find no settings or packages of a user, only ours.

    Args:
        folder: where Spark looks for settings instead.
    """
    before = dict(os.environ)
    for name in _TURNED_BY:
        os.environ.pop(name, None)
    os.environ |= {"SPARK_CONF_DIR": str(folder), "PYSPARK_PYTHON": sys.executable}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _memory() -> str:
    """Return half of the machine's memory, which Spark asks for when it starts."""
    return f"{max(1, psutil.virtual_memory().total // 2**31)}g"


def refuse_without_java() -> None:
    """Refuse a machine on which Spark cannot be started.

    Raises:
        DossierError: there is no Java, or too old a one.
    """
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    try:
        with kept_from_children(SECRET_VARIABLE):
            told = subprocess.run(
                [java or "java", "-version"], capture_output=True, text=True, check=True
            ).stderr
    except (OSError, subprocess.CalledProcessError):
        told = ""
    found = re.search(r'version "(\d+)', told)
    if found is None or int(found[1]) < OLDEST_JAVA:
        which = f"Java {found[1]} was found" if found else "no Java was found"
        raise DossierError(
            f"Spark needs Java {OLDEST_JAVA} or newer, and {which}. Install it, such as Debian's "
            "openjdk-17-jre-headless, or set JAVA_HOME."
        )
