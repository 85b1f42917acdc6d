"""Curves and how well they fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.published.criteria import FamilyCrossing
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.outcomes import FittedCurve
from balanstest_analysis.published.result import PublishedResult


def _weights(result: PublishedResult, outcome: Outcome) -> dict[str, str]:
    """Return the cell of each curve: its weight, or why it could not be fitted.

    Printed weights add up to 100 %, unless they are published in tenths.
    """
    fits = result.outcomes[outcome].fits
    cells = {fit.family: wording.FIT_STATUSES[fit.status] for fit in fits}
    fitted = [fit for fit in fits if fit.status == "ok"]
    if has_parameters(result, outcome):
        printed = wording.whole_percentages([fit.weight for fit in fitted])
    else:
        printed = [_coarse(fit.weight) for fit in fitted]
    return cells | {fit.family: words for fit, words in zip(fitted, printed, strict=True)}


def _coarse(weight: float) -> str:
    """A weight in tenths that reads as nothing may be anything below a twentieth."""
    return wording.percentage(weight, 0) if weight else "< 5%"


def families_table(result: PublishedResult) -> Table | None:
    """Return form and weight of every curve family for every outcome, or None without fits.

    Args:
        result: the published result.
    """
    shown = [name for name in OUTCOMES if result.outcomes[name].fits]
    if not shown:
        return None
    families = [fit.family for fit in result.outcomes[shown[0]].fits]
    found = {name: _weights(result, name) for name in shown}
    return Table(
        columns=("Kromme", "Vorm", *(wording.OUTCOME_WORDS[name].events for name in shown)),
        rows=tuple(
            (
                wording.capital(wording.FAMILIES[family]),
                wording.FORMULAS[family],
                *(found[name].get(family, wording.MISSING) for name in shown),
            )
            for family in families
        ),
        caption="Gewicht van elke kromme in het gemiddelde",
        align="ll" + "r" * len(shown),
        note=" ".join(_weight_notes(result, shown)),
    )


def _weight_notes(result: PublishedResult, shown: Sequence[Outcome]) -> Iterator[str]:
    yield "In de formules is p de kans per contact en m de maand."
    coarse = [name for name in shown if not has_parameters(result, name)]
    if coarse:
        named = wording.enumerated([wording.OUTCOME_WORDS[name].events.lower() for name in coarse])
        yield (
            f"De gewichten bij {named} zijn afgerond op tientallen en tellen daardoor niet altijd "
            "op tot 100%."
        )


def crossings_table(result: PublishedResult) -> Table | None:
    """Return for each criterion on a rate where each curve alone crosses it, or None.

    Args:
        result: the published result.
    """
    judged = [criterion for criterion in result.criteria if criterion.families]
    if not judged:
        return None
    found = {
        criterion.name: {row.family: row for row in criterion.families} for criterion in judged
    }
    families = [name for name in wording.FAMILIES if any(name in rows for rows in found.values())]
    return Table(
        columns=("Kromme", *found),
        rows=tuple(
            (
                wording.capital(wording.FAMILIES[family]),
                *(_crossing(rows.get(family)) for rows in found.values()),
            )
            for family in families
        ),
        caption="Maand waarin elke kromme afzonderlijk de drempelwaarde bereikt",
        note=" ".join(_crossing_notes([row for rows in found.values() for row in rows.values()])),
    )


def _crossing_notes(rows: Sequence[FamilyCrossing]) -> Iterator[str]:
    if any(row.crossing is not None and row.lower is not None for row in rows):
        yield (
            "Tussen haakjes staat de eenzijdige ondergrens van die maand volgens de "
            "profielaannemelijkheid."
        )
    yield (
        "Een streepje: de kromme bereikt de drempelwaarde niet in de maanden waarin het criterium "
        "te toetsen is, of was niet te schatten."
    )
    yield (
        "De constante kromme is in elke maand even hoog, kan een drempelwaarde dus niet bereiken "
        "en staat niet in deze tabel."
    )


def _crossing(row: FamilyCrossing | None) -> str:
    if row is None or row.crossing is None:
        return "–"
    limit = "" if row.lower is None else f" ({wording.number(row.lower, 1)})"
    return f"{wording.number(row.crossing, 1)}{limit}"


def has_parameters(result: PublishedResult, outcome: Outcome) -> bool:
    """Return whether the parameters of an outcome's curves are published."""
    return any(fit.parameters for fit in result.outcomes[outcome].fits)


def fits_table(result: PublishedResult, outcome: Outcome) -> Table:
    """Return parameters and measures of fit of every curve of an outcome.

    Args:
        result: the published result.
        outcome: an outcome of which `has_parameters` is true.
    """
    return Table(
        columns=("Kromme", "Parameters", "Deviantie", "df", "AIC", "Gewicht", "p"),
        rows=tuple(_fit_cells(fit) for fit in result.outcomes[outcome].fits),
        caption=f"{wording.OUTCOME_WORDS[outcome].label}: parameters, en hoe goed elke kromme past",
        align="llrrrrr",
        wide=True,
        note=(
            "Tussen haakjes de standaardfout. Kolom p: de kans op een minstens zo grote afwijking "
            "als de kromme juist is; onder 0,01 past die kromme slecht."
        ),
    )


def _fit_cells(fit: FittedCurve) -> tuple[str, ...]:
    name = wording.capital(wording.FAMILIES[fit.family])
    if fit.status != "ok":
        return (name, wording.FIT_STATUSES[fit.status], *[wording.MISSING] * 5)
    return (
        name,
        _parameters(fit),
        _number(fit.deviance, 1),
        _number(fit.df, 0),
        _number(fit.aic, 1),
        _number(fit.weight, 2),
        _number(fit.p_value, 3),
    )


def _parameters(fit: FittedCurve) -> str:
    parts = []
    for name, value in fit.parameters.items():
        error = fit.standard_errors.get(name)
        spread = "" if error is None else f" ({wording.significant(error, 3)})"
        parts.append(f"{_parameter_name(name)} = {wording.significant(value)}{spread}")
    return "; ".join(parts)


def _parameter_name(name: str) -> str:
    """A spline's parameters are its heights at the knots, named after the month."""
    if name.startswith("month_"):
        return f"maand {wording.number(float(name.removeprefix('month_')), 1)}"
    return wording.PARAMETERS.get(name, name)


def _number(value: float | None, digits: int) -> str:
    return wording.MISSING if value is None else wording.number(value, digits)
