"""Files as views of DuckDB, in its own SQL: Ibis would ask what stands in them first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

# Bytes are text of programs that did not mark it as such; what is no UTF-8 keeps its escapes.
_CASTS: Final = {
    "TIMESTAMPTZ_NS": "cast({} as timestamptz)",
    "TIMESTAMP_NS WITH TIME ZONE": "cast({} as timestamptz)",
    "TIME_NS": "cast({} as time)",
    "BLOB": "coalesce(try(decode({0})), cast({0} as varchar))",
    '"NULL"': "cast({} as varchar)",
    "NULL": "cast({} as varchar)",
}


def quoted(name: str) -> str:
    """Return a name as SQL.

    Examples:
        >>> print(quoted('a"b'))
        "a""b"
    """
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _literal(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def csv_view(view: str, paths: Sequence[str], names: Sequence[str], delimiter: str) -> str:
    """Return the statement that makes a view of CSV files of which every cell is text.

    Args:
        view: its name.
        paths: of files with one header each, as from `buckets.no_pattern`.
        names: of all their columns.
        delimiter: between their cells.

    Examples:
        >>> print(csv_view("v", ["it's.csv"], ["c0"], ";"))  # doctest: +ELLIPSIS
        create temp view "v" as select * from read_csv(['it''s.csv'], columns = {'c0': ...
    """
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    return (
        f"create temp view {quoted(view)} as select * from read_csv("
        f"[{', '.join(map(_literal, paths))}], columns = {{{columns}}}, "
        f"delim = {_literal(delimiter)}, quote = '\"', escape = '\"', header = true, "
        "strict_mode = true, null_padding = false, hive_partitioning = false, "
        "compression = 'none', auto_detect = false)"
    )


def casts_of(types: Mapping[str, str]) -> dict[str, str]:
    """Return what reads columns of types that only DuckDB knows as ones that Ibis knows.

    Args:
        types: of DuckDB, by column.

    Examples:
        >>> casts_of({"day": "DATE", "time": "TIME_NS"})
        {'time': 'cast("time" as time)'}
    """
    return {
        column: _CASTS[kind].format(quoted(column))
        for column, kind in types.items()
        if kind in _CASTS
    }


def cast_view(view: str, table: str, casts: Mapping[str, str]) -> str:
    """Return the statement that makes a view of a table with some columns read otherwise.

    Args:
        view: its name.
        table: with the columns.
        casts: from `casts_of`.
    """
    columns = ", ".join(f"{cast} as {quoted(column)}" for column, cast in casts.items())
    return (
        f"create or replace temp view {quoted(view)} as "
        f"select * replace ({columns}) from {quoted(table)}"
    )
