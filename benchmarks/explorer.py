"""How long the explorer lets somebody wait: `python -m benchmarks.explorer`.

One process, as a kernel is: the dossier is analysed, the explorer is shown, and then every slider
and every list is moved on, place after place. Prints the seconds until the explorer is there, and
per control the median and the longest seconds until its sentences have changed, which are sent to
the browser before anything is drawn, and until the figure has. What the browser does with them is
not in it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from balanstest_analysis import analyse
from balanstest_analysis.dossier.loading import load_dossier

SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "balanstest.toml"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one move took.

    Attributes:
        sentences: seconds until the sentences had changed.
        figure: seconds until the figure had too.
    """

    sentences: float
    figure: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how long the first show and every kind of move take."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.explorer")
    parser.add_argument("--moves", type=int, default=20, help="of every control")
    parser.add_argument("--of", type=Path, default=SAMPLE, help="a dossier")
    asked = parser.parse_args(arguments)
    explorer, seconds = first_show(asked.of)
    print(f"{'first show':<44}{seconds:>7.2f} s")
    print(f"{'':<44}{'sentences, longest':>20}{'figure, longest':>20}")
    for name, move in moves_of(explorer):
        answers = [answered(explorer, move) for _ in range(asked.moves)]
        taken = zip(*((a.sentences, a.figure) for a in answers), strict=True)
        told = "".join(f"{median(one):>11.3f}{max(one):>9.3f}" for one in taken)
        print(f"{name:<44}{told}")


def first_show(dossier: Path) -> tuple[Any, float]:
    """Return an explorer as it is shown, and the seconds from an analysis to that.

    Args:
        dossier: its file.
    """
    analysis = analyse(load_dossier(dossier))
    start = time.perf_counter()
    from balanstest_analysis.analysis.explorer.panel import Explorer  # noqa: PLC0415

    class Timed(Explorer):
        """Knows when it began to draw: its sentences had changed by then."""

        began_to_draw = 0.0

        def _draw(self) -> None:
            self.began_to_draw = time.perf_counter()
            super()._draw()

    explorer = Timed(analysis)
    explorer._repr_mimebundle_()
    return explorer, time.perf_counter() - start


def moves_of(explorer: Any) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the name of every control, and a function that moves it one place on."""
    for control in explorer.controls.criteria:
        if control.included is not None:
            control.included.value = True
        for name, slider in control.sliders.items():
            yield f"{control.own.kind}: {name}", partial(_move, slider, len(slider.values))
    for name, chosen in explorer.controls.others.items():
        yield f"list: {name}", partial(_move, chosen, len(chosen.options))
    first = explorer.controls.criteria[0]
    for name, slider in first.sliders.items():
        move = partial(_move, slider, len(slider.values))
        for kind, chosen in explorer.controls.others.items():
            chosen.index = 1
            yield f"{first.own.kind}: {name}, other {kind}", move


def _move(control: Any, places: int) -> None:
    control.index = (control.index + 1) % places


def answered(explorer: Any, move: Callable[[], None]) -> Answer:
    """Return what a move took.

    Args:
        explorer: from `first_show`.
        move: of one of its controls.
    """
    start = time.perf_counter()
    move()
    return Answer(sentences=explorer.began_to_draw - start, figure=time.perf_counter() - start)


if __name__ == "__main__":
    main()
