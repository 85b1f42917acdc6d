"""The explorer itself: controls beside the proposal, and a button that fills the dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from html import escape

import ipywidgets as widgets

from balanstest_analysis.analysis.explorer import words
from balanstest_analysis.analysis.explorer.adoption import SETTING, adopt, needs_reasons
from balanstest_analysis.analysis.explorer.choices import Choices, changes_of, weighing_criterion
from balanstest_analysis.analysis.explorer.controls import (
    Controls,
    CriterionControls,
    criterion_controls,
    other_controls,
    setting_reason,
)
from balanstest_analysis.analysis.explorer.dossier_file import DossierFile
from balanstest_analysis.analysis.explorer.exploration import Exploration
from balanstest_analysis.analysis.explorer.widgets import LiveText
from balanstest_analysis.analysis.method import Analysis
from balanstest_analysis.analysis.shown_results import ShownProposal
from balanstest_analysis.document.blocks import Fragment
from balanstest_analysis.document.blocks.html import html_of
from balanstest_analysis.document.wording import OUTCOME_WORDS
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.history.month_table import JOINT_OUTCOMES
from balanstest_analysis.published.names import JOINT_KINDS
from balanstest_analysis.term.weight_frontier import cost_in_conversions


class Explorer:
    """Sliders and choices over an analysis, with the figure and the proposal that follow.

    Args:
        analysis: of the dossier that is explored.

    Attributes:
        controls: the sliders and choices; setting their values is as good as moving them.
        explored: what the choices of this moment lead to.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._begin(analysis)
        self._live = LiveText(asleep=words.ASLEEP, seen=self._tell)
        self._picture = widgets.HTML()
        self._told = LiveText()
        self._button = widgets.Button(
            description="Neem over in dossier", button_style="primary", layout={"width": "16em"}
        )
        self._button.on_click(lambda _: self._adopt_now())
        self._figure = self._figures()
        self._figure.observe(lambda _: self._draw(), "value")
        self.controls.observe(self._follow)
        self._box = widgets.VBox([*self._parts()])
        self._box.add_class("balanstest-explorer")
        self._follow()

    def _begin(self, analysis: Analysis) -> None:
        self._exploration = Exploration(analysis)
        self._file = DossierFile(analysis.dossier)
        self._settings_reason = setting_reason()
        self.controls = Controls(
            criteria=[*_criteria(analysis)], others=other_controls(self._exploration.others)
        )
        self._own = self.explored = self._exploration.see(Choices.of(analysis.dossier))
        self._static = Fragment(blocks=words.static_blocks(self.explored))

    @property
    def analysis(self) -> Analysis:
        """What is explored."""
        return self._exploration.analysis

    @property
    def proposal(self) -> ShownProposal:
        """The proposal that the choices of this moment lead to, as it may be published."""
        return self.explored.proposal

    def _figures(self) -> widgets.Dropdown:
        shown = [(OUTCOME_WORDS[name].label, name) for name in self.explored.result.shown_outcomes]
        return widgets.Dropdown(
            options=[*((label, key) for key, label in words.FIGURES.items()), *shown],
            description="Figuur",
        )

    def _parts(self) -> Iterator[widgets.DOMWidget]:
        yield widgets.HTML(f"<p>{escape(words.HOW_TO)}</p>")
        for control in self.controls.criteria:
            yield from control.parts()
        yield from self.controls.others.values()
        yield self._live
        yield self._figure
        yield self._picture
        yield widgets.HTML(f"<p>{escape(words.ADOPTION)}</p>")
        yield from (control.reason for control in self.controls.criteria)
        yield self._settings_reason
        yield self._button
        yield self._told

    def _follow(self) -> None:
        """Bring everything that is shown in line with the controls."""
        self.explored = self._exploration.see(self.controls.choices())
        self._tell()
        self._draw()
        self._ask_reasons()

    def _tell(self) -> None:
        """Say what the choices lead to, and whether the dossier was changed by others."""
        own = self._own.proposal.term_months
        changes = changes_of(self.analysis.dossier, self.explored.choices)
        told = words.sentences(self.explored, own, changes)
        self._live.sentences = [*told, *self._file.notices()]

    def _draw(self) -> None:
        drawn = html_of(words.picture_blocks(self.explored, self._figure.value))
        named = f'role="group" tabindex="0" aria-label="{escape(words.FIGURE_REGION)}"'
        self._picture.value = f'<div class="balanstest-figure" {named}>{drawn}</div>'

    def _ask_reasons(self) -> None:
        needed = needs_reasons(self.analysis.dossier, self.explored.choices)
        for name, field in self._reasons().items():
            field.layout.display = "flex" if name in needed else "none"
        for control in self.controls.criteria:
            control.show_sliders()
        other = self.explored.choices.other
        self._button.disabled = not needed or (other is not None and not other.is_setting)

    def _reasons(self) -> dict[str, widgets.Textarea]:
        found = {control.own.name: control.reason for control in self.controls.criteria}
        return {**found, SETTING: self._settings_reason}

    def adopt(self, reasons: dict[str, str], date: dt.date) -> Dossier:
        """Return the dossier after writing the choices of this moment into its file.

        Args:
            reasons: by name of the changed criterion; a changed setting under ``"settings"``.
            date: of the change.

        Raises:
            BalanstestError: see `adoption.adopt`.
        """
        return adopt(
            self.explored,
            before=self.analysis.dossier,
            proposal=self._own.proposal,
            reasons=reasons,
            date=date,
        )

    def _adopt_now(self) -> None:
        reasons = {name: field.value for name, field in self._reasons().items()}
        needed = needs_reasons(self.analysis.dossier, self.explored.choices)
        missing = tuple(name for name in needed if not reasons[name].strip())
        if missing:
            self._told.sentences = [words.missing_reasons(missing)]
            return
        try:
            # the one thing here that happens on a day: someone decides after seeing the outcomes
            written = self.adopt(reasons, dt.date.today())  # noqa: TID251
        except BalanstestError as error:
            self._told.sentences = [str(error)]
            return
        self._told.sentences = [words.adopted(written.path.name)]

    def _repr_mimebundle_(self, **choice: object) -> dict[str, str]:
        widget = self._box._repr_mimebundle_(**choice)
        shown = widget[0] if isinstance(widget, tuple) else widget
        return {**shown, **self._static._repr_mimebundle_()}


def _criteria(analysis: Analysis) -> Iterator[CriterionControls]:
    dossier = analysis.dossier
    for criterion in dossier.criteria:
        yield criterion_controls(criterion)
    weighed = any(criterion.kind in JOINT_KINDS for criterion in dossier.criteria)
    table = analysis.exact.exposure.month_table
    delivered = {name.removeprefix("joint_") for name in JOINT_OUTCOMES} <= table.available
    if not weighed and delivered:
        yield criterion_controls(weighing_criterion(cost_in_conversions(dossier)), optional=True)
