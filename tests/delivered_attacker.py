"""The second attacker: who has the delivered files only, reads every one, and has this package.

It asks of every number and of every place in a figure whether the published result tells it. What
does not follow from `resultaat.json` is a fault, whatever it is: a curve drawn at more months than
are published, a dot in a row whose count is hidden, one more digit, a time, a path of a machine.
"""

from __future__ import annotations

import base64
import io
import json
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from typing import Any

import nbformat
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from balanstest_analysis.document.blocks.fragment import SENTINEL
from balanstest_analysis.document.blocks.table_payload import unpacked
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.figures.rates import LARGEST_DOT, SMALLEST_DOT
from balanstest_analysis.published.digits import SIGNIFICANT_DIGITS
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.json_form import from_json, to_json
from balanstest_analysis.report.completion import result_text
from balanstest_analysis.report.exporters import html_page, pdf_document
from balanstest_analysis.report.exporters.annexes import annexes
from balanstest_analysis.report.onderbouwing import Onderbouwing
from tests.drawn_figures import Mark, Panel, Scale, number_of, panels_of
from tests.report_cases import notebook_of, sources

NEAR = 0.004  # in points: drawings are written in millionths, and a page is 450 points wide
LONG = 4  # months in one path: bars, intervals and areas have two, and an arrow has three
APART = -1  # months: further left a mark is of a choice without a term, and tells no month
_SVG = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
_ALT = re.compile(r'<img[^>]*?\balt="([^"]*)"')
_FLOAT = re.compile(r"(?<![\w.,])\d+[.,](\d+)(?![\d.,])")
_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*%?")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|/(?:home|tmp|Users|root)/")
_PAGES = re.compile(r"bladzijde\s+\d+\s+van\s+\d+")
_OF_NOTEBOOK = {"kernelspec", "language_info", "balanstest"}
_OF_PDF = {"/Title", "/Author", "/Creator", "/CreationDate", "/ModDate", "/Keywords", "/Subject"}


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """The files of one run directory.

    Attributes:
        files: by path.
        dossier: the words of the organisation; there is no count in it.
        history: the published reports of earlier quarters.
    """

    files: Mapping[str, bytes]
    dossier: Dossier
    history: tuple[EarlierReport, ...] = ()

    @cached_property
    def result(self) -> dict[str, Any]:
        """What is published."""
        found: dict[str, Any] = json.loads(self.files["resultaat.json"])
        return found

    @cached_property
    def notebook(self) -> nbformat.NotebookNode:
        """The executed notebook."""
        text = self.files["onderbouwing.ipynb"].decode()
        return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]

    @cached_property
    def page(self) -> str:
        """The HTML."""
        return self.files["onderbouwing.html"].decode()

    @cached_property
    def bundles(self) -> list[dict[str, str]]:
        """What the cells show, in order."""
        outputs = (out for cell in self.notebook.cells for out in cell.get("outputs", []))
        return [dict(out["data"]) for out in outputs if "data" in out]


def attacked(delivery: Delivery) -> list[str]:
    """Return every fault, each with the file it is in; empty where nothing tells more."""
    return [
        *unlike_the_published(delivery),
        *drawn_faults(delivery),
        *printed_faults(delivery),
        *metadata_faults(delivery),
    ]


# ---------------------------------------------------------------- does all follow from the result?


def unlike_the_published(delivery: Delivery) -> Iterator[str]:
    """Yield what is not made again, to the byte, from the result and the organisation's words.

    Whatever is made again from the published result alone cannot tell more than it does.
    """
    yield from unlike_cells(delivery)
    yield from unlike_documents(delivery)


def unlike_cells(delivery: Delivery) -> Iterator[str]:
    """Yield the cells of the notebook that show anything else than the result gives."""
    shown = [bundle for bundle in delivery.bundles if SENTINEL not in bundle]
    again = [bundle for bundle in _made_again(delivery) if SENTINEL not in bundle]
    if len(shown) != len(again):
        yield f"onderbouwing.ipynb: {len(shown)} cells show something, {len(again)} should"
    for number, (told, due) in enumerate(zip(shown, again, strict=False)):
        for kind in sorted({*told} | {*due}):
            if told.get(kind) != due.get(kind):
                yield f"onderbouwing.ipynb: output {number} as {kind} is not of the result"


