"""The report's chapters, and the object the notebook calls."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.document.blocks import (
    Fragment,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Prose,
    Table,
)
from balanstest_analysis.document.blocks.fragment import SENTINEL
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.grounds import grounds_of
from balanstest_analysis.dossier.regimes import regime_named
from balanstest_analysis.errors import GapsError, RunError, UsageError
from balanstest_analysis.presentation import chapters
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.onderbouwing import Onderbouwing, open_onderbouwing
from tests.claim_variations import counted_from
from tests.example_results import (
    EXAMPLES,
    cap_bound,
    counts_only,
    dossier,
    dossier_of_counts,
    dossier_values,
    incomplete,
    no_outcome,
    not_allowed,
    not_before,
    proposed,
    published,
    row,
    undetermined,
)


def onderbouwing(result: dict[str, Any], asked: Dossier | None = None) -> Onderbouwing:
    return Onderbouwing(dossier=asked or dossier(), result=published(result))


def fragments(report: Onderbouwing) -> Iterator[Fragment]:
    """Yield the whole report in the notebook's order."""
    yield report.summary()
    yield report.organisation()
    for number in ("1", "2", "3"):
        yield report.answers(number)
    yield report.reading_guide()
    for outcome in ("conversion", "objection", "complaint"):
        yield report.overview(outcome)
    yield report.curves()
    yield report.weighing()
    yield report.against()
    yield report.findings()
    yield report.limitations()
    yield report.argument()
    yield report.review()
    yield report.processing()
    yield report.method()
    yield report.all_fits()
    yield report.sensitivity()
    yield report.composition()
    yield report.provenance()


def words(*shown: Fragment) -> str:
    """Return the text a reader of the HTML sees."""
    html = " ".join(fragment._repr_mimebundle_()["text/html"] for fragment in shown)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_kind_of_result_makes_a_whole_dutch_report(name: str) -> None:
    asked = dossier_of_counts() if name == "counts_only" else dossier()
    text = words(*fragments(onderbouwing(EXAMPLES[name](), asked)))
    numbers = text.split("Bijlage E")[0].replace("artikel 11.7", "")
    assert not re.search(r"\d\.\d(?!\d\d)", numbers)
    assert not re.search(r"\b(None|nan|True|False)\b", text)
    assert not re.search(r"\b[a-z]+_[a-z]+\b", text)
    proposed_term = published(EXAMPLES[name]()).has_term
    assert bool(re.search("Wat tegen (het voorstel|de aanvraag) pleit", text)) == proposed_term


def test_the_questions_stand_in_the_order_of_the_template() -> None:
    for template in ("opt-in", "bel-me-niet"):
        asked = dossier(template)
        report = onderbouwing({**proposed(), "template": template}, asked)
        headings = [
            block.text.split(". ")[0]
            for fragment in fragments(report)
            for block in fragment.blocks
            if isinstance(block, Heading)
        ]
        numbers = [text for text in headings if re.fullmatch(r"\d[a-e]?", text)]
        expected = [number for number in asked.answers if number != "4"]
        assert [number for number in numbers if len(number) == 2] == expected
        assert numbers[-1] == "4"


def test_the_first_page_carries_proposal_binding_uncertainty_and_one_figure() -> None:
    blocks = chapters.front_page(published(proposed()), dossier())
    notices = {block.kind: block for block in blocks if isinstance(block, Notice)}
    assert notices["proposal"].title == "Voorstel: een klanttermijn van ten hoogste 22 maanden"
    text = words(Fragment(blocks=blocks))
    assert "Doorslaggevend is het criterium" in text
    assert "Aangetoond (betrouwbaarheid 95%)" in text
    assert sum(isinstance(block, Picture) for block in blocks) == 1


def test_fictitious_data_and_unverified_rules_are_labelled_on_the_first_page() -> None:
    result = proposed()
    result["regime"]["verified"] = False
    text = words(Fragment(blocks=chapters.front_page(published(result), dossier())))
    assert "Fictieve gegevens" in text
    assert "konden niet in een bron worden nagegaan" in text
    result = counts_only()
    result["regime"]["verified"] = True
    text = words(Fragment(blocks=chapters.front_page(published(result), dossier())))
    assert "Fictieve gegevens" not in text
    assert "in een bron" not in text


