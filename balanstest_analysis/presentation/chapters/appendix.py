"""Appendices: the method in a page, every fit, the term under other choices, and provenance."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, BulletList, Heading, PageBreak, Paragraph
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.chapters.account import account, other_findings
from balanstest_analysis.presentation.chapters.compliance import compliance_details
from balanstest_analysis.presentation.conclusions import own_choices
from balanstest_analysis.presentation.figures import sensitivity_picture
from balanstest_analysis.presentation.places import APPENDIX_A, APPENDIX_B, APPENDIX_C, APPENDIX_E
from balanstest_analysis.presentation.tables import (
    crossings_table,
    families_table,
    fits_table,
    has_parameters,
    other_choices_table,
    provenance_table,
    settings_table,
    thresholds_table,
)
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
        PageBreak(),
        Heading(level=2, text="Bijlage A. De methode op één bladzijde", anchor=APPENDIX_A.anchor),
        *(Paragraph(text=text) for text in _steps(result, counted=counted)),
        Heading(level=3, text="Keuzes die geen regel voorschrijft"),
        BulletList(items=own_choices(result, counted=counted)),
    )


def _steps(result: PublishedResult, *, counted: bool) -> Iterator[str]:
    level = wording.level(result.settings.confidence_level)
    yield from _delivered(result) if counted else _counting(result)
    yield _percentages(result, level)
    yield (
        "**Krommen.** Per uitkomst is geprobeerd acht soorten krommen te schatten op de aantallen "
        "per maand, met de methode van de grootste aannemelijkheid (binomiaal) en zonder een "
        f"richting op te leggen; {APPENDIX_B} vermeldt welke niet te schatten waren. Zij zijn "
        "gemiddeld met AIC-gewichten. Hoe goed zij passen, is getoetst met de chi-kwadraattoets "
        "van Pearson, waarbij de toetsgrootheid is gedeeld door het ontwerpeffect."
    )
    yield _uncertainty(result)
    yield _to_term(result, level)
    yield (
        "**Meer criteria.** Aan alle criteria moet zijn voldaan; een correctie voor hun aantal is "
        "dan niet nodig (Berger 1982). Achteraf de langste termijn kiezen uit verschillende "
        "kwartalen, groepen of instellingen mag niet: de genoemde betrouwbaarheid klopt dan niet "
        "meer."
    )


def _delivered(result: PublishedResult) -> Iterator[str]:
    """Yield what is known of counts that the organisation made itself."""
    plural = wording.DENOMINATORS[result.settings.denominator][1]
    yield (
        f"**Eenheid en tijd.** De organisatie leverde per maand het aantal {plural} aan. Volgens "
        "haar opgave is maand m het aantal voltooide kalendermaanden sinds de laatste gebeurtenis "
        "die een klantrelatie doet ontstaan of eindigen. Een termijn van T maanden omvat de "
        "maanden 0 tot en met T−1."
    )
    yield (
        "**Toeschrijving.** De organisatie leverde ook aan hoeveel van die contacten tot een "
        "conversie, tot verzet of tot een klacht leidden. Hoe zij dat heeft toegeschreven, welke "
        "belpogingen zij heeft weggelaten en of de opvolging compleet is, is niet nagegaan."
    )


def _counting(result: PublishedResult) -> Iterator[str]:
    """Yield how a history is counted."""
    settings = result.settings
    plural = wording.DENOMINATORS[settings.denominator][1]
    yield (
        f"**Eenheid en tijd.** Geteld worden {plural}. Maand m is het aantal voltooide "
        "kalendermaanden tussen de peildatum en het gesprek. De peildatum is de laatste "
        "gebeurtenis die volgens de toegepaste regels meetelt, op een dag vóór het gesprek; van "
        "een contract telt het einde. Een termijn van T maanden omvat de maanden 0 tot en met T−1."
    )
    yield (
        "**Toeschrijving.** Verzet hoort bij het laatste contact in de "
        f"{_days(settings.objection_window_days)} ervoor, een klacht bij dat in de "
        f"{_days(settings.complaint_window_days)} ervoor. Contacten die nog niet zo lang "
        "geleden zijn, tellen voor die uitkomst niet mee. De overzichten tellen alleen contacten "
        "waarvan de opvolging voor alle uitkomsten compleet is; de krommen gebruiken per uitkomst "
        "alle contacten waarvan de opvolging voor die uitkomst compleet is."
    )


def _percentages(result: PublishedResult, level: str) -> str:
    limits = (
        f"**Percentages.** Bij elk percentage staat een tweezijdig {level}-interval: dat van "
        "Wilson, en bij minder dan vijf gebeurtenissen dat van Clopper en Pearson."
    )
    effects = [row.design_effect for name in OUTCOMES for row in result.outcomes[name].rows]
    if not any(effect is not None and effect > 1 for effect in effects):
        return f"{limits} Het interval is niet verruimd."
    return (
        f"{limits} Het interval is verruimd voor zover de aantallen sterker schommelen dan die van "
        "onafhankelijke gesprekken (ontwerpeffect van Rao en Scott)."
    )


def _days(days: int) -> str:
    return wording.counted(days, "dag", "dagen")


def _to_term(result: PublishedResult, level: str) -> str:
    overall = any(item.kind == OVERALL_RATE for item in result.criteria)
    return (
        "**Van criterium naar termijn.** Getoetst wordt maand voor maand, vanaf de eerste maand "
        "met gegevens. Is m\\* de laatste maand tot waar een criterium zonder onderbreking is "
        f"aangetoond (betrouwbaarheid {level}, eenzijdig), dan volgt daaruit een termijn van "
        f"m\\*\u00a0+\u00a01\u00a0maanden. {_BRAKES}{_OVERALL if overall else ''} {_STATUSES}"
    )


_BRAKES = (
    "Vier beperkingen kunnen die alleen korter maken. Zij loopt niet verder dan de laatste zes "
    "opeenvolgende maanden met genoeg contacten om het criterium met 80% kans te kunnen aantonen, "
    "en niet voorbij een onderbreking van meer dan drie maanden zonder contacten. "
    "Zij stopt vóór de eerste maand, of reeks van drie maanden, waarvan de waarnemingen zelf aan "
    "de verkeerde kant van de grens liggen. Beschrijft geen enkele kromme de gegevens, dan stopt "
    "zij vóór de eerste maand waarvan de waarnemingen zelf niet laten zien dat aan het criterium "
    "wordt voldaan. En wat in de laatste maanden van de termijn is waargenomen, ligt nooit aan de "
    "verkeerde kant van de grens."
)
_OVERALL = (
    " Een criterium over alle maanden van de termijn samen is getoetst aan de exacte bovengrens "
    "van het totaal, voor steeds langere termijnen, tot de eerste die niet is aangetoond."
)
_STATUSES = (
    "Weerleggen de gegevens een criterium, dan is er geen termijn; is een criterium niet te "
    "toetsen, dan is er nog geen voorstel, tenzij de organisatie het terzijde legt."
)


def _uncertainty(result: PublishedResult) -> str:
    draws = wording.counted(result.settings.resamples, "trekking", "trekkingen")
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
            "De aantallen van verschillende maanden hangen samen, omdat dezelfde mensen vaker zijn "
            f"gebeld{also}. Die samenhang is als covariantie in de trekkingen meegerekend."
        )
    also = f" Dat {alike}, is wel meegerekend." if clustering.campaigns_generalise else ""
    return (
        "De trekkingen zijn verruimd naar de waargenomen spreiding. Dat dezelfde mensen vaker zijn "
        f"gebeld, is niet meegerekend.{also}"
    )


def all_fits(result: PublishedResult) -> tuple[Block, ...]:
    """Return every curve of every outcome."""
    if result.proposal.status == "not_allowed":
        return (
            Heading(level=2, text=_FITS, anchor=APPENDIX_B.anchor),
            Paragraph(text=_NOTHING_RESTS),
        )
    fitted = [name for name in OUTCOMES if result.outcomes[name].fits]
    open_to_all = [name for name in fitted if has_parameters(result, name)]
    table, crossings = families_table(result), crossings_table(result)
    return (
        Heading(level=2, text=_FITS, anchor=APPENDIX_B.anchor),
        *(() if table is None else (table,)),
        *(() if crossings is None else (Paragraph(text=_ALONE), crossings)),
        *(() if open_to_all == fitted else (Paragraph(text=_WITHHELD),)),
        *(fits_table(result, outcome) for outcome in open_to_all),
    )


_FITS = "Bijlage B. Alle krommen"
_NOTHING_RESTS = (
    "Omdat de organisatie zich niet op de klantrelatie kan beroepen, berust er geen termijn op "
    "krommen. Zij zijn daarom niet afgedrukt."
)
_ALONE = (
    "Getoetst is het gemiddelde van de krommen, met een ondergrens uit herhaalde "
    "trekkingen. Ter vergelijking staat hieronder in welke maand elke kromme afzonderlijk een "
    "drempelwaarde bereikt, met de ondergrens die uit die ene kromme volgt."
)
_WITHHELD = (
    "Waar maanden voor publicatie zijn samengevoegd, worden van de krommen geen parameters "
    "gepubliceerd, en niet hoe goed zij passen: kleine aantallen zouden daaruit terug te rekenen "
    "zijn. De organisatie bewaart deze uitkomsten intern."
)


def sensitivity(result: PublishedResult) -> tuple[Block, ...]:
    """Return the term under other choices."""
    title = Heading(
        level=2, text="Bijlage C. De termijn bij andere keuzes", anchor=APPENDIX_C.anchor
    )
    if result.proposal.status == "not_allowed":
        return (
            title,
            Paragraph(
                text=(
                    "Zonder klantrelatie waarop de organisatie zich kan beroepen, is er geen "
                    "termijn."
                )
            ),
        )
    if not result.sensitivity:
        return (title, Paragraph(text="Er zijn geen andere keuzes doorgerekend."))
    if all(line.status == "undetermined" for line in result.sensitivity):
        return (title, Paragraph(text=_STILL_UNTESTED))
    made = (thresholds_table(result), other_choices_table(result))
    return (
        title,
        Paragraph(text=_otherwise(result)),
        *_drawn(result),
        *(table for table in made if table is not None),
    )


_STILL_UNTESTED = (
    "Ook bij andere drempelwaarden, peildatums, krommen en dergelijke is er nog geen voorstel: "
    "steeds is er een criterium dat niet te toetsen is."
)


def _applied(result: PublishedResult) -> str:
    """Return the limit on the terms under other choices; a request is for a term without it."""
    cap = result.regime.cap_months
    if cap is None:
        return ""
    if result.proposal.route == "request":
        return f"; gerekend is zonder {wording.cap(cap)}"
    return "; een vaste grens aan de termijn is steeds toegepast"


def _drawn(result: PublishedResult) -> Iterator[Block]:
    """Yield the figure; without any term there is nothing to draw."""
    if any(line.term_months is not None for line in result.sensitivity):
        yield sensitivity_picture(result)


def _otherwise(result: PublishedResult) -> str:
    """Return how the other choices were made, and which limit was applied to them."""
    return (
        f"In elke rij is één keuze veranderd en blijft de rest gelijk{_applied(result)}. De "
        "langste van deze termijnen mag nooit achteraf worden gekozen: dan klopt de genoemde "
        "betrouwbaarheid niet meer."
    )


def provenance(result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return settings, the account of the rows, other findings, fingerprints and versions."""
    return (
        Heading(
            level=2,
            text="Bijlage E. Instellingen, bevindingen en herkomst",
            anchor=APPENDIX_E.anchor,
        ),
        settings_table(result, counted=dossier.data.counts is not None),
        *account(result, dossier),
        *other_findings(result),
        *compliance_details(result, dossier),
        provenance_table(result),
        Paragraph(text=_FILES),
    )


_FILES = (
    "De tabellen en uitkomsten van dit rapport zijn ook als bestand geleverd: tabellen.xlsx, de "
    "map tabellen en resultaat.json. Dezelfde bestanden zitten als bijlage in de pdf."
)