def unlike_documents(delivery: Delivery) -> Iterator[str]:
    """Yield the files that are not, to the byte, what the notebook gives."""
    signs = (json.loads(b[SENTINEL]) for b in delivery.bundles if SENTINEL in b)
    if any(json.loads(sign["result"]) != delivery.result for sign in signs):
        yield "onderbouwing.ipynb: the last cell holds another result"
    if html_page(delivery.notebook).encode() != delivery.files["onderbouwing.html"]:
        yield "onderbouwing.html is not of the notebook"
    if pdf_document(delivery.notebook) != delivery.files["onderbouwing.pdf"]:
        yield "onderbouwing.pdf is not of the notebook"
    for annex in annexes(delivery.notebook):
        if delivery.files.get(annex.path) != annex.content:
            yield f"{annex.path} is not of the notebook"


def _made_again(delivery: Delivery) -> Iterator[dict[str, str]]:
    report = Onderbouwing(
        dossier=delivery.dossier, result=from_json(delivery.result), history=delivery.history
    )
    for cell in delivery.notebook.cells:
        if cell.cell_type == "code" and cell.source.startswith("onderbouwing."):
            yield eval(cell.source, {"onderbouwing": report})._repr_mimebundle_()


# ---------------------------------------------------------------- figures


def drawn_faults(delivery: Delivery) -> Iterator[str]:
    """Yield what a ruler reads from the figures and the result does not tell."""
    told = Told(delivery.result)
    for number, (file, panels) in enumerate(figures_of(delivery)):
        for panel in panels:
            for fault in panel_faults(panel, told):
                yield f"{file}, figure {number}: {fault}"


def figures_of(delivery: Delivery) -> Iterator[tuple[str, list[Panel]]]:
    """Yield the panels of every figure, with the file that it is in."""
    pictures = dict.fromkeys(_pictures(delivery.page), "onderbouwing.html")
    for bundle in delivery.bundles:
        for svg in _pictures(bundle.get("text/html", "")):
            pictures.setdefault(svg, "onderbouwing.ipynb")
    for svg, file in pictures.items():
        yield file, panels_of(svg)


def _pictures(page: str) -> Iterator[str]:
    return (base64.b64decode(found).decode() for found in _SVG.findall(page))


class Told:
    """What the published result tells, in the units of the figures.

    Args:
        result: as in `resultaat.json`.
    """

    def __init__(self, result: Mapping[str, Any]) -> None:
        outcomes = [outcome for outcome in result["outcomes"].values() if outcome["available"]]
        rows = [row for outcome in outcomes for row in outcome["rates"]]
        composed = result["composition"]
        curves = [p for o in outcomes for p in (*o["curve"], *(o.get("standardised") or ()))]
        self.contacts = [row["n"] for row in rows if row["n"] is not None]
        self.heights = {*_numbers(outcomes), *_numbers(composed), *_numbers(result["criteria"])}
        per_month = (_per_month(row) for row in (*rows, *composed))
        self.heights |= {0.0, *(count for count in per_month if count is not None)}
        self.curve_months = {point["month"] + 0.5 for point in curves}
        edges = {float(m) for r in (*rows, *composed) for m in (r["month_from"], r["month_to"] + 1)}
        middles = {(r["month_from"] + r["month_to"] + 1) / 2 for r in (*rows, *composed)}
        parts = (result["proposal"], result["criteria"], result["sensitivity"], result["frontier"])
        self.row_months = edges | middles
        self.months = {0.0, *self.row_months, *self.curve_months, *_numbers(parts)}
        # whole months follow from a crossing in tenths, and the end of a month from the month
        known = [
            (part["crossing"], part["last_month_with_evidence"]) for part in result["criteria"]
        ]
        self.months |= {float(math.ceil(crossing)) for crossing, _ in known if crossing is not None}
        self.months |= {last + 1.0 for _, last in known if last is not None}
        self.months |= {float(v) for v in (result["regime"]["cap_months"],) if v is not None}


def _per_month(row: Mapping[str, Any]) -> float | None:
    contacts = row.get("n", row.get("net_contacts"))
    return None if contacts is None else contacts / (row["month_to"] + 1 - row["month_from"])


def _numbers(part: object) -> Iterator[float]:
    if isinstance(part, Mapping):
        part = list(part.values())
    if isinstance(part, list | tuple):
        for inner in part:
            yield from _numbers(inner)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield float(part)


