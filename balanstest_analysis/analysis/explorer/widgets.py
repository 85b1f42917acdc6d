"""Two small widgets of our own: a slider with a name, and text that tells its changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import anywidget
import traitlets

from balanstest_analysis.analysis.explorer.choices import Value

_HERE = Path(__file__).parent


class Slider(anywidget.AnyWidget):
    """A slider over values that are printed in words.

    The sliders of ipywidgets have no name for a screen reader and tell a position instead of a
    value; this one is the slider of the browser.

    Args:
        label: its name.
        options: words and value of each step, ascending.
        value: where it starts, one of the values.
    """

    _esm = _HERE / "slider.js"
    _css = _HERE / "explorer.css"
    label = traitlets.Unicode().tag(sync=True)
    words = traitlets.List(traitlets.Unicode()).tag(sync=True)
    index = traitlets.Int().tag(sync=True)

    def __init__(self, label: str, options: Sequence[tuple[str, Value]], value: Value) -> None:
        self.values = [given for _, given in options]
        words = [word for word, _ in options]
        super().__init__(label=label, words=words, index=self.values.index(value))

    @property
    def value(self) -> Value:
        """The value it stands at; setting it moves the slider."""
        return self.values[self.index]

    @value.setter
    def value(self, value: Value) -> None:
        self.index = self.values.index(value)


class LiveText(anywidget.AnyWidget):
    """Sentences that a screen reader tells by itself when they change; the first stands out.

    Args:
        asleep: what to say when the kernel is gone, and with it whatever follows the controls;
            with nothing to say it stays as it is.
        seen: called when a person comes back to it, in this window or from another.
    """

    _esm = _HERE / "live.js"
    _css = _HERE / "explorer.css"
    sentences = traitlets.List(traitlets.Unicode()).tag(sync=True)
    asleep = traitlets.Unicode().tag(sync=True)

    def __init__(self, *, asleep: str = "", seen: Callable[[], None] = lambda: None) -> None:
        super().__init__(asleep=asleep)
        self.on_msg(lambda *_: seen())
