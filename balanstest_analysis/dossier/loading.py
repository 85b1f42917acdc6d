"""From a TOML file to a dossier, checked in full."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from balanstest_analysis.document.opening import SpecialFileError, TooLargeError, content_of
from balanstest_analysis.document.visible import visible_values
from balanstest_analysis.dossier.characters import refuse_unprintable
from balanstest_analysis.dossier.data import Data
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.quarters import quarter_end
from balanstest_analysis.dossier.statements import (
    NO_DATA_YET,
    PLACEHOLDER,
    PLACEHOLDER_DATE,
)
from balanstest_analysis.dossier.style import read_logo
from balanstest_analysis.errors import DossierError, UsageError

_BYTES_AT_MOST: Final = 5_000_000
# Reading a key takes time by the square of its parts, so that one of thousands never ends.
_MANY_PARTS: Final = re.compile(
    r"""(?<![\w-])(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){50}"""
)

_DAYS_TO_STATE: Final = {
    ("scope", "report_date"): (
        PLACEHOLDER_DATE,
        "Write the day of the report, or take the line out: then it is `data.data_through`.",
    ),
    ("data", "data_through"): (
        NO_DATA_YET,
        "Write the last day of which your data are complete.",
    ),
}


def load_dossier(path: str | Path, *, quarter: str = "") -> Dossier:
    """Return the dossier in a TOML file, checked in full.

    Args:
        path: the file, usually ``balanstest.toml``.
        quarter: analyse the history up to the end of this quarter, such as ``"2026-Q3"``;
            empty for everything up to ``data.data_through``.

    Raises:
        DossierError: the file is missing, is no TOML, a key or value is not acceptable or still a
            place holder, the report could not print it, or the logo beside it may not be shown.
        UsageError: the quarter is not written as year and quarter.

    Examples:
        >>> dossier = load_dossier("data/sample/balanstest.toml")
        >>> dossier.organisation.fictitious, dossier.period
        (True, '2026-Q3')
    """
    path = Path(path)
    text = text_of(path)
    with _told_with(_place_holders(_parsed(text, path.name), path.name)):
        dossier = dossier_of_text(text, path)
    dossier._quarter = _checked_quarter(quarter, dossier)
    return dossier


def _place_holders(raw: dict[str, Any], name: str) -> Iterator[str]:
    """Yield a sentence for each day and criterion that a new dossier leaves to be stated."""
    for (table, key), (day, remedy) in _DAYS_TO_STATE.items():
        stated = raw.get(table)
        if isinstance(stated, dict) and stated.get(key) == day:
            yield f"`{name}`: `{table}.{key}` is still {day}, which holds its place. {remedy}"
    criteria = raw.get("criteria")
    for number, criterion in enumerate(criteria if isinstance(criteria, list) else (), start=1):
        if isinstance(criterion, dict) and criterion.get("name") == PLACEHOLDER:
            yield (
                f"`{name}`: criterion {number} is still {PLACEHOLDER}, which holds its place. "
                "State your own criteria; do that before you look at the outcomes."
            )


@contextmanager
def _told_with(sentences: Iterable[str]) -> Iterator[None]:
    """Refuse what is said here, together with what is refused inside."""
    told = [*sentences]
    try:
        yield
    except DossierError as error:
        raise DossierError("\n".join([*told, str(error)])) from None
    if told:
        raise DossierError("\n".join(told))


def load_unfinished(path: str | Path) -> Dossier:
    """Return a dossier to be written in, in which days and criteria may hold their place.

    Args:
        path: the file.

    Raises:
        DossierError: as `load_dossier`, but for what still holds its place.
    """
    return dossier_of_text(text_of(Path(path)), Path(path))


def dossier_of_text(text: str, path: Path) -> Dossier:
    """Return the dossier that a text is, checked in full as if it stood in a file.

    Args:
        text: in TOML.
        path: of the file that it is of, or is to become.

    Raises:
        DossierError: as `load_dossier`.
    """
    raw = _parsed(text, path.name)
    try:
        dossier = Dossier.model_validate(raw)
    except ValidationError as error:
        # Imported here, for a dossier that is read needs none of it; so below.
        from balanstest_analysis.dossier.messages import dossier_error  # noqa: PLC0415

        raise dossier_error(path.name, error, Dossier, raw) from None
    refuse_unprintable(path.name, raw)
    dossier._path = path.resolve()
    dossier._logo = read_logo(path, dossier.style)
    return dossier


def dossier_of_tables(path: str | Path) -> Dossier | None:
    """Return a dossier with nothing but its data, or None where the data are not acceptable.

    With it `balanstest check` looks at the tables although something else in the dossier is wrong.

    Args:
        path: the file.
    """
    path = Path(path)
    try:
        data = Data.model_validate(read_toml(path).get("data", {}))
    except (ValidationError, DossierError):
        return None
    construct: Any = Dossier.model_construct
    dossier: Dossier = construct(data=data)
    dossier._path = path.resolve()
    return dossier


def _checked_quarter(quarter: str, dossier: Dossier) -> str:
    if quarter and quarter_end(quarter) > dossier.data.data_through:
        raise UsageError(
            f"The quarter {quarter} ends on {quarter_end(quarter)}, later than `data_through` "
            f"{dossier.data.data_through}. Choose an earlier quarter or deliver newer data."
        )
    return quarter


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file says, whether or not it is a dossier.

    Raises:
        DossierError: it cannot be read, is no TOML, or goes beyond what any dossier has.
    """
    return _parsed(text_of(path), path.name)


def _parsed(text: str, name: str) -> dict[str, Any]:
    if _MANY_PARTS.search(text):
        message = f"`{name}` has a key with more than 50 dots, as no dossier has. Correct it."
        raise DossierError(message)
    try:
        return _with_visible_texts(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        from balanstest_analysis.dossier.broken_toml import broken_toml  # noqa: PLC0415

        raise broken_toml(name, text, error, Dossier) from None
    except (RecursionError, ValueError):
        raise DossierError(
            f"`{name}` holds tables within tables, or a number, beyond what any dossier has. "
            "Correct it."
        ) from None


def _with_visible_texts(raw: dict[str, Any]) -> dict[str, Any]:
    """Return what a dossier says without what is not seen, but for names of files and columns."""
    named = ("data", "style")
    return {name: part if name in named else visible_values(part) for name, part in raw.items()}


def text_of(path: Path) -> str:
    """Return the text of a dossier's file, with its line ends as they are.

    A mark of byte order, as Notepad writes it, is no part of the text.

    Raises:
        DossierError: it is no file, is not there, is too large or is not UTF-8.
    """
    try:
        return content_of(path, _BYTES_AT_MOST).decode("utf-8-sig")
    except SpecialFileError as error:
        raise DossierError(f"`{path}` is {error.what}. Give the path of a file.") from None
    except TooLargeError:
        message = f"`{path.name}` is larger than any dossier. Give the path of one."
        raise DossierError(message) from None
    except FileNotFoundError:
        message = f"There is no dossier `{path}`. Give the path of an existing file, or make one"
        raise DossierError(f"{message} with `balanstest init`.") from None
    except IsADirectoryError:
        raise DossierError(f"`{path}` is a folder. Give the path of a dossier in it.") from None
    except UnicodeDecodeError:
        raise DossierError(f"`{path.name}` is not UTF-8 text. Save it as UTF-8.") from None
    except OSError as error:
        raise DossierError(f"`{path.name}` cannot be read: {error.strerror}.") from None
