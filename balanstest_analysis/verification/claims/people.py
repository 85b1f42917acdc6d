"""Sentences about who was called, when and how often, and about the composition of the months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from balanstest_analysis.verification.claims.claim import Said, claim, compiled, demand
from balanstest_analysis.verification.claims.counted_from import EVENT, event_of
from balanstest_analysis.verification.claims.dutch_numbers import printed
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Page, Passage
from balanstest_analysis.verification.claims.vocabulary import (
    FIRST,
    PLURAL_UNITS,
    TERMS,
    UNITS,
    outcome_called,
)

SHARES = {
    "Het bereik": "reached_share",
    "Het aandeel van de grootste campagne": "largest_campaign_share",
}


def points(facts: Facts) -> Mapping[str, Any]:
    """Return when and how often people were called after the relation ended.

    Raises:
        KeyError: that is not published.
    """
    compliance = facts.content["compliance"]
    if compliance is None or compliance["afterwards"] is None:
        raise KeyError("afterwards")
    found: Mapping[str, Any] = compliance["afterwards"]
    return found


@claim(
    "observed",
    f"Van de {{total:count}} {{unit={PLURAL_UNITS}}} in de overzichten viel {{parts:text}}.",
    f"Alle {{total:count}} {{unit={PLURAL_UNITS}}} in de overzichten vielen in {{months:months}}.",
)
def per_year(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how the contacts divide over the years since the last purchase."""
    counts = [max((n for n in y.contacts.values() if n), default=0) for y in facts.years]
    total = sum(counts)
    yield from said.is_whole("total", total)
    yield from said.is_text("unit", UNITS[facts.settings["denominator"]][1])
    if "months" in said:
        yield from said.is_stretch("months", facts.years[0].first, facts.years[-1].last)
        return
    parts = re.findall(r"[\d,]+% in maand \d+(?: tot en met \d+)?", said["parts"])
    yield from demand(len(parts) == len(counts), f"{len(counts)} years are due")
    for part, year, count in zip(parts, facts.years, counts, strict=False):
        found = compiled("{share:percentage} in {months:months}").fullmatch(part)
        inner = Said(found.groupdict() if found else {})
        yield from inner.is_stretch("months", year.first, year.last)
        yield from inner.shows_rate("share", count / total)


BY = "{{{0}=al in maand 0|in maand}}[ {{{0}_month:count}} of eerder]"


