"""How the overviews of questions 3b, 3c and 3d are to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, Definitions, Heading
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.conclusions import (
    assumed_kinds,
    delivered_results,
    draws_curve,
    ends_count,
    question_evidence,
)
from balanstest_analysis.presentation.kept_rows import are_kept
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.result import PublishedResult


def reading_guide(result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return how the overviews of 3b, 3c and 3d are to be read.

    Args:
        result: published.
        dossier: of which only matters whether a history or ready-made counts were delivered.
    """
    return (
        Heading(level=3, text="Leeswijzer bij de overzichten"),
        Definitions(items=tuple(_guide(result, counted=dossier.data.counts is not None))),
    )


def _guide(result: PublishedResult, *, counted: bool) -> Iterator[tuple[str, str]]:
    event = wording.reference_event(result.relations.counted)
    level = wording.level(result.settings.confidence_level)
    assumed = "" if question_evidence("months", result) else assumed_kinds(result)
    how = "zoals de organisatie ze heeft geteld" if counted else _reckoned(result)
    yield (
        "Maand",
        f"Voltooide maanden sinds {event} (de peildatum{ends_count(result)}), {how}.{assumed}",
    )
    if result.settings.denominator == "net_contact":
        yield "Netto contact", "Een gesprek waarin de juiste persoon is bereikt."
    else:
        yield "Belpoging", "Elke poging om iemand te bereiken, ook als die niet slaagt."
    follow_up = _as_counted(result) if counted else _follow_up(result)
    if follow_up:
        yield "Opvolging", follow_up
    yield (
        f"{level}-interval",
        "De grenzen waartussen het werkelijke percentage waarschijnlijk ligt. Hoe minder "
        "contacten, hoe breder het interval.",
    )
    if result.shown_outcomes:
        yield "Ontwerpeffect", _effect(result)
    yield "Figuur", _figure(result, level)
    yield (
        "Wie het betreft",
        "De cijfers gelden bij het belbeleid waaronder is gebeld en voor mensen die toen in het "
        f"belbestand stonden. {_again(result)} begint weer bij maand 0. Wie verzet aantekent, "
        f"{'hoort daarna niet meer mee te tellen' if counted else 'telt daarna niet meer mee'}.",
    )


def _reckoned(result: PublishedResult) -> str:
    if result.relations.come_from_events:
        return "van dag tot dag gerekend"
    return "naar de opgave van de organisatie bij elke belpoging"


def _effect(result: PublishedResult) -> str:
    unit = "gesprekken" if result.settings.denominator == "net_contact" else "belpogingen"
    return (
        f"Hoeveel sterker de aantallen schommelen dan wanneer de {unit} niets met elkaar te maken "
        "zouden hebben."
    )


def _again(result: PublishedResult) -> str:
    """Return who starts anew, by the kinds of event that count."""
    event = wording.reference_event(result.relations.counted)
    if event.endswith("of deelname"):
        return "Wie opnieuw geeft of deelneemt,"
    if event.endswith("laatste gift"):
        return "Wie opnieuw geeft,"
    if event.endswith("afgenomen dienst"):
        return "Wie opnieuw iets koopt of een dienst afneemt,"
    return "Wie opnieuw koopt of geeft,"


def _figure(result: PublishedResult, level: str) -> str:
    """Return what is drawn; a curve is only spoken of where one is."""
    dots = (
        "Stip: waargenomen percentage; hoe meer contacten, hoe groter de stip. Verticale streep "
        f"door de stip: {level}-interval. Liggende streep door de stip: de maanden van het tijdvak."
    )
    others = (
        "Streeplijn: drempelwaarde uit een criterium van de organisatie. Balken: contacten per "
        "maand, gemiddeld over het tijdvak."
    )
    if not any(draws_curve(result, name) for name in OUTCOMES):
        return f"{dots} {others}"
    band = wording.band_level(result.settings.confidence_level)
    return (
        f"{dots} Lijn: geschatte kromme met een band van {band} (onder- en bovengrens elk "
        f"eenzijdig {level}). {others}"
    )


def _as_counted(result: PublishedResult) -> str:
    return (
        f"De organisatie heeft zelf geteld op welke contacten {delivered_results(result)} volgde. "
        "Of alle contacten daarvoor lang genoeg zijn gevolgd, is niet nagegaan."
    )


def _follow_up(result: PublishedResult) -> str:
    """Return which contacts the overviews count; empty where no outcome comes later."""
    settings = result.settings
    days: dict[Outcome, int] = {
        "objection": settings.objection_window_days,
        "complaint": settings.complaint_window_days,
    }
    windows = [
        f"{wording.counted(number, 'dag', 'dagen')} voor {_LATER[name]}"
        for name, number in days.items()
        if result.outcomes[name].available
    ]
    if not windows:
        return ""
    over = f"({wording.enumerated(windows)}) op {wording.date(result.data_through)} voorbij waren"
    if any(are_kept(entry.rows) for entry in result.outcomes.values()):
        return (
            f"De overzichten tellen contacten waarvan de opvolgtermijnen {over}. Rijen die uit een "
            "eerder rapport zijn overgenomen, tellen de contacten van toen; de overzichten tellen "
            "dan niet alle dezelfde contacten."
        )
    shown = len(result.shown_outcomes)
    if shown not in _NUMBERS:
        return f"Geteld zijn contacten waarvan de opvolgtermijnen {over}."
    several = f"De {_NUMBERS[shown]} overzichten tellen dezelfde contacten"
    return f"{several}: die waarvan de opvolgtermijnen {over}."


_LATER: Mapping[Outcome, str] = {"objection": "verzet", "complaint": "klachten"}
_NUMBERS = {2: "twee", 3: "drie"}
