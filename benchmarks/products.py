"""The sums over customers of a large history, beside the month table that they belong to.

``python -m benchmarks.products --calls 1e6 --repeats 3`` makes the histories it needs in a folder
of its own, counts them in one piece, and prints the seconds of the sums as a ratio to those of
everything else, from the files to the month table.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

from balanstest_analysis import load_dossier
from balanstest_analysis.history.engines import duckdb_engine
from balanstest_analysis.history.exposure import ledger
from balanstest_analysis.history.exposure.alternative_counts import month_table
from balanstest_analysis.history.exposure.customer_products import AskedProducts, ask_products
from balanstest_analysis.history.sources import open_history, queries_on
from benchmarks.generated import histories


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the measurements of every size."""
    asked = _parser().parse_args(arguments)
    for calls, folder in histories(asked.calls, seed=asked.seed):
        found = [measured(folder / "balanstest.toml") for _ in range(asked.repeats)]
        table, products = (median(seconds) for seconds in zip(*found, strict=True))
        print(f"{calls:,} calls, medians of {asked.repeats}")
        print(f"  month table {table:.2f} s, sums over customers {products:.2f} s", end="")
        print(f" ({products / table:.2f}x)", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.products")
    parser.add_argument("--calls", type=float, nargs="+", default=[1e6])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    return parser


def measured(path: Path) -> tuple[float, float]:
    """Return the seconds of the month table without the sums, and of the sums.

    Args:
        path: of the dossier.
    """
    spent = 0.0

    def timed(*given: Any) -> AskedProducts:
        nonlocal spent
        start = time.perf_counter()
        products = ask_products(*given)
        assert products.customers.value
        assert products.cells is None or products.cells.value
        spent = time.perf_counter() - start
        return products

    dossier, start = load_dossier(path), time.perf_counter()
    with (
        mock.patch.object(duckdb_engine, "number_of_buckets", return_value=1),
        mock.patch.object(ledger, "ask_products", timed),
        closing(open_history(dossier, b"secret")) as history,
    ):
        month_table(ledger.ask_ledger(queries_on(history), dossier).ledger.value)
    return time.perf_counter() - start - spent, spent


if __name__ == "__main__":
    main()
