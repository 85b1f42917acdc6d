"""Make the gallery of reports: `docs/gallery.md`, and the first page of each kind as a picture.

Run it with `.venv/bin/python -m tools.draw_gallery`. The reports are those of made-up organisations
in `tests/report_cases.py`; the sentence under each is what its first page says.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from balanstest_analysis.presentation.conclusions import headline
from balanstest_analysis.report.exporters.notebook import document_metadata
from balanstest_analysis.report.exporters.pdf import typst_source
from balanstest_analysis.report.onderbouwing import Onderbouwing
from tests.report_cases import Case, notebook_of, report_of
from tools.make_pictures import FOLDER, page_of

PAGE = FOLDER.parent / "gallery.md"
WIDTH, COLOURS = 420, 16


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of report.

    Attributes:
        title: what it is, in a few words.
        words: when a reader meets it.
        case: of which it is the report.
    """

    title: str
    words: str
    case: Case


REGISTER = Case(template="bel-me-niet", regime="ctm-2020", register=True)
KINDS: dict[str, Kind] = {
    "gallery-proposal.png": Kind(
        title="A proposal",
        words="Every criterion is tested, and the data end the term before the cap does.",
        case=Case(),
    ),
    "gallery-cap.png": Kind(
        title="A proposal that the cap ends",
        words="The data carry more than the rules allow.",
        case=Case(shape="flat"),
    ),
    "gallery-provisional.png": Kind(
        title="A provisional proposal",
        words="A condition of the law has no answer yet, so the term may still fall away.",
        case=Case(conditions="unanswered"),
    ),
    "gallery-set-aside.png": Kind(
        title="A proposal on what could be tested",
        words="One criterion has too little data; the organisation sets it aside with a reason.",
        case=Case(shape="complaints untested"),
    ),
    "gallery-request.png": Kind(
        title="A request that the data carry",
        words="More than the cap is asked for, which the committee decides on.",
        case=Case(shape="flat", asked=48),
    ),
    "gallery-request-refused.png": Kind(
        title="A request that the data do not carry",
        words="The burden rises above what the organisation itself calls acceptable.",
        case=Case(asked=48),
    ),
    "gallery-undetermined.png": Kind(
        title="No proposal yet",
        words="There are too few contacts to test anything, and nothing is set aside.",
        case=Case(shape="sparse", answers="some"),
    ),
    "gallery-no-term.png": Kind(
        title="No proposal",
        words="The data refute a criterion from the first month on.",
        case=Case(shape="benefit fails"),
    ),
    "gallery-not-allowed.png": Kind(
        title="No ground to call",
        words="Since 1 July 2026 a company may not call former customers without prior consent.",
        case=Case(sector="commercial"),
    ),
    "gallery-register.png": Kind(
        title="No balance test needed",
        words="Under the rules of 2020, with the numbers in the Bel-me-niet Register left out.",
        case=REGISTER,
    ),
}

START = """# A gallery of reports

Ten kinds of report, each by its first page. The organisations and their data are made up. The sentence in Dutch is the headline of the report. How to read one: [een rapport lezen](nl/een-rapport-lezen.md). `.venv/bin/python -m tools.draw_gallery` makes this page and its pictures.
"""  # noqa: E501


def reports(folder: Path) -> dict[str, Onderbouwing]:
    """Return a report of every kind, by the name of its picture.

    Args:
        folder: where the data of the reports are written.
    """
    return {name: report_of(kind.case, folder) for name, kind in KINDS.items()}


def gallery(made: Mapping[str, Onderbouwing]) -> str:
    """Return the page of the gallery.

    Args:
        made: the reports, by the name of the picture.
    """
    return "\n".join([START, *(_entry(name, made[name]) for name in KINDS)])


def _entry(name: str, report: Onderbouwing) -> str:
    kind, said = KINDS[name], headline(report.result)
    picture = f"![First page of a report that says: {said}](images/{name})"
    return f"## {kind.title}\n\n{kind.words} *{said}.*\n\n{picture}\n"


def thumbnail(report: Onderbouwing) -> Image.Image:
    """Return the first page of a report, small and in few colours."""
    notebook = notebook_of(report)
    page = page_of(typst_source(notebook, document_metadata(notebook)))
    small = page.resize((WIDTH, round(page.height * WIDTH / page.width)), Image.Resampling.LANCZOS)
    return ImageOps.expand(small, border=1, fill="#c9d0d8").quantize(COLOURS)


def main() -> None:
    """Draw every picture, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        made = reports(Path(folder))
        for name, report in made.items():
            thumbnail(report).save(FOLDER / name, optimize=True)
            print(f"{name}: {(FOLDER / name).stat().st_size // 1000} kB")
        PAGE.write_text(gallery(made), "utf-8")


if __name__ == "__main__":
    main()