def panel_faults(panel: Panel, told: Told) -> Iterator[str]:
    """Yield every place in a panel that the published result does not give."""
    if panel.across is None:
        return
    yield from _apart_faults(panel, panel.across)
    for mark in panel.marks:
        if not _is_of_one_kind(mark, panel.across, told):
            yield f"a {mark.kind} through other months than a curve or the rows have"
        for x, y in mark.points:
            month, reach = panel.across.value(x), NEAR / abs(panel.across.pixels)
            at_end = panel.on_frame(x, upward=False, near=NEAR)
            if not at_end and month >= APART and not _among(month, told.months, reach):
                yield f"a {mark.kind} at month {month:.4f}"
            height = _height_at(panel, y)
            if height is not None and not _is_told(panel, height, told):
                yield f"a {mark.kind} at month {month:.2f} and height {height:.6f}"
        if mark.radius is not None:
            yield from _dot_faults(mark, told)


def _apart_faults(panel: Panel, across: Scale) -> Iterator[str]:
    """Yield that marks left of month 0, which tell no month, stand in more than one place."""
    places = [x for mark in panel.marks for x, _ in mark.points if across.value(x) < APART]
    apart = [x for x in places if not panel.on_frame(x, upward=False, near=NEAR)]
    if apart and max(apart) - min(apart) > NEAR:
        yield f"marks left of month 0 in {len(apart)} places"


def _is_of_one_kind(mark: Mark, across: Scale, told: Told) -> bool:
    """Return whether a long line goes through months of the curve only, or of the rows only."""
    months = {round(across.value(x), 3) for x, _ in mark.points}
    kinds = ({round(month, 3) for month in known} for known in (told.curve_months, told.row_months))
    return len(months) < LONG or any(months <= known for known in kinds)


def _height_at(panel: Panel, y: float) -> float | None:
    """Return the number at a place; None where the axis has none, or the panel ends there."""
    if panel.upward is None or panel.on_frame(y, upward=True, near=NEAR):
        return None
    return panel.upward.value(y)


def _is_told(panel: Panel, height: float, told: Told) -> bool:
    assert panel.upward is not None
    return _among(height, told.heights, NEAR / abs(panel.upward.pixels))


def _dot_faults(mark: Mark, told: Told) -> Iterator[str]:
    """The area of a dot is that of its contacts beside the largest."""
    area = (2 * (mark.radius or 0.0)) ** 2
    share = (area - SMALLEST_DOT) / (LARGEST_DOT - SMALLEST_DOT)
    shares = {n / most for n in told.contacts for most in told.contacts if n <= most}
    if not _among(share, shares, 1e-4):
        yield f"a dot of {share:.5f} of the largest"


def _among(value: float, known: Iterable[float], reach: float) -> bool:
    return any(abs(value - other) < reach for other in known)


# ---------------------------------------------------------------- words and tables


def printed_faults(delivery: Delivery) -> Iterator[str]:
    """Yield numbers of words and tables that the page does not tell, or with too many digits."""
    words = [unescape(text) for text in (_bare(delivery.page), *_ALT.findall(delivery.page))]
    known = {token for text in words for token in _TOKEN.findall(text)}
    pieces, paper = _pieces(known), _pages_of(delivery.files["onderbouwing.pdf"])
    for number, text in enumerate(paper, start=1):
        for token in sorted({*_TOKEN.findall(_PAGES.sub("", text))} - known):
            if token not in pieces and not _is_page(token, len(paper)):
                yield f"onderbouwing.pdf, page {number}: {token}"
    for name, text in _texts(delivery, words):
        for match in _FLOAT.finditer(text):
            if len(re.sub(r"\D", "", match[0]).lstrip("0")) > SIGNIFICANT_DIGITS:
                yield f"{name}: {match[0]} has too many digits"
    yield from _table_faults(delivery)


@cache
def _pages_of(paper: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages]


def _bare(page: str) -> str:
    body = re.sub(r"<(style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", body)


def _pieces(known: Iterable[str]) -> set[str]:
    """A line that is broken on paper divides what stands together on the page."""
    return {piece for token in known for piece in re.split(r"(?<=[.,:/-])|(?=[.,:/-])", token)}


def _is_page(token: str, pages: int) -> bool:
    return token.isdecimal() and 1 <= int(token) <= pages


