"""Findings, measures, limitations, and the account of the processing itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import (
    Block,
    BulletList,
    Definitions,
    Heading,
    Paragraph,
    literal,
)
from balanstest_analysis.document.wording.doubts import DOUBTS
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.chapters.compliance import breaches, has_rules, rules_checked
from balanstest_analysis.presentation.conclusions import from_counts, limitations
from balanstest_analysis.presentation.conclusions.beyond_cap import contacts_beyond_cap
from balanstest_analysis.presentation.kept_rows import report_about
from balanstest_analysis.presentation.places import APPENDIX_E, APPENDIX_G, FINDINGS, LIMITS
from balanstest_analysis.presentation.tables import bridge_table, measures_table
from balanstest_analysis.published.account import PublishedFinding
from balanstest_analysis.published.result import PublishedResult

TO_FILL_IN = "**NOG IN TE VULLEN**"


def findings(result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return what was found in the history, and how much of it counts."""
    title = Heading(level=2, text="Bevindingen over de belhistorie", anchor=FINDINGS.anchor)
    if dossier.data.counts is not None:
        told = " ".join(filter(None, (_NOT_TESTED, contacts_beyond_cap(result))))
        return (title, Paragraph(text=told), *_listed(result.findings), *_measures(result))
    return (title, *_found(result), *_measures(result), *_used(result))


_NOT_TESTED = (
    "De organisatie leverde tellingen aan. Of er na verzet of zonder klantrelatie is gebeld, "
    "is daaraan niet te zien; de belhistorie is daarom niet getoetst."
)


def _found(result: PublishedResult) -> Iterator[Block]:
    if not result.findings:
        yield Paragraph(text="In de aangeleverde gegevens zijn geen bijzonderheden gevonden.")
        yield from rules_checked(result)
        return
    first = [finding for finding in result.findings if _is_told(finding.code, result)]
    if not breaches(result):
        yield Paragraph(
            text=(
                "Overtredingen van de maximale termijn of van het recht van verzet zijn niet "
                "gevonden."
            )
        )
    elif not has_rules(result):
        yield Paragraph(text="De belhistorie is getoetst aan de regels van de beldatum.")
    yield from rules_checked(result)
    yield from _listed(first)


def _measures(result: PublishedResult) -> Iterator[Block]:
    """Yield what is done about each breach, and which measures are about none that was found."""
    table = measures_table(result)
    if table is not None:
        yield Heading(level=3, text="Maatregelen")
        yield table
    found = {breach.code for breach in result.breaches}
    others = dict.fromkeys(one.finding for one in result.measures if one.finding not in found)
    if others:
        names = wording.enumerated([wording.gap(f"measures.{code}") for code in others])
        yield Paragraph(text=_other_measures(result, len(others), names))


def _other_measures(result: PublishedResult, number: int, names: str) -> str:
    """Return about which breaches there is a measure and no finding, and why that is not shown."""
    if number == 1:
        about, these, stand = f"een maatregel bij {names}", "deze maatregel", "staat"
        found = "Dat is in deze gegevens niet gevonden, of kon daarin niet worden getoetst"
    else:
        spelled = wording.spelled(number)
        about, these = f"maatregelen bij {spelled} overtredingen: {names}", "deze maatregelen"
        stand = "staan"
        found = (
            "Die overtredingen zijn in deze gegevens niet gevonden, of konden daarin niet worden "
            "getoetst"
        )
    if from_counts(result):
        why = f"Omdat de belhistorie niet is getoetst, {stand} {these} niet in een tabel."
    else:
        why = f"{found}; daarom {stand} {these} niet in een tabel."
    return f"Het dossier noemt ook {about}. {why}"


def _is_told(code: str, result: PublishedResult) -> bool:
    """What a committee has to read in words: hindrance, and what no table shows of breaches.

    What makes the outcome doubtful is among it.
    """
    in_words = code in wording.BREACHES and not has_rules(result)
    return in_words or code in DOUBTS or code.endswith("_after_unanswered_calls")


