"""Curves, criteria, benefit and burden, and what speaks against the proposal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import (
    Block,
    BulletList,
    Definitions,
    Heading,
    Notice,
    Paragraph,
    Prose,
    Table,
    literal,
)
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.review import Review
from balanstest_analysis.presentation.chapters.scope import gap_notice
from balanstest_analysis.presentation.conclusions import (
    Counterpoint,
    changed_afterwards,
    confidence_sentences,
    counterpoints,
    draws_curve,
    fit_sentence,
    reply_to,
    set_aside,
)
from balanstest_analysis.presentation.conclusions.against_place import against_title
from balanstest_analysis.presentation.conclusions.criterion_card import card_items
from balanstest_analysis.presentation.conclusions.fits import (
    all_fitted,
    failed_in_all,
    tells_fit,
    without_fits,
)
from balanstest_analysis.presentation.conclusions.requested import requested_sentences
from balanstest_analysis.presentation.figures import weighing_picture
from balanstest_analysis.presentation.places import AGAINST, APPENDIX_B, CURVES, REQUESTED, WEIGHING
from balanstest_analysis.presentation.tables import (
    criteria_table,
    frontier_table,
    has_parameters,
    yearly_table,
)
from balanstest_analysis.presentation.tables.request import request_table
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.names import COUNTERPOINTS, OUTCOMES, UNTESTED
from balanstest_analysis.published.result import PublishedResult


def curves(result: PublishedResult) -> tuple[Block, ...]:
    """Return which curves were fitted and how well they describe the data."""
    if not _is_judged(result):
        return ()
    failed = failed_in_all(result)
    sentences = [fit_sentence(result, outcome, told=bool(failed)) for outcome in OUTCOMES]
    return (
        Heading(
            level=2,
            text=_FITTED if tells_fit(result) else "De krommen",
            anchor=CURVES.anchor,
        ),
        Paragraph(
            text=f"Voor de percentages per maand zijn acht soorten krommen "
            f"{'geschat' if all_fitted(result) else 'uitgeprobeerd'}, van een vlakke lijn (‘de "
            "tijd maakt geen verschil’) tot een soepele kromme (spline) zonder vooraf gekozen "
            "vorm. Een dalend of stijgend verloop is nergens opgelegd. Hoe beter een kromme bij de "
            f"gegevens past, hoe zwaarder zij meetelt in het gemiddelde.{failed} {_where(result)}"
        ),
        *_listed(sentences),
    )


def _where(result: PublishedResult) -> str:
    """Return where the curves stand; small counts may leave their weights only, or nothing."""
    if without_fits(result):
        return f"Wat daarvan te publiceren is, staat in {APPENDIX_B}."
    fitted = [name for name in OUTCOMES if result.outcomes[name].fits]
    if all(has_parameters(result, name) for name in fitted):
        return f"Alle krommen staan in {APPENDIX_B}."
    return f"De vorm en het gewicht van elke kromme staan in {APPENDIX_B}."


_FITTED = "De krommen en hoe goed zij bij de gegevens passen"


def _listed(sentences: Sequence[str]) -> Iterator[Block]:
    written = tuple(sentence for sentence in sentences if sentence)
    if written:
        yield BulletList(items=written, voice="computed")


def _present(table: Table | None) -> Iterator[Block]:
    if table is not None:
        yield table


def weighing(
    result: PublishedResult, dossier: Dossier, earlier: Sequence[EarlierReport] = ()
) -> tuple[Block, ...]:
    """Return why calling is needed, the criteria on cards, benefit beside burden, what is asked.

    Args:
        result: published.
        dossier: which says why a less intrusive way will not do.
        earlier: reports of earlier quarters, the oldest first.
    """
    needed = dossier.review.necessity
    return (
        Heading(level=2, text="Weging van opbrengst en hinder", anchor=WEIGHING.anchor),
        Heading(level=3, text=wording.REVIEW_LABELS.necessity),
        Prose(markdown=needed) if needed else gap_notice(_NECESSITY),
        *(_criteria(result, earlier) if _is_judged(result) else _not_judged()),
        *_over_time(result),
        *_frontier(result),
        *_requested(result),
    )


_NECESSITY = "Waarom volstaat een minder ingrijpende weg niet, zoals post, e-mail of toestemming?"


def _requested(result: PublishedResult) -> Iterator[Block]:
    sentences = requested_sentences(result) if _is_judged(result) else ()
    if sentences:
        yield Heading(level=2, text="De gevraagde maanden", anchor=REQUESTED.anchor)
        yield Paragraph(text=" ".join(sentences))
        yield from _present(request_table(result))


def _is_judged(result: PublishedResult) -> bool:
    return result.proposal.status != "not_allowed"


def _not_judged() -> Iterator[Block]:
    yield Paragraph(
        text="Omdat de organisatie zich niet op de klantrelatie kan beroepen, is uit de criteria "
        "geen termijn afgeleid."
    )


def _criteria(result: PublishedResult, earlier: Sequence[EarlierReport]) -> Iterator[Block]:
    yield Paragraph(
        text="De organisatie heeft zelf criteria gesteld voor de maanden waarin bellen nog "
        "verantwoord is, en die gemotiveerd. Aan alle criteria moet zijn voldaan; daarom telt de "
        "kortste termijn."
    )
    yield criteria_table(result)
    for criterion in result.criteria:
        yield Notice(
            kind="card",
            title=criterion.name,
            blocks=(Definitions(items=card_items(criterion, result, earlier)),),
        )
    left_out = set_aside(result)
    if left_out:
        yield Paragraph(text=left_out)
    yield Heading(level=3, text="Waarom de schatting niet beslissend is")
    yield Paragraph(text=" ".join(confidence_sentences(result)))


def _over_time(result: PublishedResult) -> Iterator[Block]:
    blocks = tuple(_balance(result))
    if blocks:
        yield Heading(level=3, text="Opbrengst en hinder in de loop van de tijd")
        yield from blocks


def _balance(result: PublishedResult) -> Iterator[Block]:
    shown = result.shown_outcomes
    absent = [wording.OUTCOME_WORDS[name].subject for name in OUTCOMES if name not in shown]
    if "conversion" not in shown or len(shown) < 2:
        yield Paragraph(
            text="Opbrengst en hinder kunnen niet naast elkaar worden gezet: over "
            f"{wording.enumerated(absent)} zijn geen cijfers te geven."
        )
        return
    drawn = [name for name in shown if draws_curve(result, name)]
    yield from _present(yearly_table(result))  # a table finds room where the figure turns the page
    if "conversion" in drawn and len(drawn) > 1:
        yield weighing_picture(result)


def _frontier(result: PublishedResult) -> Iterator[Block]:
    table = frontier_table(result)
    if table is None or not _is_judged(result):
        return
    yield Heading(level=3, text="Hoe zwaar weegt verzet?")
    if all(point.status in UNTESTED for point in result.frontier):
        yield Paragraph(
            text="Met deze gegevens is bij geen enkel gewicht van verzet en klachten een termijn "
            "aan te tonen."
        )
        return
    yield Paragraph(
        text="Hoe zwaar verzet en klachten wegen ten opzichte van een conversie, is de kern van de "
        "afweging. Dit rapport kiest geen gewicht; de tabel laat zien welke termijn bij welk "
        "gewicht hoort."
    )
    yield table


def against(
    result: PublishedResult, review: Review, earlier: Sequence[EarlierReport] = ()
) -> tuple[Block, ...]:
    """Return what speaks against the proposal or the decision, each point with its reply.

    Without either, only that criteria were changed.

    Args:
        result: published.
        review: of the dossier, with the replies.
        earlier: reports of earlier quarters, the oldest first.
    """
    points = counterpoints(result, earlier, review)
    if points:
        return (
            Heading(level=2, text=against_title(result), anchor=AGAINST.anchor),
            Paragraph(
                text="De zwaarste punten staan voorop. De organisatie hoort op elk punt te "
                "reageren.",
                introduces=True,
            ),
            *_unanswered(points, review),
            *_numbered(points, review),
            *_not_shown(points, review),
        )
    changes = tuple(changed_afterwards(result))
    if not changes:
        return ()
    title = Heading(level=2, text=against_title(result), anchor=AGAINST.anchor)
    return (title, BulletList(items=changes))


def _unanswered(points: Sequence[Counterpoint], review: Review) -> Iterator[Block]:
    """Yield on how many of the points a reply is missing, and where it is to be written."""
    missing, every = sum(not reply_to(point.code, review) for point in points), len(points)
    if not missing:
        return
    if every == 1:
        told = "Op dit punt heeft de organisatie nog niet gereageerd."
    elif missing == every:
        told = f"Op geen van de {wording.spelled(every)} punten heeft de organisatie al gereageerd."
    else:
        which = f"{wording.spelled(missing)} van de {wording.spelled(every)} punten"
        told = f"Op {which} heeft de organisatie nog niet gereageerd."
    yield gap_notice(f"{told} {_WHERE_TO_REPLY}")


_WHERE_TO_REPLY = (
    "Een reactie hoort in het dossier, onder ‘review.replies’, of in het Word-formulier met de "
    "vragen; het rapport dat daarna wordt gemaakt, drukt haar af bij het punt."
)


def _numbered(points: Sequence[Counterpoint], review: Review) -> Iterator[Block]:
    """Yield a paragraph per point, with as few marks as it can do with.

    A checker of the tagged PDF takes every inline mark for a word out of its place.
    """
    for number, point in enumerate(points, start=1):
        reply = literal(wording.one_line(reply_to(point.code, review)))
        told = f"*{wording.REVIEW_LABELS.replies}:* {reply}" if reply else _UNANSWERED
        yield Paragraph(text=f"{number}. {point.text} {told}")


FEW = 3
_UNANSWERED = "**Nog geen reactie.**"


def _not_shown(points: Sequence[Counterpoint], review: Review) -> Iterator[Block]:
    """Yield which replies are to points that this report does not make."""
    made = {point.code for point in points}
    others = [code for code in COUNTERPOINTS if code in review.replies and code not in made]
    if others:
        names = wording.enumerated([wording.gap(f"replies.{code}") for code in others])
        yield Paragraph(text=f"Het dossier bevat ook {_about(len(others), names)} niet opgenomen.")


def _about(number: int, names: str) -> str:
    """Return replies to points that are not made, by name where they are few."""
    if number == 1:
        return (
            f"een reactie op een punt dat in dit rapport niet aan de orde komt: {names}. Dat punt "
            "speelt hier niet; de reactie is daarom"
        )
    if number <= FEW:
        return f"reacties op punten die in dit rapport niet aan de orde komen: {names}. {_NOT_HERE}"
    return (
        f"reacties op {wording.spelled(number)} punten die in dit rapport niet aan de orde komen. "
        f"{_NOT_HERE}"
    )


_NOT_HERE = "Die punten spelen hier niet; de reacties zijn daarom"
