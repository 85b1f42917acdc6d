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
from balanstest_analysis.presentation.conclusions.rules import ends_count, rule_warnings
from balanstest_analysis.presentation.conclusions.set_aside import set_aside
from balanstest_analysis.presentation.conclusions.unbounded import burden_without_criterion
from balanstest_analysis.presentation.conclusions.undetermined import (
    undetermined,
    undetermined_headline,
)
from balanstest_analysis.presentation.places import ARGUMENT, REQUESTED
from balanstest_analysis.published.criteria import Tested
from balanstest_analysis.published.open_ends import open_conditions, open_ends
from balanstest_analysis.published.result import PublishedResult


def headline(result: PublishedResult) -> str:
    """Return the outcome in one line, for every status and route."""
    proposal = result.proposal
    term, asked = proposal.term_months, proposal.requested_term_months
    if proposal.status == "not_allowed":
        return "Geen klanttermijn: bellen zonder voorafgaande toestemming is niet toegestaan"
    if needs_no_test(result):
        return "Geen balanstest vereist: het belbestand is ontdubbeld met het Bel-me-niet Register"
    if proposal.status == "undetermined":
        return undetermined_headline(result)
    if term is None:
        return "Geen voorstel: de gegevens onderbouwen geen klanttermijn"
    if proposal.route == "request" and asked is not None:
        return _request_headline(result, asked)
    is_provisional = open_ends(proposal.status, result.gaps, result.relations)
    kind = "Voorlopig voorstel" if is_provisional else "Voorstel"
    lawyer = ", onder voorbehoud van een juridisch oordeel" if for_a_lawyer(result) else ""
    return f"{kind}: een klanttermijn van ten hoogste {wording.months(term)}{lawyer}"


def _unanswered(result: PublishedResult) -> str:
    """Return how many conditions are unanswered, as a clause without full stop."""
    if open_conditions(result.gaps) == len(wording.CONDITION_TEXTS):
        return "geen van de vijf voorwaarden is beantwoord"
    return "niet alle voorwaarden zijn beantwoord"


def _open_condition(result: PublishedResult) -> str:
    if needs_no_test(result) or not open_conditions(result.gaps):
        return ""
    return (
        f"**Voorwaarden.** {_unanswered(result).capitalize()}. Is aan één daarvan niet voldaan, "
        "dan kan de organisatie zich niet op de klantrelatie beroepen en is er geen termijn."
    )


def needs_no_test(result: PublishedResult) -> bool:
    """Return whether the older rules ask for no test, because the register is used."""
    return result.regime.needs_no_test


def _register(result: PublishedResult) -> str:
    if not needs_no_test(result):
        return ""
    term = result.proposal.term_months
    if term is not None:
        outcome = (
            f"Uit de criteria volgt dan een klanttermijn van ten hoogste {wording.months(term)}."
        )
    elif result.proposal.status == "undetermined":
        outcome = "Een voorstel is er dan nog niet."
    else:
        outcome = "De gegevens onderbouwen dan geen klanttermijn."
    return (
        "Volgens het dossier belt de organisatie niemand die in het Bel-me-niet Register staat. "
        "Wie zo ontdubbelt, hoeft volgens de oude versie van het sjabloon geen balanstest te doen. "
        f"De uitkomst hieronder geldt als daarvan wordt afgeweken. {outcome}"
    )


def _request_headline(result: PublishedResult, months: int) -> str:
    told = f"Aanvraag voor {wording.months(months)}"
    if not carries_request(result):
        return f"{told}: de gegevens onderbouwen deze termijn niet"
    if not any(isinstance(item.support, Tested) for item in result.criteria):
        return f"{told}: de aanvraag berust alleen op een redenering"
    if result.proposal.status == "proposed_incomplete":
        return f"{told}: onderbouwd voor zover getoetst, maar niet alles is getoetst"
    if open_conditions(result.gaps):
        return f"{told}: voorlopig onderbouwd; {_unanswered(result)}"
    if result.rests_on_opinion:
        return f"{told}: voorlopig onderbouwd; een uitleg van de wet staat niet vast"
    return f"{told}: de gegevens onderbouwen deze termijn volgens de eigen criteria"


