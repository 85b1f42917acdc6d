"""What was counted near the end of the term, and what a shorter one would have spared and cost."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.rows import (
    YEAR,
    MonthBlock,
    block_between,
    common_ends,
    first_month,
)
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.decision import Decision
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.result import PublishedResult


def burden_at_end(result: PublishedResult) -> str:
    """Return how many objections stood beside every 100 conversions in the last rows of the term.

    These are counts and no estimates, and the sentence says so by naming their months. Nothing is
    said where they are hidden.

    Args:
        result: with a term.
    """
    term = result.proposal.evaluated_term_months
    blocks = _common_blocks(result)
    if term is None or not blocks:
        return ""
    start = blocks[0]
    end = next((block for block in blocks if block.month_to >= term - 1), blocks[-1])
    at_end, at_start = objections_per_100(end), objections_per_100(start)
    if at_end is None:
        return ""
    where = f"{_end_of(result, end, term)}, {_where(end)}, stonden"
    if start == end:
        where = f"{wording.capital(_where(end))} stonden"
    sentence = f"{where} tegenover elke 100 conversies {objections_in_words(at_end)}"
    if at_start is None or start == end or _of_several_reports(result):
        return f"{sentence}."
    return f"{sentence}; {_where(start)} waren dat er {wording.number(at_start)}."


def _end_of(result: PublishedResult, end: MonthBlock, term: int) -> str:
    """Return what ends in these months: the data, or the term at which all is weighed."""
    if end.month_to < term - 1:
        return "Aan het einde van de gegevens"
    if result.proposal.route != "request":
        return "Rond het einde van de termijn"
    is_asked = term == result.proposal.requested_term_months
    which = "gevraagde termijn" if is_asked else "termijn die uit de criteria volgt"
    return f"Rond het einde van de {which}"


def _of_several_reports(result: PublishedResult) -> bool:
    names: tuple[Outcome, ...] = ("conversion", "objection")
    return any(are_mixed(result.outcomes[name].rows) for name in names)


def objections_in_words(number: float) -> str:
    """Return a rounded number of objections with its noun.

    Examples:
        >>> objections_in_words(74.6), objections_in_words(1.2)
        ('75 meldingen van verzet', '1 melding van verzet')
    """
    outcome: Outcome = "objection"
    words = wording.OUTCOME_WORDS[outcome]
    return wording.counted(round(number), words.singular, words.plural)


def _where(block: MonthBlock) -> str:
    return wording.in_months(block.month_from, block.month_to)


def _common_blocks(result: PublishedResult) -> list[MonthBlock]:
    """Return the shortest stretches in which conversions and objections are both printed."""
    ends = [first_month(result) - 1, *common_ends(result)]
    return [block_between(result, before + 1, end) for before, end in pairwise(ends)]


def objections_per_100(block: MonthBlock) -> float | None:
    """Return objections per 100 conversions; None where a count is hidden, or the contacts differ.

    Args:
        block: of rows that were added up.
    """
    conversions, objections = _counts(block, "conversion"), _counts(block, "objection")
    if conversions is None or objections is None or conversions.contacts != objections.contacts:
        return None
    return 100 * objections.events / conversions.events if conversions.events else None


class _Counts(NamedTuple):
    events: int
    contacts: int


def _counts(block: MonthBlock, outcome: Outcome) -> _Counts | None:
    events, contacts = block.events.get(outcome), block.contacts.get(outcome)
    if events is None or contacts is None:
        return None
    return _Counts(events=events, contacts=contacts)


def shorter_term(result: PublishedResult) -> str:
    """Return which share of conversions and objections lies beyond a shorter term.

    Args:
        result: with a term, and rows that end within it.
    """
    term = result.proposal.evaluated_term_months
    ends = common_ends(result)
    if term is None or len(ends) < 2:
        return ""
    last = max((end for end in ends if end < term), default=ends[0])
    earlier = [end for end in ends if end < last]
    if not earlier:
        return ""
    wanted = (term - 1) // YEAR * YEAR or term // 2
    cut = min(earlier, key=lambda end: abs(end + 1 - wanted)) + 1
    start = first_month(result)
    offer = _Offer(_offered(result, cut), _decided_already(result, cut))
    return _compared(
        offer, block_between(result, start, cut - 1), block_between(result, start, last)
    )


class _Offer(NamedTuple):
    """What a shorter term is called, and that no more was decided; empty where more was."""

    words: str
    decided: str


def _offered(result: PublishedResult, cut: int) -> str:
    """Return what the shorter term is called; under a request the proposal may be one."""
    if cut == result.proposal.term_months:
        return f"De kortere termijn van het voorstel, {wording.months(cut)},"
    return f"Een kortere termijn van {wording.months(cut)}"


def _decided_already(result: PublishedResult, cut: int) -> str:
    """Return that the organisation itself decided on no more, so that nothing is offered it."""
    decision = result.decision
    if not isinstance(decision, Decision) or decision.term_months > cut:
        return ""
    if not decision.term_months:
        return " De organisatie besloot om oud-klanten niet te bellen."
    if decision.term_months == cut:
        return " De organisatie besloot al tot die termijn."
    return (
        f" De organisatie besloot al tot een nog kortere: {wording.months(decision.term_months)}."
    )


def _compared(offer: _Offer, shorter: MonthBlock, longer: MonthBlock) -> str:
    kept = _share(shorter, longer, "conversion")
    spared = _share(shorter, longer, "objection")
    if kept is None or spared is None:
        return f"{offer.words} hoort als alternatief in de weging.{offer.decided}"
    late = wording.in_months(shorter.month_to + 1, longer.month_to)
    return (
        f"{offer.words} is een alternatief.{offer.decided} Van de meldingen van verzet "
        f"{_where(longer)} viel {wording.percentage(1 - spared, 0)} {late}, van de conversies "
        f"{wording.percentage(1 - kept, 0)}."
    )


def _share(shorter: MonthBlock, longer: MonthBlock, outcome: Outcome) -> float | None:
    part, whole = shorter.events.get(outcome), longer.events.get(outcome)
    return None if part is None or not whole else part / whole
