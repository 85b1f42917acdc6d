"""Values in JSON that anybody may have written: each knows where it stands, none surprises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value in a file.

    Attributes:
        content: as JSON has it; None where there is none.
        place: the keys that lead to it.
    """

    content: object
    place: str = ""

    def at(self, *keys: str) -> Value:
        """Return the value below some keys.

        Examples:
            >>> told = Value(content={"a": {"b": 3}})
            >>> told.at("a", "b").whole, told.at("a", "b").place, told.at("c", "b").whole
            (3, 'a.b', None)
        """
        found = self
        for key in keys:
            inside = found.content.get(key) if isinstance(found.content, dict) else None
            found = Value(content=inside, place=f"{found.place}.{key}".strip("."))
        return found

    @property
    def items(self) -> tuple[Value, ...]:
        """The values of a list; none of anything else."""
        inside = self.content if isinstance(self.content, list) else []
        return tuple(
            Value(content=one, place=f"{self.place}[{number}]") for number, one in enumerate(inside)
        )

    @property
    def entries(self) -> dict[str, Value]:
        """The values of an object by key; none of anything else."""
        inside = self.content if isinstance(self.content, dict) else {}
        return {str(key): self.at(str(key)) for key in inside}

    @property
    def number(self) -> float | None:
        """A number that a computation can take, or None."""
        one = self.content
        usable = isinstance(one, int | float) and not isinstance(one, bool)
        return float(one) if usable and abs(float(one)) < 1e15 else None  # type: ignore[arg-type]

    @property
    def whole(self) -> int | None:
        """A whole number, or None."""
        one = self.content
        return one if isinstance(one, int) and not isinstance(one, bool) else None

    @property
    def text(self) -> str:
        """A text; empty where it is none."""
        return self.content if isinstance(self.content, str) else ""

    @property
    def is_none(self) -> bool:
        """Whether there is nothing."""
        return self.content is None

    @property
    def told(self) -> str:
        """The value as it is told in a sentence."""
        return "nothing" if self.content is None else str(self.content)


def wholes(values: Iterator[Value] | tuple[Value, ...]) -> list[int] | None:
    """Return whole numbers, or None where one of them is none."""
    found = [value.whole for value in values]
    told = [one for one in found if one is not None]
    return told if len(told) == len(found) else None
