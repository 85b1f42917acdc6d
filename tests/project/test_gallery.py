"""The gallery and the screens of the documentation: what they show is what there is."""

from __future__ import annotations

from pathlib import Path

from tools.draw_gallery import KINDS, PAGE, gallery, reports
from tools.draw_screens import SCREENS
from tools.make_pictures import FOLDER


def test_the_gallery_says_of_ten_kinds_what_their_reports_say(tmp_path: Path) -> None:
    made = reports(tmp_path)
    assert PAGE.read_text("utf-8") == gallery(made)
    assert len({report.result.proposal.status for report in made.values()}) == 5
    assert len(KINDS) == 10


def test_the_screens_of_commands_are_what_the_commands_print() -> None:
    for name, draw in SCREENS.items():
        if name.endswith(".svg"):
            assert (FOLDER / name).read_bytes() == draw(), "run `python -m tools.draw_screens`"
