"""What was found about the calling itself, and about tables that do not fit together."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.wording.finding_text import FindingText

_CALLING: Final = {
    "objection_processed_late": FindingText(
        singular="Na {n} melding van verzet is de betrokkene meer dan 28 dagen later nog gebeld.",
        plural="Na {n} meldingen van verzet is de betrokkene meer dan 28 dagen later nog gebeld.",
        consequence=(
            "Verzet moet uiterlijk binnen vier weken zijn verwerkt. Ga na hoe lang een melding "
            "onderweg is naar het blokkadebestand."
        ),
    ),
    "objection_then_called": FindingText(
        singular="Na {n} melding van verzet is de betrokkene op een latere dag nog gebeld.",
        plural="Na {n} meldingen van verzet is de betrokkene op een latere dag nog gebeld.",
        consequence=(
            "Oproepen waarom de betrokkene zelf vroeg of waarvoor toestemming was gegeven, zijn "
            "niet meegeteld."
        ),
    ),
    "forbidden_day": FindingText(
        singular="{n} belpoging viel op een dag die de aangehouden regels uitsluiten.",
        plural="{n} belpogingen vielen op een dag die de aangehouden regels uitsluiten.",
        consequence=(
            "Terugbelafspraken en gevraagde oproepen zijn niet meegeteld. Ga na of de kalender van "
            "de beltool klopt."
        ),
    ),
    "outside_hours": FindingText(
        singular="{n} belpoging viel buiten de uren die de aangehouden regels toelaten.",
        plural="{n} belpogingen vielen buiten de uren die de aangehouden regels toelaten.",
        consequence=(
            "Terugbelafspraken en gevraagde oproepen zijn niet meegeteld. Ga na hoe de beltool is "
            "ingesteld en of de tijden in Nederlandse tijd zijn geleverd."
        ),
    ),
    "without_ground": FindingText(
        singular="{n} belpoging is zonder toestemming gedaan terwijl die vereist was.",
        plural="{n} belpogingen zijn zonder toestemming gedaan terwijl die vereist was.",
        consequence=(
            "Voor deze sector geeft een klantrelatie op die dagen geen grondslag meer. Gevraagde "
            "oproepen en terugbelafspraken zijn niet meegeteld."
        ),
    ),
    "called_without_time": FindingText(
        singular="Bij {n} belpoging is geen tijdstip geleverd.",
        plural="Bij {n} belpogingen is geen tijdstip geleverd.",
        consequence="Of binnen de toegestane uren is gebeld, is daarvoor niet na te gaan.",
    ),
    "customers_called_often": FindingText(
        singular="{n} klant is in een kalenderjaar vaker gebeld dan de gestelde grens.",
        plural="{n} klanten zijn in een kalenderjaar vaker gebeld dan de gestelde grens.",
        consequence=(
            "Vaak bellen vergroot de hinder. Ga na hoeveel pogingen de beltool per persoon toelaat."
        ),
    ),
    "calls_before_rules": FindingText(
        singular="{n} belpoging dateert van voor 1 juli 2012.",
        plural="{n} belpogingen dateren van voor 1 juli 2012.",
        consequence=(
            "Oudere regels kent dit instrument niet; getoetst is aan de Code Telemarketing 2012."
        ),
    ),
    "months_without_calls": FindingText(
        singular="In {n} kalendermaand tussen de eerste en de laatste belpoging is niet gebeld.",
        plural="In {n} kalendermaanden tussen de eerste en de laatste belpoging is niet gebeld.",
        consequence="Ga na of de aangeleverde gegevens volledig zijn.",
    ),
    "no_net_contacts": FindingText(
        singular="{n} belpoging, en daarbij is geen netto contact vastgelegd.",
        plural="{n} belpogingen, en bij geen daarvan is een netto contact vastgelegd.",
        consequence="Zonder netto contacten is er niets te berekenen.",
    ),
    "no_conversions": FindingText(
        singular="{n} belpoging, en die leidde niet tot een conversie.",
        plural="{n} belpogingen, en geen daarvan leidde tot een conversie.",
        consequence="Ga na of de conversies volledig zijn aangeleverd.",
    ),
}


def _matching(table: str, singular: str, plural: str) -> dict[str, FindingText]:
    """Return the sentences about customers of one table that are missing from another."""
    return {
        f"no_customer_match_{table}": FindingText(
            singular=singular,
            plural=plural,
            consequence="Geen enkele komt overeen: de tabellen schrijven klanten verschillend.",
        ),
        f"few_customer_match_{table}": FindingText(
            singular=singular,
            plural=plural,
            consequence=(
                "Dat is meer dan te verwachten is. Ga na of beide tabellen dezelfde klantsleutel "
                "gebruiken en volledig zijn."
            ),
        ),
        f"leading_zeros_differ_{table}": FindingText(
            singular="{n} klant komt wel overeen als voorloopnullen buiten beschouwing blijven.",
            plural="{n} klanten komen wel overeen als voorloopnullen buiten beschouwing blijven.",
            consequence="Lever de klantsleutel in beide tabellen als tekst, met voorloopnullen.",
        ),
        f"prefix_differ_{table}": FindingText(
            singular="{n} klant komt wel overeen als alleen de cijfers van de sleutel tellen.",
            plural="{n} klanten komen wel overeen als alleen de cijfers van de sleutel tellen.",
            consequence="Lever in beide tabellen dezelfde klantsleutel, met of zonder voorvoegsel.",
        ),
    }


HISTORY_TEXTS: Final = {
    **_CALLING,
    **_matching(
        "events",
        "{n} gebelde klant komt niet voor in de tabel met aankopen en giften.",
        "{n} gebelde klanten komen niet voor in de tabel met aankopen en giften.",
    ),
    **_matching(
        "objections",
        "{n} klant die verzet aantekende, komt niet voor in de belhistorie.",
        "{n} klanten die verzet aantekenden, komen niet voor in de belhistorie.",
    ),
    **_matching(
        "complaints",
        "{n} klant die klaagde, komt niet voor in de belhistorie.",
        "{n} klanten die klaagden, komen niet voor in de belhistorie.",
    ),
}
