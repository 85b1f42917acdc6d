"""What the parts of a dossier are called, and what is still to be filled in."""

from __future__ import annotations

from typing import Final, NamedTuple

from balanstest_analysis.document.wording.compliance import RULES
from balanstest_analysis.document.wording.deciding import COUNTERPOINT_NAMES

CONDITION_TEXTS: Final = {
    "payment_obligation": (
        "Het telefoonnummer is verkregen bij het ontstaan van een betalingsverplichting (of, bij "
        "goede doelen, bij vrijwilligerswerk of het bijwonen van een manifestatie)"
    ),
    "same_entity": "De rechtspersoon die belt, is dezelfde als die waarmee de relatie bestond",
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
    dpo_status: str
    dpo_date: str
    dpo_followed: str
    dpo_followed_reason: str
    people_asked: str
    dpia_reference: str
    review_date: str
    signatories: str
    necessity: str
    reason_for_longer_term: str
    replies: str


REVIEW_LABELS: Final = ReviewLabels(
    dpo_opinion="Functionaris voor gegevensbescherming (FG)",
    dpo_status="Oordeel van de FG",
    dpo_date="Datum van het oordeel",
    dpo_followed="Opgevolgd",
    dpo_followed_reason="Reden om het niet op te volgen",
    people_asked="Mensen die worden gebeld",
    dpia_reference="Verwijzing naar de DPIA",
    review_date="Datum van herziening",
    signatories="Ondertekenaars",
    necessity="Waarom bellen nodig is",
    reason_for_longer_term="Reden voor een langere termijn",
    replies="Reactie van de organisatie",
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
        >>> gap("measures.beyond_cap")
        '‘gebeld na afloop van de maximale termijn (36 maanden)’'
    """
    section, _, name = code.partition(".")
    if code.startswith("criteria["):
        return f"naam en reden van criterium {code[len('criteria[') : -1]}"
    named = _SECTION_GAPS.get(section, {}).get(name) or _OTHER_GAPS.get(code)
    return named or f"vraag {code} ({question_title})"


GAP_GROUPS: Final = {
    "conditions": "voorwaarden: ",
    "processing": "verantwoording van de verwerking: ",
    "measures": "maatregel, verantwoordelijke en datum bij ",
    "replies": "reactie op ",
}

_REVIEW_GAPS: Final = {
    "dpo_opinion": "advies van de FG",
    "dpo_status": "of de FG akkoord is",
    "dpo_date": "datum van het oordeel van de FG",
    "dpo_followed": "of het oordeel van de FG is opgevolgd",
    "people_asked": "of de mensen die worden gebeld naar hun mening is gevraagd",
    "dpia_reference": "verwijzing naar de DPIA",
    "review_date": "datum van herziening",
    "signatories": "ondertekenaars",
    "necessity": "waarom post, e-mail of toestemming niet volstaat",
    "reason_for_longer_term": "reden voor een langere termijn",
}

_OTHER_GAPS: Final = {
    "decision": "het besluit van de organisatie",
    "decision.outdated": (
        "een besluit over deze gegevens (het opgegeven besluit is genomen vóór de laatste dag "
        "daarvan)"
    ),
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

_SECTION_GAPS: Final = {
    "conditions": CONDITION_NAMES,
    "review": _REVIEW_GAPS,
    "measures": {code: f"‘{rule[:1].lower()}{rule[1:]}’" for code, rule in RULES.items()},
    "replies": {code: f"‘{name}’" for code, name in COUNTERPOINT_NAMES.items()},
    "processing": {name: label.lower() for name, label in PROCESSING_LABELS.items()},
}