@claim(
    "observed",
    "Van de mensen die na het einde van de relatie zijn gebeld, is de helft voor het eerst gebeld "
    f"{BY.format('median')}, {{low_share:percentage}} {BY.format('low')} en "
    f"{{high_share:percentage}} "
    f"{BY.format('high')} (voltooide maanden sinds {EVENT}).",
)
def first_calls(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check in which month people are first called."""
    found = points(facts)
    for name in ("median", "low", "high"):
        month = said.whole(f"{name}_month") if f"{name}_month" in said else 0
        due = found[f"first_{name}"]
        yield from demand(month == due, f"{name} is {due}")
        yield from demand((due == 0) == said[name].startswith("al"), f"{name} is {due}")
    yield from said.is_text("low_share", "5%")
    yield from said.is_text("high_share", "95%")
    yield from said.is_text("event", event_of(facts))


@claim(
    "observed",
    "Mensen die na het einde van de relatie zijn gebeld, zijn per kalenderjaar doorgaans "
    "{calls_median:count} keer gebeld en {contacts_median:count} keer bereikt (mediaan); "
    "{share:percentage} is hooguit {calls_high:count} keer gebeld en hooguit {contacts_high:count} "
    "keer bereikt.",
)
def how_often(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how often people are called in a year."""
    found = points(facts)
    for name in ("calls_median", "contacts_median", "calls_high", "contacts_high"):
        yield from said.is_whole(name, found[name])
    yield from said.is_text("share", "95%")


@claim(
    "observed",
    "Uit de aangeleverde tellingen is niet op te maken wanneer een bepaalde persoon is gebeld.",
    "Uit de aangeleverde tellingen is niet op te maken hoe vaak een bepaalde persoon is gebeld.",
)
def not_seen(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no calling history was delivered."""
    yield from demand(facts.content["compliance"] is None, "a history was delivered")


@claim("observed", "Er zijn te weinig oud-klanten gebeld om hierover iets te publiceren.")
def too_few_called(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that nothing is published about calls after the relation ended."""
    compliance = facts.content["compliance"]
    yield from demand(compliance is not None and compliance["afterwards"] is None, "it is told")


_SHARE = f"{{share={'|'.join(SHARES)}}}"


@claim(
    "observed",
    f"{_SHARE} is in deze historie in elk tijdvak {{every:percentage}}.",
    f"{_SHARE} ligt in deze historie per tijdvak tussen {{low:percentage}} en {{high:percentage}}[ "
    "en is het laagst in {low_months:months} en het hoogst in {high_months:months}].",
    f"{_SHARE} ligt in deze historie per tijdvak tussen {{low:percentage}} en {{high:percentage}} "
    "en is het laagst in {low_months:months}.",
    f"{_SHARE} ligt in deze historie per tijdvak tussen {{low:percentage}} en {{high:percentage}} "
    "en is het hoogst in {high_months:months}.",
)
def shares(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check between which shares the months lie, and in which months that is."""
    rows = facts.content["composition"]
    key = SHARES[said["share"]]
    known = [(row[key], row) for row in rows if row[key] is not None]
    several = max(row["campaigns"] for row in rows) > 1
    yield from demand(several or key == "reached_share", "no campaigns are told apart")
    low, high = (pick(known, key=lambda pair: pair[0]) for pick in (min, max))
    if "every" in said:
        yield from said.shows_rate("every", low[0])
        yield from said.shows_rate("every", high[0])
        return
    yield from demand(said["low"] != said["high"], "the ends show the same")
    yield from said.shows_rate("low", low[0])
    yield from said.shows_rate("high", high[0])
    for name, (_, row) in (("low", low), ("high", high)):
        alike = sum(said.number(name).shows(100 * share) for share, _ in known)
        several = f"{alike} rows show {said[name]}"
        yield from demand((f"{name}_months" in said) == (alike == 1), several)
        if f"{name}_months" in said:
            yield from said.is_stretch(f"{name}_months", row["month_from"], row["month_to"])


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield a fault where the reach is told, but of the campaigns told apart no share is.

    Args:
        page: of the report.
        facts: of its result.
    """
    rows = facts.content["composition"]
    several = max((row["campaigns"] for row in rows), default=0) > 1
    known = any(row["largest_campaign_share"] is not None for row in rows)
    reach, campaign = (
        any(re.search(f"{name} (is|ligt) in deze historie", one.text) for one in page.passages)
        for name in SHARES
    )
    if reach and campaign != (several and known):
        yield f"the share of the largest campaign is told: {campaign}"


@claim("fitted", "Het grootste verschil is {parts:text}.")
def largest_difference(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how much a common mix of campaigns matters at most."""
    pattern = re.compile(r"(minder dan )?([\d,]+) procentpunt bij (conversies|verzet|klachten)")
    found = list(pattern.finditer(said["parts"]))
    shown = [name for name in TERMS if facts.outcome(name).get("standardised")]
    told = [outcome_called(one[3]) for one in found]
    yield from demand(told == shown, f"told are {told}, due are {shown}")
    for one in found:
        rows = facts.outcome(outcome_called(one[3]))["standardised"]
        most = 100 * max(abs(row["rate"] - row["standardised_rate"]) for row in rows)
        number = printed(one[2])
        if one[1]:
            yield from demand(most < number.value / 2 + 1e-9, f"{one[3]}: {most}")
        else:
            yield from demand(number.shows(most), f"{one[3]}: {most}")


@claim(
    "observed",
    "{label=Verzet|Klachten}: de aantallen mensen worden niet per tijdvak gepubliceerd.",
    "Binnen {last:count} {=maanden|maand} na hun {first:text} ging het om ten hoogste "
    "{upper:percentage} van de mensen.",
)
def people_at_most(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the share of people at most, where no row of them is published."""
    rows = facts.content["incidence_since_contact"]["complaint"]
    yield from demand(all(row["incidence"] is None for row in rows), "rows are published")
    if "last" in said:
        limits = [r["incidence_upper"] for r in rows if r["incidence_upper"] is not None]
        yield from said.is_whole("last", rows[-1]["month_to"] + 1)
        yield from said.is_text("first", FIRST[facts.settings["denominator"]])
        yield from said.shows_rate("upper", limits[-1])


@claim(
    "observed",
    "Van de mensen die in een kalenderjaar zijn gebeld, is {parts:text} gebeld (over alle jaren "
    "samen).",
)
def buckets(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how the people divide over numbers of calls in a year."""
    due = facts.content["compliance"]["frequency"]["buckets"]
    parts = re.findall(r"(minder dan )?(\d+)% (?:(één)|(\d+))", said["parts"])
    yield from demand(len(parts) == len(due), f"{len(due)} parts are due")
    for (less, share, one, number), bucket in zip(parts, due, strict=False):
        exact = 100 * bucket["share"]
        holds = exact < 1 if less else printed(share).shows(exact)
        yield from demand(holds, f"the share is {exact}")
        calls = 1 if one else int(number)
        yield from demand(calls == bucket["calls_from"], f"calls from {bucket['calls_from']}")


@claim(
    "words",
    "{label=Klachten|Verzet|Conversie} over alle maanden samen: {most=hooguit |}"
    "{number:number} per 1.000.",
)
def balance_note(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check an outcome of which the months of the term are hidden."""
    total = facts.total(outcome_called(said["label"]))
    rate = None if total is None else total.upper if total.rate is None else total.rate
    yield from said.shows("number", None if rate is None else 1000 * rate)
    hidden = total is not None and total.rate is None
    yield from demand(hidden == bool(said["most"]), f"the rate is hidden: {hidden}")


@claim(
    "observed",
    "{=Opbrengst en hinder kunnen niet naast elkaar worden gezet: over} {subjects:text} zijn geen "
    "cijfers te geven.",
)
def no_figures(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check of which outcomes there are no figures."""
    absent = [TERMS[name].subject for name in TERMS if not facts.rows(name)]
    due = ", ".join(absent[:-1]) + " en " + absent[-1] if len(absent) > 1 else "".join(absent)
    yield from said.is_text("subjects", due)
