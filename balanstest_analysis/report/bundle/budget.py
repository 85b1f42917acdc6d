"""How much may come out of the attachments of one bundle, and how long the search may last."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

from balanstest_analysis.errors import DataError

LARGEST_FILE: Final = 100 << 20
MOST_BYTES: Final = 400 << 20
MOST_PARTS: Final = 20_000
MOST_SECONDS: Final = 240.0
DEEPEST: Final = 4
MOST_TEXT: Final = 20 << 20


@dataclass(kw_only=True)
class Budget:
    """What is left; whoever opens something pays first.

    Attributes:
        name: of the attachment, to be named.
        bytes_left: that may still come out.
        parts_left: that may still be opened.
        until: when the search is given up, on the clock of `time.perf_counter`.
    """

    name: str
    bytes_left: int = MOST_BYTES
    parts_left: int = MOST_PARTS
    until: float = field(default_factory=lambda: time.perf_counter() + MOST_SECONDS)

    def pay(self, size: int, depth: int = 0) -> None:
        """Pay for a part before it is opened.

        Args:
            size: in bytes, as it comes out.
            depth: files that it lies in.

        Raises:
            DataError: there is not enough left.
        """
        self.bytes_left -= size
        self.parts_left -= 1
        if self.bytes_left < 0 or self.parts_left < 0 or depth > DEEPEST:
            raise DataError(
                f"`{self.name}` unpacks to more than can be looked through. Attach it as a plain "
                "document, as PDF if need be."
            )
        self.check_time()

    def take(self, text: str) -> str:
        """Return a text that is to be searched.

        Raises:
            DataError: it is longer than that of any document.
        """
        if len(text) > MOST_TEXT:
            raise DataError(
                f"`{self.name}` holds more text than a document does. Attach the document alone."
            )
        self.check_time()
        return text

    def check_time(self) -> None:
        """Give up when it has lasted too long.

        Raises:
            DataError: it has.
        """
        if time.perf_counter() > self.until:
            raise DataError(
                f"`{self.name}` takes too long to be looked through. Attach a smaller document."
            )
