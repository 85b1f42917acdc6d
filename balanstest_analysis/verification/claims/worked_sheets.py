"""The worked row: its cells computed by the formulas that are printed, and held against the row."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from scipy.stats import beta, norm

from balanstest_analysis.verification.claims.due import heads, number, rate, stretch
from balanstest_analysis.verification.claims.facts import Facts, Row
from balanstest_analysis.verification.claims.one_sided import one_sided
from balanstest_analysis.verification.claims.page import Sheet
from balanstest_analysis.verification.claims.rate_sheets import level_words, unit_head
from balanstest_analysis.verification.claims.vocabulary import TERMS

ORDER = ("objection", "conversion", "complaint")
FEW = 5
FUNCTIONS: dict[str, Callable[..., float]] = {
    "BETA_INV": lambda *given: float(beta.ppf(*given)),
    "NORM_S_INV": lambda share: float(norm.ppf(share)),
    "SQRT": lambda value: float(value**0.5),
}
SIGNS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: float(a**b),
}


class Worked(NamedTuple):
    """The row that is worked out."""

    outcome: str
    row: Row


def worked(facts: Facts) -> Worked:
    """Return the last row within the term of what decides, or of the first outcome that has one.

    Raises:
        KeyError: no row tells all its numbers.
    """
    deciding = facts.criterion(facts.proposal["binding"])
    first = [deciding.outcome] if deciding is not None and deciding.outcome else []
    for outcome in dict.fromkeys([*first, *ORDER]):
        rows = [row for row in facts.rows(outcome) if _tells_all(row)]
        within = [row for row in rows if facts.term is not None and row.first < facts.term]
        if rows:
            return Worked(outcome, (within or rows)[-1])
    raise KeyError("no row tells all its numbers")


def _tells_all(row: Row) -> bool:
    told = row.contacts and row.events and row.stated_effect is not None
    return bool(told) and (row.events or 0) < (row.contacts or 0)


def worked_row(sheet: Sheet, facts: Facts) -> Iterator[str]:
    """Read a row computed again: by its own formulas, and as the overview prints it."""
    columns = ["Cel", "Getal", "Formule", "Formule (Engelse versie)", "Uitkomst"]
    yield from heads(sheet, columns)
    outcome, row = worked(facts)
    months = sheet.caption.removeprefix("De rij over ").removesuffix(" nagerekend in een rekenblad")
    if not stretch(row.first, row.last).fits(months):
        yield f"it is about {months}, due are months {row.first} to {row.last}"
    given = dict(zip(("A1", "A2", "A3"), _given(row), strict=True))
    known = dict(given)
    for place, (cell, _, dutch, english, printed) in enumerate(sheet.rows, start=1):
        if cell != f"A{place}" or (cell in given) == bool(english):
            yield f"row {place} is {cell!r}, with formula {english!r}"
        if dutch != in_dutch(english):
            yield f"{cell}: {dutch!r} is not {english!r}"
        if english:
            known[cell] = computed(english, known)
        due = rate(known[cell]) if printed.endswith("%") else number(known[cell])
        if not due.fits(printed):
            yield f"{cell}: {printed!r} where {due.words} follows"
    yield from _as_printed(sheet, outcome, row, known, facts)


def in_dutch(formula: str) -> str:
    """Return a formula as a Dutch spreadsheet takes it.

    Examples:
        >>> in_dutch("=BETA.INV(0.05,A5,A9*SQRT(2))")
        '=BETA.INV(0,05;A5;A9*WORTEL(2))'
    """
    return re.sub(r"(?<=\d)\.", ",", formula.replace(",", ";")).replace("SQRT", "WORTEL")


def _given(row: Row) -> tuple[float, float, float]:
    return float(row.contacts or 0), float(row.events or 0), row.effect


def _as_printed(
    sheet: Sheet, outcome: str, row: Row, known: dict[str, float], facts: Facts
) -> Iterator[str]:
    """Yield which names or numbers are not those of the row in its overview."""
    level = level_words(facts)
    ends = [f"{level}-interval, begin", f"{level}-interval, eind"]
    few = min(row.events or 0, (row.contacts or 0) - (row.events or 0)) < FEW
    names = [unit_head(facts), TERMS[outcome].head, "Ontwerpeffect", "A1 gedeeld door het effect"]
    names += ["A2 gedeeld door het effect", "Percentage", "Ondergrens", "Bovengrens"]
    names += ends if few else [*["Tussenstap"] * 4, *ends]
    found = [line[1] for line in sheet.rows]
    if found != names:
        yield f"the numbers are {found}, due are {names}"
        return
    limits = one_sided(row, facts.level, facts.minimum)
    due = {"A6": row.rate, "A7": limits.lower, "A8": limits.upper}
    due |= {"A9": row.lower, "A10": row.upper} if few else {"A13": row.lower, "A14": row.upper}
    for cell, exact in due.items():
        if exact is None or abs(known[cell] - exact) > 1e-6:
            yield f"{cell}: {known[cell]} follows from its formula, the overview has {exact}"


def computed(formula: str, known: dict[str, float]) -> float:
    """Return what a formula gives, with the cells that it names.

    Raises:
        ValueError: it is no formula of numbers, cells and known functions.

    Examples:
        >>> computed("=2*(A4+A9^2)", {"A4": 1.0, "A9": 3.0})
        20.0
    """
    named = re.sub(r"([A-Z])\.(?=[A-Z])", r"\1_", formula.removeprefix("=")).replace("^", "**")
    return _value(ast.parse(named, mode="eval").body, known)


def _value(node: ast.expr, known: dict[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.Name(id=name) if name in known:
            return known[name]
        case ast.BinOp(left=left, op=sign, right=right):
            return SIGNS[type(sign)](_value(left, known), _value(right, known))
        case ast.Call(func=ast.Name(id=name), args=given) if name in FUNCTIONS:
            return FUNCTIONS[name](*(_value(one, known) for one in given))
        case _:
            raise ValueError(f"no number: {ast.dump(node)}")
