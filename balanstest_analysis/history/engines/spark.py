"""Spark as the engine: a session of this machine, one that is there already, or a cluster.

Spark reads Parquet and its own tables. Its session keeps to UTC, and a session of this machine
listens to nobody else.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.operations as ops
import ibis.expr.schema as schemas
import ibis.expr.types as ir
import pyarrow as pa

from balanstest_analysis.errors import BalanstestError, DataError, DossierError, RunError
from balanstest_analysis.history.engines.dialects import SparkRules
from balanstest_analysis.history.engines.spark_connect import (
    connection_error,
    is_remote,
    of_session,
    release,
    remote_session,
    session_beside,
)

SCHEME = "sc://"
OLDEST_JAVA = 17
_PREFIX = "balanstest_"
_LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",  # a log of Spark can quote a cell
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
}
_SILENT = """
appender.none.type = Null
appender.none.name = none
rootLogger.level = off
rootLogger.appenderRef.none.ref = none
"""
_SETTLED = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.timestampType": "TIMESTAMP_LTZ",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.parser.quotedRegexColumnNames": "false",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
}
_CONTENT = """
select concat(count(*), '-', coalesce(sum(cast(conv(
    substr(sha2(to_json(struct(*)), 256), 1, 15), 16, 10) as decimal(38, 0))), 0))
from {}
"""


def connect_spark(address: str, variable: str) -> Any:
    """Return a session of Spark: of a cluster, the one that is there, or one of this machine.

    Args:
        address: of Spark Connect, which is never shown; empty for a session here.
        variable: the environment variable that holds it, to be named.

    Raises:
        DossierError: Spark, or the Java that it needs, is not installed.
        DataError: the address cannot be reached.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError:
        raise DossierError(
            '`engine` is "spark", which is not installed. Install it with '
            "pip install 'balanstest-analysis[spark]'."
        ) from None
    for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
        logging.getLogger(name).disabled = True  # it would quote a cell
    own_folder = ""
    if address:
        session = remote_session(address, variable)
    elif (active := SparkSession.getActiveSession()) is not None:
        session = session_beside(active)
    else:
        _refuse_without_java()
        own_folder = tempfile.mkdtemp(prefix="balanstest-spark-")
        session = _started(SparkSession.builder, own_folder)
    connection = _settled(session)
    connection.compiler = SparkRules()
    connection.own_folder = own_folder
    connection.kept_views = []
    return connection


def _settled(session: Any) -> Any:
    """Return a connection with a session whose settings, of which some give other counts, are ours.

    Ibis sees to the time zone. What a cluster lets nobody set has its usual value.
    """
    try:
        connection = ibis.pyspark.from_connection(session)
    except _errors():
        if is_remote(session):
            release(session)
        raise
    with warnings.catch_warnings(action="ignore"):  # that a setting is an old one
        for name, value in _SETTLED.items():
            with suppress(*_errors()):
                session.conf.set(name, value)
    return connection


