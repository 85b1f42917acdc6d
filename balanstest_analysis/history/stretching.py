"""Makes a secret costly to guess, once per run: with scrypt, at fixed parameters.

The salt is fixed too, so that one secret gives the same fingerprints on every machine. A process
that starts another hands the result over in its environment, with a proof of which secret it is of:
the other process takes it out of its environment at once, and does the work again where the proof
does not hold.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

HANDED_OVER: Final = "BALANSTEST_STRETCHED"
SALT: Final = b"balanstest_analysis: the secret of a dossier, form 2"
COST, BLOCK_SIZE, PARALLEL = 1 << 15, 8, 1
_MEMORY: Final = 64 << 20
_LENGTH: Final = 32

_received: list[tuple[bytes, bytes]] = []


@lru_cache(maxsize=64)
def stretched(secret: bytes) -> bytes:
    """Return 32 bytes that follow from a secret, and from which it can hardly be found.

    Args:
        secret: as it was stated.

    Examples:
        >>> len(stretched(b"one")), stretched(b"one") == stretched(b"two")
        (32, False)
    """
    take_over()
    for proof, found in _received:
        if hmac.compare_digest(proof, _proof(found, secret)):
            return found
    return hashlib.scrypt(
        secret, salt=SALT, n=COST, r=BLOCK_SIZE, p=PARALLEL, maxmem=_MEMORY, dklen=_LENGTH
    )


def handed_over(secret: bytes) -> dict[str, str]:
    """Return what to put into the environment of a process that will need the same secret.

    Args:
        secret: as it was stated.
    """
    found = stretched(secret)
    return {HANDED_OVER: _proof(found, secret).hex() + found.hex()}


def take_over() -> None:
    """Take what was handed over out of the environment, so that no process below this has it."""
    try:
        both = bytes.fromhex(os.environ.pop(HANDED_OVER, ""))
    except ValueError:
        return
    if len(both) == 2 * _LENGTH:
        _received.append((both[:_LENGTH], both[_LENGTH:]))


@contextlib.contextmanager
def kept_from_children(*names: str) -> Iterator[None]:
    """Keep variables out of the environment of processes that are started meanwhile.

    Args:
        names: of the variables, beside the one that hands over.
    """
    held = {name: os.environ.pop(name) for name in (*names, HANDED_OVER) if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(held)


def _proof(found: bytes, secret: bytes) -> bytes:
    return hmac.new(found, secret, hashlib.sha256).digest()
