"""Appendix H: the formulas that it prints give what it prints, and what the overview prints."""

from __future__ import annotations

import pytest

from balanstest_analysis.document.blocks import Fragment, Table
from balanstest_analysis.document.blocks.plain import plain_of
from balanstest_analysis.presentation import chapters, tables
from balanstest_analysis.presentation.conclusions.worked_row import WorkedRow, worked_row
from balanstest_analysis.presentation.tables.worked_row import worked_row_table
from balanstest_analysis.published.result import PublishedResult
from tests.example_results import EXAMPLES, proposed, published
from tests.printed_rows import computed, number_of, shown_as


def appendix(result: PublishedResult) -> str:
    return plain_of(chapters.recalculation(result))


def cells(worked: WorkedRow, result: PublishedResult) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in worked_row_table(worked, result).rows}


def overview(worked: WorkedRow, result: PublishedResult) -> dict[str, str]:
    table = tables.rates_table(result, worked.outcome)
    found = next(row for row in table.rows if row[0] == worked.months)
    return dict(zip(table.columns, found, strict=True))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_printed_formulas_give_the_printed_numbers(example: str) -> None:
    result = published(EXAMPLES[example]())
    worked = worked_row(result)
    assert worked is not None
    sheet: dict[str, float] = {}
    for place, (_, dutch, _, printed) in cells(worked, result).items():
        if dutch.startswith("="):
            sheet[place] = computed(dutch, sheet)
            assert printed.endswith("%") == (place not in {"A4", "A5", "A9", "A10", "A11", "A12"})
            if printed.endswith("%"):
                assert shown_as(sheet[place], printed) == printed
        else:
            sheet[place] = number_of(printed) or 0.0


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_numbers_worked_out_are_those_of_the_overview(example: str) -> None:
    result = published(EXAMPLES[example]())
    worked = worked_row(result)
    assert worked is not None
    shown, printed = overview(worked, result), [row[-1] for row in cells(worked, result).values()]

    given = list(shown.values())
    assert printed[:3] == [given[1], given[2], shown["Ontwerpeffect"]]
    assert printed[5:8] == [shown["Percentage"], shown["Ondergrens"], shown["Bovengrens"]]
    assert " tot ".join(printed[-2:]) == shown["95%-interval"]


def test_the_english_formulas_are_the_dutch_ones_in_other_words() -> None:
    result = published(proposed())
    worked = worked_row(result)
    assert worked is not None
    for _, dutch, english, _ in cells(worked, result).values():
        mended = english.replace(",", ";").replace("0.", "0,").replace("SQRT", "WORTEL")
        assert mended == dutch


def test_the_row_is_the_last_one_within_the_term_of_what_decides() -> None:
    result = published(proposed())
    worked = worked_row(result)

    assert worked is not None
    assert result.criterion_named(result.proposal.binding).outcome == worked.outcome  # type: ignore[union-attr]
    term = result.proposal.term_months
    assert term is not None
    assert worked.row.month_from < term <= worked.row.month_to + 1


def test_the_row_is_held_against_the_criterion_as_the_check_does() -> None:
    result = proposed()
    text = appendix(published(result))

    assert "dat is ten hoogste 6,30%. De bovengrens van deze rij" in text
    assert "mag het verzetpercentage ten hoogste 1,5 keer zo hoog zijn" in text
    assert "Zo is rij voor rij de kolom ‘Controle’" in text


def test_without_a_ground_the_row_is_held_against_no_criterion() -> None:
    assert "Volgens het criterium" not in appendix(published(EXAMPLES["not_allowed"]()))


def test_a_report_that_hides_every_row_says_so_and_how_its_limits_are_computed() -> None:
    result = proposed()
    for outcome in result["outcomes"].values():
        for hidden in (*outcome["rates"], outcome["total"]):
            hidden.update(k=None, rate=None, rate_lower=None, design_effect=None, rate_upper=0.2)
    text = appendix(published(result))

    assert "Er is daarom geen rij om voor te rekenen." in text
    assert "=BETA.INV(0,95;9+1;A1-9)" in text
    assert not any(isinstance(b, Table) for b in chapters.recalculation(published(result)))


def test_a_row_of_few_events_gets_the_interval_of_clopper_and_pearson() -> None:
    result = proposed()
    result["settings"]["disclosure_minimum"] = 1
    for outcome in result["outcomes"].values():
        for few in (*outcome["rates"], outcome["total"]):
            few.update(n=900, k=3, rate=3 / 900, rate_lower=0.0006, rate_upper=0.01)
            few["design_effect"] = 1.2
    shown = published(result)
    worked = worked_row(shown)
    assert worked is not None

    formulas = [row[1] for row in cells(worked, shown).values()]
    assert formulas[-2:] == ["=BETA.INV(0,025;A5;A4-A5+1)", "=BETA.INV(0,975;A5+1;A4-A5)"]


def test_the_appendix_is_a_fragment_of_the_notebook() -> None:
    blocks = chapters.recalculation(published(proposed()))

    assert "Zo rekent u het na" in Fragment(blocks=blocks)._repr_mimebundle_()["text/html"]
