"""A cell means the same in every notation, or it is refused."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from balanstest_analysis.history.columns.written_moments import (
    needed_steps,
    shape,
    simplified,
    without_names,
)
from balanstest_analysis.history.engines.duckdb_engine import DuckDBEngine
from tests.written_cells import DAY_FIRST, MONTH_FIRST, ONE_WAY, assert_read


def test_cells_are_read_in_one_way_only() -> None:
    engine = DuckDBEngine()
    assert_read(engine)
    engine.close()


def test_cells_are_read_without_the_steps_that_they_need_not() -> None:
    engine, texts = DuckDBEngine(), [*DAY_FIRST, *MONTH_FIRST, *ONE_WAY]
    rows = engine.put("cells", pa.table({"cell": texts}))
    found = engine.fetch(rows.select("cell", shape=shape(rows.cell))).to_pylist()
    needed: dict[frozenset[str], list[str]] = {}
    for row in found:
        needed.setdefault(needed_steps([row["shape"]]), []).append(row["cell"])
    assert len(needed) > 20
    read: dict[str, ir.StringValue] = {}
    for number, (having, cells) in enumerate(needed.items()):
        given = rows.filter(rows.cell.isin(cells))
        read[f"{number}"] = given.select(
            "cell", text=simplified(without_names(given.cell, having), having)
        )
    short = engine.fetch(ibis.union(*read.values())).to_pylist()
    long = engine.fetch(rows.select("cell", text=simplified(without_names(rows.cell)))).to_pylist()
    engine.close()
    assert {row["cell"]: row["text"] for row in short} == {row["cell"]: row["text"] for row in long}
