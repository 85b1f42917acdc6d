"""The Dutch words of a report for the codes of the result, as a reader of both knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class OutcomeTerms:
    """What one outcome is called."""

    question: str
    label: str
    head: str
    rate: str
    subject: str
    result: str
    none: str
    one: str
    many: str


TERMS: Final[Mapping[str, OutcomeTerms]] = {
    "conversion": OutcomeTerms(
        question="3b",
        label="Conversie",
        head="Conversies",
        rate="conversiepercentage",
        subject="conversie",
        result="een conversie",
        none="geen enkele conversie",
        one="conversie",
        many="conversies",
    ),
    "objection": OutcomeTerms(
        question="3c",
        label="Verzet",
        head="Verzet",
        rate="verzetpercentage",
        subject="verzet",
        result="verzet",
        none="geen verzet",
        one="melding van verzet",
        many="meldingen van verzet",
    ),
    "complaint": OutcomeTerms(
        question="3d",
        label="Klachten",
        head="Klachten",
        rate="klachtpercentage",
        subject="klachten",
        result="een klacht",
        none="geen enkele klacht",
        one="klacht",
        many="klachten",
    ),
}
UNITS: Final = {
    "net_contact": ("netto contact", "netto contacten"),
    "call": ("belpoging", "belpogingen"),
}
FIRST: Final = {"net_contact": "eerste gesprek", "call": "eerste belpoging"}
FAMILIES: Final = {
    "constant": "constant",
    "exponential": "exponentieel",
    "floor": "exponentieel met bodem",
    "power": "machtsfunctie",
    "logistic": "logistisch",
    "loglogistic": "log-logistisch",
    "spline4": "spline met 4 knopen",
    "spline6": "spline met 6 knopen",
}
NOT_FITTED: Final = {
    "separated": "niet te schatten",
    "not_converged": "niet geconvergeerd",
    "too_few_months": "te weinig maanden",
    "zero_events": "geen gebeurtenissen",
}
CRITERION_STATUS: Final = {
    "no_outcome_data": "niet getoetst: geen gegevens",
    "fails_from_start": "door de gegevens weerlegd",
    "holds_between": "pas later gehaald",
    "too_little_data": "te weinig gegevens",
    "not_reached_in_data": "gehaald; daarna te weinig gegevens",
    "reached": "gehaald tot een grens",
}
SECTORS: Final = {
    "charity": "goed doel of ideële organisatie",
    "charity_lottery": (
        "houder van een vergunning als bedoeld in artikel 3, 9 of 27b van de Wet op de kansspelen"
    ),
    "publisher": (
        "uitgever van dagbladen, weekbladen, tijdschriften of andere uitgaven die ten minste "
        "driemaal per jaar verschijnen"
    ),
    "commercial": "commerciële organisatie",
}
KINDS: Final = {
    "purchase": "aankopen",
    "contract": "lidmaatschappen, abonnementen en andere contracten",
    "donation": "giften",
    "service": "afgenomen diensten",
    "volunteer": "vrijwilligerswerk",
    "public_event": "bijgewoonde manifestaties",
}
CONDITIONS: Final = {
    "payment_obligation": "betalingsverplichting",
    "same_entity": "dezelfde rechtspersoon",
    "informed_at_collection": "vooraf geïnformeerd",
    "opt_out_offered": "mogelijkheid tot verzet geboden",
    "own_similar_products": "eigen doeleinden of eigen aanbod",
}
RULES: Final = {
    "after_objection": "Gebeld nadat verzet was aangetekend",
    "objection_processed_late": "Verzet na vier weken nog niet verwerkt",
    "forbidden_day": "Gebeld op een dag waarop dat niet mag",
    "outside_hours": "Gebeld buiten de toegestane uren",
    "without_ground": "Gebeld zonder toestemming waar een klantrelatie niet meer volstaat",
    "beyond_cap": "Gebeld na afloop van de maximale termijn (36 maanden)",
    "beyond_own_term": "Gebeld na de eigen termijn, binnen de maximale termijn",
    "no_earlier_event": "Gebeld zonder bekende klantrelatie",
}
CHOICES: Final = {
    "threshold": "Drempelwaarde",
    "reference_months": "Referentiemaanden",
    "reference_event": "Andere peildatum",
    "denominator": "Andere noemer",
    "objection_window_days": "Termijn waarbinnen verzet meetelt",
    "complaint_window_days": "Termijn waarbinnen een klacht meetelt",
    "with_excluded_calls": "Uitgesloten belpogingen wel meegeteld",
    "kind_without_ground": "Alle relaties tellen mee",
    "year": "Alleen gegevens van één kalenderjaar",
    "without_campaign": "Zonder één campagne",
    "family": "Alleen één kromme",
}
SCALED: Final = {"maximum_ratio": "Factor", "net_benefit": "Opbrengst per conversie"}
LAST_EVENTS: Final = {
    "purchase": "laatste aankoop",
    "contract": "einde van het contract",
    "donation": "laatste gift",
    "service": "laatste dienst",
    "volunteer": "laatste vrijwilligerswerk",
    "public_event": "laatste manifestatie",
}
EXCLUSIONS: Final = {
    "rows_in": "Belpogingen in de aangeleverde gegevens",
    "after_data_through": "Na de laatste dag van de analyse",
    "placeholder_key": "Geen klantnummer",
    "left_out_by_where": "Telt volgens de opgave niet mee",
    "duplicate_call": "Dubbele belpoging",
    "legs_of_one_call": "Deel van een gesprek dat al is geteld",
    "requested_call": "Belpoging op verzoek van de gebelde",
    "consent": "Gebeld op grond van toestemming",
    "legal_person": "Gebelde was een rechtspersoon",
    "running_customer": "Relatie met de gebelde liep nog",
    "reference_on_or_after_call": "Opgegeven peildatum niet vóór de beldag",
    "kind_without_ground": "Alleen een relatie die op de rapportdatum geen grond geeft",
    "no_earlier_event": "Geen eerdere klantrelatie bekend",
    "after_objection": "Na verzet van de gebelde",
    "beyond_cap": "Buiten de grens van 36 maanden (Code) op de beldatum",
    "beyond_own_term": "Buiten de eigen termijn van de organisatie",
    "no_net_contact": "Geen netto contact",
    "other": "Overige redenen",
    "in_exposure": "In de analyse",
}
DEFINITIONS: Final = {
    "gross": "bruto: latere annuleringen zijn niet afgetrokken",
    "net_of_cancellations": "netto: latere annuleringen zijn afgetrokken",
}
TABLES: Final = {
    "conversion": "de conversie",
    "objection": "het verzet",
    "complaint": "de klachten",
    "objection_incidence": "de mensen met verzet",
    "complaint_incidence": "de mensen met een klacht",
    "composition": "de samenstelling",
    "findings": "de bevindingen",
    "bridge": "de stappen van aangeleverde naar gebruikte gegevens",
}
NOUNS: Final = "|".join(word for terms in TERMS.values() for word in (terms.many, terms.one))
RATES: Final = "|".join(terms.rate for terms in TERMS.values())
RESULTS: Final = "|".join(terms.result for terms in TERMS.values())
NONES: Final = "|".join(terms.none for terms in TERMS.values())
SUBJECTS: Final = "|".join(terms.subject for terms in TERMS.values())
PLURAL_UNITS: Final = "|".join(many for _, many in UNITS.values())
SINGLE_UNITS: Final = "|".join(one for one, _ in UNITS.values())
ANY_UNITS: Final = "|".join(word for pair in UNITS.values() for word in reversed(pair))


def outcome_called(word: str) -> str:
    """Return the outcome that a noun, rate, result or subject belongs to.

    Raises:
        KeyError: no outcome is called so.

    Examples:
        >>> outcome_called("meldingen van verzet"), outcome_called("klachtpercentage")
        ('objection', 'complaint')
    """
    for outcome, terms in TERMS.items():
        if word.lower() in {str(text).lower() for text in vars(terms).values()}:
            return outcome
    raise KeyError(word)


def enumerated(parts: list[str]) -> str:
    """Return a list as it stands in a sentence.

    Examples:
        >>> enumerated(["a", "b", "c"])
        'a, b en c'
    """
    return "".join(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])} en {parts[-1]}"
