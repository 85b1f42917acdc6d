"""Drawings for Word, which shows SVG nowhere for sure: made into pixels by Typst."""

from __future__ import annotations

import base64
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst

from balanstest_analysis.document.files import no_temporary_place
from balanstest_analysis.errors import BlockError, RunError
from balanstest_analysis.report.exporters.assets import font_folder

_DOTS: Final = 220.0
_PAGE: Final = '#set page(width: 160mm, height: auto, margin: 0pt)\n#image("d.svg", width: 100%)'


def png_of(svg: str) -> bytes:
    """Return a drawing as PNG, 160 mm wide; the same drawing gives the same bytes.

    Args:
        svg: of ours.

    Raises:
        BlockError: it cannot be drawn.
        RunError: there is no room for temporary files.
    """
    try:
        with (
            as_file(font_folder()) as fonts,
            TemporaryDirectory(prefix="balanstest-") as folder,
        ):
            for name, text in (("d.svg", svg), ("d.typ", _PAGE)):
                (Path(folder) / name).write_text(text, "utf-8")
            faces = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
            drawn, _ = typst.compile_with_warnings(
                f"{folder}/d.typ", font_paths=faces, format="png", ppi=_DOTS
            )
    except typst.TypstError as error:
        raise BlockError(f"A figure cannot be drawn: {error.message}.") from None
    except OSError:
        raise RunError(no_temporary_place()) from None
    return bytes(drawn)


def svg_in(source: str) -> str:
    """Return the drawing in the address of a picture of ours.

    Raises:
        BlockError: the address is of another kind.
    """
    head, _, content = source.partition("base64,")
    if not head.startswith("data:image/svg+xml"):
        raise BlockError("The report shows a picture that is no drawing. Make it again.")
    return base64.b64decode(content).decode("utf-8")
