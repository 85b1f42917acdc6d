"""The letter to the committee: what is asked, on which ground, and what is sent with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final

from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks.plain import words_of
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.conclusions import decision_line, headline, route_sentence
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.bundle.inventory import Entry
from balanstest_analysis.report.word.numbering import Lists
from balanstest_analysis.report.word.saving import saved
from balanstest_analysis.report.word.styles import blank_document, set_running_lines

LETTER: Final = "aanvraagbrief"
_TO_EDIT: Final = re.compile(r"(\[[^\]]+\])")
_CLOSING: Final = (
    "Zijn er vragen of ontbreekt er iets, dan horen wij dat graag van [naam, functie, telefoon en "
    "e-mail]."
)


def request_letter(
    result: PublishedResult, dossier: Dossier | None, attached: Sequence[Entry]
) -> bytes:
    """Return the letter that goes with a report, in Word; the same report gives the same bytes.

    What nobody but the sender knows stands between square brackets, in yellow.

    Args:
        result: published.
        dossier: of the report, where it was found.
        attached: what is sent with it.
    """
    document = blank_document()
    set_running_lines(document, left=result.organisation[:60], mark="CONCEPTBRIEF", foot="")
    for line in _address(result):
        _paragraph(document, line).paragraph_format.space_after = Mm(0)
    document.add_heading(_subject(result), level=2)
    _paragraph(document, "Geacht comité,")
    for paragraph in _body(result, dossier):
        _paragraph(document, paragraph)
    document.add_heading("Wat wij meesturen", level=3)
    lists = Lists(document)
    number = lists.begin(ordered=True)
    for one in _listed(attached):
        lists.put(_paragraph(document, one), number, 0)
    _paragraph(document, _CLOSING)
    _paragraph(document, "Met vriendelijke groet,")
    for role in _senders(dossier):
        _paragraph(document, role)
    day = dt.date.fromisoformat(result.report_date)
    return saved(document, title=_subject(result), author=result.organisation, day=day)


def _paragraph(document: Document, words: str) -> Paragraph:
    paragraph = document.add_paragraph()
    for part in filter(None, _TO_EDIT.split(words)):
        run = paragraph.add_run(part)
        if _TO_EDIT.fullmatch(part):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return paragraph


def _address(result: PublishedResult) -> Iterator[str]:
    yield result.organisation
    yield "[adres van de organisatie]"
    yield ""
    yield "Aan het Compliance Comité"
    yield "[adres van het comité]"
    yield ""
    yield "[plaats en datum van verzending]"


def _is_request(result: PublishedResult) -> bool:
    return result.proposal.route == "request"


def _subject(result: PublishedResult) -> str:
    asked = result.proposal.requested_term_months
    if _is_request(result) and asked is not None:
        return f"Aanvraag van een advies over een klanttermijn van {wording.months(asked)}"
    return "Balanstest klanttermijn, ter kennisneming"


def _body(result: PublishedResult, dossier: Dossier | None) -> Iterator[str]:
    yield from _open_parts(result)
    yield _asked(result)
    yield _ground(result)
    yield _found(result)
    decided = words_of(decision_line(result))
    if decided:
        yield decided
    reason = "" if dossier is None else dossier.review.reason_for_longer_term
    if reason:
        yield f"Waarom wij een langere termijn nodig hebben: {wording.one_line(reason)}"
    yield (
        "De cijfers in het rapport zijn opgetelde aantallen; kleine aantallen zijn niet "
        "gepubliceerd. Op het adviesblad kunt u uw advies invullen. Het noemt het kenmerk van het "
        "rapport, zodat vaststaat waarover u hebt geadviseerd."
    )


def _open_parts(result: PublishedResult) -> Iterator[str]:
    number = len(result.gaps)
    if number:
        parts = wording.counted(number, "onderdeel", "onderdelen")
        yield (
            f"[Nog niet verzenden: in het rapport moeten {parts} worden ingevuld. Haal deze alinea "
            "daarna weg.]"
            if number > 1
            else f"[Nog niet verzenden: in het rapport moet {parts} worden ingevuld. Haal deze "
            "alinea daarna weg.]"
        )


def _asked(result: PublishedResult) -> str:
    about = f"voor de categorie ‘{result.category}’"
    asked = result.proposal.requested_term_months
    if _is_request(result) and asked is not None:
        cap = wording.months(result.regime.cap_months or asked)
        return (
            f"Wij vragen uw advies over een termijn van {wording.months(asked)} waarbinnen wij "
            f"oud-klanten mogen bellen, {about}. Voor een termijn van meer dan {cap} is uw "
            "positieve advies vooraf nodig."
        )
    return (
        f"Hierbij ontvangt u onze balanstest {about}. {words_of(route_sentence(result))} "
        "Wij sturen hem u [reden van toezending]."
    )


def _ground(result: PublishedResult) -> str:
    told = f"Wij gaan uit van deze regels: {result.regime.name}."
    if not result.regime.needs_ground:
        return told
    kinds = wording.kind_names(result.relations.counted)
    sector = wording.sector_names(result.sectors)
    open_ones = [name for name, answer in result.conditions.items() if answer != "met"]
    conditions = (
        "Aan de vijf voorwaarden voor bellen op grond van een klantrelatie is volgens ons voldaan; "
        "in het rapport lichten wij dat per voorwaarde toe."
        if not open_ones
        else "Niet bij elk van de vijf voorwaarden voor bellen op grond van een klantrelatie is "
        f"vastgesteld dat eraan is voldaan. Het gaat om {_conditions(open_ones)}."
    )
    return f"{told} Als {sector} beroepen wij ons op {kinds or 'geen enkele relatie'}. {conditions}"


def _conditions(names: Sequence[str]) -> str:
    return wording.enumerated([f"‘{wording.CONDITION_NAMES[name]}’" for name in names])


def _found(result: PublishedResult) -> str:
    day = wording.date(dt.date.fromisoformat(result.data_through))
    words = words_of(headline(result)).rstrip(".")
    return f"De balanstest, met gegevens tot en met {day}, komt uit op: ‘{words}’."


def _listed(attached: Sequence[Entry]) -> Iterator[str]:
    yield "De onderbouwing van de klanttermijn (onderbouwing.pdf), met de uitkomsten en tabellen."
    yield "Het adviesblad (adviesblad.pdf), in te vullen door het comité."
    for entry in attached:
        if entry.role == "annex":
            yield f"{entry.path.rpartition('/')[2]} [korte omschrijving]."


def _senders(dossier: Dossier | None) -> tuple[str, ...]:
    stated = () if dossier is None else tuple(dossier.review.signatories[:1])
    return tuple(f"[naam], {role}" for role in stated) or ("[naam en functie]",)
