"""Messages that name files, sheets, columns and codes, without those that may hold a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Final

from balanstest_analysis.document.personal.screen import is_personal
from balanstest_analysis.document.visible import visible_text
from balanstest_analysis.errors import BalanstestError

_QUOTED: Final = re.compile(r"`[^`\n]+`|(?<!\w)\"[^\"\n]+\"(?!\w)|(?<!\w)'[^'\n]+'(?!\w)")


def told_message(message: str) -> str:
    """Return a message in which quoted names that may hold a person are told by an ordinal.

    Of a whole path only the last part is looked at: the folders above it are those of the user.

    Examples:
        >>> told_message("`Piet Jansen.csv` has no column `called_at`; look at `Piet Jansen.csv`.")
        '`name 1` has no column `called_at`; look at `name 1`.'
    """
    numbers: dict[str, int] = {}

    def told(match: re.Match[str]) -> str:
        mark, name = match[0][0], match[0][1:-1]
        parts = PurePosixPath(name).parts
        looked_at = parts[-1:] if name.startswith("/") else parts
        if not (is_personal(name.rpartition("/")[2]) or any(map(is_personal, looked_at))):
            return match[0]
        return f"{mark}name {numbers.setdefault(name, len(numbers) + 1)}{mark}"

    return visible_text(_QUOTED.sub(told, message))


@contextmanager
def without_persons() -> Iterator[None]:
    """Let through what is refused inside, with its names as `told_message` tells them.

    Raises:
        BalanstestError: of the same class.
    """
    try:
        yield
    except BalanstestError as error:
        told = told_message(str(error))
        if told == str(error):
            raise
        raise type(error)(told) from None
