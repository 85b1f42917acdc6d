"""Word files through LibreOffice: ten kinds of report, and ten dossiers to Word, edited and back.

``python -m studies.word_files`` takes two minutes and needs LibreOffice; it writes
``studies/word_files.csv``, and ends with an error when something is not as it should be.
"""

from __future__ import annotations

import csv
import io
import random
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from pypdf import PdfReader

from balanstest_analysis.cli.starter import write_starter
from balanstest_analysis.report.answers.exchange import export_answers, import_answers
from balanstest_analysis.report.answers.rich_text import Grid, Line, Span, rich_text
from balanstest_analysis.report.exporters.html import html_body, numbered_body
from balanstest_analysis.report.exporters.notebook import document_metadata
from balanstest_analysis.report.word.markup import tree_of
from balanstest_analysis.report.working_copy import working_copy
from balanstest_analysis.validation.simulate import simulate_history, write_history
from tests.filled_starters import filled
from tests.office import converted
from tests.report_cases import Case, notebook_of, pairwise, report_of

TABLE = Path(__file__).parent / "word_files.csv"
SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "balanstest.toml"
COLUMNS = ("kind", "name", "pages", "headings", "tables", "figures", "texts", "faults")
KINDS = 10
FOREIGN = "Łódź, Ελληνικά, Кириллица: € 5, ½; C:\\map, 2*3, a_b, <b> & “zo”, [x](y), `c`, #1."
LONG = "Een lange zin die doorgaat over meer dan een regel, met 1. en - erin. " * 40

# ---------------------------------------------------------------- reports


