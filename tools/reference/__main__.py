"""Write the reference in `docs/reference/` again: `python -m tools.reference`."""

from __future__ import annotations

from pathlib import Path

from tools.reference import write_reference

write_reference(Path(__file__).parents[2] / "docs" / "reference")
