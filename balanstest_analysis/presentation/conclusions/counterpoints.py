"""What speaks against the proposal, shown as plainly as what speaks for it."""

from __future__ import annotations

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.changes import changed_afterwards
from balanstest_analysis.presentation.conclusions.refusals import for_a_lawyer
from balanstest_analysis.presentation.conclusions.rows import (
    YEAR,
    MonthBlock,
    block_between,
    common_ends,
    first_month,
)
from balanstest_analysis.presentation.conclusions.sensitivity import shorter_elsewhere
from balanstest_analysis.presentation.conclusions.set_aside import set_aside_points
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.result import PublishedResult


def counterpoints(result: PublishedResult) -> tuple[str, ...]:
    """Return the points against the proposal: always some, and none where nothing is proposed.

    Args:
        result: published.
    """
    if not result.has_term:
        return ()
    found = (
        *set_aside_points(result),
        _lawyer(result),
        *changed_afterwards(result),
        _burden_at_end(result),
        _shorter_term(result),
        _privacy_side(result),
        *_missing(result),
        *_misfits(result),
        _breaches(result),
        _days_and_hours(result),
        _longer_than_current(result),
        shorter_elsewhere(result),
        _SURVIVORS,
        _ACCEPTANCE,
        _EFFECT,
    )
    return tuple(point for point in found if point)


_SURVIVORS = (
    "Wie al verzet aantekende, is uit het bestand verdwenen. De percentages in late maanden gaan "
    "over de mensen die overbleven en kunnen daardoor te gunstig zijn."
)
_ACCEPTANCE = (
    "Geen verzet is geen instemming. Wie niet werd bereikt, kon geen verzet aantekenen, en wie "
    "zich ergert, legt soms alleen neer."
)
_EFFECT = (
    "De conversie is niet het effect van het gesprek en overschat de baat: een deel van de mensen "
    "had ook zonder gesprek weer gekocht of gegeven."
)


def _burden_at_end(result: PublishedResult) -> str:
    term = result.proposal.term_months
    if term is None:
        return ""
    start = _objections_per_100(result, first_month(result))
    end = _objections_per_100(result, term - 1)
    if end is None:
        return ""
    sentence = (
        f"Rond het einde van de termijn (maand {term - 1}) staat tegenover elke 100 conversies "
        f"naar schatting {wording.number(end)} keer verzet"
    )
    if start is None or start == end:
        return f"{sentence}."
    return f"{sentence}; aan het begin is dat {wording.number(start)}."


def _objections_per_100(result: PublishedResult, month: int) -> float | None:
    conversion = _rate_near(result, "conversion", month)
    objection = _rate_near(result, "objection", month)
    if not conversion or objection is None:
        return None
    return 100 * objection / conversion


def _rate_near(result: PublishedResult, outcome: Outcome, month: int) -> float | None:
    """Return the rate in the row of a month; a row of many months does not tell of one."""
    row = result.outcomes[outcome].row_of_month(month)
    if row is None or row.observed is None or row.month_to - row.month_from >= YEAR:
        return None
    return row.observed.rate


def _shorter_term(result: PublishedResult) -> str:
    term = result.proposal.term_months
    ends = common_ends(result)
    if term is None or len(ends) < 2:
        return ""
    last = min(ends, key=lambda end: abs(end - (term - 1)))
    earlier = [end for end in ends if end < last]
    if not earlier:
        return ""
    wanted = (term - 1) // YEAR * YEAR or term // 2
    cut = min(earlier, key=lambda end: abs(end + 1 - wanted)) + 1
    start = first_month(result)
    return _compared(block_between(result, start, cut - 1), block_between(result, start, last))


def _compared(shorter: MonthBlock, longer: MonthBlock) -> str:
    months = wording.months(shorter.month_to + 1)
    kept = _share(shorter, longer, "conversion")
    spared = _share(shorter, longer, "objection")
    if kept is None or spared is None:
        return f"Een kortere termijn van {months} hoort als alternatief in de weging."
    return (
        f"Een kortere termijn van {months} is een alternatief: gerekend over maand "
        f"{longer.month_from} tot en met {longer.month_to} voorkomt die "
        f"{wording.percentage(1 - spared, 0)} van het verzet en kost zij "
        f"{wording.percentage(1 - kept, 0)} van de conversies."
    )


def _share(shorter: MonthBlock, longer: MonthBlock, outcome: Outcome) -> float | None:
    part, whole = shorter.events.get(outcome), longer.events.get(outcome)
    return None if part is None or not whole else part / whole


def _privacy_side(result: PublishedResult) -> str:
    if not result.has_term or result.proposal.privacy_binds:
        return ""
    return (
        "De privacykant heeft deze termijn niet begrensd: de lengte volgt uit het belang van de "
        "organisatie, uit de regeling of uit het einde van de gegevens."
    )


def _lawyer(result: PublishedResult) -> str:
    names = for_a_lawyer(result)
    if not names:
        return ""
    return (
        f"Voor telefoonnummers van vóór 1 juli 2021 is niet voldaan aan {wording.enumerated(names)}"
        "; of die gebeld mogen worden, staat niet vast."
    )


def _missing(result: PublishedResult) -> list[str]:
    absent = [outcome for outcome in OUTCOMES if not result.outcomes[outcome].is_shown]
    return [wording.OUTCOME_WORDS[outcome].no_data for outcome in absent]


def _misfits(result: PublishedResult) -> list[str]:
    return [
        f"{wording.OUTCOME_WORDS[outcome].label}: geen enkele eenvoudige kromme beschrijft deze "
        "gegevens goed, zodat het verloop tussen de waarnemingen minder zeker is."
        for outcome in OUTCOMES
        if result.outcomes[outcome].fit_warning
    ]


def _breaches(result: PublishedResult) -> str:
    if not any(item.code in wording.BREACHES for item in result.findings):
        return ""
    return (
        "In de belhistorie zijn gesprekken gevonden die niet gevoerd hadden mogen worden. Dat "
        "raakt aan het vertrouwen dat de waarborgen bij een langere termijn werken."
    )


def _days_and_hours(result: PublishedResult) -> str:
    """Return that calls fell on forbidden days or hours; an unverified rule is called one."""
    rules = result.compliance.rules if result.compliance is not None else ()
    found = {item.code for item in result.findings}
    broken = [rule for rule in rules if rule.code in _WHEN and rule.code in found]
    if not broken:
        return ""
    where = wording.enumerated([_WHEN[rule.code] for rule in broken])
    doubt = "" if all(rule.verified for rule in broken) else _NOT_READ
    return f"Er is gebeld {where} waarop de aangehouden regels dat niet toelaten.{doubt}"


_WHEN = {"forbidden_day": "op dagen", "outside_hours": "op uren"}
_NOT_READ = " Die regels zijn niet alle in een bron nagegaan."


def _longer_than_current(result: PublishedResult) -> str:
    term, current = result.proposal.term_months, result.proposal.current_term_months
    if term is None or current is None or term <= current:
        return ""
    return (
        f"De voorgestelde termijn is langer dan de huidige van {wording.months(current)}. Wie nu "
        "niet meer wordt gebeld, zou dan weer gebeld kunnen worden."
    )
