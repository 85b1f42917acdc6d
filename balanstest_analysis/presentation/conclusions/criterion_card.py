"""A card per criterion: demand, where it comes from, what was observed, since when, and what if."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.conclusions.criteria import demand_of, finding_of
from balanstest_analysis.presentation.conclusions.overall import last_part
from balanstest_analysis.presentation.hidden_counts import count_words
from balanstest_analysis.presentation.kept_rows import are_mixed, report_about
from balanstest_analysis.published.counts import number
from balanstest_analysis.published.criteria import (
    CriteriaChange,
    OtherChoice,
    PublishedCriterion,
)
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.published.outcomes import AtMost, Observed, RateRow
from balanstest_analysis.published.result import PublishedResult

HALF, DOUBLE = 0.5, 2.0
LEAST_WHOLE = 0.1
_MANY = 10
_RATES = frozenset({"minimum_rate", "maximum_rate", "maximum_overall_rate", "maximum_ratio"})


def card_items(
    criterion: PublishedCriterion, result: PublishedResult, earlier: Sequence[EarlierReport] = ()
) -> tuple[tuple[str, str], ...]:
    """Return the lines of a card: what each is about, and what is to be said of it.

    Args:
        criterion: one of those of the result.
        result: published.
        earlier: reports of earlier quarters, the oldest first.
    """
    settings = result.settings
    demand = wording.capital(literal(wording.norm(demand_of(criterion), settings.denominator)))
    found = (finding_of(criterion, result), last_part(criterion, result))
    lines = (
        ("Eis", f"{demand}."),
        ("Reden", literal(wording.one_line(criterion.reason))),
        ("Waargenomen", _observed(criterion, result)),
        ("Eis geldt sinds", _since(criterion, result, earlier)),
        ("Resultaat", " ".join(filter(None, found))),
        ("Andere drempelwaarde", _half_and_double(criterion, result)),
    )
    return tuple((term, words) for term, words in lines if words)


def _observed(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return the rate over all months, and how many times that the threshold is."""
    if criterion.kind == "burden_per_conversion":
        return _burden(criterion, result)
    if criterion.outcome is None or criterion.kind not in _RATES:
        return ""
    outcome = result.outcomes[criterion.outcome]
    if outcome.total is None:
        return ""
    if are_mixed(outcome.rows):
        return (
            "Over alle maanden samen is geen percentage te geven, omdat de rijen uit "
            "verschillende rapporten van deze reeks komen."
        )
    plural = wording.DENOMINATORS[result.settings.denominator][1]
    seen = f"{_rate(outcome.total)} van de {plural} over alle maanden samen"
    return f"{seen}{_counts(outcome.total, result)}.{_times(criterion.threshold, outcome.total)}"


