"""What is too weak to be a secret, as far as a text shows it."""

from __future__ import annotations

import base64
import random
import string

import pytest

from balanstest_analysis.errors import DossierError
from balanstest_analysis.history.secret_strength import refuse_weak

WEAK = {
    "nothing": "",
    "a letter": "k",
    "a word": "geheim01",
    "fifteen bytes": "0f1e2d3c4b5a69788796a5b4c3d2e1",
    "one letter": "a" * 64,
    "a word again and again": "Welkom01" * 8,
    "a word again, and in part": "Welkom2026!" * 3 + "Welk",
    "in order": string.ascii_lowercase + string.digits,
    "backwards": (string.ascii_lowercase + string.digits)[::-1],
    "a telephone number and a year": "0612345678 0612345678 0612345678 2026",
    "digits of too few": "83916402758391640275283916402751",
}


@pytest.mark.parametrize("name", WEAK)
def test_a_weak_secret_is_refused_without_being_shown(name: str) -> None:
    with pytest.raises(DossierError, match=r"^The secret in `x` .*token_hex\(32\).*\.$") as refused:
        refuse_weak(WEAK[name], "`x`")
    assert len(WEAK[name]) < 6 or WEAK[name] not in str(refused.value)


def test_every_secret_of_sixteen_random_bytes_or_more_is_taken() -> None:
    seeded = random.Random(5)
    for size in (16, 24, 32):
        for _ in range(2000):
            made = seeded.randbytes(size)
            refuse_weak(made.hex(), "`x`")
            if size > 16:
                refuse_weak(base64.b64encode(made).decode(), "`x`")
            refuse_weak("".join(seeded.choices(string.digits, k=39)), "`x`")


def test_a_long_passphrase_is_taken() -> None:
    refuse_weak("kwartel fiets oever lantaarn zoutvat mier", "`x`")
