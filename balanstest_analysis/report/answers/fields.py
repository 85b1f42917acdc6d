"""What of a dossier is written by people: each place with its key, its name and its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from balanstest_analysis.document import wording
from balanstest_analysis.document.wording import (
    COUNTERPOINT_NAMES,
    DPO_STATUSES,
    PROCESSING_LABELS,
    REVIEW_LABELS,
)
from balanstest_analysis.document.wording.compliance import RULES
from balanstest_analysis.dossier.criteria import demand_of
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.questionnaire import looked_for, questionnaire
from balanstest_analysis.dossier.statements import CONDITIONS, OLDER_NUMBERS
from balanstest_analysis.report.answers import setting_aside
from balanstest_analysis.report.answers.facts import Facts

Kind: TypeAlias = Literal["prose", "words", "names", "line", "day", "yes_no", "number", "status"]
Value: TypeAlias = str | bool | int | dt.date | list[str] | None
BLOCKS: Final = ("prose", "words", "names")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A place of a dossier that a person fills in.

    Attributes:
        path: keys of the dossier, and numbers of tables in a list.
        label: in Dutch.
        kind: how it is written: ``"prose"`` has lists and tables, ``"words"`` paragraphs,
            ``"names"`` one to a line; the others stand on one line.
        value: what the dossier says now, or None.
    """

    path: tuple[str | int, ...]
    label: str
    kind: Kind
    value: Value

    @property
    def key(self) -> str:
        """The path as it is printed, such as ``measures[1].owner``."""
        parts = (f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in self.path)
        return "".join(parts).removeprefix(".")

    @property
    def is_block(self) -> bool:
        """Whether it takes lines of its own."""
        return self.kind in BLOCKS


@dataclass(frozen=True, kw_only=True)
class Group:
    """Places under one heading, with what helps to fill them in.

    Attributes:
        title: of the heading; empty for more of the group before it.
        level: of the heading, 1 or 2.
        help: what an answer says.
        committee: what a committee looks for.
        fg: what a data protection officer looks for.
        facts: what the report will say beside it.
        fields: the places.
    """

    title: str
    level: int = 2
    help: str = ""
    committee: tuple[str, ...] = ()
    fg: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()


