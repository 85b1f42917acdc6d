"""What each kind of criterion demands, in words."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, compiled, demand
from balanstest_analysis.verification.claims.dutch_numbers import printed
from balanstest_analysis.verification.claims.facts import OVERALL, Criterion, Facts
from balanstest_analysis.verification.claims.vocabulary import (
    ANY_UNITS,
    NOUNS,
    RATES,
    RESULTS,
    UNITS,
    outcome_called,
)

NORMS = {
    "minimum_rate": (
        f"ten minste {{threshold:percentage}} van de {{unit={ANY_UNITS}}} moet in elke "
        f"maand tot {{result={RESULTS}}} leiden"
    ),
    "maximum_rate": (
        f"ten hoogste {{threshold:percentage}} van de {{unit={ANY_UNITS}}} mag in elke "
        f"maand tot {{result={RESULTS}}} leiden"
    ),
    OVERALL: (
        "over alle maanden van de termijn samen mag ten hoogste {threshold:percentage} van de "
        f"{{unit={ANY_UNITS}}} tot {{result={RESULTS}}} leiden"
    ),
    "maximum_ratio": (
        f"het {{rate={RATES}}} mag ten hoogste {{factor:number}} keer zo hoog zijn als in "
        "{reference_months:months}"
    ),
    "burden_per_conversion": (
        f"per conversie mag ten hoogste {{limit:number}} {{={NOUNS}}} voorkomen, waarbij een "
        f"klacht telt als {{complaint_weight:number}} {{={NOUNS}}}"
    ),
    "net_benefit": (
        f"een {{unit={ANY_UNITS}}} moet gemiddeld ten minste opleveren wat het kost, gerekend met "
        "een opbrengst van € {value_per_conversion:number} per conversie en kosten van € "
        f"{{cost_per_contact:number}} per {{={ANY_UNITS}}}, € {{objection_weight:number}} per "
        "melding van verzet en € {complaint_weight:number} per klacht"
    ),
    "horizon": "de termijn mag ten hoogste {months:count} {=maanden|maand} zijn",
}


def norm_faults(text: str, item: Criterion, facts: Facts) -> Iterator[str]:
    """Yield what of a demand in words is not what the criterion demands.

    Args:
        text: without a capital or a full stop.
        item: the criterion.
        facts: for what is counted.
    """
    found = compiled(NORMS[item.kind]).fullmatch(text)
    if found is None:
        yield f"{text!r} is no demand of kind {item.kind}"
        return
    said = Said(found.groupdict())
    for name in ("result", "rate"):
        if name in said.fields:
            yield from demand(outcome_called(said[name]) == item.outcome, f"{item.outcome}")
    if "unit" in said.fields:
        units = UNITS[facts.settings["denominator"]]
        yield from demand(said["unit"] in units, f"counted are {units[1]}")
    yield from _stated(said, item)


def _stated(said: Said, item: Criterion) -> Iterator[str]:
    """Yield which numbers of a demand are not those of the criterion."""
    for name, scale in (("threshold", 100), ("limit", 1)):
        if name in said:
            yield from _exactly(said, name, scale * (item.threshold or 0))
    for name, value in item.parameters.items():
        if name == "reference_months" and name in said:
            first, last = value
            yield from said.is_stretch(name, first, last)
        elif name in said:
            yield from _exactly(said, name, float(value))


def _exactly(said: Said, name: str, value: float) -> Iterator[str]:
    stated = printed(said[name])
    room = 0.51 * 10.0 ** -max(stated.digits, 2)
    yield from demand(abs(stated.value - value) <= room, f"{name} is {value}")
