"""The sheet on which a committee writes its advice, so that nobody's verdict is in the report."""

from __future__ import annotations

import datetime as dt
from typing import Final

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Definitions, Heading, Paragraph, literal
from balanstest_analysis.document.blocks.plain import words_of
from balanstest_analysis.document.blocks.typst import typst_of
from balanstest_analysis.document.blocks.typst_text import words
from balanstest_analysis.presentation.conclusions import headline
from balanstest_analysis.published.decision import Decision
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.exporters.notebook import DocumentMetadata
from balanstest_analysis.report.exporters.pdf import compiled, preamble

ADVICE: Final = "adviesblad.pdf"
_TITLE: Final = "Adviesblad bij de balanstest klanttermijn"
_ADVICES: Final = ("positief", "positief onder voorwaarden", "negatief", "aanvulling gevraagd")
_LETTERS_TOGETHER: Final = 8


def advice_sheet(result: PublishedResult, digest: str) -> bytes:
    """Return the sheet for a report, as a tagged PDF; the same report gives the same bytes.

    Args:
        result: published.
        digest: SHA-256 of the report's PDF, which the advice is about.

    Raises:
        BlockError: it cannot be typeset.
        RunError: there is no room for temporary files.
    """
    metadata = DocumentMetadata(
        title=_TITLE,
        organisation=result.organisation,
        category=result.category,
        period=result.period,
        status="in te vullen",
        report_date=result.report_date,
        fictitious=result.fictitious,
    )
    about = (
        Heading(level=1, text=_TITLE),
        Paragraph(
            text="Dit blad hoort bij een rapport en is geen deel ervan. Het comité vult het in en "
            "zendt het terug."
        ),
        Heading(level=2, text="Waarover het gaat"),
        Definitions(items=tuple(_about(result, digest))),
        Heading(level=2, text="Het advies"),
    )
    source = "\n\n".join((preamble(metadata), typst_of(about), _FILLED_IN, f"{_form()}\n"))
    return compiled(source, metadata)


def _about(result: PublishedResult, digest: str) -> tuple[tuple[str, str], ...]:
    asked = result.proposal.requested_term_months
    day = wording.date(dt.date.fromisoformat(result.report_date))
    decision = result.decision
    decided = wording.months(decision.term_months) if isinstance(decision, Decision) else "geen"
    return (
        ("Organisatie", literal(result.organisation)),
        ("Categorie", literal(result.category)),
        ("Rapport van", f"{day}, {wording.quarter(result.period)}"),
        ("Gevraagde termijn", wording.months(asked) if asked else "geen"),
        ("Uitkomst", literal(words_of(headline(result)))),
        ("Besluit van de organisatie", decided),
        ("Kenmerk van het rapport", f"SHA-256 van onderbouwing.pdf: `{_in_groups(digest)}`"),
    )


def _in_groups(digest: str) -> str:
    step = _LETTERS_TOGETHER
    return " ".join(digest[start : start + step] for start in range(0, len(digest), step))


# Boxes and lines are drawn, and so no part of what is read aloud; the words beside them are.
_FILLED_IN: Final = """
#let choice(body) = block(above: 0.7em, below: 0.7em)[
  #box(width: 3.4mm, height: 3.4mm, stroke: 0.6pt + ink, baseline: 0.5mm)#h(2.5mm)#body
]
#let rules(count) = for _ in range(count) { v(6.5mm); line(length: 100%, stroke: 0.4pt + ink) }
#let filled(label, count: 1) = block(breakable: false, above: 1.1em, width: 100%)[
  #text(font: sans, weight: 600, size: 9.5pt, label)
  #rules(count)
]
"""


def _form() -> str:
    choices = "\n".join(f"#choice[{words(advice)}]" for advice in _ADVICES)
    lines = (
        ("Termijn waarover het advies gaat, in maanden", 1),
        ("Voorwaarden of gevraagde aanvulling", 3),
        ("Toelichting", 3),
        ("Naam en functie", 1),
        ("Datum en handtekening", 1),
    )
    filled = "\n".join(f"#filled([{words(label)}], count: {count})" for label, count in lines)
    return f"{choices}\n\n{filled}"
