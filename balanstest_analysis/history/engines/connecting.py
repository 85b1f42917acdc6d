"""Which engine a dossier asks for: DuckDB for files, or the engine where the data already are."""

from __future__ import annotations

import os
from typing import Final

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError, DossierError, Problems
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine, Resources
from balanstest_analysis.history.engines.engine import Engine
from balanstest_analysis.history.files.input_files import found_files, kind_of, table_files
from balanstest_analysis.history.files.spill import spill_place

SCHEMES: Final = ("postgresql://", "postgres://")
SPARK_SCHEME: Final = "sc://"
SMALL_BYTES: Final = 32_000_000


def connect_for(dossier: Dossier) -> Engine:
    """Return the engine that holds the tables of a dossier, or that reads its files.

    Raises:
        DataError: files and tables are mixed, or the engine cannot be reached.
        DossierError: the address or the driver of the engine is missing.
    """
    variable = dossier.data.engine_env
    in_database = _in_database(dossier)
    address = "" if variable is None else _address(variable, dossier.data.engine)
    if address and not in_database:
        raise DataError(
            f"`{dossier.path.name}`: `engine_env` asks for a database, and the tables are files. "
            "Give `table` in place of `path`, or remove `engine_env`."
        )
    if dossier.data.engine == "spark" or address.startswith(SPARK_SCHEME):
        if not in_database:
            _refuse_other_than_parquet(dossier)
        # Imported here, as the other engines are: most histories are files.
        from balanstest_analysis.history.engines.spark import SparkEngine  # noqa: PLC0415

        return SparkEngine.connect(address, str(variable))
    if not in_database:
        return DuckDBEngine.with_resources(_resources(dossier), may_spill=not _is_small(dossier))
    if variable is None:
        name = next(iter(dossier.data.tables()))
        raise DataError(
            f"`{dossier.path.name}`: `data.{name}.table` asks for a database. Name the "
            'environment variable that holds its address in `[data]`: engine_env = "BALANSTEST_DB".'
        )
    from balanstest_analysis.history.engines.postgres import PostgresEngine  # noqa: PLC0415

    return PostgresEngine.connect(address, variable)


def _resources(dossier: Dossier) -> Resources:
    return Resources(
        memory_limit_gb=dossier.data.memory_limit_gb,
        spill_directory=spill_place(dossier),
        threads=dossier.data.threads,
    )


def _is_small(dossier: Dossier) -> bool:
    """Return whether all is CSV that fits in memory many times, so that nothing need be written.

    Not where the dossier states how much memory there is, or where to write.
    """
    if dossier.data.memory_limit_gb is not None or dossier.data.spill_directory is not None:
        return False
    try:
        files = [file for table in dossier.data.tables() for file in table_files(dossier, table)]
        sizes = [file.stat().st_size for file in files if kind_of(file) == "csv"]
    except (DataError, OSError):  # which the reading will tell
        return False
    return len(sizes) == len(files) and sum(sizes) <= SMALL_BYTES


def _in_database(dossier: Dossier) -> bool:
    """Return whether the tables are in a database; some here and some there is refused."""
    places = [(name, source.table is not None) for name, source in dossier.data.sources()]
    if len({inside for _, inside in places}) > 1:
        files = ", ".join(dict.fromkeys(f"`{name}`" for name, inside in places if not inside))
        tables = ", ".join(dict.fromkeys(f"`{name}`" for name, inside in places if inside))
        raise DataError(
            f"`{dossier.path.name}`: {files} are files (`path`) and {tables} are tables of a "
            "database (`table`). Bring them together in one place."
        )
    return any(inside for _, inside in places)


def _refuse_other_than_parquet(dossier: Dossier) -> None:
    from balanstest_analysis.history.engines.spark import (  # noqa: PLC0415
        refuse_other_than_parquet,
    )

    problems = Problems()
    for name, source in dossier.data.sources():
        for file in found_files(dossier, name, source).files:
            with problems.gathered():
                refuse_other_than_parquet(file)
    problems.refuse()


def _address(variable: str, asked: str) -> str:
    address = os.environ.get(variable, "").strip()
    allowed = (SPARK_SCHEME,) if asked == "spark" else (*SCHEMES, SPARK_SCHEME)
    examples = "postgresql://user@host:5432/database for PostgreSQL, sc://host:15002 for Spark"
    if not address:
        raise DossierError(
            f"The environment variable `{variable}` (`engine_env`) is not set. Put the address in "
            f"it: {examples}."
        )
    if not address.startswith(allowed):
        first = "sc://" if asked == "spark" else "postgresql:// or sc://"
        raise DossierError(f"`{variable}` does not begin with {first}. Write {examples}.")
    return address
