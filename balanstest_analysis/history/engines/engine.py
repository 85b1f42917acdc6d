"""What is asked of an engine through Ibis, whichever it is; files as tables of DuckDB."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from balanstest_analysis.errors import DataError, RunError
from balanstest_analysis.history.engines import postgres, spark
from balanstest_analysis.history.engines.buckets import no_pattern
from balanstest_analysis.history.engines.dialects import DuckDBRules
from balanstest_analysis.history.engines.spill import make_spill
from balanstest_analysis.history.files.headers import Header

Connection = Any
POSTGRES, SPARK = "postgres", "pyspark"
_FILE = re.compile(r"^\s*file = (.+)$", re.MULTILINE)
_LINE = re.compile(r"CSV Error on Line: (\d+)")
_WIDTH = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")


@dataclass(frozen=True, kw_only=True)
class Resources:
    """What DuckDB may use of the machine.

    Attributes:
        memory_limit_gb: in gigabytes; None for a quarter of the memory, and at least one.
        spill_directory: where it may write what does not fit; None for the usual temporary place.
        threads: None for one per core.
    """

    memory_limit_gb: float | None = None
    spill_directory: Path | None = None
    threads: int | None = None


def connect() -> Connection:
    """Return a database in memory that never writes rows to disk and never goes on line."""
    with engine():
        return _connected(temp_directory="")


def connect_with(resources: Resources) -> Connection:
    """Return a database in memory that may write to a private directory, and never goes on line.

    Raises:
        DataError: the directory cannot be written.
    """
    spill = make_spill(resources.spill_directory)
    with engine():
        connection = _connected(temp_directory="" if spill is None else str(spill.folder))
        connection.spill = spill
        limit = resources.memory_limit_gb or max(1.0, _memory_bytes(connection) / 4e9)
        connection.con.execute(f"set memory_limit = '{limit:.3f}GB'")
        if resources.threads is not None:
            connection.con.execute(f"set threads = {resources.threads}")
    return connection


def _connected(temp_directory: str) -> Connection:
    connection = ibis.duckdb.connect(
        TimeZone="UTC",
        temp_directory=temp_directory,
        autoinstall_known_extensions=False,
        enable_external_file_cache=False,
    )
    connection.compiler = DuckDBRules()
    return connection


def _memory_bytes(connection: Connection) -> float:
    """Return the memory of the machine, or of the container, of which DuckDB takes 80 %."""
    query = "select current_setting('memory_limit')"
    number, unit = connection.con.execute(query).fetchall()[0][0].split()
    power = ("KiB", "MiB", "GiB", "TiB").index(unit) + 1
    return float(number) * float(1024**power) / 0.8


def threads_of(connection: Connection) -> int:
    """Return how many cores the engine may use."""
    query = "select current_setting('threads')"
    return int(connection.con.execute(query).fetchall()[0][0])


def memory_limit_bytes(connection: Connection) -> int:
    """Return how much memory the engine may use."""
    return int(_memory_bytes(connection) * 0.8)


@contextmanager
def engine() -> Iterator[None]:
    """Turn the engine's errors into ours, which hold no row, and quiet Ibis' own warnings.

    Raises:
        DataError: a file cannot be read as what it is called.
        RunError: the engine failed, for instance for lack of memory.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="fetch_arrow_table", category=DeprecationWarning)
        warnings.filterwarnings("ignore", message="PySpark does not yet", category=FutureWarning)
        try:
            yield
        except duckdb.OutOfMemoryException:
            raise RunError(
                "The history does not fit in the memory that may be used. Raise `memory_limit_gb` "
                "in `[data]`, or state a `spill_directory` with room; Parquet takes less than CSV."
            ) from None
        except duckdb.IOException as error:
            raise _without_room(str(error)) or _data_error(str(error)) from None
        except duckdb.Error as error:
            raise _data_error(str(error)) from None
        except Exception as error:
            ours = postgres.our_error(error) or spark.our_error(error)
            if ours is None:
                raise
            raise ours from None


def frame(connection: Connection, expression: ir.Table) -> pd.DataFrame:
    """Return a small result as a DataFrame."""
    with engine():
        result: pd.DataFrame = _arrow(connection, expression).to_pandas()
    return result


def _arrow(connection: Connection, expression: ir.Table) -> pa.Table:
    if connection.name == SPARK:
        return spark.arrow(connection, expression)
    return connection.to_pyarrow(expression)


def first_row(connection: Connection, expression: ir.Table) -> dict[str, Any]:
    """Return the only row of a result, such as a row of totals; empty where there is none."""
    with engine():
        rows: list[dict[str, Any]] = _arrow(connection, expression.limit(1)).to_pylist()
    return rows[0] if rows else {}


