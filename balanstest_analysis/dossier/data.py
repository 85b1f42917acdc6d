"""Where the data are: the tables of a history, or counts that already exist."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, PlainValidator, field_validator, model_validator

from balanstest_analysis.dossier.criteria import Stated, Text
from balanstest_analysis.published.names import EventKind

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
FIRST_YEAR, LAST_YEAR = 1900, 2999
Codes = Annotated[list[str], Field(min_length=1)]


def _column_name(given: object) -> str | tuple[str, str]:
    """Return the name of a column, or of two: one with the day and one with the time."""
    match given:
        case str() if given.strip():
            return given.strip()
        case [str() as day, str() as time] if day.strip() and time.strip():
            return day.strip(), time.strip()
    raise ValueError(
        "a column of your file is asked for; allowed is its name, or the names of exactly two "
        'where day and time stand apart, such as ["Datum", "Tijd"]'
    )


ColumnName = Annotated[
    str | tuple[str, str],
    PlainValidator(
        _column_name,
        json_schema_input_type=Text | Annotated[list[Text], Field(min_length=2, max_length=2)],
    ),
]


_EXAMPLES = {
    "kind": '{ contract = ["yours"] }',
    "basis": '{ consent = ["yours"] }',
    **dict.fromkeys(("net_contact", "converted", "natural_person"), '["yours"]'),
}


class TableSource(Stated):
    """Where one table is, what its columns are called there, and how it is written.

    Everything about how it is written is detected and reported; stating it overrides that.

    Attributes:
        path: a CSV, Excel or Parquet file, a folder or a pattern.
        table: a table of a database.
        where: which rows count: a column of the file -> the codes of those that do. An empty code
            stands for an empty cell.
        kinds: of counts, and of calls that bring their own months or reference date: of which
            kinds of event the relations are. Of a source of events without a column ``kind``: the
            one kind that every row is.
        from_calls: of objections, those that the codes of a dialler tell: a column of the calls ->
            the codes. In place of a table, or beside one.
        columns: our name -> theirs, only where they differ. A moment may have two: that of the
            column with the day, and that of the one with the time.
        values: our flag -> the codes that mean true; ``kind`` or ``basis`` -> our code -> their
            words; or their column with the codes of a dialler
            -> our flags -> codes, where a code may stand under several flags. ``no_contact``
            lists those that are known to be no net contact, so that no code is left unnoticed.
        delimiter: what separates the cells of a CSV file.
        encoding: of a CSV file.
        decimal: the decimal mark of amounts.
        dates: in which order days are written, or ``"unix"`` for seconds since 1970.
        sheet: the sheet of a workbook.
        skip_rows: rows above the column names.
        timezone: of moments that state none; Europe/Amsterdam unless stated.
        customer_id_digits: digits of the number of a customer, where a spreadsheet took off the
            zeros in front: shorter numbers are filled up with zeros.
    """

    path: Text | None = None
    table: Text | None = None
    columns: dict[str, ColumnName] = Field(default_factory=dict)
    values: dict[str, list[str] | dict[str, list[str]]] = Field(default_factory=dict)
    where: dict[str, Codes] = Field(default_factory=dict)
    kinds: Annotated[list[EventKind], Field(min_length=1)] | None = None
    from_calls: dict[str, Codes] = Field(default_factory=dict)
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    encoding: Literal["utf-8", "utf-16", "windows-1252"] | None = None
    decimal: Literal[".", ","] | None = None
    dates: Literal["day-first", "month-first", "iso", "unix"] | None = None
    sheet: Text | None = None
    skip_rows: Annotated[int, Field(ge=0, le=1000)] | None = None
    timezone: Text | None = None
    customer_id_digits: Annotated[int, Field(ge=2, le=30)] | None = None

    @field_validator("values", mode="before")
    @classmethod
    def _lists_of_codes(cls, given: object) -> object:
        """Refuse codes that are no lists in words, and say which way round they go."""
        entries = given.items() if isinstance(given, dict) else ()
        for name, codes in entries:
            found = codes.values() if isinstance(codes, dict) else [codes]
            if not all(isinstance(one, list) for one in found):
                example = _EXAMPLES.get(name, '{ converted = ["yours"] }')
                raise ValueError(
                    f"`{name}` must hold our words with a list of yours behind each, such as "
                    f"{name} = {example}"
                )
        return given

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.path is not None and self.table is not None:
            raise ValueError("give either `path` or `table`")
        if not (self.has_rows or self.from_calls):
            raise ValueError("give either `path` or `table`")
        return self

    @property
    def has_rows(self) -> bool:
        """Whether rows of its own belong to it, and not only codes of the calls."""
        return self.path is not None or self.table is not None


def _listed(given: object) -> object:
    """Return sources as a tuple, also a single one."""
    if isinstance(given, list):
        if not given:
            raise ValueError("give at least one source, or leave the table out")
        return tuple(given)
    return given if given is None or isinstance(given, tuple) else (given,)


Sources = Annotated[
    tuple[TableSource, ...] | None,
    BeforeValidator(
        _listed,
        json_schema_input_type=TableSource
        | Annotated[list[TableSource], Field(min_length=1)]
        | None,
    ),
]


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
        empty_customer_id: rows without a customer are refused, unless it states that they are left
            out of every table, and counted.
        calls: the calls, from one source or several.
        events: qualifying events, likewise, as are the next two.
        objections: who objected.
        complaints: who complained.
        counts: in place of the four.
    """

    data_through: dt.date
    engine: Literal["duckdb", "spark"] = "duckdb"
    engine_env: (
        Annotated[str, Field(json_schema_extra={"pattern": f"^{_VARIABLE.pattern}$"})] | None
    ) = None
    memory_limit_gb: Annotated[float, Field(ge=0.25, le=10_000)] | None = None
    spill_directory: Text | None = None
    threads: Annotated[int, Field(ge=1, le=1024)] | None = None
    empty_customer_id: Literal["left-out"] | None = None
    calls: Sources = None
    events: Sources = None
    objections: Sources = None
    complaints: Sources = None
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

    @model_validator(mode="after")
    def _only_objections_from_calls(self) -> Self:
        for name, sources in self.tables().items():
            if name != "objections" and any(source.from_calls for source in sources):
                raise ValueError(f"`{name}` has `from_calls`, which only `objections` can have")
        return self

    @model_validator(mode="after")
    def _digits_where_customers_are(self) -> Self:
        for name, sources in self.tables().items():
            stated = [source for source in sources if source.customer_id_digits is not None]
            if any(name == "counts" or not source.has_rows for source in stated):
                raise ValueError(
                    f"`{name}` has `customer_id_digits`, which only a source with rows and a "
                    "`customer_id` can have; leave it out"
                )
        return self

    @model_validator(mode="after")
    def _kinds_where_relations_are(self) -> Self:
        with_relations = {"counts", "calls" if self.events is None else "events"}
        for name, sources in self.tables().items():
            stated = [source.kinds for source in sources if source.kinds is not None]
            if stated and name not in with_relations:
                raise ValueError(
                    f"`{name}` has `kinds`, which only `counts` and `events` can have, and `calls` "
                    "without a table of events; leave it out"
                )
            if name == "events" and any(len(kinds) > 1 for kinds in stated):
                raise ValueError(
                    "`events` has `kinds` with more than one kind; name the one that every row "
                    "is, or leave it out and map a column `kind`"
                )
        return self

    @property
    def stated_kinds(self) -> frozenset[EventKind] | None:
        """The kinds of relation that counts or calls are about, where no events tell them.

        None where some source does not state them: then they are not known.
        """
        sources = self.tables().get("counts") or self.calls or ()
        if any(source.kinds is None for source in sources):
            return None
        return frozenset(kind for source in sources for kind in source.kinds or ())

    def tables(self) -> dict[str, tuple[TableSource, ...]]:
        """Return the sources of the tables that were given, by name of the table."""
        names = ("calls", "events", "objections", "complaints")
        given = {name: getattr(self, name) or () for name in names}
        given["counts"] = () if self.counts is None else (self.counts,)
        return {name: sources for name, sources in given.items() if sources}

    def sources(self) -> Iterator[tuple[str, TableSource]]:
        """Yield every source that has rows, with the name of its table."""
        for name, sources in self.tables().items():
            yield from ((name, source) for source in sources if source.has_rows)
