"""The plain text of a report: what stands on the page, where, and in whose words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = frozenset({"img", "br", "meta", "link", "hr", "input", "col", "wbr"})
SILENT = frozenset({"style", "script", "svg", "title"})
TEXTS = {
    "p": "paragraph",
    "li": "item",
    "dt": "term",
    "dd": "definition",
    "figcaption": "caption",
    "caption": "caption",
    **{f"h{level}": "heading" for level in range(1, 7)},
}
CELLS = frozenset({"th", "td"})
# after these words a paragraph is in words of the organisation that no result holds
UNFOLLOWED = "Reden om het niet op te volgen"
DOSSIER_ONLY = ("Reactie van de organisatie:", "Reden voor een langere termijn:")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A paragraph, item, note, caption or other piece of running text.

    Attributes:
        kind: paragraph, item, term, definition, heading, title, card, note, caption or alt.
        section: heading under which it stands.
        part: heading of the second level under which it stands; empty on the first page.
        text: as read, with single spaces.
        of_organisation: whether it stands where only the organisation speaks.
        term: the word that a definition explains.
        subject: criterion or outcome that the sentences before are about.
        voice: what a sign in the margin says of whose words these are; empty without one.
    """

    kind: str
    section: str
    part: str
    text: str
    of_organisation: bool = False
    term: str = ""
    subject: str = ""
    voice: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table of the report.

    Attributes:
        section: heading under which it stands.
        part: heading of the second level.
        caption: without the word "Tabel".
        columns: heads.
        rows: cells, the head of the row first.
        note: below it; empty without one.
    """

    section: str
    part: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(kw_only=True)
class Page:
    """Everything that stands in a report, in order.

    Attributes:
        passages: running text.
        sheets: tables.
    """

    passages: list[Passage] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)


def page_of(html: str) -> Page:
    """Return what stands between the main tags of a report.

    Args:
        html: the page.

    Examples:
        >>> found = page_of("<main><h2>Termijn</h2><p>Ten hoogste <b>21</b> maanden.</p></main>")
        >>> [(one.kind, one.part, one.text) for one in found.passages]
        [('heading', 'Termijn', 'Termijn'), ('paragraph', 'Termijn', 'Ten hoogste 21 maanden.')]
    """
    parser = _Parser()
    start = html.find("<main")
    parser.feed(html[start if start >= 0 else 0 :])
    parser.close()
    return parser.page


def reasons_of(page: Page) -> tuple[str, ...]:
    """Return the reasons that only the dossier holds, as they stand with the decision."""
    found = [
        other.text
        for one, other in pairwise(page.passages)
        if one.text.endswith(DOSSIER_ONLY[1]) and other.of_organisation
    ]
    return (*found, *(one.text for one in page.passages if one.term == UNFOLLOWED))


def single_spaced(text: str) -> str:
    r"""Return text with single spaces.

    Examples:
        >>> single_spaced(" tot\n en  met ")
        'tot en met'
    """
    return re.sub(r"\s+", " ", text).strip()


@dataclass(kw_only=True)
class _Table:
    caption: str = ""
    columns: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)


class _Parser(HTMLParser):
    """Collects the text of every element that holds running text, and the cells of tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[tuple[str, str]] = []
        self._words: list[str] = []
        self._section = self._part = self._term = ""
        self._cells: list[str] = []
        self._table: _Table | None = None
        self._voice = ""
        self._own_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens; a picture has its words with it."""
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._add("alt", values.get("alt", ""))
        if tag in VOID:
            return
        if tag == "table" and not self._in_prose:
            self._table = _Table()
        if tag in TEXTS or tag in CELLS:
            self._words, self._own_from = [], 0
        self._open.append((tag, values.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        """Take in the text of an element that closes."""
        while self._open:
            name, style = self._open[-1]
            if name == tag:
                self._closed(tag, style)
            self._open.pop()
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        """Keep words, but for those of drawings and styles."""
        if self._open and self._open[-1][1] == "voice":
            self._voice = single_spaced(data)
        elif not any(tag in SILENT for tag, _ in self._open):
            self._words.append(data)

    @property
    def _in_prose(self) -> bool:
        return any("prose" in style.split() for _, style in self._open)

    @property
    def _voiced(self) -> str:
        return self._voice if any("voiced" in style.split() for _, style in self._open) else ""

    @property
    def _is_hidden(self) -> bool:
        return any(tag == "nav" or "signatures" in style for tag, style in self._open)

    def _closed(self, tag: str, style: str) -> None:
        if tag == "tr":
            self._row()
        if tag == "table" and self._table is not None:
            self._keep(self._table)
            self._table = None
        if tag == "em" and single_spaced("".join(self._words)).endswith(DOSSIER_ONLY):
            self._own_from = len(self._words)
        if tag in TEXTS or tag in CELLS:
            self._element(tag, style)

    def _element(self, tag: str, style: str) -> None:
        start = self._own_from or len(self._words)
        text, own = (
            single_spaced("".join(part)) for part in (self._words[:start], self._words[start:])
        )
        self._words = []
        if tag in CELLS and self._table is not None:
            self._cells.append(text)
        elif tag == "caption" and self._table is not None:
            self._table.caption = text.removeprefix("Tabel").strip()
        elif tag == "p" and style == "note" and self.page.sheets:
            self._note(text)
        else:
            self._heading(tag, text)
            self._term = text if tag == "dt" else self._term
            self._add(self._kind(tag, style), text)
            self._add("paragraph", own, own=True)

    def _kind(self, tag: str, style: str) -> str:
        if style != "notice-title":
            return TEXTS[tag]
        return "card" if any("card" in one.split() for _, one in self._open) else "title"

    def _heading(self, tag: str, text: str) -> None:
        if re.fullmatch(r"h[1-6]", tag) and not self._in_prose:
            self._section = text
            if tag in {"h1", "h2"}:
                self._part = text

    def _row(self) -> None:
        cells, self._cells = tuple(self._cells), []
        if self._table is None or not cells:
            return
        if self._table.columns or not any(tag == "thead" for tag, _ in self._open):
            self._table.rows.append(cells)
        else:
            self._table.columns = cells

    def _keep(self, table: _Table) -> None:
        self.page.sheets.append(
            Sheet(
                section=self._section,
                part=self._part,
                caption=table.caption,
                columns=table.columns,
                rows=tuple(table.rows),
            )
        )
        self._add("sheet", table.caption)

    def _note(self, text: str) -> None:
        last = self.page.sheets[-1]
        self.page.sheets[-1] = Sheet(**{**vars(last), "note": text})
        self._add("note", text)

    def _add(self, kind: str, text: str, *, own: bool = False) -> None:
        if text and not self._is_hidden:
            passage = Passage(
                kind=kind,
                section=self._section,
                part=self._part,
                text=text,
                of_organisation=own or self._in_prose,
                voice=self._voiced,
                term=self._term if kind == "definition" else "",
            )
            self.page.passages.append(passage)
