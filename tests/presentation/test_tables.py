"""Tables for display."""

from __future__ import annotations

import re
from typing import Any

import pytest

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation import tables
from tests.claim_variations import of_one_height
from tests.example_results import (
    EXAMPLES,
    NAMES,
    cap_bound,
    counts_only,
    dossier,
    incomplete,
    other_choice,
    overall_rate,
    proposed,
    published,
    request,
    undetermined,
)


def cells(table: Table | None) -> str:
    assert table is not None
    return "\n".join(" | ".join(row) for row in (table.columns, *table.rows))


def test_rates_are_listed_per_row_with_the_total_last() -> None:
    table = tables.rates_table(published(proposed()), "conversion")
    assert table.rows[0] == (
        *("0 t/m 2", "5.632", "908", "16,1%", "15,1% tot 17,2%"),
        *("1,1", "15,28%", "16,99%"),
    )
    assert table.rows[-1][:3] == ("Alle maanden", "41.076", "3.709")
    assert table.emphasise == (len(table.rows) - 1,)


def test_a_single_row_is_not_repeated_as_a_total() -> None:
    result = proposed()
    entry = result["outcomes"]["conversion"]
    entry["rates"] = [entry["total"]]
    table = tables.rates_table(published(result), "conversion")
    assert len(table.rows) == 1
    assert table.emphasise == ()


def test_a_suppressed_row_shows_points_and_only_its_upper_limit() -> None:
    table = tables.rates_table(published(proposed()), "complaint")
    assert table.rows[2] == (
        *("24 t/m 35", "6.838", ".", ".", "tot 0,250%"),
        *(".", ".", "0,2296%"),
    )
    assert table.note.startswith(
        "Een punt staat voor minder dan 10; de bovengrens is dan berekend met het grootste aantal "
        "dat daarmee bedoeld kan zijn. Ondergrens en bovengrens zijn exact"
    )


def test_a_row_that_hides_how_few_had_no_event_is_not_said_to_hide_few_events() -> None:
    result = proposed()
    entry = result["outcomes"]["conversion"]
    for hidden in (entry["rates"][0], entry["total"]):
        hidden.update(k=None, rate=None, rate_lower=None, rate_upper=1.0, design_effect=None)
        hidden["hidden"] = {"k": "few_others"}
    table = tables.rates_table(published(result), "conversion")
    assert table.rows[0] == (
        *("0 t/m 2", "5.632", ".", ".", "tot 100%"),
        *(".", ".", "100%"),
    )
    assert table.note.startswith(
        "Een punt staat voor een aantal waaruit een aantal van minder dan 10 zou volgen; de "
        "bovengrens is dan berekend met het grootste aantal dat daarmee bedoeld kan zijn."
    )


def test_without_any_event_the_limits_decide_how_many_decimals_are_shown() -> None:
    result = proposed()
    entry = result["outcomes"]["complaint"]
    for item in (*entry["rates"], entry["total"]):
        item.update(k=0, rate=0.0, rate_lower=0.0, rate_upper=0.00026)
    table = tables.rates_table(published(result), "complaint")
    assert table.rows[-1][4] == "0% tot 0,026%"


def test_a_table_without_suppressed_rows_has_no_note_about_them() -> None:
    assert "punt" not in tables.rates_table(published(proposed()), "conversion").note


def test_benefit_and_burden_stand_beside_each_other_per_year() -> None:
    table = tables.yearly_table(published(proposed()))
    assert table is not None
    assert table.columns[-1] == "Verzet per 100 conversies"
    assert table.rows[0][0] == "0 t/m 11"
    assert table.rows[2][3] == "."


def test_benefit_alone_makes_no_table_of_both() -> None:
    assert tables.yearly_table(published(counts_only())) is None


def test_the_binding_criterion_is_emphasised() -> None:
    table = tables.criteria_table(published(proposed()))
    assert table.emphasise == (1,)
    assert table.rows[1][2:] == ("24", "21", "23", "22 maanden")


def test_a_criterion_that_was_not_tested_shows_why_instead_of_a_term() -> None:
    table = tables.criteria_table(published(incomplete()))
    assert table.rows[1][2:] == (*["n.t.b."] * 3, "te weinig gegevens; terzijde gelegd")
    aside = "niet getoetst: geen gegevens; terzijde gelegd"
    assert table.rows[2][2:] == (*["n.t.b."] * 3, aside)
    table = tables.criteria_table(published(undetermined()))
    assert table.rows[1][-1] == "te weinig gegevens"
    assert table.emphasise == ()


