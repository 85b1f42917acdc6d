"""Sentences of appendix H: which row is worked out, and what it says of the criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand, elsewhere
from balanstest_analysis.verification.claims.criteria import criterion_at
from balanstest_analysis.verification.claims.criteria_sheets import CAPTION
from balanstest_analysis.verification.claims.facts import OUTCOMES, Facts
from balanstest_analysis.verification.claims.norms import norm_faults
from balanstest_analysis.verification.claims.one_sided import one_sided
from balanstest_analysis.verification.claims.page import Page, Passage
from balanstest_analysis.verification.claims.vocabulary import ANY_UNITS, RATES, TERMS
from balanstest_analysis.verification.claims.worked_sheets import worked

HERE = "Bijlage H. Zo rekent u het na"
EXAMPLE = "Als voorbeeld dient de rij over maand {months:stretch} in tabel {table:count}."
FILLED = (
    "Zo is rij voor rij de kolom ‘Controle’ in tabel {table:count} gevuld, van de eerste rij tot "
    "de eerste die dat niet laat zien, of tot de laatste rij."
)
MAXIMA = ("maximum_rate", "maximum_ratio")


@claim(
    "words",
    "De getallen in de overzichten zijn met een rekenblad na te rekenen.",
    "Zet in een leeg rekenblad in de cellen A1, A2 en A3 wat in die rij staat, en daaronder de "
    "formules.",
    "Zij geven de getallen die in het overzicht staan.",
    "Voor een andere rij hoeven alleen A1, A2 en A3 te veranderen.",
    "Telt een rij geen enkele gebeurtenis, dan is de ondergrens 0%.",
)
def explained(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that there is a row to work out, in this appendix."""
    yield from demand(at.section == HERE, elsewhere(at))
    yield from demand(bool(worked(facts)), "there is none")


