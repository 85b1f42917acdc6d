"""What this report cannot show, and which choices are the tool's own."""

from __future__ import annotations

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.reach import (
    campaigns_limit,
    first_judged_month,
    starts_without_data,
)
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
        _AGAINST if result.has_term else "",
        *_GENERAL,
    )
    return tuple(point for point in found if point)


def _late_start(result: PublishedResult) -> str:
    if not starts_without_data(result):
        return ""
    return (
        f"De criteria zijn pas vanaf maand {first_judged_month(result)} getoetst, omdat er over "
        "eerdere maanden vrijwel geen gegevens zijn. Dat de criteria ook daar gelden, is een "
        "aanname."
    )


def _repeated_calls(result: PublishedResult) -> str:
    if result.clustering.customers_known:
        return ""
    return (
        "Dat dezelfde mensen vaker zijn gebeld, is niet meegerekend, omdat uit de gegevens niet "
        "blijkt wie is gebeld. De onzekerheid kan daardoor groter zijn dan hier getoond."
    )


def _series(result: PublishedResult) -> str:
    kept = result.series.kept
    if not kept:
        return ""
    tables = wording.enumerated([_TABLES[name] for name in kept])
    return (
        f"In {tables} staan ook aantallen uit een eerder rapport van deze reeks. Het nieuwe aantal "
        f"verschilt daarvan met {wording.fewer_than(result.settings.disclosure_minimum)}; "
        "beide rapporten naast elkaar zouden dat kleine verschil verraden. De termijn is wel op de "
        "nieuwste gegevens berekend."
    )


_TABLES = {
    "conversion": "de percentages van de conversie",
    "objection": "de percentages van het verzet",
    "complaint": "de percentages van de klachten",
    "objection_incidence": "het aandeel mensen met verzet",
    "complaint_incidence": "het aandeel mensen met een klacht",
    "composition": "de samenstelling",
    "findings": "de bevindingen",
    "bridge": "de aansluiting",
}

_AGAINST = "Wat hierboven tegen het voorstel pleit, is ook een beperking van dit rapport."
_GENERAL = (
    "Het recht van verzet is absoluut. Een laag verzetpercentage is hooguit een zwakke aanwijzing "
    "dat mensen het gesprek verwachten, en nooit een reden om verzet niet aan te bieden.",
    "Wie laat nog wordt gebeld, is vaak met een model gekozen, en de mix van campagnes kan "
    "verschuiven: late maanden gaan dan over andere mensen dan vroege (zie bijlage D).",
    "Verder dan de laatste maand met voldoende contacten doet dit rapport geen uitspraak. Wie na "
    "36 maanden stopte met bellen, heeft over latere maanden geen gegevens; het is geen reden om "
    "langer te bellen om die te verzamelen.",
    "Zijn er na maanden met veel contacten nog maar zo’n honderd contacten per maand, dan is de "
    "termijn minder zeker: een plotselinge verandering in die maanden bleef in simulaties in "
    "ongeveer een derde van de gevallen onopgemerkt.",
    "Een kleine sprong die net voorbij een drempelwaarde eindigt, kan onopgemerkt blijven, omdat "
    "zij op een geleidelijk verloop lijkt. De termijn kan dan enkele maanden te lang zijn.",
)


def confidence_sentences(result: PublishedResult) -> tuple[str, ...]:
    """Return why a limit is used instead of the estimate, and what that weighs.

    Args:
        result: published.
    """
    level = result.settings.confidence_level
    times = wording.number(level / (1 - level))
    return (
        f"De termijn volgt de eenzijdige ondergrens van {wording.level(level)}. De bewijslast ligt "
        "bij de verwerkingsverantwoordelijke (artikel 5, tweede lid, AVG): die moet kunnen "
        "aantonen dat het criterium standhoudt, en een schatting alleen toont dat niet aan.",
        f"Die {wording.level(level)} is zelf een weging: te lang wordt {times} keer zo ernstig "
        "gevonden als te kort, en weinig gegevens maken de termijn met opzet korter.",
    )


def own_choices(result: PublishedResult) -> tuple[str, ...]:
    """Return the choices that no rule prescribes.

    Args:
        result: published.
    """
    minimum = wording.count(result.settings.disclosure_minimum)
    return (
        "Geen bron schrijft een kromme, drempelwaarde, tijdsindeling of noemer voor. Die keuzes "
        "zijn gemaakt door de organisatie of door dit instrument, en niet door een regel.",
        "Maanden zijn voltooide kalendermaanden tussen de peildatum en het gesprek.",
        "Een gebeurtenis op de dag van het gesprek zelf telt pas voor latere gesprekken.",
        "Gesprekken buiten de grens of buiten de eigen termijn tellen niet mee: wie een grens "
        "overschrijdt, mag daarmee geen langere termijn verdienen.",
        "Krommen worden gewogen gemiddeld naar AIC (zoals in de leidraad van EFSA uit 2017; die "
        "van 2022 geeft de voorkeur aan Bayesiaans middelen).",
        f"Aantallen onder de {minimum} worden niet gepubliceerd.",
    )