def _listed(found: Iterable[PublishedFinding]) -> Iterator[Block]:
    items = tuple(f"{literal(finding.text)}{_kept(finding)}" for finding in found)
    if items:
        yield BulletList(items=items, voice="computed")


def _kept(finding: PublishedFinding) -> str:
    """Return from which earlier report a count comes, or nothing."""
    if finding.kept_from is None:
        return ""
    return f" Dit aantal is overgenomen uit {report_about(finding.kept_from)}."


def other_findings(result: PublishedResult) -> Iterator[Block]:
    """Yield the findings that concern the delivered data rather than the calling."""
    if has_other_findings(result):
        yield Heading(level=3, text="Nadere bevindingen")
        yield from _listed(f for f in result.findings if not _is_told(f.code, result))


def has_other_findings(result: PublishedResult) -> bool:
    """Return whether there are findings that concern the delivered data."""
    return not all(_is_told(finding.code, result) for finding in result.findings)


def _used(result: PublishedResult) -> Iterator[Block]:
    if result.bridge:
        yield Paragraph(
            text=f"Van de {_line(result, 'rows_in')} aangeleverde belpogingen tellen er "
            f"{_line(result, 'in_exposure')} mee in de analyse. In {APPENDIX_E} staat waarom de "
            f"overige niet meetellen{_ALSO if has_other_findings(result) else ''}."
        )
    elif result.findings:
        yield Paragraph(text=f"De nadere bevindingen staan in {APPENDIX_E}.")


_ALSO = "; daar staan ook nadere bevindingen"


def _line(result: PublishedResult, code: str) -> str:
    return next(wording.count(line.count) for line in result.bridge if line.code == code)


def account(result: PublishedResult, dossier: Dossier) -> Iterator[Block]:
    """Yield the account of every delivered row; ready-made counts have none."""
    table = bridge_table(result)
    if table is not None:
        yield table
    elif dossier.data.counts is None:
        yield Paragraph(
            text="Het overzicht van aangeleverde naar gebruikte gegevens wordt niet gepubliceerd, "
            "omdat daaruit een klein aantal is af te leiden."
        )


def limits(result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return what this report cannot show."""
    given = (_as_counted(result),) if dossier.data.counts is not None else ()
    return (
        Heading(level=2, text="Beperkingen", anchor=LIMITS.anchor),
        BulletList(items=(*given, *limitations(result))),
    )


def _as_counted(result: PublishedResult) -> str:
    """Return what was not checked of counts that the organisation made itself."""
    named = [
        wording.OUTCOME_WORDS[name].events.lower()
        for name, entry in result.outcomes.items()
        if entry.available
    ]
    return (
        "De organisatie leverde tellingen aan in plaats van een belhistorie. Daarom is niet "
        f"gecontroleerd aan welke contacten zij {wording.enumerated(named)} heeft toegeschreven, "
        "welke belpogingen zij heeft weggelaten en welke peildatum zij heeft gebruikt."
    )


def processing(dossier: Dossier) -> tuple[Block, ...]:
    """Return the account of the processing of personal data that the analysis itself is."""
    given = dict(dossier.processing)
    counted = dossier.data.counts is not None
    made = "Ook het maken van de tellingen voor dit rapport is"
    subject = made if counted else "De analyse is zelf"
    return (
        Heading(
            level=2,
            text="Bijlage G. Verantwoording van deze verwerking",
            anchor=APPENDIX_G.anchor,
        ),
        Paragraph(
            text=f"{subject} een verwerking van persoonsgegevens, ook van mensen die "
            "verzet aantekenden. Gegevens over personen worden niet buiten de analyse gebruikt "
            "of gepubliceerd; dit rapport bevat alleen aantallen en percentages."
        ),
        Definitions(
            items=tuple(
                (label, literal(wording.one_line(given[name])) or TO_FILL_IN)
                for name, label in wording.PROCESSING_LABELS.items()
            )
        ),
    )
