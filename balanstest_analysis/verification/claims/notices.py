"""Lines of the box "Let op", notes of page one, and measures about what was not found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balanstest_analysis.verification.claims import against
from balanstest_analysis.verification.claims.account_sheets import found_breaches
from balanstest_analysis.verification.claims.claim import Said, claim, demand, elsewhere
from balanstest_analysis.verification.claims.criteria_sheets import first_row_against, row_by_row
from balanstest_analysis.verification.claims.doubts import DOUBTFUL, FRONT
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.fixed import from_counts
from balanstest_analysis.verification.claims.late_events import PERHAPS
from balanstest_analysis.verification.claims.page import Page, Passage
from balanstest_analysis.verification.claims.vocabulary import RULES, TERMS, UNITS, enumerated

AGAINST = "what speaks against"
LIMITS, FINDINGS = "‘Beperkingen’", "‘Bevindingen over de belhistorie’"
# what the part may be called that says what speaks against
TITLES = (*against.AGAINST, "Wijzigingen van de criteria")
# how a line of the box begins, and the place where more of it stands
PLACES = {
    "Het criterium ‘": "de weging",
    "De criteria zijn gewijzigd": AGAINST,
    "Dit rapport berust op aantallen": "bijlage A",
    "In de gegevens zijn geen versch": LIMITS,
    "Er zijn maar twee campagnes": LIMITS,
    "Hoeveel de": LIMITS,
    "In de belhistorie zijn overtredingen": AGAINST,
    DOUBTFUL: AGAINST,
    PERHAPS: AGAINST,
    "Niet alle aantallen": LIMITS,
    "Het voorstel is langer": AGAINST,
    "Niet alle relaties tellen mee": "het onderdeel over de regels",
    "De regels van ": "het onderdeel over de regels",
}
SHARED = re.compile(r"De \d+ campagnes hebben")
MOST = 6
REST = rf"Nog (\w+) punten staan bij {LIMITS}\."
REFERRED_TO = sorted({*PLACES.values(), FINDINGS, *(f"‘{one}’" for one in TITLES)} - {AGAINST})


@claim(
    "words",
    f"Zie {{place={'|'.join(REFERRED_TO)}}}.",
    where="item",
)
def see(_said: Said, _facts: Facts, at: Passage) -> Iterator[str]:
    """Check that a reference stands in the box; whether it is the right one, the page tells."""
    yield from demand(at.section == FRONT, elsewhere(at))


@claim("words", "Zie ook ‘Wat nog openstaat’.")
def see_open(_said: Said, _facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the list of everything open is named on page one."""
    yield from demand(at.section == FRONT, elsewhere(at))


@claim("words", f"Nog {{rest:word}} punten staan bij {LIMITS}.", where="item")
def rest(said: Said, _facts: Facts, at: Passage) -> Iterator[str]:
    """Check that more than one point is left out."""
    yield from demand(at.section == FRONT, elsewhere(at))
    yield from demand(said.whole("rest") > 1, "a single point is told")


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield which line of the box refers to another place, and whether there are too many.

    Args:
        page: of the report.
        facts: of its result.
    """
    lines = [one.text for one in page.passages if one.kind == "item" and one.section == FRONT]
    told = [line for line in lines if " Zie " in line]
    heads = [one.text for one in page.passages if one.kind == "heading"]
    against_ = next((f"‘{one}’" for one in heads if one in TITLES), "")
    for line in told:
        due = next((place for words, place in PLACES.items() if line.startswith(words)), "")
        due = LIMITS if SHARED.match(line) else against_ if due == AGAINST else due
        if (
            line.startswith(("In de belhistorie zijn overtredingen", PERHAPS, DOUBTFUL))
            and facts.term is None
        ):
            due = FINDINGS
        if not line.endswith(f" Zie {due}."):
            yield f"more stands at {due!r}, not where it says: {line!r}"
    shorter = [line for line in lines if re.fullmatch(REST, line)]
    if len(told) + len(shorter) > MOST:
        yield f"{len(told) + len(shorter)} lines stand in the box"
    yield from _rows_are_told(page, facts)


def _rows_are_told(page: Page, facts: Facts) -> Iterator[str]:
    """Yield a fault where the rows support less than is weighed, and no point says so."""
    if facts.term is None:
        return
    due = row_by_row(facts).words[1:-1]
    shorter = due == "geen termijn" or (
        due[0].isdigit() and int(due.split()[0]) < (facts.evaluated or 0)
    )
    said = any("Als elk tijdvak in de tabellen afzonderlijk" in one.text for one in page.passages)
    if said != shorter:
        yield f"the rows by themselves support: {due}; that is told: {said}"


@claim(
    "tested",
    "De kortste bij een andere drempelwaarde is {least:count} {=maanden|maand}.",
    where="note",
)
def shortest_threshold(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the shortest term under another threshold, where each leaves a term."""
    found = [x["term_months"] for x in facts.content["sensitivity"] if x["choice"] == "threshold"]
    yield from demand(None not in found, "with another threshold there is no term")
    yield from said.is_whole("least", min((term for term in found if term), default=None))
    yield from demand(said.whole("least") < (facts.evaluated or 0), "it is not shorter")


@claim("words", "‘Of meer’: voor latere maanden zijn er te weinig gegevens.", where="note")
def or_more(_said: Said, _facts: Facts, at: Passage) -> Iterator[str]:
    """Check that it stands on page one; the table tells whether it is due."""
    yield from demand(at.section == FRONT, f"this stands in {at.section!r}")