def test_what_is_missing_is_listed_on_the_first_page() -> None:
    text = words(Fragment(blocks=chapters.front_page(published(incomplete()), dossier())))
    assert "NOG IN TE VULLEN: voorwaarden: dezelfde rechtspersoon" in text
    assert "vraag 1d (Vervangingstermijn)" in text
    assert "ongeveer 5.200 contacten" in text
    assert "over vraag 3d kan dit rapport daarom niets zeggen" in text


def test_a_report_without_ground_shows_neither_term_nor_criteria_figure() -> None:
    report = onderbouwing(not_allowed())
    assert not any(isinstance(block, Picture) for block in report.summary().blocks)
    text = words(report.weighing())
    assert "is uit de criteria geen termijn afgeleid" in text
    assert "Waarom de schatting niet beslissend is" not in text
    assert "geven deze sector geen grond" in words(report.organisation())
    assert words(report.against()) == ""


def test_without_a_ground_no_page_has_curves() -> None:
    report = onderbouwing(not_allowed())
    assert report.curves().blocks == ()
    fits = report.all_fits().blocks
    assert not any(isinstance(block, Table) for block in fits)
    assert "Zij zijn daarom niet afgedrukt." in words(report.all_fits())
    assert not any(isinstance(block, Picture) for block in report.weighing().blocks)
    assert "Geschatte percentages" not in words(report.composition())
    assert "geschatte kromme" not in words(report.reading_guide())


def test_nothing_is_drawn_through_one_published_row() -> None:
    result = proposed()
    entry = result["outcomes"]["complaint"]
    entry["rates"] = [entry["total"]]
    report = onderbouwing(result)
    assert not any(isinstance(block, Picture) for block in report.overview("complaint").blocks)
    assert any(isinstance(block, Table) for block in report.overview("complaint").blocks)
    assert any(isinstance(block, Picture) for block in report.weighing().blocks)
    alone = result["outcomes"]["objection"]
    alone["rates"] = [alone["total"]]
    assert not any(isinstance(block, Picture) for block in onderbouwing(result).weighing().blocks)


def test_a_frontier_without_any_term_is_a_sentence() -> None:
    result = proposed()
    for point in result["frontier"]:
        point.update(status="too_little_data", term_months=None)
    text = words(onderbouwing(result).weighing())
    assert "bij geen enkel gewicht" in text
    assert "onzeker" not in text


def test_an_unanswered_question_is_a_visible_gap() -> None:
    given = dossier_values()["answers"]
    asked = dossier(answers={key: text for key, text in given.items() if key not in {"1d", "4"}})
    report = onderbouwing(proposed(), asked)
    assert "NOG IN TE VULLEN" in words(report.answers("1"))
    assert "NOG IN TE VULLEN" in words(report.argument())
    assert "NOG IN TE VULLEN" not in words(report.answers("2"))


AFTERWARDS = {
    "first_low": 0,
    "first_median": 4,
    "first_high": 31,
    "calls_median": 2,
    "calls_high": 5,
    "contacts_median": 1,
    "contacts_high": 2,
}
COMPLIANCE = {
    "rules": [],
    "regimes": ["tw-2026"],
    "called_after_objection": 0,
    "frequency": {"years": [], "buckets": [], "many": None, "limit": 12},
    "afterwards": AFTERWARDS,
}


@pytest.mark.parametrize(
    ("template", "numbers"), [("opt-in", ("1b", "2b", "2c")), ("bel-me-niet", ("1b", "2a", "2b"))]
)
def test_what_the_history_tells_stands_above_the_words_of_the_organisation(
    template: str, numbers: tuple[str, ...]
) -> None:
    result = {**proposed(), "template": template}
    result["compliance"] = COMPLIANCE
    report = onderbouwing(result, dossier(template))
    text = words(report.answers("1"), report.answers("2"))
    months, start, often = (text.split(f"{number}. ")[1] for number in numbers)
    shares = re.search(r"viel \d+% in maand 0 tot en met 11", months)
    assert shares
    assert shares.start() < months.index("De donateur gaat")
    assert "is de helft voor het eerst gebeld in maand 4 of eerder, 5% al in maand 0" in start
    assert "95% is hooguit 5 keer gebeld" in often
    assert text.count("Bron: de belhistorie.") == 3