class Form:
    """The places of one dossier.

    Args:
        dossier: checked.
        raw: as its file says it.
        facts: of its report, if there is one.
        whole: whether to give every place there can be, also replies to points nobody makes.
    """

    def __init__(
        self, dossier: Dossier, raw: Mapping[str, object], facts: Facts, *, whole: bool = False
    ) -> None:
        self._dossier, self._facts, self._whole = dossier, facts, whole
        self._raw: Any = raw

    def groups(self) -> Iterator[Group]:
        """Yield the groups in the order of the report."""
        yield from self._questions()
        yield from self._conditions()
        yield from self._criteria()
        yield from self._set_aside()
        yield from self._replies()
        yield from self._measures()
        yield from self._review()
        yield from self._decision()
        yield from self._processing()

    def fields(self) -> dict[str, Field]:
        """Return every place by its key."""
        return {field.key: field for group in self.groups() for field in group.fields}

    def _field(self, kind: Kind, label: str, *path: str | int) -> Field:
        value: Any = self._raw
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                value = None
        return Field(path=path, label=label, kind=kind, value=value)

    def _questions(self) -> Iterator[Group]:
        asked = questionnaire(self._dossier.template)
        for number, title in asked.chapters.items():
            yield Group(title=f"{number}. {title}", level=1)
            for one in asked.questions:
                if one.number.startswith(number):
                    judged = looked_for(one)
                    label = f"Uw antwoord op vraag {one.number}"
                    yield Group(
                        title=f"{one.number}. {one.title}",
                        help=one.help,
                        committee=judged.committee,
                        fg=judged.fg,
                        facts=self._facts.questions.get(one.number, ()),
                        fields=(self._field("prose", label, "answers", one.number),),
                    )

    def _conditions(self) -> Iterator[Group]:
        if not (self._dossier.regime.needs_ground or self._raw.get("conditions")):
            return
        yield Group(title="De vijf voorwaarden", level=1, help=_CONDITIONS)
        texts = wording.condition_texts(self._dossier.organisation.sectors)
        for name in CONDITIONS:
            place = ("conditions", name)
            older = (
                [self._field("yes_no", _OLDER, *place, "collected_before_july_2021")]
                if name in OLDER_NUMBERS
                else []
            )
            yield Group(
                title=texts[name],
                fields=(
                    self._field("yes_no", "Is hieraan voldaan? (ja of nee)", *place, "met"),
                    *older,
                    self._field("words", "Toelichting", *place, "explanation"),
                ),
            )

    def _criteria(self) -> Iterator[Group]:
        yield Group(title="De criteria en hun redenen", level=1, help=_CRITERIA)
        for number, one in enumerate(self._dossier.criteria):
            demand = wording.norm(demand_of(one), self._dossier.settings.denominator)
            yield Group(
                title=one.name,
                help=f"De eis: {demand}.",
                fields=(self._field("words", "Reden", "criteria", number, "reason"),),
            )

    def _set_aside(self) -> Iterator[Group]:
        """Yield the criteria that may be left out: those that were not tested, or are left out."""
        asked = []
        for number, one in enumerate(self._dossier.criteria):
            stated = setting_aside.reason_for(self._raw, one.name)
            if self._whole or stated is not None or one.name in self._facts.untested:
                path = (setting_aside.KEY, setting_aside.place_of(number), "reason")
                field = Field(path=path, label=_ASIDE_LABEL, kind="words", value=stated)
                asked.append(Group(title=one.name, fields=(field,)))
        if asked:
            yield Group(title="Criteria die niet konden worden getoetst", level=1, help=_ASIDE)
            yield from asked

    def _replies(self) -> Iterator[Group]:
        given = self._raw.get("review", {}).get("replies", {})
        known = {**dict.fromkeys(self._facts.counterpoints), **dict.fromkeys(given)}
        codes = COUNTERPOINT_NAMES if self._whole else [c for c in COUNTERPOINT_NAMES if c in known]
        help_ = _REPLIES if self._facts.exist else _NO_REPORT
        yield Group(title="Reacties op wat tegen het voorstel pleit", level=1, help=help_)
        for code in codes:
            point = self._facts.counterpoints.get(code, "")
            yield Group(
                title=wording.capital(COUNTERPOINT_NAMES[code]),
                facts=(point,) if point else (),
                fields=(self._field("words", "Uw reactie", "review", "replies", code),),
            )

    def _measures(self) -> Iterator[Group]:
        yield Group(title="Maatregelen bij overtredingen", level=1, help=_MEASURES)
        stated: Sequence[Any] = self._raw.get("measures", [])
        for number, measure in enumerate(stated):
            yield self._measure(measure["finding"], "measures", number)
        there = {measure["finding"] for measure in stated}
        for code in RULES:
            if code not in there and (self._whole or code in self._facts.breaches):
                yield self._measure(code, "measures", code)

    def _measure(self, code: str, *place: str | int) -> Group:
        found = self._facts.breaches.get(code)
        return Group(
            title=RULES[code],
            facts=(f"In de belhistorie gevonden: {found}.",) if found else (),
            fields=(
                self._field("words", "Maatregel", *place, "measure"),
                self._field("line", "Verantwoordelijke (functie)", *place, "owner"),
                self._field("day", "Uiterlijk gereed op (dag maand jaar)", *place, "by"),
                self._field("day", "Gedaan op (dag maand jaar)", *place, "done_on"),
            ),
        )

    def _review(self) -> Iterator[Group]:
        statuses = ", ".join(DPO_STATUSES.values())
        kinds: tuple[tuple[Kind, str, str], ...] = (
            ("prose", "dpo_opinion", "Het advies, in de woorden van de FG"),
            ("status", "dpo_status", f"Oordeel van de FG ({statuses})"),
            ("day", "dpo_date", "Datum van het oordeel (dag maand jaar)"),
            ("yes_no", "dpo_followed", "Opgevolgd (ja of nee)"),
            ("words", "dpo_followed_reason", REVIEW_LABELS.dpo_followed_reason),
            ("prose", "people_asked", "Hoe zijn zij naar hun mening gevraagd, of waarom niet?"),
            ("line", "dpia_reference", "DPIA (titel, versie en datum)"),
            ("day", "review_date", "Datum van herziening (dag maand jaar)"),
            ("names", "signatories", "Wie tekenen (functies, één per regel)"),
            ("prose", "necessity", "Waarom volstaat een minder ingrijpende weg niet?"),
            ("words", "reason_for_longer_term", REVIEW_LABELS.reason_for_longer_term),
        )
        fields = {name: self._field(kind, label, "review", name) for kind, name, label in kinds}
        officer = [field for name, field in fields.items() if name.startswith("dpo_")]
        yield Group(title="Adviezen en vaststelling", level=1)
        yield Group(title=REVIEW_LABELS.dpo_opinion, fields=tuple(officer))
        yield Group(title=REVIEW_LABELS.people_asked, fields=(fields["people_asked"],))
        yield Group(title=REVIEW_LABELS.necessity, fields=(fields["necessity"],))
        rest = ("dpia_reference", "review_date", "signatories", "reason_for_longer_term")
        yield Group(
            title="DPIA, herziening en ondertekening", fields=tuple(fields[n] for n in rest)
        )

    def _decision(self) -> Iterator[Group]:
        yield Group(
            title="Het besluit",
            level=1,
            help=_DECISION,
            facts=self._facts.proposal,
            fields=(
                self._field("number", "Termijn in maanden", "decision", "term_months"),
                self._field("day", "Genomen op (dag maand jaar)", "decision", "decided_on"),
                self._field("line", "Genomen door (functie)", "decision", "decided_by"),
                self._field("words", "Reden", "decision", "reason"),
            ),
        )

    def _processing(self) -> Iterator[Group]:
        yield Group(
            title="Verantwoording van deze verwerking",
            level=1,
            help="Deze analyse is zelf ook een verwerking van persoonsgegevens.",
            fields=tuple(
                self._field("words", label, "processing", name)
                for name, label in PROCESSING_LABELS.items()
            ),
        )


