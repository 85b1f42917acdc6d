"""Which engine a dossier asks for: DuckDB for files, or the engine where the data already are."""

from __future__ import annotations

import os

from balanstest_analysis.dossier import Dossier
from balanstest_analysis.errors import DataError, DossierError
from balanstest_analysis.sources.engine import Connection, connect, engine
from balanstest_analysis.sources.postgres import SCHEMES, connect_postgres


def connect_for(dossier: Dossier) -> Connection:
    """Return the engine that holds the tables of a dossier, or that reads its files.

    Raises:
        DataError: files and tables are mixed, or the engine cannot be reached.
        DossierError: the address or the driver of the engine is missing.
    """
    variable = dossier.data.engine_env
    in_database = _in_database(dossier)
    if variable is None and in_database:
        name = next(iter(dossier.data.tables()))
        raise DataError(
            f"`{dossier.path.name}`: `data.{name}.table` asks for a database. Name the "
            'environment variable that holds its address in `[data]`: engine_env = "BALANSTEST_DB".'
        )
    if variable is None:
        return connect()
    address = _address(variable)
    if not in_database:
        raise DataError(
            f"`{dossier.path.name}`: `engine_env` asks for a database, and the tables are files. "
            "Give `table` in place of `path`, or remove `engine_env`."
        )
    with engine():
        return connect_postgres(address, variable)


def _in_database(dossier: Dossier) -> bool:
    """Return whether the tables are in a database; some here and some there is refused."""
    places = {name: source.table is not None for name, source in dossier.data.tables().items()}
    if len(set(places.values())) > 1:
        files = ", ".join(f"`{name}`" for name, inside in places.items() if not inside)
        tables = ", ".join(f"`{name}`" for name, inside in places.items() if inside)
        raise DataError(
            f"`{dossier.path.name}`: {files} are files (`path`) and {tables} are tables of a "
            "database (`table`). Bring them together in one place."
        )
    return any(places.values())


def _address(variable: str) -> str:
    address = os.environ.get(variable, "").strip()
    if not address:
        raise DossierError(
            f"The environment variable `{variable}` (`engine_env`) is not set. Put the address of "
            "the database in it, such as postgresql://user@host:5432/database."
        )
    if not address.startswith(SCHEMES):
        raise DossierError(
            f"`{variable}` does not begin with postgresql://. Write the address of the database as "
            "postgresql://user@host:5432/database."
        )
    return address