def test_an_overall_rate_is_stated_over_all_months_and_has_no_witness() -> None:
    table = tables.criteria_table(published(overall_rate()))
    assert table.rows[1][1].startswith("Over alle maanden van de termijn samen mag ten hoogste")
    assert table.rows[1][2:] == ("n.v.t.", "21", "n.v.t.", "22 maanden")


def test_printed_weights_add_up_to_a_hundred_or_say_why_not() -> None:
    result = proposed()
    weights = (0.114, 0.114, 0.214, 0.114, 0.214, 0.114, 0.114, 0.002)
    for name in ("conversion", "complaint"):
        for fit, weight in zip(result["outcomes"][name]["fits"], weights, strict=True):
            digits = 1 if name == "complaint" else 3
            fit.update(status="ok", converged=True, weight=round(weight, digits))
    result["outcomes"]["conversion"]["fits"][5]["parameters"] = {"intercept": -1.0}
    table = tables.families_table(published(result))
    assert table is not None
    assert sum(int(cells[2].strip("%")) for cells in table.rows) == 100
    assert [cells[4] for cells in table.rows][-1] == "< 5%"
    assert "bij klachten zijn afgerond op tientallen" in str(table.note)


def test_fits_that_failed_have_no_weight() -> None:
    text = cells(tables.families_table(published(proposed())))
    assert "logit p = a + b·log(1 + m) | niet geconvergeerd | 2% | < 5%" in text


def test_parameters_are_shown_only_where_they_are_published() -> None:
    result = proposed()
    assert tables.has_parameters(published(result), "conversion")
    assert not tables.has_parameters(published(result), "complaint")
    assert "a = −1,792 (0,0213); b = −0,04631 (0,00123)" in cells(
        tables.fits_table(published(result), "conversion")
    )


def test_heights_of_a_spline_are_named_after_their_month() -> None:
    result = proposed()
    fit = result["outcomes"]["conversion"]["fits"][6]
    fit.update(parameters={"month_2.50": -1.5}, standard_errors={})
    assert "maand 2,5 = −1,500" in cells(tables.fits_table(published(result), "conversion"))


def test_every_family_has_its_formula() -> None:
    table = tables.families_table(published(proposed()))
    assert table is not None
    assert [row[1] for row in table.rows] == list(wording.FORMULAS.values())


def test_the_account_runs_from_rows_in_to_rows_used() -> None:
    table = tables.bridge_table(published(proposed()))
    assert table is not None
    assert table.rows[0] == ("Belpogingen in de aangeleverde gegevens", "60.412")
    assert table.rows[-1] == ("In de analyse", "34.302")
    assert all(row[0].startswith("Af: ") for row in table.rows[1:-1])


def test_an_account_that_may_not_be_published_gives_no_table() -> None:
    assert tables.bridge_table(published({**proposed(), "bridge": []})) is None


def test_merged_exclusions_are_named_together() -> None:
    assert wording.exclusion("consent+requested_call") == (
        "Gebeld op grond van toestemming of belpoging op verzoek van de gebelde"
    )


def test_other_choices_name_what_was_changed() -> None:
    assert cells(tables.thresholds_table(published(proposed()))).splitlines() == [
        "Keuze | × 0,5 | × 0,75 | × 1,25 | × 1,5 | × 2",
        "Factor van ‘Verzet neemt niet te sterk toe’ | geen termijn | 9 | 30 | 36 | voorlopig (36)",
    ]
    assert cells(tables.other_choices_table(published(proposed()))).splitlines() == [
        "Keuze | Anders gekozen | Termijn (maanden)",
        "Referentiemaanden van ‘Verzet neemt niet te sterk toe’ | maand 0 tot en met 5 | 20",
        "Andere peildatum | laatste gift | 22",
        "Andere noemer | belpoging | 23",
        "Termijn waarbinnen verzet meetelt | 14 dagen | 25",
        "Termijn waarbinnen een klacht meetelt | 30 dagen | 22",
        "Uitgesloten belpogingen wel meegeteld | buiten de grens van 36 maanden (Code) of buiten "
        "de eigen termijn | 24",
        "Alleen gegevens van één kalenderjaar | 2025 | 19",
        "Alleen gegevens van één kalenderjaar | 2024 | 22",
        "Alleen gegevens van één kalenderjaar | 2026 | geen termijn",
        "Zonder één campagne | telkens een andere: 8 van de 9 keer | 22",
        "Zonder één campagne | 2026-01 | 24",
        "Alleen één kromme | spline met 4 knopen | 19",
        "Alleen één kromme | exponentieel; logistisch | 21",
    ]


