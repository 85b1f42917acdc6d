"""The overviews print what a reader needs to compute their limits again."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.analysis.method import analyse
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.presentation import tables
from balanstest_analysis.published.result import PublishedResult
from tests.example_results import EXAMPLES, proposed, published, row
from tests.few_draws import with_few_draws
from tests.printed_rows import row_faults
from tests.source_code import ROOT


def overviews(result: PublishedResult) -> list[Table]:
    return [tables.rates_table(result, name) for name in result.shown_outcomes]


def faults(result: PublishedResult) -> list[str]:
    settings = result.settings
    return [
        fault
        for table in overviews(result)
        for fault in row_faults(table, settings.confidence_level, settings.disclosure_minimum)
    ]


def whole(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return all rows together, as if nothing of them were hidden."""
    events = sum(one["k"] or 0 for one in rows)
    return row(rows[0]["month_from"], rows[-1]["month_to"], sum(one["n"] for one in rows), events)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_printed_numbers_of_a_row_give_its_printed_limits(example: str) -> None:
    assert faults(published(EXAMPLES[example]())) == []


def test_the_overviews_of_the_sample_can_be_computed_again(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "sample", tmp_path / "sample")
    dossier = with_few_draws(tmp_path / "sample" / "balanstest.toml")
    result = analyse(load_dossier(dossier)).published

    assert len(overviews(result)) == 3
    assert {len(table.rows) > 5 for table in overviews(result)[:2]} == {True}
    assert faults(result) == []


@pytest.mark.parametrize("seed", range(12))
def test_histories_of_any_size_with_hidden_rows_too_can_be_computed_again(seed: int) -> None:
    draw, result = random.Random(seed), proposed()
    for outcome in result["outcomes"].values():
        for place, old in enumerate(outcome["rates"]):
            contacts = draw.choice((30, 140, 900, 6000))
            events = min(contacts, draw.choice((0, 3, 10, 12, 80, 400, contacts)))
            made = row(old["month_from"], old["month_to"], contacts, events)
            outcome["rates"][place] = made
        outcome["total"] = whole(outcome["rates"])
    shown = published(result)

    for table in overviews(shown):
        assert [fault for fault in row_faults(table) if "grens" in fault] == []


def test_a_hidden_count_prints_no_design_effect_and_the_limit_of_the_most_it_can_be() -> None:
    table = tables.rates_table(published(proposed()), "complaint")
    shown = dict(zip(table.columns, table.rows[2], strict=True))

    assert shown["Klachten"] == "."
    assert (shown["Ontwerpeffect"], shown["Ondergrens"]) == (".", ".")
    assert shown["Bovengrens"] == "0,2296%"


def test_a_row_of_a_report_that_told_no_design_effect_has_no_limits_and_says_why() -> None:
    result = proposed()
    del result["outcomes"]["conversion"]["rates"][1]["design_effect"]
    table = tables.rates_table(published(result), "conversion")
    shown = dict(zip(table.columns, table.rows[1], strict=True))

    assert (shown["Ontwerpeffect"], shown["Ondergrens"], shown["Bovengrens"]) == (".", ".", ".")
    assert "Rijen zonder ontwerpeffect komen uit een rapport" in table.note