def test_counts_tell_nothing_of_when_and_how_often_one_person_is_called() -> None:
    text = words(onderbouwing({**proposed(), "compliance": None}).answers("2"))
    assert text.count("Uit de aangeleverde tellingen is niet op te maken") == 2


def test_counts_are_not_called_a_calling_history() -> None:
    report = onderbouwing(counts_only(), dossier_of_counts())
    assert "Bron: de belhistorie" not in words(report.answers("1"), report.answers("2"))
    assert "Bron: de aangeleverde tellingen." in words(report.answers("1"))
    assert "tellingen, volgens de organisatie volledig tot en met 30 september 2026" in words(
        report.organisation()
    )


def test_counts_as_delivered_are_told_on_page_one_and_claim_no_work_of_ours() -> None:
    report = onderbouwing(counts_only(), dossier_of_counts())
    assert "berust op aantallen per maand zoals de organisatie ze heeft" in words(report.summary())
    method = words(report.method())
    assert "in de 30 dagen ervoor" not in method
    assert "is niet nagegaan" in method
    assert "tellen dezelfde contacten" not in words(report.reading_guide())
    with_objections = onderbouwing(proposed(), dossier_of_counts())
    assert "zoals de organisatie telde" in words(with_objections.provenance())
    told = words(with_objections.overview("objection"))
    assert "volgens de telling van de organisatie verzet volgde" in told
    assert "horen dus te gaan over mensen die niet eerder verzet aantekenden" in told
    own = onderbouwing(proposed())
    assert "in de 30 dagen ervoor" in words(own.method())
    assert "zoals de organisatie ze heeft" not in words(own.summary())


def test_an_interval_is_only_called_widened_where_it_is() -> None:
    result = proposed()
    assert "ontwerpeffect van Rao en Scott" in words(onderbouwing(result).method())
    for entry in result["outcomes"].values():
        for item in entry["rates"]:
            item["design_effect"] = item["design_effect"] and 1.0
    assert "is nergens groter dan 1,0" in words(onderbouwing(result).method())


@pytest.mark.parametrize(
    ("absent", "told"),
    [
        ((), "De drie overzichten tellen dezelfde contacten"),
        (("complaint",), "De twee overzichten tellen dezelfde contacten"),
        (("objection", "complaint"), ""),
    ],
)
def test_the_reading_guide_speaks_of_the_overviews_that_are_there(
    absent: tuple[str, ...], told: str
) -> None:
    result = proposed()
    for name in absent:
        result["outcomes"][name] = no_outcome()
    text = words(onderbouwing(result).reading_guide())
    assert told in text
    assert ("Opvolging" in text) == bool(told)


def test_missing_opinions_and_accounts_are_visible_gaps() -> None:
    asked = dossier(review={}, processing={})
    report = onderbouwing(proposed(), asked)
    assert words(report.review()).count("NOG IN TE VULLEN") == 6
    assert "Waarom bellen nodig is NOG IN TE VULLEN" in words(report.weighing())
    assert words(report.processing()).count("NOG IN TE VULLEN") == 5


def test_the_words_of_the_organisation_are_never_taken_for_markup() -> None:
    asked = dossier(answers={"1a": "<b>vet</b> [x](http://voorbeeld)"})
    html = onderbouwing(proposed(), asked).answers("1")._repr_mimebundle_()["text/html"]
    assert "<b>vet" not in html
    assert "href" not in html


@pytest.mark.parametrize(
    ("kinds", "event"),
    [
        (("donation", "volunteer"), "gift, deelname of toezegging"),
        (("purchase", "contract"), "verkoop of toezegging"),
        (("donation", "purchase"), "verkoop, gift, deelname of toezegging"),
    ],
)
def test_a_conversion_is_of_relations_that_count(kinds: tuple[str, ...], event: str) -> None:
    told = words(onderbouwing(counted_from(*kinds)).overview("conversion"))
    assert f"waarop een {event} volgde" in told