def test_an_incomplete_outcome_never_looks_like_a_plain_longer_term() -> None:
    table = tables.thresholds_table(published(proposed()))
    assert table is not None
    assert table.rows[0][-1] == "voorlopig (36)"
    assert "heeft de organisatie terzijde gelegd" in table.note
    assert "Nog geen voorstel" not in table.note


def test_a_choice_that_leaves_a_criterion_untested_never_has_a_number() -> None:
    result = published(undetermined())
    thresholds, others = tables.thresholds_table(result), tables.other_choices_table(result)
    assert thresholds is not None
    assert others is not None
    assert set(thresholds.rows[0][1:]) == {"nog geen voorstel"}
    assert {row[-1] for row in others.rows} == {"nog geen voorstel"}
    for table in (thresholds, others):
        assert (
            "Nog geen voorstel: of aan een criterium wordt voldaan, staat dan niet vast."
            in table.note
        )


def test_a_denominator_for_which_no_threshold_was_stated_is_noted() -> None:
    note = "hoewel zij per netto contact zijn gesteld"
    table = tables.other_choices_table(published(proposed()))
    assert table is not None
    assert note in table.note
    lines = [other_choice("year", "2024", 20)]
    table = tables.other_choices_table(published({**proposed(), "sensitivity": lines}))
    assert table is not None
    assert table.note == ""


def test_a_curve_that_crosses_no_threshold_is_told_why_it_has_a_term() -> None:
    why = "De kromme ‘constant’ is in elke maand even hoog en bereikt dus geen drempelwaarde"
    for result, told in (
        (of_one_height(), True),
        (of_one_height("not_converged"), False),
        (proposed(), False),
    ):
        table = tables.other_choices_table(published(result))
        assert table is not None
        assert (why in table.note) == told


def test_where_the_term_ends_with_the_data_the_tables_of_other_choices_say_so() -> None:
    unseen = (
        "daarna zijn er te weinig gegevens; of de termijn langer had kunnen zijn, is niet op te"
    )
    lines = [
        other_choice("year", "2024", 40),
        {**other_choice("threshold", 0.5, 40), "criterion": NAMES["conversion"]},
    ]
    made = (tables.thresholds_table, tables.other_choices_table)
    notes = [make(published({**request(), "sensitivity": lines})) for make in made]
    assert all(table is not None and f"40 maanden: {unseen}" in table.note for table in notes)
    shorter = [{**line, "term_months": 39} for line in lines]
    for other in ({**request(), "sensitivity": shorter}, {**cap_bound(), "sensitivity": lines}):
        noted = [make(published(other)) for make in made]
        assert all(table is not None and unseen not in table.note for table in noted)


def test_weights_at_which_the_data_end_are_noted_below_their_table() -> None:
    points = proposed()["frontier"]
    ended = [{**points[0], "status": "not_reached_in_data", "term_months": 41}, *points[1:]]
    table = tables.frontier_table(published({**proposed(), "frontier": ended}))
    assert table is not None
    assert "41 maanden: daarna zijn er te weinig gegevens; of de termijn langer had" in table.note


def test_a_choice_without_a_name_is_still_shown() -> None:
    lines = [other_choice("iets_nieuws", 7, 20), other_choice("iets_nieuws", "zo", 18)]
    text = cells(tables.other_choices_table(published({**proposed(), "sensitivity": lines})))
    assert "Andere keuze (iets nieuws) | zo | 18" in text
    assert "Andere keuze (iets nieuws) | 7 | 20" in text


def test_no_other_choices_give_no_table() -> None:
    nothing = {**proposed(), "sensitivity": []}
    assert tables.thresholds_table(published(nothing)) is None
    assert tables.other_choices_table(published(nothing)) is None


def test_a_row_tells_contacts_reach_and_campaigns() -> None:
    table = tables.composition_table(published(proposed()))
    assert table is not None
    assert table.rows[0] == ("0 t/m 2", "5.632", "42%", "9", "18%")


