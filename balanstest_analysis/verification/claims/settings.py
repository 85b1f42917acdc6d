"""Sentences of the method and the limitations that rest on settings or on the delivered data."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.campaigns import takes_campaigns
from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import OUTCOMES, OVERALL, Facts
from balanstest_analysis.verification.claims.fixed import has_composition
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.vocabulary import (
    KINDS,
    PLURAL_UNITS,
    TABLES,
    UNITS,
    enumerated,
)

MOVED = 0.1
REACH = "het bereik (het deel van de belpogingen waarin de juiste persoon is bereikt)"


@claim(
    "rule",
    "Verticale streep door de stip: {level:percentage}-interval.",
    "Aangetoond (betrouwbaarheid {level:percentage}) betekent het volgende.",
    "Aangetoond: de laatste maand waarvoor dat is aangetoond (betrouwbaarheid {level:percentage}, "
    "eenzijdig).",
    "Stel dat voor elke maand tot en met maand m* zonder onderbreking is aangetoond "
    "(betrouwbaarheid {level:percentage}, eenzijdig) dat aan een criterium wordt voldaan.",
)
def level(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the confidence level."""
    yield from said.shows_rate("level", facts.level)


@claim(
    "rule",
    "Lijn: geschatte kromme met een band van {band:percentage} (onder- en bovengrens elk eenzijdig "
    "{level:percentage}).",
    "Figuur {number:count} Opbrengst en hinder op één tijdas: geschatte percentages per contact, "
    "met een band van "
    "{band:percentage} (onder- en bovengrens elk eenzijdig {level:percentage}).",
)
def band(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the confidence of the band between two one-sided limits."""
    yield from said.shows_rate("level", facts.level)
    yield from said.shows_rate("band", 2 * facts.level - 1)


@claim(
    "rule",
    "De rekenwijze is zo gekozen dat zij, onder de aannames van de methode in bijlage A, bij "
    "herhaling in hooguit ongeveer 1 op de {one_in:count} gevallen een te lange termijn geeft.",
)
def one_in(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how often the term may be too long."""
    yield from said.shows("one_in", 1 / (1 - facts.level))


@claim(
    "rule",
    "Ook die {level:percentage} is een keuze: zij komt erop neer dat een te lange termijn "
    "{times:number} keer zo zwaar telt als een te korte.",
)
def weight_of_level(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check what the confidence level weighs."""
    yield from said.shows_rate("level", facts.level)
    yield from said.shows("times", facts.level / (1 - facts.level))


@claim(
    "observed",
    "Het ontwerpeffect (hoeveel sterker de aantallen schommelen dan bij onafhankelijke "
    "gesprekken) is nergens groter dan 1,0; het interval is daarom niet verruimd.",
    "Het interval is verruimd met het ontwerpeffect van {effect=Rao en Scott}: hoeveel sterker de "
    "aantallen schommelen dan bij onafhankelijke gesprekken.",
)
def widened(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check whether any interval is wider than that of independent contacts."""
    effects = [row.effect for name in OUTCOMES for row in facts.rows(name)]
    wider = any(effect > 1 for effect in effects)
    yield from demand(wider == ("effect" in said), f"wider: {wider}")


@claim(
    "rule",
    "Met {draws:count} {=nagebootste steekproeven (trekkingen)|nagebootste steekproef (trekking)} "
    "is nagegaan hoe anders de aantallen door toeval hadden kunnen uitvallen.",
)
def draws(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the number of draws."""
    yield from said.is_whole("draws", facts.settings["resamples"])


ALIKE = "contacten uit dezelfde campagne op elkaar lijken ({campaigns:count} {=campagnes|campagne})"


@claim(
    "rule",
    "De aantallen van verschillende maanden hangen samen, omdat dezelfde {who=mensen} meer dan "
    f"eens zijn gebeld[ en omdat {ALIKE}].",
    f"Dat {ALIKE}, is wel meegerekend.",
)
def dependence(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which dependence is part of the draws."""
    clustering = facts.content["clustering"]
    known = clustering["customers_known"]
    yield from demand(known == ("who" in said), f"people are known: {known}")
    taken = takes_campaigns(facts)
    yield from demand(taken == ("campaigns" in said), f"campaigns are taken in: {taken}")
    if "campaigns" in said:
        yield from said.is_whole("campaigns", clustering["campaigns"])


@claim("rule", "Die samenhang is als covariantie in de trekkingen meegerekend.")
def covariance(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that people are known."""
    known = facts.content["clustering"]["customers_known"]
    yield from demand(known, "people are not known")


@claim(
    "rule",
    "Dat mensen meer dan eens kunnen zijn gebeld, is niet meegerekend, omdat uit de gegevens "
    "niet blijkt wie is gebeld.",
    "De onzekerheid kan daardoor groter zijn dan hier getoond.",
    "De spreiding van de trekkingen is afgestemd op de spreiding in de gegevens.",
    "Dat mensen meer dan eens kunnen zijn gebeld, is niet meegerekend.",
)
def people_unknown(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that people are not known."""
    known = facts.content["clustering"]["customers_known"]
    yield from demand(not known, "people are known")


@claim(
    "rule",
    "Een criterium over alle maanden van de termijn samen is getoetst aan de exacte bovengrens van "
    "het totaal, voor steeds langere termijnen, tot de eerste die niet is aangetoond.",
)
def overall(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there is such a criterion."""
    found = [item.kind for item in facts.criteria]
    yield from demand(OVERALL in found, f"the criteria are {found}")


@claim(
    "rule",
    "Aantallen van {least:count} tot en met {most:count} die over mensen gaan, worden niet "
    "gepubliceerd, en ook niet de aantallen waaruit zij te berekenen zijn.",
)
def unpublished(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the least publishable count."""
    yield from said.is_whole("least", 1)
    yield from said.is_whole("most", facts.minimum - 1)


@claim("observed", "De overzichten lopen tot en met maand {last:count}.")
def last_month(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the last month with a row."""
    yield from said.is_whole("last", facts.ends)


@claim(
    "observed",
    f"Van de eerste naar de laatste maanden ging {{what={REACH}|het aandeel van de grootste "
    "campagne} van {first:percentage} naar {last:percentage}[ en het aandeel van de grootste "
    "campagne van {share_first:percentage} naar {share_last:percentage}].",
)
def moved(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check how far reach and the share of the largest campaign moved."""
    key = "reached_share" if said["what"] == REACH else "largest_campaign_share"
    yield from _moved(said, facts, key, "")
    if "share_first" in said:
        yield from _moved(said, facts, "largest_campaign_share", "share_")


def _moved(said: Said, facts: Facts, key: str, prefix: str) -> Iterator[str]:
    rows = facts.content["composition"]
    known = [row[key] for row in rows if row[key] is not None]
    yield from said.shows_rate(f"{prefix}first", known[0])
    yield from said.shows_rate(f"{prefix}last", known[-1])
    yield from demand(abs(known[-1] - known[0]) >= MOVED, "that is no large change")


@claim(
    "observed",
    f"Vanaf maand {{month:count}} zijn er nog hooguit ongeveer {{most:count}} "
    f"{{unit={PLURAL_UNITS}}} "
    "per maand.",
)
def thin(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check from which month rows are thin, and how thin the last of the term are."""
    month, term = said.whole("month"), facts.evaluated or 0
    yield from said.is_text("unit", UNITS[facts.settings["denominator"]][1])
    starts = {row.first for name in facts.shown for row in facts.rows(name)}
    yield from demand(month in starts, "no row begins there")
    found = []
    for name in facts.shown:
        rows = [row for row in facts.rows(name) if row.contacts]
        tail = [row for row in rows if month <= row.first < term]
        if tail and tail[0].first == month:
            found.append(max(round((r.contacts or 0) / (r.last - r.first + 1)) for r in tail))
    yield from demand(said.whole("most") in found, f"the most per month is {found}")


@claim(
    "rule",
    "{which=De overzichten|Het overzicht} van {tables:text} {=bevatten|bevat} ook aantallen uit "
    "een eerder rapport van deze reeks.",
)
def kept_tables(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which tables of the report hold counts of an earlier one."""
    kept = [name for name in facts.content["series"]["kept"] if _stands(name, facts)]
    yield from said.is_text("tables", enumerated([TABLES[name] for name in kept]))
    yield from demand((len(kept) > 1) == (said["which"] == "De overzichten"), f"they are {kept}")


def _stands(name: str, facts: Facts) -> bool:
    """Return whether the report prints a table of which rows may be kept."""
    if name in OUTCOMES:
        return bool(facts.rows(name))
    if name == "composition":
        return has_composition(facts)
    key = "incidence_since_contact" if name.endswith("_incidence") else name
    found = facts.content[key]
    return bool(found.get(name.removesuffix("_incidence")) if key != name else found)


@claim(
    "rule",
    "De nieuwe aantallen wijken daar minder dan {least:count} van af.",
)
def small_difference(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the least publishable count."""
    yield from said.is_whole("least", facts.minimum)


@claim(
    "rule",
    "Niet alle relaties tellen mee: {kinds:text} geven deze organisatie geen grond om te bellen.",
)
def left_out_kinds(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that every kind that is said to give no ground gives none."""
    cells = facts.content["relations"]["grounds"]
    without = [KINDS[cell["kind"]] for cell in cells if not cell["ground"]]
    for kind in KINDS.values():
        if kind in said["kinds"]:
            yield from demand(kind in without, f"{kind} do give a ground")


@claim(
    "rule",
    "In elke rij is één keuze veranderd en blijft de rest gelijk; gerekend is zonder de grens van "
    "{cap:count} {=maanden|maand} (Code).",
)
def without_cap(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that a request leaves out the cap under other choices too."""
    yield from said.is_whole("cap", facts.cap)
    yield from demand(facts.is_request, "nothing beyond the cap is asked for")
