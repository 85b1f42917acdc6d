"""The account: conditions, delivered rows, settings, fingerprints and versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.dossier.statements import Condition
from balanstest_analysis.published.fingerprints import Fingerprint, NoRows
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.result import PublishedResult


def bridge_table(result: PublishedResult) -> Table | None:
    """Return the account from delivered rows to analysed contacts, or None if not published.

    Args:
        result: the published result.
    """
    lines = result.bridge
    if not lines:
        return None
    ends = [i for i, line in enumerate(lines) if line.code in _ENDS]
    return Table(
        columns=("Stap", "Aantal"),
        rows=tuple((_signed(line.code), wording.count(line.count)) for line in lines),
        caption="Van aangeleverde gegevens naar contacten in de analyse"
        + (", overgenomen uit een eerder rapport" if _BRIDGE in result.series.kept else ""),
        emphasise=tuple(ends),
        note=f"{_ONCE} {_TOO_RECENT}" if _has_young(result) else _ONCE,
    )


def _has_young(result: PublishedResult) -> bool:
    return any(item.code.startswith(_YOUNG) for item in result.findings)


_BRIDGE = "bridge"
_YOUNG = "incomplete_follow_up_"
_ONCE = (
    "Elke belpoging staat in één regel: de eerste die voor haar geldt. Een bevinding telt alle "
    "belpogingen waarvoor zij geldt, en kan er dus meer tellen; een klein verschil wordt niet "
    "gepubliceerd."
)
_TOO_RECENT = (
    "Contacten die te recent zijn om te volgen, tellen in de percentages nog niet mee; hun aantal "
    "staat bij de bevindingen."
)
_ENDS = frozenset({"rows_in", "in_exposure"})


def _signed(code: str) -> str:
    name = wording.exclusion(code)
    return name if code in _ENDS else f"Af: {name[:1].lower()}{name[1:]}"


def conditions_table(
    conditions: Mapping[str, Condition], sectors: Sequence[str] = ("charity",)
) -> Table:
    """Return the five conditions with the dossier's answers.

    Args:
        conditions: answers by code; a code may be absent.
        sectors: of the organisation, which decide what the conditions ask.
    """
    return Table(
        columns=("Voorwaarde", "Voldaan", "Toelichting"),
        rows=tuple(
            (text, *_condition_cells(conditions.get(code)))
            for code, text in wording.condition_texts(sectors).items()
        ),
        caption="De vijf voorwaarden voor bellen op grond van de klantrelatie",
        align="lll",
    )


def _condition_cells(condition: Condition | None) -> tuple[str, str]:
    if condition is None:
        return "?", "NOG IN TE VULLEN"
    answer = "ja" if condition.met else "nee"
    if condition.is_for_a_lawyer:
        answer = "nee, voor nummers van vóór 1 juli 2021; ter beoordeling van een jurist"
    return answer, wording.one_line(condition.explanation)


def settings_table(result: PublishedResult, *, counted: bool = False) -> Table:
    """Return the settings of the analysis.

    Args:
        result: the published result.
        counted: whether the organisation delivered ready-made counts, which no setting changes.
    """
    settings = result.settings
    singular = wording.DENOMINATORS[settings.denominator][0]
    days = (settings.objection_window_days, settings.complaint_window_days)
    windows = ["zoals de organisatie telde" if counted else _days(number) for number in days]
    of_outcomes: Mapping[Outcome, tuple[str, str]] = {
        "conversion": (
            "Conversie",
            wording.CONVERSION_DEFINITIONS[settings.conversion_definition],
        ),
        "objection": ("Termijn waarbinnen verzet meetelt", windows[0]),
        "complaint": ("Termijn waarbinnen een klacht meetelt", windows[1]),
    }
    rows = (
        ("Noemer", singular),
        *(row for name, row in of_outcomes.items() if result.outcomes[name].available),
        ("Betrouwbaarheid, eenzijdig", wording.level(settings.confidence_level)),
        ("Aantal trekkingen", wording.count(settings.resamples)),
        ("Kleinste gepubliceerde aantal boven nul", wording.count(settings.disclosure_minimum)),
        ("Startwaarde van de toevalsgenerator", str(result.seed)),
    )
    return Table(columns=("Instelling", "Waarde"), rows=rows, align="ll", caption="Instellingen")


def _days(days: int) -> str:
    return wording.counted(days, "dag", "dagen")


def provenance_table(result: PublishedResult) -> Table:
    """Return fingerprints of the input and versions of the software.

    Args:
        result: the published result.
    """
    prints = [
        (f"Vingerafdruk {_SOURCES.get(name, name)}", _marked(digest))
        for name, digest in result.fingerprints.items()
    ]
    if result.criteria_hash:
        prints.append(("Kenmerk van de criteria", _grouped(result.criteria_hash)))
    versions = [(f"Versie {name}", number) for name, number in result.versions.items()]
    return Table(
        columns=("Gegeven", "Waarde"),
        rows=tuple(prints + versions),
        align="ll",
        caption="Herkomst: vingerafdrukken en versies",
        note=" ".join(_provenance_notes(result)),
    )


def _provenance_notes(result: PublishedResult) -> Iterator[str]:
    yield _ABOUT_MADE_UP if result.fictitious else _ABOUT_FINGERPRINTS
    if result.criteria_hash:
        yield _ABOUT_CRITERIA


_SOURCES = {
    "dossier": "dossier",
    "calls": "belpogingen",
    "events": "aankopen en giften",
    "objections": "verzet",
    "complaints": "klachten",
    "counts": "tellingen",
}


_ABOUT_FINGERPRINTS = (
    "De vingerafdrukken zijn gemaakt met een geheime sleutel van de organisatie; uit een "
    "vingerafdruk is niet af te leiden wat er in de gegevens staat. Een tabel zonder rijen heeft "
    "geen vingerafdruk."
)
_ABOUT_CRITERIA = (
    "Het kenmerk van de criteria is een code die verandert zodra een criterium verandert, of de "
    "reden ervoor of een instelling waarvan de termijn afhangt. Staat in twee rapporten hetzelfde "
    "kenmerk, dan is daartussen niets aan die criteria, redenen en instellingen veranderd."
)
_ABOUT_MADE_UP = (
    "De gegevens zijn verzonnen. Daarom mag de sleutel van deze vingerafdrukken openbaar zijn. Een "
    "tabel zonder rijen heeft geen vingerafdruk."
)


def _marked(fingerprint: Fingerprint) -> str:
    return "geen rijen" if isinstance(fingerprint, NoRows) else _grouped(fingerprint)


def _grouped(digest: str) -> str:
    return " ".join(digest[start : start + 8] for start in range(0, 32, 8))
