"""Why a logo or a colour is not shown."""

from __future__ import annotations

from balanstest_analysis.errors import BlockError


class LogoError(BlockError):
    """A logo that no report shows.

    Attributes:
        what: is wrong, what is allowed and what to do, told of the file.

    Examples:
        >>> str(LogoError("is empty; give a PNG or an SVG"))
        'The logo is empty; give a PNG or an SVG.'
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"The logo {what}.")
        self.what = what
