"""What who makes a dossier says of themselves on the command line of `balanstest init`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from balanstest_analysis.cli.code_mapping import quoted
from balanstest_analysis.dossier.grounds import SECTORS
from balanstest_analysis.errors import UsageError

_OPEN: Final = '"NOG IN TE VULLEN"'
_NO_DAY: Final = "2099-12-31"


@dataclass(frozen=True, kw_only=True)
class AboutYou:
    """What is known of an organisation before its dossier is; empty where nothing was said.

    Attributes:
        organisation: its name.
        sectors: each a sector of the dossier.
        category: of product or organisation.
        report_date: the day of the report.
    """

    organisation: str = ""
    sectors: tuple[str, ...] = ()
    category: str = ""
    report_date: dt.date | None = None

    def filled_in(self, text: str) -> str:
        """Return the text of a starter dossier with what was said in its places.

        Args:
            text: as `starter.toml` has it: a criterion, further down, has a name as well.
        """
        for key, open_, value in self._values():
            text = text.replace(f"\n{key} = {open_}\n", f"\n{key} = {value}\n", 1)
        return text

    def _values(self) -> Iterator[tuple[str, str, str]]:
        if self.organisation:
            yield "name", _OPEN, quoted(self.organisation)
        if self.sectors:
            listed = [quoted(sector) for sector in self.sectors]
            several = f"[{', '.join(listed)}]"
            yield "sector", _OPEN, listed[0] if len(listed) == 1 else several
        if self.category:
            yield "category", _OPEN, quoted(self.category)
        if self.report_date is not None:
            yield "report_date", _NO_DAY, self.report_date.isoformat()


def about_you(
    *, organisation: str, sectors: Sequence[str], category: str, report_date: str
) -> AboutYou:
    """Return what was said on the command line.

    Args:
        organisation: its name, or empty, as are the others.
        sectors: as the dossier names them.
        category: of product or organisation.
        report_date: as 2026-03-31.

    Raises:
        UsageError: a sector that there is not, or a day that is none.
    """
    for sector in sectors:
        if sector not in SECTORS:
            raise UsageError(f"--sector is {sector!r}; allowed is one of {', '.join(SECTORS)}.")
    return AboutYou(
        organisation=organisation.strip(),
        sectors=tuple(dict.fromkeys(sectors)),
        category=category.strip(),
        report_date=_day(report_date) if report_date else None,
    )


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"--report-date is {text!r}; allowed is a day such as 2026-03-31."
        ) from None


def to_state(about: AboutYou, *, last_day_known: bool) -> str:
    """Return what the dossier still lacks that no export tells.

    Args:
        about: what was said already.
        last_day_known: whether the exports told until when they run.

    Examples:
        >>> print(to_state(AboutYou(organisation="A", category="b"), last_day_known=True))
        State in it what only you know, and what is refused until then: your sector, the day of
        the report, and your criteria with their reasons.
    """
    listed = [
        *(["who you are"] if not about.organisation else []),
        *(["the category"] if not about.category else []),
    ]
    refused = [
        *(["your sector"] if not about.sectors else []),
        *(["the last day of the data, after which a report is named"] * (not last_day_known)),
        *(["the day of the report"] if about.report_date is None else []),
    ]
    first = f": {' and '.join(listed)}, which `check` lists until then" if listed else ""
    last = "your criteria with their reasons"
    asked = f"{', '.join(refused)}, and {last}" if refused else last
    return f"State in it what only you know{first}, and what is refused until then: {asked}."
