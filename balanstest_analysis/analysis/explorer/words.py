"""The Dutch of the explorer: what is chosen, what it leads to, and what is still to be done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from balanstest_analysis.analysis.explorer.choices import Other
from balanstest_analysis.analysis.explorer.exploration import Explored
from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, Notice, Paragraph, literal
from balanstest_analysis.document.wording.changes import AFTER_SEEING, FIELDS
from balanstest_analysis.presentation.conclusions import headline, proposal_sentences
from balanstest_analysis.presentation.conclusions.criteria import quoted
from balanstest_analysis.presentation.figures import criteria_picture, rate_picture
from balanstest_analysis.published.names import Outcome

Figure: TypeAlias = Outcome | Literal["criteria"]

AS_STATED = {
    "counting": "zoals in het dossier",
    "family": "gewogen gemiddelde van alle krommen",
    "without_campaign": "alle campagnes",
    "reference_event": "zoals in het dossier",
}
LABELS = {
    "counting": "Wijze van tellen",
    "family": "Kromme (wat als)",
    "without_campaign": "Campagnes (wat als)",
    "reference_event": "Peildatum (wat als)",
}
FIGURES: dict[Figure, str] = {"criteria": "Termijn per criterium"}
HOW_TO = (
    "Verschuif een grens of kies iets anders; figuur en voorstel volgen. Met de pijltjestoetsen "
    "gaat een schuif een stap verder. De wijze van tellen en de drie wat-als-keuzes gelden één "
    "tegelijk. Een wat-als-keuze is geen instelling van het dossier en is niet over te nemen."
)
ASLEEP = (
    "De verkenner slaapt: de kernel is gestopt of opnieuw gestart. Schuiven en knoppen doen niets "
    "meer, en wat niet in het dossier was overgenomen, is niet bewaard. Voer de cellen vanaf het "
    "begin opnieuw uit: menu Run, Run All Cells."
)
FIGURE_REGION = "Figuur; in een smal venster schuift zij opzij"
ADOPTION = (
    "Neem over in dossier schrijft de gewijzigde criteria met hun redenen in het dossier, en "
    f"noteert erbij dat zij zijn {AFTER_SEEING}. Het rapport vermeldt dat bij wat tegen het "
    "voorstel pleit."
)


def label_of(name: str, field: str) -> str:
    """Return the label of a slider."""
    return f"{name}: {FIELDS[field]}"


def other_label(other: Other) -> str:
    """Return what an other way to look is called.

    Examples:
        >>> other_label(Other(choice="objection_window_days", value=15))
        'Termijn waarbinnen verzet meetelt: 15 dagen'
        >>> other_label(Other(choice="reference_event", value="purchase+donation"))
        'laatste aankoop of laatste gift'
    """
    if other.choice == "reference_event":
        kinds = str(other.value).split("+")
        return " of ".join(wording.choice_value(other.choice, kind) for kind in kinds)
    value = wording.choice_value(other.choice, other.value)
    if other.choice == "denominator":
        return f"per {value}"
    if other.is_setting:
        return f"{wording.choice(other.choice)}: {value}"
    return f"zonder {value}" if other.choice == "without_campaign" else value


def sentences(explored: Explored, own_term: int | None, changes: tuple[str, ...]) -> Iterator[str]:
    """Yield the outcome in words: the proposal, and how it differs from the dossier.

    Args:
        explored: what some choices lead to.
        own_term: what the dossier itself leads to, or None.
        changes: what the choices change about the dossier.
    """
    other = explored.choices.other
    if other is not None and not other.is_setting:
        yield f"Wat als: {other_label(other)}."
    yield f"{headline(explored.result)}."
    if changes:
        yield f"Anders dan in het dossier: {wording.enumerated(changes)}."
    if changes or other is not None:
        before = "geen voorstel" if own_term is None else wording.months(own_term)
        yield f"Het dossier zelf geeft {before}."


def picture_blocks(explored: Explored, figure: Figure) -> tuple[Block, ...]:
    """Return a picture of the outcome, or why there is none.

    Args:
        explored: what some choices lead to.
        figure: ``"criteria"``, or an outcome.
    """
    if figure == "criteria":
        return (criteria_picture(explored.result),)
    if not explored.rows_hold:
        return (
            Paragraph(text="Bij een andere telling horen andere waarnemingen: zie het rapport."),
        )
    return (rate_picture(explored.result, figure),)


def static_blocks(explored: Explored) -> tuple[Block, ...]:
    """Return what stands in place of the explorer where nothing can be moved."""
    paragraphs = tuple(Paragraph(text=text) for text in proposal_sentences(explored.result))
    return (
        Notice(kind="proposal", title=headline(explored.result), blocks=paragraphs),
        *picture_blocks(explored, "criteria"),
    )


def missing_reasons(names: tuple[str, ...]) -> str:
    """Return that changed criteria still lack a reason."""
    listed = wording.enumerated([quoted(literal(name)) for name in names])
    return f"Geef eerst een nieuwe reden bij {listed}."


NOT_ADOPTED = "Niet overgenomen: "
NOTHING_DIFFERS = (
    "Niet overgenomen: er is niets anders dan in het dossier. Verschuif een grens of wijzig de "
    "wijze van tellen."
)


def only_what_if(other: Other) -> str:
    """Return that a what-if cannot be written, and what to do."""
    return (
        f"Niet overgenomen: ‘{other_label(other)}’ is een wat-als-keuze en geen instelling van een "
        "dossier. Zet die keuze eerst terug."
    )


def changed_meanwhile(name: str) -> str:
    """Return that the file is no longer what was analysed, and what to do."""
    return (
        f"{NOT_ADOPTED}{name} is gewijzigd nadat het hier is geladen. Ook Neem over in "
        "dossier wijzigt het, hier en in een ander notebook. Voer de cellen vanaf het begin "
        "opnieuw uit."
    )


def no_dossier_any_more(name: str) -> str:
    """Return that the file can no longer be loaded, and what to do."""
    return (
        f"{NOT_ADOPTED}{name} is intussen verdwenen of geen geldig dossier meer. Controleer "
        "het met balanstest check."
    )


def take_care(refusal: str) -> str:
    """Return as a notice what would be the reason to refuse.

    Examples:
        >>> take_care(changed_meanwhile("balanstest.toml"))[:45]
        'Let op: balanstest.toml is gewijzigd nadat he'
    """
    return f"Let op: {refusal.removeprefix(NOT_ADOPTED)}"


def not_written(name: str) -> str:
    """Return that the file could not be written, and what to do."""
    return (
        f"Niet overgenomen: {name} kan niet worden geschreven. Kijk of de map vol is of alleen mag "
        "worden gelezen."
    )


def not_acceptable(why: str) -> str:
    """Return that the dossier would not be acceptable, with what the check says of it."""
    return f"Niet overgenomen: zo zou het dossier niet geldig zijn. De controle meldt: {why}"


def adopted(name: str) -> str:
    """Return that the dossier was written, and what to do then."""
    return f"Overgenomen in {name}. Laad en analyseer het dossier opnieuw om verder te kijken."
