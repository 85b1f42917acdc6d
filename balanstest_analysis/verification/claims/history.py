"""Sentences about findings, the account of the rows, gaps, requests and earlier reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.dutch_numbers import printed, quarter
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.observed import outcome_at
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.rate_sheets import asked_for
from balanstest_analysis.verification.claims.sentences import sentences_of
from balanstest_analysis.verification.claims.vocabulary import RULES, TERMS, enumerated

FINDINGS = ("Bevindingen over de belhistorie", "Nadere bevindingen")


@claim("observed", "{finding:text}", where="finding")
def finding(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a sentence is that of a finding, and that its number is the published count."""
    for item in facts.content["findings"]:
        sentences = sentences_of(" ".join(item["text"].split()))
        if said["finding"] in sentences:
            if said["finding"] == sentences[0]:
                yield from _count(said["finding"], item, facts)
            return
    yield "the result has no finding of which this is a sentence"


def _count(sentence: str, item: dict[str, object], facts: Facts) -> Iterator[str]:
    found = re.search(r"(?i)(minder dan )?(\d{1,3}(?:\.\d{3})+|\d+)", sentence)
    if found is None:
        yield "no number is told"
    elif item["count"] is None:
        yield from demand(bool(found[1]), "the result hides the count")
        yield from demand(int(printed(found[2]).value) == facts.minimum, "another minimum")
    else:
        yield from demand(printed(found[2]).value == item["count"], f"count is {item['count']}")