_OLDER: Final = "Zo nee: alleen bij nummers van vóór 1 juli 2021? (ja of nee)"
_CONDITIONS: Final = "Aan alle vijf moet zijn voldaan om op grond van een klantrelatie te bellen."
_CRITERIA: Final = (
    "De grenzen zelf staan hier ter informatie en zijn alleen in het dossier te wijzigen. Geen "
    "bron schrijft een grens voor: geef bij elk de reden."
)
_ASIDE_LABEL: Final = "Reden om het terzijde te leggen"
_ASIDE: Final = (
    "Meer gegevens zijn beter. Alleen met een reden kan een criterium buiten beschouwing blijven; "
    "die staat op de eerste bladzijde, en het voorstel is dan voorlopig."
)
_REPLIES: Final = "Het rapport noemt deze punten. Reageer op elk punt; uw reactie komt eronder."
_NO_REPORT: Final = (
    "Welke punten het rapport noemt, volgt uit de gegevens. Maak eerst een conceptrapport; daarna "
    "staan zij hier."
)
_MEASURES: Final = (
    "Noem bij elke overtreding die in de belhistorie is gevonden wat u doet, wie daarvoor "
    "verantwoordelijk is, en wanneer het is gedaan of uiterlijk wordt gedaan."
)
_DECISION: Final = (
    "De organisatie besluit; het rapport zet besluit en voorstel naast elkaar. Met 0 maanden "
    "besluit u geen oud-klanten te bellen."
)
