"""Tables read cell by cell, each by the reader of its caption."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from balanstest_analysis.verification.claims import (
    account_sheets,
    criteria_sheets,
    fit_sheets,
    rate_sheets,
    series_sheets,
    worked_sheets,
)
from balanstest_analysis.verification.claims.counted_from import event_of
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Sheet
from balanstest_analysis.verification.claims.phrase import Phrase, both
from balanstest_analysis.verification.claims.vocabulary import TERMS
from balanstest_analysis.verification.claims.whole_page import CellFault

Reader: TypeAlias = Callable[[Sheet, Facts], Iterator[str]]
LABELS = "|".join(terms.label for terms in TERMS.values())
SHEETS: dict[str, Reader] = {
    rf"(?:{LABELS}) per tijdvak(?:, overgenomen uit .*|; gegevens .*)?": rate_sheets.rates,
    r"(?:[A-Za-z]+(?:, [a-z]+)*(?: en [a-z]+)?) (?:per jaar sinds|per samengevoegd tijdvak, "
    r"geteld vanaf) de laatste (?P<event>.*)": rate_sheets.years,
    "Opbrengst en hinder in de gevraagde maanden, vergeleken met de maanden ervoor": (
        rate_sheets.requested
    ),
    "Aandeel van de mensen met .*, naar de tijd sinds hun .*": rate_sheets.incidence,
    r"Opbrengst en hinder per 1\.000 (?:tot (?:voorbij )?het einde van|in de tijdvakken geheel "
    r"binnen) de .*": rate_sheets.balance,
    "Samenstelling van de contacten per tijdvak.*": rate_sheets.composition,
    "De termijn volgens verschillende rekenwijzen": criteria_sheets.span,
    criteria_sheets.CAPTION: criteria_sheets.criteria,
    "Maand waarin elke kromme afzonderlijk de drempelwaarde bereikt": criteria_sheets.crossings,
    "De termijn in maanden als een drempelwaarde wordt vermenigvuldigd": (
        criteria_sheets.thresholds
    ),
    "De termijn bij andere keuzes": criteria_sheets.other_choices,
    "Termijn in maanden, naar het gewicht van verzet en van een klacht": criteria_sheets.frontier,
    "Gewicht van elke kromme in het gemiddelde": fit_sheets.weights,
    rf"(?:{LABELS}): parameters, en hoe goed elke kromme past": fit_sheets.fits,
    "Geschatte percentages bij de eigen en bij een gelijke verdeling over campagnes": (
        fit_sheets.standardised
    ),
    "De vijf voorwaarden voor bellen op grond van de klantrelatie": account_sheets.conditions,
    "Instellingen": account_sheets.settings,
    "Van aangeleverde gegevens naar contacten in de analyse.*": account_sheets.bridge,
    "Herkomst: vingerafdrukken en versies": account_sheets.provenance,
    "De belhistorie getoetst aan de regels van de beldatum": account_sheets.compliance,
    "Overtredingen per kalenderjaar": (account_sheets.rule_years),
    "Hoe vaak één persoon in een kalenderjaar is gebeld": account_sheets.frequency,
    "Het voorstel per kwartaal": series_sheets.proposals,
    "Percentages over de hele historie, per rapport": series_sheets.rates,
    "Wat de organisatie aan de overtredingen doet": account_sheets.measures,
    r"De rij over maand .* nagerekend in een rekenblad": worked_sheets.worked_row,
    "Uren en dagen waaraan de belpogingen zijn getoetst": account_sheets.hours,
}


def sheet_faults(sheet: Sheet, facts: Facts) -> Iterator[CellFault]:
    """Yield what of a table does not hold; a table that nobody reads is named.

    Args:
        sheet: the table.
        facts: the published result.
    """
    caption = re.sub(r"^\d+ ", "", sheet.caption)
    place = Phrase(f"table {caption!r}", f"tabel ‘{caption}’")
    for pattern, reader in SHEETS.items():
        found = re.fullmatch(pattern, caption)
        if found is not None:
            event = found.groupdict().get("event") or event_of(facts)
            if event != event_of(facts):
                said = both(
                    "the months are counted from another event",
                    "de maanden zijn vanaf iets anders geteld",
                )
                yield CellFault(place=place, said=said)
            for fault in _read(reader, sheet, caption, facts):
                yield CellFault(place=place, said=fault)
            return
    said = both(
        "unread table with heads {}", "een onbekende tabel, met de koppen {}", sheet.columns
    )
    yield CellFault(place=place, said=said, unread=True)


def _read(reader: Reader, sheet: Sheet, caption: str, facts: Facts) -> list[str]:
    named = Sheet(**{**vars(sheet), "caption": caption})
    try:
        return list(reader(named, facts))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        return [f"{type(error).__name__}: {error}"]
