"""The secret beside a dossier and what is keyed with it."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from balanstest_analysis.errors import DossierError, RunError
from balanstest_analysis.history.secret import (
    KEY_FILE,
    customer_key,
    keyed_fingerprint,
    load_secret,
)


@pytest.fixture(autouse=True)
def no_secret_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BALANSTEST_SECRET", raising=False)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "balanstest.toml"
    path.write_text("schema = 1\n", encoding="utf-8")
    return path


def test_the_first_use_makes_a_private_file_and_later_uses_read_it(dossier: Path) -> None:
    secret = load_secret(dossier)
    file = dossier.with_name(KEY_FILE)
    assert len(secret) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_secret(dossier) == secret
    assert sorted(path.name for path in dossier.parent.iterdir()) == [KEY_FILE, dossier.name]


def test_the_environment_comes_before_the_file(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALANSTEST_SECRET", "from the environment")
    assert load_secret(dossier) == b"from the environment"
    assert not dossier.with_name(KEY_FILE).exists()


def test_a_check_writes_nothing_and_repeats_itself(dossier: Path) -> None:
    assert load_secret(dossier, create=False) == load_secret(dossier, create=False)
    assert not dossier.with_name(KEY_FILE).exists()
    made = load_secret(dossier)
    assert load_secret(dossier, create=False) == made


def test_runs_beside_each_other_agree_on_one_secret(dossier: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(load_secret, [dossier] * 32))
    assert len(secrets) == 1
    assert sorted(path.name for path in dossier.parent.iterdir()) == [KEY_FILE, dossier.name]


def test_an_empty_key_file_is_refused(dossier: Path) -> None:
    dossier.with_name(KEY_FILE).write_text("\n", encoding="utf-8")
    with pytest.raises(DossierError, match=r"`\.balanstest-key` is empty"):
        load_secret(dossier)


@pytest.mark.parametrize("kind", ["a pipe", "a device"])
def test_a_key_that_is_no_file_is_refused_at_once(dossier: Path, kind: str) -> None:
    key = dossier.with_name(KEY_FILE)
    if kind == "a pipe":
        os.mkfifo(key)
    else:
        key.symlink_to("/dev/zero")
    with pytest.raises(DossierError, match=f"cannot be read: it is {kind}, not a file"):
        load_secret(dossier)


def test_a_file_that_goes_while_it_is_used_is_a_run_that_failed(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"`calls\.csv` was changed or removed while it was used"):
        keyed_fingerprint(b"geheim", tmp_path / "calls.csv")


def test_a_file_system_without_hard_links_gets_its_file_too(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert load_secret(dossier) == load_secret(dossier)
    assert sorted(path.name for path in dossier.parent.iterdir()) == [KEY_FILE, dossier.name]


def test_a_folder_that_cannot_be_written_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="set BALANSTEST_SECRET"):
        load_secret(tmp_path / "missing" / "balanstest.toml")


def test_a_fingerprint_is_an_hmac_of_bytes_or_of_a_file(tmp_path: Path) -> None:
    content = b"customer_id\n" * 200_000
    (tmp_path / "calls.csv").write_bytes(content)
    expected = hmac.new(b"secret", content, hashlib.sha256).hexdigest()
    assert keyed_fingerprint(b"secret", content) == expected
    assert keyed_fingerprint(b"secret", tmp_path / "calls.csv") == expected


def test_the_key_of_the_numbers_of_customers_does_not_hold_the_secret() -> None:
    assert customer_key(b"secret") != customer_key(b"another")
    assert "secret" not in customer_key(b"secret")
    assert len(customer_key(b"secret")) == 32
