"""Where the data are: the tables of a history, or counts that already exist."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from balanstest_analysis.dossier.criteria import Stated, Text

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
FIRST_YEAR, LAST_YEAR = 1900, 2999


class TableSource(Stated):
    """Where one table is, what its columns are called there, and how it is written.

    Everything about how it is written is detected and reported; stating it overrides that.

    Attributes:
        path: a CSV, Excel or Parquet file, a folder or a pattern.
        table: a table of a database.
        columns: our name -> theirs, only where they differ.
        values: our flag -> the codes that mean true; or their column with the codes of a dialler
            -> our flags -> codes, where a code may stand under several flags. ``no_contact``
            lists the codes that mean that nobody was reached, so that no code is left unnoticed.
        delimiter: what separates the cells of a CSV file.
        encoding: of a CSV file.
        decimal: the decimal mark of amounts.
        dates: in which order days are written.
        sheet: the sheet of a workbook.
        skip_rows: rows above the column names.
        timezone: of moments that state none; Europe/Amsterdam unless stated.
    """

    path: Text | None = None
    table: Text | None = None
    columns: dict[str, Text] = Field(default_factory=dict)
    values: dict[str, list[str] | dict[str, list[str]]] = Field(default_factory=dict)
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    encoding: Literal["utf-8", "utf-16", "windows-1252"] | None = None
    decimal: Literal[".", ","] | None = None
    dates: Literal["day-first", "month-first", "iso"] | None = None
    sheet: Text | None = None
    skip_rows: Annotated[int, Field(ge=0, le=1000)] | None = None
    timezone: Text | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.path is None) == (self.table is None):
            raise ValueError("give either `path` or `table`")
        return self


class Data(Stated):
    """The tables of the history, or counts that already exist.

    Attributes:
        data_through: last day of the history.
        engine: what computes.
        engine_env: name of the environment variable with the address of a database; the address
            itself stands nowhere.
        memory_limit_gb: what may be used of the memory for files, in gigabytes; a quarter of it
            unless stated.
        spill_directory: a folder for what does not fit in that; the usual place for temporary
            files unless stated.
        threads: how many cores may be used for files; all unless stated.
        calls: the calls.
        events: qualifying events.
        objections: who objected.
        complaints: who complained.
        counts: in place of the four.
    """

    data_through: dt.date
    engine: Literal["duckdb", "spark"] = "duckdb"
    engine_env: str | None = None
    memory_limit_gb: Annotated[float, Field(ge=0.25, le=10_000)] | None = None
    spill_directory: Text | None = None
    threads: Annotated[int, Field(ge=1, le=1024)] | None = None
    calls: TableSource | None = None
    events: TableSource | None = None
    objections: TableSource | None = None
    complaints: TableSource | None = None
    counts: TableSource | None = None

    @model_validator(mode="after")
    def _address_elsewhere(self) -> Self:
        if self.engine_env is not None and not _VARIABLE.fullmatch(self.engine_env):
            raise ValueError(
                "`engine_env` is not the name of an environment variable; write a name such as "
                "BALANSTEST_DB, and put the address in that variable, never in the dossier"
            )
        return self

    @model_validator(mode="after")
    def _is_a_date_of_calls(self) -> Self:
        if not FIRST_YEAR <= self.data_through.year <= LAST_YEAR:
            raise ValueError(
                f"`data_through` is {self.data_through}; write the last day of the history, in "
                f"the years {FIRST_YEAR} to {LAST_YEAR}"
            )
        return self

    @model_validator(mode="after")
    def _calls_or_counts(self) -> Self:
        history = (self.calls, self.events, self.objections, self.complaints)
        if self.counts is not None and any(table is not None for table in history):
            raise ValueError("give either `counts` or the tables of a calling history, not both")
        if self.counts is None and self.calls is None:
            raise ValueError("give `[data.calls]` (with `[data.events]`) or `[data.counts]`")
        return self

    def tables(self) -> dict[str, TableSource]:
        """Return the tables that were given, by name."""
        names = ("calls", "events", "objections", "complaints", "counts")
        given = {name: getattr(self, name) for name in names}
        return {name: source for name, source in given.items() if source is not None}
