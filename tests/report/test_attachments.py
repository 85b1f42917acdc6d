"""What must not leave the house is found in every kind of document, and documents go through."""

from __future__ import annotations

import base64
import json
import os
import random
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pypdf.generic import ByteStringObject, EncodedStreamObject, NameObject

from balanstest_analysis.analysis.internal_json import internal_json
from balanstest_analysis.disclosure.publish import publish
from balanstest_analysis.errors import DataError
from balanstest_analysis.history.key_file import KEY_FILE
from balanstest_analysis.history.secret import load_secret
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.report.bundle.attachments import Wanted, read_attachments
from balanstest_analysis.report.bundle.budget import Budget
from tests.attached_files import (
    PLAIN,
    PNG,
    docx,
    docx_in_runs,
    in_base64,
    odt,
    page,
    pdf,
    pdf_with,
    workbook,
    zipped,
)
from tests.disclosure_histories import draw, internal
from tests.example_results import EXAMPLES
from tests.histories import tables, write_dossier

KEY = "3b9ac0d17e5f42a86d0c9be1f7a52438c6e1907bd4f3a8521e6c0d9b7a4f8350"
CUSTOMERS = [f"KL-{number:06}" for number in range(100_200, 100_700)]
NUMBERS = [str(number) for number in range(710_000_000, 710_900_000, 1801)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dossier")
    rows = [f"{key},2026-03-31 14:05,true,false" for key in CUSTOMERS]
    text = "\n".join(["customer_id,called_at,net_contact,converted", *rows])
    (folder / "calls.csv").write_text(text, "utf-8")
    rows = [f"{key},2024-01-31" for key in (*CUSTOMERS, *NUMBERS)]
    (folder / "events.csv").write_text("\n".join(["customer_id,occurred_on", *rows]), "utf-8")
    (folder / KEY_FILE).write_text(KEY + "\n", "ascii")
    (folder / KEY_FILE).chmod(0o600)
    return folder


@pytest.fixture(scope="module")
def wanted(folder: Path) -> Wanted:
    return Wanted(stated=write_dossier(folder, tables("calls", "events")))


def attached(tmp_path: Path, name: str, content: bytes, wanted: Wanted) -> bytes:
    (tmp_path / name).write_bytes(content)
    return read_attachments([tmp_path / name], wanted).files[name]


def refused(tmp_path: Path, name: str, content: bytes, wanted: Wanted) -> str:
    with pytest.raises(DataError, match=r"^`[^`]+` .*\.$") as no:
        attached(tmp_path, name, content, wanted)
    told = str(no.value)
    assert KEY[:8] not in told.lower()
    assert not any(key in told for key in (*CUSTOMERS, *NUMBERS))
    return told


# ---------------------------------------------------------------- the secret

SPELLINGS = {
    "as it is": KEY,
    "capitals": KEY.upper(),
    "after a prefix": f"sleutel={KEY.upper()}.",
    "in groups": " ".join(KEY[at : at + 8] for at in range(0, 64, 8)),
    "with hyphens": "-".join(KEY[at : at + 4] for at in range(0, 64, 4)),
    "on two lines": f"{KEY[:32]}\n{KEY[32:]}",
    "base64 of the text": base64.b64encode(KEY.encode()).decode(),
    "base64 of capitals after others": base64.b64encode(b"k: " + KEY.upper().encode()).decode(),
    "base64 of the bytes": base64.urlsafe_b64encode(bytes.fromhex(KEY)).decode(),
    "base64 of the bytes after one": base64.b64encode(b"x" + bytes.fromhex(KEY) + b"y").decode(),
    "hexadecimal of the text": KEY.encode().hex(" "),
    "base32": base64.b32encode(bytes.fromhex(KEY)).decode(),
    "escaped": "".join(f"\\u{ord(letter):04x}" for letter in KEY),
    "percent": "".join(f"%{ord(letter):02X}" for letter in KEY),
    "entities": "".join(f"&#{ord(letter)};" for letter in KEY),
    "soft hyphens": "\u00ad".join(KEY),
    "wide": "".join(chr(ord(letter) + 0xFEE0) for letter in KEY),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_secret_is_found_in_every_spelling(tmp_path, wanted, spelling: str) -> None:
    text = f"Een advies.\n{SPELLINGS[spelling]}\nEn verder niets."
    for name, content in (("a.txt", text.encode()), ("a.docx", docx(text)), ("a.odt", odt(text))):
        assert "secret key" in refused(tmp_path, name, content, wanted)


def attach(writer: Any) -> None:
    writer.add_attachment("bijlage.txt", f"sleutel: {KEY}".encode())


def sign(writer: Any) -> None:
    """Put in what a signature leaves: the digest of the document, and bytes of a certificate."""
    writer.add_metadata(
        {"/Digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
    )
    writer._info[NameObject("/Contents")] = ByteStringObject(os.urandom(6000))


def describe(writer: Any) -> None:
    writer.add_metadata({"/Keywords": KEY.upper()})


PLACES = {
    "tekst.pdf": pdf(f"sleutel {KEY.upper()}"),
    "bijlage.pdf": pdf_with(attach),
    "eigenschap.pdf": pdf_with(describe),
    "achter.pdf": pdf() + f"\nsleutel {KEY}\n".encode(),
    "eigenschap.docx": docx(properties=KEY.upper()),
    "in stukken.docx": docx_in_runs(f"sleutel {KEY} einde"),
    "ingesloten.docx": docx(more={"word/embeddings/a.xlsx": workbook([[KEY]])}),
    "notitie.docx": docx(more={"word/comments.xml": f"<w:t>{KEY}</w:t>"}),
    "naam.docx": docx(more={f"word/{KEY}.xml": "<a/>"}),
    "cel.xlsx": workbook([["sleutel", KEY.upper()]]),
    "titel.xlsx": workbook([["a"]], title=KEY),
    "tekst.html": page(KEY),
    "script.html": page(json.dumps({"k": KEY.upper()}), script=True),
    "plaatje.png": PNG + b"tEXtComment\0" + KEY.encode(),
    "utf16.txt": KEY.upper().encode("utf-16"),
    "brief.eml": f"Content-Transfer-Encoding: base64\n\n{in_base64(docx(KEY))}\n".encode(),
    "data.html": f"<a href='data:;base64,{in_base64(docx(KEY))}'>".encode(),
}


@pytest.mark.parametrize("name", PLACES)
def test_the_secret_is_found_wherever_it_stands(tmp_path, wanted, name: str) -> None:
    assert "secret key" in refused(tmp_path, name, PLACES[name], wanted)


def test_the_stretched_secret_and_a_stated_one_are_found_too(
    tmp_path, folder, wanted, monkeypatch
) -> None:
    stretched = load_secret(folder / "balanstest.toml").hex()
    refused(tmp_path, "a.txt", f"zie {stretched.upper()} hier".encode(), wanted)
    stated = "een zin die nergens staat, en dus lang genoeg is"
    monkeypatch.setenv("BALANSTEST_SECRET", stated)
    refused(tmp_path, "b.docx", docx(f"De zin: {stated.upper()}."), wanted)
    refused(tmp_path, "c.pdf", pdf(f"De zin is: {stated}."), Wanted())


@pytest.mark.parametrize("text", ["0F" * 32, "BALANSTEST_SECRET=abcdefghijklmnop12"])
def test_what_only_a_secret_looks_like_is_refused_without_knowing_it(tmp_path, text: str) -> None:
    assert "secret key" in refused(tmp_path, "a.txt", text.encode(), Wanted())


# ---------------------------------------------------------------- customers

NAMED = {
    "een.txt": f"Wij belden {CUSTOMERS[7]} terug.".encode(),
    "klein.pdf": pdf(f"Klacht van klant {CUSTOMERS[7].lower()}."),
    "tabel.docx": docx(f"Zie klant:{CUSTOMERS[3]}; en {CUSTOMERS[4]}."),
    "in stukken.docx": docx_in_runs(f"Klant {CUSTOMERS[9]} belde."),
    "streepje.docx": docx(f"Klant {CUSTOMERS[9].replace('-', chr(0x2011))}."),
    "blad.xlsx": workbook([["Wie", "Wat"], [CUSTOMERS[1], "klacht"]]),
    "getallen.xlsx": workbook([["Dossier", "Wat"], [int(NUMBERS[1]), "klacht"]]),
    "nummers.csv": "\n".join(NUMBERS[:5]).encode(),
    "regels.html": page(f"{NUMBERS[0]} en {NUMBERS[1]}"),
    "uitdraai.json": json.dumps({"klanten": CUSTOMERS[:2]}).encode(),
    "achter.pdf": pdf() + f"\n{CUSTOMERS[0]};2026-01-01;terugbellen graag\n".encode(),
    "ingesloten.docx": docx(more={"word/embeddings/a.xlsx": workbook([[CUSTOMERS[2]]])}),
}


@pytest.mark.parametrize("name", NAMED)
def test_customers_of_the_dossier_are_found_as_whole_words(tmp_path, wanted, name: str) -> None:
    assert "of customers of the dossier" in refused(tmp_path, name, NAMED[name], wanted)


def test_numbers_that_are_customers_by_chance_are_none(tmp_path, folder) -> None:
    dense = "\n".join(
        ["customer_id,occurred_on", *(f"{n},2024-01-31" for n in range(10_000, 40_000))]
    )
    (tmp_path / "events.csv").write_text(dense, "utf-8")
    (tmp_path / "calls.csv").write_text((folder / "calls.csv").read_text("utf-8"), "utf-8")
    dossier = write_dossier(tmp_path, tables("calls", "events"))
    wanted = Wanted(stated=dossier)
    numbers = random.Random(3).sample(range(10_000, 100_000), 40)
    budget = "\n".join(f"Post {at}: {number} euro" for at, number in enumerate(numbers))
    assert sum(number < 40_000 for number in numbers) > 5
    attached(tmp_path, "begroting.docx", docx(budget), wanted)
    listed = "\n".join(map(str, random.Random(4).sample(range(10_000, 40_000), 40)))
    refused(tmp_path, "lijst.docx", docx(listed), wanted)


# ---------------------------------------------------------------- rows without a header


def call_rows(mark: str) -> str:
    seeded = random.Random(1)
    return "\n".join(
        mark.join([f"{seeded.randrange(10**8):08}", f"2026-0{1 + at % 9}-1{at % 9}", "true"])
        for at in range(40)
    )


def table_of(tag: str, cell: str, paragraph: str) -> str:
    """Return the rows as a table of a document, each cell with a paragraph of its own."""
    rows = [
        "".join(f"<{cell}><{paragraph}>{word}</{paragraph}></{cell}>" for word in line.split(";"))
        for line in call_rows(";").splitlines()
    ]
    return "".join(f"<{tag}>{row}</{tag}>" for row in rows)


WORD_TABLE = table_of("w:tr", "w:tc", "w:p")
ODF_TABLE = table_of("table:table-row", "table:table-cell", "text:p")
ROWS = {
    "tabel.docx": docx(more={"word/header1.xml": f"<w:hdr>{WORD_TABLE}</w:hdr>"}),
    "tabel.odt": zipped({"mimetype": "odt", "content.xml": f"<office>{ODF_TABLE}</office>"}),
    "tabel.html": f"<table>{table_of('tr', 'td', 'p')}</table>".encode(),
    "zonder kop.csv": call_rows(";").encode(),
    "diep.txt": (PLAIN + "\n") .encode() * 300 + call_rows("\t").encode(),
    "vermomd.pdf": b"%PDF-1.7\n" + call_rows(",").encode(),
    "achter.pdf": pdf() + b"\n" + call_rows(",").encode(),
    "afdruk.pdf": pdf(call_rows(" ")),
    "zonder kop.xlsx": workbook([line.split(";") for line in call_rows(";").splitlines()]),
    "maanden.csv": "\n".join(f"{m};{400 - m};{m % 7}" for m in range(30)).encode(),
    "vermomd.png": PNG + b"\n" + call_rows(",").encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_rows_of_data_are_refused_without_a_header_too(tmp_path, name: str) -> None:
    refused(tmp_path, name, ROWS[name], Wanted())


# ---------------------------------------------------------------- the internal result


def result(seed: int = 5) -> tuple[dict[str, Any], dict[str, Any]]:
    exact = internal(draw(np.random.default_rng(seed)))
    return internal_json(exact), to_json(publish(exact))


def disguises(content: dict[str, Any]) -> dict[str, bytes]:
    text = json.dumps(content)
    return {
        "anders.json": text.encode(),
        "mooi.json": json.dumps(content, indent=2, sort_keys=True).encode(),
        "pagina.html": page(text),
        "script.html": page(text, script=True),
        "tekst.html": page(json.dumps(text), script=True),
        "brief.docx": docx(text),
        "bijlage.pdf": pdf_with(lambda writer: writer.add_attachment("r.json", text.encode())),
        "in base64.html": f"<a href='data:;base64,{in_base64(text.encode())}'>".encode(),
        "notatie.txt": text.replace('"', "").encode(),
    }


@pytest.mark.parametrize("name", disguises({}))
def test_the_internal_result_is_known_by_what_stands_in_it(tmp_path, name: str) -> None:
    content = result()[0] | {"audience": "published"}
    assert "too small to publish" in refused(tmp_path, name, disguises(content)[name], Wanted())


def test_a_table_of_internal_counts_is_known_by_its_columns(tmp_path) -> None:
    rows = "month_from;month_to;n;k\n" + "\n".join(f"{m + 3};{m + 3};{40 - m};2" for m in range(9))
    refused(tmp_path, "maanden.csv", rows.encode(), Wanted())


def test_a_part_of_the_internal_result_is_known_too(tmp_path) -> None:
    for key in ("outcomes", "incidence_since_contact", "composition"):
        text = json.dumps({key: result()[0][key]})
        refused(tmp_path, f"{key}.json", text.encode(), Wanted())


@pytest.mark.parametrize("seed", range(8))
def test_what_was_published_may_be_attached(tmp_path, seed: int) -> None:
    text = json.dumps(result(seed)[1])
    attached(tmp_path, "vorige.json", text.encode(), Wanted())
    attached(tmp_path, "vorige.html", page(text, script=True), Wanted())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_kind_of_published_result_may_be_attached(tmp_path, name: str) -> None:
    attached(tmp_path, "vorige.json", json.dumps(EXAMPLES[name](), indent=2).encode(), Wanted())


# ---------------------------------------------------------------- what cannot be opened


def bomb() -> bytes:
    return docx(more={"word/document.xml": b"\0" * (120 << 20)})


def swell(writer: Any) -> None:
    """Put in a stream of a few hundred kB that unpacks to 100 MB."""
    stream = EncodedStreamObject()
    stream._data = zlib.compress(b"\0" * (100 << 20))
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer._add_object(stream)


def nested(depth: int) -> bytes:
    inner = docx(PLAIN)
    for _ in range(depth):
        inner = docx(more={"word/embeddings/a.docx": inner})
    return inner


CLOSED = {
    "half.pdf": pdf()[:600],
    "niets.pdf": b"%PDF-1.7 een DPIA",
    "bom.pdf": pdf_with(swell),
    "slot.pdf": pdf_with(lambda writer: writer.encrypt("geheim")),
    "half.docx": docx()[:200],
    "oud.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "macro.docx": docx(
        more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)}
    ),
    "gepakt.docx": docx(more={"word/embeddings/a.bin": zlib.compress(os.urandom(900))}),
    "archief.docx": docx(more={"word/embeddings/a.zip": zipped({"calls.csv": "a"})}),
    "onbekend.bin": bytes(range(256)) * 20,
    "diep.docx": nested(6),
}


@pytest.mark.parametrize("name", CLOSED)
def test_what_cannot_be_opened_is_refused_with_a_sentence(tmp_path, name: str) -> None:
    refused(tmp_path, name, CLOSED[name], Wanted())


def test_what_unpacks_without_end_is_refused_before_it_is_unpacked(tmp_path) -> None:
    assert "unpacks to more" in refused(tmp_path, "bom.docx", bomb(), Wanted())


def test_more_text_than_a_document_has_is_refused(tmp_path) -> None:
    text = b"een woord en nog een. " * 1_000_000
    assert "more text" in refused(tmp_path, "lang.txt", text, Wanted())


def test_a_search_that_lasts_too_long_is_given_up() -> None:
    with pytest.raises(DataError, match="takes too long"):
        Budget(name="a.pdf", until=0.0).pay(1)


# ---------------------------------------------------------------- documents go through

LETTER = """Geachte commissie,

Hierbij de onderbouwing van 30 september 2026, kenmerk 2026-0413/AB-77, KvK 41215422.
Wij belden 48.210 relaties; 1.204 keer volgde een gift. Ons nummer is 020 624 99 11.
SHA-256 van het rapport: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
IBAN NL91 ABNA 0417 1643 00, t.a.v. de penningmeester, jaren 2019-2026, art. 6 lid 1 sub f AVG.
"""
DOCUMENTS = {
    "brief.pdf": pdf(LETTER, pages=3),
    "ondertekend.pdf": pdf_with(sign),
    "dpia.docx": docx(LETTER + "Wij verwerken klantnummer, beldatum en uitkomst (month_from, n)."),
    "dpia.odt": odt(LETTER),
    "advies.txt": LETTER.encode("cp1252"),
    "advies.rtf": (r"{\rtf1 " + PLAIN + "}").encode(),
    "pagina.html": page(LETTER),
    "risico's.xlsx": workbook([["Risico", "Maatregel", "Datum"], ["lek", "sleutel", "2026"]]),
    "acties.csv": "\n".join(f"2026-0{1 + n % 9}-01;Actie {n};gereed" for n in range(40)).encode(),
    "logo.png": PNG + os.urandom(20_000),
    "foto.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF" + os.urandom(20_000),
    "logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><text>Stichting</text></svg>",
    "met logo.docx": docx(more={"word/media/image2.jpeg": b"\xff\xd8\xff" + os.urandom(9000)}),
    "met grafiek.docx": docx(more={"word/embeddings/a.xlsx": workbook([["2024", 1200]])}),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_attached_as_they_are(tmp_path, wanted, name: str) -> None:
    assert attached(tmp_path, name, DOCUMENTS[name], wanted) == DOCUMENTS[name]
