"""The term under other choices, each with the status that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions import changed, other_choices
from balanstest_analysis.presentation.conclusions.binding import ends_with_data
from balanstest_analysis.presentation.conclusions.sensitivity import unseen_beyond
from balanstest_analysis.presentation.places import APPENDIX_A
from balanstest_analysis.published.criteria import OtherChoice, Tested
from balanstest_analysis.published.names import ProposalStatus
from balanstest_analysis.published.result import PublishedResult

LISTED = 6


def thresholds_table(result: PublishedResult) -> Table | None:
    """Return the term with each threshold multiplied, or None when none was made.

    Args:
        result: the published result.
    """
    lines = [line for line in result.sensitivity if line.choice == "threshold"]
    if not lines:
        return None
    factors = sorted({float(line.value) for line in lines})
    found = {(line.criterion, float(line.value)): line for line in lines}
    return Table(
        columns=(
            "Keuze",
            *(wording.choice_value("threshold", factor) for factor in factors),
        ),
        rows=tuple(
            (
                changed(result, "threshold", name),
                *(_term(found.get((name, factor))) for factor in factors),
            )
            for name in dict.fromkeys(line.criterion for line in lines)
        ),
        caption="De termijn in maanden als een drempelwaarde wordt vermenigvuldigd",
        note=" ".join(filter(None, (_status_notes(lines), _unseen(result, lines)))),
    )


def other_choices_table(result: PublishedResult) -> Table | None:
    """Return the term under every choice but the thresholds, or None when none was made.

    Values that lead to the same term share a row.

    Args:
        result: the published result.
    """
    rows = tuple(_other_rows(result))
    if not rows:
        return None
    return Table(
        columns=("Keuze", "Anders gekozen", "Termijn (maanden)"),
        rows=rows,
        caption="De termijn bij andere keuzes",
        align="llr",
        note=_other_note(result),
    )


def _other_note(result: PublishedResult) -> str:
    lines = [line for line in result.sensitivity if line.choice != "threshold"]
    denominator = any(line.choice == "denominator" for line in lines)
    families = {line.value for line in lines if line.choice == "family"}
    averaged = any(
        fit.family in families and fit.status != "ok"
        for outcome in result.outcomes.values()
        for fit in outcome.fits
    )
    own = wording.DENOMINATORS[result.settings.denominator][0]
    notes = (
        _status_notes(lines),
        _unseen(result, lines),
        _AVERAGED * averaged,
        _of_one_height(result),
        _DENOMINATOR.format(own=own) * denominator,
    )
    return " ".join(filter(None, notes))


def _unseen(result: PublishedResult, lines: Sequence[OtherChoice]) -> str:
    """Return that a term as long as the own one without a cap ends with the data, as that does."""
    if not ends_with_data(result):
        return ""
    own = result.proposal.uncapped_term_months
    terms = [line.term_months for line in lines if line.term_months is not None]
    return unseen_beyond(term for term in terms if term == own)


def _of_one_height(result: PublishedResult) -> str:
    """Return why a curve that crosses no threshold has a term; empty where no such term is told."""
    told = any(
        line.choice == "family" and line.value == "constant" and line.term_months is not None
        for line in result.sensitivity
    )
    fits = [fit for outcome in result.outcomes.values() for fit in outcome.fits]
    fitted = all(fit.status == "ok" for fit in fits if fit.family == "constant")
    if not (told and fitted and any(isinstance(item.support, Tested) for item in result.criteria)):
        return ""
    return (
        "De kromme ‘constant’ is in elke maand even hoog en bereikt dus geen drempelwaarde; "
        f"daarbij volgt de termijn uit de andere regels in {APPENDIX_A}, zoals die over de "
        "waarnemingen zelf, of uit een vaste grens."
    )


_AVERAGED = (
    "Waar een kromme voor een uitkomst niet te schatten was, is voor die uitkomst het gemiddelde "
    "van de krommen gebruikt."
)


_DENOMINATOR = (
    "Bij een andere noemer zijn dezelfde drempelwaarden gebruikt, hoewel zij per {own} zijn "
    "gesteld."
)


def _other_rows(result: PublishedResult) -> Iterator[tuple[str, str, str]]:
    for (code, criterion), lines in other_choices(result).items():
        if code == "threshold":
            continue
        by_term: dict[str, list[str]] = {}
        for line in sorted(lines, key=_by_length):
            value = wording.choice_value(code, line.value)
            by_term.setdefault(_term(line), []).append(value)
        for term, values in by_term.items():
            yield changed(result, code, criterion), _joined(code, values, len(lines)), term


def _by_length(line: OtherChoice) -> tuple[bool, int]:
    """Order from the shortest term to the longest; those that are no outcome come last."""
    return line.status != "proposed", line.term_months or 0


def _joined(code: str, values: Sequence[str], total: int) -> str:
    """Return the values that share a term; a long list of campaigns becomes their number."""
    if code == "without_campaign" and len(values) > LISTED:
        number = len(values)
        times = f"alle {total}" if number == total else f"{number} van de {total}"
        return f"telkens een andere: {times} keer"
    return "; ".join(values)


def _term(line: OtherChoice | None) -> str:
    """Return the term; one that a criterion had no say in never looks like a plain term."""
    if line is None:
        return wording.MISSING
    if line.status == "undetermined":
        return wording.PROPOSAL_STATUSES[line.status]
    if line.status == "proposed_incomplete":
        return f"voorlopig ({line.term_months})"
    return "geen termijn" if line.term_months is None else str(line.term_months)


def _status_notes(lines: Sequence[OtherChoice]) -> str:
    statuses = {line.status for line in lines}
    return " ".join(note for status, note in _NOTES.items() if status in statuses)


_NOTES: Mapping[ProposalStatus, str] = {
    "undetermined": "Nog geen voorstel: of aan een criterium wordt voldaan, staat dan niet vast.",
    "proposed_incomplete": (
        "Voorlopig: een criterium dat niet te toetsen is, heeft de organisatie terzijde gelegd. "
        "Tussen haakjes staat de termijn die uit de overige criteria volgt."
    ),
}
