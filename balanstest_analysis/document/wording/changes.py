"""What was changed about the criteria, and that the outcomes had been seen by then."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.wording.choices import choice_value
from balanstest_analysis.document.wording.numbers import amount, months, threshold

AFTER_SEEING: Final = "vastgesteld na inzage van de uitkomsten"

FIELDS: Final = {
    "threshold": "drempelwaarde",
    "factor": "factor",
    "reference_months": "referentiemaanden",
    "months": "aantal maanden",
    "value_per_conversion": "waarde per conversie",
    "cost_per_contact": "kosten per contact",
    "objection_weight": "gewicht van een verzet",
    "complaint_weight": "gewicht van een klacht",
}

SETTINGS: Final = {
    "denominator": "noemer",
    "objection_window_days": "termijn waarbinnen verzet meetelt",
    "complaint_window_days": "termijn waarbinnen een klacht meetelt",
}

RATES: Final = frozenset({"minimum_rate", "maximum_rate", "maximum_overall_rate"})


def stated_value(kind: str, field: str, value: float | list[int]) -> str:
    """Return a value of a criterion as a part of a sentence.

    Args:
        kind: of the criterion.
        field: of the criterion.
        value: as the dossier states it.

    Examples:
        >>> stated_value("maximum_rate", "threshold", 0.066)
        '6,6%'
        >>> stated_value("net_benefit", "objection_weight", 0.5)
        '€ 0,50'
        >>> stated_value("maximum_ratio", "reference_months", [0, 11])
        'maand 0 tot en met 11'
    """
    if isinstance(value, list):
        return choice_value("reference_months", "-".join(map(str, value)))
    if field == "threshold" and kind in RATES:
        return threshold(value)
    if kind == "net_benefit":
        return amount(value)
    if field == "months":
        return months(int(value))
    return f"{value:.10g}".replace(".", ",")


def changed_field(
    name: str, kind: str, field: str, old: float | list[int], new: float | list[int]
) -> str:
    """Return what was changed about a criterion, as a phrase.

    Examples:
        >>> changed_field("Verzet", "maximum_rate", "threshold", 0.066, 0.08)
        '‘Verzet’: drempelwaarde van 6,6% naar 8%'
    """
    before, after = (stated_value(kind, field, value) for value in (old, new))
    return f"‘{name}’: {FIELDS.get(field, field)} van {before} naar {after}"


def added_criterion(name: str) -> str:
    """Return that a criterion was added, as a phrase."""
    return f"‘{name}’: toegevoegd"


def changed_setting(setting: str, old: float | str, new: float | str) -> str:
    """Return what was changed about a setting, as a phrase.

    Examples:
        >>> changed_setting("objection_window_days", 30, 15)
        'termijn waarbinnen verzet meetelt van 30 dagen naar 15 dagen'
    """
    before, after = choice_value(setting, old), choice_value(setting, new)
    return f"{SETTINGS.get(setting, setting)} van {before} naar {after}"
