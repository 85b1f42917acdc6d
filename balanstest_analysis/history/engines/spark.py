"""Spark as the engine: a session of this machine, one that is there already, or a cluster.

Spark reads Parquet and its own tables. Its session keeps to UTC.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import available_timezones

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.operations as ops
import ibis.expr.schema as schemas
import ibis.expr.types as ir
import pyarrow as pa

from balanstest_analysis.errors import DataError, DossierError
from balanstest_analysis.history.engines.engine import Answer, Ready
from balanstest_analysis.history.engines.extras import adding
from balanstest_analysis.history.engines.spark_connect import (
    is_remote,
    of_session,
    release,
    remote_session,
    session_beside,
)
from balanstest_analysis.history.engines.spark_dialect import SparkRules
from balanstest_analysis.history.engines.spark_errors import (
    class_of,
    in_our_words,
    of_spark,
    our_error,
)
from balanstest_analysis.history.engines.spark_local import local_session, refuse_without_java
from balanstest_analysis.history.engines.spark_settings import (
    CUSTOMER,
    as_planned,
    by_customer,
    divide,
    settle,
)
from balanstest_analysis.history.files.headers import Header
from balanstest_analysis.history.files.input_files import is_parquet

if TYPE_CHECKING:
    from ibis.backends.pyspark import Backend as SparkBackend
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.connect.session import SparkSession as RemoteSession

_PREFIX = "balanstest_"
# Calls that were sent to the place of their campaign would be in as few places.
_SMALL = 100_000
_CONTENT = """
select concat(count(*), '-', coalesce(sum(cast(conv(
    substr(sha2(to_json(struct(*)), 256), 1, 15), 16, 10) as decimal(38, 0))), 0))
