"""PostgreSQL as the engine: its address, and its tables.

Reading rights and the right to make temporary tables are enough. Everything happens in one
transaction that sees the tables as they were when it began, and nothing of it stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from balanstest_analysis.errors import DataError, DossierError
from balanstest_analysis.history.engines.engine import Answer, Ready
from balanstest_analysis.history.engines.extras import adding
from balanstest_analysis.history.engines.postgres_dialect import PostgresRules
from balanstest_analysis.history.engines.postgres_errors import in_our_words, unreachable
from balanstest_analysis.history.files.headers import Header

if TYPE_CHECKING:
    import psycopg
    from ibis.backends.postgres import Backend as PostgresBackend

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


class PostgresEngine:
    """One transaction that reads one state of a database and writes temporary tables only."""

    has_row_order: ClassVar[bool] = False

    def __init__(self, backend: PostgresBackend) -> None:
        self.backend = backend

    @classmethod
    @in_our_words()
    def connect(cls, address: str, variable: str) -> PostgresEngine:
        """Return one that has begun its transaction.

        Args:
            address: as libpq reads it; it is never shown.
            variable: the environment variable that holds it, to be named.

        Raises:
            DossierError: the driver is not installed.
            DataError: there is no such database, it lets nobody in, or the role may not do enough.
        """
        opened = _opened(address, variable)
        try:
            opened.execute("set datestyle to 'ISO, YMD'")
            _refuse_without_temporary_tables(opened, variable)
        except BaseException:
            opened.close()
            raise
        backend = ibis.postgres.from_connection(opened)
        backend.compiler = PostgresRules()
        return cls(backend)

    def open_files(
        self, files: Sequence[Path], header: Header | None = None, needed: Collection[int] = ()
    ) -> ir.Table:
        """Refuse files: what PostgreSQL counts are its own tables.

        Raises:
            DataError: always.
        """
        raise DataError(
            f"`{files[0].name}`: PostgreSQL reads tables of its own. Give `table` in place of "
            "`path`, or remove `engine_env`."
        )

    @in_our_words()
    def open_table(self, table: str, name: str) -> ir.Table:
        """Return a table or view of the database.

        Args:
            table: such as ``"crm.calls"``; names in double quotes keep their capitals.
            name: of the table in the dossier.

        Raises:
            DataError: there is none that this role can see.
        """
        quoted = ".".join('"' + part.replace('"', '""') + '"' for part in table.split("."))
        for written in (table, quoted):
            if found := self._found(written):
                schema, relation = found
                return self.backend.table(relation, database=schema)
        raise DataError(
            f"`[data.{name}]`: `table` is {table!r}, which is no table or view that this role can "
            "see. Correct it, such as crm.calls, or ask for GRANT USAGE ON SCHEMA and GRANT SELECT."
        )

    def _found(self, written: str) -> tuple[str, str] | None:
        import psycopg  # noqa: PLC0415

        try:
            with self.backend.con.transaction():
                found: tuple[str, str] | None = self.backend.con.execute(
                    _FIND, [written]
                ).fetchone()
        except psycopg.Error:
            return None
        return found

    @in_our_words()
    def knows_zone(self, zone: str) -> bool:
        """Return whether the database knows a time zone by this name."""
        query = "select count(*) from pg_catalog.pg_timezone_names where name = %s"
        return bool(self.backend.con.execute(query, [zone]).fetchone()[0])

    def put(self, name: str, rows: pa.Table) -> ir.Table:
        """Return a small table of Python's memory; it goes along with what is asked about it."""
        return ibis.memtable(rows)

    def hold(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> ir.Table:
        """Return rows that Python read; no table here comes from files that it reads."""
        return ibis.memtable(pa.Table.from_batches(batches, schema=schema))

    @in_our_words()
    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return a temporary table with the rows; text is ordered by its bytes, as elsewhere."""
        kept, con = f"{_PREFIX}{name}", self.backend.con
        types = self.backend.compiler.type_mapper
        cells = [
            f'CAST(q."{column}" AS {types.to_string(kind)})'
            + (' COLLATE "C"' if kind.is_string() else "")
            + f' AS "{column}"'
            for column, kind in expression.schema().items()
        ]
        rows = self.backend.compile(expression)
        with con.transaction():
            con.execute(
                f'create temporary table "{kept}" as select {", ".join(cells)} from ({rows}) q'
            )
            con.execute(f'analyze pg_temp."{kept}"')
        return ops.DatabaseTable(
            kept,
            schema=expression.schema(),
            source=self.backend,
            namespace=ops.Namespace(database="pg_temp"),
        ).to_expr()

    def let_go(self) -> None:
        """Do nothing: no table here comes from files."""

    @in_our_words()
    def content_of(self, kept: ir.Table) -> str:
        """Return a text that tells the rows of a kept table from others, whatever their order."""
        name = f'pg_temp."{kept.op().name}"'
        found: str = self.backend.con.execute(_CONTENT.format(name)).fetchone()[0]
        return found

    def buckets_for(self, rows: int) -> None:
        """Return nothing: the database keeps tables of any size in one piece."""

    def ask(self, expression: ir.Table) -> Answer:
        """Return what is a small result already."""
        return Ready(self.fetch(expression))

    @in_our_words()
    def fetch(self, expression: ir.Table) -> pa.Table:
        """Return a small result."""
        return self.backend.to_pyarrow(expression)

    @in_our_words()
    def close(self) -> None:
        """Leave nothing behind."""
        self.backend.con.close()


def _opened(address: str, variable: str) -> psycopg.Connection:
    try:
        import psycopg  # noqa: PLC0415
        from psycopg.conninfo import make_conninfo  # noqa: PLC0415
    except ImportError:
        raise DossierError(
            "PostgreSQL needs a driver that is not installed. Install it with "
            f"`{adding('postgres')}`."
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
        raise unreachable(str(error), variable) from None
    opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return opened


def _refuse_without_temporary_tables(opened: psycopg.Connection, variable: str) -> None:
    may = "select has_database_privilege(current_database(), 'TEMP'), pg_is_in_recovery()"
    ((temporary, copy),) = opened.execute(may).fetchall()
    if temporary and not copy:
        return
    opened.close()
    if copy:
        raise DataError(
            f"The database of `{variable}` is a copy that cannot be written to, not even with the "
            "temporary tables that the counting needs. Give the address of one that can."
        )
    raise DataError(
        f"The database of `{variable}` does not allow this role to make temporary tables, which "
        "the counting needs. Ask for GRANT TEMPORARY ON DATABASE, or for a database that allows it."
    )
