"""The Word file in which a lawyer writes: every question, what is asked of it, and room."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor

from balanstest_analysis.document import wording
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.report.answers.facts import Facts
from balanstest_analysis.report.answers.fields import Field, Form, Group
from balanstest_analysis.report.answers.marks import (
    DOSSIER,
    FIELDS,
    FIXED,
    MARK_STYLE,
    SERIES,
    closing,
    opening,
)
from balanstest_analysis.report.answers.reading import outside
from balanstest_analysis.report.answers.values import line_value, rich_value
from balanstest_analysis.report.answers.word_text import add_styles, add_text
from balanstest_analysis.report.word.numbering import Lists
from balanstest_analysis.report.word.properties import set_properties
from balanstest_analysis.report.word.saving import saved
from balanstest_analysis.report.word.styles import (
    MUTED,
    SANS,
    add_border,
    blank_document,
    set_running_lines,
)

_TITLE: Final = "Antwoorden voor de balanstest"
_GUIDE: Final = (
    "In dit bestand schrijft u de teksten van het rapport. Laat de grijze regels staan zoals zij "
    "zijn: daaraan herkent het hulpmiddel elke tekst.",
    "Schrijf tussen de grijze regel boven en de grijze regel onder een tekst. Staat er een pijl, "
    "schrijf dan op dezelfde regel achter de pijl. Opsommingen, nummering, vet, cursief en "
    "eenvoudige tabellen mogen; afbeeldingen en voetnoten niet.",
    "De vragen onder ‘Waar het comité op let’ en ‘Waar een FG op let’ zijn hulp bij het schrijven. "
    "Zij komen niet in het rapport. Wat u leeg laat, staat daar als nog in te vullen.",
    "Stuur het bestand terug aan wie het u gaf. Is het dossier intussen gewijzigd, dan wordt het "
    "geweigerd en krijgt u een nieuw bestand.",
)


def form_document(dossier: Dossier, raw: Mapping[str, object], facts: Facts) -> bytes:
    """Return the form of a dossier; the same dossier and report give the same bytes.

    Args:
        dossier: checked.
        raw: as its file says it.
        facts: of its report, if there is one.
    """
    document = blank_document()
    add_styles(document)
    _add_mark_style(document)
    organisation = dossier.organisation.name
    set_running_lines(document, left=organisation[:60], mark="ANTWOORDEN", foot=_TITLE)
    document.add_heading(_TITLE, level=1)
    document.add_paragraph(
        f"{organisation} · {dossier.scope.category} · gegevens tot en met "
        f"{wording.date(dossier.data_through)}"
    )
    lists = Lists(document)
    _add_points(document, lists, _GUIDE)
    groups = list(Form(dossier, raw, facts).groups())
    for group in groups:
        _add_group(document, lists, group)
    fields = [field for group in groups for field in group.fields]
    set_properties(
        document,
        {
            SERIES: series_mark(dossier),
            DOSSIER: dossier_mark(raw),
            FIELDS: " ".join(field.key for field in fields),
            FIXED: fixed_mark(outside(document, {field.key: field for field in fields})),
        },
    )
    return saved(document, title=_TITLE, author=organisation, day=dossier.report_date)


def series_mark(dossier: Dossier) -> str:
    """Return what tells one dossier from those of other organisations, categories or templates."""
    return _digest([dossier.series.folder.as_posix(), dossier.template])


def dossier_mark(raw: Mapping[str, object]) -> str:
    """Return what tells a dossier from what it was before any change; comments do not count."""
    return _digest(raw)


def fixed_mark(texts: Iterable[str]) -> str:
    """Return what tells whether anything was written outside of the places for it."""
    return _digest(" ".join(" ".join(texts).split()))


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _add_mark_style(document: Document) -> None:
    style: Any = document.styles.add_style(MARK_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.name, style.font.size = SANS, Pt(8.5)
    style.font.color.rgb = RGBColor.from_string(MUTED)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(3)
    style.paragraph_format.keep_with_next = True
    add_border(style.element.get_or_add_pPr(), MUTED, 6, "EEF1F4")


def _add_group(document: Document, lists: Lists, group: Group) -> None:
    document.add_heading(group.title, level=group.level + 1)
    if group.help:
        document.add_paragraph().add_run(group.help).italic = True
    for title, points in (
        ("Waar het comité op let", group.committee),
        ("Waar een FG op let", group.fg),
        ("Wat het rapport hierover zegt", group.facts),
    ):
        if points:
            document.add_paragraph(style="Kadertitel").add_run(title)
            _add_points(document, lists, points)
    for field in group.fields:
        _add_field(document, lists, field)


def _add_points(document: Document, lists: Lists, points: Iterable[str]) -> None:
    number = lists.begin(ordered=False)
    for point in points:
        lists.put(document.add_paragraph(point), number, 0)


def _add_field(document: Document, lists: Lists, field: Field) -> None:
    line = document.add_paragraph(opening(field), style=MARK_STYLE)
    if not field.is_block:
        written = line.add_run(f" {line_value(field)}")
        written.font.size, written.font.color.rgb = Pt(10.5), RGBColor(0x1C, 0x25, 0x30)
        line.paragraph_format.keep_with_next = False
        return
    add_text(document, lists, rich_value(field))
    document.add_paragraph(closing(field), style=MARK_STYLE).paragraph_format.keep_with_next = False