from {}
"""


def refuse_other_than_parquet(file: Path) -> None:
    """Refuse text and workbooks: what is found out about them is found out by DuckDB.

    Raises:
        DataError: the file is not Parquet.
    """
    if not is_parquet(file):
        raise DataError(
            f"`{file.name}`: Spark reads Parquet and tables here. Store it as Parquet, or "
            'leave out engine = "spark".'
        )


class SparkEngine:
    """A session of Spark: of a cluster, beside one that is there, or of this machine.

    Args:
        session: ours alone.
        own_folder: of a Spark that was started here, to end with it.
    """

    has_row_order: ClassVar[bool] = False

    @in_our_words()
    def __init__(
        self, session: SparkSession | RemoteSession, own_folder: Path | None = None
    ) -> None:
        self._session, self._own_folder = session, own_folder
        self._kept_views: list[str] = []
        self._kept_together: set[str] = set()
        self._backend = _settled(session)
        self._backend.compiler = SparkRules()

    @classmethod
    @in_our_words()
    def connect(cls, address: str, variable: str) -> SparkEngine:
        """Return one with a session of a cluster, beside the one that is there, or started here.

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
                f'`engine` is "spark", which is not installed. Install it with `{adding("spark")}`.'
            ) from None
        for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
            logging.getLogger(name).disabled = True  # it would quote a cell
        if address:
            return cls(remote_session(address, variable))
        if (active := SparkSession.getActiveSession()) is not None:
            return cls(session_beside(active))
        refuse_without_java()
        folder = Path(tempfile.mkdtemp(prefix="balanstest-spark-"))
        return cls(local_session(folder), folder)

    @in_our_words()
    def open_files(
        self, files: Sequence[Path], header: Header | None = None, needed: Collection[int] = ()
    ) -> ir.Table:
        """Return Parquet files with the same columns as one table.

        Raises:
            DataError: a file is not Parquet, or Spark runs where the files are not.
        """
        refuse_other_than_parquet(files[0])
        paths = [re.sub(r"([*?\[\]{}\\])", r"\\\1", str(file.resolve())) for file in files]
        try:
            return self._viewed(self._session.read.parquet(*paths))
        except Exception as error:
            if our_error(error) is None:
                raise
            if class_of(error) == "PATH_NOT_FOUND":
                message = (
                    f"`{files[0].name}` is not where this Spark runs. Give tables of its catalog, "
                    "or stop its session, so that one of this machine is started."
                )
            else:
                message = f"`{files[0].name}` cannot be read as Parquet. Export it again."
            raise DataError(message) from None

    @in_our_words()
    def open_table(self, table: str, name: str) -> ir.Table:
        """Return a table or view of Spark's catalog.

        Raises:
            DataError: there is none by this name.
        """
        try:
            return self._viewed(self._session.table(table))
        except of_spark():
            raise DataError(
                f"`[data.{name}]`: `table` is {table!r}, which is no table or view that this "
                "session of Spark can read. Correct it, such as crm.calls."
            ) from None

    def _viewed(self, rows: DataFrame) -> ir.Table:
        """Return rows as a table; moments that Spark keeps as instants are aware, others naive."""
        from pyspark.sql.types import TimestampType  # noqa: PLC0415

        name = f"{_PREFIX}{len(self._kept_views)}"
        aware = {
            field.name for field in rows.schema.fields if isinstance(field.dataType, TimestampType)
        }
        self._show(rows, name)
        kinds = self._backend.get_schema(name).items()
        utc = dtypes.Timestamp(timezone="UTC", scale=6)
        columns = {column: utc if column in aware else kind for column, kind in kinds}
        return self._table(name, schemas.Schema(columns))

    def _show(self, rows: DataFrame, name: str) -> None:
        rows.createOrReplaceTempView(name)
        self._kept_views.append(name)

    def _table(self, name: str, schema: schemas.Schema) -> ir.Table:
        return ops.DatabaseTable(
            name, schema=schema, source=self._backend, namespace=ops.Namespace()
        ).to_expr()

    def knows_zone(self, zone: str) -> bool:
        """Return whether this is the name of a time zone; Spark and Python know the same."""
        return zone in available_timezones()

    @in_our_words()
    def put(self, name: str, rows: pa.Table) -> ir.Table:
        """Return a small table of Python's memory as one that the session knows."""
        self._show(self._session.createDataFrame(rows).hint("broadcast"), f"{_PREFIX}{name}")
        return self._table(f"{_PREFIX}{name}", schemas.Schema.from_pyarrow(rows.schema))

    def hold(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> ir.Table:
        """Return rows that Python read; no table here comes from files that it reads."""
        return ibis.memtable(pa.Table.from_batches(batches, schema=schema))

    @in_our_words()
    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return the rows of an expression, computed once and kept by the executors.

        Rows of one customer are kept together, as nearly all questions are about customers, and
        Spark then need not send them around for each.
        """
        rows = self._session.sql(self._backend.compile(expression))
        if CUSTOMER in expression.columns and self._are_apart(expression):
            rows = by_customer(self._session, rows)
        with as_planned(self._session):
            held = rows.localCheckpoint(eager=True)  # a cluster lets go of it when this name does
        kept = of_session(self._session, held)
        if CUSTOMER in expression.columns:
            self._kept_together.add(f"{_PREFIX}{name}")
        elif kept.count() <= _SMALL:
            kept = kept.hint("broadcast")
        self._show(kept, f"{_PREFIX}{name}")
        return self._table(f"{_PREFIX}{name}", expression.schema())

    def _are_apart(self, expression: ir.Table) -> bool:
        """Return whether rows of one customer can be in several places; a union mixes them."""
        op = expression.op()
        if op.find(ops.Union):
            return True
        return not any(t.name in self._kept_together for t in op.find(ops.DatabaseTable))

    def let_go(self) -> None:
        """Do nothing: files are read where they lie."""

    @in_our_words()
    def content_of(self, kept: ir.Table) -> str:
        """Return a text that tells the rows of a kept table from others, whatever their order."""
        found = self._session.sql(_CONTENT.format(kept.op().name)).toArrow()
        return str(found.column(0)[0].as_py())

    @in_our_words()
    def buckets_for(self, rows: int) -> None:
        """Divide customers into enough parts; of Spark's own parts nobody else need know."""
        divide(self._session, rows)

    def ask(self, expression: ir.Table) -> Answer:
        """Return what is a small result already."""
        return Ready(self.fetch(expression))

    @in_our_words()
    def fetch(self, expression: ir.Table) -> pa.Table:
        """Return a small result."""
        found = self._session.sql(self._backend.compile(expression)).toArrow()
        return found.cast(expression.schema().to_pyarrow())

    @in_our_words()
    def close(self) -> None:
        """Let go of the rows, and of the session where it was started here."""
        if is_remote(self._session):
            release(self._session)
            return
        for name in self._kept_views:
            self._session.catalog.dropTempView(name)
        if self._own_folder is not None:
            self._session.stop()
            shutil.rmtree(self._own_folder, ignore_errors=True)


def _settled(session: SparkSession | RemoteSession) -> SparkBackend:
    """Return a backend for a session whose settings, of which some give other counts, are ours.

    Ibis sees to the time zone.
    """
    try:
        backend = ibis.pyspark.from_connection(session)
    except of_spark():
        if is_remote(session):
            release(session)
        raise
    settle(session)
    return backend
