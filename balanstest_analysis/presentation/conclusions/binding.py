"""What binds the proposal, how sure that is, and whether the privacy side had a say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.conclusions.criteria import quoted, through_month
from balanstest_analysis.presentation.conclusions.refusals import names_untested
from balanstest_analysis.presentation.conclusions.rows import Result, criterion_named, weighs_burden


def binding(result: Result) -> str:
    """Return which criterion, cap or end of evidence decides the proposal."""
    bindings: dict[str, Callable[[Result], str]] = {
        "regime_cap": _cap_binds,
        "last_month_with_evidence": _evidence_binds,
    }
    return bindings.get(result["proposal"]["binding"], _criterion_binds)(result)


def _cap_binds(result: Result) -> str:
    regime = result["regime"]
    return (
        f"**Bindend** is de grens van {wording.months(regime['cap_months'])} uit de regeling "
        f"({literal(regime['name'])}). Die grens is een maximum en geen recht: zij zegt niets over "
        f"de vraag of deze termijn redelijk is. {_without_cap(result)}"
    )


def _without_cap(result: Result) -> str:
    uncapped = result["proposal"]["uncapped_term_months"]
    tested = [item for item in result["criteria"] if item["term_months"] is not None]
    shortest = min(tested, key=lambda item: int(item["term_months"]), default=None)
    if result["proposal"]["route"] == "request" and shortest is not None:
        ends = "het einde van het bewijs over " if _is_open(shortest) else ""
        return (
            f"Wat de gegevens dragen, wordt bepaald door {ends}het criterium "
            f"{quoted(shortest['name'])}."
        )
    return f"Zonder die grens dragen de getoetste criteria {wording.months(uncapped)}."


def _evidence_binds(result: Result) -> str:
    term = result["proposal"]["uncapped_term_months"]
    ending = [quoted(name) for name in deciding_names(result)]
    about = f" over {wording.enumerated(ending)}" if ending else ""
    return (
        f"**Bindend** is het einde van het bewijs{about}: na maand {term - 1} zijn er te weinig "
        "contacten om iets te kunnen vaststellen. Verder dan het bewijs reikt, worden de krommen "
        "niet doorgetrokken."
    )


def _is_open(criterion: Mapping[str, Any]) -> bool:
    """Return whether the evidence ends before the criterion fails."""
    return bool(criterion["kind"] != "horizon" and criterion.get("lower") is None)


def deciding_names(result: Result) -> tuple[str, ...]:
    """Return the criteria that decide the proposal: that which binds, or whose evidence ends."""
    proposal = result["proposal"]
    if proposal["binding"] != "last_month_with_evidence":
        names = [item["name"] for item in result["criteria"]]
        return tuple(name for name in names if name == proposal["binding"])
    return tuple(
        item["name"]
        for item in result["criteria"]
        if item["term_months"] == proposal["uncapped_term_months"] and item["kind"] != "horizon"
    )


def _criterion_binds(result: Result) -> str:
    criterion = criterion_named(result, result["proposal"]["binding"])
    if criterion is None:
        return ""
    norm = literal(wording.norm(criterion, result["settings"]["denominator"]))
    return f"**Bindend** is het criterium {quoted(criterion['name'])}: {norm}."


def uncertainty(result: Result) -> str:
    """Return how sure the term is: by estimate and limit where a criterion binds.

    Beyond a cap, or where the evidence ends, the limit alone tells; words have none.
    """
    criterion = criterion_named(result, result["proposal"]["binding"])
    level = wording.level(result["proposal"]["confidence_level"])
    if criterion is None:
        return _without_crossing(result, level)
    if criterion["kind"] == "horizon":
        return (
            "**Onzekerheid.** Dit criterium rust op een argument in woorden en niet op de "
            "gegevens; een marge is daarbij niet te geven."
        )
    return (
        f"**Onzekerheid.** {through_month(criterion, level)}. Het voorstel volgt de ondergrens en "
        "niet de schatting, omdat de organisatie moet kunnen aantonen dat de termijn redelijk is."
    )


def _without_crossing(result: Result, level: str) -> str:
    uncapped = result["proposal"]["uncapped_term_months"]
    if result["proposal"]["binding"] != "regime_cap":
        return (
            f"**Onzekerheid.** Ook op de ondergrens van {level} wordt aan de getoetste criteria "
            f"voldaan tot en met maand {uncapped - 1}; over latere maanden zeggen de gegevens "
            "niets."
        )
    shortest = [item for item in result["criteria"] if item["term_months"] == uncapped]
    if any(item["kind"] == "horizon" for item in shortest):
        words = "volgen uit een argument in woorden; een marge is daarbij niet te geven"
    else:
        words = f"gelden op de ondergrens van {level}, dus met de onzekerheid al meegerekend"
    return (
        f"**Onzekerheid.** De {wording.months(uncapped)} die de getoetste criteria dragen, {words}."
    )


def starts_later(result: Result) -> str:
    """Return before which month calling is not supported; empty where all months are."""
    later = [item for item in result["criteria"] if item["status"] == "holds_between"]
    points = [
        f"Aan het criterium {quoted(item['name'])} wordt pas vanaf maand "
        f"{item['holds_from_month']} voldaan; voor eerder bellen biedt het geen steun."
        for item in later
        if item.get("holds_from_month") is not None
    ]
    return " ".join(["**Begin van het bellen.**", *points]) if points else ""


def privacy_side(result: Result) -> str:
    """Return that the privacy side set no bound, and why; empty where it did."""
    if result["proposal"]["privacy_binds"]:
        return ""
    return f"**De privacykant heeft deze termijn niet begrensd.** {_why_not_bound(result)}"


def _why_not_bound(result: Result) -> str:
    burden = [item for item in result["criteria"] if weighs_burden(item)]
    if not burden:
        return (
            "Er is geen criterium gesteld over verzet of klachten; de weging is daarmee eenzijdig."
        )
    if all(item["name"] in result["proposal"]["untested"] for item in burden):
        return "De criteria over verzet en klachten konden niet worden getoetst."
    if any(item["name"] in result["proposal"]["untested"] for item in burden):
        return (
            "Van de criteria over verzet en klachten is een deel niet getoetst; het andere deel "
            "laat een even lange of langere termijn toe."
        )
    return (
        "De criteria over verzet en klachten laten, zover het bewijs reikt, een even lange of "
        "langere termijn toe."
    )


def untested(result: Result) -> str:
    """Return which criteria were not tested and what follows; empty where all were."""
    if not result["proposal"]["untested"]:
        return ""
    return f"{names_untested(result)} De termijn is daarom voorlopig en kan nog korter uitvallen."
