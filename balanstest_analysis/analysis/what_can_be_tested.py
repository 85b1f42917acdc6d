"""What the delivered contacts can test, and what to do where that is too little; in English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from rich.table import Table

from balanstest_analysis.document import wording
from balanstest_analysis.dossier.criteria import MaximumOverallRate, MaximumRate, MinimumRate
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.statements import PLACEHOLDER
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.statistics.evidence import Evidence
from balanstest_analysis.term.months_tested import months_tested
from balanstest_analysis.term.strictest_maxima import (
    Burdens,
    StrictestMaxima,
    burdens_by_maximum,
    contacts_needed,
)

ALIKE = 0.95
Maximum: TypeAlias = MaximumRate | MaximumOverallRate


def what_can_be_tested(dossier: Dossier, months: MonthTable) -> Burdens:
    """Return the strictest maxima of the outcomes that are a burden, at the dossier's confidence.

    Args:
        dossier: with its settings.
        months: the month table of its history.
    """
    return burdens_by_maximum(months, dossier.settings.confidence_level)


def maxima_table(found: Burdens) -> Table:
    """Return the strictest maximum of each outcome that the contacts can test."""
    title = "The strictest maximum that these contacts can test"
    table = Table("outcome", "in every month", "over the whole term", title=title)
    for name, one in found.items():
        table.add_row(name, _percentage(one.by_month), _percentage(one.overall))
    return table


def alike_lines(months: MonthTable, found: Burdens) -> Iterator[str]:
    """Yield for how many contacts those count that are alike, and whether campaigns are known.

    Args:
        months: the month table.
        found: from `what_can_be_tested`.
    """
    for name, one in found.items():
        if one.first_term_counting < ALIKE * one.first_term:
            counting = wording.two_digits(one.first_term_counting)
            yield (
                f"Over the whole term, {name}s are tested from the first months on that hold half "
                f"of all contacts: {one.first_term:,}. They count for about {counting:,}: contacts "
                "with the same person, or "
                "of the same campaign, are alike."
            )
    if found and len(months.campaigns) < 2:
        yield (
            "No campaigns are told apart (`campaign` is not mapped, or is the same everywhere): "
            "contacts of one campaign are often alike, and here each counts in full. With "
            "campaigns the limits can be laxer and the term shorter; the report says so."
        )


def densest_lines(found: Burdens) -> Iterator[str]:
    """Yield how far the strictest maximum in every month reaches, where contacts become fewer.

    Args:
        found: from `what_can_be_tested`.
    """
    for name, one in found.items():
        if one.by_month is not None and one.through_all != one.by_month:
            yield (
                f"In every month, {name}s: {_percentage(one.by_month)} where contacts are densest. "
                "A maximum that strict ends the term where they become fewer; through the last "
                f"month, the strictest is {_percentage(one.through_all)}."
            )


def _percentage(rate: float | None) -> str:
    return "none" if rate is None else f"{100 * rate:#.2g}".rstrip(".") + " %"


def _stated(threshold: float) -> str:
    return f"{100 * threshold:.8g} %"


def months_tested_lines(dossier: Dossier, months: MonthTable, found: Burdens) -> Iterator[str]:
    """Yield of each criterion per month on one rate what a test takes, and how far that reaches.

    Maxima that are too strict are left to `too_strict_lines`.

    Args:
        dossier: with its criteria.
        months: the month table.
        found: from `what_can_be_tested`.
    """
    level, not_before = dossier.settings.confidence_level, dossier.scope.not_before_month or 0
    for criterion in dossier.criteria:
        if not isinstance(criterion, MinimumRate | MaximumRate):
            continue
        burden = found.get(criterion.outcome)
        if isinstance(criterion, MaximumRate) and burden and _is_too_strict(criterion, burden):
            continue
        if criterion.outcome not in months.available:
            continue
        counts = months.outcome(criterion.outcome)
        if counts.exposure.any():
            tested = months_tested(criterion, counts, level, not_before)
            yield _reached(criterion.name, tested, int(counts.exposure_by_month.nonzero()[0][-1]))


def _reached(name: str, found: Evidence, end: int) -> str:
    takes = f"A test of `{name}` takes at least {found.contacts_needed:,} contacts in six months"
    if found.last_month is None:
        return f"{takes}, and no six months have as many that count."
    if found.last_month == end:
        return f"{takes}; there are as many through the last month, {end}."
    return (
        f"{takes}; there are as many through month {found.last_month}. After it, with contacts "
        f"through month {end}, it cannot be tested, and no term is longer than that."
    )


def too_strict_lines(dossier: Dossier, found: Burdens) -> Iterator[str]:
    """Yield what to do about each maximum that is stricter than these contacts can show.

    Args:
        dossier: with its criteria, and those that it sets aside.
        found: from `what_can_be_tested`.
    """
    level = dossier.settings.confidence_level
    for criterion in dossier.criteria:
        if not isinstance(criterion, MaximumRate | MaximumOverallRate):
            continue
        one = found.get(criterion.outcome)
        if one is None or not _is_too_strict(criterion, one):
            continue
        aside = any(stated.is_about(criterion) for stated in dossier.set_aside)
        if criterion.threshold < one.lower:
            yield from _exceeded(criterion, one, level, aside=aside)
        else:
            yield from _advice(criterion, one, level, aside=aside)


def _is_too_strict(criterion: Maximum, one: StrictestMaxima) -> bool:
    strictest = one.by_month if isinstance(criterion, MaximumRate) else one.overall
    return strictest is None or criterion.threshold < strictest


def _exceeded(
    criterion: Maximum, one: StrictestMaxima, level: float, *, aside: bool
) -> Iterator[str]:
    """Yield that all months together lie above the maximum; early months may still hold it."""
    yield (
        f"`{criterion.name}` asks for at most {_stated(criterion.threshold)}, and all months "
        f"together lie above it: {_counted(criterion, one)}; at {level:.0%} confidence at least "
        f"{_percentage(one.lower)}."
    )
    void = "That it is set aside is void" if aside else "It cannot be set aside"
    yield f"  {void}; `analyse` tells whether it holds in any month."


def _advice(
    criterion: Maximum, one: StrictestMaxima, level: float, *, aside: bool
) -> Iterator[str]:
    yield (
        f"`{criterion.name}` asks for at most {_stated(criterion.threshold)}: too strict to be "
        f"tested, whatever was counted. {_too_few(criterion, one, level)}"
    )
    yield (
        f"  Counted over all months: {_counted(criterion, one)}; at {level:.0%} confidence at most "
        f"{_percentage(one.upper)}. The report prints this where small counts allow it."
    )
    if isinstance(criterion, MaximumRate) and (one.overall or 1) <= criterion.threshold:
        yield (
            '  Over the whole term it can be tested: kind = "maximum_overall_rate", with the '
            "same threshold."
        )
    elif one.is_sensible(criterion.outcome):
        yield f"  A laxer maximum can be tested: {_laxer(one)}."
    if one.rate > criterion.threshold:
        void = "that it is set aside is void" if aside else "it cannot be set aside"
        yield f"  More was counted than it allows, so {void}."
    elif aside:
        yield "  It is set aside, with a reason that the first page of the report prints."
    else:
        yield from _set_aside(criterion, level)


def _too_few(criterion: Maximum, one: StrictestMaxima, level: float) -> str:
    """Return how many contacts a test takes, and how many there are to count."""
    needed = f"A test takes {contacts_needed(criterion.threshold, level):,} contacts"
    if isinstance(criterion, MaximumRate):
        return f"{needed} in six months; the fullest six months count for {one.densest:,.0f}."
    return (
        f"{needed} in the first months, until half of all are in; those count for "
        f"{one.first_term_counting:,.0f}. A term is tested from there on, and not at once over all "
        "months."
    )


def _counted(criterion: Maximum, one: StrictestMaxima) -> str:
    return f"{one.events:,} {criterion.outcome}s on {one.contacts:,} contacts"


def _set_aside(criterion: Maximum, level: float) -> Iterator[str]:
    yield "  Or set it aside; the first page of the report then prints your reason:"
    yield "    [[set_aside]]"
    yield f'    criterion = "{criterion.name}"'
    yield f"    threshold = {criterion.threshold:g}"
    yield f'    reason = "{_reason(criterion, level)} {PLACEHOLDER}"'


def _laxer(one: StrictestMaxima) -> str:
    ways = (("in every month", one.by_month), ("over the whole term", one.overall))
    return " or ".join(f"{_percentage(rate)} {where}" for where, rate in ways if rate is not None)


def _reason(criterion: Maximum, level: float) -> str:
    """Return in Dutch how many contacts a test takes; nothing that was counted is in it."""
    needed = wording.number(contacts_needed(criterion.threshold, level))
    norm = wording.threshold(criterion.threshold)
    less = "en contacten die samenhangen, tellen voor minder."
    if isinstance(criterion, MaximumOverallRate):
        return (
            f"Een toets op ten hoogste {norm} over de hele termijn vraagt {needed} contacten in de "
            f"eerste maanden die samen de helft van alle contacten bevatten, {less}"
        )
    return (
        f"Een toets op ten hoogste {norm} per maand vraagt {needed} contacten in zes maanden, "
        f"{less}"
    )
