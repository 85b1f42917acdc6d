"""What binds the proposal, how sure that is, and whether the privacy side had a say."""

from __future__ import annotations

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.conclusions.criteria import (
    demand_of,
    quoted,
    through_month,
)
from balanstest_analysis.presentation.conclusions.overall import through_overall
from balanstest_analysis.published.criteria import Argued, PublishedCriterion, Tested, Unsupported
from balanstest_analysis.published.names import OVERALL_RATE
from balanstest_analysis.published.result import PublishedResult


def binding(result: PublishedResult) -> str:
    """Return which criterion, cap or end of evidence decides the proposal."""
    cap, uncapped = result.regime.cap_months, result.proposal.uncapped_term_months
    if result.proposal.cap_binds and cap is not None and uncapped is not None:
        return _cap_binds(result, cap, uncapped)
    if result.proposal.evidence_binds and uncapped is not None:
        return _evidence_binds(result, uncapped)
    return _criterion_binds(result)


def _cap_binds(result: PublishedResult, cap: int, uncapped: int) -> str:
    return (
        f"**Bindend** is de grens van {wording.months(cap)} uit de regeling "
        f"({literal(result.regime.name)}). Die grens is een maximum en geen recht: zij zegt niets "
        f"over de vraag of deze termijn redelijk is. {_without_cap(result, uncapped)}"
    )


def _without_cap(result: PublishedResult, uncapped: int) -> str:
    supported = [
        (item.term_months, item) for item in result.criteria if item.term_months is not None
    ]
    if result.proposal.route == "request" and supported:
        _, shortest = min(supported, key=lambda pair: pair[0])
        ends = "het einde van het bewijs over " if _is_open(shortest) else ""
        return (
            f"Wat de gegevens dragen, wordt bepaald door {ends}het criterium "
            f"{quoted(shortest.name)}."
        )
    return f"Zonder die grens dragen de getoetste criteria {wording.months(uncapped)}."


def _evidence_binds(result: PublishedResult, uncapped: int) -> str:
    ending = [quoted(name) for name in deciding_names(result)]
    about = f" over {wording.enumerated(ending)}" if ending else ""
    return (
        f"**Bindend** is het einde van het bewijs{about}: na maand {uncapped - 1} zijn er te "
        "weinig contacten om iets te kunnen vaststellen. Verder dan het bewijs reikt, worden de "
        "krommen niet doorgetrokken."
    )


def _is_open(criterion: PublishedCriterion) -> bool:
    """Return whether the evidence ends before the criterion fails."""
    return criterion.status == "not_reached_in_data"


def deciding_names(result: PublishedResult) -> tuple[str, ...]:
    """Return the criteria that decide the proposal: that which binds, or whose evidence ends."""
    proposal = result.proposal
    if not proposal.evidence_binds:
        return tuple(item.name for item in result.criteria if item.name == proposal.binding)
    return tuple(
        item.name
        for item in result.criteria
        if isinstance(item.support, Tested) and item.term_months == proposal.uncapped_term_months
    )


def _criterion_binds(result: PublishedResult) -> str:
    criterion = result.criterion_named(result.proposal.binding)
    if criterion is None:
        return ""
    norm = literal(wording.norm(demand_of(criterion), result.settings.denominator))
    return f"**Bindend** is het criterium {quoted(criterion.name)}: {norm}."


def uncertainty(result: PublishedResult) -> str:
    """Return how sure the term is: by estimate and limit where a criterion binds.

    Beyond a cap, or where the evidence ends, the limit alone tells; words have none.
    """
    criterion = result.criterion_named(result.proposal.binding)
    level = wording.level(result.proposal.confidence_level)
    if criterion is None:
        return _without_crossing(result, level)
    match criterion.support:
        case Argued():
            return (
                "**Onzekerheid.** Dit criterium rust op een argument in woorden en niet op de "
                "gegevens; een marge is daarbij niet te geven."
            )
        case Tested() as tested:
            return (
                f"**Onzekerheid.** {_through(criterion, tested, level)}. Het voorstel volgt de "
                "ondergrens en niet de schatting, omdat de organisatie moet kunnen aantonen dat "
                "de termijn redelijk is."
            )
        case Unsupported():
            return ""


def _through(criterion: PublishedCriterion, tested: Tested, level: str) -> str:
    overall = criterion.kind == OVERALL_RATE
    return through_overall(tested, level) if overall else through_month(tested, level)


def _without_crossing(result: PublishedResult, level: str) -> str:
    uncapped = result.proposal.uncapped_term_months
    if uncapped is None:
        return ""
    if not result.proposal.cap_binds:
        return (
            f"**Onzekerheid.** Ook op de ondergrens van {level} wordt aan de getoetste criteria "
            f"voldaan tot en met maand {uncapped - 1}; over latere maanden zeggen de gegevens "
            "niets."
        )
    shortest = [item.support for item in result.criteria if item.term_months == uncapped]
    if any(isinstance(support, Argued) for support in shortest):
        words = "volgen uit een argument in woorden; een marge is daarbij niet te geven"
    else:
        words = f"gelden op de ondergrens van {level}, dus met de onzekerheid al meegerekend"
    return (
        f"**Onzekerheid.** De {wording.months(uncapped)} die de getoetste criteria dragen, {words}."
    )


def privacy_side(result: PublishedResult) -> str:
    """Return that the privacy side set no bound, and why; empty where it did."""
    if result.proposal.privacy_binds:
        return ""
    return f"**De privacykant heeft deze termijn niet begrensd.** {_why_not_bound(result)}"


def _why_not_bound(result: PublishedResult) -> str:
    burden = [item for item in result.criteria if item.is_on_burden]
    if not burden:
        return (
            "Er is geen criterium gesteld over verzet of klachten; de weging is daarmee eenzijdig."
        )
    aside = {item.criterion for item in result.proposal.set_aside}
    if all(item.name in aside for item in burden):
        return "De organisatie heeft de criteria over verzet en klachten terzijde gelegd."
    if any(item.name in aside for item in burden):
        return (
            "Van de criteria over verzet en klachten heeft de organisatie een deel terzijde "
            "gelegd; het andere deel laat een even lange of langere termijn toe."
        )
    return (
        "De criteria over verzet en klachten laten, zover het bewijs reikt, een even lange of "
        "langere termijn toe."
    )
