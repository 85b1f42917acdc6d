"""The last cell of the report's notebook: what it writes, and its sign of completion."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict

from balanstest_analysis.document.blocks.fragment import SENTINEL
from balanstest_analysis.document.visible import visible_values
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import RunError
from balanstest_analysis.published.digits import rounded
from balanstest_analysis.published.earlier_reports import (
    EARLIER_NAME,
    CarriedReport,
    carried_text,
)
from balanstest_analysis.published.json_form import RESULT_NAME


class DocumentFacts(TypedDict):
    """What stands in the header, the footer and the properties of the document."""

    title: str
    organisation: str
    category: str
    period: str
    status: str
    report_date: str
    fictitious: bool
    accent: NotRequired[str]
    logo: NotRequired[str]


class Sentinel(TypedDict, total=False):
    """The sign itself, as JSON in the last cell; a notebook of somebody else has none."""

    complete: bool
    title: str
    document: DocumentFacts
    result: str
    terms: Sequence[tuple[str, str]]


class StyleFacts(TypedDict, total=False):
    """How the organisation wants the document to look, as far as it says so."""

    accent: str
    logo: str


def style_facts(dossier: Dossier) -> StyleFacts:
    """Return how a dossier wants its report to look; nothing where it does not say.

    The logo is the one that was read with the dossier, whatever became of its file.
    """
    facts: StyleFacts = {}
    if dossier.style.accent is not None:
        facts["accent"] = dossier.style.accent
    if dossier.logo is not None:
        facts["logo"] = dossier.logo.uri
    return facts


@dataclass(frozen=True, kw_only=True)
class Completion:
    """The sign of the last cell that the report is whole.

    Attributes:
        document: what stands in the header, the footer and the properties of the document.
        result: the text of `resultaat.json`, which the exporters attach to the PDF.
        terms: what the words of the overviews mean, for the tables that are delivered as files.
    """

    document: DocumentFacts
    result: str = ""
    terms: tuple[tuple[str, str], ...] = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        sentinel: Sentinel = {
            "complete": True,
            "title": self.document["title"],
            "document": self.document,
            "result": self.result,
            "terms": self.terms,
        }
        text = json.dumps(sentinel, ensure_ascii=False)
        return {SENTINEL: text, "text/html": "", "text/plain": ""}


def result_text(result: Mapping[str, object]) -> str:
    """Return the published result as `resultaat.json`, floats with ten significant digits."""
    told = visible_values(rounded(result))
    return f"{json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False)}\n"


def write_result(
    result: Mapping[str, object], directory: Path, *, earlier: Sequence[CarriedReport] = ()
) -> None:
    """Write the published result as `resultaat.json`.

    What the earlier reports of the series published goes beside it, in `eerder.json`.

    Raises:
        RunError: the folder is missing or cannot be written to.
    """
    try:
        (directory / RESULT_NAME).write_text(result_text(result), "utf-8")
        if earlier:
            (directory / EARLIER_NAME).write_text(carried_text(earlier), "utf-8")
    except OSError as error:
        raise RunError(f"`{RESULT_NAME}` cannot be written: {error.strerror}.") from None
