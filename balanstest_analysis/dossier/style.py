"""How an organisation wants its reports to look: its colour, and its logo beside the dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator

from balanstest_analysis.document.opening import TooLargeError, content_of
from balanstest_analysis.document.style.accent import accent_of
from balanstest_analysis.document.style.logo import LOGO_BYTES, Logo, logo_of
from balanstest_analysis.document.style.refusal import LogoError
from balanstest_analysis.dossier.criteria import Stated, Text
from balanstest_analysis.errors import BlockError, DossierError


class Style(Stated):
    """What of its looks the organisation states; the report has its own where nothing is stated.

    Attributes:
        logo: path of a PNG or SVG, relative to the folder of the dossier.
        accent: colour of headings and boxes, as ``#rrggbb``.
    """

    logo: Text | None = None
    accent: Annotated[Text, Field(json_schema_extra={"pattern": "^#[0-9A-Fa-f]{6}$"})] | None = None

    @field_validator("accent")
    @classmethod
    def _readable(cls, given: str | None) -> str | None:
        try:
            return given if given is None else accent_of(given).colour
        except BlockError as error:
            raise ValueError(str(error)) from None


def read_logo(dossier: Path, style: Style) -> Logo | None:
    """Return the logo that a dossier names, checked, or None where it names none.

    Args:
        dossier: its file.
        style: what it states.

    Raises:
        DossierError: the logo is not there, cannot be read or may not be shown.

    Examples:
        >>> read_logo(Path("data/sample/balanstest.toml"), Style(logo="calls.csv"))
        Traceback (most recent call last):
            ...
        balanstest_analysis.errors.DossierError: `balanstest.toml`: `style.logo` is 'calls.csv', \
which is larger than 500 kB; save it smaller.
    """
    if style.logo is None:
        return None
    try:
        return logo_of(content_of(dossier.parent / style.logo, LOGO_BYTES))
    except LogoError as error:
        what = error.what
    except TooLargeError:
        what = f"is larger than {LOGO_BYTES // 1000} kB; save it smaller"
    except FileNotFoundError:
        what = "is not there; correct the path, or leave it out"
    except OSError as error:
        what = f"cannot be read ({error.strerror}); give the path of a PNG or an SVG"
    raise DossierError(f"`{dossier.name}`: `style.logo` is {style.logo!r}, which {what}.")
