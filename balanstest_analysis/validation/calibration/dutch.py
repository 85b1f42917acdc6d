"""The tables of the calibration as a reader of the notebook sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from balanstest_analysis.document import wording
from balanstest_analysis.document.wording.calibration import (
    COVERAGE_COLUMN,
    NAMED,
    RESULT_COLUMNS,
    SCENARIO_COLUMNS,
    SCENARIO_NAMES,
    WORLD_COLUMNS,
)
from balanstest_analysis.validation.calibration.scenario import Scenario
from balanstest_analysis.validation.calibration.scenarios import SCENARIOS
from balanstest_analysis.validation.calibration.truth import true_term
from balanstest_analysis.validation.calibration.worlds import WORLDS


def scenarios_in_dutch() -> pd.DataFrame:
    """Return the scenarios, one row each: size, criterion and true term.

    Examples:
        >>> scenarios_in_dutch().loc["knik", "ware termijn"]
        '24 maanden'
    """
    rows = [_scenario(scenario) for scenario in SCENARIOS.values()]
    return _headed(pd.DataFrame(rows), SCENARIO_COLUMNS)


def _scenario(scenario: Scenario) -> dict[str, str]:
    sign = "hoogstens" if scenario.kind == "maximum_rate" else "minstens"
    return {
        "scenario": SCENARIO_NAMES[scenario.name],
        "contacts": wording.number(scenario.contacts),
        "months": str(scenario.months),
        "threshold": f"{sign} {wording.threshold(scenario.threshold)}",
        "campaigns": str(scenario.campaigns),
        "calls_per_customer": str(scenario.calls_per_customer),
        "true_term_months": _term(true_term(scenario).term_months),
    }


def worlds_in_dutch() -> pd.DataFrame:
    """Return the other worlds, one row each: what is required, and the true term.

    Examples:
        >>> worlds_in_dutch().loc["twee criteria", "ware termijn"]
        '23 maanden'
    """
    rows = [
        {
            "scenario": SCENARIO_NAMES[world.name],
            "least_coverage": _required(world.least_coverage),
            "true_term_months": _term(true_term(world).term_months),
        }
        for world in WORLDS.values()
    ]
    return _headed(pd.DataFrame(rows), WORLD_COLUMNS)


def results_in_dutch(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table of a study, one row per scenario, with the required shortfall beside it.

    Args:
        table: rows of `summarise`, or `studies/calibration.csv`.
    """
    written: dict[str, Callable[[Any], str]] = {
        "scenario": SCENARIO_NAMES.__getitem__,
        "runs": wording.number,
        "true_term_months": _term,
        "coverage": lambda share: wording.percentage(share, 1),
        "least_coverage": _required,
        "coverage_unrounded": lambda share: wording.percentage(share, 1),
        "without_term": lambda share: wording.percentage(share, 1),
        "mean_shortfall_months": lambda months: _months(months, 1),
        "most_shortfall_months": lambda months: _months(months, 0),
    }
    columns = {name: [write(value) for value in table[name]] for name, write in written.items()}
    return _headed(pd.DataFrame(columns), RESULT_COLUMNS)


def coverage_in_dutch(table: pd.DataFrame) -> pd.DataFrame:
    """Return how often the term was not too long where that is required, at worst and on average.

    Args:
        table: rows of `summarise`, or of `published_study`.

    Examples:
        >>> rows = [{"coverage": 0.93, "least_coverage": 0.925}, {"coverage": 0.96}]
        >>> coverage_in_dutch(pd.DataFrame(rows)).loc["laagste", COVERAGE_COLUMN]
        '93,0%'
    """
    shares = table.loc[table["least_coverage"].notna(), "coverage"]
    over = {"laagste": shares.min(), "gemiddelde": shares.mean()}
    written = {name: wording.percentage(float(share), 1) for name, share in over.items()}
    return pd.DataFrame({COVERAGE_COLUMN: written}).rename_axis("over de werelden met een eis")


def _required(share: float | None) -> str:
    return NAMED if share is None or pd.isna(share) else wording.percentage(share, 1)


def _headed(table: pd.DataFrame, headings: Mapping[str, str]) -> pd.DataFrame:
    return table.rename(columns=headings).set_index(headings["scenario"])


def _term(months: float | None) -> str:
    return "geen einde" if months is None or pd.isna(months) else wording.months(int(months))


def _months(value: float | None, digits: int) -> str:
    missing = value is None or pd.isna(value)
    return wording.MISSING if missing else wording.number(float(value or 0), digits)
