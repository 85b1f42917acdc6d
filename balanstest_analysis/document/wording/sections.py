"""What the parts of a dossier are called, and what is still to be filled in."""

from __future__ import annotations

from typing import Final, NamedTuple

CONDITION_TEXTS: Final = {
    "payment_obligation": (
        "Het telefoonnummer is verkregen bij het ontstaan van een betalingsverplichting (of, bij "
        "goede doelen, bij vrijwilligerswerk of het bijwonen van een manifestatie)"
    ),
    "same_entity": "Dezelfde rechtspersoon belt als die waarmee de relatie bestond",
    "informed_at_collection": (
        "Bij het verkrijgen van het nummer is gemeld dat het voor telemarketing wordt gebruikt"
    ),
    "opt_out_offered": (
        "Bij het verkrijgen van het nummer is een duidelijke mogelijkheid tot verzet geboden"
    ),
    "own_similar_products": "Het aanbod betreft eigen en gelijksoortige producten of diensten",
}

CONDITION_NAMES: Final = {
    "payment_obligation": "betalingsverplichting",
    "same_entity": "dezelfde rechtspersoon",
    "informed_at_collection": "vooraf geïnformeerd",
    "opt_out_offered": "mogelijkheid tot verzet geboden",
    "own_similar_products": "eigen doeleinden of eigen aanbod",
}


class ReviewLabels(NamedTuple):
    """What stands above each part of the review, by its name in the dossier."""

    dpo_opinion: str
    dpia_reference: str
    review_date: str
    signatories: str


REVIEW_LABELS: Final = ReviewLabels(
    dpo_opinion="Advies van de functionaris voor gegevensbescherming (FG)",
    dpia_reference="Verwijzing naar de DPIA",
    review_date="Datum van herziening",
    signatories="Ondertekenaars",
)

PROCESSING_LABELS: Final = {
    "basis": "Grondslag",
    "purpose": "Doel",
    "recipients": "Ontvangers",
    "retention": "Bewaartermijn",
    "objectors": "Wie verzet aantekende",
}


def gap(code: str, question_title: str = "") -> str:
    """Return what is still to be filled in.

    Args:
        code: as listed in a result: the number of a question, or a key of the dossier.
        question_title: short title, where the code is the number of a question.

    Examples:
        >>> gap("1d", "Vervangingstermijn"), gap("review.dpia_reference")
        ('vraag 1d (Vervangingstermijn)', 'verwijzing naar de DPIA')
        >>> gap("criteria[2]")
        'naam en reden van criterium 2'
    """
    section, _, name = code.partition(".")
    if code.startswith("criteria["):
        return f"naam en reden van criterium {code[len('criteria[') : -1]}"
    if section == "conditions":
        return CONDITION_NAMES[name]
    if section == "review":
        return _REVIEW_GAPS[name]
    if section == "processing":
        return PROCESSING_LABELS[name].lower()
    return _OTHER_GAPS.get(code) or f"vraag {code} ({question_title})"


GAP_GROUPS: Final = {
    "conditions": "voorwaarden: ",
    "processing": "verantwoording van de verwerking: ",
}

_REVIEW_GAPS: Final = {
    "dpo_opinion": "advies van de FG",
    "dpia_reference": "verwijzing naar de DPIA",
    "review_date": "datum van herziening",
    "signatories": "ondertekenaars",
}

_OTHER_GAPS: Final = {
    "organisation.name": "naam van de organisatie",
    "scope.category": "categorie of merk",
    "scope.report_date": "datum van het rapport",
    "scope.consent_needed_later": (
        "een grond onder de regels die na de rapportdatum ingaan (dan is voorafgaande toestemming "
        "nodig)"
    ),
    "data.kinds": (
        "de soort van de relaties in de aangeleverde gegevens (anders is niet na te gaan welke "
        "relaties meetellen)"
    ),
    "criteria.burden": (
        "een criterium over verzet of klachten; zonder zo’n criterium is de weging eenzijdig"
    ),
    "criteria.untested": (
        "een criterium dat niet kon worden getoetst: meer gegevens, of een reden om het terzijde "
        "te leggen"
    ),
    "set_aside.void": (
        "een criterium dat terzijde is gelegd terwijl dat niet kan: het is wel getoetst, de grens "
        "is daarna veranderd, of de waarnemingen liggen zelf aan de verkeerde kant van de grens"
    ),
}
