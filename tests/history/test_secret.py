"""The secret beside a dossier and what is keyed with it."""

from __future__ import annotations

import hashlib
import hmac
import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from balanstest_analysis.errors import DossierError, RunError
from balanstest_analysis.history import secret
from balanstest_analysis.history.key_file import KEY_FILE
from balanstest_analysis.history.secret import (
    customer_key,
    keyed_fingerprint,
    known_secrets,
    load_secret,
    secret_for_child,
    stated_secret_for_child,
)
from balanstest_analysis.history.stretching import HANDED_OVER, stretched

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
LONG = "een zin die nergens staat, en dus lang genoeg is"


@pytest.fixture(autouse=True)
def no_secret_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BALANSTEST_SECRET", raising=False)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "balanstest.toml"
    path.write_text("schema = 1\n", encoding="utf-8")
    return path


def with_key(dossier: Path, text: str, mode: int = 0o600) -> Path:
    path = dossier.with_name(KEY_FILE)
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_the_first_use_makes_a_private_file_and_later_uses_read_it(dossier: Path) -> None:
    found = load_secret(dossier)
    file = dossier.with_name(KEY_FILE)
    assert len(file.read_text("ascii").strip()) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_secret(dossier) == found == stretched(file.read_bytes().strip())
    assert sorted(path.name for path in dossier.parent.iterdir()) == [KEY_FILE, dossier.name]


def test_the_environment_comes_before_the_file(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALANSTEST_SECRET", f" {LONG}\n")
    assert load_secret(dossier) == stretched(LONG.encode())
    assert not dossier.with_name(KEY_FILE).exists()


def test_a_check_writes_nothing_and_repeats_itself(dossier: Path) -> None:
    assert load_secret(dossier, create=False) == load_secret(dossier, create=False)
    assert not dossier.with_name(KEY_FILE).exists()
    made = load_secret(dossier)
    assert load_secret(dossier, create=False) == made


def test_runs_beside_each_other_agree_on_one_secret(dossier: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(load_secret, [dossier] * 16))
    assert len(secrets) == 1
    assert sorted(path.name for path in dossier.parent.iterdir()) == [KEY_FILE, dossier.name]


def test_a_short_secret_is_refused_wherever_it_is_stated(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_key(dossier, "k")
    with pytest.raises(DossierError, match=r"in `\.balanstest-key` has 1 character.*token_hex"):
        load_secret(dossier)
    monkeypatch.setenv("BALANSTEST_SECRET", "geheim01")
    with pytest.raises(DossierError, match=r"BALANSTEST_SECRET has 8 characters.*token_hex") as no:
        load_secret(dossier, create=False)
    assert "geheim01" not in str(no.value)


@pytest.mark.parametrize("kind", ["a pipe", "a device"])
def test_a_key_that_is_no_file_is_refused_at_once(dossier: Path, kind: str) -> None:
    key = dossier.with_name(KEY_FILE)
    if kind == "a pipe":
        os.mkfifo(key)
    else:
        key.symlink_to("/dev/zero")
    with pytest.raises(DossierError, match=r"`\.balanstest-key` is (?:no file|a link)"):
        load_secret(dossier)


def test_a_file_that_goes_while_it_is_used_is_a_run_that_failed(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"`calls\.csv` was changed or removed while it was used"):
        keyed_fingerprint(b"geheim", tmp_path / "calls.csv")


def test_a_key_file_that_others_can_read_is_refused(dossier: Path) -> None:
    load_secret(dossier)
    dossier.with_name(KEY_FILE).chmod(0o644)
    with pytest.raises(DossierError, match=r"chmod 600"):
        load_secret(dossier)


def test_the_key_of_the_sample_works_as_git_leaves_it_and_only_for_made_up_data(
    tmp_path: Path,
) -> None:
    for name in ("balanstest.toml", KEY_FILE):
        shutil.copy(SAMPLE / name, tmp_path / name)
    (tmp_path / KEY_FILE).chmod(0o664)
    dossier = tmp_path / "balanstest.toml"

    assert load_secret(dossier, fictitious=True) == load_secret(
        SAMPLE / "balanstest.toml", fictitious=True
    )
    with pytest.raises(DossierError, match=r"is a published one.*Remove it"):
        load_secret(dossier)


def test_a_secret_of_ones_own_is_guarded_in_a_made_up_dossier_too(dossier: Path) -> None:
    with_key(dossier, "0f1e2d3c4b5a69788796a5b4c3d2e1f0", mode=0o644)
    with pytest.raises(DossierError, match="chmod 600"):
        load_secret(dossier, fictitious=True)


def test_a_published_secret_in_the_environment_is_refused(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALANSTEST_SECRET", (SAMPLE / KEY_FILE).read_text("ascii"))
    with pytest.raises(DossierError, match="is a published one"):
        load_secret(dossier)


def test_a_folder_that_cannot_be_written_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="set BALANSTEST_SECRET"):
        load_secret(tmp_path / "missing" / "balanstest.toml")


def test_a_process_below_gets_the_stretched_secret_and_never_the_secret_of_a_file(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stated_secret_for_child() == {}
    load_secret(dossier)
    text = dossier.with_name(KEY_FILE).read_text("ascii").strip()
    handed = secret_for_child(dossier)
    assert list(handed) == [HANDED_OVER]
    assert text not in handed[HANDED_OVER]
    monkeypatch.setenv("BALANSTEST_SECRET", LONG)
    assert stated_secret_for_child() == secret_for_child(dossier)
    assert secret_for_child(dossier) != handed


def test_what_may_be_found_nowhere_is_every_secret_as_stated_and_as_stretched(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert known_secrets(None) == ()
    loaded = load_secret(dossier)
    text = dossier.with_name(KEY_FILE).read_text("ascii").strip()
    assert known_secrets(dossier) == (text, loaded.hex())
    monkeypatch.setenv("BALANSTEST_SECRET", LONG)
    assert known_secrets(dossier) == (LONG, stretched(LONG.encode()).hex(), text, loaded.hex())


def test_a_key_file_that_one_cannot_read_is_not_known(dossier: Path, monkeypatch) -> None:
    load_secret(dossier)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(secret, "content_of", refuse)
    assert known_secrets(dossier) == ()


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
