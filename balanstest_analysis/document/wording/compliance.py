"""The rules that a calling history is checked against, and their outcome, in Dutch."""

from __future__ import annotations

from typing import Final

RULES: Final = {
    "after_objection": "Gebeld nadat verzet was aangetekend",
    "objection_processed_late": "Verzet na vier weken nog niet verwerkt",
    "forbidden_day": "Gebeld op een dag waarop dat niet mag",
    "outside_hours": "Gebeld buiten de toegestane uren",
    "without_ground": "Gebeld zonder toestemming waar een klantrelatie niet meer volstaat",
    "beyond_cap": "Gebeld na afloop van de maximale termijn (36 maanden)",
    "beyond_own_term": "Gebeld na de eigen termijn, binnen de maximale termijn",
    "no_earlier_event": "Gebeld zonder bekende klantrelatie",
}

# when calls were made, after how many times; late processing is of reports
BROKEN: Final = {
    "after_objection": "nadat verzet was aangetekend",
    "without_ground": "zonder toestemming waar een klantrelatie niet meer volstaat",
    "beyond_cap": "na afloop van de maximale termijn (36 maanden)",
    "beyond_own_term": "na de eigen termijn, maar binnen de maximale termijn",
    "no_earlier_event": "zonder bekende klantrelatie",
}

UNCHECKED: Final = {
    "no_data": "niet te toetsen: gegevens ontbreken",
    "no_rule": "niet van toepassing",
}

VERIFIED: Final = {True: "ja", False: "nee", None: "n.v.t."}


def calls_a_year(least: int, most: int | None) -> str:
    """Return a number of calls as a range.

    Args:
        least: fewest calls.
        most: most calls, or None where there is no end.

    Examples:
        >>> calls_a_year(1, 1), calls_a_year(3, 4), calls_a_year(7, None)
        ('één keer', '3 of 4 keer', '7 keer of vaker')
    """
    if most is None:
        return f"{least} keer of vaker"
    if most == least:
        return "één keer" if most == 1 else f"{most} keer"
    return f"{least} {'of' if most == least + 1 else 'tot en met'} {most} keer"
