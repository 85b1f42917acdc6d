"""Draw the first page of the sample's report as the picture of the README.

Run it after `make report`: `.venv/bin/python tools/make_readme_picture.py`. The page comes from
the executed notebook in `reports/`, and is cut off below its last words.
"""

from __future__ import annotations

import io
import sys
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import typst
from PIL import Image, ImageOps

from balanstest_analysis.exporters.assets import font_folder
from balanstest_analysis.exporters.notebook import document_metadata
from balanstest_analysis.exporters.pdf import typst_source

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "voorstel.png"
SAMPLE = "reports/stichting-de-fictieve-vuurtoren"
PIXELS_PER_INCH = 110
FOOTER_MM = 22
MARGIN_MM = 8
COLOURS = 128


def main() -> int:
    """Draw the picture, and return the exit code."""
    notebooks = sorted((ROOT / SAMPLE).rglob("onderbouwing.ipynb"))
    if not notebooks:
        print(f"There is no {SAMPLE}. Run `make report` first.", file=sys.stderr)
        return 1
    picture = cut(first_page(notebooks[-1]))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    framed = ImageOps.expand(picture, border=1, fill="#c9d0d8")
    framed.quantize(COLOURS).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")
    return 0


def first_page(path: Path) -> Image.Image:
    """Return the first page of a report, drawn by the same Typst that makes the PDF."""
    notebook = nbformat.read(path, as_version=4)
    source = typst_source(notebook, document_metadata(notebook))
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
