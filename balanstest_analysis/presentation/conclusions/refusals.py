"""Why there is no term: no ground to call, or data that refute a criterion."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.conclusions.criteria import finding_of
from balanstest_analysis.published.names import REFUTED
from balanstest_analysis.published.result import PublishedResult

FROM_2021 = frozenset({"informed_at_collection", "opt_out_offered"})


def not_allowed(result: PublishedResult, unmet: Sequence[str]) -> tuple[str, ...]:
    """Return why there is no ground to call: the sector's rules, or a condition not met."""
    regime = result.regime
    closing = (
        "Er is daarom geen klanttermijn te bepalen, en dit rapport stelt er geen voor. De "
        "cijfers in dit rapport laten alleen zien wat is waargenomen."
    )
    if regime.sector_allowed:
        return (condition_open(unmet) or _NOT_MET, closing)
    sector = wording.sector_names(result.sectors)
    return (
        f"De organisatie is opgegeven als {sector}. Volgens de toegepaste regels "
        f"({literal(regime.name)}) kan zij zich niet op de klantrelatie beroepen: bellen mag "
        "alleen met voorafgaande toestemming.",
        closing,
    )


_NOT_MET = (
    "Aan een of meer van de vijf voorwaarden voor de uitzondering is niet voldaan: bellen mag "
    "alleen met voorafgaande toestemming."
)


def condition_open(unmet: Sequence[str]) -> str:
    """Return which conditions are not met and what follows; empty where all are."""
    if not unmet:
        return ""
    names = wording.enumerated([f"‘{wording.CONDITION_NAMES[name]}’" for name in unmet])
    word = "voorwaarde" if len(unmet) == 1 else "voorwaarden"
    sentence = (
        f"Aan de {word} {names} is volgens het dossier niet voldaan. Daardoor geldt de "
        "uitzondering voor de klantrelatie niet en is voorafgaande toestemming nodig."
    )
    return f"{sentence} {_JURIST}" if FROM_2021.intersection(unmet) else sentence


_JURIST = (
    "Voor telefoonnummers die vóór 1 juli 2021 zijn verkregen, is dat ter beoordeling van een "
    "jurist: volgens een adviespraktijk (DMCC, 26 mei 2021) heeft de wetswijziging van die datum "
    "geen terugwerkende kracht. Gaat het alleen om zulke nummers, vermeld dat dan in de "
    "toelichting bij deze voorwaarde."
)


def for_a_lawyer(result: PublishedResult) -> tuple[str, ...]:
    """Return the names of the conditions that are left to a lawyer."""
    return tuple(
        f"‘{wording.CONDITION_NAMES[name]}’"
        for name, answer in result.conditions.items()
        if answer == "for_a_lawyer" and result.regime.needs_ground
    )


def left_to_a_lawyer(result: PublishedResult, *, briefly: bool = False) -> str:
    """Return which conditions a lawyer has to judge, and why; empty where there are none.

    Args:
        result: published.
        briefly: without the opinion that there is, which then stands with the conditions.
    """
    names = for_a_lawyer(result)
    if not names:
        return ""
    word = "voorwaarde" if len(names) == 1 else "voorwaarden"
    judged = "of deze nummers zonder toestemming mogen worden gebeld, moet een jurist beoordelen."
    opinion = (
        " Volgens een adviespraktijk (DMCC, 26 mei 2021) heeft de wetswijziging van die datum geen "
        "terugwerkende kracht. Dit rapport neemt daarover geen standpunt in."
    )
    return (
        f"**Ter beoordeling van een jurist.** Aan de {word} {wording.enumerated(names)} is volgens "
        "het dossier niet voldaan voor telefoonnummers die vóór 1 juli 2021 zijn verkregen; "
        f"{judged}{'' if briefly else opinion}"
    )


def no_term(result: PublishedResult) -> tuple[str, ...]:
    """Return which criteria the data refute, and what follows."""
    refuted = [item for item in result.criteria if item.status in REFUTED]
    found = [f"**{literal(item.name)}.** {finding_of(item, result)}" for item in refuted]
    return (*found, _NO_TERM)


_NO_TERM = (
    "Dit rapport stelt daarom geen termijn voor. Met deze criteria onderbouwen de gegevens geen "
    "enkele termijn. De organisatie kan zich bij het bellen van oud-klanten dan niet op deze test "
    "beroepen."
)