def carries_request(result: PublishedResult) -> bool:
    """Return whether the criteria, without the cap, support the term asked for."""
    uncapped = result.proposal.uncapped_term_months
    asked = result.proposal.requested_term_months
    return uncapped is not None and asked is not None and uncapped >= asked


def proposal_sentences(
    result: PublishedResult, unmet: Sequence[str] = (), *, beside_table: bool = False
) -> tuple[str, ...]:
    """Return the paragraphs of the proposal.

    Args:
        result: published.
        unmet: codes of the conditions of the exception that are not met.
        beside_table: whether how sure it is, and what to be careful with, stand beside it, as on
            page one.
    """
    term = result.proposal.term_months
    if result.proposal.status == "not_allowed":
        return (*rule_warnings(result), *not_allowed(result, unmet))
    asked = result.regime.needs_ground and not needs_no_test(result)
    open_conditions = condition_open(unmet) if asked else ""
    if term is None:
        without = undetermined if result.proposal.status == "undetermined" else no_term
        parts: tuple[str, ...] = (
            _register(result),
            *without(result),
            *([] if beside_table else [set_aside(result)]),
            begin(result),
            left_to_a_lawyer(result, briefly=beside_table),
        )
    else:
        parts = (
            _register(result),
            left_to_a_lawyer(result, briefly=beside_table),
            _open_condition(result),
            _meaning(result, term),
            *([] if beside_table else [set_aside(result)]),
            binding(result),
            *([] if beside_table else [uncertainty(result)]),
            begin(result),
            *([] if beside_table else [like_these(result)]),
            privacy_side(result),
            burden_without_criterion(result),
            open_conditions,
        )
    return (*rule_warnings(result), *(part for part in parts if part))


def _meaning(result: PublishedResult, term: int) -> str:
    event = wording.reference_event(result.relations.counted)
    span = (
        "Een termijn van 1 maand omvat alleen maand 0"
        if term == 1
        else f"Een termijn van {term} maanden omvat de maanden 0 tot en met {term - 1}"
    )
    meaning = f"{span}, geteld vanaf {event}{ends_count(result)}."
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
    follows = "een termijn van" if carries_request(result) else "niet meer dan"
    kind = "zelf is" if uncapped > term else "is daarom"
    closing = f"Het voorstel {kind} ten hoogste {wording.months(term)}."
    return (
        f"De organisatie vraagt een termijn van {wording.months(asked)} aan. Uit de criteria volgt "
        f"{follows} {wording.months(uncapped)}. {closing} Zie {REQUESTED}."
    )


def route_sentence(result: PublishedResult) -> str:
    """Return what has to happen with the test: own file, request or nothing."""
    route, cap = result.proposal.route, result.regime.cap_months
    if route == "not_allowed":
        return "Een aanvraag bij het Compliance Comité verandert daar niets aan."
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
            "van het Compliance Comité nodig; aan een aanvraag zijn kosten verbonden."
        )
    if cap is None:
        return (
            "Deze regels kennen geen vaste grens. De balanstest blijft in het eigen dossier; het "
            "komt erop aan of redelijkerwijs nog van een klantrelatie kan worden gesproken."
        )
    return (
        f"Voor een termijn van ten hoogste {wording.months(cap)} is geen advies van het Compliance "
        "Comité nodig: de balanstest blijft in het eigen dossier."
    )


def decision_sentence(result: PublishedResult) -> str:
    """Return who decides, and where; an empty section 4 is not said to hold the weighing."""
    told = "Het voorstel is een rekenuitkomst en geen besluit. De afweging maakt de organisatie"
    if _WEIGHING in result.gaps:
        return f"{told} zelf; onderdeel 4, waarin zij hoort te staan, is nog niet ingevuld."
    return f"{told} zelf, in {ARGUMENT}."


_WEIGHING = "4"