def test_without_campaigns_their_columns_are_left_out() -> None:
    table = tables.composition_table(published(counts_only()))
    assert table is not None
    assert table.columns == ("Maanden", "Netto contacten", "Bereik")
    rows = [{**row, "reached_share": None} for row in counts_only()["composition"]]
    table = tables.composition_table(published({**proposed(), "composition": rows}))
    assert table is not None
    assert table.columns == ("Maanden", "Netto contacten")
    assert tables.composition_table(published({**proposed(), "composition": []})) is None


def test_rates_at_one_mix_stand_beside_those_at_the_own_mix() -> None:
    table = tables.standardised_table(published(proposed()))
    assert table is not None
    assert table.columns[1:] == (
        "Conversies, eigen verdeling",
        "Conversies, gelijke verdeling",
        "Verzet, eigen verdeling",
        "Verzet, gelijke verdeling",
    )
    assert table.rows[2] == ("12", "9,2%", "9,5%", "4,9%", "5,0%")
    assert len(table.rows) <= 14
    assert table.rows[-1][0] == "45"
    assert "in dezelfde maand kunnen tabel en figuur daarom iets verschillen." in table.note
    assert tables.standardised_table(published(counts_only())) is None


def test_the_share_of_people_that_objected_hides_small_numbers() -> None:
    table = tables.incidence_table(published(proposed()), "objection")
    assert table is not None
    assert table.rows[0] == ("0 t/m 11", "9.800", "512", "6,1%", "5,5% tot 6,7%")
    assert table.rows[-1] == ("24 t/m 47", "2.300", ".", ".", "tot 15,2%")
    assert "minder dan 10" in table.note
    assert tables.incidence_table(published(counts_only()), "objection") is None


def test_shares_that_are_all_too_small_make_no_table() -> None:
    result = proposed()
    rows = result["incidence_since_contact"]["objection"]
    hidden = [{**row, "incidence": None, "incidence_upper": 0.01} for row in rows]
    result["incidence_since_contact"] = {"objection": hidden, "complaint": hidden}
    assert tables.incidence_table(published(result), "objection") is None


def test_a_missing_condition_is_a_visible_gap() -> None:
    given = dict(dossier().conditions)
    del given["same_entity"]
    text = cells(tables.conditions_table(given))
    assert "? | NOG IN TE VULLEN" in text
    assert "ja | Vastgelegd in het aanmeldformulier." in text


def test_settings_and_provenance_are_complete() -> None:
    assert "Betrouwbaarheid, eenzijdig | 95%" in cells(tables.settings_table(published(proposed())))
    text = cells(tables.provenance_table(published(proposed())))
    assert "Vingerafdruk belpogingen | a1a1a1a1 a1a1a1a1 a1a1a1a1 a1a1a1a1" in text


def test_a_table_without_rows_is_named_so_and_a_made_up_dossier_says_what_its_key_is() -> None:
    result = proposed()
    result["fingerprints"]["complaints"] = "no_rows"
    real = tables.provenance_table(published({**result, "fictitious": False}))
    made_up = tables.provenance_table(published({**result, "fictitious": True}))

    assert "Vingerafdruk klachten | geen rijen" in cells(real)
    assert "geheime sleutel van de organisatie" in str(real.note)
    assert "De gegevens zijn verzonnen" in str(made_up.note)
    assert "geheime" not in str(made_up.note)


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_table_has_a_decimal_point_or_an_empty_cell(name: str) -> None:
    result = published(EXAMPLES[name]())
    made = [
        tables.criteria_table(result),
        tables.rates_table(result, "conversion"),
        tables.yearly_table(result),
        tables.families_table(result),
        tables.crossings_table(result),
        tables.frontier_table(result),
        tables.thresholds_table(result),
        tables.other_choices_table(result),
        tables.composition_table(result),
        tables.standardised_table(result),
        tables.incidence_table(result, "objection"),
        tables.bridge_table(result),
        tables.settings_table(result),
    ]
    for table in filter(None, made):
        assert not re.search(r"\d\.\d(?!\d\d)", cells(table))
        assert all(cell.strip() for row in table.rows for cell in row)


def test_the_frontier_says_by_which_rule_a_term_ends() -> None:
    table = tables.frontier_table(published(proposed()))
    assert table is not None
    assert (
        "zolang het conversiepercentage, na aftrek van 3,0 procentpunt voor de kosten (criterium "
        "‘Bellen blijft kostendekkend’), opweegt tegen het verzetpercentage en het "
        "klachtpercentage samen, elk vermenigvuldigd met het eigen gewicht."
    ) in table.note


