"""Tables of the rules that the calling history was checked against."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.document.wording.compliance import RULES, UNCHECKED, VERIFIED, calls_a_year
from balanstest_analysis.dossier.calling_hours import CallingHours, Window
from balanstest_analysis.presentation.hidden_counts import count_words
from balanstest_analysis.presentation.kept_rows import report_about
from balanstest_analysis.presentation.late_events import DATED, late_events, told_late
from balanstest_analysis.presentation.places import APPENDIX_E
from balanstest_analysis.published.compliance import PublishedRule, YearCount, YearOfCalls
from balanstest_analysis.published.counts import Kept, number
from balanstest_analysis.published.result import PublishedResult


def compliance_table(result: PublishedResult) -> Table | None:
    """Return each rule with how often the history went against it, or None without a history.

    Args:
        result: the published result.
    """
    if result.compliance is None:
        return None
    minimum = result.settings.disclosure_minimum
    return Table(
        columns=("Regel", "Aantal", "Aandeel", "Regel in een bron nagegaan?"),
        rows=tuple(_row(rule, minimum) for rule in result.compliance.rules if not _is_moot(rule)),
        caption="De belhistorie getoetst aan de regels van de beldatum",
        align="lrrl",
        note=(f"{_NOTE}{_in_part(result)}{_kept_note(result.compliance.rules)}{told_late(result)}"),
    )


def _in_part(result: PublishedResult) -> str:
    """Return what the answer no means; nothing where every rule was read."""
    rules = () if result.compliance is None else result.compliance.rules
    return _NOT_WHOLLY if any(rule.verified is False for rule in rules) else ""


_NOT_WHOLLY = " Nee: niet voor de hele periode waarin is gebeld."


def _kept_note(rules: Sequence[PublishedRule]) -> str:
    """Return which counts come from an earlier report, or nothing."""
    kept = [
        f"‘{RULES[rule.code]}’ uit {report_about(rule.count.period)}"
        for rule in rules
        if isinstance(rule.count, Kept)
    ]
    return f" Overgenomen aantallen: {wording.enumerated(kept)}." if kept else ""


_NOTE = (
    "Aandeel van de belpogingen of meldingen waarvoor de regel geldt, afgerond op één of twee "
    "cijfers, zodat het aantal daarvan er niet uit volgt: bij één cijfer staat 12,6% er als 10%. "
    "Belpogingen na verzet, na afloop van de termijn of zonder klantrelatie tellen in de analyse "
    "niet mee. Een belpoging telt hier mee bij elke regel die voor haar geldt; in het overzicht in "
    "bijlage E staat zij maar één keer. Is dat verschil klein, dan staat hier het aantal uit "
    "bijlage E. "
    f"Bronnen, uren en uitzonderingen: zie {APPENDIX_E}."
)


def _is_moot(rule: PublishedRule) -> bool:
    """A sector that keeps its ground need not read of a rule for others."""
    return rule.code == "without_ground" and rule.status == "no_rule"


def _row(rule: PublishedRule, minimum: int) -> tuple[str, ...]:
    name = RULES[rule.code]
    if rule.status != "checked":
        return name, UNCHECKED[rule.status], "", ""
    return name, count_words(rule.count, minimum), _share(rule.share), VERIFIED[rule.verified]


def _share(share: float | None) -> str:
    if share is None:
        return wording.MISSING
    if 0 < share < 0.0001:
        return "< 0,01%"
    told = 100 * share
    decimals = next((n for n in (0, 1) if round(told, n) == round(told, 2)), 2)
    return wording.percentage(share, decimals)


def rule_years_table(result: PublishedResult) -> Table | None:
    """Return the calls against each rule per calendar year, as far as they may be published.

    Args:
        result: the published result, with ``compliance``.
    """
    checked = () if result.compliance is None else result.compliance.rules
    rules = [rule for rule in checked if number(rule.count) and rule.by_year]
    years = sorted({year.year for rule in rules for year in rule.by_year})
    if not rules:
        return None
    return Table(
        columns=("Regel", *map(str, years)),
        rows=tuple((RULES[rule.code], *_years(rule.by_year, years)) for rule in rules),
        caption="Overtredingen per kalenderjaar",
        note=f"{_NOT_IN_TABLE}{_not_by_year(checked)}{_late_in(rules, result)}",
    )


_NOT_IN_TABLE = (
    "Regels waarvan geen overtreding is gevonden of geen aantal is gepubliceerd, staan niet in "
    "deze tabel."
)


def _not_by_year(rules: Sequence[PublishedRule]) -> str:
    """Return which rules have a count, but none per year; nothing where each has."""
    left = [RULES[rule.code] for rule in rules if number(rule.count) and not rule.by_year]
    if not left:
        return ""
    those = "ook die regel staat" if len(left) == 1 else "ook die regels staan"
    return (
        f" Van {wording.enumerated([f'‘{name}’' for name in left])} kan niet van elk jaar een "
        f"aantal worden gepubliceerd; {those} er niet in."
    )


def _late_in(rules: Sequence[PublishedRule], result: PublishedResult) -> str:
    """Return what is not known of calls in the years of the table; else nothing."""
    late = late_events(result)
    dated = [year.year for rule in rules if rule.code in DATED for year in rule.by_year]
    if late is None or not dated or f"{min(dated)}-01-01" >= late.reaches_from:
        return ""
    return told_late(result)


def _years(found: Sequence[YearCount], years: Sequence[int]) -> tuple[str, ...]:
    counts = {year.year: year.count for year in found}
    return tuple(wording.count(counts[year]) if year in counts else "–" for year in years)


def frequency_table(result: PublishedResult) -> Table | None:
    """Return how often one customer was called per calendar year, or None if not published.

    Args:
        result: the published result, with ``compliance``.
    """
    years = () if result.compliance is None else result.compliance.frequency.years
    if not years:
        return None
    return Table(
        columns=(
            "Jaar",
            "Belpogingen, mediaan",
            "Belpogingen, 95% hooguit",
            "Netto contacten, mediaan",
            "Netto contacten, 95% hooguit",
        ),
        rows=tuple(_frequency_row(year) for year in years),
        caption="Hoe vaak één persoon in een kalenderjaar is gebeld",
        note=(
            "95% hooguit: 95% van de gebelde mensen is niet vaker gebeld (of bereikt) dan dit "
            "aantal."
        ),
    )


def _frequency_row(year: YearOfCalls) -> tuple[str, ...]:
    calls = year.calls_median, year.calls_high
    contacts = year.contacts_median, year.contacts_high
    return tuple(map(str, (year.year, *calls, *contacts)))


def frequency_shares(result: PublishedResult) -> str:
    """Return in one sentence how the called people divide over numbers of calls in a year.

    Args:
        result: the published result, with ``compliance``.
    """
    buckets = () if result.compliance is None else result.compliance.frequency.buckets
    ends = [*(bucket.calls_from - 1 for bucket in buckets[1:]), None]
    parts = [
        f"{_whole(bucket.share)} {calls_a_year(bucket.calls_from, end)}"
        for bucket, end in zip(buckets, ends, strict=False)
    ]
    if not parts:
        return ""
    return (
        f"Van de mensen die in een kalenderjaar zijn gebeld, is {wording.enumerated(parts)} gebeld "
        "(over alle jaren samen)."
    )


def _whole(share: float) -> str:
    return "minder dan 1%" if share < 0.01 else wording.percentage(share, 0)


def hours_table(hours: Sequence[tuple[str, CallingHours]]) -> Table:
    """Return the hours and days that the calls were checked against, per regime.

    Args:
        hours: name and calling hours of each regime in force on the days of the calls.
    """
    return Table(
        columns=("Regeling", "Werkdag", "Zaterdag", "Niet bellen", "Bron"),
        rows=tuple(_hours_row(name, found) for name, found in hours),
        caption="Uren en dagen waaraan de belpogingen zijn getoetst",
        align="lllll",
        note=_hours_note(hours),
    )


def _hours_row(name: str, hours: CallingHours) -> tuple[str, ...]:
    days = "zon- en feestdagen, 4 mei" if hours.holidays else "zondag"
    if hours.dates:
        days += ", opgegeven dagen"
    return name, _window(hours.weekday), _window(hours.saturday), days, hours.source


def _window(window: Window | None) -> str:
    if window is None:
        return "niet"
    return f"{window.opens:%H.%M}–{window.closes:%H.%M} uur"


def _hours_note(hours: Sequence[tuple[str, CallingHours]]) -> str:
    until = f"{hours[0][1].early_until:%H.%M}"
    return (
        "Terugbelafspraken en belpogingen op verzoek van de gebelde zijn hieraan niet getoetst, "
        "voor zover de gegevens die aanwijzen. "
        f"Valt 4 mei, 5 december of 24 december op een werkdag, dan mag tot {until} uur worden "
        "gebeld, tenzij bellen op die dag verboden is. Bellen mag tot het genoemde tijdstip; een "
        "belpoging precies op dat tijdstip valt erbuiten."
        + (_HOLIDAYS if any(found.holidays for _, found in hours) else "")
    )


_HOLIDAYS = (
    " Goede Vrijdag en 5 mei zijn in elk jaar als feestdag geteld; dat is een keuze van dit "
    "hulpmiddel."
)
