"""Draw what a person sees of `init`, `check` and the explorer, for the tutorial.

Run it with `.venv/bin/python -m tools.draw_screens`. Commands become SVG, with their words as text;
the explorer is seen in JupyterLab, in a browser that has to be there.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from tests.command_line import run_command
from tests.jupyter_server import running_lab
from tests.notebook_page import Notebook, running_browser
from tools.make_pictures import COLOURS, FOLDER

COLUMNS, LINES = 104, 34
SEED, CONTACTS = 1, 6000
FONTS = re.compile(r"@font-face \{\{.*?\}\}\s*", re.DOTALL)  # the theme of rich loads them


def terminal(title: str, printed: str) -> bytes:
    """Return a terminal with the first lines that a command printed, as SVG.

    Args:
        title: above the window.
        printed: with the codes of colours.
    """
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    lines = Text.from_ansi(printed).wrap(console, COLUMNS)
    for line in lines[:LINES]:
        console.print(line, end="\n")
    if len(lines) > LINES:
        console.print("...")
    drawn = console.export_svg(
        title=title, code_format=FONTS.sub("", CONSOLE_SVG_FORMAT), unique_id=title.split()[1]
    )
    return drawn.encode()


def of_command(command: str) -> bytes:
    """Return what a command prints about a made-up history, in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = ("simulate", "vuurtoren", "--contacts", CONTACTS, "--seed", SEED)
        run_command(*made, cwd=folder)
        done = run_command(*command.split(), cwd=folder, FORCE_COLOR="1", COLUMNS=str(COLUMNS))
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stderr)
    return terminal(f"balanstest {command}", done.stdout + done.stderr)


def init_screen() -> bytes:
    """Return what `init` tells of four exports."""
    tables = " ".join(f"vuurtoren/{t}.csv" for t in ("calls", "events", "objections", "complaints"))
    return of_command(f"init mijn-dossier --from {tables}")


def check_screen() -> bytes:
    """Return what `check` tells of a dossier."""
    return of_command("check vuurtoren/balanstest.toml")


def explorer_screen() -> bytes:
    """Return the explorer, with a threshold that was moved."""
    with (
        tempfile.TemporaryDirectory() as name,
        running_lab(Path(name)) as lab,
        running_browser() as browser,
    ):
        notebook = Notebook(browser, lab, "verkenning.ipynb")
        notebook.page.set_viewport_size({"width": 1200, "height": 1400})
        notebook.run_all()
        slider = notebook.page.get_by_role("slider", name="Verzet: drempelwaarde")
        slider.wait_for()
        slider.focus()
        for _ in range(5):
            notebook.page.keyboard.press("ArrowRight")
        notebook.page.get_by_role("status").filter(has_text="naar 7,1%").wait_for()
        notebook.page.wait_for_timeout(3000)  # the figure follows the words
        seen = notebook.page.locator(".balanstest-explorer").screenshot()
    buffer = io.BytesIO()
    small = Image.open(io.BytesIO(seen)).convert("RGB").quantize(COLOURS)
    small.save(buffer, format="png", optimize=True)
    return buffer.getvalue()


SCREENS: dict[str, Callable[[], bytes]] = {
    "screen-init.svg": init_screen,
    "screen-check.svg": check_screen,
    "screen-explorer.png": explorer_screen,
}


def main() -> None:
    """Draw every screen."""
    for name, draw in SCREENS.items():
        (FOLDER / name).write_bytes(draw())
        print(f"{name}: {(FOLDER / name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
