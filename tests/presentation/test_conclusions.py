"""Sentences generated from a result, for every status and route."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks.plain import words_of
from balanstest_analysis.presentation import conclusions
from balanstest_analysis.presentation.conclusions.binding import ends_with_data
from balanstest_analysis.presentation.conclusions.fits import failed_in_all
from balanstest_analysis.published.criteria import PublishedCriterion
from balanstest_analysis.published.json_form import record_of
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.result import PublishedResult
from tests.claim_variations import counted_from, with_reach
from tests.example_results import (
    EXAMPLES,
    NAMES,
    cap_bound,
    counts_only,
    criterion,
    holds_between,
    incomplete,
    no_term,
    not_allowed,
    not_before,
    overall_rate,
    proposed,
    published,
    request,
    row,
    undetermined,
)

ENGLISH = re.compile(
    r"\b(the|and|not|with|rate|criterion|objection|complaint|exposure|term_months|None|nan)\b"
)
DECIMAL_POINT = re.compile(r"\d\.\d(?!\d\d)")
CODE = re.compile(r"[a-z]_[a-z]")


def texts_against(result: PublishedResult) -> list[str]:
    return [point.text for point in conclusions.counterpoints(result)]


def all_sentences(result: PublishedResult) -> list[str]:
    """Return everything that is generated from a result."""
    criteria = [conclusions.criterion_sentences(item, result) for item in result.criteria]
    per_outcome = [
        sentence
        for outcome in OUTCOMES
        for sentence in (
            *conclusions.outcome_sentences(result, outcome),
            conclusions.fit_sentence(result, outcome),
        )
    ]
    return [
        conclusions.headline(result),
        *conclusions.proposal_sentences(result),
        conclusions.route_sentence(result),
        *criteria,
        *per_outcome,
        conclusions.decision_line(result),
        *texts_against(result),
        *conclusions.limitations(result),
        *conclusions.confidence_sentences(result),
        *conclusions.own_choices(result),
    ]


def text_of(result: dict[str, Any], unmet: tuple[str, ...] = ()) -> str:
    return " ".join(conclusions.proposal_sentences(published(result), unmet))


def points_of(result: dict[str, Any]) -> str:
    return words_of(" ".join(texts_against(published(result))))


def outcome_text(result: dict[str, Any], outcome: Outcome) -> str:
    return " ".join(conclusions.outcome_sentences(published(result), outcome))


def finding(**changes: Any) -> str:
    item = record_of(criterion(**changes), PublishedCriterion)
    return conclusions.finding_of(item, published(proposed()))


@pytest.mark.parametrize("name", EXAMPLES)
def test_sentences_are_dutch_with_decimal_commas_and_without_codes(name: str) -> None:
    for sentence in filter(None, all_sentences(published(EXAMPLES[name]()))):
        assert not ENGLISH.search(sentence), sentence
        assert not DECIMAL_POINT.search(sentence), sentence
        assert not CODE.search(sentence), sentence
        assert "  " not in sentence
        assert "..." not in sentence


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (proposed(), "Voorstel: een klanttermijn van ten hoogste 22 maanden"),
        (incomplete(), "Voorlopig voorstel: een klanttermijn van ten hoogste 36 maanden"),
        (
            request(40, 48),
            "Aanvraag voor 40 maanden: de gegevens onderbouwen deze termijn "
            "volgens de eigen criteria",
        ),
        (
            request(48, 40),
            "Aanvraag voor 48 maanden: de gegevens onderbouwen deze termijn niet",
        ),
        (
            not_allowed(),
            "Geen klanttermijn: bellen zonder voorafgaande toestemming is niet toegestaan",
        ),
        (no_term(), "Geen voorstel: de gegevens onderbouwen geen klanttermijn"),
        (undetermined(), "Nog geen voorstel: niet alle criteria konden worden getoetst"),
    ],
)
def test_the_headline_names_the_answer(result: dict[str, Any], words: str) -> None:
    assert conclusions.headline(published(result)) == words


def test_a_request_beyond_the_data_is_not_said_to_wait_for_advice() -> None:
    result = request(48, 21)
    result["proposal"].update(term_months=21, binding=NAMES["conversion"])
    text = text_of(result)
    assert (
        "Uit de criteria volgt niet meer dan 21 maanden. Het voorstel is daarom ten hoogste 21"
        in text
    )
    assert "Zonder positief advies" not in text


def test_what_is_set_aside_speaks_against_first_in_the_words_of_the_organisation() -> None:
    first = texts_against(published(incomplete()))[0]
    assert first.startswith(
        f"De organisatie heeft het criterium ‘{NAMES['objection']}’ terzijde gelegd. Het is niet "
        "getoetst (te weinig gegevens); of eraan wordt voldaan, is niet bekend. Haar reden: "
        "“Verzet wordt pas sinds juni vastgelegd.”"
    )
    assert "(geen gegevens)" in first
    assert "terzijde" not in points_of(proposed())


def test_a_request_that_was_not_tested_in_full_does_not_claim_to_be_carried() -> None:
    result = request(40, 48)
    result["proposal"]["status"] = "proposed_incomplete"
    assert "niet alles is getoetst" in conclusions.headline(published(result))


def test_a_request_that_nothing_measured_supports_rests_on_an_argument() -> None:
    result = request(40, 48)
    result["criteria"][0].update(kind="horizon", parameters={"months": 48}, outcome=None)
    result["criteria"][0].update(threshold=None, families=[], lower=None, upper=None, crossing=None)
    words = "Aanvraag voor 40 maanden: de aanvraag berust alleen op een redenering"
    assert conclusions.headline(published(result)) == words


def test_an_open_condition_makes_the_proposal_provisional() -> None:
    result = {**proposed(), "gaps": ["conditions.same_entity"]}
    assert conclusions.headline(published(result)).startswith("Voorlopig voorstel: een klant")
    assert "Niet alle voorwaarden zijn beantwoord." in text_of(result)
    asked = {**request(40, 48), "gaps": ["conditions.same_entity"]}
    assert "voorlopig onderbouwd" in conclusions.headline(published(asked))
    assert conclusions.headline(published({**proposed(), "gaps": ["1d"]})).startswith("Voorstel:")


def test_that_no_condition_is_answered_is_not_told_as_some() -> None:
    gaps = [f"conditions.{code}" for code in wording.CONDITION_TEXTS]
    told = "een van de vijf voorwaarden is beantwoord"
    assert f"G{told}." in text_of({**proposed(), "gaps": gaps})
    asked = conclusions.headline(published({**request(40, 48), "gaps": gaps}))
    assert asked.endswith(f"onderbouwd; g{told}")


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("purchase", "contract"), "aankoop of afgenomen dienst; van een contract telt het einde."),
        (("donation",), "de laatste gift; van een doorlopende gift telt het einde."),
        (("donation", "contract"), "gift; van een contract of doorlopende gift telt het einde."),
        (("service",), "geteld vanaf de laatste aankoop of afgenomen dienst."),
    ],
)
def test_where_months_begin_it_is_told_of_which_relations_the_end_counts(
    kinds: tuple[str, ...], words: str
) -> None:
    assert words in text_of(counted_from(*kinds))
    told_otherwise = counted_from(*kinds)
    told_otherwise["relations"]["kinds_from"] = "stated"
    assert "telt het einde" not in text_of(told_otherwise)


def test_an_empty_section_four_is_not_said_to_hold_the_weighing() -> None:
    told = words_of(conclusions.decision_sentence(published(proposed())))
    assert told.endswith("zelf, in onderdeel 4.")
    text = conclusions.decision_sentence(published({**proposed(), "gaps": ["4"]}))
    assert "nog niet ingevuld" in text


def test_a_term_that_an_argument_ends_is_not_called_tested() -> None:
    result = cap_bound()
    result["criteria"][0].update(kind="horizon", parameters={"months": 44})
    text = text_of(result)
    assert "getoetste criteria" not in text
    assert "Zonder die grens zou uit de criteria een termijn van 44 maanden volgen." in text
    result = undetermined()
    result["criteria"][0].update(kind="horizon", parameters={"months": 37})
    assert "Uit de overige criteria volgt niet meer dan 37 maanden" in text_of(result)
    assert "wel getoetste" not in text_of(result)


def test_one_printed_row_has_no_course_and_that_is_said() -> None:
    result = proposed()
    entry = result["outcomes"]["complaint"]
    entry["rates"] = [entry["total"]]
    text = outcome_text(result, "complaint")
    assert "maar één tijdvak" in text
    assert "daarom is er geen kromme getekend" in text


def test_a_curve_that_never_crosses_is_told_by_its_estimate_too() -> None:
    text = finding(crossing=None, lower=20.4, upper=None, term_months=21)
    assert text.startswith("Volgens de schatting wordt hieraan voldaan in alle maanden met voldo")
    assert "aangetoond (betrouwbaarheid 95%) is dat tot en met maand 20" in text


def test_breaches_whose_number_is_hidden_are_still_named() -> None:
    result = proposed()
    hidden = {"code": "beyond_cap", "count": None, "text": "", "hidden": {"count": "few_others"}}
    result["findings"] = [hidden]
    assert "maximale termijn (36 maanden) (aantal niet gepubliceerd)" in points_of(result)


def test_zeros_are_not_said_to_be_hidden() -> None:
    text = " ".join(conclusions.own_choices(published(proposed())))
    assert "Aantallen van 1 tot en met 9 die over mensen gaan, worden niet gepubliceerd, en" in text


def test_the_curves_that_could_not_be_fitted_are_named() -> None:
    text = conclusions.fit_sentence(published(proposed()), "objection")
    assert (
        "Van de acht soorten krommen zijn er zeven geschat; de kromme ‘exponentieel met bodem’ was "
        "niet te schatten."
    ) in text
    # What is said of the fit is about the curve that counts most, not about the one that failed.
    assert text.index("is niet gebleken") < text.index("Van de acht soorten")


def test_the_limit_is_explained_in_one_in_so_many() -> None:
    text = " ".join(conclusions.confidence_sentences(published(proposed())))
    assert "in hooguit ongeveer 1 op de 20 gevallen een te lange termijn" in text
    assert "Hoe groot de kans is dat juist deze termijn te lang is, volgt daar niet uit." in text
    assert "komt erop neer dat een te lange termijn 19 keer zo zwaar telt" in text


def test_a_term_of_one_month_is_written_in_the_singular() -> None:
    result = proposed()
    result["proposal"].update(term_months=1, current_term_months=None)
    assert "Een termijn van 1 maand omvat alleen maand 0" in text_of(result)


def test_a_term_names_its_first_and_last_month() -> None:
    assert "Een termijn van 22 maanden omvat de maanden 0 tot en met 21" in text_of(proposed())


def test_the_proposal_tells_estimate_and_limit_apart() -> None:
    text = text_of(proposed())
    assert "Volgens de schatting wordt hieraan voldaan tot en met maand 24" in text
    assert "aangetoond (betrouwbaarheid 95%) is dat tot en met maand 21" in text
    assert "berust op wat is aangetoond en niet op de schatting" in text


def test_a_published_crossing_is_never_rounded_up_to_a_longer_claim() -> None:
    rounded = record_of(criterion(crossing=25.0, term_months=22), PublishedCriterion)
    assert conclusions.estimated_last_month(rounded) == 24


def test_a_term_bound_by_the_cap_says_that_the_cap_is_no_entitlement() -> None:
    text = text_of(cap_bound())
    assert "een maximum en geen recht" in text
    assert "Zonder die grens zou uit de criteria een termijn van 44 maanden volgen" in text


def test_a_term_bound_by_the_end_of_evidence_is_not_extrapolated() -> None:
    result = proposed()
    result["proposal"].update(
        term_months=36, uncapped_term_months=36, binding="last_month_with_evidence"
    )
    assert "niet verder doorgetrokken" in text_of(result)
    assert f"‘{NAMES['complaint']}’" in text_of(result)


@pytest.mark.parametrize(("term", "told"), [(21, True), (60, False)])
def test_the_contacts_that_a_test_takes_are_told_where_too_few_follow_the_evidence(
    term: int, told: bool
) -> None:
    result = proposed()
    for place, item in enumerate(result["criteria"]):
        item.update(term_months=term if place == 0 else term + 1, contacts_needed=257)
    result["proposal"].update(
        term_months=term, uncapped_term_months=term, binding="last_month_with_evidence"
    )
    needed = "doorgetrokken. Een toets vraagt ten minste 257 contacten binnen hooguit zes maanden."
    assert (needed in text_of(result)) is told
    for item in result["criteria"]:
        item["term_months"] = term
    assert "257 contacten" not in text_of(result)


def test_a_proposal_that_no_burden_bounds_says_so() -> None:
    words = "Geen criterium over verzet of klachten heeft de voorgestelde termijn bepaald"
    without = "Er is geen criterium gesteld over verzet of klachten"
    assert without in text_of(cap_bound())
    assert words in points_of(cap_bound())
    assert words not in text_of(proposed())
    assert without not in text_of(proposed())


def test_a_test_that_takes_fewer_contacts_is_named_where_there_is_one() -> None:
    fewer = "Zij kan ook een criterium stellen waarvoor minder gegevens nodig zijn"
    result = undetermined()
    assert fewer in text_of(result)
    for item in result["criteria"]:
        if item["name"] in result["proposal"]["untested"]:
            item["kind"] = "maximum_overall_rate"
    text = text_of(result)
    assert fewer not in text
    assert "een voorlopig voorstel. Of zij neemt een besluit" in text


def test_a_burden_that_no_criterion_is_about_is_told_where_another_is() -> None:
    told = "**Over verzet is geen criterium gesteld**, hoewel er gegevens over zijn."
    result = proposed()
    assert "is geen criterium gesteld" not in text_of(result)
    result["criteria"] = [c for c in result["criteria"] if c["outcome"] != "objection"]
    assert told in text_of(result)
    result["outcomes"]["objection"]["available"] = False
    assert told not in text_of(result)


def test_what_is_set_aside_is_named_with_its_reason_and_makes_the_term_provisional() -> None:
    text = text_of(incomplete())
    assert f"**Terzijde gelegd.** Het criterium ‘{NAMES['objection']}’ is niet getoetst" in text
    assert f"Het criterium ‘{NAMES['complaint']}’ is niet getoetst (geen gegevens)" in text
    assert "Haar reden: “Klachten komen bij het bureau binnen.”" in text
    assert "voorlopig" in text
    assert "heeft de criteria over verzet en klachten terzijde gelegd" in text
    assert "terzijde" not in text_of(proposed()).lower()


def test_a_part_of_the_burden_that_is_set_aside_is_told_from_the_whole() -> None:
    result = incomplete()
    del result["proposal"]["set_aside"][1]
    assert "een deel terzijde gelegd" in text_of(result)


def test_without_a_test_of_every_criterion_there_is_no_number_in_the_headline() -> None:
    result = undetermined()
    assert conclusions.headline(published(result)) == (
        "Nog geen voorstel: niet alle criteria konden worden getoetst"
    )
    result["proposal"]["untested"] = [NAMES["objection"]]
    assert conclusions.headline(published(result)) == (
        f"Nog geen voorstel: het criterium ‘{NAMES['objection']}’ kon niet worden getoetst"
    )
    result["criteria"] = [{**result["criteria"][1], "name": name} for name in "ab"]
    result["proposal"]["untested"] = ["a", "b"]
    assert conclusions.headline(published(result)) == (
        "Nog geen voorstel: geen enkel criterium kon worden getoetst"
    )


def test_an_untested_criterion_is_named_with_the_contacts_its_test_takes() -> None:
    text = text_of(undetermined())
    assert f"**Criterium ‘{NAMES['objection']}’.** De eis: " in text
    assert "vraagt ongeveer 5.200 contacten binnen hooguit zes" in text
    assert f"**Criterium ‘{NAMES['complaint']}’.**" in text
    assert f"**Criterium ‘{NAMES['conversion']}’.**" not in text


def test_what_the_tested_criteria_carry_is_told_as_no_proposal() -> None:
    result = undetermined()
    assert (
        "Uit de wel getoetste criteria volgt niet meer dan 37 maanden. Dat is geen voorstel"
    ) in text_of(result)
    assert "Daarnaast geldt de grens van 36 maanden." in text_of(result)
    result["proposal"]["tested_term_months"] = 30
    assert "Daarnaast geldt" not in text_of(result)
    result["proposal"]["tested_term_months"] = None
    assert "Uit de wel getoetste" not in text_of(result)


def test_without_a_proposal_the_ways_on_are_told() -> None:
    text = text_of(undetermined())
    for words in ("terzijde leggen", "over alle maanden van de termijn samen", "redenering"):
        assert words in text
    assert "Hoe verder" not in text_of(no_term())


def test_a_request_without_a_test_is_not_answered() -> None:
    result = undetermined()
    result["proposal"].update(route="request", requested_term_months=48)
    assert "Over de gevraagde termijn van 48 maanden is daarom nog niets te zeggen" in (
        text_of(result)
    )


def test_without_a_proposal_nothing_speaks_against_it() -> None:
    for make in (undetermined, no_term, holds_between, not_allowed):
        result = published(make())
        assert conclusions.counterpoints(result) == ()
        assert not any("tegen het voorstel" in text for text in conclusions.limitations(result))


def test_an_overall_rate_is_told_over_all_months_together() -> None:
    result = overall_rate()
    text = text_of(result)
    shown = "Over maand 0 tot en met 21 samen is aangetoond (betrouwbaarheid 95%)"
    assert f"**Onzekerheid.** {shown}" in text
    assert "over alle maanden van de termijn samen mag ten hoogste 0,2% van de netto" in text
    item = published(result).criteria[1]
    found = conclusions.finding_of(item, published(result))
    assert found.startswith(f"{shown} dat hieraan wordt voldaan.")
    assert "hier de reden is, is aan de afgedrukte rijen niet te zien." in found


def test_an_overall_rate_to_the_end_of_the_data_or_over_one_month_says_so() -> None:
    overall = {"kind": "maximum_overall_rate", "outcome": "complaint", "crossing": None}
    text = finding(**overall, status="not_reached_in_data", term_months=48)
    assert text.endswith("Voor een langere termijn zijn er geen gegevens.")
    assert finding(**overall, term_months=1).startswith("Over maand 0 is aangetoond")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, True),
        ({"term_months": 25}, False),
        ({"term_months": None, "status": "too_little_data"}, True),
    ],
)
def test_a_row_that_by_itself_ends_the_term_of_an_overall_rate_is_named(
    changes: dict[str, Any], *, told: bool
) -> None:
    result = overall_rate()
    rows = [row(0, 20, 21_000, 40), row(21, 23, 3000, 30), row(24, 47, 24_000, 40)]
    result["outcomes"]["complaint"]["rates"] = rows
    result["criteria"][1].update(contradicted_from_month=21, **changes)
    text = conclusions.finding_of(published(result).criteria[1], published(result))
    named = "in de rij vanaf maand 21 liggen op zichzelf aantoonbaar boven de drempelwaarde"
    assert (named in text, "niet te zien" in text) == (told, not told)


def test_an_overall_rate_takes_its_contacts_in_the_months_of_the_first_half_of_them() -> None:
    text = finding(
        kind="maximum_overall_rate",
        outcome="complaint",
        status="too_little_data",
        term_months=None,
        contacts_needed=19_439,
    )
    assert "19.439 contacten in de eerste maanden die samen de helft van alle contacten" in text
    assert "Contacten die samenhangen, zoals die met dezelfde persoon of binnen" in text
    assert "zes" not in text


def test_the_end_of_the_term_is_told_beside_a_rate_over_all_months() -> None:
    result = overall_rate()
    item = published(result).criteria[1]
    assert conclusions.last_part(item, published(result)) == ""  # hidden rows tell nothing
    rows = [row(0, 5, 6000, 12), row(6, 13, 6000, 12), row(14, 20, 6000, 30), row(21, 47, 900, 12)]
    result["outcomes"]["complaint"]["rates"] = rows
    told = conclusions.last_part(item, published(result))
    assert told == (
        "In maand 0 tot en met 20 was het klachtpercentage 0,30%; aan het eind daarvan, in maand "
        "14 tot en met 20, was het 0,50%."
    )
    assert told in conclusions.criterion_sentences(item, published(result))
    result["outcomes"]["complaint"]["rates"] = rows[2:]
    assert conclusions.last_part(item, published(result)) == ""  # no earlier part to compare with
    assert conclusions.last_part(published(result).criteria[0], published(result)) == ""


def test_the_month_before_which_nobody_is_called_is_told_with_its_reason() -> None:
    text = text_of(not_before())
    assert "**Begin van het bellen.** Vóór maand 6 wordt niemand gebeld" in text
    assert "De reden van de organisatie: “In het eerste halfjaar na een opzegging" in text
    assert "Begin van de gegevens" not in text
    assert "Begin van het bellen" not in text_of(proposed())


def test_data_that_begin_later_than_calling_are_told_on_the_first_page() -> None:
    result = proposed()
    result["criteria"][0]["first_month_with_evidence"] = 4
    words = (
        "beginnen in maand 4: hooguit 1% van de contacten viel eerder. De maanden 0 tot en met 3"
    )
    assert f"{words} zijn daarom niet aan elk criterium getoetst." in text_of(result)
    for item in result["criteria"]:
        item["first_month_with_evidence"] = 1
    assert "Maand 0 is daarom niet getoetst." in text_of(result)
    assert "Begin van de gegevens" not in text_of(proposed())


def test_a_request_says_what_holds_without_advice_and_that_it_costs_money() -> None:
    assert "Het voorstel zelf is ten hoogste 36 maanden" in text_of(request())
    sentence = conclusions.route_sentence(published(request()))
    assert "zijn kosten verbonden" in sentence
    assert "€" not in sentence


def test_a_sector_without_a_ground_gets_no_term() -> None:
    text = text_of(not_allowed())
    assert "kan zij zich niet op de klantrelatie beroepen" in text
    assert "maanden" not in text


def test_a_condition_that_is_not_met_is_named_and_needs_consent() -> None:
    result = not_allowed()
    result["regime"]["sector_allowed"] = True
    text = text_of(result, ("same_entity",))
    assert "‘dezelfde rechtspersoon’" in text
    assert "voorafgaande toestemming nodig" in text
    assert "jurist" not in text


def test_conditions_of_2021_are_left_to_a_lawyer_for_older_numbers() -> None:
    assert "ter beoordeling van een jurist" in text_of(proposed(), ("opt_out_offered",))


def left_to_a_lawyer() -> dict[str, Any]:
    return {**proposed(), "conditions": {"opt_out_offered": "for_a_lawyer"}}


def test_older_numbers_are_left_to_a_lawyer_in_headline_text_and_counterpoints() -> None:
    result = left_to_a_lawyer()
    assert conclusions.headline(published(result)).endswith(
        "22 maanden, onder voorbehoud van een juridisch oordeel"
    )
    assert "**Ter beoordeling van een jurist.** Aan de voorwaarde ‘mogelijkheid" in text_of(result)
    assert "staat niet vast" in points_of(result)
    assert "jurist" not in text_of(proposed())


def test_without_a_term_a_lawyer_still_has_to_judge() -> None:
    result = {**no_term(), "conditions": {"informed_at_collection": "for_a_lawyer"}}
    assert conclusions.headline(published(result)).startswith("Geen voorstel")
    assert "Ter beoordeling van een jurist" in text_of(result)


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (proposed(), "volgt dan een klanttermijn van ten hoogste 22"),
        (no_term(), "onderbouwen dan geen"),
        (undetermined(), "Een voorstel is er dan nog niet."),
    ],
)
def test_who_uses_the_register_needs_no_test_and_reads_what_the_data_carry(
    result: dict[str, Any], words: str
) -> None:
    result["regime"]["needs_no_test"] = True
    assert conclusions.headline(published(result)).startswith("Geen balanstest vereist: ")
    assert words in text_of(result, ("same_entity",))
    assert "voorafgaande toestemming nodig" not in text_of(result, ("same_entity",))
    assert "geen termijn vast te leggen" in conclusions.route_sentence(published(result))


def test_a_term_that_no_criterion_ends_still_tells_how_sure_it_is() -> None:
    assert "De 44 maanden zijn aangetoond (betrouwbaarheid 95%)" in text_of(cap_bound())
    result = cap_bound()
    result["criteria"][0].update(kind="horizon", parameters={"months": 44})
    assert "volgen uit een redenering en niet uit metingen" in text_of(result)
    result = proposed()
    result["proposal"].update(uncapped_term_months=36, binding="last_month_with_evidence")
    assert "dat tot en met maand 35 aan de criteria wordt voldaan. Voor latere" in text_of(result)
    result["proposal"]["binding"] = NAMES["objection"]
    result["criteria"][1].update(kind="horizon", parameters={"months": 22})
    assert "hoort er geen onzekerheidsmarge bij" in text_of(result)


def test_a_request_that_the_end_of_the_data_decides_is_not_laid_to_the_criterion() -> None:
    result = request(48, 40)
    result["criteria"][0]["status"] = "reached"
    assert "Zonder die grens is het criterium" in text_of(result)
    result["criteria"][0]["status"] = "not_reached_in_data"
    assert "doorslaggevend dat er na maand 39 te weinig gegevens zijn om het criterium" in text_of(
        result
    )


def test_a_month_that_no_curve_vouches_for_ends_the_term_in_words() -> None:
    ends = finding(unshown_from_month=27)
    assert "in de rij vanaf maand 27 laten de waarnemingen zelf niet zien" in ends
    assert "geen enkele kromme" not in finding(unshown_from_month=32)
    both = finding(unshown_from_month=27, contradicted_from_month=27)
    assert "spreken dit criterium zelf tegen" in both
    assert "geen enkele kromme" not in both


def rule(code: str, *, verified: bool) -> dict[str, Any]:
    """Return a rule of the compliance chapter, against which twelve calls went."""
    return {
        "code": code,
        "unit": "calls",
        "status": "checked",
        "count": 12,
        "by_year": [],
        "verified": verified,
        "sources": [],
        "share": None,
    }


@pytest.mark.parametrize(("verified", "doubt"), [(True, False), (False, True)])
def test_calls_at_forbidden_hours_speak_against_as_far_as_the_rule_is_known(
    verified: bool, doubt: bool
) -> None:
    result = proposed()
    result["compliance"] = {
        "rules": [rule("outside_hours", verified=verified), rule("forbidden_day", verified=False)],
        "regimes": [],
        "called_after_objection": 0,
        "frequency": {"years": [], "buckets": [], "many": 0, "limit": 12},
        "afterwards": None,
    }
    assert "Er is gebeld" not in points_of(result)
    result["findings"] = [{"code": "outside_hours", "count": 12, "text": ""}]
    text = points_of(result)
    assert (
        "gebeld op tijdstippen (12 keer) waarop dat volgens de toegepaste regels niet mag" in text
    )
    unread = "Die regel kon niet voor de hele periode in een bron worden nagegaan"
    assert (unread in text) == doubt
    result["findings"] += [{"code": "forbidden_day", "count": 3, "text": ""}]
    which = "Die regels konden niet voor" if doubt else "Niet al die regels konden voor"
    assert f"{which} de hele periode in een bron worden nagegaan" in points_of(result)


def test_a_criterion_that_holds_only_later_supports_no_term_but_a_later_begin() -> None:
    text = text_of(holds_between())
    assert "Pas vanaf maand 20 is aangetoond dat eraan wordt voldaan" in text
    assert "Alleen een organisatie die vóór maand 20 niemand belt" in text
    assert conclusions.headline(published(holds_between())).startswith("Geen voorstel")
    assert "Alleen een organisatie" not in finding(status="holds_between", term_months=None)


@pytest.mark.parametrize("status", wording.CRITERION_STATUSES)
def test_every_status_of_a_criterion_has_its_sentence(status: str) -> None:
    term = 22 if status in {"not_reached_in_data", "reached"} else None
    assert finding(status=status, term_months=term).endswith(".")


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (
            (800, 100),
            "niet voldaan. In maand 0 tot en met 8 was het verzetpercentage 13,3% (800 op 6.000 "
            "netto contacten). Over alle maanden samen was het verzetpercentage 9,0% (900 op "
            "10.000 netto contacten), bij een drempelwaarde van 6%. Uit dit",
        ),
        (
            (500, 60),
            "niet voldaan. In maand 0 tot en met 8 was het verzetpercentage 8,3% (500 op 6.000 "
            "netto contacten), bij een drempelwaarde van 6%. Uit dit",
        ),
        ((360, 12), "niet voldaan. Uit dit"),
    ],
)
def test_a_refutation_tells_the_rate_of_the_first_months_and_of_all(
    events: tuple[int, int], told: str
) -> None:
    result = no_term()
    result["criteria"][1].update(
        kind="maximum_rate", outcome="objection", threshold=0.06, first_month_with_evidence=0
    )
    first, last = events
    rows = [row(0, 2, 2000, first // 2), row(3, 8, 4000, first // 2), row(9, 47, 4000, last)]
    result["outcomes"]["objection"].update(rates=rows, total=row(0, 47, 10_000, first + last))
    text = conclusions.finding_of(published(result).criteria[1], published(result))
    assert told in text


def test_too_little_data_names_the_contacts_that_a_test_needs() -> None:
    text = finding(
        status="too_little_data",
        term_months=None,
        last_month_with_evidence=None,
        contacts_needed=5200,
    )
    assert "ongeveer 5.200 contacten binnen" in text


@pytest.mark.parametrize(("effect", "told"), [(2.6, True), (1.0, False)])
def test_what_a_test_takes_is_told_beside_for_how_many_the_contacts_count(
    effect: float, *, told: bool
) -> None:
    result = incomplete()
    result["outcomes"]["objection"]["total"].update(n=29_000, design_effect=effect)
    text = conclusions.finding_of(published(result).criteria[1], published(result))
    assert "tellen daarbij voor minder." in text
    counted = "De 29.000 contacten van alle maanden samen tellen zo voor ongeveer 11.000."
    assert (counted in text) == told


def test_contacts_that_are_there_but_lie_close_to_the_threshold_are_told_apart() -> None:
    text = finding(status="too_little_data", term_months=None, contacts_needed=148)
    assert "ten minste ongeveer 148 contacten" in text
    assert "zo dicht bij de grens" in text


def test_a_contradiction_is_told_only_where_it_ends_the_term() -> None:
    assert "vanaf maand 27" in finding(contradicted_from_month=27)
    assert "32" not in finding(contradicted_from_month=32)


def test_a_name_with_marks_is_printed_as_it_is() -> None:
    assert conclusions.quoted("Bel*len") == r"‘Bel\*len’"


def test_a_missing_outcome_is_said_and_not_guessed() -> None:
    assert conclusions.outcome_sentences(published(incomplete()), "complaint") == (
        "Er zijn geen gegevens over klachten aangeleverd; over vraag 3d kan dit rapport daarom "
        "niets zeggen.",
    )


def test_a_suppressed_row_is_told_as_fewer_than_the_minimum_with_its_limit() -> None:
    result = proposed()
    result["outcomes"]["complaint"]["total"].update(n=600_000, k=500)
    text = outcome_text(result, "complaint")
    assert "minder dan 10" in text
    assert "laten deze aantallen niet zien" in text


def hidden_row(first: int, last: int, n: int | None, reason: str) -> dict[str, Any]:
    """Return a published row whose events are hidden, with the reason."""
    limits = {"rate": None, "rate_lower": None, "rate_upper": 1.0}
    hidden = {"k": reason} if n is not None else {"n": "few", "k": reason}
    return {"month_from": first, "month_to": last, "n": n, "k": None, **limits, "hidden": hidden}


def with_conversions(total: dict[str, Any], *rows: dict[str, Any]) -> dict[str, Any]:
    """Return a result with these rows of conversion, and nothing fitted."""
    result = proposed()
    result["outcomes"]["conversion"].update(
        rates=list(rows or (total,)), total=total, curve=[], standardised=[], fits=[]
    )
    return result


def test_events_whose_rest_is_few_are_not_said_to_be_few() -> None:
    result = published(with_conversions(hidden_row(0, 47, 1200, "few_others")))
    assert conclusions.outcome_sentences(result, "conversion")[0] == (
        "Over alle maanden samen werden alle 1.200 netto contacten op minder dan 10 na gevolgd "
        "door een conversie; daarom wordt het aantal niet gepubliceerd."
    )
    assert not any("minder dan 10 conversies" in sentence for sentence in all_sentences(result))


def test_rows_whose_rest_is_few_are_read_beside_each_other() -> None:
    early, late = (hidden_row(first, first + 23, 600, "few_others") for first in (0, 24))
    result = with_conversions(hidden_row(0, 47, 1200, "few_others"), early, late)
    text = outcome_text(result, "conversion")
    assert "In maand 0 tot en met 23 werden alle 600 netto contacten op minder dan 10 na" in text
    assert "; in maand 24 tot en met 47 werden alle 600" in text
    assert "laten deze aantallen niet zien" in text
    assert "te weinig om per tijdvak" not in text
    assert "waren het er minder dan 10" not in text


def test_a_count_that_would_tell_another_is_not_said_to_be_small_itself() -> None:
    early, late = row(0, 23, 600, 300), hidden_row(24, 47, 600, "tells_another")
    result = with_conversions(hidden_row(0, 47, 1200, "tells_another"), early, late)
    text = outcome_text(result, "conversion")
    assert (
        "Over alle maanden samen wordt het aantal conversies op 1.200 netto contacten niet "
        "gepubliceerd, omdat daaruit een klein aantal zou volgen."
    ) in text
    assert "in maand 24 tot en met 47 wordt het aantal niet gepubliceerd. Of dat" in text
    assert "minder dan 10" not in text
    assert "te weinig om per tijdvak" not in text


def test_a_row_whose_contacts_are_few_has_few_events() -> None:
    early, late = row(0, 23, 600, 300), hidden_row(24, 47, None, "few")
    text = outcome_text(with_conversions(row(0, 47, 605, 304), early, late), "conversion")
    assert "in maand 24 tot en met 47 waren het er minder dan 10, met een bovengrens van" in text


def test_a_row_of_which_nothing_is_known_is_not_said_to_be_small() -> None:
    early, late = row(0, 23, 600, 300), hidden_row(24, 47, None, "tells_another")
    late["hidden"] = {"n": "tells_another", "k": "tells_another"}
    total = hidden_row(0, 47, None, "tells_another") | {"hidden": late["hidden"]}
    text = outcome_text(with_conversions(total, early, late), "conversion")
    assert text.startswith("De aantallen over alle maanden samen worden niet gepubliceerd")
    assert "in maand 24 tot en met 47 wordt het aantal niet gepubliceerd." in text
    assert "waren het er minder dan 10" not in text
    assert "te weinig om per tijdvak" not in text


def test_a_handful_of_events_is_read_over_all_months_together() -> None:
    text = outcome_text(proposed(), "complaint")
    assert "Dat zijn er te weinig om per tijdvak iets te zeggen" in text
    assert "daling" not in text


def test_a_handful_of_events_that_clearly_differ_is_still_told() -> None:
    result = proposed()
    rows = result["outcomes"]["complaint"]["rates"]
    rows[0].update(k=30, rate=0.01, rate_lower=0.007, rate_upper=0.014)
    rows[-1].update(k=0, rate=0.0, rate_lower=0.0, rate_upper=0.004)
    text = outcome_text(result, "complaint")
    assert "het percentage is aan het einde dus lager dan aan het begin" in text


def test_no_event_at_all_gives_an_upper_limit_and_no_zero() -> None:
    result = proposed()
    entry = result["outcomes"]["complaint"]
    zero = {"k": 0, "rate": 0.0, "rate_lower": 0.0, "rate_upper": 0.0001}
    for item in (*entry["rates"], entry["total"]):
        item.update(zero)
    [text] = conclusions.outcome_sentences(published(result), "complaint")
    assert "geen enkele klacht. Dat sluit klachten niet uit" in text
    assert "kan tot 0,010% zijn (bovengrens van het 95%-interval)" in text


def test_intervals_carry_the_level_of_the_dossier() -> None:
    result = proposed()
    result["settings"]["confidence_level"] = 0.9
    text = outcome_text(result, "conversion")
    assert "90%-interval" in text
    assert "95%" not in text


def course(*rates: float) -> dict[str, Any]:
    """Return a result that no simple curve describes, with a row for each rate."""
    result = proposed()
    result["outcomes"]["conversion"].update(
        fit_warning="slecht", rates=[row(m, m, 4000, round(4000 * p)) for m, p in enumerate(rates)]
    )
    return result


def test_data_that_no_curve_describes_are_told_by_their_clear_falls_and_rises() -> None:
    result = course(0.20, 0.21, 0.30, 0.10, 0.105, 0.09, 0.25, 0.24)
    text = conclusions.outcome_sentences(published(result), "conversion")[1]
    assert text.startswith(
        "In maand 0 was het conversiepercentage 20,0%; daarna steeg het tot 30,0% in maand 2, "
        "daalde het tot 9,0% in maand 5 en steeg het tot 25,0% in maand 6."
    )


def test_ups_and_downs_within_the_intervals_are_passed_over() -> None:
    text = outcome_text(course(0.2, 0.205, 0.198), "conversion")
    assert "duidelijke daling of stijging van het conversiepercentage is in de rijen niet" in text


def test_a_course_that_keeps_turning_is_cut_short() -> None:
    text = outcome_text(course(*(0.1, 0.3) * 6), "conversion")
    assert text.count("het tot") == 6
    assert "Daarna wisselt het nog vaker." in text


def test_no_difference_is_claimed_where_intervals_overlap_and_a_row_is_hidden() -> None:
    result = proposed()
    rows = result["outcomes"]["objection"]["rates"]
    rows[3] = row(9, 11, 400, 5)
    rows[-1] = {**rows[0], "month_from": 45, "month_to": 47}
    text = outcome_text(result, "objection")
    assert "geen daling of stijging af te leiden" in text


def test_a_bend_between_first_and_last_month_is_told() -> None:
    result = proposed()
    rows = result["outcomes"]["objection"]["rates"]
    rows[5].update(k=20, rate=0.007, rate_lower=0.004, rate_upper=0.011)
    text = outcome_text(result, "objection")
    assert (
        "Daartussen is het lager: in maand 15 tot en met 17 was het 0,70% (0,40% tot 1,10%)" in text
    )


def test_a_row_without_events_gives_its_upper_limit() -> None:
    result = proposed()
    zero = {"k": 0, "rate": 0.0, "rate_lower": 0.0, "rate_upper": 0.0014}
    result["outcomes"]["complaint"]["rates"][0].update(zero)
    result["outcomes"]["complaint"]["total"].update(n=600_000, k=500)
    text = outcome_text(result, "complaint")
    assert "geen enkele klacht (het werkelijke klachtpercentage kan tot 0,140% zijn)" in text


def test_the_shorter_term_is_weighed_with_what_it_spares_and_costs() -> None:
    text = points_of(proposed())
    assert "Een kortere termijn van 12 maanden is een alternatief" in text
    assert re.search(
        r"de meldingen van verzet in maand 0 tot en met 20 viel \d+% in maand 12 tot en met 20, "
        r"van de conversies \d+%",
        text,
    )


def test_the_burden_at_the_end_is_told_as_it_was_counted_with_its_months() -> None:
    result = proposed()
    last = {name: result["outcomes"][name]["rates"][7] for name in ("conversion", "objection")}
    counted = round(100 * last["objection"]["k"] / last["conversion"]["k"])
    text = points_of(result)
    where = "Rond het einde van de termijn, in maand 21 tot en met 23, stonden"
    assert f"{where} tegenover elke 100 conversies {counted} meld" in text
    assert "; in maand 0 tot en met 2 waren dat er" in text
    assert "schatting" not in text.split("elke 100")[1].split(".")[0]


def test_what_ends_where_the_burden_is_counted_is_named() -> None:
    asked = request(48, 44)
    assert "Rond het einde van de termijn die uit de criteria volgt, in maand" in points_of(asked)
    assert "Rond het einde van de gevraagde termijn, in maand" in points_of(request(40, 48))
    short = proposed()
    for name in ("conversion", "objection", "complaint"):
        short["outcomes"][name]["rates"] = short["outcomes"][name]["rates"][:4]
    assert "Aan het einde van de gegevens, in maand 9 tot en met 11, stonden" in points_of(short)


def test_a_shorter_term_is_not_offered_as_news_to_who_decided_on_no_more() -> None:
    taken = {"decided_on": "2026-10-20", "decided_by": "Directeur", "reason": "Besluit."}
    shown = re.search(
        r"Een kortere termijn van (\d+) maanden is een alternatief", points_of(proposed())
    )
    assert shown is not None
    cut = int(shown[1])
    for term, words in (
        (cut, "De organisatie besloot al tot die termijn."),
        (cut - 2, f"De organisatie besloot al tot een nog kortere: {cut - 2} maanden."),
        (0, "De organisatie besloot om oud-klanten niet te bellen."),
    ):
        decision = {"status": "decided", "term_months": term, **taken}
        assert words in points_of({**proposed(), "decision": decision})
    above = {"status": "decided", "term_months": cut + 1, **taken}
    assert "besloot al" not in points_of({**proposed(), "decision": above})


def test_under_a_request_the_proposal_is_the_shorter_term() -> None:
    assert "De kortere termijn van het voorstel, 36 maanden, is een alt" in points_of(request())


def test_the_terms_of_the_criteria_on_burden_are_told_with_their_number() -> None:
    result = proposed()
    result["proposal"].update(binding=NAMES["conversion"], privacy_binds=False)
    burden = result["criteria"][1:]
    for item in burden:
        item.update(status="reached", term_months=22)
    assert "een even lange termijn." in text_of(result)
    for item in burden:
        item.update(status="not_reached_in_data", term_months=31)
    assert ", voor zover er gegevens zijn, een langere termijn: 31 maanden." in text_of(result)


def test_the_terms_of_the_criteria_on_burden_stand_in_the_order_of_their_names() -> None:
    result = proposed()
    result["proposal"].update(binding=NAMES["conversion"], privacy_binds=False)
    for item, term in zip(result["criteria"][1:], (25, 23), strict=True):
        item.update(status="reached", term_months=term)
    first, second = (item["name"] for item in result["criteria"][1:])
    told = f"‘{first}’ en ‘{second}’ volgen termijnen van 25 en 23 maanden"
    assert told in text_of(result)


def test_counts_over_other_contacts_are_not_set_against_each_other() -> None:
    result = proposed()
    for item in result["outcomes"]["objection"]["rates"]:
        item["n"] -= 20
    assert "tegenover elke 100 conversies" not in points_of(result)


def test_something_always_speaks_against() -> None:
    for result in map(published, (make() for make in EXAMPLES.values())):
        points = texts_against(result)
        if not result.has_term:
            continue
        assert any("Geen verzet is geen instemming" in point for point in points)
        assert any("zou ook zonder gesprek weer hebben gegeven" in point for point in points)


def test_breaches_and_missing_data_speak_against() -> None:
    text = points_of(incomplete())
    assert "41 keer gebeld nadat verzet was aangetekend" in text
    assert "vraag 3d" in text


@pytest.mark.parametrize("known", [True, False])
def test_data_that_do_not_tell_who_was_called_have_that_limitation(known: bool) -> None:
    result = proposed()
    result["clustering"]["customers_known"] = known
    text = " ".join(conclusions.limitations(published(result)))
    assert ("Dat mensen meer dan eens kunnen zijn gebeld, is niet meegerekend" in text) != known


@pytest.mark.parametrize(
    ("campaigns", "resampled", "share_few", "words"),
    [
        (1, False, True, "geen verschillende campagnes te onderscheiden"),
        (2, False, False, "maar twee campagnes"),
        (6, True, True, "De 6 campagnes hebben weinig maanden gemeen"),
        (4, False, False, "In hoeverre de 4 campagnes van elkaar verschillen, is niet"),
        (9, True, False, ""),
    ],
)
def test_campaigns_that_do_not_generalise_are_told_on_the_first_page_and_as_a_limitation(
    campaigns: int, resampled: bool, share_few: bool, words: str
) -> None:
    result = proposed()
    result["clustering"].update(
        campaigns=campaigns,
        campaigns_resampled=resampled,
        campaigns_share_few_months=share_few,
    )
    limits = " ".join(conclusions.limitations(published(result)))
    for text in (limits, text_of(result)):
        assert words in text
        assert bool(words) == ("De termijn geldt daarom alleen voor soortgelijke campagnes" in text)
    assert bool(words) == (
        "telt dat volledig mee, dan worden de marges ruimer" in points_of(result)
    )
    without = {**no_term(), "clustering": result["clustering"]}
    limits = " ".join(conclusions.limitations(published(without)))
    assert bool(words) == (
        "De uitkomsten gelden daarom alleen voor soortgelijke campagnes" in limits
    )
    assert "De termijn geldt" not in limits


def test_every_known_limitation_of_the_method_is_named() -> None:
    result = published(proposed())
    text = " ".join((*conclusions.limitations(result), *texts_against(result)))
    for words in (
        "tellen in latere maanden niet meer mee",
        "zou ook zonder gesprek weer hebben gegeven",
        "Geen verzet is geen instemming",
        "Over latere maanden doet dit rapport geen uitspraak",
        "Stijgt of daalt een percentage plotseling tot net voorbij een drempelwaarde",
        "Wie vóór de export uit de bron is verwijderd",
    ):
        assert words in text


def test_who_was_erased_is_a_limitation_where_objections_or_complaints_were_delivered() -> None:
    result = proposed()
    for name in ("objection", "complaint"):
        result["outcomes"][name]["available"] = False
    limits = " ".join(conclusions.limitations(published(result)))
    assert "uit de bron is verwijderd" not in limits


def test_months_before_the_first_evidence_are_a_limitation() -> None:
    result = proposed()
    result["criteria"][0]["first_month_with_evidence"] = 6
    words = "De criteria zijn pas vanaf maand 6 getoetst"
    assert words in " ".join(conclusions.limitations(published(result)))
    result["not_before"] = {"month": 6, "reason": "Dan pas."}
    assert words not in " ".join(conclusions.limitations(published(result)))


def test_a_criterion_says_in_which_months_of_its_term_it_was_not_tested() -> None:
    result = proposed()
    item = result["criteria"][0]
    told = conclusions.finding_of
    assert "niet getoetst" not in told(published(result).criteria[0], published(result))
    item["first_month_with_evidence"] = 1
    words = "Maand 0 is niet getoetst: daarover zijn er vrijwel geen gegevens."
    assert told(published(result).criteria[0], published(result)).endswith(words)
    result["not_before"] = {"month": 1, "reason": "Dan pas."}
    assert words not in told(published(result).criteria[0], published(result))
    item["first_month_with_evidence"] = 3
    words = "De maanden 1 en 2 zijn niet getoetst"
    assert words in told(published(result).criteria[0], published(result))


def test_other_choices_that_shorten_the_term_speak_against_it() -> None:
    text = points_of(proposed())
    assert "Bij 6 van de 25 andere keuzes in bijlage C, waaronder andere drempelwaarden, is" in text
    assert "korter; de kortste is 9 maanden. Bij 2 van die 25 blijft er geen termijn over." in text


def test_a_share_of_people_too_small_to_publish_is_told_by_its_limit() -> None:
    result = proposed()
    rows = result["incidence_since_contact"]["objection"]
    assert conclusions.rare_limit(published(result), "objection") == ""
    assert conclusions.rare_limit(published(result), "complaint") == ""
    hidden = [{**row, "incidence": None, "incidence_upper": 0.01} for row in rows]
    result["incidence_since_contact"]["complaint"] = hidden
    told = conclusions.rare_limit(published(result), "complaint")
    assert "ten hoogste 1,0% van de mensen" in told


def test_another_denominator_does_not_speak_against_the_term() -> None:
    [line] = [line for line in proposed()["sensitivity"] if line["choice"] == "denominator"]
    lines = [{**line, "status": "no_term", "term_months": None}]
    text = points_of({**proposed(), "sensitivity": lines})
    assert "andere keuzes" not in text


def test_where_no_other_choice_is_shorter_those_without_a_term_are_counted_of_all() -> None:
    lines = [line for line in proposed()["sensitivity"] if line["status"] == "no_term"]
    text = points_of({**proposed(), "sensitivity": lines})
    assert "Bij beide andere keuzes in bijlage C" in text
    assert "blijft er geen termijn over." in text


def test_the_only_choice_that_is_shorter_gives_its_term() -> None:
    least = min(line["term_months"] or 99 for line in proposed()["sensitivity"])
    lines = [line for line in proposed()["sensitivity"] if line["term_months"] == least][:1]
    text = points_of({**proposed(), "sensitivity": lines})
    assert "Bij de enige andere keuze in bijlage C" in text
    assert f"is de termijn korter, namelijk {least} maanden." in text


@pytest.mark.parametrize("carried", [40, 48])
def test_an_equal_term_is_no_sign_of_robustness_where_the_own_one_ends_with_the_data(
    carried: int,
) -> None:
    some = {"choice": "family", "criterion": None, "status": "proposed"}
    terms = {"floor": carried, "power": carried, "logistic": carried - 9}
    lines = [{**some, "value": name, "term_months": term} for name, term in terms.items()]
    text = points_of({**request(48, carried), "sensitivity": lines})
    assert f"Bij 2 van die 3 blijft de termijn {carried} maanden: daarna zijn er te" in text
    ended = points_of({**proposed(), "sensitivity": [{**lines[0], "term_months": 21}, lines[1]]})
    assert "daarna zijn er te weinig gegevens" not in ended


def test_a_term_that_a_cap_or_a_criterion_ends_does_not_end_with_the_data() -> None:
    assert ends_with_data(published(request()))
    assert not ends_with_data(published(cap_bound()))
    assert not ends_with_data(published(proposed()))
    assert ends_with_data(published(request(40, 48)))
    result = cap_bound()
    result["proposal"].update(
        binding="last_month_with_evidence", term_months=30, uncapped_term_months=30
    )
    assert ends_with_data(published(result))


def test_an_outcome_that_never_occurs_has_no_curve() -> None:
    result = proposed()
    for fit in result["outcomes"]["complaint"]["fits"]:
        fit.update(status="zero_events", weight=0.0)
    text = conclusions.fit_sentence(published(result), "complaint")
    assert text == (
        "**Klachten.** Er is geen enkele klacht waargenomen; daarbij is geen kromme te schatten."
    )


def test_shares_that_never_change_are_told_as_one() -> None:
    result = proposed()
    result["composition"] = [{**row, "reached_share": 0.35} for row in result["composition"]]
    assert "Het bereik is in deze historie in elk tijdvak 35%." in " ".join(
        conclusions.composition_sentences(published(result))
    )


@pytest.mark.parametrize(
    ("first", "last", "where"),
    [
        (0.3, 0.35, "tussen 30% en 35% en is het laagst in maand 0 tot en met 2."),
        (0.4, 0.35, "tussen 35% en 40% en is het hoogst in maand 0 tot en met 2."),
        (
            0.3,
            0.4,
            "tussen 30% en 40% en is het laagst in maand 0 tot en met 2 en het hoogst in maand 45 "
            "tot en met 47.",
        ),
        (0.351, 0.349, "in elk tijdvak 35%."),
    ],
)
def test_a_share_that_one_row_has_alone_is_told_with_its_months(
    first: float, last: float, where: str
) -> None:
    result = with_reach(first, last)
    assert where in " ".join(conclusions.composition_sentences(published(result)))


def test_rates_that_cannot_be_standardised_say_why() -> None:
    result = proposed()
    for outcome in result["outcomes"].values():
        outcome["standardised"] = []
    assert "per campagne te weinig conversies" in conclusions.standardised_sentence(
        published(result)
    )
    assert "geen campagnes te onder" in conclusions.standardised_sentence(published(counts_only()))


def test_years_end_at_the_nearest_rows_that_are_published() -> None:
    result = proposed()
    blocks = conclusions.yearly_blocks(published(result))
    assert [(block.month_from, block.month_to) for block in blocks] == [
        (0, 11),
        (12, 23),
        (24, 35),
        (36, 47),
    ]
    events = sum(block.events["conversion"] or 0 for block in blocks)
    assert events == sum(row["k"] for row in result["outcomes"]["conversion"]["rates"])


def test_a_block_that_cuts_a_row_is_unknown() -> None:
    block = conclusions.block_between(published(proposed()), 0, 12)
    assert block.rate("conversion") is None


def test_sentences_leave_the_result_as_it_was() -> None:
    result = published(proposed())
    before = copy.deepcopy(result)
    all_sentences(result)
    assert result == before


def test_the_months_of_question_1b_add_up_to_the_contacts_of_the_overviews() -> None:
    result = proposed()
    rows = result["outcomes"]["complaint"]["rates"]
    whole = {**rows[0], "month_to": rows[-1]["month_to"], "n": sum(row["n"] for row in rows)}
    result["outcomes"]["complaint"]["rates"] = [whole]  # crosses every year
    contacts = sum(row["n"] for row in result["outcomes"]["conversion"]["rates"])
    told = conclusions.question_evidence("months", published(result))
    assert f". Van de {wording.count(contacts)} netto contacten" in told
    shares = [int(share) for share in re.findall(r"(\d+)%", told)]
    assert len(shares) > 2
    assert abs(sum(shares) - 100) <= 2


def test_question_1b_tells_nothing_of_contacts_that_are_not_published() -> None:
    result = proposed()
    for name in OUTCOMES:
        result["outcomes"][name]["rates"][0]["n"] = None
    assert conclusions.question_evidence("months", published(result)) == ""


def first_sentence(result: dict[str, Any]) -> str:
    return conclusions.proposal_sentences(published(result))[0]


def test_an_override_of_the_rules_is_told_first_and_is_the_first_counterpoint() -> None:
    result = proposed()
    result["regime"]["override_reason"] = "Eigen uitleg."
    told = "De organisatie gaat uit van andere regels dan die van de rapportdatum"
    assert told in first_sentence(result)
    point = texts_against(published(result))[0]
    assert told in point
    assert "getoetst aan de regels die golden op de dag van bellen" in point


@pytest.mark.parametrize(
    ("has_ground", "told"),
    [
        (True, "vanaf die dag gelden andere regels."),
        (False, "vanaf die dag is voorafgaande toestemming nodig."),
    ],
)
def test_rules_that_end_the_proposal_are_told_first(has_ground: bool, told: str) -> None:
    result = proposed()
    result["later_rules"] = {"starts_on": "2026-07-01", "has_ground": has_ground}
    ends = "**Dit voorstel geldt niet voor belpogingen vanaf 1 juli 2026**"
    assert first_sentence(result) == f"{ends}: {told}"


def test_relations_of_which_the_kind_is_not_known_are_told_on_page_one() -> None:
    result = proposed()
    result["relations"]["kinds_from"] = "unknown"
    assert "Welke relaties meetellen, is niet na te gaan" in first_sentence(result)


def test_a_membership_taken_for_a_gift_makes_the_proposal_preliminary() -> None:
    result = proposed()
    result["relations"]["membership_reason"] = "De contributie is een gift."
    assert conclusions.headline(published(result)).startswith("Voorlopig voorstel")
    assert "telt lidmaatschappen als giften" in first_sentence(result)
    assert "telt lidmaatschappen als giften" in texts_against(published(result))[0]


def test_without_such_rules_the_proposal_begins_with_its_meaning() -> None:
    assert first_sentence(proposed()).startswith("Een termijn van 22 maanden omvat")


def test_unmet_conditions_of_2021_are_not_held_against_earlier_rules() -> None:
    result = proposed()
    result["regime"]["needs_ground"] = False
    sentences = conclusions.proposal_sentences(published(result), ("same_entity",))
    assert not any("dezelfde rechtspersoon" in sentence for sentence in sentences)


def test_a_curve_that_no_outcome_could_fit_is_named_once() -> None:
    result = proposed()
    for name in OUTCOMES:
        for fit in result["outcomes"][name]["fits"]:
            fit.update(status="ok", converged=True, weight=fit["weight"] or 0.1)
        result["outcomes"][name]["fits"][0].update(status="separated", weight=0.0)
    told = failed_in_all(published(result))
    assert told.startswith(" Bij conversie, verzet en klachten zijn ")
    assert "niet te schatten" in told
    assert "niet te schatten" not in conclusions.fit_sentence(
        published(result), "objection", told=bool(told)
    )
    result["outcomes"]["complaint"]["fits"][1].update(status="separated", weight=0.0)
    assert failed_in_all(published(result)) == ""


@pytest.mark.parametrize("misses", [True, False])
def test_a_refuted_minimum_tells_the_rate_of_all_months_where_that_misses_it_too(
    *, misses: bool
) -> None:
    content = no_term()
    total = content["outcomes"]["conversion"]["total"]
    refuted = content["criteria"][0]
    refuted.update(
        {key: content["criteria"][1][key] for key in ("status", "crossing", "lower", "upper")},
        term_months=None,
        threshold=total["rate"] * (1.5 if misses else 0.5),
    )
    result = published(content)
    sentences = conclusions.criterion_sentences(result.criteria[0], result)
    told = f"({wording.number(total['k'])} op {wording.number(total['n'])} netto contacten)"
    assert (told in sentences) == misses
    assert ("bij een drempelwaarde van" in sentences) == misses