def _texts(delivery: Delivery, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield "onderbouwing.html", " ".join(words)
    for name in ("resultaat.json", "eerder.json", "manifest.json"):
        content = delivery.files.get(name, b"").decode()
        yield name, re.sub(r'"durations": \{.*?\}|"[0-9a-f]{16,}"', "", content, flags=re.DOTALL)


def _table_faults(delivery: Delivery) -> Iterator[str]:
    """Yield the numbers in files of tables that no printed table of the notebook has."""
    kinds = "application/x-balanstest-tables"
    tables = [t for b in delivery.bundles if kinds in b for t in unpacked(b[kinds])]
    words = [cell for table in tables for row in (*table.rows, table.columns) for cell in row]
    words += [text for table in tables for text in (table.caption, table.note)]
    printed = {token for text in words for token in _TOKEN.findall(text)}
    numbers = {number_of(token.replace(":", "")) for token in printed}
    numbers |= {number_of(token.removesuffix("%")) for token in printed} | _counted(len(tables))
    book = delivery.files.get("tabellen.xlsx")
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book)) if book else None
    for name in sheets.sheet_names[1:] if sheets else []:
        for row in sheets.get_sheet_by_name(name).to_python() if sheets else []:
            for cell in row:
                if isinstance(cell, int | float) and not _is_printed(float(cell), numbers):
                    yield f"tabellen.xlsx, {name}: {cell}"


def _counted(tables: int) -> set[float | None]:
    return {float(number) for number in range(tables + 1)}


def _is_printed(cell: float, numbers: Iterable[float | None]) -> bool:
    return any(number is not None and abs(abs(cell) - abs(number)) < 1e-12 for number in numbers)


# ---------------------------------------------------------------- what nobody looks at


def metadata_faults(delivery: Delivery) -> Iterator[str]:
    """Yield times, paths and names of programs that a file carries beside what it shows."""
    extra = {*delivery.notebook.metadata} - _OF_NOTEBOOK
    cells = {key for cell in delivery.notebook.cells for key in cell.metadata} - {"tags"}
    for key in sorted(extra | cells):
        yield f"onderbouwing.ipynb: metadata `{key}`"
    kinds = {out.output_type for c in delivery.notebook.cells for out in c.get("outputs", [])}
    for kind in sorted(kinds - {"execute_result", "display_data"}):
        yield f"onderbouwing.ipynb: an output of kind {kind}"
    for svg in _pictures(delivery.page):
        if "<metadata" in svg or "<dc:" in svg:
            yield "onderbouwing.html: a figure with metadata"
    about = PdfReader(io.BytesIO(delivery.files["onderbouwing.pdf"])).metadata or {}
    for key in sorted({*about} - _OF_PDF):
        yield f"onderbouwing.pdf: metadata {key}"
    day = delivery.result["report_date"].replace("-", "")
    dates = {key: str(value) for key, value in about.items() if str(value).startswith("D:")}
    yield from (f"onderbouwing.pdf: {k} {v}" for k, v in dates.items() if day not in v)
    for name, content in _all_texts(delivery):
        for found in sorted({match[0] for match in _TIME.finditer(content)}):
            if not found.startswith(delivery.result["report_date"]):
                yield f"{name}: {found}"


def _all_texts(delivery: Delivery) -> Iterator[tuple[str, str]]:
    for name, content in delivery.files.items():
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for member in archive.namelist():
                    if member.startswith("docProps"):
                        yield f"{name}!{member}", archive.read(member).decode()
        elif not content.startswith(b"%PDF"):
            yield name, _SVG.sub("", content.decode())


# ---------------------------------------------------------------- without a kernel


def delivery_of(report: Onderbouwing) -> Delivery:
    """Return what a run would deliver of a report, without the kernel that it takes."""
    notebook = notebook_of(report)
    document = json.loads(report.complete()._repr_mimebundle_()[SENTINEL])["document"]
    notebook.metadata["balanstest"] = document
    for cell, source in zip(notebook.cells, sources(), strict=True):
        cell.source = source
    files = {
        "resultaat.json": result_text(to_json(report.result)).encode(),
        "onderbouwing.ipynb": nbformat.writes(notebook).encode(),  # type: ignore[no-untyped-call]
        "onderbouwing.html": html_page(notebook).encode(),
        "onderbouwing.pdf": pdf_document(notebook),
    }
    files |= {annex.path: annex.content for annex in annexes(notebook)}
    return Delivery(files=files, dossier=report.dossier, history=report.history)
