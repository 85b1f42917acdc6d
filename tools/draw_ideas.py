"""Draw every picture of `docs/method.md`, one per idea: `.venv/bin/python -m tools.draw_ideas`.

As in `tools/draw_method.py`, what is drawn is computed by the code that judges a real history.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure

from balanstest_analysis.statistics.rates import rate_interval
from tools.draw_method import (
    BLUE,
    BRAKES,
    GREY,
    LEVEL,
    MONTHS,
    ORANGE,
    THRESHOLD,
    analysed,
    canvas,
)
from tools.make_pictures import FOLDER, reduced

TRUTH = 0.14 * np.exp(-0.03 * MONTHS)
EFFECTS = (1.0, 2.0, 4.0)
DRAWS_SHOWN = 60
EVENT, OLDER, CALLS = 0.0, -7.0, (-3.5, 0.0, 2.4, 5.0, 9.3)


def months() -> Figure:
    """Return a time line: the latest event before each call, and the month that the call is in."""
    figure, (axes,) = canvas()
    axes.hlines(0, OLDER - 1, 12, color="black", lw=1)
    axes.plot([OLDER, EVENT], [0, 0], "s", color=BLUE, ms=9)
    for place, height in ((OLDER, -0.22), (EVENT, -0.22)):
        axes.text(place, height, "gift", ha="center", va="top", color=BLUE, fontsize=9)
    for call in CALLS:
        # a call on the day of a gift belongs to the one before: it may have brought it about
        start = EVENT if call > EVENT else OLDER
        axes.plot([call], [0.25], "v", color=ORANGE, ms=8)
        month = int(call - start)
        axes.text(call, 0.36, f"month {month}", ha="center", va="bottom", color=ORANGE, fontsize=9)
    axes.plot([], [], "v", color=ORANGE, label="call, with the months since the gift before it")
    axes.legend(fontsize=8, frameon=False, loc="upper left")
    axes.set_ylim(-0.6, 1.2)
    axes.set_yticks([])
    axes.set_xticks(range(-6, 13, 3))
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("months; the second gift is at 0")
    return figure


def design_effect() -> Figure:
    """Return the interval of one rate, for contacts that tell less and less of their own."""
    figure, (axes,) = canvas()
    contacts = np.array([100.0, 200.0, 400.0, 800.0, 1600.0])
    place = np.arange(len(contacts))
    for turn, (effect, colour) in enumerate(zip(EFFECTS, (GREY, BLUE, ORANGE), strict=True)):
        low, high = rate_interval(0.08 * contacts, contacts, design_effect=effect)
        at = place + 0.16 * (turn - 1)
        axes.vlines(
            at, 100 * low, 100 * high, color=colour, lw=3, label=f"design effect {effect:g}"
        )
    axes.hlines(8, -0.4, len(contacts) - 0.6, color="black", lw=0.8)
    axes.set_xticks(place, [f"{n:.0f}" for n in contacts])
    axes.set_xlabel("contacts, of which 8 % converted")
    axes.set_ylabel("95 % interval, %")
    axes.legend(fontsize=8, frameon=False)
    return figure


def curves() -> Figure:
    """Return the families fitted to one history, and their average by weight."""
    outcome = analysed(TRUTH, np.full(36, 500.0), seed=8)
    figure, (axes,) = canvas()
    events, exposure = outcome.counts.events_by_month, outcome.counts.exposure_by_month
    axes.plot(MONTHS, 100 * events / exposure, "o", color=GREY, ms=3.5, label="month")
    for fit in outcome.fits.fits:
        weight = outcome.fits.weights.get(fit.family, 0.0)
        if fit.curve is not None:
            told = f"{fit.family}: {100 * weight:.0f} %"
            axes.plot(MONTHS, 100 * fit.rate(MONTHS), lw=0.6 + 3 * weight, alpha=0.7, label=told)
    axes.plot(MONTHS, 100 * outcome.fits.averaged_rate(), color="black", lw=2, label="average")
    axes.set_ylabel("conversion, %")
    axes.set_ylim(0)
    axes.set_xlim(0, 52)
    axes.set_xticks(range(0, 36, 5))
    axes.legend(fontsize=8, frameon=False, loc="center right")
    return figure


def draws() -> Figure:
    """Return the averaged curve in some of its draws, and the limit that 95 % of them keep to."""
    outcome = analysed(TRUTH, np.full(36, 250.0), seed=8)
    figure, (axes,) = canvas()
    drawn = outcome.resampled.averaged
    axes.plot(MONTHS, 100 * drawn[:DRAWS_SHOWN].T, color=GREY, lw=0.5, alpha=0.6)
    axes.plot([], [], color=GREY, lw=0.8, label=f"{DRAWS_SHOWN} of {len(drawn):,} draws")
    axes.plot(MONTHS, 100 * outcome.fits.averaged_rate(), color=BLUE, label="averaged curve")
    lower = np.quantile(drawn, 1 - LEVEL, axis=0)
    axes.plot(MONTHS, 100 * lower, color=BLUE, ls="--", label="95 % of the draws lie above")
    axes.axhline(100 * THRESHOLD, color=ORANGE, lw=1)
    axes.text(0, 100 * THRESHOLD, " minimum", color=ORANGE, va="bottom", fontsize=8)
    axes.set_ylabel("conversion, %")
    axes.set_ylim(0)
    axes.legend(fontsize=8, frameon=False, loc="upper right")
    return figure


PICTURES: dict[str, Callable[[], Figure]] = {
    "idea-months.png": months,
    "idea-design-effect.png": design_effect,
    "idea-curves.png": curves,
    "idea-draws.png": draws,
    **BRAKES,
}


def main() -> None:
    """Draw every picture."""
    for name, draw in PICTURES.items():
        reduced(draw()).save(FOLDER / name, optimize=True)
        print(f"{name}: {(FOLDER / name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
