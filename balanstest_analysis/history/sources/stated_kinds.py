"""Events of which the dossier says the kind, because no column of the source does."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.columns import TABLES, Request
from balanstest_analysis.history.sources.parts import Part

_KIND = next(column for column in TABLES["events"] if column.name == "kind")


def with_stated_kind(part: Part) -> Part:
    """Return a part in which every event is of the kind that the dossier states, if it does.

    Args:
        part: as its files are.

    Raises:
        DataError: the files have a column with the kind of each event themselves.
    """
    if stated_kind(part.request) is None:
        return part
    if _KIND in part.columns:
        raise DataError(
            f"`{part.name}` has a column {part.request.label('kind')} with the kind of every "
            "event, and `[data.events]` states `kinds` as well. Leave `kinds` out, or give it to "
            "sources without that column only."
        )
    return replace(
        part, columns=(*part.columns, _KIND), stored=kind_added(part.stored, part.request)
    )


def kind_added(stored: ir.Table, request: Request) -> ir.Table:
    """Return the stored rows of a source, with the kind that the dossier states, if it does."""
    kind = stated_kind(request)
    return stored if kind is None else stored.mutate(kind=ibis.literal(kind))


def stated_kind(request: Request) -> str | None:
    """Return what every event of a source is; None where its rows tell, or nothing does."""
    kinds = request.source.kinds
    return kinds[0] if request.table == "events" and kinds else None
