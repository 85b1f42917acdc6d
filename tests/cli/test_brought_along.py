"""The commands that bring the sample and the notebooks."""

from __future__ import annotations

from pathlib import Path

from balanstest_analysis.dossier.loading import load_dossier
from tests.command_line import run_command

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def test_the_sample_is_brought_whole_and_loads(tmp_path: Path) -> None:
    done = run_command("sample", "voorbeeld", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "balanstest report voorbeeld" in done.stdout
    assert load_dossier(tmp_path / "voorbeeld" / "balanstest.toml").organisation.fictitious
    brought = {file.name: file.read_bytes() for file in (tmp_path / "voorbeeld").iterdir()}
    kept = [*SAMPLE.glob("*.toml"), *SAMPLE.glob("*.csv"), SAMPLE / ".balanstest-key"]
    assert brought == {file.name: file.read_bytes() for file in kept}


def test_a_second_sample_overwrites_nothing(tmp_path: Path) -> None:
    run_command("sample", "voorbeeld", cwd=tmp_path)
    dossier = tmp_path / "voorbeeld" / "balanstest.toml"
    dossier.write_text("mijn werk")
    done = run_command("sample", "voorbeeld", cwd=tmp_path)
    assert done.returncode == 2
    assert "would be overwritten. Choose another folder." in done.stderr
    assert dossier.read_text() == "mijn werk"


def test_notebooks_beside_a_dossier_open_it_without_a_word(tmp_path: Path) -> None:
    run_command("sample", ".", cwd=tmp_path)
    done = run_command("notebooks", ".", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert 'dossier: str = \\"balanstest.toml\\"' in (tmp_path / "verkenning.ipynb").read_text()


def test_notebooks_without_a_dossier_say_how_to_make_one(tmp_path: Path) -> None:
    done = run_command("notebooks", "boeken", cwd=tmp_path)
    assert done.returncode == 0
    assert "balanstest.toml, which is not there yet: make it with `balanstest init`" in done.stderr
    assert len(done.stdout.split()) == 4