@claim(
    "words",
    "Bij minder dan vijf gebeurtenissen is het interval dat van Clopper en Pearson: de formules "
    "van A7 en A8, met {low:number} en {high:number} in plaats van {first:number} en "
    "{last:number}.",
)
def of_few(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check the chances that both formulas take for an interval with two sides."""
    yield from demand(at.section == HERE, elsewhere(at))
    tail = (1 - facts.level) / 2
    due = {"low": tail, "high": 1 - tail, "first": 1 - facts.level, "last": facts.level}
    for name, exact in due.items():
        yield from said.shows(name, exact)


@claim("observed", EXAMPLE)
def example(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which row is worked out."""
    row = worked(facts).row
    yield from said.is_stretch("months", row.first, row.last)


@claim(
    "observed",
    "Dit rapport bevat geen rij waarvan alle getallen zijn afgedrukt.",
    "Er is daarom geen rij om voor te rekenen.",
)
def nothing(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no row tells all its numbers."""
    try:
        found = worked(facts)
    except KeyError:
        return
    yield f"{found} can be worked out"


@claim(
    "rule",
    f"Volgens het criterium {{name:quoted}} {{verb=mag|moet}} {{share:text}} van de "
    f"{{unit={ANY_UNITS}}} {{result:text}} leiden.",
    f"Volgens het criterium {{name:quoted}} {{verb=mag}} het {{rate={RATES}}} {{most:text}}, dat "
    "is ten hoogste {threshold:percentage}.",
)
def asked(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check what a criterion asks of the rate of the row."""
    item = facts.criterion(said["name"][1:-1])
    if item is None:
        yield "there is no such criterion"
        return
    yield from demand(item.outcome == worked(facts).outcome, f"it is about {item.outcome}")
    yield from demand((item.kind in MAXIMA) == (said["verb"] == "mag"), item.kind)
    if "threshold" in said:
        yield from norm_faults(f"het {said['rate']} mag {said['most']}", item, facts)
        yield from said.shows_rate("threshold", item.threshold)
        return
    share = f"{said['share']} van de {said['unit']}"
    yield from norm_faults(f"{share} {said['verb']} {said['result']} leiden", item, facts)


@claim(
    "tested",
    "De {which=bovengrens|ondergrens} van deze rij ({limit:percentage}) is {side=hoger dan|lager "
    "dan|niet hoger dan|niet lager dan} die drempelwaarde, dus deze rij laat op zichzelf "
    "{shown=zien|niet zien} dat aan het criterium wordt voldaan.",
)
def compared(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check whether the limit of the row is on the right side of the threshold."""
    item, limits = criterion_at(facts, at), one_sided(worked(facts).row, facts.level, facts.minimum)
    upper = item.kind in MAXIMA
    limit, threshold = limits.upper if upper else limits.lower, item.threshold
    if limit is None or threshold is None:
        yield f"the limit is {limit}, the threshold {threshold}"
        return
    yield from said.is_text("which", "bovengrens" if upper else "ondergrens")
    yield from said.shows_rate("limit", limit)
    word = "hoger dan" if upper else "lager dan"
    holds = limit <= threshold if upper else limit >= threshold
    yield from said.is_text("side", f"niet {word}" if holds else word)
    yield from said.is_text("shown", "zien" if holds else "niet zien")


@claim("words", FILLED)
def filled(_said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that criteria are judged; of which table this is the number, the page tells."""
    yield from demand(at.section == HERE, elsewhere(at))
    yield from demand(facts.proposal["status"] != "not_allowed", "no criterion is judged")


@claim(
    "words",
    "Staat er een punt in plaats van het aantal, dan is de bovengrens die van het grootste aantal "
    "dat daarmee bedoeld kan zijn ({most:count}), met ontwerpeffect 1: "
    "=BETA.INV({level:number};{again:count}+1;A1-{last:count}).",
)
def of_a_point(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the most that a point can stand for, and that there is one."""
    for name in ("most", "again", "last"):
        yield from said.is_whole(name, facts.minimum - 1)
    yield from said.shows("level", facts.level)
    few = [row for name in OUTCOMES for row in facts.rows(name) if row.events is None]
    yield from demand(any(row.events_hidden == "few" for row in few), "no count is hidden as few")


@claim(
    "words",
    "Ondergrens en bovengrens zijn exact en elk eenzijdig (betrouwbaarheid {level:percentage}), "
    "berekend met aantallen gedeeld door het ontwerpeffect; in bijlage H is een rij nagerekend.",
    where="note",
)
def one_sided_note(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the level of the limits; the cells of the table are computed again."""
    yield from said.shows_rate("level", facts.level)


@claim(
    "words",
    "Rijen zonder ontwerpeffect komen uit een rapport dat het nog niet vermeldde.",
    where="note",
)
def without_effect(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a row with a rate has no design effect."""
    rows = [row for name in OUTCOMES for row in facts.rows(name)]
    found = any(row.rate is not None and row.stated_effect is None for row in rows)
    yield from demand(found, "every row with a rate has one")


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield which table a sentence of this appendix calls by another number.

    Args:
        page: of the report.
        facts: of its result.
    """
    numbers = {re.sub(r"^\d+ ", "", one.caption): one.caption.split()[0] for one in page.sheets}
    here = " ".join(one.text for one in page.passages if one.section == HERE)
    told = re.search(r"Als voorbeeld dient de rij over .*? in tabel (\d+)\.", here)
    if told is not None:
        label = f"{TERMS[worked(facts).outcome].label} per tijdvak"
        due = [number for caption, number in numbers.items() if caption.startswith(label)]
        yield from demand([told[1]] == due, f"the row stands in table {due}, not {told[1]}")
    told = re.search(r"de kolom ‘Controle’ in tabel (\d+) gevuld", here)
    if told is not None:
        fits = (number for words, number in numbers.items() if re.fullmatch(CAPTION, words))
        criteria = next(fits, None)
        yield from demand(told[1] == criteria, f"the criteria are table {criteria}, not {told[1]}")
