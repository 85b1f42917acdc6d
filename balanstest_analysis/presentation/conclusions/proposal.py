"""The first page: what is proposed, what it means and what has to happen with it."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.binding import (
    binding,
    privacy_side,
    uncertainty,
)
from balanstest_analysis.presentation.conclusions.reach import begin, like_these
from balanstest_analysis.presentation.conclusions.refusals import (
    condition_open,
    for_a_lawyer,
    left_to_a_lawyer,
    no_term,
    not_allowed,
)
from balanstest_analysis.presentation.conclusions.set_aside import set_aside
from balanstest_analysis.presentation.conclusions.undetermined import (
    undetermined,
    undetermined_headline,
)
from balanstest_analysis.published.result import PublishedResult


def headline(result: PublishedResult) -> str:
    """Return the outcome in one line, for every status and route."""
    proposal = result.proposal
    term, asked = proposal.term_months, proposal.requested_term_months
    if proposal.status == "not_allowed":
        return "Geen klanttermijn: bellen zonder toestemming vooraf is niet toegestaan"
    if needs_no_test(result):
        return "Geen balanstest vereist: het belbestand is ontdubbeld met het Bel-me-niet Register"
    if proposal.status == "undetermined":
        return undetermined_headline(result)
    if term is None:
        return "Geen voorstel: de gegevens dragen geen klanttermijn"
    if proposal.route == "request" and asked is not None:
        return _request_headline(result, asked)
    kind = "Voorlopig voorstel" if proposal.status == "proposed_incomplete" else "Voorstel"
    lawyer = ", als een jurist instemt" if for_a_lawyer(result) else ""
    return f"{kind}: een klanttermijn van ten hoogste {wording.months(term)}{lawyer}"


def needs_no_test(result: PublishedResult) -> bool:
    """Return whether the older rules ask for no test, because the register is used."""
    return result.regime.needs_no_test


def _register(result: PublishedResult) -> str:
    if not needs_no_test(result):
        return ""
    term = result.proposal.term_months
    if term is not None:
        outcome = f"De gegevens dragen dan een klanttermijn van ten hoogste {wording.months(term)}."
    elif result.proposal.status == "undetermined":
        outcome = "Een voorstel is er dan nog niet."
    else:
        outcome = "De gegevens dragen dan geen klanttermijn."
    return (
        "Volgens het dossier belt de organisatie niemand die in het Bel-me-niet Register staat. "
        "Wie zo ontdubbelt, hoeft volgens de oude versie van het sjabloon geen balanstest te doen. "
        f"De uitkomst hieronder geldt als daarvan wordt afgeweken. {outcome}"
    )


def _request_headline(result: PublishedResult, months: int) -> str:
    asked = wording.months(months)
    if not carries_request(result):
        return f"Aanvraag van {asked}: de gegevens dragen deze termijn niet"
    if result.proposal.status == "proposed_incomplete":
        return f"Aanvraag van {asked}: gedragen voor zover getoetst, maar niet alles is getoetst"
    return f"Aanvraag van {asked}: de gegevens dragen deze termijn"


def carries_request(result: PublishedResult) -> bool:
    """Return whether the criteria, without the cap, support the term asked for."""
    uncapped = result.proposal.uncapped_term_months
    asked = result.proposal.requested_term_months
    return uncapped is not None and asked is not None and uncapped >= asked


def proposal_sentences(result: PublishedResult, unmet: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the paragraphs of the proposal.

    Args:
        result: published.
        unmet: codes of the conditions of the exception that are not met.
    """
    term = result.proposal.term_months
    if result.proposal.status == "not_allowed":
        return not_allowed(result, unmet)
    open_conditions = "" if needs_no_test(result) else condition_open(unmet)
    if term is None:
        without = undetermined if result.proposal.status == "undetermined" else no_term
        parts: tuple[str, ...] = (
            _register(result),
            *without(result),
            set_aside(result),
            begin(result),
            left_to_a_lawyer(result),
        )
    else:
        parts = (
            _register(result),
            left_to_a_lawyer(result),
            _meaning(result, term),
            set_aside(result),
            binding(result),
            uncertainty(result),
            begin(result),
            like_these(result),
            privacy_side(result),
            open_conditions,
        )
    return tuple(part for part in parts if part)


def _meaning(result: PublishedResult, term: int) -> str:
    event = wording.reference_event(result.sector)
    span = (
        "Een termijn van 1 maand omvat alleen maand 0"
        if term == 1
        else f"Een termijn van {term} maanden omvat de maanden 0 tot en met {term - 1}"
    )
    meaning = f"{span}, geteld vanaf {event}."
    if result.proposal.route == "request":
        return f"{_request(result, term)} {meaning}"
    return f"{meaning}{_compared(term, result.proposal.current_term_months)}"


def _compared(term: int, current: int | None) -> str:
    if current is None:
        return ""
    if term == current:
        return f" Dat is gelijk aan de huidige termijn van {wording.months(current)}."
    words = wording.months(abs(term - current))
    if term < current:
        return f" Dat is {words} korter dan de huidige termijn van {wording.months(current)}."
    return (
        f" Dat is {words} langer dan de huidige termijn van {wording.months(current)}; voor een "
        "langere termijn is een nieuwe motivering nodig."
    )


def _request(result: PublishedResult, term: int) -> str:
    asked = result.proposal.requested_term_months
    uncapped = result.proposal.uncapped_term_months
    if asked is None or uncapped is None:
        return ""
    verb = "dragen" if carries_request(result) else "dragen niet meer dan"
    closing = (
        "Zonder positief advies van het Compliance Comité blijft de termijn ten hoogste "
        f"{wording.months(term)}."
        if uncapped > term
        else f"Het voorstel is daarom ten hoogste {wording.months(term)}."
    )
    return (
        f"Gevraagd wordt een termijn van {wording.months(asked)}. De getoetste criteria {verb} "
        f"{wording.months(uncapped)}. {closing}"
    )


def route_sentence(result: PublishedResult) -> str:
    """Return what has to happen with the test: own file, request or nothing."""
    route, cap = result.proposal.route, result.regime.cap_months
    if route == "not_allowed":
        return "Een aanvraag bij het Compliance Comité verandert dit niet."
    if needs_no_test(result):
        return (
            "Zolang met het Bel-me-niet Register wordt ontdubbeld, is er geen termijn vast te "
            "leggen of aan te vragen."
        )
    if not result.has_term:
        return "Zonder voorstel is er geen termijn om vast te leggen of aan te vragen."
    if route == "request" and cap is not None:
        return (
            f"Voor een termijn van meer dan {wording.months(cap)} is vooraf een positief advies "
            "van het Compliance Comité nodig. Bij de aanvraag hoort deze balanstest; overwogen kan "
            "worden de DPIA mee te sturen. Aan een aanvraag zijn kosten verbonden."
        )
    if cap is None:
        return (
            "Deze regeling kent geen vaste grens: de balanstest blijft in het eigen dossier, en "
            "bepalend is of redelijkerwijs nog van een klantrelatie kan worden gesproken."
        )
    return (
        f"Voor een termijn van ten hoogste {wording.months(cap)} is geen advies van het Compliance "
        "Comité nodig: de balanstest blijft in het eigen dossier."
    )


def decision_sentence() -> str:
    """Return who decides."""
    return (
        "Dit is een uitkomst en geen besluit: de weging staat in onderdeel 4 en is aan de "
        "organisatie."
    )
