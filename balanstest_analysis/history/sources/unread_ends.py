"""Columns of events that seem to tell when a relation ended, and that the dossier does not name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from balanstest_analysis.history.columns.casts import text_of
from balanstest_analysis.history.columns.column_names import ours_of
from balanstest_analysis.history.columns.columns import OTHER, WITH_TERM, Request
from balanstest_analysis.history.engines.engine import Engine, totals_of
from balanstest_analysis.history.sources.file_layouts import reopened_whole
from balanstest_analysis.history.sources.parts import Part
from balanstest_analysis.history.sources.stated_kinds import stated_kind

ENDS: Final = "ends_on"
_DATE: Final = r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/., ]+[0-9]{1,4}|^[0-9]{8}$"
_CLEAR_FROM: Final = 0.1  # of the rows: fewer may be days on which something else ended


@dataclass(frozen=True, kw_only=True)
class UnreadEnd:
    """A column that seems to hold the ends of relations, and that is not read.

    Attributes:
        file: name of the first file that has it.
        column: its name there.
        dated: rows with a date in it.
        rows: of those files.
    """

    file: str
    column: str
    dated: int
    rows: int

    @property
    def is_clear(self) -> bool:
        """Whether so many rows have a date that months counted from the start would be wrong."""
        return self.dated >= _CLEAR_FROM * self.rows


def unread_ends(engine: Engine, parts: Sequence[Part]) -> Iterator[UnreadEnd]:
    """Yield the columns of events that seem to hold ends, where none is read.

    Args:
        engine: where they are read.
        parts: of one source. Of one that states a kind without an end nothing is asked.
    """
    if not asks_for_ends(parts[0].request):
        return
    for part in parts:
        names = () if ENDS in {column.name for column in part.columns} else _called_ends(part)
        if not names:
            continue
        asked = replace(part, request=replace(part.request, others=names))
        stored = reopened_whole(engine, asked)
        texts = {f"{OTHER}{n}": text_of(stored[f"{OTHER}{n}"]) for n in range(len(names))}
        sums = {name: stored.count(where=text.re_search(_DATE)) for name, text in texts.items()}
        found = totals_of(engine, stored.aggregate(rows=stored.count(), **sums))
        for number, name in enumerate(names):
            if dated := found[f"{OTHER}{number}"]:
                yield UnreadEnd(file=part.name, column=name, dated=dated, rows=found["rows"])


def asks_for_ends(request: Request) -> bool:
    """Return whether relations of a source may have ends, as none states a kind without."""
    kind = stated_kind(request)
    return request.table == "events" and (kind is None or kind in WITH_TERM)


def _called_ends(part: Part) -> tuple[str, ...]:
    read = set(part.request.all_of)
    single = [name for name in part.names if part.names.count(name) == 1 and name not in read]
    return tuple(name for name in single if ENDS in ours_of(name))
