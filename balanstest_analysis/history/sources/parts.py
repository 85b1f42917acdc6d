"""What is known of files of one table that are laid out alike, and of their rows as stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import ibis
import ibis.expr.types as ir

from balanstest_analysis.dossier.data import TableSource
from balanstest_analysis.history.columns.columns import Column, Request
from balanstest_analysis.history.columns.key_forms import PLAIN, KeyReading, key_text, tidied
from balanstest_analysis.history.columns.notations import ISO, Notation
from balanstest_analysis.history.columns.placeholder_keys import is_placeholder
from balanstest_analysis.history.files.headers import Header
from balanstest_analysis.history.sources.keys_seen import KeysSeen
from balanstest_analysis.history.sources.row_filters import NOT_FILTERED, Filtered

Place = tuple[Path, int]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was seen in files while they were read, by file and row.

    Attributes:
        below: rows that are none of the table.
        first_below: the first of them, where rows have an order.
        hidden: rows of sheets that are hidden.
    """

    below: int = 0
    first_below: Place | None = None
    hidden: tuple[Place, ...] = ()


NOTHING_SEEN = Seen()


@dataclass(frozen=True, kw_only=True)
class Part:
    """Files of one table that are laid out alike.

    Attributes:
        request: the table they belong to.
        files: sorted by name; none for a table in a database.
        header: how they are laid out; None for Parquet and for a table in a database.
        columns: what is read from them.
        stored: the rows as stored, with our names; and beside them the moments that were read.
        plain: the rows without these; None where no moment was read.
        notations: how days, moments and amounts are written, by column.
        keys: how the keys of customers are read.
        given: columns that the names of their folders give.
        leaves_out: which rows are none of the table; see `no_rows.no_rows`.
        seen: what was seen on the way.
        filtered: which rows do not count by the codes of the dossier, and are left out.
        keys_seen: what is known of the keys; None where nobody asked.
        names: all columns of the files, also those that are not read.
    """

    request: Request
    files: tuple[Path, ...]
    header: Header | None
    columns: tuple[Column, ...]
    stored: ir.Table
    plain: ir.Table | None = None
    notations: Mapping[str, Notation] = field(default_factory=dict)
    keys: KeyReading = PLAIN
    given: Mapping[str, str | None] = field(default_factory=dict)
    leaves_out: frozenset[str] = frozenset()
    seen: Seen = NOTHING_SEEN
    filtered: Filtered = NOT_FILTERED
    keys_seen: KeysSeen | None = None
    names: tuple[str, ...] = ()

    @property
    def cells(self) -> ir.Table:
        """The rows as stored, for questions about no moment: an engine plans those anyhow."""
        return self.stored if self.plain is None else self.plain

    def is_somebody(self, stored: ir.Table) -> ir.BooleanValue:
        """Return where the key of a row stands for somebody; other rows are left out."""
        if not self.keys.nobody:
            return ibis.literal(True)
        if self.keys.nobodies is not None:
            raw = stored.customer_id
            nobody = raw.isin(list(self.keys.nobodies)).fill_null(False)
            return ~(nobody | raw.isnull() if self.leaves_out_empty_keys else nobody)
        key = tidied(key_text(stored.customer_id))
        nobody = is_placeholder(key)
        return ~(nobody | key.isnull() if self.leaves_out_empty_keys else nobody)

    @property
    def leaves_out_empty_keys(self) -> bool:
        """Whether the dossier states that rows without a customer are left out."""
        return self.request.leaves_out_empty_keys

    def notation(self, column: Column) -> Notation:
        """Return how the cells of a column are written."""
        return self.notations.get(column.name, ISO)

    @property
    def name(self) -> str:
        """Its first file or its table in a database, as messages name it."""
        return self.request.source.table or self.files[0].name

    @property
    def place(self) -> str:
        """What messages begin with: its first file, and the sheet where the dossier states one."""
        sheet = self.request.source.sheet
        return f"`{self.name}` sheet {sheet!r}" if sheet else f"`{self.name}`"


def part_of_rows(stored: ir.Table, columns: tuple[Column, ...]) -> Part:
    """Return rows that are in no dossier, such as those of an export, as a part.

    Args:
        stored: with the columns, by their names.
        columns: what they should be.
    """
    asked = Request(table="", source=TableSource(path="-"), columns=columns)
    return Part(request=asked, files=(), header=None, columns=columns, stored=stored)
