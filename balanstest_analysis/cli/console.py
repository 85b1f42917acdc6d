"""Where messages go that are no result: standard error."""

from __future__ import annotations

from rich.console import Console

notes = Console(stderr=True, highlight=False, soft_wrap=True)
