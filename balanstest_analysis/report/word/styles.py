"""How our Word files look: the colours of the report, in letters that every office has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from balanstest_analysis.report.word.xml import add_field, element

INK: Final = "1C2530"
MUTED: Final = "55606E"
ACCENT: Final = "174A72"
HAIRLINE: Final = "C9D0D8"
ALERT: Final = "9B1C1C"
SERIF, SANS, MONO = "Georgia", "Arial", "Courier New"
MEASURE: Final = Mm(160)
NOTE, TERM, ORGANISATION, CODE, BOX_TITLE = (
    "Tabelnoot", "Begrip", "Woorden van de organisatie", "Code", "Kadertitel"
)  # fmt: skip
_COLUMN: Final = Mm(57)


@dataclass(frozen=True, kw_only=True)
class Look:
    """How the letters and the space of a style are."""

    size: float
    font: str = SERIF
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 6
    keep: bool = False


_LOOKS: Final = {
    "Normal": Look(size=10.5),
    "Heading 1": Look(size=21, font=SANS, colour=ACCENT, bold=True, after=12, keep=True),
    "Heading 2": Look(size=15, font=SANS, colour=ACCENT, bold=True, before=18, keep=True),
    "Heading 3": Look(size=12, font=SANS, bold=True, before=12, after=4, keep=True),
    "Heading 4": Look(size=10.5, font=SANS, colour=MUTED, bold=True, before=10, after=3, keep=True),
    "Caption": Look(size=9, font=SANS, before=8, after=4),
    "Header": Look(size=8.5, font=SANS, colour=MUTED, after=0),
    "Footer": Look(size=8.5, font=SANS, colour=MUTED, after=0),
    NOTE: Look(size=8.5, font=SANS, colour=MUTED, before=3, after=10),
    TERM: Look(size=10.5, after=4),
    ORGANISATION: Look(size=10.5),
    CODE: Look(size=8.5, font=MONO),
    BOX_TITLE: Look(size=10.5, font=SANS, colour=ACCENT, bold=True, before=8, after=3, keep=True),
}


def blank_document() -> Document:
    """Return an empty document in Dutch, on A4, with the styles of the report.

    Examples:
        >>> blank_document().styles["Heading 2"].font.name
        'Arial'
    """
    document = docx.Document()
    for name, look in _LOOKS.items():
        _set_style(_style(document, name), look)
    _set_language(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    term = _style(document, TERM).paragraph_format
    term.left_indent, term.first_line_indent = _COLUMN, -_COLUMN
    term.tab_stops.add_tab_stop(_COLUMN)
    term.keep_together = True
    quoted = _style(document, ORGANISATION)
    quoted.paragraph_format.left_indent = Mm(5)
    add_border(quoted.element.get_or_add_pPr(), HAIRLINE, 8)
    return document


def _style(document: Document, name: str) -> ParagraphStyle:
    if name in document.styles:
        known: ParagraphStyle = document.styles[name]
        return known
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return style


def _set_style(style: ParagraphStyle, look: Look) -> None:
    font, space = style.font, style.paragraph_format
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), look.font)
    font.size, font.bold, font.italic = Pt(look.size), look.bold, False
    font.color.rgb = RGBColor.from_string(look.colour)
    space.space_before, space.space_after = Pt(look.before), Pt(look.after)
    space.keep_with_next = look.keep
    space.line_spacing = 1.2


def _set_language(document: Document) -> None:
    """Say that everything is Dutch, so that it is read aloud and hyphenated as such."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("lang", val="nl-NL", eastAsia="nl-NL", bidi="ar-SA"))


def add_border(properties: BaseOxmlElement, colour: str, points: int, fill: str = "") -> None:
    """Draw a line to the left of a paragraph, and colour its ground."""
    line = element("left", val="single", sz=points * 2, space=8, color=colour)
    _insert(properties, element("pBdr", line), _AFTER_BORDER)
    if fill:
        shade = element("shd", val="clear", color="auto", fill=fill)
        _insert(properties, shade, _AFTER_BORDER[1:])


_AFTER_BORDER: Final = (
    "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
    "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
    "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
    "pPrChange",
)  # fmt: skip


def _insert(properties: BaseOxmlElement, child: BaseOxmlElement, before: tuple[str, ...]) -> None:
    """Put a child where the schema wants it: before all of these."""
    names = {qn(f"w:{name}") for name in before}
    place = next((i for i, one in enumerate(properties) if one.tag in names), len(properties))
    properties.insert(place, child)


def set_running_lines(document: Document, *, left: str, mark: str, foot: str) -> None:
    """Write what stands above and below every page.

    Args:
        document: to write in.
        left: above, at the left.
        mark: above, at the right, in a colour that is not missed.
        foot: below, before the number of the page.
    """
    section = document.sections[0]
    head = _running_line(section.header.paragraphs[0])
    head.add_run(f"{left}\t")
    marked = head.add_run(mark)
    marked.bold, marked.font.color.rgb = True, RGBColor.from_string(ALERT)
    line = _running_line(section.footer.paragraphs[0])
    line.add_run(f"{foot}\tpagina ")
    add_field(line, "PAGE", "1")
    line.add_run(" van ")
    add_field(line, "NUMPAGES", "1")


def _running_line(paragraph: Paragraph) -> Paragraph:
    stops = paragraph.paragraph_format.tab_stops
    style = paragraph.style
    if style is not None:
        for stop in list(style.paragraph_format.tab_stops):
            stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(MEASURE, WD_TAB_ALIGNMENT.RIGHT)
    return paragraph
