"""Reports in which somebody changed one thing, and the level on which a receiver must find it.

A forger who knows the manifest mends its hashes; one who is thorough also changes what the PDF and
the notebook carry along.
"""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import forged_pdfs as forged

Files = dict[str, bytes]
PDF, HTML, RESULT = "onderbouwing.pdf", "onderbouwing.html", "resultaat.json"
NOTEBOOK, WORKBOOK, MANIFEST = "onderbouwing.ipynb", "tabellen.xlsx", "manifest.json"
SENTINEL = "application/x-balanstest-sentinel"
TURNED = (
    ("lager", "hoger"),
    ("korter", "langer"),
    ("langer", "korter"),
    ("hoger", "lager"),
    ("meer", "minder"),
    ("minder", "meer"),
    ("niet ", ""),
    ("wordt voldaan", "wordt niet voldaan"),
)
DATES = (("september", "oktober"), ("oktober", "november"), ("mei", "juni"), ("augustus", "juli"))


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """A changed report.

    Attributes:
        kind: what was done.
        levels: of which one has to name it.
        files: of the run directory; a PDF alone where it is the only one.
        words: what was changed, and where.
    """

    kind: str
    levels: frozenset[str]
    files: Files
    words: str

    def write(self, folder: Path) -> Path:
        """Return where the changed report was written.

        Args:
            folder: that is made.
        """
        folder.mkdir(parents=True)
        for name, content in self.files.items():
            (folder / name).parent.mkdir(exist_ok=True, parents=True)
            (folder / name).write_bytes(content)
        return folder / PDF if [*self.files] == [PDF] else folder


Made = tuple[Files, str] | None
Maker = Callable[[Files, Files, random.Random], Made]
KINDS: dict[str, tuple[frozenset[str], Maker]] = {}


def kind(name: str, *levels: str) -> Callable[[Maker], Maker]:
    """Register a way to change a report, and the levels of which one has to find it."""

    def register(maker: Maker) -> Maker:
        KINDS[name] = frozenset(levels), maker
        return maker

    return register


def mutations(
    files: Files, other: Files, each: int, seed: int, kinds: Collection[str] = ()
) -> Iterator[Mutation]:
    """Yield changed reports, so many of each kind as can be made of this one.

    Args:
        files: of the run directory of a sound report.
        other: likewise, of another.
        each: how many of each kind.
        seed: of the choices.
        kinds: which; none for all.
    """
    for name, (levels, maker) in KINDS.items():
        if kinds and name not in kinds:
            continue
        seen: set[str] = set()
        for number in range(each):
            made = maker(files, other, random.Random(f"{seed} {name} {number}"))
            if made is not None and made[1] not in seen and made[0] != files:
                seen.add(made[1])
                yield Mutation(kind=name, levels=levels, files=made[0], words=made[1])


def mended(files: Files, **changed: bytes) -> Files:
    """Return files with changes, and a manifest that says so too."""
    return mended_by_path(files, changed)


def mended_by_path(files: Files, changed: Files) -> Files:
    """Return files with changes, and a manifest that says so too."""
    manifest = json.loads(files[MANIFEST])
    after = {**files, **changed}
    manifest["files"] = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in after.items()
        if name != MANIFEST
    }
    return {**after, MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=2).encode()}


def with_digit(text: str, rng: random.Random) -> str | None:
    """Return a text with one digit changed, or None where it has none."""
    places = [found.start() for found in re.finditer(r"\d", text)]
    if not places:
        return None
    at = rng.choice(places)
    return f"{text[:at]}{(int(text[at]) + rng.randrange(1, 10)) % 10}{text[at + 1 :]}"


def turned(text: str, pairs: tuple[tuple[str, str], ...], rng: random.Random) -> str | None:
    """Return a text with one word turned, or None where it has none."""
    there = [
        (found, after)
        for before, after in pairs
        for found in re.finditer(rf"(?<!\w){re.escape(before)}(?!\w)", text)
    ]
    if not there:
        return None
    found, after = rng.choice(there)
    return f"{text[: found.start()]}{after}{text[found.end() :]}"


