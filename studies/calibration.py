"""The calibration of the method: `python -m studies.calibration`, or `make study`.

Every scenario and every other world is run a thousand times, in chunks over processes. What has
been run is kept in `build/calibration`, under the seed and a fingerprint of the statistics and the
world, so that an interrupted study goes on where it stopped. The table goes to
`studies/calibration.csv` and `docs/calibration.md` once it is complete.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # before numpy is loaded, here and in every worker

import pandas as pd  # noqa: E402

import balanstest_analysis  # noqa: E402
from balanstest_analysis.validation.calibration import (  # noqa: E402
    SCENARIOS,
    STATUSES,
    WORLDS,
    Scenario,
    Trial,
    World,
    run_trials,
    summarise,
)

Simulated = Scenario | World

CHUNK = 25
ROOT = Path(__file__).parents[1]
PARTS = ROOT / "build" / "calibration"
TABLE = ROOT / "studies" / "calibration.csv"
PAGE = ROOT / "docs" / "calibration.md"
STATISTICS = (
    "statistics/count_covariance",
    "statistics/count_draws",
    "statistics/curves",
    "statistics/customer_products",
    "statistics/evidence",
    "statistics/families",
    "statistics/fisher_scoring",
    "statistics/fit_data",
    "statistics/fitting",
    "statistics/goodness_of_fit",
    "statistics/model_averaging",
    "statistics/outcome_counts",
    "statistics/rates",
    "statistics/resampled_rates",
    "term/criterion_margins",
    "term/judging",
    "term/margins",
    "term/outcome_series",
    "term/outcomes",
    "term/proposal",
    "term/rate_margins",
    "term/weighed_margins",
    "validation/calibration/counts",
    "validation/calibration/customer_histories",
    "validation/calibration/restart_rates",
    "validation/calibration/scenario",
    "validation/calibration/several_outcomes",
    "validation/calibration/shapes",
    "validation/calibration/tables",
    "validation/calibration/trials",
    "validation/calibration/truth",
)
DECIMALS = 4
WHOLE = ("months", "evidence")  # columns of a trial that hold whole numbers or nothing
ALL: dict[str, Simulated] = {**SCENARIOS, **WORLDS}
UNTOLD = ("constant-holds", "constant-fails", "thin-tail")  # no crossing that data could show


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what has not been run, and print the table."""
    asked = _parser().parse_args(arguments)
    chosen = [ALL[name] for name in asked.only or ALL]
    study = {"runs": asked.runs, "resamples": asked.resamples, "seed": asked.seed}
    _run_missing(chosen, jobs=asked.jobs, **study)
    table = pd.DataFrame([summarise(world, _kept(world, **study)) for world in chosen])
    print(printed(table).to_string(index=False))
    for name, value in overall(table).items():
        print(f"{name}: {value:.3f}")
    if not asked.only:
        _write_atomically(_labelled(table, **study), asked.output)
        if asked.output == TABLE:
            _document({"results": printed(table)})
        print(f"Written to {asked.output}.")


def overall(table: pd.DataFrame) -> dict[str, float]:
    """Return what is required over all that is not named from the data, and of the scenarios.

    Args:
        table: rows of `summarise`, or `studies/calibration.csv`.

    Returns:
        Mean coverage, the same before rounding to whole months, and the mean shortfall over the
        scenarios in which a term can be right and the data can tell where it ends.
    """
    required = table[table["least_coverage"].notna()]
    scenarios = table[table["scenario"].isin(SCENARIOS)]
    told = scenarios[~scenarios["scenario"].isin(UNTOLD)]
    return {
        "coverage": float(required["coverage"].mean()),
        "coverage before rounding": float(required["coverage_unrounded"].mean()),
        "coverage of the scenarios": float(scenarios["coverage"].mean()),
        "mean shortfall of the scenarios": float(told["mean_shortfall_months"].mean()),
    }


