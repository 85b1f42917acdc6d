"""What is tried rather than looked up: a page with the report's fonts, and a kernel."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.report.doctor.sign import Sign, good, wrong

_SECONDS: Final = 60
_FACES: Final = ("Source Serif 4", "Source Sans 3")
_AGAIN: Final = "Install this package again"


def pdf_sign() -> Sign:
    """Return whether Typst makes a page in the fonts of the report, and matplotlib reads them."""
    subject = "fonts and PDF"
    try:
        found = f"{_faces_of_a_page()} {_face_of_figures().replace(' ', '')}"
    except (BalanstestError, OSError, RuntimeError) as error:
        return wrong(subject, f"{' '.join(str(error).split()).rstrip('.')}. {_AGAIN}.")
    missing = [face for face in _FACES if face.replace(" ", "") not in found]
    if missing:
        return wrong(subject, f"the font {missing[0]} of the report is not found. {_AGAIN}.")
    return good(subject, f"a page was made in {' and '.join(_FACES)}")


def _faces_of_a_page() -> str:
    """Return the names of the fonts in a PDF of one page that asks for each of them."""
    from pypdf import PdfReader  # noqa: PLC0415 - only here

    from balanstest_analysis.report.exporters.notebook import DocumentMetadata  # noqa: PLC0415
    from balanstest_analysis.report.exporters.pdf import compiled  # noqa: PLC0415

    lines = [f'#text(font: "{face}", fallback: false)[Proef]' for face in _FACES]
    source = "\n\n".join(['#set document(title: "Proef")', '#set text(lang: "nl")', *lines])
    page = PdfReader(io.BytesIO(compiled(source, DocumentMetadata(title="Proef")))).pages[0]
    resources: Any = page["/Resources"]
    return " ".join(str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values())


def _face_of_figures() -> str:
    """Return the name of the font in the figures, as matplotlib reads it in its file."""
    from balanstest_analysis.presentation.figures.style import font  # noqa: PLC0415 - only here

    return str(font().get_name())


def kernel_sign() -> Sign:
    """Return whether the kernel of a report starts and answers."""
    with TemporaryDirectory(prefix="balanstest-") as place:
        try:
            _greet_a_kernel(Path(place))
        except (BalanstestError, OSError, RuntimeError) as error:
            why = " ".join(str(error).split()).rstrip(".")
            return wrong(
                "kernel",
                f"it does not answer ({why}). See that programs may use ports of this machine "
                "(127.0.0.1), and that `TMPDIR` can be written.",
            )
    return good("kernel", "it starts and answers")


def _greet_a_kernel(place: Path) -> None:
    """Start the kernel of a report, and wait for its answer.

    Raises:
        RuntimeError: it did not answer.
    """
    from jupyter_core.utils import run_sync  # noqa: PLC0415 - with the kernel only

    from balanstest_analysis.report.run.launch import launched, stop  # noqa: PLC0415
    from balanstest_analysis.report.run.notebook import Script  # noqa: PLC0415

    manager = launched(Script(text="", cells=()), scratch=place, delivery=place, reports=place)
    client = manager.client()
    try:
        client.start_channels()
        run_sync(client.wait_for_ready)(timeout=_SECONDS)
    finally:
        client.stop_channels()
        stop(manager)