# ---------------------------------------------------------------- the web page


def _in_html(
    files: Files, change: Callable[[str], str | None], pattern: str, rng: random.Random
) -> Made:
    html = files[HTML].decode()
    start = html.index("<main")
    found = [*re.finditer(pattern, html[start:], re.DOTALL)]
    rng.shuffle(found)
    for one in found:
        if "NOG IN TE VULLEN" in one[0] or 'balanstest" ' in one[0]:
            continue
        after = change(one[1])
        if after is not None and after != one[1]:
            a, b = start + one.start(1), start + one.end(1)
            words = f"{one[1][:60]!r} became {after[:60]!r}"
            return mended(files, **{HTML: (html[:a] + after + html[b:]).encode()}), words
    return None


TEXT = r"<(?:p|li|dd)\b[^>]*>([^<]*\d[^<]*)<"
CELL = r"<td\b[^>]*>([^<]*\d[^<]*)<"


@kind("a digit in a sentence of the web page", "one_story", "follows")
def _html_digit(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_html(files, lambda text: with_digit(text, rng), TEXT, rng)


@kind("a digit in a cell of the web page", "one_story")
def _html_cell(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_html(files, lambda text: with_digit(text, rng), CELL, rng)


@kind("a sentence of the web page turned", "one_story", "follows")
def _html_turned(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_html(
        files, lambda text: turned(text, TURNED, rng), r"<(?:p|li|dd)\b[^>]*>([^<]+)<", rng
    )


@kind("a date of the web page", "one_story", "follows")
def _html_date(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_html(
        files, lambda text: turned(text, DATES, rng), r"<(?:p|li|dd)\b[^>]*>([^<]+)<", rng
    )


@kind("a caption of the web page", "one_story")
def _html_caption(files: Files, _other: Files, rng: random.Random) -> Made:
    pattern = r"<(?:caption|figcaption)\b[^>]*>(.*?)</"
    return _in_html(files, lambda text: with_digit(text, rng), pattern, rng)


@kind("the words in place of a figure", "one_story")
def _html_alt(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_html(files, lambda text: with_digit(text, rng), r'\balt="([^"]*)"', rng)


@kind("a figure of the web page in another's place", "one_story")
def _html_figure(files: Files, _other: Files, rng: random.Random) -> Made:
    html = files[HTML].decode()
    sources = sorted(set(re.findall(r'src="(data:image/svg[^"]*)"', html)))
    if len(sources) < 2:
        return None
    one, two = rng.sample(sources, 2)
    after = html.replace(one, "@@").replace(two, one).replace("@@", two)
    words = f"figures {sources.index(one)} and {sources.index(two)}"
    return mended(files, **{HTML: after.encode()}), words


@kind("a figure of another report", "one_story")
def _other_figure(files: Files, other: Files, rng: random.Random) -> Made:
    html = files[HTML].decode()
    pattern = r'src="(data:image/svg[^"]*)"'
    own, foreign = re.findall(pattern, html), re.findall(pattern, other[HTML].decode())
    if not own or not foreign:
        return None
    one, two = rng.choice(own), rng.choice(foreign)
    words = f"{own.index(one)} by {foreign.index(two)}"
    return mended(files, **{HTML: html.replace(one, two).encode()}), words


# ---------------------------------------------------------------- the PDF


def _in_pdf(files: Files, change: Callable[[str], str | None], rng: random.Random) -> Made:
    made = forged.with_words(files[PDF], change, rng)
    if made is None:
        return None
    return mended(files, **{PDF: made}), forged.with_words.done  # type: ignore[attr-defined]


@kind("a digit in the PDF", "one_story")
def _pdf_digit(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_pdf(files, lambda text: with_digit(text, rng), rng)


@kind("a word of the PDF turned", "one_story", "follows")
def _pdf_turned(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_pdf(files, lambda text: turned(text, TURNED, rng), rng)


@kind("a digit in a PDF alone", "one_story", "follows")
def _alone_digit(files: Files, other: Files, rng: random.Random) -> Made:
    made = _pdf_digit(files, other, rng)
    return None if made is None else ({PDF: made[0][PDF]}, made[1])


@kind("a page of another report in the PDF", "one_story", "whole")
def _pdf_page(files: Files, other: Files, rng: random.Random) -> Made:
    page = rng.randrange(1, 6)
    made = forged.with_page_of(files[PDF], other[PDF], page)
    return mended(files, **{PDF: made}), f"page {page + 1}"


@kind("a page of another report in a PDF alone", "one_story", "whole")
def _alone_page(files: Files, other: Files, rng: random.Random) -> Made:
    made = _pdf_page(files, other, rng)
    return None if made is None else ({PDF: made[0][PDF]}, made[1])


@kind("a line of a figure of the PDF", "one_story")
def _pdf_line(files: Files, _other: Files, rng: random.Random) -> Made:
    made = forged.with_moved_line(files[PDF], rng)
    return mended(files, **{PDF: made}), hashlib.sha256(made).hexdigest()[:8]


@kind("an attachment of another report", "one_story")
def _attachment(files: Files, other: Files, rng: random.Random) -> Made:
    name = rng.choice([RESULT, WORKBOOK])
    made = forged.with_attachment(files[PDF], name, other[name])
    return mended(files, **{PDF: made}), name


@kind("an attachment of another report in a PDF alone", "one_story", "follows")
def _alone_attachment(files: Files, other: Files, rng: random.Random) -> Made:
    made = _attachment(files, other, rng)
    return None if made is None else ({PDF: made[0][PDF]}, made[1])


@kind("a missing attachment in a PDF alone", "whole")
def _alone_missing(files: Files, _other: Files, rng: random.Random) -> Made:
    tables = [name for name in files if name.startswith("tabellen/")]
    name = rng.choice([RESULT, WORKBOOK, *tables])
    made = forged.without_attachment(files[PDF], name.removeprefix("tabellen/"))
    return {PDF: made}, name


@kind("a note over the PDF", "whole")
def _pdf_note(files: Files, _other: Files, _rng: random.Random) -> Made:
    return mended(files, **{PDF: forged.with_note(files[PDF])}), "a note"


@kind("words painted over the PDF", "whole")
def _pdf_loose(files: Files, _other: Files, _rng: random.Random) -> Made:
    return mended(files, **{PDF: forged.with_loose_text(files[PDF])}), "loose words"


@kind("a PDF saved again", "whole")
def _pdf_saved(files: Files, _other: Files, _rng: random.Random) -> Made:
    return mended(files, **{PDF: files[PDF] + b"\nstartxref\n9\n%%EOF\n"}), "saved again"


# ---------------------------------------------------------------- the tables


def _table_of(files: Files, rng: random.Random) -> str:
    tables = [name for name in sorted(files) if re.match(r"tabellen/tabel-", name)]
    return rng.choice(tables)


@kind("a cell of a CSV file", "one_story")
def _csv_cell(files: Files, _other: Files, rng: random.Random) -> Made:
    name = _table_of(files, rng)
    text = files[name].decode("utf-8-sig")
    after = with_digit(text, rng)
    if after is None:
        return None
    return mended_by_path(files, {name: ("\ufeff" + after).encode()}), name


@kind("a row left out of a CSV file", "one_story")
def _csv_row(files: Files, _other: Files, rng: random.Random) -> Made:
    name = _table_of(files, rng)
    lines = files[name].decode("utf-8-sig").split("\r\n")
    if len(lines) < 4:
        return None
    at = rng.randrange(1, len(lines) - 1)
    text = "\r\n".join([*lines[:at], *lines[at + 1 :]])
    return mended_by_path(files, {name: ("\ufeff" + text).encode()}), f"{name}, row {at}"


@kind("a cell of the workbook", "one_story")
def _workbook_cell(files: Files, _other: Files, rng: random.Random) -> Made:
    def change(text: str) -> str | None:
        found = [*re.finditer(r'<c r="\w+" s="\d+"><v>([\d.]+)</v>', text)]
        if not found:
            return None
        one = rng.choice(found)
        after = with_digit(one[1], rng)
        return None if after is None else text[: one.start(1)] + after + text[one.end(1) :]

    return _in_workbook(files, change, rng)


@kind("a row left out of the workbook", "one_story")
def _workbook_row(files: Files, _other: Files, rng: random.Random) -> Made:
    def change(text: str) -> str | None:
        rows = [*re.finditer(r'<row r="(\d+)".*?</row>', text, re.DOTALL)]
        inside = [row for row in rows if int(row[1]) > 2]
        if not inside:
            return None
        one = rng.choice(inside)
        return text[: one.start()] + text[one.end() :]

    return _in_workbook(files, change, rng)


def _in_workbook(files: Files, change: Callable[[str], str | None], rng: random.Random) -> Made:
    with zipfile.ZipFile(io.BytesIO(files[WORKBOOK])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = [name for name in parts if re.fullmatch(r"xl/worksheets/sheet(?!1\.)\d+\.xml", name)]
    rng.shuffle(sheets)
    for name in sheets:
        after = change(parts[name].decode())
        if after is not None and after != parts[name].decode():
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for part, content in {**parts, name: after.encode()}.items():
                    archive.writestr(part, content)
            digest = hashlib.sha256(after.encode()).hexdigest()[:8]
            return mended(files, **{WORKBOOK: out.getvalue()}), f"{name} {digest}"
    return None


# ---------------------------------------------------------------- the result


def thorough(files: Files, result: dict[str, Any]) -> Files:
    """Return files of which also the PDF and the notebook carry another result."""
    text = f"{json.dumps(result, ensure_ascii=False, indent=2)}\n".encode()
    notebook = json.loads(files[NOTEBOOK])
    data = notebook["cells"][-1]["outputs"][0]["data"]
    carried = json.loads(data[SENTINEL])
    carried["result"] = text.decode()
    data[SENTINEL] = json.dumps(carried, ensure_ascii=False)
    changed = {RESULT: text, NOTEBOOK: json.dumps(notebook, ensure_ascii=False).encode()}
    changed[PDF] = forged.with_attachment(files[PDF], RESULT, text)
    return mended_by_path(files, changed)


def _in_result(files: Files, places: str, rng: random.Random) -> Made:
    """Change one number of the result, at a place whose dotted name fits."""
    result = json.loads(files[RESULT])
    there = [
        (keys, value)
        for keys, value in _numbers(result, ())
        if re.fullmatch(places, ".".join(map(str, keys)))
    ]
    if not there:
        return None
    keys, value = rng.choice(there)
    inside = result
    for key in keys[:-1]:
        inside = inside[key]
    step = rng.choice([-3, -2, -1, 1, 2, 3])
    inside[keys[-1]] = abs(value + step) if isinstance(value, int) else value * (1 + step / 20)
    words = f"{'.'.join(map(str, keys))}: {value} became {inside[keys[-1]]}"
    return thorough(files, result), words


def _numbers(value: Any, keys: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], int | float]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in pairs if isinstance(value, dict | list) else ():
        if isinstance(one, dict | list):
            yield from _numbers(one, (*keys, key))
        elif isinstance(one, int | float) and not isinstance(one, bool):
            yield (*keys, key), one


@kind("a term of the result", "follows")
def _result_term(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_result(
        files, r"proposal\.(?:uncapped_|tested_)?term_months|criteria\.\d+\.term_months", rng
    )


@kind("a limit of a criterion in the result", "follows")
def _result_limit(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_result(files, r"criteria\.\d+\.(?:lower|crossing|witness_month)", rng)


@kind("a count of the result", "follows")
def _result_count(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_result(files, r"outcomes\.\w+\.(?:rates\.\d+|total)\.[nk]", rng)


@kind("a rate or limit of the result", "follows")
def _result_rate(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_result(files, r"outcomes\.\w+\.(?:rates\.\d+|total)\.rate(?:_\w+)?", rng)


@kind("a threshold of the result", "follows", "one_story")
def _result_threshold(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_result(files, r"criteria\.\d+\.threshold", rng)


@kind("a count of findings or steps in the result", "follows", "one_story")
def _result_steps(files: Files, _other: Files, rng: random.Random) -> Made:
    return _in_result(files, r"(?:bridge|findings|compliance\.rules)\.\d+\.count", rng)


# ---------------------------------------------------------------- the files


@kind("a file left out", "whole")
def _left_out(files: Files, _other: Files, rng: random.Random) -> Made:
    name = rng.choice(sorted(set(files) - {MANIFEST}))
    return {key: value for key, value in files.items() if key != name}, name


@kind("a table left out, and from the manifest too", "one_story")
def _table_left_out(files: Files, _other: Files, rng: random.Random) -> Made:
    name = _table_of(files, rng)
    return mended_by_path({key: one for key, one in files.items() if key != name}, {}), name


@kind("a file added", "whole")
def _added(files: Files, _other: Files, rng: random.Random) -> Made:
    name = rng.choice(["bijlage.pdf", "tabellen/tabel-99-extra.csv", "notitie.txt"])
    return {**files, name: b"extra"}, name


@kind("a file changed, its hash left", "whole")
def _changed(files: Files, _other: Files, rng: random.Random) -> Made:
    name = rng.choice(sorted(set(files) - {MANIFEST}))
    content = bytearray(files[name])
    content[rng.randrange(len(content) // 2, len(content))] ^= 1
    return {**files, name: bytes(content)}, name


@kind("a file of another report", "whole")
def _foreign(files: Files, other: Files, rng: random.Random) -> Made:
    name = rng.choice([PDF, HTML, RESULT, WORKBOOK, NOTEBOOK])
    return {**files, name: other[name]}, name


@kind("a file of another report, its hash mended", "one_story")
def _foreign_mended(files: Files, other: Files, rng: random.Random) -> Made:
    name = rng.choice([PDF, HTML, RESULT, WORKBOOK, NOTEBOOK])
    return mended(files, **{name: other[name]}), name


@kind("a number in the notebook", "one_story")
def _notebook(files: Files, _other: Files, rng: random.Random) -> Made:
    notebook = json.loads(files[NOTEBOOK])
    outputs = [cell["outputs"][0]["data"] for cell in notebook["cells"] if cell.get("outputs")]
    rng.shuffle(outputs)
    for data in outputs:
        html = "".join(data.get("text/html", ""))
        found = [one for one in re.finditer(TEXT, html) if "<img" not in one[0]]
        if not found:
            continue
        one = rng.choice(found)
        after = with_digit(one[1], rng)
        if after is not None:
            data["text/html"] = html[: one.start(1)] + after + html[one.end(1) :]
            content = json.dumps(notebook, ensure_ascii=False).encode()
            return mended(files, **{NOTEBOOK: content}), f"{one[1][:50]!r} became {after[:50]!r}"
    return None


@kind("the period or a version in the manifest", "one_story")
def _manifest(files: Files, _other: Files, rng: random.Random) -> Made:
    manifest = json.loads(files[MANIFEST])
    key = rng.choice(["period", "organisation", "category", "seed"])
    manifest[key] = 7 if key == "seed" else f"{manifest[key]}x"
    return {**files, MANIFEST: json.dumps(manifest).encode()}, key
