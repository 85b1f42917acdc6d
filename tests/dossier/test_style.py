"""The colour and the logo of a dossier are taken, or refused in one sentence that helps."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import DossierError
from tests.dossier.test_dossier import BARE
from tests.logos import SVG_LOGO, png_logo


def written(folder: Path, style: str) -> Path:
    path = folder / "balanstest.toml"
    path.write_text(f"{BARE}[style]\n{style}\n", "utf-8")
    return path


def test_a_dossier_without_style_has_no_colour_and_no_logo(tmp_path: Path) -> None:
    dossier = load_dossier(written(tmp_path, ""))

    assert (dossier.style.accent, dossier.logo) == (None, None)


def test_colour_and_logo_are_taken_as_the_dossier_states_them(tmp_path: Path) -> None:
    (tmp_path / "beeld").mkdir()
    (tmp_path / "beeld" / "日本.png").write_bytes(png_logo())
    dossier = load_dossier(written(tmp_path, 'accent = "#00695C"\nlogo = "beeld/日本.png"'))

    assert dossier.style.accent == "#00695c"
    assert dossier.logo is not None
    assert dossier.logo.kind == "png"


def test_a_logo_stays_as_it_was_when_the_dossier_was_read(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG_LOGO)
    dossier = load_dossier(written(tmp_path, 'logo = "logo.svg"'))
    (tmp_path / "logo.svg").write_bytes(png_logo())

    assert dossier.logo is not None
    assert dossier.logo.kind == "svg"


def test_a_light_colour_is_refused_by_key_value_and_ratio(tmp_path: Path) -> None:
    with pytest.raises(DossierError) as refused:
        load_dossier(written(tmp_path, 'accent = "#ffcc00"'))

    assert str(refused.value) == (
        "`balanstest.toml`: in `style.accent`, the colour '#ffcc00' has a contrast of 1.51 to 1 "
        "against white; allowed is 4.5 to 1 or more (WCAG 2.1), so choose a darker colour."
    )


def test_an_unknown_key_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match="Allowed are accent, logo"):
        load_dossier(written(tmp_path, 'colour = "#000000"'))


REFUSED = {
    "none": (lambda _: None, "is not there; correct the path"),
    "a folder": (lambda path: path.mkdir(), "cannot be read"),
    "a pipe": (os.mkfifo, "cannot be read (it is a pipe, not a file)"),
    "too large": (lambda path: path.write_bytes(bytes(500_001)), "is larger than 500 kB"),
    "a photograph": (lambda path: path.write_bytes(b"\xff\xd8\xff"), "is no PNG and no SVG"),
    "a script": (lambda path: path.write_bytes(b"<svg><script/></svg>"), "has a script"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_logo_that_cannot_be_shown_is_refused_by_name(tmp_path: Path, case: str) -> None:
    make, why = REFUSED[case]
    make(tmp_path / "logo.svg")
    with pytest.raises(DossierError) as refused:
        load_dossier(written(tmp_path, 'logo = "logo.svg"'))

    told = str(refused.value)
    assert told.startswith(f"`balanstest.toml`: `style.logo` is 'logo.svg', which {why}")
    assert told.endswith(".")
    assert str(tmp_path) not in told
