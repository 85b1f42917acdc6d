"""PDFs of reports in which a forger changed something, as `pikepdf` lets anybody do."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator

import pikepdf

from balanstest_analysis.verification.pdf_content import codes_of, decoded

Edit = Callable[[pikepdf.Pdf], None]


def edited(pdf: bytes, edit: Edit) -> bytes:
    """Return a PDF after an edit, written anew as a whole."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        edit(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


class Texts:
    """The shown strings of a PDF: where each is, what it says, and how to say something else."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.pages = [list(pikepdf.parse_content_stream(page)) for page in document.pages]
        self._document = document

    def each(self) -> Iterator[tuple[int, int, str, dict[int, str]]]:
        """Yield page, instruction, text and font of everything that is shown."""
        for number, instructions in enumerate(self.pages):
            fonts = self._fonts(number)
            font: dict[int, str] = {}
            inside = 0
            for place, instruction in enumerate(instructions):
                operator = str(instruction.operator)
                if operator == "BDC":
                    inside += "/MCID" in str(instruction.operands[1]) or inside > 0
                elif operator == "EMC":
                    inside = max(0, inside - 1)
                elif operator == "Tf":
                    font = fonts.get(str(instruction.operands[0]), {})
                elif operator in {"Tj", "TJ"} and inside:
                    yield number, place, _shown(instruction, font), font

    def _fonts(self, number: int) -> dict[str, dict[int, str]]:
        resources = self._document.pages[number].Resources
        return {str(name): dict(codes_of(_AsPypdf(font))) for name, font in resources.Font.items()}

    def say(self, page: int, place: int, text: str, font: dict[int, str]) -> bool:
        """Put other words in place of a shown string; False where the font lacks a letter."""
        codes = {letter: code for code, letter in font.items()}
        if not set(text) <= {*codes}:
            return False
        shown = b"".join(codes[letter].to_bytes(2, "big") for letter in text)
        operands = [pikepdf.String(shown)]
        self.pages[page][place] = pikepdf.ContentStreamInstruction(operands, pikepdf.Operator("Tj"))
        content = pikepdf.unparse_content_stream(self.pages[page])
        self._document.pages[page].Contents = self._document.make_stream(content)
        return True


class _AsPypdf(dict):  # type: ignore[type-arg]
    """A font of pikepdf, as the reader of fonts takes it."""

    def __init__(self, font: pikepdf.Object) -> None:
        super().__init__()
        if "/ToUnicode" in font:
            self["/ToUnicode"] = _Stream(font.ToUnicode.read_bytes())


class _Stream:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def get_data(self) -> bytes:
        return self._content


def _shown(instruction: pikepdf.ContentStreamInstruction, font: dict[int, str]) -> str:
    first = instruction.operands[0]
    parts = [first] if isinstance(first, pikepdf.String) else list(first)
    strings = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
    return "".join(decoded(b"<" + one.hex().encode() + b">", font) for one in strings)


def with_words(pdf: bytes, change: Callable[[str], str | None], rng: random.Random) -> bytes | None:
    """Return a PDF in which one shown string, taken at random, says something else.

    Args:
        pdf: the document.
        change: what a string becomes; None where it is left.
        rng: chooses.
    """
    done = []

    def edit(document: pikepdf.Pdf) -> None:
        texts = Texts(document)
        every = [*texts.each()]
        rng.shuffle(every)
        for page, place, text, font in every:
            other = change(text)
            if other is not None and other != text and texts.say(page, place, other, font):
                done.append(f"page {page + 1}: {text[:60]!r} became {other[:60]!r}")
                return

    out = edited(pdf, edit)
    with_words.done = done[0] if done else ""  # type: ignore[attr-defined]
    return out if done else None


def with_page_of(pdf: bytes, other: bytes, page: int) -> bytes:
    """Return a PDF of which one page shows what a page of another report shows."""

    def edit(document: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(other)) as source:
            taken = document.copy_foreign(source.pages[page].obj)
            document.pages[page].Contents = taken.Contents
            document.pages[page].Resources = taken.Resources

    return edited(pdf, edit)


def with_attachment(pdf: bytes, name: str, content: bytes) -> bytes:
    """Return a PDF in which an attachment holds something else."""

    def edit(document: pikepdf.Pdf) -> None:
        stream = document.attachments[name].get_file().obj
        stream.write(content)

    return edited(pdf, edit)


def without_attachment(pdf: bytes, name: str) -> bytes:
    """Return a PDF that carries one file less."""

    def edit(document: pikepdf.Pdf) -> None:
        del document.attachments[name]

    return edited(pdf, edit)


def with_moved_line(pdf: bytes, rng: random.Random) -> bytes:
    """Return a PDF in which a line of a figure ends elsewhere."""

    def edit(document: pikepdf.Pdf) -> None:
        pages = [page for page in document.pages if _figure(page) is not None]
        page = rng.choice(pages)
        content = page.Contents.read_bytes()
        found = _figure(page)
        assert found is not None
        lines = [*re.finditer(rb"\n?q 1\.\d+ 0 0 -1[^\n]*? (\d+\.\d{3,}) (\d+\.?\d*) l", found[0])]
        one = rng.choice(lines)
        start, end = found.start() + one.start(1), found.start() + one.end(1)
        moved = f"{float(content[start:end]) + 9:.5f}".encode()
        page.Contents = document.make_stream(content[:start] + moved + content[end:])

    return edited(pdf, edit)


def _figure(page: pikepdf.Page) -> re.Match[bytes] | None:
    content = page.Contents.read_bytes() if "/Contents" in page else b""
    found = re.search(rb"/Alt.*?EMC", content, re.DOTALL)
    pattern = rb"\n?q 1\.\d+ 0 0 -1[^\n]*? (\d+\.\d{3,}) (\d+\.?\d*) l"
    return found if found is not None and re.search(pattern, found[0]) else None


def with_note(pdf: bytes) -> bytes:
    """Return a PDF with a note of a reviewer lying over the first page."""

    def edit(document: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[70, 700, 300, 720],
            Contents="Termijn: 36 maanden",
        )
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])

    return edited(pdf, edit)


def with_loose_text(pdf: bytes) -> bytes:
    """Return a PDF with words painted over the first page that belong to nothing."""

    def edit(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        font = next(iter(page.Resources.Font.keys()))
        codes = sorted(codes_of(_AsPypdf(page.Resources.Font[font])))[:4]
        shown = "".join(f"{code:04x}" for code in codes)
        words = f"q BT {font} 12 Tf 1 0 0 1 80 400 Tm <{shown}> Tj ET Q".encode()
        content = page.Contents.read_bytes()
        page.Contents = document.make_stream(content + b"\n" + words)

    return edited(pdf, edit)
