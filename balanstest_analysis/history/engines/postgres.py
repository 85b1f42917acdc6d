"""PostgreSQL as the engine: its address, its tables, and its errors in our words.

Reading rights and the right to make temporary tables are enough. Everything happens in one
transaction that sees the tables as they were when it began, and nothing of it stays.
"""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from balanstest_analysis.errors import BalanstestError, DataError, DossierError, RunError
from balanstest_analysis.history.engines.dialects import PostgresRules

SCHEMES = ("postgresql://", "postgres://")
_PATIENCE_SECONDS = 15
_PREFIX = "balanstest_"
_FIND = """
select n.nspname, c.relname from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.oid = to_regclass(%s) and c.relkind in ('r', 'v', 'm', 'f', 'p')
"""
_CONTENT = """
select count(*) || '-' || coalesce(sum(
    ('x' || left(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 15))::bit(60)::bigint
), 0) from {} t
"""
_REFUSALS = (
    ("authentication failed", "refuses the user or the password"),
    ("no password supplied", "asks for a password, and the address gives none"),
    ("no pg_hba.conf entry", "does not let this user in from this machine"),
    ("role ", "does not know the user of the address"),
    ("database ", "does not know the database of the address"),
    ("certificate", "does not show a certificate that can be trusted"),
    ("SSL", "and this machine do not agree on encryption (sslmode)"),
    ("too many", "has no connection left"),
)


def connect_postgres(address: str, variable: str) -> Any:
    """Return a connection that reads one state of the database and writes temporary tables only.

    Args:
        address: as libpq reads it; it is never shown.
        variable: the environment variable that holds it, to be named.

    Raises:
        DossierError: the driver is not installed.
        DataError: there is no such database, it lets nobody in, or the role may not do enough.
    """
    try:
        import psycopg  # noqa: PLC0415
        from psycopg.conninfo import make_conninfo  # noqa: PLC0415
    except ImportError:
        raise DossierError(
            "PostgreSQL needs a driver that is not installed. Install it with "
            "pip install 'balanstest-analysis[postgres]'."
        ) from None
    try:
        stated = make_conninfo(address, application_name="balanstest")
        if "connect_timeout" not in stated:
            stated = make_conninfo(stated, connect_timeout=_PATIENCE_SECONDS)
    except psycopg.Error:
        raise DataError(
            f"`{variable}` does not hold an address that PostgreSQL understands. Write it as "
            "postgresql://user@host:5432/database."
        ) from None
    try:
        opened = psycopg.connect(stated)
    except psycopg.Error as error:
        raise _unreachable(str(error), variable) from None
    opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return _prepared(opened, variable)


def _prepared(opened: Any, variable: str) -> Any:
    """Begin the one transaction, in which every later step is a part."""
    opened.execute("set datestyle to 'ISO, YMD'")
    may = "select has_database_privilege(current_database(), 'TEMP'), pg_is_in_recovery()"
    temporary, copy = opened.execute(may).fetchone()
    if not temporary or copy:
        opened.close()
        why = "is a copy that cannot be written to" if copy else "does not allow this role"
        raise DataError(
            f"The database of `{variable}` {why} to make temporary tables, which the counting "
            "needs. Ask for GRANT TEMPORARY ON DATABASE, or for a database that allows it."
            if not copy
            else f"The database of `{variable}` {why}, not even with the temporary tables that the "
            "counting needs. Give the address of one that can."
        )
    connection = ibis.postgres.from_connection(opened)
    connection.compiler = PostgresRules()
    return connection


def _unreachable(message: str, variable: str) -> BalanstestError:
    """Tell what went wrong; the driver's message names user and host, so it is dropped."""
    for sign, sentence in _REFUSALS:
        if sign in message:
            return DataError(
                f"The database of `{variable}` {sentence}. Correct the address in the variable, or "
                "ask who keeps the database."
            )
    return DataError(
        f"The database of `{variable}` cannot be reached. See whether host and port in the "
        "variable are right, and whether this machine may connect."
    )


