"""The keys of resultaat.json; a test holds them to what a report writes."""

from __future__ import annotations

from tools.reference.explanations import explanations
from tools.reference.markdown import code, page, table

INTRODUCTION = """`resultaat.json` holds every number that the report prints, under the same
disclosure rules: `null` where a number is suppressed or does not exist. Numbers have at most ten
significant digits. `audience` is `published` here; what `balanstest analyse --json` writes has the
same keys, `audience` is `internal`, and nothing in it is suppressed: do not publish that file.

A star stands for any name, `[]` for each item of a list. Keys that other programs may rely on
change only with a line in the changelog."""


def result_page() -> str:
    """Return the page with every key, its type and meaning."""
    rows = [[code(key), kind, meaning] for key, (kind, meaning) in explanations("result").items()]
    return page("resultaat.json", INTRODUCTION, table(["key", "type", "meaning"], rows))
