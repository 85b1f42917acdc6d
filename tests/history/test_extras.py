"""How packages are added to the environment that this one runs in."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.history.engines.extras import adding, manager, setting_up_again

RECEIPTS = {"pipx": "pipx_metadata.json", "uv": "uv-receipt.toml", "pip": "pyvenv.cfg"}


@pytest.mark.parametrize("name", RECEIPTS)
def test_what_made_an_environment_is_seen_by_what_it_leaves_there(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / RECEIPTS[name]).touch()
    assert manager(tmp_path) == name
    assert setting_up_again(tmp_path).split()[0] == name


def test_pipx_is_told_the_packages_for_it_looks_for_ours_on_an_index(tmp_path: Path) -> None:
    (tmp_path / RECEIPTS["pipx"]).touch()
    assert adding("lab", tmp_path).startswith("pipx inject balanstest-analysis anywidget ")
    assert "jupyterlab" in adding("lab", tmp_path).split()
    assert adding("postgres", tmp_path) == 'pipx inject balanstest-analysis "psycopg[binary]"'


def test_uv_is_told_the_wheel(tmp_path: Path) -> None:
    (tmp_path / RECEIPTS["uv"]).touch()
    told = adding("spark", tmp_path)
    assert told.startswith('uv tool install --force "balanstest_analysis-')
    assert told.endswith('-py3-none-any.whl[spark]"')


def test_a_command_of_uvx_asks_for_the_extra_itself(tmp_path: Path) -> None:
    made = tmp_path / "archive-v0" / "u4lbjudHfYe9rI91"
    assert manager(made) == "uvx"
    told = adding("lab", made)
    assert told.startswith('uvx --from "balanstest_analysis-')
    assert told.endswith('-py3-none-any.whl[lab]" balanstest')
    assert setting_up_again(made).startswith("uvx --refresh --from balanstest_analysis-")


def test_pip_finds_the_package_where_it_is(tmp_path: Path) -> None:
    assert adding("postgres", tmp_path) == 'pip install "balanstest-analysis[postgres]"'
