"""The dossier's secret, and the keyed digests made with it.

A plain digest of a small table of counts can be inverted by trying; one that is keyed cannot.
The secret is never printed, logged or delivered.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from balanstest_analysis.document.opening import blocks_of, content_of, real_path
from balanstest_analysis.dossier.loading import text_of
from balanstest_analysis.errors import DossierError, RunError

SECRET_VARIABLE = "BALANSTEST_SECRET"
KEY_FILE = ".balanstest-key"
_KEY_BYTES = 1 << 16


def load_secret(dossier_path: str | Path, *, create: bool = True) -> bytes:
    """Return the secret that keys fingerprints and the numbers of customers.

    It is the environment variable ``BALANSTEST_SECRET``, else the file ``.balanstest-key``
    beside the dossier.

    Args:
        dossier_path: the dossier's file.
        create: make the file (mode 0600) where there is none; False writes nothing and returns
            a stand-in made from the dossier, good for counting but not for anything delivered.

    Raises:
        DossierError: the file is empty or cannot be read.
        RunError: the file cannot be made.
    """
    stated = os.environ.get(SECRET_VARIABLE, "").strip()
    if stated:
        return stated.encode()
    path = real_path(dossier_path).with_name(KEY_FILE)
    if not os.path.lexists(path):
        if not create:
            return _stand_in(Path(dossier_path))
        _make_key_file(path)
    return _read_key_file(path)


def customer_key(secret: bytes) -> str:
    """Return the key of the numbers of customers, from which the secret cannot be found.

    It has 128 bits, far more than can be tried.

    Examples:
        >>> (
        ...     customer_key(b"one") == customer_key(b"one"),
        ...     customer_key(b"one") == customer_key(b"two"),
        ... )
        (True, False)
    """
    return hmac.new(secret, b"balanstest customer numbers", hashlib.sha256).hexdigest()[:32]


def keyed_fingerprint(secret: bytes, data: bytes | Path) -> str:
    """Return the HMAC-SHA256 of bytes or of a file, as 64 hexadecimal digits.

    Args:
        secret: from `load_secret`.
        data: the bytes themselves, or the path of a file, which is read in blocks.

    Raises:
        RunError: the file, which was there before, cannot be read any more.

    Examples:
        >>> keyed_fingerprint(b"secret", b"calls")[:12]
        'd7b71da118df'
    """
    digest = hmac.new(secret, digestmod=hashlib.sha256)
    if isinstance(data, bytes):
        digest.update(data)
        return digest.hexdigest()
    try:
        for block in blocks_of(data):
            digest.update(block)
    except OSError as error:
        raise RunError(
            f"`{data.name}` was changed or removed while it was used: {error.strerror}. Run again."
        ) from None
    return digest.hexdigest()


def _stand_in(dossier_path: Path) -> bytes:
    return hashlib.sha256(b"balanstest stand-in" + text_of(dossier_path).encode()).digest()


def _read_key_file(path: Path) -> bytes:
    try:
        secret = content_of(path, _KEY_BYTES).strip()
    except OSError as error:
        raise DossierError(f"`{path.name}` cannot be read: {error.strerror}.") from None
    if not secret:
        raise DossierError(f"`{path.name}` is empty. Put the secret back, or remove the file.")
    return secret


def _make_key_file(path: Path) -> None:
    """Make the file whole or not at all: a run beside this one never reads half a secret."""
    draft = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
    try:
        _write_private(draft, secrets.token_hex(32))
        _publish(draft, path)
    except OSError as error:
        raise RunError(
            f"`{path.name}` cannot be made beside the dossier: {error.strerror}. "
            f"Make the folder writable, or set {SECRET_VARIABLE}."
        ) from None
    finally:
        draft.unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.rename(path)


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