def reports(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what was found in ten kinds of report, opened and saved by LibreOffice."""
    for number, case in enumerate(random.Random(18).sample(pairwise(), KINDS)):
        place = folder / f"rapport-{number}"
        place.mkdir()
        yield report_row(case, folder, place)


def report_row(case: Case, data: Path, place: Path) -> dict[str, Any]:
    """Return what LibreOffice makes of one report, beside what it should be."""
    notebook = notebook_of(report_of(case, data))
    content = working_copy(notebook)
    body = list(tree_of(numbered_body(html_body(notebook), document_metadata(notebook))).walk())
    pdf = PdfReader(io.BytesIO(converted(content, place)))
    pages = [page.extract_text() for page in pdf.pages]
    saved = docx.Document(io.BytesIO(converted(content, place, after="docx")))
    headings = [(int(e.tag[1]), bare(e.text())) for e in body if re.fullmatch("h[1-4]", e.tag)]
    alts = [e.attributes["alt"] for e in body if e.tag == "img"]
    captions = [bare(e.text()) for e in body if e.tag in {"caption", "figcaption"}]
    due = [bare(e.text()) for e in body if e.tag in {"td", "th"}]
    found = [bare(c.text) for t in saved.tables for row in t.rows for c in row.cells]
    kept = [
        (int(p.style.name[-1]), bare(p.text))
        for p in saved.paragraphs
        if p.style.name.startswith("Heading")
    ]
    whole = bare("".join(pages))
    checks = {
        "heading": kept == headings,
        "cell": found == due,
        "alt text": [s._inline.docPr.get("descr") for s in saved.inline_shapes] == alts,
        "head row": all(has_head(table) for table in saved.tables),
        "mark": all("WERKVERSIE" in page for page in pages),
        "caption": all(caption in whole for caption in captions),
    }  # fmt: skip
    return {
        "kind": "report",
        "name": f"{case.regime}, {case.sector}, {case.shape}",
        "pages": len(pages),
        "headings": len(headings),
        "tables": len(saved.tables),
        "figures": len(alts),
        "texts": len(due),
        "faults": "; ".join(name for name, sound in checks.items() if not sound),
    }


def has_head(table: Table) -> bool:
    """Return whether the first row of a table is repeated on every page."""
    return table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def bare(text: str) -> str:
    """Return a text without spaces and soft hyphens."""
    return re.sub(r"[\s\xad]+", "", text)


# ---------------------------------------------------------------- answers


def dossiers(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield ten dossiers, each written in a way of its own."""
    text = SAMPLE.read_text("utf-8")
    plain = FOREIGN.replace("\\", "")
    prose = text.replace("Een donateurschap slijt niet", f"{plain} Het slijt niet")
    listed = text.replace(
        '"1d" = """', '"1d" = """\n1. een\n   - a\n\n     nog\n2. **twee**\n\n> citaat\n'
    )
    table = text.replace('"1d" = """', '"1d" = """\n| a | b\\\\|c |\n|---|---|\n| 1 | *2* |\n\n')
    texts = {
        "as it is": text,
        "line ends of Windows": text.replace("\n", "\r\n"),
        "foreign words": prose,
        "lists and quotations": listed,
        "tables": table,
        "long": text.replace('"1e" = """', f'"1e" = """\n{LONG}\n\n'),
        "comments": re.sub(r"^(\w+ = .*)$", r"\1  # waarom", text, flags=re.MULTILINE),
    }
    for name, content in texts.items():
        place = folder / name.replace(" ", "-")
        place.mkdir()
        (place / "balanstest.toml").write_bytes(content.encode())
        yield name, place / "balanstest.toml"
    yield "starter", filled(write_starter(folder / "starter"))
    yield "older starter", filled(write_starter(folder / "ouder", template="bel-me-niet"))
    write_history(simulate_history("sample", contacts=500, seed=1), folder / "nagebootst")
    yield "simulated", folder / "nagebootst" / "balanstest.toml"


DUE = (
    Line(
        spans=(
            Span(text="Eerst "),
            Span(text="dit", bold=True),
            Span(text=" en "),
            Span(text="dat", italic=True),
            Span(text="."),
        )
    ),
    Line(spans=(Span(text=FOREIGN),)),
    Line(spans=(Span(text="een"),), level=1, ordered=True),
    Line(spans=(Span(text="twee"),), level=1, ordered=True),
    Line(spans=(Span(text="punt"),), level=1),
    Line(spans=(Span(text="dieper"),), level=2),
    Grid(
        rows=(
            ((Span(text="kop"),), (Span(text="a|b"),)),
            ((Span(text="cel"),), ()),
        )
    ),
)


def answer_row(name: str, dossier: Path, place: Path) -> dict[str, Any]:
    """Return what comes of one dossier whose form is edited in LibreOffice's own format."""
    place.mkdir()
    before = dossier.read_bytes()
    form = place / "f.docx"
    export_answers(dossier, form, reports=place)
    form.write_bytes(converted(form.read_bytes(), place, after="docx"))
    untouched = import_answers(dossier, form)
    flat = converted(form.read_bytes(), place, after="fodt").decode("utf-8")
    form.write_bytes(converted(rewritten(flat).encode(), place, before="fodt", after="docx"))
    imported = import_answers(dossier, form)
    answer = tomllib.loads(dossier.read_text("utf-8"))["answers"]["1c"]
    checks = {
        "untouched": untouched.changes == (),
        "only one change": [c.field.key for c in imported.changes] == ["answers.1c"],
        "says what was written": rich_text(answer) == DUE,
        "nothing else": _without(dossier.read_bytes()) == _without(before),
        "notes": imported.notes == (),
    }
    return {
        "kind": "answers",
        "name": name,
        "texts": len(untouched.gaps),
        "faults": "; ".join(name for name, sound in checks.items() if not sound),
    }


def _without(content: bytes) -> str:
    """Return a dossier without one answer: the rest has to stay, to the byte."""
    text = content.decode("utf-8")
    return re.sub(r'"1c" = """.*?"""', "", text, flags=re.DOTALL)


def rewritten(flat: str) -> str:
    """Return a form in LibreOffice's own format with other words for one question."""
    first = flat.index("</text:p>", flat.index("[answers.1c]")) + len("</text:p>")
    last = flat.rindex("<text:p", 0, flat.index("[einde answers.1c]"))
    styles = flat.index("</office:automatic-styles>")
    body = f"{flat[:first]}{WRITTEN}{flat[last:]}"
    return f"{body[:styles]}{STYLES}{body[styles:]}"


def escaped(text: str) -> str:
    """Return a text as XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


STYLES = (
    '<style:style style:name="Bxx" style:family="text"><style:text-properties '
    'fo:font-weight="bold"/></style:style><style:style style:name="Ixx" style:family="text">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
    '<text:list-style style:name="Nxx"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/></text:list-style>'
    '<text:list-style style:name="Pxx"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="-"/><text:list-level-style-bullet text:level="2" text:bullet-char="-"/>'
    "</text:list-style>"
)
WRITTEN = (
    '<text:p>Eerst <text:span text:style-name="Bxx">dit</text:span> en '
    '<text:span text:style-name="Ixx">dat</text:span>.</text:p>'
    f"<text:p>{escaped(FOREIGN)}</text:p>"
    '<text:list text:style-name="Nxx"><text:list-item><text:p>een</text:p></text:list-item>'
    "<text:list-item><text:p>twee</text:p></text:list-item></text:list>"
    '<text:list text:style-name="Pxx"><text:list-item><text:p>punt</text:p><text:list>'
    "<text:list-item><text:p>dieper</text:p></text:list-item></text:list></text:list-item>"
    "</text:list><table:table><table:table-column/><table:table-column/>"
    "<table:table-row><table:table-cell><text:p>kop</text:p></table:table-cell>"
    "<table:table-cell><text:p>a|b</text:p></table:table-cell></table:table-row>"
    "<table:table-row><table:table-cell><text:p>cel</text:p></table:table-cell>"
    "<table:table-cell><text:p/></table:table-cell></table:table-row></table:table>"
)


def main() -> None:
    """Write the table, and end with an error where something is wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = list(reports(folder))
        (folder / "dossiers").mkdir()
        for number, (kind, dossier) in enumerate(dossiers(folder / "dossiers")):
            rows.append(answer_row(kind, dossier, folder / f"antwoorden-{number}"))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    faults = [row for row in rows if row["faults"]]
    for row in rows:
        print(row["kind"], row["name"], row["faults"] or "sound")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
