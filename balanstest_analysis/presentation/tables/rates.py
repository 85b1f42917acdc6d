"""The overviews of questions 3b, 3c and 3d, and benefit and burden per year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions import (
    MonthBlock,
    objections_per_100,
    yearly_blocks,
)
from balanstest_analysis.presentation.conclusions.one_sided import (
    one_sided_limits,
    printed_rows,
    rate_digits,
)
from balanstest_analysis.presentation.conclusions.rows import YEAR
from balanstest_analysis.presentation.hidden_counts import count_cell, hidden_note
from balanstest_analysis.presentation.kept_rows import (
    are_kept,
    dated_caption,
    earlier_reports,
    kept_cell,
    kept_head,
)
from balanstest_analysis.presentation.places import APPENDIX_H, rates_table_place
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.outcomes import AtMost, Observed, RateRow
from balanstest_analysis.published.result import AnalysisSettings, PublishedResult

EFFECT = "Ontwerpeffect"


def rates_table(result: PublishedResult, outcome: Outcome) -> Table:
    """Return the overview of an outcome per stretch of months.

    Args:
        result: the published result.
        outcome: an outcome with rows.
    """
    entry = result.outcomes[outcome]
    words = wording.OUTCOME_WORDS[outcome]
    plural = wording.DENOMINATORS[result.settings.denominator][1]
    level = wording.level(result.settings.confidence_level)
    rows = printed_rows(entry)
    total = rows[-1] if len(rows) > len(entry.rows) else None
    digits = rate_digits(rows)
    settings = result.settings
    cells = [
        (*_row_cells(row, digits, settings), *kept_cell(row, entry.rows)) for row in entry.rows
    ]
    if total:
        report = kept_cell(entry.rows[0], entry.rows)
        cells.append(("Alle maanden", *_row_cells(total, digits, settings)[1:], *report))
    return Table(
        columns=(
            "Maanden",
            wording.capital(plural),
            words.events,
            "Percentage",
            f"{level}-interval",
            EFFECT,
            "Ondergrens",
            "Bovengrens",
            *kept_head(entry.rows),
        ),
        rows=tuple(cells),
        caption=dated_caption(f"{words.label} per tijdvak", entry.rows, result.data_through),
        note=" ".join(_rates_notes(result, rows)),
        emphasise=(len(cells) - 1,) if total else (),
        anchor=rates_table_place(words.question).anchor,
    )


def _row_cells(row: RateRow, digits: int, settings: AnalysisSettings) -> tuple[str, ...]:
    level, minimum = settings.confidence_level, settings.disclosure_minimum
    limits = one_sided_limits(row, level=level, minimum=minimum)
    effect = row.design_effect
    return (
        wording.month_range(row.month_from, row.month_to),
        count_cell(row.contacts),
        count_cell(row.events),
        *rate_cells(row.rate, digits),
        wording.MISSING if effect is None else wording.number(effect, 1),
        wording.percentage(limits.lower, digits + 1),
        wording.percentage(limits.upper, digits + 1),
    )


def rate_cells(rate: Observed | AtMost | None, digits: int) -> tuple[str, str]:
    """Return a rate and its limits as they stand in two cells.

    Args:
        rate: with its interval, an upper limit alone, or None where neither may be told.
        digits: decimals of the column.

    Examples:
        >>> rate_cells(Observed(rate=0.161, lower=0.152, upper=0.171), 1)
        ('16,1%', '15,2% tot 17,1%')
        >>> rate_cells(AtMost(upper=0.0025), 2)
        ('.', 'tot 0,25%')
    """
    match rate:
        case Observed(rate=known, lower=lower, upper=upper):
            return wording.percentage(known, digits), wording.interval(lower, upper, digits)
        case AtMost(upper=upper):
            return wording.MISSING, f"tot {wording.percentage(upper, digits)}"
        case None:
            return wording.MISSING, wording.MISSING


def _rates_notes(result: PublishedResult, rows: Sequence[RateRow]) -> Iterator[str]:
    counts = [count for row in rows for count in (row.contacts, row.events)]
    points = hidden_note(counts, result.settings.disclosure_minimum)
    if points:
        yield (
            f"{points}; de bovengrens is dan berekend met het grootste aantal dat daarmee bedoeld "
            "kan zijn."
        )
    level = wording.level(result.settings.confidence_level)
    yield (
        f"Ondergrens en bovengrens zijn exact en elk eenzijdig (betrouwbaarheid {level}), berekend "
        f"met aantallen gedeeld door het ontwerpeffect; in {APPENDIX_H} is een rij nagerekend."
    )
    if any(row.observed is not None and row.design_effect is None for row in rows):
        yield "Rijen zonder ontwerpeffect komen uit een rapport dat het nog niet vermeldde."


def yearly_table(result: PublishedResult) -> Table | None:
    """Return benefit and burden per year since the last purchase, or None without data.

    Args:
        result: the published result.
    """
    blocks = yearly_blocks(result)
    shown = [name for name in OUTCOMES if any(block.rate(name) is not None for block in blocks)]
    if len(blocks) < 2 or len(shown) < 2:
        return None
    with_ratio = {"conversion", "objection"} <= set(shown)
    ratio = ("Verzet per 100 conversies",) if with_ratio else ()
    return Table(
        columns=("Maanden", *(wording.OUTCOME_WORDS[name].events for name in shown), *ratio),
        rows=tuple(_year_cells(block, shown, with_ratio=with_ratio) for block in blocks),
        caption=_yearly_caption(result, shown),
        note=" ".join(_yearly_notes(result, shown)),
    )


def _yearly_notes(result: PublishedResult, shown: Sequence[Outcome]) -> Iterator[str]:
    yield "Aantallen, met tussen haakjes het percentage van de contacten."
    rows = [row for name in shown for row in result.outcomes[name].rows]
    if are_kept(rows):
        yield (
            f"Een deel van de aantallen komt uit {earlier_reports(rows)}, zoals de overzichten "
            "hiervoor vermelden. Rijen uit verschillende rapporten zijn niet opgeteld en niet met "
            "elkaar vergeleken; daar staat een punt."
        )


def _yearly_caption(result: PublishedResult, shown: Sequence[Outcome]) -> str:
    subjects = wording.enumerated([_SUBJECTS[name] for name in shown])
    event = wording.reference_event(result.relations.counted)
    every = "per jaar sinds" if _are_years(result) else "per samengevoegd tijdvak, geteld vanaf"
    return f"{wording.capital(subjects)} {every} {event}"


def _are_years(result: PublishedResult) -> bool:
    """Return whether every block but the last counts twelve months from the first of a year."""
    *whole, last = yearly_blocks(result)
    ends = all(block.month_to - block.month_from == YEAR - 1 for block in whole)
    return ends and last.month_from % YEAR == 0 and last.month_to - last.month_from < YEAR


_SUBJECTS: Mapping[Outcome, str] = {
    "conversion": "conversies",
    "objection": "verzet",
    "complaint": "klachten",
}


def _year_cells(
    block: MonthBlock, shown: Sequence[Outcome], *, with_ratio: bool
) -> tuple[str, ...]:
    cells = [_count_and_rate(block, outcome) for outcome in shown]
    if with_ratio:
        cells.append(_objections_per_100(block))
    return (wording.month_range(block.month_from, block.month_to), *cells)


def _objections_per_100(block: MonthBlock) -> str:
    ratio = objections_per_100(block)
    return wording.MISSING if ratio is None else wording.number(ratio)


def _count_and_rate(block: MonthBlock, outcome: Outcome) -> str:
    rate = block.rate(outcome)
    if rate is None:
        return wording.MISSING
    return f"{wording.count(block.events[outcome])} ({wording.percentage(rate)})"