def _burden(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return the burden per conversion over all months, where every count of it is told."""
    if any(are_mixed(entry.rows) for entry in result.outcomes.values()):
        return ""
    weight = demand_of(criterion).number("complaint_weight")
    conversions, objections, complaints = (
        None if (row := result.outcomes[name].total) is None else number(row.events)
        for name in OUTCOMES
    )
    if not conversions or objections is None or (weight and complaints is None):
        return ""
    burden = (objections + weight * (complaints or 0)) / conversions
    seen = f"{wording.number(burden, 2)} meldingen van verzet per conversie over alle maanden samen"
    counted = f", elke klacht geteld als {f'{weight:g}'.replace('.', ',')}" if weight else ""
    if not criterion.threshold or not burden:
        return f"{seen}{counted}."
    times = criterion.threshold / burden
    if times < 1:
        return f"{seen}{counted}. De drempelwaarde is ongeveer {_part(times)} daarvan."
    return f"{seen}{counted}. De drempelwaarde is {wording.number(times, 1)} keer zo hoog."


def _part(share: float) -> str:
    """Return a share in whole percentages, or in more digits where it is small."""
    return wording.percentage(share, 0) if share >= LEAST_WHOLE else wording.percentage(share)


def _rate(row: RateRow) -> str:
    match row.rate:
        case Observed(rate=rate):
            return wording.percentage(rate)
        case AtMost(upper=upper):
            return f"Ten hoogste {wording.percentage(upper)}"


def _counts(row: RateRow, result: PublishedResult) -> str:
    contacts = number(row.contacts)
    if contacts is None:
        return ""
    events = count_words(row.events, result.settings.disclosure_minimum)
    return f" ({events} op {wording.count(contacts)})"


def _times(threshold: float | None, row: RateRow) -> str:
    rate = row.upper if row.observed is None else row.observed.rate
    if not threshold or not rate:
        return ""
    times = threshold / rate
    if times < 1:
        about = "ten minste" if row.observed is None else "ongeveer"
        return f" De drempelwaarde is {about} {_part(times)} van dat percentage."
    shown = wording.number(times, 0 if times >= _MANY else 1)
    least = "ten minste " if row.observed is None else ""
    return f" De drempelwaarde is {least}{shown} keer zo hoog als dat percentage."


def _since(
    criterion: PublishedCriterion, result: PublishedResult, earlier: Sequence[EarlierReport]
) -> str:
    """Return since when the demand stands; what is stated beforehand needs an earlier report."""
    changes = _changed(criterion, result)
    if changes:
        return (
            f"{wording.date(changes[-1].date)}, gewijzigd nadat de uitkomsten bekend waren. De eis "
            "geldt niet als vooraf vastgesteld."
        )
    same = _unbroken(criterion, earlier)
    if same is not None:
        return f"{wording.capital(report_about(same.period))}; sindsdien niet gewijzigd."
    if earlier:
        return "Dit rapport; in het vorige stond deze eis niet, of anders."
    return "Dit rapport; er is geen eerder rapport gevonden."


def stated_unseen(
    result: PublishedResult, earlier: Sequence[EarlierReport]
) -> tuple[PublishedCriterion, ...]:
    """Return the criteria of which no earlier report tells that they were stated beforehand.

    Those that were changed after the outcomes were known are none of them.

    Args:
        result: published.
        earlier: reports of earlier quarters, the oldest first.
    """
    return tuple(
        item
        for item in result.criteria
        if _unbroken(item, earlier) is None and not _changed(item, result)
    )


def _changed(criterion: PublishedCriterion, result: PublishedResult) -> list[CriteriaChange]:
    return [
        change
        for change in result.criteria_changes
        if any(f"‘{criterion.name}’" in words for words in change.changed)
    ]


def _unbroken(
    criterion: PublishedCriterion, earlier: Sequence[EarlierReport]
) -> EarlierReport | None:
    """Return the first of the latest reports in a row that state the same demand."""
    first = None
    for report in reversed(earlier):
        stated = report.result.criterion_named(criterion.name)
        if stated is None or demand_stated(stated) != demand_stated(criterion):
            break
        first = report
    return first


def demand_stated(criterion: PublishedCriterion) -> tuple[object, ...]:
    """Return what the organisation itself states of a criterion, without what data make of it."""
    made_by_data = criterion.kind == "maximum_ratio"
    threshold = None if made_by_data else criterion.threshold
    parameters = tuple(sorted(criterion.parameters.items()))
    return criterion.kind, criterion.outcome, threshold, parameters


def _half_and_double(criterion: PublishedCriterion, result: PublishedResult) -> str:
    """Return the proposal with the threshold halved and doubled, as far as both were computed."""
    made = {
        float(line.value): line
        for line in result.sensitivity
        if line.choice == "threshold" and line.criterion == criterion.name
    }
    told = [made[factor] for factor in (HALF, DOUBLE) if factor in made]
    if not told:
        return ""
    parts = _terms(told, result)
    if len(told) == 2 and _outcome(told[0]) == _outcome(told[1]):
        return f"Zowel bij de helft als bij het dubbele van de drempelwaarde {parts[0]}."
    if len(told) == 2:
        return f"Bij de helft van de drempelwaarde {parts[0]}; bij het dubbele {parts[1]}."
    where = "de helft" if HALF in made else "het dubbele"
    return f"Bij {where} van de drempelwaarde {parts[0]}."


def _outcome(line: OtherChoice) -> tuple[str, int | None]:
    return line.status, line.term_months


def _terms(lines: Sequence[OtherChoice], result: PublishedResult) -> list[str]:
    """Return what follows of each; whose term it is, and whether it is capped, is said once."""
    cap, is_request = result.regime.cap_months, result.proposal.route == "request"
    together = " volgens alle criteria samen" if len(result.criteria) > 1 else ""
    side = "zonder" if is_request else "met"
    limit = "" if cap is None else f", {side} {wording.cap(cap)},"
    parts = []
    for line in lines:
        parts.append(_term(line, together, limit))
        together = together if line.status == "undetermined" else ""
        limit = limit if line.term_months is None else ""
    return parts


def _term(line: OtherChoice, together: str, limit: str) -> str:
    if line.status == "undetermined":
        return (
            "is er nog geen voorstel, omdat dan niet vaststaat of aan een criterium wordt voldaan"
        )
    if line.term_months is None:
        return f"is er{together} geen termijn"
    months = wording.months(line.term_months)
    if line.status == "proposed_incomplete":
        return f"is de termijn{together}{limit} voorlopig {months}"
    return f"is de termijn{together}{limit} {months}"