def printed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table of the study as it is printed and documented, all text.

    Args:
        table: rows of `summarise`, or `studies/calibration.csv`.
    """
    percent, tenths, whole = "{:.1%}".format, "{:.1f}".format, "{:.0f}".format
    columns: dict[str, tuple[str, Callable[[Any], str]]] = {
        "runs": ("runs", whole),
        "true term": ("true_term_months", whole),
        "limit <= true term": ("coverage", percent),
        "required": ("least_coverage", percent),
        "named from the data": ("named", str),
        "before rounding": ("coverage_unrounded", percent),
        "without a term": ("without_term", percent),
        "mean shortfall": ("mean_shortfall_months", tenths),
        "at most": ("most_shortfall_months", whole),
        "sd of term": ("sd_of_term_months", tenths),
        "sd of crossing": ("sd_of_crossing_months", tenths),
        **{name.replace("_", " "): (name, percent) for name in STATUSES},
    }
    written = {
        heading: ["" if pd.isna(value) else write(value) for value in table[name]]
        for heading, (name, write) in columns.items()
    }
    return pd.DataFrame({"scenario": table["scenario"], **written})


def marked(text: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """Return a page with the rows of its tables in place of those it has.

    Args:
        text: with `<!-- name -->` before and `<!-- end of name -->` after each table.
        tables: by name.
    """
    for name, table in tables.items():
        rows = [[*table.columns], ["---"] * table.shape[1], *table.astype(str).to_numpy().tolist()]
        lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        before, rest = text.split(f"<!-- {name} -->\n", 1)
        after = rest.split(f"<!-- end of {name} -->", 1)[1]
        text = f"{before}<!-- {name} -->\n\n{lines}\n\n<!-- end of {name} -->{after}"
    return text


def _document(tables: Mapping[str, pd.DataFrame]) -> None:
    PAGE.write_text(marked(PAGE.read_text(encoding="utf-8"), tables), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m studies.calibration", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000, help="runs of each")
    parser.add_argument("--resamples", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--only", nargs="+", choices=ALL, metavar="NAME", help="only these")
    parser.add_argument("--output", type=Path, default=TABLE)
    return parser


def _run_missing(
    worlds: Sequence[Simulated], *, jobs: int, runs: int, resamples: int, seed: int
) -> None:
    """Run every chunk that is not kept yet, world after world."""
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        waiting = {
            pool.submit(run_trials, world, chunk, resamples=resamples, seed=seed): world
            for world in worlds
            for chunk in _missing(world, runs, resamples, seed)
        }
        for number, done in enumerate(as_completed(waiting), start=1):
            world = waiting[done]
            _keep(world, done.result(), resamples=resamples, seed=seed)
            print(f"{number}/{len(waiting)} {world.name}", file=sys.stderr, flush=True)


def _missing(world: Simulated, runs: int, resamples: int, seed: int) -> Iterator[list[int]]:
    known = set(_part(world, resamples, seed)["run"])
    left = [run for run in range(runs) if run not in known]
    for start in range(0, len(left), CHUNK):
        yield left[start : start + CHUNK]


def _keep(world: Simulated, trials: list[Trial], *, resamples: int, seed: int) -> None:
    known = _part(world, resamples, seed)
    rows = [*known.to_dict("records"), *(asdict(trial) for trial in trials)]
    _write_atomically(pd.DataFrame(rows).sort_values("run"), _path(world, resamples, seed))


def _kept(world: Simulated, *, runs: int, resamples: int, seed: int) -> list[Trial]:
    part = _part(world, resamples, seed)
    rows = part[part["run"] < runs].to_dict("records")
    return [Trial(**{str(key): _value(key, row[key]) for key in row}) for row in rows]


def _value(name: object, value: Any) -> Any:
    if pd.isna(value):
        return None
    return int(value) if str(name).endswith(WHOLE) else value


def _part(world: Simulated, resamples: int, seed: int) -> pd.DataFrame:
    path = _path(world, resamples, seed)
    return pd.read_csv(path) if path.exists() else pd.DataFrame({"run": []}, dtype=int)


def _path(world: Simulated, resamples: int, seed: int) -> Path:
    own = hashlib.sha256(repr(world).encode()).hexdigest()[:6]
    return PARTS / _fingerprint() / f"{world.name}-{own}-{resamples}-{seed}.csv"


@cache
def _fingerprint() -> str:
    """Return a fingerprint of the code of the statistics: other code, other results."""
    folder = Path(balanstest_analysis.__file__).parent
    code = "".join(_code(folder / f"{name}.py") for name in STATISTICS)
    return hashlib.sha256(code.encode()).hexdigest()[:12]


def _code(path: Path) -> str:
    """Return the code of a module without comments and docstrings, which change no result."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [line for line in body if not _is_text(line)]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]
    return ast.unparse(tree)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _write_atomically(table: pd.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    table.to_csv(draft, index=False, lineterminator="\n")
    draft.replace(path)


def _labelled(table: pd.DataFrame, **study: int) -> pd.DataFrame:
    """Return the table with what it takes to make it again."""
    versions = {name: version(name) for name in ("numpy", "scipy", "statsmodels")}
    labels = {**study, "python": platform.python_version(), **versions}
    made_with = pd.DataFrame(labels, index=table.index).drop(columns="runs")
    return pd.concat([table.round(DECIMALS), made_with], axis=1)


if __name__ == "__main__":
    main()
