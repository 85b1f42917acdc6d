"""The file of the secret is its owner's alone, or it is refused."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest

from balanstest_analysis.document import operating_system
from balanstest_analysis.errors import DossierError, RunError
from balanstest_analysis.history.key_file import (
    KEY_FILE,
    make_key_file,
    owners_beside,
    read_key_file,
    refuse_exposed,
)

HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
US = frozenset({os.geteuid()})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / KEY_FILE
    path.write_text(HEX + "\n", "ascii")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o666, 0o777])
def test_a_file_that_others_can_use_is_refused_and_the_command_mends_it(
    file: Path, mode: int
) -> None:
    file.chmod(mode)
    text, about = read_key_file(file)
    with pytest.raises(DossierError, match=f"mode {mode:04o}") as refused:
        refuse_exposed(file, about, owners=US)
    assert text == HEX
    assert HEX not in str(refused.value)

    command = re.search(r"`chmod (\d+) \.balanstest-key`", str(refused.value))
    file.chmod(int(command[1], 8))
    refuse_exposed(file, read_key_file(file)[1], owners=US)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_of_the_owner_alone_is_taken(file: Path, mode: int) -> None:
    file.chmod(mode)
    refuse_exposed(file, read_key_file(file)[1], owners=US)


def test_a_file_of_another_user_is_refused(file: Path) -> None:
    about = read_key_file(file)[1]
    with pytest.raises(DossierError, match=r"another user.*chown"):
        refuse_exposed(file, about, owners=frozenset({about.st_uid + 1}))


def test_a_file_may_be_of_who_runs_this_and_of_who_owns_the_dossier(tmp_path: Path) -> None:
    assert {os.geteuid(), 0, tmp_path.stat().st_uid} == owners_beside(tmp_path)


def test_windows_has_no_such_modes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.chmod(0o666)
    about = read_key_file(file)[1]
    monkeypatch.setattr(operating_system, "KEEPS_MODES", False)
    refuse_exposed(file, about, owners=frozenset())


def link(path: Path) -> None:
    (path.parent / "elsewhere").write_text(HEX, "ascii")
    path.symlink_to(path.parent / "elsewhere")


def dangling(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def empty(path: Path) -> None:
    path.write_text("\n", "ascii")


def long(path: Path) -> None:
    path.write_text(HEX * 1000, "ascii")


def binary(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00" * 20)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (link, "is a link"),
        (dangling, "is a link"),
        (folder, "is no file"),
        (pipe, "is no file"),
        (empty, "is empty"),
        (long, "longer than 4096"),
        (binary, "is no text"),
    ],
)
def test_what_is_no_file_with_a_secret_is_refused_with_a_sentence(
    tmp_path: Path, made, words: str
) -> None:
    made(tmp_path / KEY_FILE)
    with pytest.raises(DossierError, match=rf"^`\.balanstest-key` .*{words}.*\.$"):
        read_key_file(tmp_path / KEY_FILE)


def test_a_file_that_is_made_is_its_owners_alone_and_whole(tmp_path: Path) -> None:
    make_key_file(tmp_path / KEY_FILE)
    text, about = read_key_file(tmp_path / KEY_FILE)
    assert (len(text), stat.S_IMODE(about.st_mode)) == (64, 0o600)
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_file_system_without_hard_links_gets_its_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    make_key_file(tmp_path / KEY_FILE)
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_file_system_without_modes_gets_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open
    monkeypatch.setattr(os, "open", lambda path, flags, _mode: opened(path, flags, 0o666))
    before = os.umask(0)
    try:
        with pytest.raises(RunError, match=r"keeps no modes.*BALANSTEST_SECRET"):
            make_key_file(tmp_path / KEY_FILE)
    finally:
        os.umask(before)
    assert list(tmp_path.iterdir()) == []
