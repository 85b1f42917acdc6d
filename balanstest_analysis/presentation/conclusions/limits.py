"""What this report cannot show, and which choices are the tool's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.composition import from_counts, has_one_campaign
from balanstest_analysis.presentation.conclusions.reach import campaigns_limit
from balanstest_analysis.presentation.conclusions.rows import last_month
from balanstest_analysis.presentation.conclusions.thin_data import (
    other_people_later,
    thin_tail,
)
from balanstest_analysis.presentation.conclusions.untested_months import (
    called_from,
    first_judged_month,
    starts_without_data,
)
from balanstest_analysis.presentation.places import APPENDIX_A
from balanstest_analysis.published.result import PublishedResult


def limitations(result: PublishedResult) -> tuple[str, ...]:
    """Return the limitations, those of these data first.

    Args:
        result: published.
    """
    found = (
        _late_start(result),
        campaigns_limit(result),
        _repeated_calls(result),
        _series(result),
        _against(result),
        _removed(result),
        _OBJECTION,
        other_people_later(result),
        thin_tail(result),
        _last_month(result),
        _SMALL_STEP if result.has_term else "",
    )
    return tuple(point for point in found if point)


def _late_start(result: PublishedResult) -> str:
    if not starts_without_data(result):
        return ""
    month, called = first_judged_month(result), called_from(result)
    earlier = f"maand {called}" if month == called + 1 else "eerdere maanden"
    return (
        f"De criteria zijn pas vanaf maand {month} getoetst, omdat er over {earlier} vrijwel geen "
        "gegevens zijn. Dat de criteria ook daar gelden, is een aanname."
    )


def _repeated_calls(result: PublishedResult) -> str:
    if result.clustering.customers_known:
        return ""
    return (
        "Dat mensen meer dan eens kunnen zijn gebeld, is niet meegerekend, omdat uit de "
        "gegevens niet blijkt wie is gebeld. De onzekerheid kan daardoor groter zijn dan hier "
        "getoond."
    )


def _series(result: PublishedResult) -> str:
    kept = [name for name in result.series.kept if _stands(result, name)]
    if not kept:
        return ""
    parts = wording.enumerated([_PARTS[name] for name in kept])
    several = len(kept) > 1
    least = wording.fewer_than(result.settings.disclosure_minimum)
    return (
        f"{'De overzichten' if several else 'Het overzicht'} van {parts} "
        f"{'bevatten' if several else 'bevat'} ook aantallen uit een eerder rapport van deze "
        f"reeks. De nieuwe aantallen wijken daar {least} van af. Zij zijn niet afgedrukt, omdat "
        "iemand die de rapporten naast elkaar legt, dat kleine verschil dan zou kunnen aflezen. "
        "De termijn is wel met de nieuwste gegevens berekend."
    )


def _stands(result: PublishedResult, name: str) -> bool:
    """Return whether this report prints a table of which rows may be kept."""
    people = {
        f"{outcome}_incidence": bool(rows)
        for outcome, rows in result.incidence_since_contact.items()
    }
    printed: Mapping[str, bool] = {
        **{outcome: entry.is_shown for outcome, entry in result.outcomes.items()},
        **people,
        "composition": bool(result.composition)
        and not (from_counts(result) and has_one_campaign(result)),
        "findings": bool(result.findings),
        "bridge": bool(result.bridge),
    }
    return printed.get(name, False)


_PARTS = {
    "conversion": "de conversie",
    "objection": "het verzet",
    "complaint": "de klachten",
    "objection_incidence": "de mensen met verzet",
    "complaint_incidence": "de mensen met een klacht",
    "composition": "de samenstelling",
    "findings": "de bevindingen",
    "bridge": "de stappen van aangeleverde naar gebruikte gegevens",
}


def _against(result: PublishedResult) -> str:
    if not result.has_term:
        return ""
    weighed = "de aanvraag" if result.proposal.route == "request" else "het voorstel"
    return (
        f"Ook de punten onder ‘Wat tegen {weighed} pleit’ beperken wat uit dit rapport kan worden "
        "afgeleid."
    )


def _removed(result: PublishedResult) -> str:
    """Return that nobody who was erased is counted; no table can tell of them."""
    burdens = (result.outcomes[name] for name in ("objection", "complaint"))
    return _REMOVED if any(entry.available for entry in burdens) else ""


_REMOVED = (
    "Wie vóór de export uit de bron is verwijderd, bijvoorbeeld na verzet of na afloop van een "
    "bewaartermijn, ontbreekt in de gegevens. Om hoeveel mensen het gaat, blijkt daaruit niet. "
    "Waren het vooral mensen die verzet aantekenden of een klacht indienden, dan komen de "
    "percentages daarvan te laag uit."
)
_OBJECTION = (
    "Het recht van verzet tegen direct marketing is absoluut (artikel 21, tweede en derde lid, "
    "AVG). Een laag verzetpercentage is hooguit een zwakke aanwijzing "
    "dat mensen het gesprek verwachten, en nooit een reden om het recht van verzet "
    "niet aan te bieden."
)
_SMALL_STEP = (
    "Stijgt of daalt een percentage plotseling tot net voorbij een drempelwaarde, dan kan dat "
    "onopgemerkt blijven, omdat zo’n sprong op een geleidelijk verloop lijkt. De termijn kan dan "
    "enkele maanden te lang zijn."
)


def _last_month(result: PublishedResult) -> str:
    """Return how far the data go; nothing where no row is printed."""
    if not result.shown_outcomes:
        return ""
    return (
        f"De overzichten lopen tot en met maand {last_month(result)}. Over latere maanden doet dit "
        "rapport geen uitspraak. Dat is geen reden om langer te bellen en zo alsnog gegevens "
        "over die maanden te verzamelen."
    )


def confidence_sentences(result: PublishedResult) -> tuple[str, ...]:
    """Return why a limit is used instead of the estimate, and what that weighs.

    Args:
        result: published.
    """
    level = result.settings.confidence_level
    times, one_in = wording.number(level / (1 - level)), wording.number(1 / (1 - level))
    return (
        "De termijn berust op wat is aangetoond en niet op de schatting. De bewijslast ligt bij de "
        "verwerkingsverantwoordelijke (artikel 5, tweede lid, AVG): die moet kunnen aantonen dat "
        "de verwerking rechtmatig is. Een schatting alleen toont niet aan dat aan een criterium "
        "wordt voldaan.",
        f"Aangetoond (betrouwbaarheid {wording.level(level)}) betekent het volgende. De rekenwijze "
        f"is zo gekozen dat zij, onder de aannames van de methode in {APPENDIX_A}, bij herhaling "
        f"in hooguit ongeveer 1 op de {one_in} gevallen een te lange termijn geeft. Hoe groot de "
        "kans is dat juist deze termijn te lang is, volgt daar niet uit.",
        f"Ook die {wording.level(level)} is een keuze: zij komt erop neer dat een te lange termijn "
        f"{times} keer zo zwaar telt als een te korte. Hoe minder gegevens er zijn, hoe korter de "
        "termijn die een criterium oplevert.",
    )


def own_choices(result: PublishedResult, *, counted: bool = False) -> tuple[str, ...]:
    """Return the choices that no rule prescribes.

    Args:
        result: published.
        counted: whether the organisation counted itself, so that how is its own choice.
    """
    most = wording.count(result.settings.disclosure_minimum - 1)
    return (
        "Geen bron schrijft een kromme, drempelwaarde, tijdsindeling of noemer voor. Die keuzes "
        "zijn gemaakt door de organisatie of liggen vast in dit hulpmiddel (het programma dat dit "
        "rapport maakt).",
        *(() if counted else (_MONTHS, *_same_day(result), _excluded(result))),
        "Van de krommen is een gemiddelde genomen, met AIC-gewichten, zoals in de leidraad van de "
        "Europese Autoriteit voor voedselveiligheid (EFSA) uit 2017; die van 2022 geeft de "
        "voorkeur aan bayesiaans middelen.",
        f"Aantallen van 1 tot en met {most} die over mensen gaan, worden niet gepubliceerd, en ook "
        "niet de aantallen waaruit zij te berekenen zijn.",
    )


_MONTHS = "Geteld zijn voltooide maanden tussen de peildatum en het gesprek."


def _same_day(result: PublishedResult) -> Iterator[str]:
    event = wording.reference_event(result.relations.counted).removeprefix("de laatste ")
    if result.relations.come_from_events:
        yield f"Een {event} op de dag van het gesprek zelf telt pas mee voor latere gesprekken."


def _excluded(result: PublishedResult) -> str:
    """Return which calls do not count; rules without a cap leave none out for it."""
    cap = result.regime.cap_months
    beyond = "" if cap is None else f"buiten {wording.cap(cap)} of "
    return (
        f"Belpogingen {beyond}buiten de eigen termijn tellen niet mee: een organisatie die een "
        "grens overschrijdt, mag daaraan geen langere termijn ontlenen."
    )