@claim("observed", "Dit aantal is overgenomen uit het rapport over het {quarter:quarter}.")
def kept_finding(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a count was kept from a report of that quarter."""
    kept = [item.get("kept_from") for item in facts.content["findings"]]
    yield from demand(any(said_period(said) == period for period in kept), f"kept from {kept}")


def said_period(said: Said) -> str:
    """Return the quarter of a sentence as the result names it."""
    return quarter(said["quarter"])


@claim("observed", "Deze aantallen zijn overgenomen uit het rapport over het {quarter:quarter}.")
def kept_rows(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the rows come from a report of that quarter."""
    found = {row.kept for row in facts.rows(outcome_at(at))}
    yield from demand(found == {said_period(said)}, f"the rows are of {found}")


@claim(
    "observed",
    "De rijen komen uit verschillende rapporten van deze reeks, zoals de tabel vermeldt.",
    "Daarom staat er geen totaal bij.",
    "Deze {two=twee} rijen komen uit verschillende rapporten en zijn niet vergeleken.",
)
def mixed_rows(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check that the rows come from several reports, or that the first and the last do."""
    rows = facts.rows(outcome_at(at))
    found = {row.kept for row in ((rows[0], rows[-1]) if "two" in said else rows)}
    yield from demand(len(found) > 1, f"the rows are of {found}")


@claim(
    "rule",
    "Bij één gepubliceerde rij zegt de controle niets over afzonderlijke maanden.",
    where="note",
)
def single_row(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that an outcome with a criterion has one row."""
    rows = [facts.rows(item.outcome) for item in facts.criteria if item.outcome]
    yield from demand(any(len(found) == 1 for found in rows), "no such outcome has one row")


@claim(
    "observed",
    "Niet alle aantallen in de overzichten komen uit dit rapport; een deel komt uit "
    "{which=een eerder rapport|eerdere rapporten}.",
    "Een deel van de aantallen komt uit {which=een eerder rapport|eerdere rapporten}, zoals de "
    "overzichten hiervoor vermelden.",
)
def some_kept(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that rows of an earlier report stand in this one, and whether of one or several."""
    kept = {row.kept for name in TERMS for row in facts.rows(name)} - {None}
    yield from demand(bool(kept), "every row is of this report")
    several = said["which"] == "eerdere rapporten"
    yield from demand((len(kept) > 1) == several, f"the rows are kept from {kept}")


@claim("observed", f"{{rule={'|'.join(RULES.values())}}}: {{sources:text}}.")
def sources(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the sources of a rule that was checked."""
    code = next(code for code, name in RULES.items() if name == said["rule"])
    rules = [rule for rule in facts.content["compliance"]["rules"] if rule["code"] == code]
    yield from demand(bool(rules), "the result has no such rule")
    for rule in rules:
        yield from demand(rule["status"] == "checked", f"it is {rule['status']}")
        yield from said.is_text("sources", "; ".join(rule["sources"]))


@claim(
    "observed",
    "Van de {rows_in:count} aangeleverde belpogingen tellen er {in_exposure:count} mee in de "
    "analyse.",
)
def used(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check both ends of the account."""
    lines = {line["code"]: line["count"] for line in facts.content["bridge"]}
    for name in ("rows_in", "in_exposure"):
        yield from said.is_whole(name, lines[name])


@claim("observed", "In de aangeleverde gegevens zijn geen bijzonderheden gevonden.")
def nothing_found(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there are no findings."""
    found = [item["code"] for item in facts.content["findings"]]
    yield from demand(not found, f"found are {found}")
    yield from demand(not broken(facts), f"broken are {broken(facts)}")


def broken(facts: Facts) -> list[str]:
    """Return the rules that the calls are known to have gone against."""
    compliance = facts.content["compliance"]
    rules = [] if compliance is None else compliance["rules"]
    return [rule["code"] for rule in rules if rule["status"] == "checked" and rule["count"]]


@claim(
    "observed",
    "Overtredingen van de maximale termijn of van het recht van verzet zijn niet gevonden.",
)
def no_breach(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no call went against the cap, the own term or an objection."""
    bad = {"after_objection", "beyond_cap", "beyond_own_term", "objection_processed_late"}
    found = [item["code"] for item in facts.content["findings"] if item["code"] in bad]
    found += [code for code in broken(facts) if code in bad]
    yield from demand(not found, f"found are {found}")


@claim("words", "{name:text}.", where="label")
@claim("rule", "{remark:text}", where="remark")
def of_the_result(_said: Said, _facts: Facts, _at: Passage) -> Iterator[str]:
    """Take words that the result holds itself: names of criteria, and remarks about rules."""
    yield from ()


@claim("words", "Criterium {name:quoted}.")
def about(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there is such a criterion."""
    yield from demand(facts.criterion(said["name"][1:-1]) is not None, "there is none")


@claim(
    "rule",
    "De termijnen in deze tabel zijn berekend zonder de grens van {cap:count} {=maanden|maand} "
    "(Code).",
    where="note",
)
def left_out_cap(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the cap that a request leaves out."""
    yield from said.is_whole("cap", facts.cap)
    yield from demand(facts.is_request, "nothing beyond the cap is asked for")


@claim("rule", "De aanvraag gaat over {months:months}.")
def asked_months(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which months are asked for beyond the cap."""
    yield from said.is_stretch("months", facts.cap, (facts.asked or 0) - 1)


@claim(
    "observed",
    "Maand {first:count} valt in een tijdvak dat eerder begint.",
    "De maanden {first:count} tot en met {last:count} vallen in een tijdvak dat eerder begint.",
)
def begins_earlier(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which of the months asked for are counted with those before them."""
    _, beyond = asked_for(facts)
    yield from said.is_whole("first", facts.cap)
    yield from said.is_whole("last" if "last" in said else "first", beyond.first - 1)


ARGUED = "berust de aanvraag alleen op een redenering[{where=; die hoort in onderdeel 4 te staan}]."


@claim("observed", "Daarover zijn er geen cijfers: de gegevens eindigen met maand {last:count}.")
def no_figures_asked(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no row reaches the months that are asked for."""
    last = facts.common_ends[-1] if facts.common_ends else facts.starts
    yield from said.is_whole("last", last)
    yield from demand(last < (facts.cap or 0), f"the rows reach month {last}")


@claim(
    "observed",
    "De cijfers eindigen met maand {last:count}: over {rest:months} zeggen zij niets, en voor "
    f"die maanden {ARGUED}",
)
def figures_end(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check where the rows end, and which months asked for lie beyond."""
    last = facts.common_ends[-1]
    yield from said.is_whole("last", last)
    yield from said.is_stretch("rest", last + 1, (facts.asked or 0) - 1)
    yield from _is_argued(said, facts)


@claim("words", f"Voor die maanden {ARGUED}")
def argued_alone(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a request goes beyond the data, and where it is argued."""
    yield from demand(facts.is_request, "nothing is asked for")
    yield from _is_argued(said, facts)


def _is_argued(said: Said, facts: Facts) -> Iterator[str]:
    written = "4" not in facts.content["gaps"]
    yield from demand(written == ("where" in said), f"section 4 is written: {written}")


@claim(
    "observed",
    "Cijfers over {rest:months} zijn er niet; daarom kan dit rapport niets zeggen over die "
    "maanden.",
)
def unseen_months(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which months of the term asked for lie beyond the rows."""
    last = facts.common_ends[-1] if facts.common_ends else facts.starts
    yield from said.is_stretch("rest", last + 1, (facts.asked or 0) - 1)


@claim(
    "tested",
    "Ook bij andere drempelwaarden, peildatums, krommen en dergelijke is er nog geen voorstel: "
    "steeds staat van een criterium niet vast of eraan wordt voldaan.",
)
def never(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no other choice gives a proposal."""
    found = {line["status"] for line in facts.content["sensitivity"]}
    yield from demand(found == {"undetermined"}, f"there are {found}")


@claim(
    "words",
    "De gewichten bij {names:text} zijn afgerond op tientallen en tellen daardoor niet altijd op "
    "tot 100%.",
)
def coarse(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check of which outcomes only rounded weights are published."""
    fitted = [name for name in TERMS if facts.outcome(name)["fits"]]
    due = [
        TERMS[name].head.lower()
        for name in fitted
        if not any(fit["parameters"] for fit in facts.outcome(name)["fits"])
    ]
    yield from said.is_text("names", enumerated(due))


@claim(
    "words",
    "Een punt staat voor {what=minder dan|een aantal waaruit een aantal van minder dan} "
    "{least:count}[ zou volgen][, of voor een aantal waaruit zo’n klein aantal zou volgen]"
    "[; de bovengrens is dan berekend met het grootste aantal dat daarmee bedoeld kan zijn].",
    where="note",
)
def point(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the minimum that a note names."""
    yield from said.is_whole("least", facts.minimum)
