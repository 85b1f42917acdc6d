"""Which words are keys of customers of a dossier: asked of its tables, which stay in the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.history.columns.key_forms import key_text, tidied
from balanstest_analysis.history.engines.connecting import connect_for
from balanstest_analysis.history.engines.engine import Engine, frame
from balanstest_analysis.history.sources.checked_tables import checked_table

_KEYED = ("calls", "events", "objections", "complaints")


@dataclass(frozen=True, kw_only=True)
class Named:
    """What is known of words that were asked after.

    Attributes:
        keys: those that are keys, in small letters.
        of_length: how many keys are numbers, by their length.
    """

    keys: frozenset[str] = field(repr=False)
    of_length: Mapping[int, int]


NOBODY = Named(keys=frozenset(), of_length={})


def named_customers(dossier: Dossier, words: Collection[str]) -> Named:
    """Return which words are keys of customers or calls, whatever letters are capitals.

    In memory are the words alone; the keys stay in the engine.

    Args:
        dossier: whose tables are asked; counts have no keys.
        words: in small letters.

    Raises:
        DataError: a table cannot be read.
        DossierError: a database cannot be reached.
    """
    if dossier.data.counts is not None or not words:
        return NOBODY
    with closing(connect_for(dossier)) as engine:
        found = list(_keys(engine, dossier))
        if not found:
            return NOBODY
        keys = engine.keep("attached_keys", ibis.union(*found, distinct=True))
        asked = engine.put("attached_words", pa.table({"key": pa.array(sorted(words))}))
        hits = frame(engine, keys.semi_join(asked, "key"))
        digits = keys.filter(~keys.key.re_search("[^0-9]")).mutate(length=keys.key.length())
        lengths = frame(engine, digits.group_by("length").aggregate(number=digits.count()))
    pairs = zip(lengths["length"], lengths["number"], strict=True)
    return Named(
        keys=frozenset(hits["key"]),
        of_length={int(length): int(number) for length, number in pairs},
    )


def _keys(engine: Engine, dossier: Dossier) -> Iterator[ir.Table]:
    for table in _KEYED:
        if table not in dossier.data.tables():
            continue
        for part in checked_table(engine, dossier, table).parts:
            for column in part.columns:
                if column.kind == "key":
                    key = tidied(key_text(part.cells[column.name])).strip().lower()
                    yield part.cells.select(key=key).filter(lambda rows: rows.key.notnull())
