"""Appendices: every fit, the term under other choices, and provenance."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, Heading, Paragraph
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.chapters.account import (
    account,
    has_other_findings,
    other_findings,
)
from balanstest_analysis.presentation.chapters.compliance import compliance_details
from balanstest_analysis.presentation.conclusions.fits import without_fits
from balanstest_analysis.presentation.figures import sensitivity_picture
from balanstest_analysis.presentation.places import APPENDIX_B, APPENDIX_C, APPENDIX_E
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
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.published.result import PublishedResult


def all_fits(result: PublishedResult) -> tuple[Block, ...]:
    """Return every curve of every outcome."""
    if result.proposal.status == "not_allowed":
        return (
            Heading(level=2, text=_FITS, anchor=APPENDIX_B.anchor),
            Paragraph(text=_NOTHING_RESTS),
        )
    fitted = [name for name in OUTCOMES if result.outcomes[name].fits]
    open_to_all = [name for name in fitted if has_parameters(result, name)]
    table = families_table(result)
    return (
        Heading(level=2, text=_FITS, anchor=APPENDIX_B.anchor),
        *(() if table is None else (table,)),
        *_unpublished(result),
        *_crossings(result),
        *(() if open_to_all == fitted else (Paragraph(text=_WITHHELD),)),
        *(fits_table(result, outcome) for outcome in open_to_all),
    )


def _unpublished(result: PublishedResult) -> Iterator[Block]:
    """Yield of which outcomes nothing is told of the curves."""
    if silent := without_fits(result):
        names = [wording.OUTCOME_WORDS[name].events.lower() for name in silent]
        yield Paragraph(text=_SILENT.format(names=wording.enumerated(names)))


_SILENT = (
    "Bij {names} staan hier geen krommen: uit hun gewichten, en uit welke krommen te schatten "
    "waren, zou een klein aantal af te leiden zijn."
)


def _crossings(result: PublishedResult) -> Iterator[Block]:
    """Yield where each curve alone crosses a threshold, or that none does."""
    alone = [row for criterion in result.criteria for row in criterion.families]
    if any(row.crossing is not None for row in alone):
        yield Paragraph(text=f"{_AVERAGED} {_ALONE}")
        table = crossings_table(result)
        yield from () if table is None else (table,)
    elif alone:
        yield Paragraph(text=f"{_AVERAGED} {_NONE_ALONE}")


_FITS = "Bijlage B. Alle krommen"
_NOTHING_RESTS = (
    "Omdat de organisatie zich niet op de klantrelatie kan beroepen, berust er geen termijn op "
    "krommen. Zij zijn daarom niet afgedrukt."
)
_AVERAGED = (
    "Getoetst is het gemiddelde van de krommen, met een onder- of bovengrens uit herhaalde "
    "trekkingen."
)
_ALONE = (
    "Ter vergelijking staat hieronder in welke maand elke kromme afzonderlijk een drempelwaarde "
    "bereikt."
)
_NONE_ALONE = (
    "Afzonderlijk bereikt geen enkele geschatte kromme binnen de gegevens een drempelwaarde."
)
_WITHHELD = (
    "Waar maanden voor publicatie zijn samengevoegd, wordt niet gepubliceerd welke parameters de "
    "krommen hebben en hoe goed zij passen: kleine aantallen zouden daaruit terug te rekenen "
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
    thresholds, others = thresholds_table(result), other_choices_table(result)
    return (
        title,
        Paragraph(text=_otherwise(result)),
        *(() if thresholds is None else (thresholds,)),  # finds room where the figure turns a page
        *_drawn(result),
        *(() if others is None else (others,)),
    )


_STILL_UNTESTED = (
    "Ook bij andere drempelwaarden, peildatums, krommen en dergelijke is er nog geen voorstel: "
    "steeds staat van een criterium niet vast of eraan wordt voldaan."
)


def _applied(result: PublishedResult) -> str:
    """Return the limit on the terms under other choices; a request is for a term without it."""
    cap = result.regime.cap_months
    if cap is None:
        return ""
    if result.proposal.route == "request":
        return f"; gerekend is zonder {wording.cap(cap)}"
    return f"; {wording.cap(cap)} is steeds toegepast"


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
            text=f"Bijlage E. Instellingen{_also_findings(result)} en herkomst",
            anchor=APPENDIX_E.anchor,
        ),
        settings_table(result, counted=dossier.data.counts is not None),
        *account(result, dossier),
        *other_findings(result),
        *compliance_details(result, dossier),
        provenance_table(result),
        Paragraph(text=_FILES),
    )


def _also_findings(result: PublishedResult) -> str:
    told = has_other_findings(result) or result.compliance is not None
    return ", bevindingen" if told else ""


_FILES = (
    "De tabellen en uitkomsten van dit rapport zijn ook als bestand geleverd: tabellen.xlsx, de "
    "map tabellen en resultaat.json. Dezelfde bestanden zitten als bijlage in de pdf."
)