def test_an_overview_defines_its_denominator_before_it_shows_numbers() -> None:
    blocks = onderbouwing(proposed()).overview("objection").blocks
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert "het deel van de netto contacten waarop binnen 30 dagen verzet" in paragraphs[0]
    kinds = [type(block).__name__ for block in blocks]
    assert kinds.index("Picture") < kinds.index("Table")
    assert isinstance(blocks[-1], Prose)


def test_a_missing_outcome_is_said_in_its_place() -> None:
    blocks = onderbouwing(counts_only()).overview("objection").blocks
    assert "over vraag 3c kan dit rapport daarom niets zeggen" in words(Fragment(blocks=blocks))
    assert not any(isinstance(block, Picture) for block in blocks)


def test_a_poor_fit_is_said_out_loud() -> None:
    report = onderbouwing(counts_only())
    assert "Geen enkele eenvoudige kromme" in words(report.overview("conversion"))
    assert "Geen enkele eenvoudige kromme" in words(report.curves())


def test_where_nothing_can_be_set_side_by_side_no_heading_promises_it() -> None:
    result = proposed()
    for outcome in result["outcomes"].values():
        outcome["rates"] = [row(0, 29, 270, 32)]
    blocks = onderbouwing(result).weighing().blocks
    titles = [block.text for block in blocks if isinstance(block, Heading)]
    assert "Opbrengst en hinder in de loop van de tijd" not in titles
    full = onderbouwing(proposed()).weighing().blocks
    titles = [block.text for block in full if isinstance(block, Heading)]
    assert "Opbrengst en hinder in de loop van de tijd" in titles


def test_a_single_sided_weighing_is_said_instead_of_drawn() -> None:
    text = words(onderbouwing(counts_only()).weighing())
    assert "niet naast elkaar worden gezet: over verzet en klachten" in text


@pytest.mark.parametrize(
    ("sectors", "told"),
    [
        (
            ["charity"],
            "Vanaf 1 juli 2026 gelden andere regels. Aankopen, lidmaatschappen, abonnementen en "
            "andere contracten en afgenomen diensten zijn dan voor deze sector geen grond meer om "
            "te bellen; dit rapport telt ze nog mee.",
        ),
        (["publisher"], "gelden andere regels. Dezelfde soorten relaties blijven dan een grond"),
    ],
)
def test_which_relations_give_no_ground_under_later_rules_is_told_beside_those_applied(
    sectors: list[str], told: str
) -> None:
    result = proposed()
    before = grounds_of(regime_named("ctm-2024").grounds, tuple(sectors))
    result["sectors"] = sectors
    result["relations"]["grounds"] = [
        {"kind": kind, "ground": cell.ground, "paragraph": cell.paragraph}
        for kind, cell in before.items()
    ]
    result["later_rules"] = {"starts_on": "2026-07-01", "has_ground": True}
    assert told in words(onderbouwing(result).organisation())
    result["later_rules"]["has_ground"] = False
    assert "gelden andere regels" not in words(onderbouwing(result).organisation())


def test_a_criterion_that_is_set_aside_is_weighed_with_the_reason_of_the_organisation() -> None:
    text = words(onderbouwing(incomplete()).weighing())
    assert "Haar reden: “Klachten komen bij het bureau binnen.”" in text
    assert "terzijde" not in words(onderbouwing(undetermined()).weighing())


def test_without_a_proposal_no_page_has_a_number_of_months_as_headline() -> None:
    report = onderbouwing(undetermined())
    blocks = report.summary().blocks
    titles = [block.title for block in blocks if isinstance(block, Notice)]
    assert not any("maanden" in title for title in titles)
    text = words(report.summary())
    assert "Uit de wel getoetste criteria volgt niet meer dan 37 maanden" in text
    assert "er ontbreekt niets" not in text
    assert text.count("Een toets vraagt") == 1
    assert "nog geen voorstel: steeds staat van een criterium niet vast" in words(
        report.sensitivity()
    )
    assert not any(isinstance(block, Picture | Table) for block in report.sensitivity().blocks)


def test_choices_that_leave_no_term_are_tabled_and_not_drawn() -> None:
    result = undetermined()
    result["sensitivity"][0]["status"] = "no_term"
    kinds = [type(block) for block in onderbouwing(result).sensitivity().blocks]
    assert Picture not in kinds
    assert kinds.count(Table) == 2