@claim(
    "words",
    "{norms:text} {=tellen|telt} hier niet mee; zie bijlage C.",
    where="note",
)
def others_elsewhere(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which choices there are that page one does not take for alike."""
    found = {line["choice"]: line["value"] for line in facts.content["sensitivity"]}
    own = UNITS[facts.settings["denominator"]][0]
    per = UNITS[found["denominator"]][0] if "denominator" in found else ""
    other = f"een andere noemer (per {per} in plaats van per {own})"
    names = {"threshold": "andere drempelwaarden", "denominator": other}
    due = " en ".join(name for choice, name in names.items() if choice in found)
    yield from said.is_text("norms", due[:1].upper() + due[1:])


@claim(
    "tested",
    "Het voorstel gaat uit van de aangetoonde termijn en niet van de schatting[; door de grens in "
    "de Code is het ten hoogste {cap:count} {=maanden|maand}].",
    where="note",
)
def what_it_rests_on(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the shortest term follows from a test, and whether the cap decides."""
    terms = [item.term for item in facts.criteria if item.term is not None]
    tested = any(item.is_tested for item in facts.criteria if item.term == min(terms))
    yield from demand(tested, "the term rests on an argument")
    binds = facts.proposal["binding"] == "regime_cap"
    yield from demand(binds == ("cap" in said), f"the cap decides: {binds}")
    if "cap" in said:
        yield from said.is_whole("cap", facts.term)


@claim(
    "tested",
    "Als elk tijdvak in de tabellen afzonderlijk aan de criteria wordt getoetst, volgt daaruit "
    "{how=geen termijn|een termijn van}[ {term:count} {=maanden|maand}].",
)
def rows_by_themselves(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check what the printed rows support, and that it is less than is weighed."""
    due = row_by_row(facts)
    told = (
        f"{said['term']} {'maand' if said['term'] == '1' else 'maanden'}" if "term" in said else ""
    )
    yield from demand(due.fits(told or said["how"]), f"due is {due.words}")
    if told:
        yield from demand(said.whole("term") < (facts.evaluated or 0), "that is not shorter")


@claim(
    "observed",
    "De rij voor {row:months} voldoet op zichzelf niet aantoonbaar aan het criterium "
    "‘{name:text}’.",
)
def first_against(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check at which row of which criterion the check row by row ends."""
    due = first_row_against(facts)
    yield from demand(due is not None, "every row meets every criterion")
    if due is not None:
        yield from said.is_text("name", due[0])
        yield from said.is_stretch("row", due[1], due[2])


@claim(
    "words",
    "De organisatie heeft zelf geteld op welke contacten {what:text} volgde.",
    "De organisatie leverde ook aan op hoeveel van die contacten {what:text} volgde.",
)
def delivered(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that only what was delivered is spoken of, in a report about counts."""
    given = [TERMS[name].result for name in TERMS if facts.outcome(name)["available"]]
    due = " of ".join(filter(None, [", ".join(given[:-1]), *given[-1:]]))
    yield from said.is_text("what", due)
    yield from demand(from_counts(facts), "calls were delivered")


@claim(
    "words",
    "Daarom is niet gecontroleerd aan welke contacten zij {what:text} heeft toegeschreven, welke "
    "belpogingen zij heeft weggelaten en welke peildatum zij heeft gebruikt.",
)
def attributed(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that only what was delivered is spoken of, in a report about counts."""
    given = [TERMS[name].head.lower() for name in TERMS if facts.outcome(name)["available"]]
    yield from said.is_text("what", enumerated(given))
    yield from demand(from_counts(facts), "calls were delivered")


@claim("words", "De gegevens staan bij {places:text} en bij de weging.")
def numbers_stand(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that each question with numbers is named, and no other."""
    yield from said.is_text(
        "places", enumerated([f"vraag {TERMS[n].question}" for n in facts.shown])
    )


@claim(
    "words",
    "Het dossier noemt ook een maatregel bij {names:text}.",
    "Het dossier noemt ook maatregelen bij {number:word} overtredingen: {names:text}.",
)
def other_measures(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which measures are about a breach that was not found."""
    found = found_breaches(facts)
    codes = dict.fromkeys(one["finding"] for one in facts.content["measures"])
    names = [RULES[code] for code in codes if code not in found]
    due = enumerated([f"‘{name[0].lower()}{name[1:]}’" for name in names])
    yield from said.is_text("names", due)
    yield from demand(("number" in said) == (len(names) > 1), f"{len(names)} are due")
    if "number" in said:
        yield from said.is_whole("number", len(names))


@claim(
    "words",
    "Omdat de belhistorie niet is getoetst, {=staan deze maatregelen|staat deze maatregel} niet in "
    "een tabel.",
)
def not_checked(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no history was held against rules."""
    yield from demand(from_counts(facts), "the history was checked")


@claim(
    "words",
    "Dat is in deze gegevens niet gevonden, of kon daarin niet worden getoetst; daarom staat deze "
    "maatregel niet in een tabel.",
    "Die overtredingen zijn in deze gegevens niet gevonden, of konden daarin niet worden getoetst; "
    "daarom staan deze maatregelen niet in een tabel.",
)
def not_found(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a measure is about a breach that was not found."""
    stated = {one["finding"] for one in facts.content["measures"]}
    yield from demand(bool(stated - set(found_breaches(facts))), "each was found")
