"""A secret is stretched once, at fixed parameters, and handed over with a proof."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest

from balanstest_analysis.history import stretching
from balanstest_analysis.history.stretching import (
    HANDED_OVER,
    handed_over,
    kept_from_children,
    stretched,
    take_over,
)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return the secrets that were stretched."""
    done: list[bytes] = []
    scrypt = hashlib.scrypt

    def counted(secret: bytes, **how: int) -> bytes:
        done.append(secret)
        return scrypt(secret, **{**how, "n": 2})

    monkeypatch.setattr(hashlib, "scrypt", counted)
    monkeypatch.setattr(stretching, "_received", [])
    stretched.cache_clear()
    yield done
    stretched.cache_clear()


def test_one_secret_gives_the_same_on_every_machine_and_in_every_version() -> None:
    assert stretched(b"a secret for tests").hex() == (
        "d644ad77c2870116ec6e3b4bec907a407575d0e8eb91be06d52a24c19e38330c"
    )


def test_guessing_costs_memory_and_time() -> None:
    assert 128 * stretching.COST * stretching.BLOCK_SIZE == 32 << 20


def test_a_secret_is_stretched_once_in_a_process(work: list[bytes]) -> None:
    assert stretched(b"one") == stretched(b"one")
    handed_over(b"one")
    assert work == [b"one"]


def test_a_process_below_does_not_stretch_it_again(
    work: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = stretched(b"one")
    monkeypatch.setenv(HANDED_OVER, handed_over(b"one")[HANDED_OVER])
    stretched.cache_clear()

    assert stretched(b"one") == found
    assert work == [b"one"]
    assert HANDED_OVER not in os.environ


@pytest.mark.parametrize("told", ["", "zz", "00" * 64, "00" * 63])
def test_what_is_handed_over_counts_for_the_secret_that_it_is_of_alone(
    work: list[bytes], monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv(HANDED_OVER, told or handed_over(b"another")[HANDED_OVER])
    expected = hashlib.scrypt(b"one", salt=stretching.SALT, n=2, r=8, p=1, dklen=32)

    assert stretched(b"one") == expected


def test_a_process_that_needs_no_secret_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALANSTEST_SECRET", "not for them")
    monkeypatch.setenv(HANDED_OVER, "nor this")
    show = [sys.executable, "-c", "import os; print(*os.environ)"]
    with kept_from_children("BALANSTEST_SECRET"):
        told = subprocess.run(show, capture_output=True, text=True, check=True).stdout.split()

    assert not {"BALANSTEST_SECRET", HANDED_OVER} & set(told)
    assert os.environ["BALANSTEST_SECRET"] == "not for them"


def test_what_is_taken_over_leaves_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretching, "_received", [])
    monkeypatch.setenv(HANDED_OVER, handed_over(b"one")[HANDED_OVER])
    take_over()
    assert HANDED_OVER not in os.environ
    assert len(stretching._received) == 1
