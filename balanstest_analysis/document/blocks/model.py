"""The blocks a report is made of: frozen values that know nothing of HTML or Typst."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from balanstest_analysis.errors import BlockError

Voice: TypeAlias = Literal["organisation", "computed", "rule"]
VOICES: Mapping[Voice, str] = {
    "organisation": "organisatie",
    "computed": "berekend",
    "rule": "regel",
}
NOTICE_KINDS = ("proposal", "warning", "gap", "info", "fictitious", "card")


def _demand(condition: bool, sentence: str) -> None:
    if not condition:
        raise BlockError(sentence)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of level 1 to 4; the anchor is made from the text when it is empty."""

    level: int
    text: str
    anchor: str = ""

    def __post_init__(self) -> None:
        _demand(1 <= self.level <= 4, f"Heading level is {self.level}, allowed are 1 to 4.")
        _demand(bool(self.text.strip()), "A heading needs text.")


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph of our own words; only **bold**, *emphasis* and `code` are marked up.

    A voice says in the margin whose sentence it is. One that introduces what follows never stands
    on a page without it.
    """

    text: str
    voice: Voice | None = None
    introduces: bool = False


@dataclass(frozen=True, kw_only=True)
class Prose:
    """Words of the organisation: paragraphs, lists, tables, emphasis; all else is shown as text."""

    markdown: str


@dataclass(frozen=True, kw_only=True)
class BulletList:
    """A list of points, each with the inline marks of a paragraph, and the voice of one."""

    items: tuple[str, ...]
    voice: Voice | None = None

    def __post_init__(self) -> None:
        _demand(len(self.items) > 0, "A list needs at least one item.")


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """Terms and what they are here: `(term, description)` pairs in two columns."""

    items: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        _demand(len(self.items) > 0, "Definitions need at least one item.")


@dataclass(frozen=True, kw_only=True)
class Table:
    """A captioned table whose first column heads its rows.

    Args:
        columns: Headings of the columns, plain text.
        rows: Cells, plain text, one tuple per row and as long as `columns`.
        caption: What the table shows; numbered "Tabel 1" and so on in the document.
        align: One of `l`, `r`, `c` per column; empty is `l` and then `r`.
        note: A sentence below the table, with the inline marks of a paragraph.
        wide: Whether the table gets a landscape page of its own in the PDF.
        emphasise: Indices of the rows printed bold.
        anchor: What a reference leads to; empty where none does.
        may_split: Whether a page of the PDF may end among its rows, however few they are.

    Raises:
        BlockError: When the caption is missing or rows, alignment or indices do not fit.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    align: str = ""
    note: str = ""
    wide: bool = False
    emphasise: tuple[int, ...] = ()
    anchor: str = ""
    may_split: bool = False

    def __post_init__(self) -> None:
        width = len(self.columns)
        _demand(width > 0, "A table needs at least one column.")
        _demand(bool(self.caption.strip()), "A table needs a caption.")
        _demand(
            all(len(row) == width for row in self.rows),
            f"Every row of table '{self.caption}' needs {width} cells.",
        )
        _demand(
            len(self.align) in (0, width) and set(self.align) <= set("lrc"),
            f"Alignment of table '{self.caption}' is '{self.align}': give l, r or c per column.",
        )
        _demand(
            all(0 <= index < len(self.rows) for index in self.emphasise),
            f"Table '{self.caption}' emphasises a row that it does not have.",
        )

    @property
    def alignment(self) -> str:
        """The alignment per column with the default filled in."""
        return self.align or "l" + "r" * (len(self.columns) - 1)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing in SVG with the words that replace it (`alt`) and a numbered caption.

    An anchor is what a reference leads to.
    """

    svg: str
    alt: str
    caption: str
    width_percent: int = 100
    anchor: str = ""

    def __post_init__(self) -> None:
        _demand("<svg" in self.svg, "A picture needs an SVG drawing.")
        _demand(bool(self.alt.strip()), "A picture needs an alt text.")
        _demand(bool(self.caption.strip()), "A picture needs a caption.")
        _demand(
            10 <= self.width_percent <= 100,
            f"Picture width is {self.width_percent} %, allowed are 10 to 100.",
        )


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A box that stands out: `proposal`, `warning`, `gap`, `info`, `fictitious` or `card`."""

    kind: str
    title: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        _demand(
            self.kind in NOTICE_KINDS,
            f"Notice kind is '{self.kind}', allowed are {', '.join(NOTICE_KINDS)}.",
        )
        _demand(bool(self.title.strip()), "A notice needs a title.")


@dataclass(frozen=True, kw_only=True)
class SignatureLines:
    """Lines for name, date and signature, one set per role."""

    roles: tuple[str, ...]

    def __post_init__(self) -> None:
        _demand(len(self.roles) > 0, "Signature lines need at least one role.")


@dataclass(frozen=True, kw_only=True)
class PageBreak:
    """What follows starts on a new page on paper."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The sections of the whole document: with their pages on paper, as links on the screen."""


Block = (
    Heading
    | Paragraph
    | Prose
    | BulletList
    | Definitions
    | Table
    | Picture
    | Notice
    | SignatureLines
    | PageBreak
    | Contents
)
