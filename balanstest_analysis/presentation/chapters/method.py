"""Appendix A: the method in a page, and which choices no rule prescribes."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, BulletList, Heading, Paragraph
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.conclusions import (
    delivered_results,
    ends_count,
    outcome_sentences,
    own_choices,
)
from balanstest_analysis.presentation.places import APPENDIX_A, APPENDIX_B
from balanstest_analysis.published.names import OUTCOMES, OVERALL_RATE
from balanstest_analysis.published.result import PublishedResult


def method(result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return the method in a page, and which choices no rule prescribes.

    Args:
        result: published.
        dossier: of which only matters whether a history or ready-made counts were delivered.
    """
    counted = dossier.data.counts is not None
    return (
        Heading(level=2, text="Bijlage A. De methode in het kort", anchor=APPENDIX_A.anchor),
        *(Paragraph(text=text) for text in _steps(result, counted=counted)),
        BulletList(items=_BRAKES),
        Paragraph(text=_what_else(result)),
        Paragraph(text=_SEVERAL),
        Heading(level=3, text="Keuzes die geen regel voorschrijft"),
        BulletList(items=own_choices(result, counted=counted)),
    )


def _steps(result: PublishedResult, *, counted: bool) -> Iterator[str]:
    level = wording.level(result.settings.confidence_level)
    yield from _delivered(result) if counted else _counting(result)
    yield _percentages(result, level)
    yield (
        "**Krommen.** Per uitkomst zijn op de aantallen per maand acht soorten krommen "
        "uitgeprobeerd. Zij zijn geschat met de methode van de grootste aannemelijkheid "
        f"(binomiaal), zonder een richting op te leggen. {_printed(result)} De krommen zijn "
        "gemiddeld met gewichten volgens het informatiecriterium van Akaike (AIC-gewichten). Hoe "
        "goed zij passen, is getoetst met de chi-kwadraattoets van Pearson, waarbij de "
        "toetsgrootheid is gedeeld door het ontwerpeffect."
    )
    yield _uncertainty(result)

    yield _to_term(level)


def _printed(result: PublishedResult) -> str:
    """Return where the curves stand; without a ground to call they are not printed."""
    if result.proposal.status == "not_allowed":
        return f"De krommen zijn niet afgedrukt; {APPENDIX_B} zegt waarom."
    return f"{APPENDIX_B.capital} vermeldt welke krommen niet te schatten waren."


def _delivered(result: PublishedResult) -> Iterator[str]:
    """Yield what is known of counts that the organisation made itself."""
    event = wording.reference_event(result.relations.counted)
    plural = wording.DENOMINATORS[result.settings.denominator][1]
    yield (
        f"**Eenheid en tijd.** De organisatie leverde per maand het aantal {plural} aan. Volgens "
        f"haar opgave is maand m het aantal voltooide maanden sinds {event} (de "
        "peildatum). Een termijn van T maanden omvat de maanden 0 tot en met T−1."
    )
    yield (
        "**Toeschrijving.** De organisatie leverde ook aan op hoeveel van die contacten "
        f"{delivered_results(result)} volgde. Hoe zij dat heeft toegeschreven, welke belpogingen "
        "zij heeft weggelaten en of de opvolging compleet is, is niet nagegaan."
    )


def _counting(result: PublishedResult) -> Iterator[str]:
    """Yield how a history is counted."""
    settings = result.settings
    plural = wording.DENOMINATORS[settings.denominator][1]
    yield (
        f"**Eenheid en tijd.** Geteld worden {plural}. {_reference_day(result)} Een termijn van T "
        "maanden omvat de maanden 0 tot en met T−1."
    )
    objection, complaint = settings.objection_window_days, settings.complaint_window_days
    windows = _days(objection) if objection == complaint else f"{objection} of {_days(complaint)}"
    yield (
        "**Toeschrijving.** Verzet is toegeschreven aan het laatste contact in de "
        f"{_days(objection)} ervoor, een klacht aan dat in de {_days(complaint)} ervoor. Contacten "
        f"waarbij die {windows} op de laatste dag van de gegevens nog niet voorbij waren, tellen "
        "voor die uitkomst niet mee. De overzichten tellen alleen contacten "
        "waarvan de opvolging voor alle uitkomsten compleet is; de krommen gebruiken per uitkomst "
        "alle contacten waarvan de opvolging voor die uitkomst compleet is."
    )


def _reference_day(result: PublishedResult) -> str:
    """Return from which day months are counted, as far as that is known."""
    months = "Maand m is het aantal voltooide maanden tussen de peildatum en het gesprek"
    if not result.relations.come_from_events:
        return (
            f"{months}. De peildatum, of de maand zelf, heeft de organisatie bij elke belpoging "
            "opgegeven; hoe zij die heeft bepaald, is niet nagegaan."
        )
    event = wording.reference_event(result.relations.counted)
    return (
        f"{months}, van dag tot dag gerekend. De peildatum is de dag van {event} die volgens de "
        "toegepaste regels meetelt en die vóór de dag van het gesprek ligt"
        f"{ends_count(result)}."
    )


