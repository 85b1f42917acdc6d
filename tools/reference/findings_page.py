"""The findings on a calling history, from history/findings.toml."""

from __future__ import annotations

import tomllib
from importlib import resources

from tools.reference.markdown import code, page, table

INTRODUCTION = """What `balanstest check` and the report may find in a history. A *blocking* finding
stops the analysis until it is solved. Counts of findings are published under the disclosure rules;
`check` shows them exactly, on the terminal only."""


def findings_page() -> str:
    """Return the page with every code, what it means and what to do."""
    rules = resources.files("balanstest_analysis.history") / "findings.toml"
    findings = tomllib.loads(rules.read_text("utf-8"))
    rows = [
        [code(name), entry["table"], _meaning(entry), entry["remedy"]]
        for name, entry in findings.items()
    ]
    return page("Findings", INTRODUCTION, table(["code", "about", "meaning", "to do"], rows))


def _meaning(entry: dict[str, str]) -> str:
    return f"**Blocking.** {entry['meaning']}" if entry.get("blocking") else entry["meaning"]
