"""The two tables of page one: how wide the answer is, and what it brings and costs in people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table, literal
from balanstest_analysis.presentation.conclusions import MonthBlock, changed
from balanstest_analysis.presentation.conclusions.balance import Balance, balance_of, per_thousand
from balanstest_analysis.presentation.conclusions.requested import Evaluated, evaluated
from balanstest_analysis.presentation.conclusions.span import (
    NOT_ALIKE,
    AtLeast,
    Span,
    reach_words,
    rests_on_a_test,
    span_of,
)
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.presentation.places import APPENDIX_C
from balanstest_analysis.published.criteria import OtherChoice
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.outcomes import AtMost, Observed
from balanstest_analysis.published.result import PublishedResult

LISTED = 3
FEW_CURVES = 2


def span_table(result: PublishedResult) -> Table | None:
    """Return the four numbers between which the proposal is placed, or None without a term.

    Args:
        result: published.
    """
    span = span_of(result)
    if span is None:
        return None
    level = wording.level(result.settings.confidence_level)
    return Table(
        columns=(
            f"Aangetoond (betrouwbaarheid {level})",
            "Volgens de schatting",
            "Elk tijdvak apart getoetst",
            "Kortste bij een andere rekenwijze",
        ),
        rows=(
            tuple(
                reach_words(reach)
                for reach in (span.shown, span.estimated, span.row_by_row, span.shortest)
            ),
        ),
        caption="De termijn volgens verschillende rekenwijzen",
        align="rrrr",
        note=" ".join(_span_notes(result, span)),
    )


def _span_notes(result: PublishedResult, span: Span) -> Iterator[str]:
    cap = result.regime.cap_months
    if span.without_cap and cap is not None:
        yield f"De termijnen in deze tabel zijn berekend zonder {wording.cap(cap)}."
    if rests_on_a_test(result):
        binds = result.proposal.cap_binds and cap is not None
        limit = f"; door de grens in de Code is het ten hoogste {wording.months(cap or 0)}" * binds
        yield f"Het voorstel gaat uit van de aangetoonde termijn en niet van de schatting{limit}."
    if any(isinstance(reach, AtLeast) for reach in (span.estimated, span.row_by_row)):
        yield "‘Of meer’: voor latere maanden zijn er te weinig gegevens."
    if span.undetermined:
        ways = "rekenwijze" if span.undetermined == 1 else "rekenwijzen"
        choices = f"{wording.spelled(span.undetermined)} andere {ways}"
        yield f"Bij {choices} is er nog geen voorstel."
    if span.shortest_choices:
        which = "overige" if span.undetermined else "andere"
        none = f"Geen van de {which} rekenwijzen geeft een kortere termijn."
        yield _shortest(result, span.shortest_choices) if span.is_shorter else none
    yield from _left_out(result)


def _shortest(result: PublishedResult, lines: Sequence[OtherChoice]) -> str:
    """Return under which choices the term is shortest; of single curves by name where few."""
    if {line.choice for line in lines} == {"family"}:
        where = "" if _others(result) else f"; zie {APPENDIX_C}"
        return f"De kortste volgt uit {_of_curves(lines)}{where}."
    return f"De kortste hoort bij {literal(_choices(result, lines))}."


def _of_curves(lines: Sequence[OtherChoice]) -> str:
    """Return that single curves give the shortest term, by name where they are one or two."""
    if len(lines) > FEW_CURVES:
        return "één soort kromme in plaats van het gemiddelde van alle krommen"
    names = " of ".join(wording.choice_value(line.choice, line.value) for line in lines)
    return f"één kromme ({names}) in plaats van alle krommen samen"


def _others(result: PublishedResult) -> set[str]:
    return {line.choice for line in result.sensitivity}.intersection(NOT_ALIKE)


def _left_out(result: PublishedResult) -> Iterator[str]:
    """Yield which other choices the shortest term leaves out, and what a threshold would give."""
    others = _others(result)
    if not others:
        return
    own, *_ = wording.DENOMINATORS[result.settings.denominator]
    other = " of ".join(
        wording.choice_value(line.choice, line.value)
        for line in result.sensitivity
        if line.choice == "denominator"
    )
    denominator = f"een andere noemer (per {other} in plaats van per {own})"
    names = {"threshold": "andere drempelwaarden", "denominator": denominator}
    told = wording.capital(wording.enumerated([names[one] for one in NOT_ALIKE if one in others]))
    verb = "tellen" if "threshold" in others else "telt"
    yield f"{told} {verb} hier niet mee; zie {APPENDIX_C}."
    yield from _of_other_thresholds(result)


def _of_other_thresholds(result: PublishedResult) -> Iterator[str]:
    """Yield the shortest term under another threshold, where that is shorter than is shown."""
    terms = [line.term_months for line in result.sensitivity if line.choice == "threshold"]
    known = [term for term in terms if term is not None]
    shown = result.proposal.evaluated_term_months or 0
    if known and None not in terms and min(known) < shown:
        yield f"De kortste bij een andere drempelwaarde is {wording.months(min(known))}."


def _choices(result: PublishedResult, lines: Sequence[OtherChoice]) -> str:
    """Return the choices that give the shortest term, those of one kind together."""
    values: dict[str, list[str]] = {}
    for line in lines:
        value = wording.choice_value(line.choice, line.value)
        values.setdefault(changed(result, line.choice, line.criterion), []).append(value)
    return wording.enumerated([f"‘{name}’ ({_few(some)})" for name, some in values.items()])


def _few(values: Sequence[str]) -> str:
    more = len(values) - LISTED
    return wording.enumerated([*values[:LISTED], *([f"{more} andere"] if more > 0 else [])])


def balance_table(result: PublishedResult) -> Table | None:
    """Return benefit and burden per thousand up to the end of the term, or None without rows.

    Args:
        result: published.
    """
    balance = balance_of(result)
    shown = [name for name in OUTCOMES if result.outcomes[name].is_shown]
    if balance is None or not shown:
        return None
    return Table(
        columns=(
            "Groep",
            "Aantal",
            *(wording.OUTCOME_WORDS[name].label for name in shown),
        ),
        rows=tuple(_balance_rows(balance, shown, result.settings.denominator)),
        caption=(
            f"Opbrengst en hinder per 1.000 {_up_to(result, balance)} {_TERMS[evaluated(result)]}"
        ),
        note=" ".join(_balance_notes(result, balance, shown)),
    )


def _up_to(result: PublishedResult, balance: Balance) -> str:
    beyond = _beyond(result, balance)
    if beyond > 0:
        return "tot voorbij het einde van"
    return "in de tijdvakken geheel binnen" if beyond < 0 else "tot het einde van"


def _beyond(result: PublishedResult, balance: Balance) -> int:
    """Return how many months the rows end after the term; negative where they end before it."""
    return balance.whole.month_to - ((result.proposal.evaluated_term_months or 0) - 1)


_TERMS: Mapping[Evaluated, str] = {
    "proposal": "de termijn",
    "request": "de gevraagde termijn",
    "uncapped": "de termijn die uit de criteria volgt",
}


def _balance_rows(
    balance: Balance, shown: Sequence[Outcome], denominator: str
) -> Iterator[tuple[str, ...]]:
    plural = wording.DENOMINATORS[denominator][1]
    whole, last_year = balance.whole, balance.last_year
    months = wording.in_months(whole.month_from, whole.month_to)
    yield f"{plural} {months}", *_of_contacts(whole, shown)
    if last_year is not None:
        months = wording.month_range(last_year.month_from, last_year.month_to)
        length = last_year.month_to - last_year.month_from + 1
        label = f"{plural} in de laatste {wording.months(length)} daarvan (maand {months})"
        yield label, *_of_contacts(last_year, shown)
    if balance.people:
        people = [_of_people(balance, name) for name in shown]
        first = wording.FIRST_CONTACTS[denominator]
        yield (
            f"mensen uit alle maanden, {_followed(balance.followed_to)} na hun {first}",
            "",
            *people,
        )


def _of_contacts(block: MonthBlock, shown: Sequence[Outcome]) -> tuple[str, ...]:
    rates = [block.rate(name) for name in shown]
    counted = next((block.contacts[name] for name in shown if block.contacts.get(name)), None)
    return (
        wording.count(counted),
        *(wording.MISSING if rate is None else _thousandth(1000 * rate) for rate in rates),
    )


def _of_people(balance: Balance, outcome: Outcome) -> str:
    row = balance.people.get(outcome)
    if row is None or row.share is None:
        return "niet geteld" if outcome == "conversion" else wording.MISSING
    number, known = per_thousand(row.share)
    words = _thousandth(number) if known else f"hooguit {_thousandth(number)}"
    if _is_of_a_shorter_time(balance, outcome):
        return f"{words} ({_followed(row.month_to)})"
    return words


def _is_of_a_shorter_time(balance: Balance, outcome: Outcome) -> bool:
    """Return whether a share is told of less time than its line is about."""
    row = balance.people.get(outcome)
    return row is not None and row.share is not None and row.month_to < balance.followed_to


_OF_A_SHORTER_TIME = (
    "Staat er een kortere tijd tussen haakjes, dan gaat het aandeel alleen over die tijd; over de "
    "tijd van de rij is het niet gepubliceerd."
)


def _followed(month_to: int) -> str:
    return f"binnen {wording.months(month_to + 1)}"


def _thousandth(number: float) -> str:
    return wording.number(number, 1 if number < 10 else 0)


def _ends(result: PublishedResult, balance: Balance) -> Iterator[str]:
    """Yield with which month the rows end, where that is not the end of the term."""
    last, beyond = balance.whole.month_to, _beyond(result, balance)
    if beyond < 0:
        yield f"Het laatste van die tijdvakken eindigt met maand {last}."
    elif beyond > 0:
        yield f"Geen tijdvak eindigt binnen de termijn; het eerste eindigt met maand {last}."


def _balance_notes(
    result: PublishedResult, balance: Balance, shown: Sequence[Outcome]
) -> Iterator[str]:
    yield from _ends(result, balance)
    hidden = [name for name in shown if balance.whole.rate(name) is None]
    late = balance.last_year
    if hidden or (late is not None and any(late.rate(name) is None for name in shown)):
        yield "Een punt: voor deze maanden niet gepubliceerd."
    if any(_is_of_a_shorter_time(balance, name) for name in shown):
        yield _OF_A_SHORTER_TIME
    for name in hidden:
        total = result.outcomes[name].total
        words = wording.OUTCOME_WORDS[name]
        if total is None or are_mixed(result.outcomes[name].rows):
            continue
        match total.rate:
            case Observed(rate=rate):
                known = _thousandth(1000 * rate)
            case AtMost(upper=upper):
                known = f"hooguit {_thousandth(1000 * upper)}"
        yield f"{words.label} over alle maanden samen: {known} per 1.000."
