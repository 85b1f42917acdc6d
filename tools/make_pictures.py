"""Draw the pictures of README and documentation from the report of the sample.

Run it after `make report`: `.venv/bin/python tools/make_pictures.py`. The first page comes from the
executed notebook in `reports/`, cut off below its last words; the figures from `resultaat.json`.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import typst
from matplotlib.figure import Figure
from PIL import Image, ImageOps

from balanstest_analysis.presentation.figures import criteria_figure, rate_figure, weighing_figure
from balanstest_analysis.published.json_form import from_json
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.exporters.assets import font_folder
from balanstest_analysis.report.exporters.notebook import document_metadata
from balanstest_analysis.report.exporters.pdf import typst_source

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "images"
SAMPLE = "reports/stichting-de-fictieve-vuurtoren"
PIXELS_PER_INCH = 110
FOOTER_MM = 22
MARGIN_MM = 8
COLOURS = 128


def proposal(report: Path) -> Image.Image:
    """Return the first page of a report, cut off below its last words."""
    return cut(first_page(report / "onderbouwing.ipynb"))


def figure_of(draw: Callable[[PublishedResult], Figure]) -> Callable[[Path], Image.Image]:
    """Return what draws a figure from the published result of a report."""

    def drawn(report: Path) -> Image.Image:
        return drawn_image(draw(from_json(json.loads(published(report)))))

    return drawn


def published(report: Path) -> str:
    """Return the text of the published result of a report."""
    return (report / "resultaat.json").read_text("utf-8")


def drawn_image(figure: Figure) -> Image.Image:
    """Return a figure as it is seen on white."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=PIXELS_PER_INCH, facecolor="white")
    return Image.open(buffer).convert("RGB")


def reduced(figure: Figure) -> Image.Image:
    """Return a figure in few colours, which is small."""
    return drawn_image(figure).quantize(COLOURS)


PICTURES: dict[str, Callable[[Path], Image.Image]] = {
    "voorstel.png": proposal,
    "conversie.png": figure_of(lambda result: rate_figure(result, "conversion")),
    "verzet.png": figure_of(lambda result: rate_figure(result, "objection")),
    "criteria.png": figure_of(criteria_figure),
    "weging.png": figure_of(weighing_figure),
}


def main() -> int:
    """Draw every picture, and return the exit code."""
    reports = sorted((ROOT / SAMPLE).rglob("resultaat.json"))
    if not reports:
        print(f"There is no {SAMPLE}. Run `make report` first.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        framed = ImageOps.expand(draw(reports[-1].parent), border=1, fill="#c9d0d8")
        framed.quantize(COLOURS).save(FOLDER / name, optimize=True)
        print(f"{name}: {(FOLDER / name).stat().st_size // 1000} kB")
    return 0


def first_page(path: Path) -> Image.Image:
    """Return the first page of a report, drawn by the same Typst that makes the PDF."""
    notebook = nbformat.read(path, as_version=4)
    return page_of(typst_source(notebook, document_metadata(notebook)))


def page_of(source: str) -> Image.Image:
    """Return the first page of a document.

    Args:
        source: in Typst.
    """
    with as_file(font_folder()) as fonts:
        pages: Any = typst.compile(
            source.encode(),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
            ignore_system_fonts=True,
            format="png",
            ppi=PIXELS_PER_INCH,
        )
    first = pages[0] if isinstance(pages, list) else pages
    return Image.open(io.BytesIO(first)).convert("RGB")


def cut(page: Image.Image) -> Image.Image:
    """Return a page without its footer and without the white space above that."""
    per_mm = PIXELS_PER_INCH / 25.4
    body = page.crop((0, 0, page.width, page.height - round(FOOTER_MM * per_mm)))
    inked = np.flatnonzero((np.asarray(body.convert("L")) < 250).any(axis=1))
    bottom = min(int(inked[-1]) + round(MARGIN_MM * per_mm), body.height)
    return body.crop((0, 0, body.width, bottom))


if __name__ == "__main__":
    sys.exit(main())
