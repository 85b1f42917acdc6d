"""What the other choices of the sensitivity analysis are called."""

from __future__ import annotations

from typing import Final

from balanstest_analysis.document.wording.labels import DENOMINATORS, EXCLUSIONS, FAMILIES
from balanstest_analysis.document.wording.numbers import counted, number
from balanstest_analysis.document.wording.relations import kind_names

CHOICES: Final = {
    "threshold": "Drempelwaarde",
    "reference_months": "Referentiemaanden",
    "reference_event": "Andere peildatum",
    "denominator": "Andere noemer",
    "objection_window_days": "Termijn waarbinnen verzet meetelt",
    "complaint_window_days": "Termijn waarbinnen een klacht meetelt",
    "with_excluded_calls": "Uitgesloten belpogingen wel meegeteld",
    "kind_without_ground": "Alle relaties tellen mee",
    "year": "Alleen gegevens van één kalenderjaar",
    "without_campaign": "Zonder één campagne",
    "family": "Alleen één kromme",
}

_EVENTS: Final = {
    "purchase": "laatste aankoop",
    "contract": "einde van het contract",
    "donation": "laatste gift",
    "service": "laatste dienst",
    "volunteer": "laatste vrijwilligerswerk",
    "public_event": "laatste manifestatie",
}

_EXCLUDED: Final = {
    **EXCLUSIONS,
    "beyond_cap": "buiten de grens van 36 maanden (Code)",
    "beyond_own_term": "buiten de eigen termijn",
}

_WINDOWS: Final = frozenset({"objection_window_days", "complaint_window_days"})


def choice(code: str) -> str:
    """Return what a choice is called, also one without a name of its own.

    Examples:
        >>> choice("family"), choice("iets_nieuws")
        ('Alleen één kromme', 'Andere keuze (iets nieuws)')
    """
    return CHOICES.get(code, f"Andere keuze ({code.replace('_', ' ')})")


def choice_value(code: str, value: float | str | None) -> str:
    """Return what was chosen instead, as a part of a sentence.

    Args:
        code: of the choice.
        value: the factor, months, family, campaign, days, year or codes that were taken.

    Examples:
        >>> choice_value("threshold", 0.5), choice_value("reference_months", "0-5")
        ('× 0,5', 'maand 0 tot en met 5')
        >>> choice_value("objection_window_days", 14), choice_value("year", 2024)
        ('14 dagen', '2024')
    """
    if value is None or isinstance(value, bool):
        return "alle samen"
    if isinstance(value, str) and not (code in _WINDOWS and value.isdigit()):
        return _named(code, value)
    if code in _WINDOWS:
        return counted(int(value), "dag", "dagen")
    if code == "threshold":
        return f"× {number(float(value), 4).rstrip('0').rstrip(',')}"
    return f"{float(value):g}"


def _named(code: str, value: str) -> str:
    if code == "reference_months":
        first, _, last = value.partition("-")
        return f"maand {first} tot en met {last}" if last not in ("", first) else f"maand {first}"
    if code == "denominator" and value in DENOMINATORS:
        return DENOMINATORS[value][0]
    if code == "with_excluded_calls":
        return _excluded(value)
    if code == "reference_event":
        return " of ".join(_EVENTS.get(kind, kind) for kind in value.split("+"))
    if code == "kind_without_ground":
        return "ook " + kind_names(value.split("+"))
    return FAMILIES.get(value, value) if code == "family" else value


def _excluded(codes: str) -> str:
    names = [_EXCLUDED.get(code, code.replace("_", " ")) for code in codes.split("+")]
    return " of ".join(f"{name[:1].lower()}{name[1:]}" for name in names)
