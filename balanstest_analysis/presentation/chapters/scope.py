"""Organisation, scope, period, the rules that apply, which relations count, the conditions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import (
    Block,
    BulletList,
    Definitions,
    Heading,
    Notice,
    Paragraph,
    literal,
)
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.grounds import grounds_of
from balanstest_analysis.dossier.quarters import quarter_end
from balanstest_analysis.dossier.questionnaire import questionnaire
from balanstest_analysis.dossier.regimes import regime_on
from balanstest_analysis.presentation.conclusions import left_to_a_lawyer, reason_of
from balanstest_analysis.presentation.places import CONDITIONS, ORGANISATION
from balanstest_analysis.presentation.tables import conditions_table
from balanstest_analysis.published.relations import KindGround
from balanstest_analysis.published.result import PublishedResult

KIND_ASSUMED = "kind_assumed"


def organisation(result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return who asks, what about, and under which rules."""
    return (
        Heading(level=2, text="Organisatie, reikwijdte en regels", anchor=ORGANISATION.anchor),
        Definitions(items=tuple(_facts(result, dossier))),
        Heading(level=3, text="Toegepaste regels"),
        *(Paragraph(text=text, voice="rule") for text in _rules(result, dossier)),
        Heading(level=3, text="Welke relaties meetellen"),
        *_relations(result),
        Heading(level=3, text="Voorwaarden", anchor=CONDITIONS.anchor),
        *_conditions(result, dossier),
    )


def _facts(result: PublishedResult, dossier: Dossier) -> Iterator[tuple[str, str]]:
    proposal = result.proposal
    yield "Organisatie", literal(result.organisation)
    yield "Sector", f"{wording.sector_names(result.sectors)} (opgave van de organisatie)"
    yield wording.capital(wording.TEMPLATES[result.template]), literal(result.category)
    yield "Sjabloon", questionnaire(result.template).name
    yield "Rapportagekwartaal", _quarter(result)
    complete = f"volgens de organisatie volledig tot en met {wording.date(result.data_through)}"
    if dossier.data.counts is None:
        last = "de laatste belpoging kan eerder zijn"
        yield "Belhistorie", f"de hele aangeleverde historie, {complete}; {last}"
    else:
        yield "Tellingen", f"alle aangeleverde tellingen, {complete}"
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


def _quarter(result: PublishedResult) -> str:
    """Return the quarter that the report is named after, and why where the data run further."""
    quarter = wording.quarter(result.period)
    if dt.date.fromisoformat(result.data_through) == quarter_end(result.period):
        return quarter
    return (
        f"{quarter}, het laatste kwartaal dat geheel in de gegevens valt; de gegevens van daarna "
        "tellen ook mee"
    )


def _rules(result: PublishedResult, dossier: Dossier) -> Iterator[str]:
    regime = result.regime
    read = f"Bron van deze regels: {literal(regime.source)}."
    unread = f"**Ontleend aan {literal(_with_article(regime.source))}; de tekst daarvan is niet "
    yield (
        f"Dit rapport gaat uit van de {literal(_in_force(regime.name))}. {literal(regime.remark)} "
        f"{read if regime.verified else f'{unread}ingezien.**'}"
    )
    yield _limit(result)
    if regime.override_reason:
        yield (
            "Deze regels zijn in het dossier gekozen in plaats van die van de rapportdatum. "
            f"Reden: {literal(wording.one_line(regime.override_reason))}"
        )
    yield from _held_against(result, counted=dossier.data.counts is not None)
    yield from _under_later_rules(result)
    if result.template == "bel-me-niet":
        stated = _REGISTER if regime.needs_no_test else ""
        yield f"{_OLDER}{stated}"


def _in_force(name: str) -> str:
    """Return the name of rules as a sentence has it; a law that changed is told with its day."""
    law, since, day = name.partition(" vanaf ")
    return f"{law} zoals die vanaf {day} geldt" if since else name


def _with_article(source: str) -> str:
    return f"de {source}" if source.startswith("Code ") else source


def _held_against(result: PublishedResult, *, counted: bool) -> Iterator[str]:
    """Yield which rules the calls and the proposal were held against, where there are such."""
    chosen = result.regime.override_reason is not None
    rules = "de gekozen regels" if chosen else "de regels op de rapportdatum"
    if counted:
        proposal = f"Het voorstel is getoetst aan {rules}. " if result.has_term else ""
        yield (
            f"{proposal}De belpogingen zelf zijn niet getoetst: de organisatie leverde alleen "
            "tellingen aan."
        )
        return
    proposal = f", het voorstel aan {rules}" if result.has_term else ""
    yield f"Elke belpoging is getoetst aan de regels die golden op de dag van bellen{proposal}."


def _under_later_rules(result: PublishedResult) -> Iterator[str]:
    """Yield which relations give no ground any more once other rules hold, where some still do.

    A membership that the organisation takes for a gift is told by the letter of the law.
    """
    later = result.later_rules
    counted = [cell.kind for cell in result.relations.grounds if cell.ground]
    if later is None or not later.has_ground or not result.regime.needs_ground or not counted:
        return
    starts_on = dt.date.fromisoformat(later.starts_on)
    cells = grounds_of(regime_on(starts_on).grounds, result.sectors)
    gone = [kind for kind in counted if not cells[kind].ground]
    day = wording.date(starts_on)
    if gone:
        yield (
            f"Vanaf {day} gelden andere regels. {wording.capital(wording.kind_names(gone))} zijn "
            "dan voor deze sector geen grond meer om te bellen; dit rapport telt ze nog mee."
        )
    else:
        yield (
            f"Vanaf {day} gelden andere regels. Dezelfde soorten relaties blijven dan een grond om "
            "te bellen."
        )


