"""What is opened is a plain file of a size and depth that can be read; nothing is waited for."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from balanstest_analysis.document.opening import (
    SpecialFileError,
    TooLargeError,
    blocks_of,
    content_of,
    opened,
    opened_text,
    parsed_json,
    read_json,
)
from tests.source_code import PACKAGE

Make = Callable[[Path], object]


def bound_socket(path: Path) -> None:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.close()


SPECIAL: dict[str, tuple[Make, str]] = {
    "a pipe": (os.mkfifo, "a pipe"),
    "a socket": (bound_socket, "a socket"),
    "zeros": (lambda path: path.symlink_to("/dev/zero"), "a device"),
    "noise": (lambda path: path.symlink_to("/dev/urandom"), "a device"),
    "a terminal": (lambda path: path.symlink_to("/dev/tty"), "a device"),
}


@pytest.mark.parametrize("kind", SPECIAL)
@pytest.mark.parametrize("is_link", [False, True])
def test_what_may_never_end_is_refused_at_once(tmp_path: Path, kind: str, is_link: bool) -> None:
    make, what = SPECIAL[kind]
    path = tmp_path / "stuk"
    make(path)
    if is_link:
        (tmp_path / "link").symlink_to(path)
        path = tmp_path / "link"
    readers: list[Callable[[], object]] = [
        lambda: content_of(path, 10),
        lambda: list(blocks_of(path)),
        lambda: read_json(path),
        lambda: opened(path).__enter__(),
        lambda: opened_text(path, "utf-8").__enter__(),
    ]
    for read in readers:
        with pytest.raises(SpecialFileError, match=f"it is {what}, not a file"):
            read()


def test_a_file_that_becomes_a_pipe_while_it_is_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, swapped = tmp_path / "stuk", os.open
    path.write_text("a")

    def swap(name: str, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return swapped(name, flags)

    monkeypatch.setattr(os, "open", swap)
    with pytest.raises(SpecialFileError):
        content_of(path, 10)


def test_a_file_larger_than_its_kind_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "leeg"
    with path.open("wb") as file:
        file.truncate(10**13)  # takes no room on the disk
    with pytest.raises(TooLargeError, match="larger than 100 MB"):
        read_json(path)
    path.write_bytes(b"12345")
    assert content_of(path, 5) == b"12345"
    with pytest.raises(TooLargeError):
        content_of(path, 4)


def test_a_file_that_grows_while_it_is_read_ends_where_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"a" * 3_000_000)
    read = 0
    for block in blocks_of(path):
        read += len(block)
        with path.open("ab") as file:
            file.write(b"b" * 3_000_000)
    assert read == 3_000_000


@pytest.mark.parametrize(
    "text", ["[" * 10_000 + "]" * 10_000, '{"a":' * 500 + "1" + "}" * 500, "[" * 102 + "]" * 102]
)
def test_json_nested_deeper_than_ours_is_refused_before_anything_walks_it(text: str) -> None:
    with pytest.raises(ValueError, match="nested more than 100 deep"):
        parsed_json(text)


def test_json_that_is_none_is_a_value_error() -> None:
    for text in (b"\xff", "{", "9" * 10_000):
        with pytest.raises(ValueError, match=r"."):
            parsed_json(text)
    assert parsed_json("[" * 100 + "]" * 100)


# Modules that open something themselves, and what that is.
OPENED_OTHERWISE = {
    "analysis/explorer/adoption.py": "what this package changed in a dossier",
    "cli/brought_along.py": "brought along",
    "cli/receiver.py": "from a process of ours",
    "cli/starter.py": "brought along",
    "document/blocks/table_payload.py": "what this package wrote into a notebook",
    "document/blocks/glyphs.py": "brought along",
    "document/personal/names.py": "brought along",
    "document/style/accent.py": "brought along",
    "dossier/calling_hours.py": "brought along",
    "dossier/json_schema.py": "brought along",
    "dossier/loading.py": "text that was opened here",
    "document/opening.py": "here",
    "dossier/questionnaire.py": "brought along",
    "dossier/regimes.py": "brought along",
    "dossier/written.py": "a line of a text that was opened already",
    "history/compliance/rules.py": "brought along",
    "history/findings.py": "brought along",
    "history/key_file.py": "a secret, of which a link is not followed",
    "report/answers/editing.py": "text that was opened already",
    "report/batch/capacity.py": "of the system",
    "report/batch/worker.py": "from the process that started this one",
    "report/batch/worker_pool.py": "from a process of ours",
    "report/doctor/git_filter.py": "settings of git, which git itself reads whole",
    "report/event_log.py": "an example",
    "report/exporters/assets.py": "brought along",
    "report/exporters/notebook.py": "what this package wrote into a notebook",
    "report/renewal.py": "text that was opened already",
    "report/notebook_copies.py": "brought along",
    "report/run/completion_check.py": "what this package wrote into a notebook",
    "report/run/inputs.py": "brought along",
    "report/run/run_directory.py": "made by this run",
    "report/run/scrub.py": "made by this run",
    "report/run/spare_kernel.py": "from the process that started this one",
    "validation/simulate/scenarios.py": "brought along",
    "validation/simulate/writing.py": "brought along",
    "verification/claims/fixed.py": "brought along",
}
WAYS = re.compile(
    r"\.read_(text|bytes)\(|\bopen\(.*\"r|\.open\((\"r|encoding|\))|(tomllib|json)\.loads?\("
    r"|ZipFile\((file|path)\b"
)


def test_nothing_that_others_wrote_is_opened_in_another_way() -> None:
    others = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if WAYS.search(line)
    }
    assert others == {*OPENED_OTHERWISE}
