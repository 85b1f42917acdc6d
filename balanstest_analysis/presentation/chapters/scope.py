"""Organisation, scope, period, the rules that decide the cap, and the five conditions."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import (
    Block,
    Definitions,
    Heading,
    Notice,
    Paragraph,
    literal,
)
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.questionnaire import questionnaire
from balanstest_analysis.presentation.conclusions import reason_of
from balanstest_analysis.presentation.tables import conditions_table
from balanstest_analysis.published.result import PublishedResult


def organisation(result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return who asks, what about, and under which rules."""
    return (
        Heading(level=2, text="Organisatie, reikwijdte en regels"),
        Definitions(items=tuple(_facts(result, dossier))),
        Heading(level=3, text="Regels op de rapportdatum"),
        *(Paragraph(text=text) for text in _rules(result)),
        Heading(level=3, text="Vijf voorwaarden"),
        Paragraph(
            text="Oud-klanten bellen zonder toestemming vooraf mag alleen als aan alle vijf "
            "voorwaarden van de uitzondering voor de klantrelatie is voldaan."
        ),
        conditions_table(dossier.conditions),
    )


def _facts(result: PublishedResult, dossier: Dossier) -> Iterator[tuple[str, str]]:
    proposal = result.proposal
    yield "Organisatie", literal(result.organisation)
    yield "Sector", f"{wording.SECTORS[result.sector]}, zoals door de organisatie opgegeven"
    yield wording.capital(wording.TEMPLATES[result.template]), literal(result.category)
    yield "Sjabloon", questionnaire(result.template).name
    yield "Periode", f"{wording.quarter(result.period)} (laatste volledige kwartaal)"
    yield (
        "Belhistorie",
        f"de hele aangeleverde historie, tot en met {wording.date(result.data_through)}",
    )
    yield "Rapportdatum", wording.date(result.report_date)
    if proposal.current_term_months is not None:
        yield "Huidige termijn", wording.months(proposal.current_term_months)
    if proposal.requested_term_months is not None:
        yield "Gevraagde termijn", wording.months(proposal.requested_term_months)
    if result.not_before is not None:
        yield (
            "Begin van het bellen",
            f"niet vóór maand {result.not_before.month}. Reden van de organisatie: "
            f"{reason_of(result.not_before.reason)}",
        )


def _rules(result: PublishedResult) -> Iterator[str]:
    regime = result.regime
    state = "bevestigd door een bron" if regime.verified else "**niet bevestigd**"
    yield (
        f"Op de rapportdatum geldt: {literal(regime.name)}, met {_limit(result)}. "
        f"{literal(regime.remark)} Bron: {literal(regime.source)} ({state})."
    )
    if regime.override_reason:
        yield (
            "Deze regeling is in het dossier gekozen in plaats van die van de rapportdatum. "
            f"Reden: {literal(wording.one_line(regime.override_reason))}"
        )
    yield (
        "Een gesprek is getoetst aan de regels van de beldatum, het voorstel aan die van de "
        "rapportdatum."
    )
    if result.template == "bel-me-niet":
        stated = _REGISTER if regime.needs_no_test else ""
        yield f"{_OLDER}{stated}"


def _limit(result: PublishedResult) -> str:
    cap = result.regime.cap_months
    if not result.regime.sector_allowed:
        return "voor deze sector geen grondslag in de klantrelatie"
    if cap is None:
        return "geen vaste grens in maanden"
    return f"een grens van {wording.months(cap)} voor oud-klanten"


_OLDER = (
    "Dit is de oude versie van het sjabloon. Een balanstest was daarin alleen vereist voor wie "
    "oud-klanten belde zonder hen te ontdubbelen met het Bel-me-niet Register."
)


_REGISTER = (
    " De organisatie verklaart dat zij met het register ontdubbelt; dat is niet aan de "
    "aangeleverde gegevens getoetst."
)


def gap_notice(words: str) -> Notice:
    """Return the visible gap that stands where an answer is missing."""
    return Notice(kind="gap", title="NOG IN TE VULLEN", blocks=(Paragraph(text=words),))