def _started(builder: Any, folder: str) -> Any:
    silent = Path(folder) / "log4j2.properties"
    silent.write_text(_SILENT, "utf-8")
    settings = {
        **_LOCAL,
        "spark.local.dir": folder,
        "spark.driver.memory": _memory(),
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={silent.as_uri()}",
    }
    builder = builder.master("local[*]").appName("balanstest")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _memory() -> str:
    """Return half of the machine's memory, which Spark asks for when it starts."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return "2g"
    return f"{max(1, whole // 2**31)}g"


def _refuse_without_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    try:
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


def open_parquet_files(connection: Any, files: Sequence[Path]) -> ir.Table:
    """Return Parquet files with the same columns as one table.

    Raises:
        DataError: a file is not Parquet, or Spark runs where the files are not.
    """
    paths = [re.sub(r"([*?\[\]{}\\])", r"\\\1", str(file.resolve())) for file in files]
    try:
        return _viewed(connection, connection._session.read.parquet(*paths))
    except Exception as error:
        if our_error(error) is None:
            raise
        if _class_of(error) == "PATH_NOT_FOUND":
            message = (
                f"`{files[0].name}` is not where this Spark runs. Give tables of its catalog, or "
                "stop its session, so that one of this machine is started."
            )
        else:
            message = f"`{files[0].name}` cannot be read as Parquet. Export it again."
        raise DataError(message) from None


def open_spark_table(connection: Any, table: str, name: str) -> ir.Table:
    """Return a table or view of Spark's catalog.

    Raises:
        DataError: there is none by this name.
    """
    try:
        rows = connection._session.table(table)
        return _viewed(connection, rows)
    except _errors():
        raise DataError(
            f"`[data.{name}]`: `table` is {table!r}, which is no table or view that this session "
            "of Spark can read. Correct it, such as crm.calls."
        ) from None


def _viewed(connection: Any, rows: Any) -> ir.Table:
    """Return rows as a table; moments that Spark keeps as instants are aware, others naive."""
    from pyspark.sql.types import TimestampType  # noqa: PLC0415

    name = f"{_PREFIX}{len(connection.kept_views)}"
    aware = {
        field.name for field in rows.schema.fields if isinstance(field.dataType, TimestampType)
    }
    rows.createOrReplaceTempView(name)
    connection.kept_views.append(name)
    kinds = connection.get_schema(name).items()
    utc = dtypes.Timestamp(timezone="UTC", scale=6)
    schema = schemas.Schema({column: utc if column in aware else kind for column, kind in kinds})
    return _table(connection, name, schema)


def _table(connection: Any, name: str, schema: Any) -> ir.Table:
    return ops.DatabaseTable(
        name, schema=schema, source=connection, namespace=ops.Namespace()
    ).to_expr()


def keep_rows(connection: Any, name: str, expression: ir.Table) -> ir.Table:
    """Return the rows of an expression, computed once and kept by the executors.

    Args:
        connection: from `connect_spark`.
        name: what they are called, after a prefix.
        expression: its rows.
    """
    session = connection._session
    rows = session.sql(connection.compile(expression)).localCheckpoint(eager=True)
    of_session(session, rows).createOrReplaceTempView(f"{_PREFIX}{name}")
    connection.kept_views.append(f"{_PREFIX}{name}")
    return _table(connection, f"{_PREFIX}{name}", expression.schema())


def put_rows(connection: Any, name: str, rows: pa.Table) -> ir.Table:
    """Return a small table of Python's memory as one that the session knows."""
    view = f"{_PREFIX}{name}"
    connection._session.createDataFrame(rows).createOrReplaceTempView(view)
    connection.kept_views.append(view)
    return _table(connection, view, schemas.Schema.from_pyarrow(rows.schema))


def arrow(connection: Any, expression: ir.Table) -> pa.Table:
    """Return a small result."""
    found = connection._session.sql(connection.compile(expression)).toArrow()
    return found.cast(expression.schema().to_pyarrow())


def content_of(connection: Any, kept: ir.Table) -> str:
    """Return a text that tells the rows of a kept table from any others, whatever their order."""
    found = connection._session.sql(_CONTENT.format(kept.op().name)).toArrow()
    return str(found.column(0)[0].as_py())


def close(connection: Any) -> None:
    """Let go of the rows, and of the session where it was started here."""
    if is_remote(connection._session):
        release(connection._session)
        return
    for name in connection.kept_views:
        connection._session.catalog.dropTempView(name)
    if connection.own_folder:
        connection._session.stop()
        shutil.rmtree(connection.own_folder, ignore_errors=True)


def _errors() -> tuple[type[Exception], ...]:
    from pyspark.errors import PySparkException  # noqa: PLC0415

    return (PySparkException,)


def _class_of(error: Exception) -> str:
    """Return the name that Spark gives a kind of error; it quotes nothing."""
    ask = getattr(error, "getCondition", None)
    return str((ask and ask()) or "")


def our_error(error: Exception) -> BalanstestError | None:
    """Return an error of Spark in our words, or None where it is not one of its own.

    Spark's own message can quote a cell, so it is dropped.
    """
    if not type(error).__module__.startswith(("pyspark", "py4j", "grpc")):
        return None
    if "OutOfMemory" in str(error):
        return RunError(
            "The history does not fit in Spark's memory. Give it more (spark.driver.memory, or "
            "the executors of the cluster)."
        )
    name = _class_of(error)
    if (known := connection_error(error, name)) is not None:
        return known
    return RunError(
        f"Spark could not compute the exposure{f' ({name})' if name else ''}. See whether the "
        "session still runs; else this is a defect of this tool. Report it."
    )