def test_without_a_proposal_the_changes_of_the_criteria_are_still_printed() -> None:
    change = {
        "date": "2026-10-02",
        "old_hash": "a" * 64,
        "new_hash": "9b" * 32,
        "note": "nadat de uitkomst was gezien",
        "changed": ["‘Verzet’: toegevoegd"],
        "reason": "",
        "old_term_months": 30,
        "new_term_months": None,
    }
    text = words(onderbouwing({**undetermined(), "criteria_changes": [change]}).against())
    assert text.startswith("Wijzigingen van de criteria Gewijzigd op 2 oktober 2026")
    assert "tegen het voorstel" not in text


def test_the_scope_names_the_month_before_which_nobody_is_called() -> None:
    text = words(onderbouwing(not_before()).organisation())
    assert "Begin van het bellen niet vóór maand 6. Reden van de organisatie: “In het" in text
    assert "Begin van het bellen" not in words(onderbouwing(proposed()).organisation())


@pytest.mark.parametrize(
    ("changes", "told", "silent"),
    [
        (
            {},
            (
                "dezelfde mensen meer dan eens zijn gebeld en omdat",
                "op elkaar lijken (9 campagnes)",
            ),
            (),
        ),
        (
            {"campaigns": 2, "campaigns_resampled": False},
            ("omdat dezelfde mensen meer dan eens zijn gebeld. Die samenhang",),
            ("campagne",),
        ),
        (
            {"campaigns_share_few_months": True},
            ("omdat dezelfde mensen meer dan eens zijn gebeld. Die samenhang",),
            ("campagne",),
        ),
        (
            {"customers_known": False},
            ("gebeld, is niet meegerekend. Dat contacten uit dezelfde campagne op elkaar lijken",),
            ("samenhang",),
        ),
        (
            {"customers_known": False, "campaigns": 1, "campaigns_resampled": False},
            ("meer dan eens kunnen zijn gebeld, is niet meegerekend",),
            ("campagne", "samenhang"),
        ),
    ],
)
def test_the_method_names_only_the_dependence_that_is_part_of_the_draws(
    changes: dict[str, Any], told: tuple[str, ...], silent: tuple[str, ...]
) -> None:
    result = proposed()
    result["clustering"].update(changes)
    steps = [block.text for block in onderbouwing(result).method().blocks
             if isinstance(block, Paragraph)]  # fmt: skip
    [text] = [step for step in steps if step.startswith("**Onzekerheid.**")]
    assert all(words in text for words in told)
    assert not any(words in text for words in silent)
    assert not any("bootstrap" in step or "klantgroep" in step for step in steps)


def test_a_chosen_regime_is_printed_with_its_reason() -> None:
    result = proposed()
    result["regime"]["override_reason"] = "De aangekondigde wet geldt nog niet."
    text = words(onderbouwing(result).organisation())
    assert "De aangekondigde wet geldt nog niet." in text


def test_the_cap_is_said_to_be_self_regulation_and_no_law() -> None:
    text = words(onderbouwing(proposed()).organisation())
    assert (
        "een grens van 36 maanden. Die grens staat in de Code Telemarketing (zelfregulering, "
        "2020), niet in de wet. Of een latere versie van de Code die grens wijzigt, is niet "
        "nagegaan."
    ) in text


@pytest.mark.parametrize(
    ("verified", "told"),
    [
        (True, ("Bron van deze regels: ", "Of een latere versie van de Code die grens wijzigt")),
        (False, ("de tekst daarvan is niet ingezien.", "Of de Telecommunicatiewet")),
    ],
)
def test_rules_that_were_not_read_are_said_to_be_taken_from_what_was_not_seen(
    verified: bool, told: tuple[str, ...]
) -> None:
    result = proposed()
    result["regime"].update(verified=verified, cap_verified=False)
    text = words(onderbouwing(result).organisation())
    assert all(part in text for part in told)
    assert ("Bron van deze regels: " in text) == verified


