"""Dutch numbers, dates and labels."""

from __future__ import annotations

import datetime as dt
import re
import typing

import pytest

from balanstest_analysis.document import wording
from balanstest_analysis.document.wording.compliance import RULES
from balanstest_analysis.dossier.review import Review
from balanstest_analysis.dossier.statements import CONDITIONS, Processing
from balanstest_analysis.history.exposure.exclusions import CALL_FINDINGS, EXCLUSIONS, IN_EXPOSURE
from balanstest_analysis.published.names import (
    BREACHES,
    COUNTERPOINTS,
    CriterionStatus,
    DpoStatus,
    FitStatus,
    ProposalStatus,
    Route,
)


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (0.1234, "12,3%"),
        (0.05, "5,0%"),
        (0.0312, "3,1%"),
        (0.0021, "0,21%"),
        (0.00012, "0,012%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (None, "."),
    ],
)
def test_a_percentage_shows_two_digits_and_a_decimal_comma(rate: float | None, words: str) -> None:
    assert wording.percentage(rate) == words


def test_percentages_of_one_column_have_the_same_number_of_decimals() -> None:
    digits = wording.percentage_digits([0.12, 0.004, None, 0])
    assert [wording.percentage(rate, digits) for rate in (0.12, 0.004)] == ["12,00%", "0,40%"]


def test_thousands_have_a_point_and_decimals_a_comma() -> None:
    assert wording.number(1234567.891, 2) == "1.234.567,89"


def test_a_negative_number_has_a_minus_and_a_rounded_zero_has_none() -> None:
    assert (wording.number(-1.5, 1), wording.number(-0.01, 1)) == ("−1,5", "0,0")


@pytest.mark.parametrize(("count", "words"), [(0, "0 maanden"), (1, "1 maand"), (36, "36 maanden")])
def test_one_month_is_singular(count: int, words: str) -> None:
    assert wording.months(count) == words


@pytest.mark.parametrize("day", [dt.date(2026, 9, 30), "2026-09-30"])
def test_a_date_is_written_in_words(day: dt.date | str) -> None:
    assert wording.date(day) == "30 september 2026"


def test_a_quarter_is_written_in_words_and_other_periods_are_left_alone() -> None:
    assert wording.quarter("2026-Q1") == "eerste kwartaal van 2026"
    assert wording.quarter("heel 2026") == "heel 2026"


def test_significant_digits_do_not_depend_on_the_size_of_the_number() -> None:
    shown = [wording.significant(value) for value in (-0.0564607, 123.456, 0.0, None, 2e-9)]
    assert shown == ["−0,05646", "123,5", "0", ".", "2,000 × 10^−9"]


def test_amounts_of_money_show_cents_only_where_there_are_any() -> None:
    assert (wording.amount(1200), wording.amount(6.84)) == ("€ 1.200", "€ 6,84")


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        (typing.get_args(CriterionStatus), wording.CRITERION_STATUSES),
        (typing.get_args(ProposalStatus), wording.PROPOSAL_STATUSES),
        (typing.get_args(Route), wording.ROUTES),
        (typing.get_args(FitStatus), wording.FIT_STATUSES),
        (CONDITIONS, wording.CONDITION_TEXTS),
        (CONDITIONS, wording.CONDITION_NAMES),
        (Review.model_fields, wording.REVIEW_LABELS._asdict()),
        (Processing.model_fields, wording.PROCESSING_LABELS),
        (BREACHES, RULES),
        (COUNTERPOINTS, wording.COUNTERPOINT_NAMES),
        (typing.get_args(DpoStatus), wording.DPO_STATUSES),
        (("rows_in", *EXCLUSIONS, IN_EXPOSURE), wording.EXCLUSIONS),
        (CALL_FINDINGS, wording.FINDING_TEXTS),
    ],
)
def test_every_code_has_a_label(codes: tuple[str, ...], labels: dict[str, object]) -> None:
    assert set(codes) <= set(labels)


@pytest.mark.parametrize("code", wording.FINDING_TEXTS)
@pytest.mark.parametrize(("count", "start"), [(1, "1 "), (1200, "1.200 "), (None, "minder dan 7 ")])
def test_a_finding_reads_well_for_one_many_and_a_count_that_is_not_published(
    code: str, count: int | None, start: str
) -> None:
    text = wording.finding_text(code, count, minimum=7)
    assert start in text.lower()
    assert text[0].isupper() or text[0].isdigit()
    assert text.endswith(".")
    assert "{" not in text