def open_parquet(connection: Connection, files: Sequence[Path]) -> ir.Table:
    """Return Parquet files with the same columns as one table."""
    with engine():
        if connection.name == SPARK:
            return spark.open_parquet_files(connection, files)
        return connection.read_parquet(
            [no_pattern(file) for file in files], hive_partitioning=False
        )


def open_csv(connection: Connection, files: Sequence[Path], header: Header) -> ir.Table:
    """Return CSV files with the same header as one table of text.

    Nothing is guessed: cells are text, and a row with more or fewer cells than the header is an
    error.
    """
    names = [f"c{index}" for index in range(len(header.names))]
    with engine():
        return connection.read_csv(
            [no_pattern(file) for file in files],
            columns=dict.fromkeys(names, "VARCHAR"),
            header=True,
            delim=header.delimiter,
            quote='"',
            escape='"',
            strict_mode=True,
            null_padding=False,
            hive_partitioning=False,
        )


def materialise(connection: Connection, name: str, expression: ir.Table) -> ir.Table:
    """Return a table of the engine that holds the rows, so that text is parsed once."""
    with engine():
        if connection.name == SPARK:
            return spark.keep_rows(connection, name, expression)
        if connection.name == POSTGRES:
            return postgres.keep_rows(connection, name, expression)
        return connection.create_table(name, expression)


def put_rows(connection: Connection, name: str, rows: pa.Table) -> ir.Table:
    """Return a small table of Python's memory, such as one of days, as one of the engine."""
    with engine():
        if connection.name == SPARK:
            return spark.put_rows(connection, name, rows)
        if connection.name == POSTGRES:
            return ibis.memtable(rows)
        return connection.create_table(name, rows)


def knows_zone(connection: Connection, zone: str) -> bool:
    """Return whether the engine knows a time zone by this name."""
    if connection.name == SPARK:
        return zone in available_timezones()
    query = "select count(*) from pg_timezone_names() where name = ?"
    with engine():
        if connection.name == POSTGRES:
            return postgres.knows_zone(connection, zone)
        return bool(connection.con.execute(query, [zone]).fetchall()[0][0])


def open_database(connection: Connection, table: str, name: str) -> ir.Table:
    """Return a table of the database that the connection is with.

    Args:
        connection: the engine.
        table: such as ``"crm.calls"``.
        name: of the table in the dossier.
    """
    with engine():
        if connection.name == SPARK:
            return spark.open_spark_table(connection, table, name)
        return postgres.open_database_table(connection, table, name)


def content_of(connection: Connection, kept: ir.Table) -> str:
    """Return a text that tells the rows of a table from the database from any others."""
    with engine():
        if connection.name == SPARK:
            return spark.content_of(connection, kept)
        return postgres.content_of(connection, kept)


def close(connection: Connection) -> None:
    """Let go of the engine and the rows it holds."""
    with engine():
        if connection.name == SPARK:
            spark.close(connection)
        elif connection.name == POSTGRES:
            postgres.close(connection)
        else:
            connection.disconnect()
            if spill := getattr(connection, "spill", None):
                spill.remove()


def has_row_order(connection: Connection) -> bool:
    """Return whether rows come as they stand in a file, so that they can be numbered."""
    return connection.name not in {POSTGRES, SPARK}


def in_memory(table: pa.Table) -> ir.Table:
    """Return rows that Python read as a table for the engine; they go when they are not needed."""
    return ibis.memtable(table)


def _without_room(message: str) -> RunError | None:
    if "No space left" not in message:
        return None
    return RunError(
        "The disk is full on which rows are written while they are counted. Free some room, or "
        "state another `spill_directory` in `[data]`."
    )


def _data_error(message: str) -> DataError | RunError:
    """Tell what went wrong; the engine's own message quotes the row, so it is dropped."""
    found = _FILE.search(message)
    if found is None:
        return _parquet_error(message)
    line = _LINE.search(message)
    row = f" line {line[1]}" if line else ""
    width = _WIDTH.search(message)
    if "not utf-8" in message:
        reason = "is not UTF-8 text. Save it as CSV (UTF-8)."
    elif "aximum line size" in message:
        reason = "is longer than any row should be. Look for a loose quote there."
    elif width:
        reason = f"has {width[2]} cells; the header has {width[1]}. Correct the export."
    elif "unterminated quote" in message or "invalid state" in message:
        reason = "has a loose quote or mixed line ends. Export it again as CSV (UTF-8)."
    else:
        reason = "cannot be read as CSV. Export it again as CSV (UTF-8)."
    return DataError(f"`{Path(found[1].strip()).name}`{row} {reason}")


def _parquet_error(message: str) -> DataError | RunError:
    named = re.search(r"[^\s'\"/\\]+\.parquet", message, re.IGNORECASE)
    if named:
        return DataError(f"`{named[0]}` cannot be read as Parquet. Export it again.")
    return RunError("The engine could not compute the exposure; this is a defect of this tool.")
