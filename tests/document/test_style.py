"""A colour can be read wherever it stands, and of a logo only what is drawn is left."""

from __future__ import annotations

import base64
import io
import re
import struct
from importlib.resources import files

import pytest
from PIL import Image

from balanstest_analysis.document.style.accent import accent_of, contrast, tints
from balanstest_analysis.document.style.logo import LOGO_BYTES, Logo, logo_in, logo_of
from balanstest_analysis.document.style.refusal import LogoError
from balanstest_analysis.errors import BlockError
from tests.logos import SIGNATURE, SVG_LOGO, chunk, png_logo

TEMPLATES = files("balanstest_analysis.document") / "templates"


# ---------------------------------------------------------------- the colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrasts_are_those_that_wcag_gives(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_a_colour_is_weighed_against_every_tint_of_page_and_paper() -> None:
    paper = (TEMPLATES / "rapport.typ").read_text("utf-8")
    boxes = re.findall(r'\((?:accent|rgb\("#\w+"\)), rgb\("(#[0-9a-f]{6})"\)\)', paper)
    rows = re.findall(r'#let tint = rgb\("(#[0-9a-f]{6})"\)', paper)

    assert len(boxes) == 4  # the boxes of the proposal and of a card take a tint of the colour
    assert len(rows) == 1
    assert tints() == {*boxes, *rows}


def test_a_colour_that_is_accepted_can_be_read_on_all_it_stands_on() -> None:
    for colour in ("#00695c", "#7a1f3d", "#000000", "#174a72", "#6a6a00"):
        accent = accent_of(colour)
        grounds = {"#ffffff", accent.box, accent.card, *tints()}
        assert min(contrast(colour, ground) for ground in grounds) >= 4.5


def test_a_colour_that_is_too_light_is_refused_with_its_ratio() -> None:
    with pytest.raises(BlockError, match=r"'#ffcc00' has a contrast of 1\.51 to 1 against white"):
        accent_of("#ffcc00")


def test_a_colour_that_can_be_read_on_white_alone_is_refused_with_the_tint() -> None:
    with pytest.raises(BlockError, match=r"of 4\.\d+ to 1 against the tint #\w{6} of its boxes"):
        accent_of("#767676")


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "#1234567", "", "#000000; x: y"])
def test_a_colour_in_another_notation_is_refused(text: str) -> None:
    with pytest.raises(BlockError, match="write it as `#rrggbb`"):
        accent_of(text)


# ---------------------------------------------------------------- the logo as SVG


def test_of_a_drawing_only_shapes_and_colours_are_left() -> None:
    logo = logo_of(SVG_LOGO)

    assert (logo.kind, logo.name) == ("svg", "logo.svg")
    for left_out in (b"anna", b"title", b"metadata", b"inkscape", b"data-name", b"<!--", b"<?xml"):
        assert left_out not in logo.content
    assert b'viewBox="0 0 240 60"' in logo.content
    assert b'width="240px"' not in logo.content
    assert b'<use xlink:href="#p" class="a"/>' in logo.content


def drawing(inner: str, given: str = "viewBox='0 0 9 9'") -> bytes:
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
        f"{given}>{inner}</svg>"
    ).encode()


REFUSED = {
    "a script": ("<script>1</script>", "a script"),
    "a script of a page": ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>", "a script"),
    "a script in what is left out": ("<metadata><script/></metadata>", "a script"),
    "an event": ("<path onclick='x()'/>", "event handler"),
    "an event in capitals": ("<path ONLOAD='x()'/>", "event handler"),
    "a page": ("<foreignObject/>", "no drawing"),
    "a picture": ("<image href='#a'/>", "`<image>`"),
    "letters": ("<text>a</text>", "`<text>`"),
    "a link": ("<a href='#b'/>", "`<a>`"),
    "movement": ("<animate attributeName='x'/>", "`<animate>`"),
    "a use from outside": ("<use href='https://voorbeeld.nl/a.svg#b'/>", "address outside"),
    "a use of a file": ("<use xlink:href='a.svg#b'/>", "address outside"),
    "data": ("<use href='data:image/svg+xml,a'/>", "address outside"),
    "running": ("<use href='javascript:x()'/>", "address outside"),
    "a colour from outside": ("<path fill='url(https://voorbeeld.nl#a)'/>", "address outside"),
    "a spelled address": (r"<path style='fill:u\72l(a.svg)'/>", "address outside"),
    "a style from outside": ("<style>@import 'a.css';</style>", "address outside"),
    "letters from outside": ("<style>a{src:url('a.woff')}</style>", "address outside"),
    "a mask by style": ("<style>a{mask:url(#m)}</style><mask id='m'/>", "no gradient"),
    "itself": ("<g id='a'><use href='#a'/></g>", "draws itself"),
    "a gradient of itself": (
        "<linearGradient id='a' href='#b'/><linearGradient id='b' href='#a'/>",
        "draws itself",
    ),
    "one name for two": ("<g id='a'/><g id='a'/>", "one `id`"),
    "too deep": ("<g>" * 200 + "</g>" * 200, "more parts"),
    "too many": ("<g/>" * 30_000, "more parts"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_drawing_that_can_do_more_than_be_looked_at_is_refused(case: str) -> None:
    inner, why = REFUSED[case]
    with pytest.raises(LogoError, match=re.escape(why)):
        logo_of(drawing(inner))


def test_a_drawing_that_grows_by_reference_is_refused_at_once() -> None:
    used = [f"<use href='#g{level}'/>" * 10 for level in range(60)]
    levels = "".join(f"<g id='g{level}'>{uses}</g>" for level, uses in enumerate(used, start=1))
    with pytest.raises(LogoError, match="more parts"):
        logo_of(drawing(f"<g id='g0'/>{levels}"))
    chain = "".join(f"<linearGradient id='g{n}' href='#g{n + 1}'/>" for n in range(9000))
    with pytest.raises(LogoError, match="more parts"):
        logo_of(drawing(chain))


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE svg>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]>",
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/svg11.dtd'>",
    ],
)
def test_a_drawing_with_a_doctype_is_refused(head: str) -> None:
    with pytest.raises(LogoError, match="DOCTYPE"):
        logo_of(head.encode() + drawing(""))


