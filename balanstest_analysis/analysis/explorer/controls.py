"""The sliders and choices of the explorer, each with its label."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ipywidgets as widgets
from traitlets import Bunch

from balanstest_analysis.analysis.explorer.choices import FIELDS, Choices, Other, scale, with_value
from balanstest_analysis.analysis.explorer.widgets import Slider
from balanstest_analysis.analysis.explorer.words import AS_STATED, LABELS, label_of, other_label
from balanstest_analysis.document.wording.changes import stated_value
from balanstest_analysis.dossier.criteria import Criterion

COUNTING = "counting"
NONE = ""


@dataclass(frozen=True, kw_only=True)
class CriterionControls:
    """The controls of one criterion.

    Attributes:
        own: the criterion as it is without a change.
        sliders: by field.
        reason: where a new reason is written.
        included: whether the criterion takes part, or None where it always does.
    """

    own: Criterion
    sliders: Mapping[str, Slider]
    reason: widgets.Textarea
    included: widgets.Checkbox | None = None

    def criterion(self) -> Criterion | None:
        """Return the criterion as it is set, or None where it does not take part."""
        if self.included is not None and not self.included.value:
            return None
        found = self.own
        for name, slider in self.sliders.items():
            found = with_value(found, name, slider.value)
        return found

    def show_sliders(self) -> None:
        """Show the sliders of a criterion that takes part, and hide the others."""
        shown = self.included is None or self.included.value
        for slider in self.sliders.values():
            slider.layout.display = "block" if shown else "none"

    def parts(self) -> list[widgets.DOMWidget]:
        """Return the controls in reading order."""
        return [*([] if self.included is None else [self.included]), *self.sliders.values()]


@dataclass(frozen=True, kw_only=True)
class Controls:
    """Every control of the explorer.

    Attributes:
        criteria: in the order of the dossier, perhaps with one more.
        others: the other ways to look, by kind; at most one differs from the dossier.
    """

    criteria: Sequence[CriterionControls]
    others: Mapping[str, widgets.Dropdown]

    def choices(self) -> Choices:
        """Return what is chosen now."""
        criteria = (control.criterion() for control in self.criteria)
        chosen = [c.value for c in self.others.values() if c.value != NONE]
        return Choices(
            criteria=tuple(criterion for criterion in criteria if criterion is not None),
            other=chosen[0] if chosen else None,
        )

    def observe(self, changed: Callable[[], None]) -> None:
        """Call a function after every change of a control.

        Args:
            changed: without arguments.
        """
        for control in self.criteria:
            for slider in control.sliders.values():
                slider.observe(lambda _: changed(), "index")
            if control.included is not None:
                control.included.observe(lambda _: changed(), "value")
        for kind, control in self.others.items():
            control.observe(lambda event, kind=kind: self._chosen(kind, event, changed), "value")

    def _chosen(self, kind: str, event: Bunch, changed: Callable[[], None]) -> None:
        """Take back another choice when a new one is made: one at a time."""
        rest = [c for name, c in self.others.items() if name != kind and c.value != NONE]
        if event.new != NONE and rest:
            for control in rest:
                control.value = NONE
        else:
            changed()


def criterion_controls(criterion: Criterion, *, optional: bool = False) -> CriterionControls:
    """Return sliders for what can be changed about a criterion.

    Args:
        criterion: as it is without a change.
        optional: whether it takes part only when asked.
    """
    return CriterionControls(
        own=criterion,
        sliders={name: _slider(criterion, name) for name in FIELDS[criterion.kind]},
        reason=_reason(criterion.name),
        included=_included() if optional else None,
    )


def _slider(criterion: Criterion, field: str) -> Slider:
    values = scale(criterion, field)
    return Slider(
        label_of(criterion.name, field),
        [(stated_value(criterion.kind, field, value), value) for value in values],
        getattr(criterion, field),
    )


def _included() -> widgets.Checkbox:
    words = "Weeg verzet en klachten mee"
    return widgets.Checkbox(description=words, indent=False, layout={"width": "100%"})


def _reason(name: str) -> widgets.Textarea:
    return widgets.Textarea(
        description=f"Nieuwe reden: {name}",
        placeholder="Waarom is deze grens juist?",
        style={"description_width": "24em"},
        layout={"width": "60em", "max_width": "100%", "display": "none"},
    )


def setting_reason() -> widgets.Textarea:
    """Return where the reason of another way of counting is written."""
    return _reason("wijze van tellen")


def other_controls(others: Mapping[str, Sequence[Other]]) -> dict[str, widgets.Dropdown]:
    """Return a list to choose from per kind of other way to look, where there is one.

    Args:
        others: by choice; see `Exploration.others`.
    """
    settings = [other for found in others.values() for other in found if other.is_setting]
    found = {COUNTING: settings, **{kind: [*others.get(kind, ())] for kind in AS_STATED}}
    found[COUNTING] = settings
    return {kind: _dropdown(kind, given) for kind, given in found.items() if given}


def _dropdown(kind: str, others: Sequence[Other]) -> widgets.Dropdown:
    return widgets.Dropdown(
        options=[(AS_STATED[kind], NONE), *((other_label(other), other) for other in others)],
        value=NONE,
        description=LABELS[kind],
        style={"description_width": "24em"},
        layout={"width": "60em", "max_width": "100%"},
    )