def _percentages(result: PublishedResult, level: str) -> str:
    limits = (
        f"**Percentages.** Bij elk percentage staat een tweezijdig {level}-interval: dat van "
        "Wilson, en bij minder dan vijf gebeurtenissen dat van Clopper en Pearson."
    )
    effects = [row.design_effect for name in OUTCOMES for row in result.outcomes[name].rows]
    if not any(effect is not None and effect > 1 for effect in effects):
        return (
            f"{limits} Het ontwerpeffect (hoeveel sterker de aantallen schommelen dan bij "
            "onafhankelijke gesprekken) is nergens groter dan 1,0; het interval is daarom niet "
            f"verruimd.{_trend(result)}"
        )
    return (
        f"{limits} Het interval is verruimd met het ontwerpeffect van Rao en Scott: hoeveel "
        f"sterker de aantallen schommelen dan bij onafhankelijke gesprekken.{_trend(result)}"
    )


def _trend(result: PublishedResult) -> str:
    """Return what the trend test asks, where a sentence of this report rests on it."""
    told = (sentence for name in OUTCOMES for sentence in outcome_sentences(result, name))
    return _TREND if any("trendtoets" in sentence for sentence in told) else ""


_TREND = (
    " Of een percentage over alle tijdvakken samen stijgt of daalt, is getoetst met de trendtoets "
    "van Cochran en Armitage. Daarin is p de kans op een minstens zo sterk verloop als het "
    "percentage in werkelijkheid gelijk blijft."
)


def _days(days: int) -> str:
    return wording.counted(days, "dag", "dagen")


def _to_term(level: str) -> str:
    return (
        "**Van criterium naar termijn.** Getoetst wordt maand voor maand, vanaf de eerste maand "
        "met gegevens. Ligt die maand binnen een rij van "
        "de overzichten, dan noemt dit rapport de eerste maand van die rij. "
        "Stel dat voor elke maand tot en met maand m\\* zonder onderbreking is "
        f"aangetoond (betrouwbaarheid {level}, eenzijdig) dat aan een criterium wordt voldaan. Is "
        "m\\* de laatste maand waarvoor dat geldt, dan volgt daaruit een termijn van "
        "m\\*\u00a0+\u00a01\u00a0maanden. Vijf regels kunnen deze termijn alleen korter maken:"
    )


def _what_else(result: PublishedResult) -> str:
    """Return what decides beside the tests per month."""
    overall = any(item.kind == OVERALL_RATE for item in result.criteria)
    return f"{_OVERALL if overall else ''}{_STATUSES}"


_BRAKES = (
    "De termijn loopt niet verder dan de laatste zes opeenvolgende maanden met genoeg contacten. "
    "Genoeg wil zeggen: met een kans van 80% is aan te tonen dat aan het criterium wordt voldaan.",
    "De termijn loopt niet voorbij een onderbreking van meer dan drie maanden zonder contacten.",
    "De termijn stopt vóór de eerste maand, of reeks van drie maanden, waarvan de waarnemingen "
    "zelf aan de verkeerde kant van de drempelwaarde liggen.",
    "Past geen enkele kromme goed genoeg bij de gegevens, dan stopt de termijn vóór de eerste "
    "maand waarvan de waarnemingen zelf niet laten zien dat aan het criterium wordt voldaan.",
    "De termijn wordt zo nodig ingekort, totdat ook de waarnemingen in de laatste maanden ervan "
    "aan de goede kant van de drempelwaarde liggen.",
)
_OVERALL = (
    "Een criterium over alle maanden van de termijn samen is getoetst aan de exacte bovengrens "
    "van het totaal, voor steeds langere termijnen, tot de eerste die niet is aangetoond. "
)
_SEVERAL = (
    "**Meer dan één criterium.** Aan alle criteria moet zijn voldaan; een correctie voor hun "
    "aantal is dan niet nodig (Berger 1982). Achteraf de langste termijn kiezen uit "
    "verschillende kwartalen, groepen of instellingen mag niet: de genoemde betrouwbaarheid "
    "klopt dan niet meer."
)
_STATUSES = (
    "Blijkt uit de gegevens dat aan een criterium niet wordt voldaan, dan is er geen termijn. Is "
    "een criterium niet te toetsen, dan is er nog geen voorstel, tenzij de organisatie dat "
    "criterium terzijde legt."
)


def _uncertainty(result: PublishedResult) -> str:
    draws = wording.counted(
        result.settings.resamples,
        "nagebootste steekproef (trekking)",
        "nagebootste steekproeven (trekkingen)",
    )
    return (
        f"**Onzekerheid.** Met {draws} is nagegaan hoe anders de aantallen door toeval hadden "
        f"kunnen uitvallen. {_covariance(result)} In elke trekking zijn alle krommen opnieuw "
        "geschat en gemiddeld."
    )


def _covariance(result: PublishedResult) -> str:
    """Return which dependence between the counts of months is part of the draws."""
    clustering = result.clustering
    alike = (
        "contacten uit dezelfde campagne op elkaar lijken "
        f"({wording.counted(clustering.campaigns, 'campagne', 'campagnes')})"
    )
    if clustering.customers_known:
        also = f" en omdat {alike}" if clustering.campaigns_generalise else ""
        return (
            "De aantallen van verschillende maanden hangen samen, omdat dezelfde mensen meer dan "
            f"eens zijn gebeld{also}. Die samenhang is als covariantie in de trekkingen "
            "meegerekend."
        )
    also = f" Dat {alike}, is wel meegerekend." if clustering.campaigns_generalise else ""
    return (
        "De spreiding van de trekkingen is afgestemd op de spreiding in de gegevens. Dat mensen "
        f"meer dan eens kunnen zijn gebeld, is niet meegerekend.{also}"
    )
