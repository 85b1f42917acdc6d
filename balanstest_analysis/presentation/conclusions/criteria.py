"""What the history says about each criterion."""

from __future__ import annotations

import math

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.conclusions.overall import (
    last_part,
    own_contradiction,
    through_overall,
)
from balanstest_analysis.presentation.conclusions.refuted import refutation
from balanstest_analysis.presentation.conclusions.rows import no_or_too_few
from balanstest_analysis.presentation.conclusions.untested_months import untested_months
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.counts import Exact
from balanstest_analysis.published.criteria import Argued, PublishedCriterion, Tested, Unsupported
from balanstest_analysis.published.names import OVERALL_RATE
from balanstest_analysis.published.outcomes import RateRow
from balanstest_analysis.published.result import PublishedResult

ROUNDING = 0.05


def quoted(name: str) -> str:
    """Return the name of a criterion as it stands in a sentence.

    Examples:
        >>> quoted("Bellen loont")
        '‘Bellen loont’'
    """
    return f"‘{literal(name)}’"


def demand_of(criterion: PublishedCriterion) -> wording.Demand:
    """Return what a criterion demands, as the wording takes it."""
    return wording.Demand(
        kind=criterion.kind,
        outcome=criterion.outcome,
        threshold=criterion.threshold,
        stated=criterion.parameters,
    )