def test_only_what_was_delivered_is_said_to_be_counted_and_only_rows_are_referred_to() -> None:
    report = onderbouwing(counts_only(), dossier_of_counts())
    guide, account = words(report.reading_guide()), words(report.provenance())
    assert "zelf geteld op welke contacten een conversie volgde." in guide
    assert "Termijn waarbinnen" not in account
    assert "De gegevens staan bij vraag 3b en bij" in words(report.argument())
    whole = words(onderbouwing(proposed()).argument()).replace(" ,", ",")
    assert "De gegevens staan bij vraag 3b, vraag 3c en vraag 3d en bij" in whole


def test_the_scope_tells_which_relations_count_and_never_that_the_kind_proves_the_context() -> None:
    text = words(onderbouwing(proposed()).organisation())
    assert "giften: vijfde lid (schenking)" in text
    assert text.index("aankopen en afgenomen diensten: vierde lid") > text.index("tellen niet mee")
    assert "bewijst niet in welk verband het nummer is verkregen" in text


def test_the_fifth_condition_asks_of_a_charity_its_own_ideal_purposes() -> None:
    result = proposed()
    assert "eigen ideële of charitatieve doeleinden" in words(onderbouwing(result).organisation())
    result["sector"], result["sectors"] = "publisher", ["publisher"]
    text = words(onderbouwing(result).organisation())
    assert "eigen gelijksoortige producten of diensten" in text
    assert "charitatieve doeleinden" not in text


def test_under_the_rules_before_july_2021_the_five_conditions_are_not_asked() -> None:
    result = proposed()
    result["regime"]["needs_ground"] = False
    text = words(onderbouwing(result).organisation())
    assert "golden toen nog niet en zijn niet gevraagd" in text
    assert "De rechtspersoon die belt" not in text


def test_a_regime_without_cap_promises_no_limit() -> None:
    result = proposed()
    result["regime"]["cap_months"] = None
    report = onderbouwing(result)
    assert "geen vaste grens in maanden" in words(report.organisation())
    assert "kennen geen vaste grens" in words(report.summary())
    assert "vaste grens" not in words(report.sensitivity())
    assert "Belpogingen buiten de eigen termijn tellen niet mee" in words(report.method())


def test_calls_are_held_against_rules_where_there_are_calls_and_a_proposal_where_there_is_one() -> (
    None
):
    calls = "Elke belpoging is getoetst aan de regels die golden op de dag van bellen"
    proposal = "het voorstel aan de regels op de rapportdatum"
    assert f"{calls}, {proposal}." in words(onderbouwing(proposed()).organisation())
    without = words(onderbouwing(undetermined()).organisation())
    assert f"{calls}." in without
    assert proposal not in without
    counted = words(onderbouwing(counts_only(), dossier_of_counts()).organisation())
    assert calls not in counted
    assert "Het voorstel is getoetst aan de regels op de rapportdatum." in counted


def test_without_a_proposal_none_is_said_to_follow_the_curves() -> None:
    text = words(onderbouwing(undetermined()).all_fits())
    assert "Getoetst is het gemiddelde van de krommen" in text
    assert "Het voorstel volgt" not in text


def test_under_a_request_the_other_choices_are_not_said_to_be_capped() -> None:
    text = words(onderbouwing(EXAMPLES["request_carried"]()).sensitivity())
    assert "gerekend is zonder de grens van 36 maanden (Code)." in text
    assert "is steeds toegepast" not in text


def test_an_overview_that_cannot_be_shown_is_not_counted_among_the_overviews() -> None:
    result = proposed()
    result["outcomes"]["complaint"].update(rates=[], total=None, curve=[])
    assert "De twee overzichten tellen dezelfde" in words(onderbouwing(result).reading_guide())
    result["outcomes"]["objection"].update(rates=[], total=None, curve=[])
    assert "Geteld zijn contacten waarvan" in words(onderbouwing(result).reading_guide())


def test_campaigns_with_few_events_are_not_said_to_be_absent() -> None:
    result = proposed()
    for outcome in result["outcomes"].values():
        outcome["standardised"] = []
    for months in result["composition"]:
        months.update(campaigns=0, largest_campaign_share=None)
    text = words(onderbouwing(result).composition())
    assert "per campagne te weinig conversies" in text
    assert "geen campagnes te onderscheiden" not in text


