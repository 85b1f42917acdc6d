"""A dossier with as few draws as the settings allow, for tests of what does not hang on them."""

from __future__ import annotations

import re
from pathlib import Path


def with_few_draws(dossier: Path) -> Path:
    """Write 200 draws into a dossier that states their number."""
    text, number = re.subn(
        r"^resamples = \d+$", "resamples = 200", dossier.read_text("utf-8"), flags=re.MULTILINE
    )
    assert number == 1, f"{dossier.name} states its draws {number} times"
    dossier.write_text(text, "utf-8")
    return dossier