def criterion_sentences(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return what was demanded, what was found and which term that supports.

    Args:
        criterion: one of those of the result.
        result: published, for its denominator and confidence level.
    """
    settings = result.settings
    demand = literal(wording.norm(demand_of(criterion), settings.denominator))
    found = (finding_of(criterion, result), last_part(criterion, result))
    return " ".join([f"De eis: {demand}.", *filter(None, found)])


def finding_of(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return what was found about a criterion, for each of its statuses.

    Args:
        criterion: one of those of the result.
        result: published, for its confidence level and where its rows end.
    """
    match criterion.support:
        case Argued(term_months=term):
            return (
                "Dit criterium berust op een redenering en niet op gegevens; er volgt een termijn "
                f"van {wording.months(term)} uit."
            )
        case Tested() as tested:
            found = f"{_supported(criterion, tested, result)}{_brake(criterion, result)}"
            return " ".join(filter(None, (found, untested_months(criterion, result))))
        case Unsupported():
            return _unsupported(criterion, result)


def _supported(criterion: PublishedCriterion, tested: Tested, result: PublishedResult) -> str:
    level = wording.level(result.settings.confidence_level)
    if criterion.kind == OVERALL_RATE:
        return _overall(criterion, tested, level)
    if criterion.status == "not_reached_in_data":
        few = no_or_too_few(result, tested.term_months)
        return (
            f"{_shown(tested, level)}. Voor latere maanden zijn er {few} contacten om dat aan te "
            "tonen."
        )
    return f"{through_month(tested, level)}."


def _overall(criterion: PublishedCriterion, tested: Tested, level: str) -> str:
    shown = f"{through_overall(tested, level)}."
    if criterion.status == "not_reached_in_data":
        return f"{shown} Voor een langere termijn zijn er geen gegevens."
    return shown


def _unsupported(criterion: PublishedCriterion, result: PublishedResult) -> str:
    if criterion.status == "no_outcome_data":
        return _no_outcome_data(criterion)
    if criterion.status == "fails_from_start":
        return f"{refutation(criterion, result)} Uit dit criterium volgt daarom geen termijn."
    if criterion.status == "holds_between":
        return _holds_between(criterion, result)
    return _too_little_data(criterion, result)


def _holds_between(criterion: PublishedCriterion, result: PublishedResult) -> str:
    month, refuted = criterion.holds_from_month, refutation(criterion, result)
    if month is None:
        return f"{refuted} Uit dit criterium volgt daarom geen termijn."
    return (
        f"{refuted} Pas vanaf maand {month} is aangetoond dat eraan wordt voldaan. Uit "
        "dit criterium volgt daarom geen termijn. Alleen een organisatie die vóór maand "
        f"{month} niemand belt, en die keuze met een reden vastlegt, kan hierop voortbouwen."
    )


def _no_outcome_data(criterion: PublishedCriterion) -> str:
    outcome = criterion.outcome
    subject = wording.OUTCOME_WORDS[outcome].subject if outcome else "een van de uitkomsten"
    return f"Dit is niet getoetst: er zijn geen gegevens over {subject} aangeleverd."


def _too_little_data(criterion: PublishedCriterion, result: PublishedResult) -> str:
    level = wording.level(result.settings.confidence_level)
    return (
        f"Er zijn te weinig gegevens om aan te tonen (betrouwbaarheid {level}) dat hieraan wordt "
        "voldaan; dat er niet aan wordt voldaan, volgt daar niet uit."
        f"{own_contradiction(criterion, result)}{contacts_needed(criterion, result)}"
    )


def _count_for_less(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return that contacts that are alike count for less, and for how many where that is told."""
    less = (
        "Contacten die samenhangen, zoals die met dezelfde persoon of binnen één campagne, tellen "
        "daarbij voor minder."
    )
    found = None if criterion.outcome is None else result.outcomes[criterion.outcome]
    match None if found is None or are_mixed(found.rows) else found.total:
        case RateRow(contacts=Exact(contacts), design_effect=float(effect)) if effect > 1:
            return (
                f"{less} De {wording.number(contacts)} contacten van alle maanden samen tellen "
                f"zo voor ongeveer {wording.number(wording.two_digits(contacts / effect))}."
            )
        case _:
            return less


def contacts_needed(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return how many contacts a test asks for, or nothing where that is not known.

    Args:
        criterion: of the result.
        result: published.
    """
    needed = criterion.contacts_needed
    if needed is None:
        return ""
    words = f"ongeveer {wording.counted(needed, 'contact', 'contacten')}"
    if criterion.kind == OVERALL_RATE:
        return (
            f" Een toets vraagt ten minste {words} in de eerste maanden die samen de helft van "
            "alle contacten bevatten, en meer naarmate wat is waargenomen dichter bij de grens "
            f"ligt. {_count_for_less(criterion, result)}"
        )
    if criterion.last_month_with_evidence is None:
        return (
            f" Een toets vraagt {words} binnen hooguit zes opeenvolgende maanden. "
            f"{_count_for_less(criterion, result)}"
        )
    return (
        f" Een toets vraagt ten minste {words} binnen hooguit zes opeenvolgende maanden. Die zijn "
        "er, maar wat is waargenomen ligt zo dicht bij de grens dat meer contacten nodig zijn."
    )


def through_month(tested: Tested, level: str) -> str:
    """Return up to which month a criterion holds, by the estimate and at the limit.

    Examples:
        >>> from balanstest_analysis.published.criteria import Crossing
        >>> crossing = Crossing(estimate=21.9, lower=21.2, upper=None)
        >>> through_month(Tested(term_months=22, crossing=crossing), "95%")[-53:]
        'maand 21; dat is ook aangetoond (betrouwbaarheid 95%)'
    """
    last, estimate = tested.term_months - 1, _estimated(tested)
    if estimate is None:
        return (
            "Volgens de schatting wordt hieraan voldaan in alle maanden met voldoende gegevens; "
            f"aangetoond (betrouwbaarheid {level}) is dat tot en met maand {last}"
        )
    fitted = f"Volgens de schatting wordt hieraan voldaan tot en met maand {estimate}"
    if estimate == last:
        return f"{fitted}; dat is ook aangetoond (betrouwbaarheid {level})"
    return f"{fitted}; aangetoond (betrouwbaarheid {level}) is dat tot en met maand {last}"


def _shown(tested: Tested, level: str) -> str:
    return (
        f"Aangetoond (betrouwbaarheid {level}) is dat hieraan wordt voldaan tot en met maand "
        f"{tested.term_months - 1}"
    )


def holds_throughout(criterion: PublishedCriterion) -> bool:
    """Return whether the averaged curve satisfies a criterion in all months with enough data."""
    is_monthly = isinstance(criterion.support, Tested) and criterion.kind != OVERALL_RATE
    return is_monthly and criterion.crossing.estimate is None


def estimated_last_month(criterion: PublishedCriterion) -> int | None:
    """Return the last month that satisfies a criterion by the point estimate, or None.

    A published crossing is rounded to a tenth, so the lowest value it can stand for is used.
    """
    support = criterion.support
    return _estimated(support) if isinstance(support, Tested) else None


def _estimated(tested: Tested) -> int | None:
    estimate = tested.crossing.estimate
    if estimate is None:
        return None
    return max(math.floor(estimate - ROUNDING), tested.term_months - 1)


def _brake(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return what the printed row says in which the term ends, or nothing."""
    if criterion.kind == OVERALL_RATE:
        return own_contradiction(criterion, result)
    term = criterion.term_months
    month = criterion.contradicted_from_month
    if month is not None and term is not None and month <= term:
        return f" De waarnemingen in de rij vanaf maand {month} spreken dit criterium zelf tegen."
    month = criterion.unshown_from_month
    if month is not None and term is not None and month <= term:
        return (
            " Geen enkele kromme beschrijft deze gegevens, en in de rij vanaf maand "
            f"{month} laten de waarnemingen zelf niet zien dat nog aan het criterium wordt voldaan."
        )
    return ""