def test_the_older_template_speaks_of_a_brand_and_of_the_register() -> None:
    result = {**proposed(), "template": "bel-me-niet"}
    text = words(onderbouwing(result, dossier("bel-me-niet")).organisation())
    assert "Merk" in text
    assert "Bel-me-niet Register" in text


def test_breaches_stand_in_the_body_and_the_rest_in_the_appendix() -> None:
    result = proposed()
    result["findings"] = [
        *result["findings"],
        {"code": "duplicate_call", "count": 40, "text": "40 belpogingen kwamen dubbel voor."},
    ]
    report = onderbouwing(result)
    assert "40 belpogingen kwamen dubbel" not in words(report.findings())
    assert "40 belpogingen kwamen dubbel" in words(report.provenance())


def test_nothing_found_is_said() -> None:
    result = {**proposed(), "findings": []}
    assert "geen bijzonderheden" in words(onderbouwing(result).findings())


def test_counts_are_not_said_to_be_free_of_breaches() -> None:
    report = onderbouwing(counts_only(), dossier_of_counts())
    text = words(report.findings())
    assert "de belhistorie is daarom niet getoetst" in text
    assert "geen bijzonderheden" not in text
    assert "Van aangeleverde gegevens naar" not in words(report.findings(), report.limitations())


def test_how_many_calls_count_is_told_in_the_body_and_accounted_for_in_the_appendix() -> None:
    report = onderbouwing(proposed())
    used = "Van de 60.412 aangeleverde belpogingen tellen er 34.302 mee"
    assert used in words(report.findings())
    assert "Af: geen netto contact" in words(report.provenance())


def test_an_account_that_gives_a_count_away_is_left_out_and_that_is_said() -> None:
    report = onderbouwing({**proposed(), "bridge": []})
    assert "een klein aantal is af te leiden" in words(report.provenance())
    assert "tellen er" not in words(report.findings())


def test_who_was_called_stands_in_the_appendix_with_figure_and_table() -> None:
    fragment = onderbouwing(proposed()).composition()
    text = words(fragment)
    assert "Selectief bellen is hieraan te herkennen" in text
    assert "Het bereik ligt in deze historie per tijdvak tussen 42% en 61%." in text
    assert "Het grootste verschil is 0,3 procentpunt bij conversies" in text
    assert "welk deel van de mensen een melding deed, naar de tijd sinds hun eerste gesprek" in text
    kinds = [type(block).__name__ for block in fragment.blocks]
    assert kinds.count("Picture") == 1
    assert kinds.count("Table") == 3


def test_counts_without_campaigns_say_nothing_about_who_was_called() -> None:
    fragment = onderbouwing(counts_only(), dossier_of_counts()).composition()
    assert "is daaruit niet op te maken" in words(fragment)
    assert not any(isinstance(block, Picture) for block in fragment.blocks)


def test_counts_with_campaigns_claim_no_reach() -> None:
    fragment = onderbouwing(proposed(), dossier_of_counts()).composition()
    assert "bereik" not in words(fragment).replace("het bereik verandert", "").lower()
    told = "Het aandeel van de grootste campagne ligt in deze historie per tijdvak tussen 18% en"
    assert told in words(fragment)


def test_without_shares_of_people_nothing_is_said_about_it() -> None:
    result = proposed()
    heading = "Welk deel van de mensen tekende na hun eerste gesprek verzet aan"
    assert heading in words(onderbouwing(result).composition())
    result["incidence_since_contact"] = {}
    assert heading not in words(onderbouwing(result).composition())


def test_where_no_curve_alone_reaches_a_threshold_a_sentence_takes_the_place_of_the_table() -> None:
    result = proposed()
    none = "bereikt geen enkele geschatte kromme binnen de gegevens een drempelwaarde"
    assert none not in words(onderbouwing(result).all_fits())
    for criterion in result["criteria"]:
        for row_ in criterion["families"]:
            row_.update(crossing=None, lower=None)
    fragment = onderbouwing(result).all_fits()
    assert none in words(fragment)
    captions = [block.caption for block in fragment.blocks if isinstance(block, Table)]
    assert not any("elke kromme afzonderlijk" in caption for caption in captions)