@pytest.mark.parametrize("code", wording.FINDING_TEXTS)
def test_a_finding_gives_its_reader_no_orders(code: str) -> None:
    text = wording.finding_text(code, 12)
    orders = "Controleer|Ga|Geef|Kies|Lever|Licht|Maak|Noem|Verbeter|Vraag|Vul|Zet|Zoek"
    assert re.search(rf"(?:^|[.:;] )(?:{orders})\b", text) is None


def test_a_finding_without_words_of_its_own_is_still_told_in_dutch() -> None:
    assert wording.finding_text("iets_nieuws", 2).startswith("2 bijzonderheden")


def demand(
    kind: str,
    outcome: str | None = None,
    threshold: float | None = None,
    **stated: float | str | tuple[int, ...],
) -> wording.Demand:
    return wording.Demand(kind=kind, outcome=outcome, threshold=threshold, stated=stated)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (
            demand("minimum_rate", "conversion", 0.03),
            "ten minste 3% van de netto contacten moet in elke maand tot een conversie leiden",
        ),
        (
            demand("maximum_ratio", "objection", 0.061, factor=1.5, reference_months=(0, 11)),
            "het verzetpercentage mag ten hoogste 1,5 keer zo hoog zijn als in maand 0 tot en met "
            "11",
        ),
        (
            demand("burden_per_conversion", threshold=0.5, complaint_weight=10),
            "per conversie mag ten hoogste 0,5 meldingen van verzet voorkomen, waarbij een klacht "
            "telt als 10 meldingen van verzet",
        ),
        (
            demand(
                "net_benefit",
                value_per_conversion=60,
                cost_per_contact=4.5,
                objection_weight=10,
                complaint_weight=100,
            ),
            "een netto contact moet gemiddeld ten minste opleveren wat het kost, gerekend met een "
            "opbrengst van € 60 per conversie en kosten van € 4,50 per netto contact, € 10 per "
            "melding van verzet en € 100 per klacht",
        ),
        (
            demand("maximum_overall_rate", "complaint", 0.005),
            "over alle maanden van de termijn samen mag ten hoogste 0,5% van de netto contacten "
            "tot een klacht leiden",
        ),
        (demand("horizon", months=24), "de termijn mag ten hoogste 24 maanden zijn"),
    ],
)
def test_the_demand_of_every_kind_of_criterion_is_written_out(
    stated: wording.Demand, words: str
) -> None:
    assert wording.norm(stated) == words


@pytest.mark.parametrize(
    ("stated", "named"),
    [
        (demand("minimum_rate", "conversion"), "threshold"),
        (demand("horizon", months="veel"), "months"),
        (demand("maximum_ratio", "objection", factor=1.5), "reference_months"),
    ],
)
def test_a_demand_that_lacks_what_its_kind_needs_is_refused(
    stated: wording.Demand, named: str
) -> None:
    with pytest.raises(TypeError, match=named):
        wording.norm(stated)


def test_every_gap_has_words() -> None:
    codes = ("1d", "conditions.same_entity", "review.dpo_opinion", "processing.basis",
             "decision", "decision.outdated", "measures.beyond_cap", "replies.silence",
             "criteria.burden", "criteria.untested", "set_aside.void", "organisation.name",
             "scope.category", "criteria[12]")  # fmt: skip
    assert all(wording.gap(code, "Vervangingstermijn") for code in codes)


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("threshold", 1.25, "× 1,25"),
        ("threshold", 2.0, "× 2"),
        ("reference_months", "3-8", "maand 3 tot en met 8"),
        ("reference_months", "0-0", "maand 0"),
        ("family", "spline4", "spline met 4 knopen"),
        ("without_campaign", "2025-K1", "2025-K1"),
        ("denominator", "net_contact", "netto contact"),
        ("objection_window_days", 1, "1 dag"),
        ("complaint_window_days", "90", "90 dagen"),
        ("year", 2024.0, "2024"),
        ("reference_event", "service", "laatste dienst"),
        ("reference_event", "iets anders", "iets anders"),
        ("with_excluded_calls", "beyond_own_term", "buiten de eigen termijn"),
        ("with_excluded_calls", None, "alle samen"),
        ("iets_nieuws", 3, "3"),
    ],
)
def test_the_value_of_another_choice_is_written_in_dutch(
    code: str, value: float | str | None, words: str
) -> None:
    assert wording.choice_value(code, value) == words


def test_a_difference_of_rates_never_rounds_to_nothing() -> None:
    shown = [wording.percentage_points(size) for size in (0.012, -0.001, 0.0004, 0)]
    assert shown == ["1,2 procentpunt", "0,1 procentpunt", *["minder dan 0,1 procentpunt"] * 2]
