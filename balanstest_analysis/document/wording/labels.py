"""What every code of a result is called in Dutch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class OutcomeWords:
    """The words for one outcome.

    Attributes:
        question: number of the template's question about it.
        label: name at the head of a section or panel.
        rate: name of its percentage.
        subject: name of the data, as in "geen gegevens over ...".
        result: what follows a contact, as in "waarop ... volgde".
        none: what did not occur at all, as in "kwam ... voor".
        events: heading of the column with counts.
        singular: noun after the count 1.
        plural: noun after any other count.
    """

    question: str
    label: str
    rate: str
    subject: str
    result: str
    none: str
    events: str
    singular: str
    plural: str

    @property
    def no_data(self) -> str:
        """The sentence for an outcome of which no data were delivered.

        Examples:
            >>> OUTCOME_WORDS["complaint"].no_data[:46]
            'Er zijn geen gegevens over klachten aangelever'
        """
        return (
            f"Er zijn geen gegevens over {self.subject} aangeleverd; over vraag {self.question} "
            "kan dit rapport daarom niets zeggen."
        )

    @property
    def too_small(self) -> str:
        """The sentence for an outcome whose counts are all too small to publish."""
        return (
            f"De aantallen over {self.subject} zijn te klein om te publiceren; over vraag "
            f"{self.question} kan dit rapport daarom niets zeggen."
        )


OUTCOME_WORDS: Final = {
    "conversion": OutcomeWords(
        question="3b",
        label="Conversie",
        rate="conversiepercentage",
        subject="conversie",
        result="een conversie",
        none="geen enkele conversie",
        events="Conversies",
        singular="conversie",
        plural="conversies",
    ),
    "objection": OutcomeWords(
        question="3c",
        label="Verzet",
        rate="verzetpercentage",
        subject="verzet",
        result="verzet",
        none="geen verzet",
        events="Verzet",
        singular="melding van verzet",
        plural="meldingen van verzet",
    ),
    "complaint": OutcomeWords(
        question="3d",
        label="Klachten",
        rate="klachtpercentage",
        subject="klachten",
        result="een klacht",
        none="geen enkele klacht",
        events="Klachten",
        singular="klacht",
        plural="klachten",
    ),
}

NET_CONTACTS: Final = "netto contacten"
DENOMINATORS: Final = {
    "net_contact": ("netto contact", NET_CONTACTS),
    "call": ("belpoging", "belpogingen"),
}
FIRST_CONTACTS: Final = {"net_contact": "eerste gesprek", "call": "eerste belpoging"}

CONVERSION_DEFINITIONS: Final = {
    "gross": "bruto: latere annuleringen zijn niet afgetrokken",
    "net_of_cancellations": "netto: latere annuleringen zijn afgetrokken",
}

TEMPLATES: Final = {
    "opt-in": "categorie",
    "bel-me-niet": "merk",
}

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

FORMULAS: Final = {
    "constant": "p = a",
    "exponential": "log p = a + b·m",
    "floor": "p = f + (a − f)·exp(−b·m)",
    "power": "log p = a + b·log(1 + m)",
    "logistic": "logit p = a + b·m",
    "loglogistic": "logit p = a + b·log(1 + m)",
    "spline4": "logit p = natuurlijke kubische spline door 4 knopen",
    "spline6": "logit p = natuurlijke kubische spline door 6 knopen",
}

PARAMETERS: Final = {
    "intercept": "a",
    "slope": "b",
    "logit_start": "logit a",
    "logit_floor": "logit f",
    "log_decay": "log b",
}

FIT_STATUSES: Final = {
    "ok": "gelukt",
    "separated": "niet te schatten",
    "not_converged": "niet geconvergeerd",
    "too_few_months": "te weinig maanden",
    "zero_events": "geen gebeurtenissen",
}

FIT_WARNING: Final = (
    "Geen enkele eenvoudige kromme beschrijft deze gegevens goed: alle vaste vormen wijken meer "
    "van de waarnemingen af dan toeval verklaart. De soepele kromme (spline) is daarom leidend. "
    "Lees de getekende lijn als hulpmiddel en beoordeel vooral de waarnemingen zelf."
)

CRITERION_STATUSES: Final = {
    "no_outcome_data": "niet getoetst: geen gegevens",
    "fails_from_start": "door de gegevens weerlegd",
    "holds_between": "pas later gehaald",
    "too_little_data": "te weinig gegevens",
    "not_reached_in_data": "gehaald; daarna te weinig gegevens",
    "reached": "gehaald tot een grens",
}

PROPOSAL_STATUSES: Final = {
    "proposed": "voorstel",
    "proposed_incomplete": "voorlopig voorstel",
    "undetermined": "nog geen voorstel",
    "not_allowed": "niet toegestaan",
    "no_term": "geen termijn",
}

ROUTES: Final = {
    "own_file": "eigen dossier: geen aanvraag nodig",
    "request": "aanvraag bij het Compliance Comité",
    "not_allowed": "niet toegestaan: voorafgaande toestemming nodig",
}

BINDINGS: Final = {
    "regime_cap": "de grens van 36 maanden (Code)",
    "last_month_with_evidence": "daarna te weinig gegevens",
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


def exclusion(code: str) -> str:
    """Return what a line of the reconciliation is called.

    Args:
        code: code of the line; codes joined by ``+`` were merged for publication.

    Examples:
        >>> exclusion("requested_call+consent")
        'Belpoging op verzoek van de gebelde of gebeld op grond van toestemming'
    """
    names = [EXCLUSIONS.get(part, EXCLUSIONS["other"]) for part in code.split("+")]
    return " of ".join([*names[:1], *(f"{name[:1].lower()}{name[1:]}" for name in names[1:])])
