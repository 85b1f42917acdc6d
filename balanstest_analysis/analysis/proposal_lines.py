"""What is said of a proposal and its criteria to an analyst: exact, in English."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from rich.markup import escape
from rich.table import Table

from balanstest_analysis.analysis.exact_result import Standing
from balanstest_analysis.dossier.criteria import Horizon
from balanstest_analysis.dossier.statements import CONDITIONS
from balanstest_analysis.published.names import JOINT_KINDS, OUTCOMES, OVERALL_RATE
from balanstest_analysis.published.open_ends import OpenEnd, open_conditions, open_ends
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.outcomes import OutcomeAnalysis
from balanstest_analysis.term.proposal import TermProposal


def proposal_line(standing: Standing) -> str:
    """Return what page one of the report says of the proposal, in English.

    Args:
        standing: of the proposal.
    """
    proposal = standing.proposal
    bound = f", bound by {_binding(proposal)}" if proposal.term_months is not None else ""
    sentences = (f"{_headline(standing)}{bound}", *_beside(standing))
    return " ".join(f"{sentence}." for sentence in sentences)


def _headline(standing: Standing) -> str:
    """Return the outcome; which of these it is, page one decides in the same order."""
    proposal = standing.proposal
    term, asked = proposal.term_months, proposal.requested_term_months
    if proposal.status == "not_allowed":
        return "No term: calling without prior consent is not allowed"
    if standing.regime.needs_no_test:
        otherwise = "" if term is None else f"; otherwise a term of at most {_months(term)}"
        return f"No test required: numbers in the Bel-me-niet Register are left out{otherwise}"
    if proposal.status == "undetermined":
        return f"No proposal yet: {_named(proposal.untested)} could not be tested"
    if term is None:
        return f"No proposal: the data support no term{_refuted(proposal)}"
    if proposal.route == "request" and asked is not None:
        within = f"within the cap a term of at most {_months(term)}"
        return f"Request for {_months(asked)}: {_support(standing, asked)}; {within}"
    kind = "Provisional proposal" if _open_ends(standing) else "Proposal"
    lawyer = ", subject to a legal opinion" if _for_a_lawyer(standing) else ""
    return f"{kind}: a term of at most {_months(term)}{lawyer}"


def _open_ends(standing: Standing) -> tuple[OpenEnd, ...]:
    return open_ends(standing.proposal.status, standing.gaps, standing.relations)


def _support(standing: Standing, asked: int) -> str:
    """Return how far the data carry a request."""
    proposal = standing.proposal
    if (proposal.uncapped_term_months or 0) < asked:
        return "the data do not support it"
    carried = [r for r in proposal.per_criterion if r.term_months is not None]
    if all(isinstance(found.criterion, Horizon) for found in carried):
        return "it rests on an argument alone"
    if "set_aside" in _open_ends(standing):
        return "supported as far as it was tested, and not everything was"
    if _open_ends(standing):
        return "provisionally supported"
    return "the data support it by your own criteria"


def _refuted(proposal: TermProposal) -> str:
    refuted = [r.criterion.name for r in proposal.per_criterion if r.is_refuted]
    return f", as they refute {_named(refuted)}" if refuted else ""


def _for_a_lawyer(standing: Standing) -> bool:
    return standing.regime.needs_ground and "for_a_lawyer" in standing.conditions.values()


def _binding(proposal: TermProposal) -> str:
    """Return what the term ends by, and what it would be without the cap where that is more."""
    match proposal.binding:
        case "regime_cap":
            binding = "the cap"
        case "last_month_with_evidence":
            binding = f"the end of the evidence, month {proposal.last_month_with_evidence}"
            binding += "".join(_lacking(proposal))
        case name:
            binding = f"`{name}`"
    if proposal.uncapped_term_months == proposal.term_months:
        return binding
    return f"{binding} (without the cap {_months(proposal.uncapped_term_months)})"


def _lacking(proposal: TermProposal) -> Iterator[str]:
    """Yield which criterion cannot be tested after the evidence, and what that would take."""
    for found in proposal.per_criterion:
        ends = found.last_month_with_evidence == proposal.last_month_with_evidence
        in_windows = found.criterion.kind != OVERALL_RATE
        if (
            ends
            and in_windows
            and found.contacts_needed is not None
            and found.status != "too_little_data"
        ):
            yield (
                f": after it `{found.criterion.name}` cannot be tested, which takes at least "
                f"{found.contacts_needed:,} contacts in six months"
            )
            return


def _beside(standing: Standing) -> Iterator[str]:
    """Yield what else page one says of the criteria, and why a term is provisional."""
    proposal = standing.proposal
    if proposal.status == "undetermined" and proposal.tested_term_months is not None:
        yield f"The tested criteria carry at most {_months(proposal.tested_term_months)}"
    if proposal.status == "undetermined":
        yield "`check` says what these contacts can test, and how to set a criterion aside"
    if proposal.set_aside and proposal.status != "not_allowed":
        yield f"Set aside, not tested: {_named(proposal.set_aside)}"
    why = [_why(end, standing) for end in _open_ends(standing)]
    if why and proposal.term_months is not None and not standing.regime.needs_no_test:
        yield f"Provisional, because {' and '.join(why)}"


def _why(end: OpenEnd, standing: Standing) -> str:
    match end:
        case "set_aside":
            return "not every criterion was tested"
        case "reading_of_law":
            return "a reading of the law is not settled"
        case "conditions":
            left, all_of_them = open_conditions(standing.gaps), len(CONDITIONS)
            if left == all_of_them:
                return (
                    f"none of the {all_of_them} conditions for calling without consent is answered"
                )
            are = "is" if left == 1 else "are"
            of_them = f"{left} of the {all_of_them} conditions for calling without consent"
            return f"{of_them} {are} unanswered"


def outcome_lines(outcomes: Mapping[str, OutcomeAnalysis]) -> Iterator[str]:
    """Yield which outcomes were not delivered, and which no simple curve describes.

    Args:
        outcomes: analysed, by name.
    """
    for name in OUTCOMES:
        if name not in outcomes:
            yield f"No data were delivered about the {name}s."
        elif outcomes[name].fits.poorly_described:
            yield f"Warning, {name}: no simple curve describes these data."


def term_line(criteria: Sequence[CriterionResult]) -> Iterator[str]:
    """Yield how a limit in months becomes a term, by the first criterion that shows it.

    Args:
        criteria: as they are shown.

    Examples:
        >>> from balanstest_analysis.dossier.criteria import MaximumRate
        >>> shown = MaximumRate(
        ...     name="a", kind="maximum_rate", outcome="objection", threshold=0.05, reason="b"
        ... )
        >>> found = CriterionResult(criterion=shown, status="reached", term_months=18, lower=17.1)
        >>> print(*term_line([found]))
        Months count from 0: a lower limit of 17.1 still holds month 17, and months 0 through 17 are
        a term of 18.
    """
    for found in criteria:
        term = found.term_months
        if found.status == "reached" and found.lower is not None and term:
            yield (
                f"Months count from 0: a lower limit of {found.lower:.1f} still holds month "
                f"{term - 1}, and months 0 through {term - 1} are a term of {term}."
            )
            return


def unbounded_lines(standing: Standing, delivered: Collection[str]) -> Iterator[str]:
    """Yield which outcomes that are a burden, and were delivered, no criterion is about.

    Args:
        standing: of the proposal.
        delivered: names of outcomes.
    """
    judged = [found.stated for found in standing.proposal.per_criterion]
    if all(stated.kind not in JOINT_KINDS for stated in judged):
        burdens = {"objection", "complaint"}.intersection(delivered)
        for name in sorted(burdens - {stated.outcome for stated in judged}):
            yield f"No criterion is about {name}s: however many there are, the term is no shorter."


def _months(number: int | None) -> str:
    return f"{number} month{'' if number == 1 else 's'}"


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def criteria_table(criteria: Sequence[CriterionResult]) -> Table:
    """Return what the data show of every criterion, in words, and its term in months."""
    table = Table("criterion", "what the data show (months)", "term")
    for found in criteria:
        term = "none" if found.term_months is None else str(found.term_months)
        table.add_row(escape(found.criterion.name), criterion_words(found), term)
    return table


def criterion_words(found: CriterionResult) -> str:
    """Return what the data show of one criterion, with the months of estimate and limits.

    Args:
        found: of `judge`.

    Examples:
        >>> from balanstest_analysis.dossier.criteria import Horizon
        >>> term = Horizon(name="a", kind="horizon", months=24, reason="b")
        >>> criterion_words(CriterionResult(criterion=term, status="reached", term_months=24))
        'stated, and not tested on data'
    """
    if isinstance(found.criterion, Horizon):
        return "stated, and not tested on data"
    if found.status == "not_reached_in_data" and found.last_month_with_evidence is not None:
        # data may go on after it, with too few contacts to tell
        last = found.last_month_with_evidence
        shown = f"the threshold is not crossed through month {last}, where its evidence ends"
    elif _is_near(found):
        shown = (
            "not to be told from its limit: what was seen lies too near it for the contacts that "
            f"there are, though a test takes at least {found.contacts_needed:,} in six months"
        )
    else:
        shown = ", ".join((found.status.replace("_", " "), *_months_of(found)))
    first = found.first_month_with_evidence
    return f"{shown}; tested from month {first}, and not before" if first else shown


def _is_near(found: CriterionResult) -> bool:
    """Return whether the contacts that a test takes are there, and yet show nothing."""
    return found.status == "too_little_data" and found.last_month_with_evidence is not None


def _months_of(found: CriterionResult) -> Iterator[str]:
    match found.status:
        case "reached" if found.lower is not None:
            yield _month("estimate", found.crossing)
            yield _month("lower limit", found.lower)
            yield _month("upper limit", found.upper)
        case "holds_between" if found.holds_from_month is not None:
            yield f"fails at first, and is shown to hold from month {found.holds_from_month}"
        case "too_little_data" if found.contacts_needed is not None:
            overall = found.criterion.kind == OVERALL_RATE
            first = "the first months, until half of all are in"
            where = first if overall else "six months"
            yield (
                f"a test takes about {found.contacts_needed:,} contacts in {where}, and those of "
                "one person or campaign count for less"
            )


def _month(name: str, value: float | None) -> str:
    return f"{name} beyond the evidence" if value is None else f"{name} {value:.1f}"
