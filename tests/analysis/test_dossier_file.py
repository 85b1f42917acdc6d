"""Whether the file of an explored dossier is still what was analysed."""

from __future__ import annotations

import shutil
from pathlib import Path

from balanstest_analysis import load_dossier
from balanstest_analysis.analysis.explorer.dossier_file import DossierFile
from balanstest_analysis.analysis.explorer.words import changed_meanwhile, take_care

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def test_a_change_elsewhere_is_noticed_until_it_is_undone(tmp_path: Path) -> None:
    path = Path(shutil.copytree(SAMPLE, tmp_path / "kopie")) / "balanstest.toml"
    file, text = DossierFile(load_dossier(path)), path.read_text("utf-8")
    assert file.notices() == ()
    path.write_text(text + "\n# een opmerking verandert niets\n", "utf-8")
    assert file.notices() == ()
    path.write_text(text.replace("0.066", "0.0661", 1), "utf-8")
    assert file.notices() == (take_care(changed_meanwhile(path.name)),)
    path.write_text(text, "utf-8")
    assert file.notices() == ()
    path.unlink()
    assert "verdwenen" in file.notices()[0]
