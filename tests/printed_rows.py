"""Overviews computed again by another hand: from what they print, and from nothing else."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from scipy.stats import beta, norm

from balanstest_analysis.document.blocks import Table

FEW = 5


def number_of(printed: str) -> float | None:
    """Return a printed number, or None for a point."""
    if printed == ".":
        return None
    plain = printed.removesuffix("%").replace(".", "").replace(",", ".")
    return float(plain) / (100 if printed.endswith("%") else 1)


def shown_as(rate: float, printed: str) -> str:
    """Return a rate with as many decimals as a printed percentage has."""
    decimals = len(printed.removesuffix("%").partition(",")[2])
    return f"{100 * rate:.{decimals}f}%".replace(".", ",")


def row_faults(table: Table, level: float = 0.95, minimum: int = 10) -> list[str]:
    """Return the cells of an overview that its other cells do not give.

    Args:
        table: an overview of one outcome.
        level: of the limits.
        minimum: least publishable count.
    """
    return [
        f"{row[0]}: {name} is {printed}, due is {due}"
        for row in table.rows
        for name, printed, due in _checked(
            dict(zip(table.columns, row, strict=True)), level, minimum
        )
        if printed != due
    ]


def _checked(row: Mapping[str, str], level: float, minimum: int) -> list[tuple[str, str, str]]:
    names = list(row)
    contacts, events = (number_of(row[name]) for name in names[1:3])
    interval, effect = row[f"{100 * level:g}%-interval"], number_of(row["Ontwerpeffect"])
    lower, upper = row["Ondergrens"], row["Bovengrens"]
    if contacts is None:
        return [("Ondergrens", lower, "."), ("Bovengrens", upper, ".")]
    if events is None:
        most = float(beta.ppf(level, minimum, contacts - minimum + 1))
        all_of_them = interval == "tot 100%" or most > 1
        due = "100%" if all_of_them and upper == "100%" else shown_as(most, upper)
        return [("Ondergrens", lower, "."), ("Bovengrens", upper, due)]
    if effect is None:
        return [("Ondergrens", lower, "."), ("Bovengrens", upper, ".")]
    due_lower, due_upper = exact_limits(contacts / effect, events / effect, level)
    begin, end = _interval(contacts, events, effect, level)
    printed_begin, printed_end = interval.split(" tot ")
    return [
        ("Percentage", row["Percentage"], _due(events / contacts, row["Percentage"])),
        ("begin", printed_begin, _due(begin, printed_begin)),
        ("eind", printed_end, _due(end, printed_end)),
        ("Ondergrens", lower, _due(due_lower, lower)),
        ("Bovengrens", upper, _due(due_upper, upper)),
    ]


def _due(rate: float, printed: str) -> str:
    return f"{100 * rate:g}%" if rate in {0, 1} else shown_as(rate, printed)


def exact_limits(n: float, k: float, level: float) -> tuple[float, float]:
    """Return both exact one-sided limits."""
    return (
        0.0 if k == 0 else float(beta.ppf(1 - level, k, n - k + 1)),
        1.0 if k == n else float(beta.ppf(level, k + 1, n - k)),
    )


def _interval(n: float, k: float, effect: float, level: float) -> tuple[float, float]:
    if min(k, n - k) < FEW:
        lower, upper = exact_limits(n / effect, k / effect, (1 + level) / 2)
        return lower, upper
    z, size, p = float(norm.ppf((1 + level) / 2)), n / effect, k / n
    middle = (p + z * z / (2 * size)) / (1 + z * z / size)
    half = z * math.sqrt(p * (1 - p) / size + z * z / (4 * size * size)) / (1 + z * z / size)
    return middle - half, middle + half


def computed(formula: str, cells: Mapping[str, float]) -> float:
    """Return what a formula gives in a Dutch spreadsheet.

    Args:
        formula: as printed, with semicolons and a decimal comma.
        cells: what stands in other cells.
    """
    python = formula.removeprefix("=").replace(",", ".").replace(";", ",").replace("^", "**")
    for name, short in (("BETA.INV", "b"), ("NORM.S.INV", "q"), ("WORTEL", "r")):
        python = python.replace(name, short)
    assert re.fullmatch(r"[\dA.,+*/() bqr-]+", python), formula
    known = {"b": beta.ppf, "q": norm.ppf, "r": math.sqrt, **cells}
    return float(eval(python, {"__builtins__": {}}, known))
