"""What binds the proposal, how sure that is, and whether the privacy side had a say."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.conclusions.criteria import (
    demand_of,
    quoted,
    through_month,
)
from balanstest_analysis.presentation.conclusions.overall import through_overall
from balanstest_analysis.presentation.conclusions.rows import no_or_too_few
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
        f"**Doorslaggevend** is de grens van {wording.months(cap)} (Code Telemarketing, "
        "zelfregulering; niet de wet). Die grens is een maximum en geen recht: zij zegt niets "
        f"over de vraag of deze termijn redelijk is. {_without_cap(result, uncapped)}"
    )


def _without_cap(result: PublishedResult, uncapped: int) -> str:
    shortest = _shortest(result)
    if result.proposal.route == "request" and shortest:
        which = _these([quoted(item.name) for item in shortest])
        if all(_is_open(item) for item in shortest):
            return (
                f"Zonder die grens is doorslaggevend dat er na maand {uncapped - 1} "
                f"{no_or_too_few(result, uncapped)} gegevens zijn om {which} te toetsen."
            )
        verb = "is" if len(shortest) == 1 else "zijn"
        return f"Zonder die grens {verb} {which} doorslaggevend."
    return (
        f"Zonder die grens zou uit de criteria een termijn van {wording.months(uncapped)} volgen."
    )


def _these(names: Sequence[str]) -> str:
    which = "het criterium" if len(names) == 1 else "de criteria"
    return f"{which} {wording.enumerated(names)}"


def _shortest(result: PublishedResult) -> list[PublishedCriterion]:
    """Return the criteria from which the shortest term follows; none where none gives a term."""
    terms = [item.term_months for item in result.criteria if item.term_months is not None]
    return [item for item in result.criteria if terms and item.term_months == min(terms)]


def term_cause(result: PublishedResult) -> str:
    """Return what the length of the term follows from; under a request also without the cap.

    Args:
        result: with a term.
    """
    proposal, cap = result.proposal, result.regime.cap_months
    if not proposal.cap_binds or cap is None:
        return f"zij volgt {_cause(result, is_open=proposal.evidence_binds)}"
    if proposal.route != "request":
        return f"zij volgt uit {wording.cap(cap)}"
    is_open = all(_is_open(item) for item in _shortest(result))
    without = _cause(result, is_open=is_open)
    return f"zij volgt uit {wording.cap(cap)} en, zonder die grens, {without}"


def ends_with_data(result: PublishedResult) -> bool:
    """Return whether the term that follows from the criteria ends only because the data do.

    Args:
        result: published.
    """
    proposal, shortest = result.proposal, _shortest(result)
    if proposal.cap_binds:
        opened = bool(shortest) and all(_is_open(item) for item in shortest)
        return opened and proposal.route == "request"
    return proposal.evidence_binds


def _cause(result: PublishedResult, *, is_open: bool) -> str:
    shortest = _shortest(result)
    if is_open:
        uncapped = result.proposal.uncapped_term_months or 0
        enough = "voldoende " if no_or_too_few(result, uncapped) == "te weinig" else ""
        return f"uit het ontbreken van {enough}gegevens na maand {uncapped - 1}"
    on_burden = [quoted(item.name) for item in shortest if item.is_on_burden]
    if on_burden and result.proposal.cap_binds:
        return f"uit {_these(on_burden)}"
    if all(isinstance(item.support, Argued) for item in shortest):
        return "uit een redenering"
    return "uit het belang van de organisatie"


def _evidence_binds(result: PublishedResult, uncapped: int) -> str:
    ending = [quoted(name) for name in deciding_names(result)]
    few = no_or_too_few(result, uncapped)
    about = f" om {_these(ending)} te toetsen" if ending else ""
    needed = _contacts_needed(result) if few == "te weinig" else ""
    return (
        f"**Doorslaggevend** is dat er na maand {uncapped - 1} {few} gegevens zijn{about}; "
        f"de krommen worden niet verder doorgetrokken.{needed}"
    )


def _contacts_needed(result: PublishedResult) -> str:
    """Return how many contacts the test takes of the one criterion whose evidence ends."""
    deciding = [result.criterion_named(name) for name in deciding_names(result)]
    match deciding:
        case [PublishedCriterion(contacts_needed=int(needed), kind=kind)] if kind != OVERALL_RATE:
            contacts = wording.counted(needed, "contact", "contacten")
            return f" Een toets vraagt ten minste {contacts} binnen hooguit zes maanden."
        case _:
            return ""


def _is_open(criterion: PublishedCriterion) -> bool:
    """Return whether the data end before the criterion fails."""
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
    return f"**Doorslaggevend** is het criterium {quoted(criterion.name)}: {norm}."


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
                "**Onzekerheid.** Dit criterium berust op een redenering en niet op gegevens; "
                "daarom hoort er geen onzekerheidsmarge bij."
            )
        case Tested() as tested:
            return (
                f"**Onzekerheid.** {_through(criterion, tested, level)}. Het voorstel berust op "
                "wat is aangetoond en niet op de schatting, omdat de organisatie moet kunnen "
                "aantonen dat de termijn redelijk is."
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
            f"**Onzekerheid.** Aangetoond (betrouwbaarheid {level}) is dat tot en met maand "
            f"{uncapped - 1} aan de criteria wordt voldaan. Voor latere maanden zijn er "
            f"{no_or_too_few(result, uncapped)} gegevens om dat aan te tonen."
        )
    return f"**Onzekerheid.** De {wording.months(uncapped)} {_basis(result, uncapped, level)}."


def _basis(result: PublishedResult, uncapped: int, level: str) -> str:
    """Return what the shortest term rests on: a test where there is one, else an argument."""
    shortest = [item.support for item in result.criteria if item.term_months == uncapped]
    if any(isinstance(support, Tested) for support in shortest):
        return f"zijn aangetoond (betrouwbaarheid {level}); de onzekerheid is daarin al verwerkt"
    return (
        "volgen uit een redenering en niet uit metingen; daarom hoort er geen onzekerheidsmarge bij"
    )


def privacy_side(result: PublishedResult) -> str:
    """Return that the privacy side set no bound, and why; empty where it did."""
    if result.proposal.privacy_binds or _burden_decides(result):
        return ""
    burden = [item for item in result.criteria if item.is_on_burden]
    if not burden:
        return (
            "**Er is geen criterium gesteld over verzet of klachten.** De weging is daarmee "
            "eenzijdig."
        )
    return (
        "**Geen criterium over verzet of klachten heeft de voorgestelde termijn bepaald.** "
        f"{_why_not_bound(result, burden)}"
    )


def _burden_decides(result: PublishedResult) -> bool:
    """Return whether the data about criteria on burden end first, and about no others."""
    deciding = set(deciding_names(result)) if result.proposal.evidence_binds else set()
    found = [item for item in result.criteria if item.name in deciding]
    return bool(found) and all(item.is_on_burden for item in found)


def _why_not_bound(result: PublishedResult, burden: Sequence[PublishedCriterion]) -> str:
    aside = {item.criterion for item in result.proposal.set_aside}
    if all(item.name in aside for item in burden):
        return "De organisatie heeft de criteria over verzet en klachten terzijde gelegd."
    if any(item.name in aside for item in burden):
        return (
            "Van de criteria over verzet en klachten heeft de organisatie een deel terzijde "
            "gelegd; uit het andere deel volgt een even lange of langere termijn."
        )
    about = _these([quoted(item.name) for item in burden])
    return f"Uit {about} {_follows(result, burden)}."


def _follows(result: PublishedResult, burden: Sequence[PublishedCriterion]) -> str:
    """Return the terms of the criteria on burden, beside the one that is proposed."""
    terms = [item.term_months or 0 for item in burden]
    own = result.proposal.term_months or 0
    far = ", voor zover er gegevens zijn," if any(_is_open(item) for item in burden) else ""
    if len({*terms}) > 1:
        several = wording.enumerated([str(term) for term in terms])
        return f"volgen{far} termijnen van {several} maanden"
    if terms[0] == own:
        return f"volgt{far} een even lange termijn"
    return f"volgt{far} een langere termijn: {wording.months(terms[0])}"
