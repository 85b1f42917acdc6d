"""What opinions come to, and what each point against a proposal is called."""

from __future__ import annotations

from typing import Final

DPO_STATUSES: Final = {
    "agrees": "akkoord",
    "agrees_if": "akkoord onder voorwaarden",
    "disagrees": "niet akkoord",
    "awaited": "gevraagd, nog niet ontvangen",
    "no_dpo": "de organisatie heeft geen FG",
    "not_asked": "niet gevraagd",
}

COUNTERPOINT_NAMES: Final = {
    "decision_longer": "een besluit voor een langere termijn dan de gegevens onderbouwen",
    "decision_above_cap": "een besluit boven de grens van 36 maanden",
    "decision_argued": "een besluit zonder voorstel",
    "decision_below_request": "een besluit voor een kortere termijn dan wordt gevraagd",
    "rules_overridden": "andere regels dan die van de rapportdatum",
    "membership_as_gift": "lidmaatschappen die als gift tellen",
    "dpo_disagrees": "een FG die niet akkoord is",
    "criterion_set_aside": "een criterium dat terzijde is gelegd",
    "older_numbers": "telefoonnummers van vóór 1 juli 2021",
    "longer_than_before": "een langer voorstel dan in het vorige rapport",
    "criteria_changed": "gewijzigde criteria",
    "doubtful_data": "gegevens die de uitkomst twijfelachtig maken",
    "breaches": "overtredingen in de belhistorie",
    "days_and_hours": "bellen op dagen of tijdstippen waarop dat niet mag",
    "reports_left_out": "meldingen die in de percentages niet meetellen",
    "months_unseen": "gevraagde maanden zonder cijfers",
    "burden_at_end": "de verhouding tussen verzet en conversies aan het einde",
    "shorter_term": "een kortere termijn",
    "privacy_does_not_bind": "een termijn die niet door verzet of klachten is bepaald",
    "no_criterion": "gegevens waarover geen criterium is gesteld",
    "lenient_limit": "een ruime drempelwaarde",
    "no_data": "ontbrekende gegevens",
    "poor_fit": "krommen die slecht bij de gegevens passen",
    "campaigns_not_counted": "verschillen tussen campagnes die niet meetellen",
    "longer_than_current": "een langere termijn dan nu",
    "row_by_row": "tijdvakken die een kortere termijn laten zien",
    "other_choices": "andere keuzes die de termijn verkorten",
    "survivors": "mensen die al verzet aantekenden",
    "silence": "geen verzet is geen instemming",
    "no_effect": "conversies die niet aan het gesprek te danken zijn",
}