def test_a_quarter_that_ends_before_the_data_says_that_the_rest_counts_too() -> None:
    later = "het laatste kwartaal dat geheel in de gegevens valt"
    result = proposed()
    assert later not in words(onderbouwing(result).organisation())
    result["data_through"] = "2026-11-30"
    assert later in words(onderbouwing(result).organisation())


def test_without_a_ground_no_other_term_is_shown() -> None:
    fragment = onderbouwing(not_allowed()).sensitivity()
    assert [type(block).__name__ for block in fragment.blocks] == ["Heading", "Paragraph"]


def test_without_other_choices_that_is_said() -> None:
    text = words(onderbouwing({**proposed(), "sensitivity": []}).sensitivity())
    assert "geen andere keuzes doorgerekend" in text


def test_the_last_cell_gives_the_sentinel_and_the_document() -> None:
    bundle = onderbouwing(proposed()).complete()._repr_mimebundle_()
    sentinel = json.loads(bundle[SENTINEL])
    assert sentinel["complete"] is True
    assert sentinel["document"] == {
        "title": "Onderbouwing van de klanttermijn",
        "organisation": "Stichting Voorbeeld",
        "category": "oud-donateurs met een periodieke gift",
        "period": "2026-Q3",
        "status": "concept",
        "report_date": "2026-10-15",
        "fictitious": True,
    }
    assert bundle["text/html"] == ""


def test_a_run_gets_the_published_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALANSTEST_RUN_DIRECTORY", str(tmp_path))
    result = {**proposed(), "category": "één gift"}
    result["criteria"][0]["threshold"] = 1 / 3
    onderbouwing(result).complete()
    text = (tmp_path / "resultaat.json").read_text("utf-8")
    assert '"threshold": 0.3333333333,' in text
    assert '"category": "één gift"' in text
    assert set(json.loads(text)) == set(result)


def test_a_result_that_cannot_be_written_is_a_failed_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALANSTEST_RUN_DIRECTORY", str(tmp_path / "weg"))
    with pytest.raises(RunError, match=re.escape("`resultaat.json` cannot be written")):
        onderbouwing(cap_bound()).complete()


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"dossier": 7}, "dossier"),
        ({"dossier": "x", "quarter": None}, "quarter"),
        ({"dossier": "x", "final": "false"}, "final"),
        ({"dossier": "x", "final": 0}, "final"),
    ],
)
def test_parameters_of_another_type_are_refused(parameters: dict[str, Any], name: str) -> None:
    with pytest.raises(UsageError, match=f"`{name}`"):
        open_onderbouwing(**parameters)


COUNTS = """
schema = 1
template = "opt-in"
[organisation]
name = "Vereniging Klein"
sector = "charity"
[scope]
category = "leden"
[data]
data_through = 2026-03-31
[data.counts]
path = "counts.csv"
[settings]
resamples = 200
[[criteria]]
name = "Opbrengst"
kind = "minimum_rate"
outcome = "conversion"
threshold = 0.05
reason = "Zo dekt een gesprek zijn kosten."
"""


@pytest.fixture(scope="module")
def counts_dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tellingen")
    lines = ["months_since_purchase,contacts,conversions"]
    lines += [f"{month},{900 - 10 * month},{int(150 * 0.94**month) + 1}" for month in range(30)]
    (folder / "counts.csv").write_text("\n".join(lines), "utf-8")
    (folder / "balanstest.toml").write_text(COUNTS, "utf-8")
    return folder / "balanstest.toml"


def test_a_dossier_of_counts_becomes_a_report_of_published_numbers(counts_dossier: Path) -> None:
    report = open_onderbouwing(str(counts_dossier))
    assert isinstance(report.result, PublishedResult)
    text = words(*fragments(report))
    assert "over vraag 3c kan dit rapport daarom niets zeggen" in text
    assert "Er is geen criterium gesteld over verzet of klachten" in text
    assert "tellingen" in text


def test_a_final_report_refuses_gaps_and_names_them(counts_dossier: Path) -> None:
    with pytest.raises(GapsError, match=r"1a, 1b.*--final"):
        open_onderbouwing(str(counts_dossier), final=True)