def open_database_table(connection: Any, table: str, name: str) -> ir.Table:
    """Return a table or view of the database.

    Args:
        connection: from `connect_postgres`.
        table: such as ``"crm.calls"``; names in double quotes keep their capitals.
        name: of the table in the dossier.

    Raises:
        DataError: there is none that this role can see.
    """
    quoted = ".".join('"' + part.replace('"', '""') + '"' for part in table.split("."))
    for written in (table, quoted):
        if found := _found(connection, written):
            schema, relation = found
            return connection.table(relation, database=schema)
    raise DataError(
        f"`[data.{name}]`: `table` is {table!r}, which is no table or view that this role can see. "
        "Correct it, such as crm.calls, or ask for GRANT USAGE ON SCHEMA and GRANT SELECT."
    )


def _found(connection: Any, written: str) -> tuple[str, str] | None:
    import psycopg  # noqa: PLC0415

    try:
        with connection.con.transaction():
            found: tuple[str, str] | None = connection.con.execute(_FIND, [written]).fetchone()
    except psycopg.Error:
        return None
    return found


def keep_rows(connection: Any, name: str, expression: ir.Table) -> ir.Table:
    """Return a temporary table with the rows; text is ordered by its bytes, as elsewhere.

    Args:
        connection: from `connect_postgres`.
        name: what it is called, after a prefix.
        expression: its rows.
    """
    kept = f"{_PREFIX}{name}"
    types = connection.compiler.type_mapper
    cells = [
        f'CAST(q."{column}" AS {types.to_string(kind)})'
        + (' COLLATE "C"' if kind.is_string() else "")
        + f' AS "{column}"'
        for column, kind in expression.schema().items()
    ]
    rows = connection.compile(expression)
    with connection.con.transaction():
        connection.con.execute(
            f'create temporary table "{kept}" as select {", ".join(cells)} from ({rows}) q'
        )
        connection.con.execute(f'analyze pg_temp."{kept}"')
    return ops.DatabaseTable(
        kept,
        schema=expression.schema(),
        source=connection,
        namespace=ops.Namespace(database="pg_temp"),
    ).to_expr()


def content_of(connection: Any, kept: ir.Table) -> str:
    """Return a text that tells the rows of a kept table from any others, whatever their order."""
    name = f'pg_temp."{kept.op().name}"'
    found: str = connection.con.execute(_CONTENT.format(name)).fetchone()[0]
    return found


def knows_zone(connection: Any, zone: str) -> bool:
    """Return whether the database knows a time zone by this name."""
    query = "select count(*) from pg_catalog.pg_timezone_names where name = %s"
    return bool(connection.con.execute(query, [zone]).fetchone()[0])


def close(connection: Any) -> None:
    """Leave nothing behind."""
    connection.con.close()


def our_error(error: Exception) -> BalanstestError | None:
    """Return an error of the database in our words, or None where it is not one of its own.

    The database's own message can quote a cell, so it is dropped.
    """
    if not type(error).__module__.startswith("psycopg"):
        return None
    state = getattr(error, "sqlstate", None) or ""
    if state == "42501":
        return DataError(
            "The role of the address may not read everything that is asked of it. Ask for GRANT "
            "SELECT on the tables of the dossier, or on the columns it maps."
        )
    if state.startswith("53"):
        return RunError(
            "The database has no room for the temporary tables of the counting. Ask for more "
            "(temp_file_limit, disk or memory)."
        )
    if state == "57014":
        return RunError(
            "The database broke a query off, probably at its time limit (statement_timeout). Ask "
            "for a longer one for this role."
        )
    if not state or state[:2] in {"08", "57"}:
        return RunError("The connection with the database was lost. Start again.")
    return RunError(
        f"The database could not compute the exposure (code {state}); this is a defect of this "
        "tool. Report it."
    )
