"""The logo of an organisation: a PNG or an SVG of which only what is drawn is left."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from balanstest_analysis.document.style.png import SIGNATURE, plain_png
from balanstest_analysis.document.style.refusal import LogoError
from balanstest_analysis.document.style.svg import plain_svg

LOGO_BYTES: Final = 500_000
Kind: TypeAlias = Literal["png", "svg"]
_MIME_TYPES: Final[Mapping[Kind, str]] = {"png": "image/png", "svg": "image/svg+xml"}
_XML: Final = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<")


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A drawing without anything that is not drawn: no text, no date, no script, no address.

    Attributes:
        kind: of the file.
        content: the bytes.
    """

    kind: Kind
    content: bytes

    @property
    def uri(self) -> str:
        """The drawing as an address that holds it."""
        return f"data:{_MIME_TYPES[self.kind]};base64,{base64.b64encode(self.content).decode()}"

    @property
    def name(self) -> str:
        """What the drawing is called where it has to be a file; never its name of before."""
        return f"logo.{self.kind}"


def logo_of(content: bytes) -> Logo:
    """Return the logo in a file.

    Args:
        content: of the file, of at most `LOGO_BYTES`.

    Raises:
        LogoError: it is no PNG or SVG, is broken, or can do more than be looked at.

    Examples:
        >>> logo_of(b"<svg viewBox='0 0 9 9'><!-- x --><path d='M0 0h9'/></svg>").content
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
        >>> logo_of(b"GIF89a")
        Traceback (most recent call last):
            ...
        balanstest_analysis.document.style.refusal.LogoError: The logo is no PNG and no SVG; save \
it as one of these.
    """
    if len(content) > LOGO_BYTES:
        raise LogoError(f"is larger than {LOGO_BYTES // 1000} kB; save it smaller")
    kind = _kind(content)
    plain: Mapping[Kind, Callable[[bytes], bytes]] = {"png": plain_png, "svg": plain_svg}
    return Logo(kind=kind, content=plain[kind](content))


def logo_in(uri: str) -> Logo:
    """Return the logo that a notebook carries along, checked again: anybody can write one.

    Args:
        uri: from `Logo.uri`.

    Raises:
        LogoError: it is none.
    """
    for kind, mime_type in _MIME_TYPES.items():
        head = f"data:{mime_type};base64,"
        if uri.startswith(head):
            try:
                logo = logo_of(base64.b64decode(uri[len(head) :], validate=True))
            except binascii.Error:
                break
            if logo.kind == kind:
                return logo
    raise LogoError("in the notebook is none; run the notebook again")


def _kind(content: bytes) -> Kind:
    if content.startswith(SIGNATURE):
        return "png"
    if content.lstrip().startswith(_XML):
        return "svg"
    raise LogoError("is no PNG and no SVG; save it as one of these")
