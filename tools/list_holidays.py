"""List the Dutch holidays that the calling hours know, from the package ``holidays``.

Run it with `.venv/bin/python -m tools.list_holidays`. The package loads the calendars of every
country for one of them, a tenth of the time of `check`, so what it says of these years is kept.
"""

from __future__ import annotations

from pathlib import Path

import holidays

FIRST_YEAR, LAST_YEAR = 2000, 2049
CATEGORIES = ("public", "optional")
LISTED = Path(__file__).parents[1] / "balanstest_analysis" / "dossier" / "rules" / "holidays.csv"


def listed_holidays() -> str:
    """Return the file: ``category,day``, oldest first within a category."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    lines = ["category,day"]
    for category in CATEGORIES:
        days = holidays.country_holidays("NL", years=years, categories=(category,))
        lines += [f"{category},{day}" for day in sorted(days)]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    LISTED.write_text(listed_holidays(), encoding="utf-8")
