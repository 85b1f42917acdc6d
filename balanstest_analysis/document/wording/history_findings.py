"""What was found about the calling itself, and about tables that do not fit together."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.wording.finding_text import FindingText
from balanstest_analysis.document.wording.key_findings import KEY_TEXTS

_CALLING: Final = {
    "objection_processed_late": FindingText(
        singular=(
            "In {n} geval is iemand meer dan vier weken na een melding van verzet nog gebeld."
        ),
        plural=(
            "In {n} gevallen is iemand meer dan vier weken na een melding van verzet nog gebeld."
        ),
        consequence=(
            "Verzet moet binnen vier weken zijn verwerkt. Hoe lang een melding onderweg is naar "
            "het blokkadebestand, is niet nagegaan."
        ),
    ),
    "objection_then_called": FindingText(
        singular="In {n} geval is iemand op een latere dag na een melding van verzet nog gebeld.",
        plural="In {n} gevallen is iemand op een latere dag na een melding van verzet nog gebeld.",
        consequence=(
            "Belpogingen op verzoek van de gebelde of met toestemming zijn niet meegeteld, voor "
            "zover de gegevens die aanwijzen."
        ),
    ),
    "forbidden_day": FindingText(
        singular=(
            "{n} belpoging is gedaan op een dag waarop dat volgens de toegepaste regels niet mag."
        ),
        plural=(
            "{n} belpogingen zijn gedaan op een dag waarop dat volgens de toegepaste regels "
            "niet mag."
        ),
        consequence=(
            "Terugbelafspraken en belpogingen op verzoek van de gebelde zijn niet meegeteld, voor "
            "zover de gegevens die aanwijzen. Of de kalender van de beltool klopt, is niet "
            "nagegaan."
        ),
    ),
    "outside_hours": FindingText(
        singular=(
            "{n} belpoging is gedaan op een tijdstip waarop dat volgens de toegepaste regels "
            "niet mag."
        ),
        plural=(
            "{n} belpogingen zijn gedaan op een tijdstip waarop dat volgens de toegepaste "
            "regels niet mag."
        ),
        consequence=(
            "Terugbelafspraken en belpogingen op verzoek van de gebelde zijn niet meegeteld, voor "
            "zover de gegevens die aanwijzen. Hoe de beltool is ingesteld en of de tijden in "
            "Nederlandse tijd zijn geleverd, is niet nagegaan."
        ),
    ),
    "without_ground": FindingText(
        singular="{n} belpoging is zonder toestemming gedaan terwijl die vereist was.",
        plural="{n} belpogingen zijn zonder toestemming gedaan terwijl die vereist was.",
        consequence=(
            "Op die dagen gaf de relatie van de gebelde deze organisatie geen grond om te bellen. "
            "Terugbelafspraken en belpogingen op verzoek van de gebelde zijn niet meegeteld, voor "
            "zover de gegevens die aanwijzen."
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
            "Vaak bellen vergroot de hinder. Hoeveel pogingen de beltool per persoon toelaat, is "
            "niet nagegaan."
        ),
    ),
    "calls_before_rules": FindingText(
        singular="{n} belpoging dateert van voor 1 juli 2012.",
        plural="{n} belpogingen dateren van voor 1 juli 2012.",
        consequence=(
            "Oudere regels kent dit hulpmiddel niet; getoetst is aan de Code Telemarketing 2012."
        ),
    ),
    "months_without_calls": FindingText(
        singular="In {n} kalendermaand tussen de eerste en de laatste belpoging is niet gebeld.",
        plural="In {n} kalendermaanden tussen de eerste en de laatste belpoging is niet gebeld.",
        consequence="Of de aangeleverde gegevens volledig zijn, is niet nagegaan.",
    ),
    "months_without_events": FindingText(
        singular=(
            "{n} kalendermaand met belpogingen ligt na de laatste aankoop of gift, terwijl ook "
            "toen op gesprekken een conversie volgde."
        ),
        plural=(
            "{n} kalendermaanden met belpogingen liggen na de laatste aankoop of gift, terwijl ook "
            "toen op gesprekken een conversie volgde."
        ),
        consequence=(
            "De tabel met aankopen en giften lijkt te vroeg te eindigen; maanden zijn dan geteld "
            "vanaf een oudere aankoop of gift, en de termijn kan te lang uitvallen."
        ),
    ),
    "events_begin_late": FindingText(
        singular="De tabel met aankopen en giften lijkt {n} maand te laat te beginnen.",
        plural="De tabel met aankopen en giften lijkt {n} maanden te laat te beginnen.",
        consequence=(
            "Voor de eerste belpogingen gaat die tabel minder ver terug dan de termijn lang is. Is "
            "daarbij geen eerdere aankoop of gift bekend, dan staat niet vast of er geen was of "
            "dat die niet is aangeleverd. Waren er vóór het begin van die tabel nog geen aankopen "
            "en giften, dan ontbreekt er niets."
        ),
    ),
    "no_net_contacts": FindingText(
        singular="{n} belpoging, en daarbij is geen netto contact vastgelegd.",
        plural="{n} belpogingen, en bij geen daarvan is een netto contact vastgelegd.",
        consequence="Zonder netto contacten is er niets te berekenen.",
    ),
    "no_conversions": FindingText(
        singular="{n} belpoging, en daarop volgde geen conversie.",
        plural="{n} belpogingen, en op geen daarvan volgde een conversie.",
        consequence="Of de conversies volledig zijn aangeleverd, is niet nagegaan.",
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
                "Dat is meer dan te verwachten is. Of beide tabellen dezelfde klantsleutel "
                "gebruiken en volledig zijn, is niet nagegaan."
            ),
        ),
        f"unlike_customer_keys_{table}": FindingText(
            singular=singular,
            plural=plural,
            consequence="De tabellen schrijven de klantsleutel verschillend.",
        ),
        f"leading_zeros_differ_{table}": FindingText(
            singular="{n} klant komt wel overeen als voorloopnullen buiten beschouwing blijven.",
            plural="{n} klanten komen wel overeen als voorloopnullen buiten beschouwing blijven.",
            consequence="De voorloopnullen ontbreken in een van beide tabellen.",
        ),
        f"prefix_differ_{table}": FindingText(
            singular="{n} klant komt wel overeen als alleen de cijfers van de sleutel tellen.",
            plural="{n} klanten komen wel overeen als alleen de cijfers van de sleutel tellen.",
            consequence="Het voorvoegsel ontbreekt in een van beide tabellen, of is er anders.",
        ),
    }


_NO_DAY: Final = {
    "sentinel_dates": FindingText(
        singular="Bij {n} contract is de einddatum een dag die systemen invullen als er geen is.",
        plural="Bij {n} contracten is de einddatum een dag die systemen invullen als er geen is.",
        consequence="Deze contracten, met bijvoorbeeld 1900-01-01, gelden als lopend.",
    ),
    "sentinel_reference_dates": FindingText(
        singular="Bij {n} belpoging is de peildatum een dag die systemen invullen als er geen is.",
        plural="Bij {n} belpogingen is de peildatum een dag die systemen invullen als er geen is.",
        consequence="Deze belpogingen, met bijvoorbeeld 1900-01-01, gelden als zonder peildatum.",
    ),
    "sentinel_events": FindingText(
        singular="{n} aankoop of gift staat op 1 januari 1970.",
        plural="{n} aankopen of giften staan op 1 januari 1970.",
        consequence=(
            "Veel systemen vullen die dag in als de datum onbekend is. Ze tellen mee zoals ze zijn "
            "aangeleverd."
        ),
    ),
    "dates_one_day_events": FindingText(
        singular="{n} aankoop of gift staat op een en dezelfde dag.",
        plural="{n} aankopen of giften staan op een en dezelfde dag.",
        consequence=(
            "Dat zijn er veel meer dan op enige andere dag. Is het de dag van een overgang naar "
            "een ander systeem, dan kloppen de maanden niet. Of dat zo is, is niet nagegaan."
        ),
    ),
}


def _filled_in(table: str, one: str, more: str) -> dict[str, FindingText]:
    """Return the sentences about days of which only the year or the month seems to be known."""
    return {
        f"dates_year_only_{table}": FindingText(
            singular=f"{{n}} {one} staat op dezelfde dag van het jaar als veel andere.",
            plural=f"{{n}} {more} staan op een en dezelfde dag van het jaar, zoals 1 januari.",
            consequence=(
                "Dat zijn er zoveel dat van de meeste alleen het jaar bekend lijkt; de maanden "
                "zijn dan niet betrouwbaar."
            ),
        ),
        f"dates_month_only_{table}": FindingText(
            singular=f"{{n}} {one} staat op dezelfde dag van de maand als vrijwel alle andere.",
            plural=f"{{n}} {more} staan op een en dezelfde dag van de maand, zoals de eerste.",
            consequence=(
                "Dat zijn er zoveel dat alleen de maand bekend lijkt. Of het systeem de dag wel "
                "kent, is niet nagegaan."
            ),
        ),
    }


_FILES: Final = {
    "files_not_read": FindingText(
        singular="{n} bestand bij de aangeleverde tabellen is niet gelezen.",
        plural="{n} bestanden bij de aangeleverde tabellen zijn niet gelezen.",
        consequence="Wat daarin staat, telt in dit onderzoek niet mee.",
    ),
    "sheets_not_used": FindingText(
        singular="{n} blad van een aangeleverde werkmap is niet gebruikt.",
        plural="{n} bladen van aangeleverde werkmappen zijn niet gebruikt.",
        consequence="Wat daarop staat, telt in dit onderzoek niet mee.",
    ),
    "hidden_rows": FindingText(
        singular="{n} rij in een aangeleverde werkmap is verborgen, bijvoorbeeld door een filter.",
        plural="{n} rijen in de werkmappen zijn verborgen, bijvoorbeeld door een filter.",
        consequence="Verborgen rijen zijn gelezen en meegeteld als alle andere.",
    ),
    "rows_below_table": FindingText(
        singular="{n} rij van een bestand is een totaal, een opmerking of een lege regel.",
        plural="{n} rijen van bestanden zijn totalen, opmerkingen of lege regels.",
        consequence="Ze horen niet bij de tabel en zijn weggelaten.",
    ),
}

HISTORY_TEXTS: Final = {
    **_FILES,
    **_CALLING,
    **KEY_TEXTS,
    **_NO_DAY,
    **_filled_in("events", "aankoop of gift", "aankopen of giften"),
    **_filled_in("calls", "belpoging", "belpogingen"),
    **_filled_in("objections", "melding van verzet", "meldingen van verzet"),
    **_filled_in("complaints", "klacht", "klachten"),
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