def test_the_frontier_has_a_row_per_weight_of_an_objection() -> None:
    table = tables.frontier_table(published(proposed()))
    assert table is not None
    assert table.columns == (
        "Gewicht van verzet",
        "Gewicht van een klacht: 0",
        "Gewicht van een klacht: 1",
        "Gewicht van een klacht: 5",
    )
    assert table.rows[1] == ("0,25", "32", "32", "28")
    assert table.rows[-1] == ("2", "geen", "geen", "geen")
    assert tables.frontier_table(published({**proposed(), "frontier": []})) is None


def test_single_curves_show_crossing_and_limit() -> None:
    table = tables.crossings_table(published(proposed()))
    assert table is not None
    assert table.rows == (
        ("Exponentieel", "29,1 (26,0)", "29,1 (26,0)", "29,1 (26,0)"),
        ("Logistisch", "–", "–", "–"),
    )


def test_the_cap_stands_below_the_criteria_and_is_emphasised_where_it_binds() -> None:
    table = tables.criteria_table(published(cap_bound()))
    name, demand = "Grens van 36 maanden (Code)", "De termijn mag ten hoogste 36 maanden zijn"
    cap = (name, demand, "n.v.t.", "n.v.t.", "n.v.t.")
    assert table.rows[-1] == (*cap, "36 maanden")
    assert table.emphasise == (1,)


def test_a_regime_without_cap_adds_no_row() -> None:
    result = proposed()
    result["regime"]["cap_months"] = None
    assert len(tables.criteria_table(published(result)).rows) == len(result["criteria"])


def test_the_frontier_tells_no_term_from_too_little_data() -> None:
    result = proposed()
    result["frontier"][-1]["status"] = "too_little_data"
    result["frontier"][-6]["status"] = "no_outcome_data"
    table = tables.frontier_table(published(result))
    assert table is not None
    assert table.rows[-1][-3:] == ("geen", "onzeker", "onzeker")
    assert "Onzeker: of de opbrengst" in table.note


def test_a_frontier_without_complaints_has_one_column_of_terms() -> None:
    result = proposed()
    points = [point for point in result["frontier"] if point["complaint_weight"] == 0]
    table = tables.frontier_table(published({**result, "frontier": points}))
    assert table is not None
    assert table.columns == ("Gewicht van verzet", "Termijn")


def breached(**rule: Any) -> dict[str, Any]:
    """Return a result whose calling history went against one rule, with its count as given."""
    given = {
        "code": "outside_hours",
        "unit": "calls",
        "status": "checked",
        "count": None,
        "by_year": [],
        "verified": True,
        "sources": ["Een bron"],
        "share": None,
    }
    compliance = {
        "rules": [{**given, **rule}],
        "regimes": ["tw-2021"],
        "called_after_objection": 0,
        "frequency": {"years": [], "buckets": [], "many": 0, "limit": 12},
        "afterwards": None,
    }
    return {**proposed(), "compliance": compliance}


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("few", "minder dan 10"),
        ("few_others", "niet gepubliceerd"),
        ("tells_another", "niet gepubliceerd"),
        ("not_recorded", "niet gepubliceerd"),
    ],
)
def test_only_a_count_of_calls_that_is_few_is_called_few(reason: str, words: str) -> None:
    table = tables.compliance_table(published(breached(hidden={"count": reason})))
    assert table is not None
    assert table.rows == (("Gebeld buiten de toegestane uren", words, ".", "ja"),)


def test_a_report_that_kept_no_reason_says_nothing_of_how_many_calls_it_hides() -> None:
    table = tables.compliance_table(published(breached()))
    assert table is not None
    assert table.rows[0][1] == "niet gepubliceerd"


def test_a_count_of_calls_that_is_told_is_printed_with_its_share() -> None:
    table = tables.compliance_table(published(breached(count=2576, share=0.31)))
    assert table is not None
    assert table.rows[0][1:] == ("2.576", "31%", "ja")


def test_without_a_history_there_are_no_tables_of_rules() -> None:
    result = published(proposed())
    assert tables.compliance_table(result) is None
    assert tables.rule_years_table(result) is None
    assert tables.frequency_table(result) is None
    assert tables.frequency_shares(result) == ""
