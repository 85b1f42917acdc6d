"""What is marked in a sheet and what its cells do not tell: errors and hidden rows."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(kw_only=True)
class SheetMarks:
    """What is marked in one sheet; rows and columns are counted from 0.

    Attributes:
        errors: row and column of each cell that holds an error.
        hidden: first row of hidden ones, by a filter or by hand, and the first after them.
        last_row: of a cell.
        last_column: of a cell.
    """

    errors: list[tuple[int, int]] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0

    def reach(self, row: int, column: int) -> None:
        """Note that there is a cell."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def hide(self, row: int, number: int = 1) -> None:
        """Note that rows are hidden."""
        self.hidden.append((row, row + number))


@dataclass(frozen=True, kw_only=True)
class BookMarks:
    """What is marked in a workbook.

    Attributes:
        sheets: in the order of the workbook.
        starts_in_1904: whether its days are numbered from 1904.
    """

    sheets: tuple[SheetMarks, ...]
    starts_in_1904: bool = False


def column_of(place: str) -> int:
    """Return the number of a column, from 0, by the place of a cell; 0 where there is none.

    Examples:
        >>> column_of("A1"), column_of("AB12"), column_of("")
        (0, 27, 0)
    """
    number = 0
    for letter in place.upper():
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number - 1, 0)