def _limit(result: PublishedResult) -> str:
    cap = result.regime.cap_months
    if not result.regime.sector_allowed:
        return (
            "Deze regels geven deze sector geen grond om oud-klanten zonder voorafgaande "
            "toestemming te bellen; een grens in maanden is er daarom niet."
        )
    if cap is None:
        return "Deze regels kennen geen vaste grens in maanden."
    checked = "" if result.regime.cap_verified else f" {_not_looked_up(result)}"
    return (
        f"Voor oud-klanten gaat dit rapport uit van een grens van {wording.months(cap)}. Die grens "
        f"staat in de {literal(result.regime.cap_source)}, niet in de wet.{checked}"
    )


def _not_looked_up(result: PublishedResult) -> str:
    """Return which version of the Code may have another cap: the applied one, where not read."""
    regime = result.regime
    version = "een latere versie van de Code" if regime.verified else f"de {literal(regime.name)}"
    return f"Of {version} die grens wijzigt, is niet nagegaan."


def _relations(result: PublishedResult) -> Iterator[Block]:
    relations = result.relations
    if not result.regime.needs_ground:
        yield Paragraph(text=_OPT_OUT, voice="rule")
    counted = [cell for cell in relations.grounds if cell.ground]
    if counted:
        sectors = _closed(wording.sector_names(result.sectors))
        yield Paragraph(text=f"Voor een {sectors} tellen deze relaties mee:")
        yield _listed(counted)
    others = [cell for cell in relations.grounds if not cell.ground]
    if others:
        yield Paragraph(text="Deze relaties tellen niet mee:")
        yield _listed(others)
    yield from (Paragraph(text=text) for text in _about_kinds(result))


def _closed(name: str) -> str:
    """Return a name with the comma that closes the clause it ends with, where it does."""
    return f"{name}," if name.endswith(" verschijnen") else name


def _listed(cells: list[KindGround]) -> BulletList:
    """Return a line per reason, with every kind of relation that it is the reason for."""
    reasons = dict.fromkeys(cell.paragraph for cell in cells)
    kinds = {why: [cell.kind for cell in cells if cell.paragraph == why] for why in reasons}
    return BulletList(
        items=tuple(f"{wording.kind_names(kinds[why])}: {literal(why)}" for why in reasons),
        voice="rule",
    )


def _about_kinds(result: PublishedResult) -> Iterator[str]:
    relations = result.relations
    if result.regime.needs_ground:
        yield _CONTEXT
    if relations.stated:
        yield (
            "Volgens het dossier gaan de aangeleverde gegevens over "
            f"{wording.kind_names(relations.stated)}; dat is niet uit die gegevens af te leiden."
        )
    elif relations.kinds_from == "unknown":
        yield (
            "Welke relaties meetellen, is niet na te gaan: uit de aangeleverde gegevens blijkt "
            "niet om welke soorten relaties het gaat."
        )
    if any(finding.code == KIND_ASSUMED for finding in result.findings):
        yield (
            "Waar de gegevens geen soort noemen, is aangenomen dat het om "
            f"{wording.kind_names([relations.assumed])} gaat."
        )
    if relations.membership_reason is not None:
        yield (
            "De organisatie telt lidmaatschappen als giften. Reden: "
            f"{literal(wording.one_line(relations.membership_reason))}"
        )


_CONTEXT = (
    "Volgens de wet komt het erop aan in welk verband het telefoonnummer is verkregen. De soort "
    "relatie bepaalt in dit rapport alleen vanaf welke dag de maanden worden geteld; zij bewijst "
    "niet in welk verband het nummer is verkregen. Daarover gaat de eerste voorwaarde hieronder."
)
_OPT_OUT = (
    "Onder deze regels was voor bellen geen voorafgaande toestemming nodig. Een relatie telt in "
    "dit rapport mee als er redelijkerwijs van een klantrelatie kan worden gesproken."
)


def _conditions(result: PublishedResult, dossier: Dossier) -> Iterator[Block]:
    if not result.regime.needs_ground:
        yield Paragraph(text=_ASKED_THEN, voice="rule")
        return
    asked = _ALL_FIVE if result.regime.sector_allowed else _NO_EXCEPTION
    yield Paragraph(text=asked, voice="rule")
    yield conditions_table(dossier.conditions, result.sectors)
    judged = left_to_a_lawyer(result)
    if judged:
        yield Paragraph(text=judged)


_ALL_FIVE = (
    "Oud-klanten mogen alleen zonder voorafgaande toestemming worden gebeld als aan alle vijf "
    "voorwaarden van de klantrelatie-uitzondering is voldaan."
)
_NO_EXCEPTION = (
    "Deze organisatie kan zich niet op de klantrelatie-uitzondering beroepen. De tabel vermeldt "
    "alleen wat zij over de vijf voorwaarden heeft opgegeven; ook als aan alle vijf is voldaan, "
    "mag zij alleen met voorafgaande toestemming bellen."
)
_ASKED_THEN = (
    "De vijf voorwaarden die de wet sinds 1 juli 2021 stelt, golden toen nog niet en zijn niet "
    "gevraagd. Wel moest het belbestand worden ontdubbeld met het Bel-me-niet Register, behalve "
    "voor klanten en voor mensen die om een oproep hadden gevraagd, en moest in elk gesprek, "
    "behalve bij belpogingen op verzoek van de gebelde en terugbelafspraken, het recht van "
    "verzet worden aangeboden."
)
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
