"""Tables of curves: weights, parameters, fit, and rates at a common mix of campaigns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from balanstest_analysis.verification.claims.due import (
    HIDDEN,
    Due,
    anything,
    cells,
    heads,
    number,
    rate,
    text,
)
from balanstest_analysis.verification.claims.dutch_numbers import printed
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Sheet
from balanstest_analysis.verification.claims.phrase import value
from balanstest_analysis.verification.claims.vocabulary import (
    FAMILIES,
    NOT_FITTED,
    TERMS,
    outcome_called,
)

FORMULAS = {
    "constant": "p = a",
    "exponential": "log p = a + b·m",
    "floor": "p = f + (a − f)·exp(−b·m)",
    "power": "log p = a + b·log(1 + m)",
    "logistic": "logit p = a + b·m",
    "loglogistic": "logit p = a + b·log(1 + m)",
    "spline4": "logit p = natuurlijke kubische spline door 4 knopen",
    "spline6": "logit p = natuurlijke kubische spline door 6 knopen",
}
NAMES = {
    "intercept": "a",
    "slope": "b",
    "logit_start": "logit a",
    "logit_floor": "logit f",
    "log_decay": "log b",
}
PARAMETER = re.compile(
    r"(?P<name>.+?) = (?P<value>−?[\d.,]+)(?: × 10\^(?P<power>−?\d+))?"
    r"(?: \((?P<error>[\d.,]+)(?: × 10\^(?P<error_power>−?\d+))?\))?"
)


def weights(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read the weight of every curve: whole percentages that add up, or tenths."""
    shown = [name for name in TERMS if facts.outcome(name)["fits"]]
    yield from heads(sheet, ["Kromme", "Vorm", *(TERMS[name].head for name in shown)])
    families = [fit["family"] for fit in facts.outcome(shown[0])["fits"]]
    fits = [{fit["family"]: fit for fit in facts.outcome(name)["fits"]} for name in shown]
    due = [
        [text(FAMILIES[one].capitalize()), text(FORMULAS[one]), *(_weight(f[one]) for f in fits)]
        for one in families
    ]
    yield from cells(sheet, due)
    for place, some in enumerate(fits, start=2):
        if any(fit["parameters"] for fit in some.values()):
            whole = [row[place] for row in sheet.rows if row[place].endswith("%")]
            total = sum(printed(cell).value for cell in whole if not cell.startswith("<"))
            if total != 100:
                yield f"the weights in column {sheet.columns[place]!r} add up to {total}"


def _weight(fit: Mapping[str, Any]) -> Due:
    if fit["status"] != "ok":
        return text(NOT_FITTED[fit["status"]])
    weight = 100 * (fit["weight"] or 0.0)
    if not fit["parameters"] and not weight:
        return text("< 5%")
    # shares of one whole are rounded up or down, so that they add up
    return Due(value(weight), lambda cell: abs(printed(cell).value - weight) < 1 + 1e-9)


def fits(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read parameters and fit of every curve of an outcome."""
    outcome = outcome_called(sheet.caption.partition(":")[0])
    columns = ["Kromme", "Parameters", "Deviantie", "df", "AIC", "Gewicht", "p"]
    yield from heads(sheet, columns)
    due = []
    for fit in facts.outcome(outcome)["fits"]:
        name = text(FAMILIES[fit["family"]].capitalize())
        if fit["status"] != "ok":
            due.append([name, text(NOT_FITTED[fit["status"]]), *[text(HIDDEN)] * 5])
            continue
        measures = (fit[key] for key in ("deviance", "df", "aic", "weight", "p_value"))
        due.append([name, _parameters(fit), *(number(value) for value in measures)])
    yield from cells(sheet, due)


def _parameters(fit: Mapping[str, Any]) -> Due:
    return Due(value([*fit["parameters"].values()]), lambda cell: _says(cell, fit))


def _says(cell: str, fit: Mapping[str, Any]) -> bool:
    parts = [PARAMETER.fullmatch(part) for part in cell.split("; ")] if cell else []
    names = list(fit["parameters"])
    if len(parts) != len(names):
        return False
    for part, name in zip(parts, names, strict=True):
        if part is None or not _named(part["name"], name):
            return False
        error = fit["standard_errors"].get(name)
        if not _close(part["value"], part["power"], fit["parameters"][name], 4):
            return False
        if (part["error"] is None) != (error is None):
            return False
        if error is not None and not _close(part["error"], part["error_power"], error, 3):
            return False
    return True


def _named(told: str, name: str) -> bool:
    if not name.startswith("month_"):
        return told == NAMES.get(name, name)
    return printed(told.removeprefix("maand ")).shows(float(name.removeprefix("month_")))


def _close(told: str, power: str | None, exact: float, digits: int) -> bool:
    scale = 10.0 ** int((power or "0").replace("−", "-"))
    value = printed(told).value * scale
    return abs(value - exact) <= 0.51 * 10.0 ** (1 - digits) * max(abs(exact), abs(value))


def standardised(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read fitted rates at the month's own and at the common mix of campaigns."""
    shown = [name for name in TERMS if facts.outcome(name).get("standardised")]
    mixes = ("eigen", "gelijke")
    columns = [f"{TERMS[name].head}, {mix} verdeling" for name in shown for mix in mixes]
    yield from heads(sheet, ["Maand", *columns])
    points = [{p["month"]: p for p in facts.outcome(name)["standardised"]} for name in shown]
    known = set().union(*points)
    due = []
    for row in sheet.rows:
        month = int(row[0])
        if month not in known:
            yield f"month {month} is not in the result"
        found = [point.get(month, {}) for point in points]
        shares = [p.get(key) for p in found for key in ("rate", "standardised_rate")]
        due.append([anything(), *(rate(share) for share in shares)])
    yield from cells(sheet, due)
