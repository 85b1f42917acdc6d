"""The calling history of a dossier as typed tables of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import ibis.expr.types as ir

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import DataError, DossierError, Problems
from balanstest_analysis.history.columns.columns import AGE_COLUMNS
from balanstest_analysis.history.engines.buckets import Buckets
from balanstest_analysis.history.engines.connecting import connect_for
from balanstest_analysis.history.engines.engine import Engine, frame, frame_of
from balanstest_analysis.history.files.input_files import table_files
from balanstest_analysis.history.secret import customer_key, keyed_fingerprint
from balanstest_analysis.history.sources.checked_tables import CheckedTable, checked_table
from balanstest_analysis.history.sources.open_tables import OpenTable, kept_table
from balanstest_analysis.history.sources.readings import Reading
from balanstest_analysis.history.sources.told_objections import RAW, TABLE, with_told_objections
from balanstest_analysis.published.fingerprints import Fingerprint, NoRows

if TYPE_CHECKING:
    import pandas as pd

HISTORY_TABLES = ("calls", "events", "objections", "complaints")


@dataclass(frozen=True, kw_only=True)
class History:
    """A calling history, open in the engine; no row of it is in Python's memory.

    Attributes:
        engine: where the tables are kept.
        customer_key: key of the numbers of customers.
        tables: the tables that the dossier gives, by name.
        buckets: of customers, all of which the tables show; None where it is in one piece.
    """

    engine: Engine = field(repr=False)
    customer_key: str = field(repr=False)
    tables: Mapping[str, OpenTable]
    buckets: Buckets | None = None

    def rows(self, table: str) -> ir.Table | None:
        """Return the rows of a table, or None where the dossier gives none."""
        return self.tables[table].rows if table in self.tables else None

    def has(self, table: str, column: str) -> bool:
        """Return whether the files of a table have a column."""
        return table in self.tables and column in self.tables[table].present

    def has_mark(self, name: str) -> bool:
        """Return whether codes of the calls tell more of them: `OpenTable.rows` says what."""
        return name in self.tables["calls"].rows.columns

    @property
    def has_row_numbers(self) -> bool:
        """Whether rows have an order, and so a number; in a database and in Spark they do not."""
        return self.engine.has_row_order

    def readings(self) -> tuple[Reading, ...]:
        """Return how the tables were read."""
        return tuple(reading for table in self.tables.values() for reading in table.readings)

    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """Return a small result, such as counts, as a DataFrame."""
        return frame(self.engine, expression)

    def ask(self, expression: ir.Table) -> Callable[[], pd.DataFrame]:
        """Return what waits for a small result, which may be counted while Python goes on."""
        answer = self.engine.ask(expression)
        return lambda: frame_of(answer.table())

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return a table of the engine with the rows of an expression that is used repeatedly."""
        return self.engine.keep(name, expression)

    def close(self) -> None:
        """Let go of the engine and the rows it holds."""
        self.engine.close()


def open_history(dossier: Dossier, secret: bytes) -> History:
    """Return the history of a dossier, every table checked and typed.

    Args:
        dossier: with ``[data.calls]``.
        secret: from `secret.load_secret`.

    Raises:
        DataError: a table cannot be accepted as it stands; names the first row that cannot.
        DossierError: a mapping names a column that is not known.
    """
    given = [table for table in HISTORY_TABLES if table in dossier.data.tables()]
    if "calls" not in given:
        raise DossierError(f"`{dossier.path.name}` gives counts, not a history of calls.")
    engine, key = connect_for(dossier), customer_key(secret)
    try:
        checked = _checked(engine, dossier, given)
        buckets = engine.buckets_for(max(table.rows for table in checked.values()))
        tables = _kept(engine, dossier, checked, key, buckets)
        engine.let_go()
    except BaseException:
        engine.close()
        raise
    return History(engine=engine, customer_key=key, tables=tables, buckets=buckets)


def _checked(engine: Engine, dossier: Dossier, given: Sequence[str]) -> dict[str, CheckedTable]:
    """Return the tables; what is wrong with any of them is told at once."""
    problems, tables = Problems(), dict[str, CheckedTable]()
    for table in given:
        with problems.gathered():
            tables[table] = checked_table(engine, dossier, table)
    if "calls" in tables:
        with problems.gathered():
            _refuse_without_age(dossier, tables["calls"])
    problems.refuse()
    return tables


def _kept(
    engine: Engine,
    dossier: Dossier,
    tables: Mapping[str, CheckedTable],
    key: str,
    buckets: Buckets | None,
) -> dict[str, OpenTable]:
    told = any(source.from_calls for source in dossier.data.objections or ())
    kept = {}
    for name, table in tables.items():
        if not table.sources:
            continue
        opened = kept_table(
            engine,
            table,
            key=key,
            buckets=buckets,
            name=RAW if told and name == TABLE else name,
        )
        kept[name] = _without_raw_rows(opened)
    if told:
        raw = kept.get(TABLE)
        kept[TABLE] = with_told_objections(engine, dossier, kept["calls"], raw, buckets)
    return {name: kept[name] for name in tables}


def _without_raw_rows(table: OpenTable) -> OpenTable:
    """Let go of rows as they came; the files can be read again from the parts."""
    nothing = table.rows.limit(0)
    return replace(
        table, parts=tuple(replace(part, stored=nothing, plain=None) for part in table.parts)
    )


def check_tables(dossier: Dossier) -> None:
    """Read every table of a dossier, and keep nothing.

    Args:
        dossier: its data are enough, from `dossier_of_tables`.

    Raises:
        DataError: one sentence for each thing that cannot be accepted.
        DossierError: a mapping names a column that is not known.
    """
    if dossier.data.counts is None:
        open_history(dossier, b"").close()
        return
    engine = connect_for(dossier)
    try:
        checked_table(engine, dossier, "counts")
    finally:
        engine.close()


def _refuse_without_age(dossier: Dossier, calls: CheckedTable) -> None:
    present = {column.name for column in calls.parts[0].columns}
    if dossier.data.events is None and not present & set(AGE_COLUMNS):
        raise DataError(
            f"`{dossier.path.name}` gives no `[data.events]`, and the calls have neither "
            "`reference_date` nor `months_since_purchase`. Add one of the three."
        )


def fingerprints(
    dossier: Dossier, secret: bytes, readings: Sequence[Reading]
) -> dict[str, Fingerprint]:
    """Return a keyed fingerprint of the dossier and of the files, or the rows, of each table.

    A table without rows has none: everybody can guess what it holds, and so try secrets on it.

    Args:
        dossier: as loaded.
        secret: from `secret.load_secret`; without it the contents cannot be guessed from these.
        readings: how the tables were read; they know how many rows there are, and which came from
            a database.
    """
    prints: dict[str, Fingerprint] = {"dossier": keyed_fingerprint(secret, dossier.path)}
    rows = {reading.table: reading.table_rows for reading in readings}
    contents = {reading.table: reading.content for reading in readings if reading.content}
    for table, sources in dossier.data.tables().items():
        if not any(source.path or source.table for source in sources):
            continue
        if not rows.get(table):
            prints[table] = NoRows.NO_ROWS
        elif not any(source.path for source in sources):
            prints[table] = keyed_fingerprint(secret, contents.get(table, "").encode())
        else:
            prints[table] = _of_files(dossier, table, secret)
    return prints


def _of_files(dossier: Dossier, table: str, secret: bytes) -> str:
    files = [keyed_fingerprint(secret, file) for file in table_files(dossier, table)]
    joined = keyed_fingerprint(secret, "\n".join(files).encode())
    return files[0] if len(files) == 1 else joined