def test_an_instruction_to_the_reader_is_refused() -> None:
    with pytest.raises(LogoError, match="instruction"):
        logo_of(b"<?xml-stylesheet href='a.css'?>" + drawing(""))


@pytest.mark.parametrize(
    "given", ["", "viewBox='0 0 0 9'", "viewBox='a'", "width='9'", "width='100%' height='100%'"]
)
def test_a_drawing_of_no_known_size_is_refused(given: str) -> None:
    with pytest.raises(LogoError, match="size"):
        logo_of(drawing("", given))


def test_a_drawing_without_a_view_has_its_width_and_height() -> None:
    assert b'width="9mm" height=".5cm"' in logo_of(drawing("", "width='9mm' height='.5cm'")).content


@pytest.mark.parametrize("content", [b"<svg", b"<html/>", b"<svg><g></svg>", b"<svg>&a;</svg>"])
def test_what_is_no_whole_drawing_is_refused(content: bytes) -> None:
    with pytest.raises(LogoError):
        logo_of(content)


# ---------------------------------------------------------------- the logo as PNG


def opened(logo: Logo) -> Image.Image:
    picture = Image.open(io.BytesIO(logo.content))
    picture.load()
    return picture


def test_of_a_png_only_its_pixels_are_left() -> None:
    told = chunk(b"tEXt", b"Author\0anna") + chunk(b"eXIf", b"anna") + chunk(b"iCCP", b"anna\0\0x")
    logo = logo_of(png_logo(more=told) + b"anna behind the end")

    assert b"anna" not in logo.content
    assert logo.content == logo_of(png_logo()).content
    assert opened(logo).getpixel((0, 0)) == (0x7A, 0x1F, 0x3D, 0xFF)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    picture, file = Image.new(mode, (17, 5)), io.BytesIO()
    picture.save(file, "PNG", **({"transparency": 0} if mode in {"L", "P"} else {}))

    logo = logo_of(file.getvalue())
    assert opened(logo).size == (17, 5)
    assert opened(logo).mode == opened(Logo(kind="png", content=file.getvalue())).mode


def test_an_interlaced_png_is_taken() -> None:
    passes = [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)]  # of 8 by 8 pixels
    rows = b"".join((b"\0" + b"\x7a\x1f\x3d\xff" * wide) * high for wide, high in passes)

    logo = logo_of(png_logo(8, 8, lacing=1, rows=rows))
    assert opened(logo).getpixel((7, 7)) == (0x7A, 0x1F, 0x3D, 0xFF)


BROKEN = {
    "its signature alone": SIGNATURE,
    "half": png_logo()[:-20],
    "a changed byte": png_logo().replace(b"\x08\x06", b"\x08\x02", 1),
    "too few rows": png_logo(rows=b"\0" * 161),
    "too many rows": png_logo(rows=b"\0" * 161 * 11),
    "no such filter": png_logo(rows=b"\x09" * 161 * 10),
    "far more than its size": png_logo(rows=b"\0" * 50_000_000),
    "no width": png_logo(0, 10),
    "two heads": png_logo(more=chunk(b"IHDR", b"")),
    "no colours of its own": SIGNATURE
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 3, 0, 0, 0))
    + chunk(b"IEND", b""),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_png_is_refused(case: str) -> None:
    with pytest.raises(LogoError, match="is a PNG that is broken; save it again"):
        logo_of(BROKEN[case])


def test_a_png_of_more_than_four_thousand_pixels_a_side_is_refused() -> None:
    assert logo_of(png_logo(4000, 1))
    with pytest.raises(LogoError, match="is 4001 by 1 pixels; allowed is at most 4000 a side"):
        logo_of(png_logo(4001, 1))


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8\xff\xe0", b"%PDF-1.7", b"\x1f\x8b"])
def test_what_is_neither_is_refused(content: bytes) -> None:
    with pytest.raises(LogoError, match="no PNG and no SVG"):
        logo_of(content)


def test_a_logo_larger_than_its_bound_is_refused() -> None:
    with pytest.raises(LogoError, match="larger than 500 kB"):
        logo_of(b"\0" * (LOGO_BYTES + 1))


# ---------------------------------------------------------------- what a notebook carries


@pytest.mark.parametrize("content", [SVG_LOGO, png_logo()])
def test_a_logo_comes_back_from_its_own_address_as_it_was(content: bytes) -> None:
    logo = logo_of(content)

    assert logo_in(logo.uri) == logo


def test_an_address_that_anybody_wrote_is_checked_again() -> None:
    evil = base64.b64encode(drawing("<script/>")).decode()
    picture = base64.b64encode(png_logo()).decode()
    for address in (
        "https://voorbeeld.nl/logo.png",
        "data:text/html;base64,AAAA",
        "data:image/png;base64,\"'><script>",
        f"data:image/svg+xml;base64,{evil}",
        f"data:image/svg+xml;base64,{picture}",
    ):
        with pytest.raises(LogoError):
            logo_in(address)
