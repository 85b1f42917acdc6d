"""The dossier's secret, and the keyed digests made with it.

A plain digest of a small table of counts can be inverted by trying; one that is keyed cannot, if
the key itself cannot be found by trying. So a short secret is refused, and any other is stretched.
The secret is never printed, logged or delivered.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
from pathlib import Path
from typing import Final

from balanstest_analysis.document.opening import blocks_of, content_of, real_path
from balanstest_analysis.dossier.loading import text_of
from balanstest_analysis.errors import RunError
from balanstest_analysis.history.key_file import (
    KEY_FILE,
    LONGEST_KEY,
    SECRET_VARIABLE,
    make_key_file,
    owners_beside,
    read_key_file,
    refuse_exposed,
)
from balanstest_analysis.history.secret_strength import (
    is_published,
    refuse_published,
    refuse_weak,
)
from balanstest_analysis.history.stretching import handed_over, stretched

_STATED_IN: Final = f"the environment variable {SECRET_VARIABLE}"


def load_secret(
    dossier_path: str | Path, *, fictitious: bool = False, create: bool = True
) -> bytes:
    """Return what keys fingerprints and the numbers of customers: the secret, stretched.

    The secret is the environment variable ``BALANSTEST_SECRET``, else the file
    ``.balanstest-key`` beside the dossier.

    Args:
        dossier_path: the dossier's file.
        fictitious: whether the dossier is about nobody, so that its secret may be published.
        create: make the file (mode 0600) where there is none; False writes nothing and returns
            a stand-in made from the dossier, good for counting but not for anything delivered.

    Raises:
        DossierError: the secret is too weak or a published one, or its file cannot be read, or
            others can.
        RunError: the file cannot be made.
    """
    path = Path(dossier_path)
    if create and not _stated() and not os.path.lexists(_key_file(path)):
        make_key_file(_key_file(path))
    found = _found(path, fictitious=fictitious)
    return _stand_in(path) if found is None else stretched(found)


def refuse_stated_secret() -> None:
    """Refuse a secret in the environment that is too weak for any dossier; none is none.

    Raises:
        DossierError: without the secret, and with how to make one.
    """
    secret = _stated()
    if secret and not is_published(secret):
        refuse_weak(secret, _STATED_IN)


def secret_for_child(dossier_path: str | Path, *, fictitious: bool = False) -> dict[str, str]:
    """Return what spares a process that is started for a dossier the stretching of its secret.

    Args:
        dossier_path: the dossier's file.
        fictitious: as for `load_secret`.

    Raises:
        DossierError: as for `load_secret`.
    """
    found = _found(Path(dossier_path), fictitious=fictitious)
    return {} if found is None else handed_over(found)


def stated_secret_for_child() -> dict[str, str]:
    """Return the same for a process that makes reports of several dossiers, of one stated secret.

    A weak one is left to those reports to refuse, each in its own words.
    """
    stated = _stated()
    return handed_over(stated.encode()) if stated else {}


def known_secrets(dossier_path: Path | None) -> tuple[str, ...]:
    """Return every text that may be found nowhere: the secrets, as stated and as stretched.

    What is in a key file that one cannot read, one cannot give away either.

    Args:
        dossier_path: the dossier's file; None where it is not known.
    """
    found = [_stated()]
    if dossier_path is not None:
        with contextlib.suppress(OSError):
            content = content_of(_key_file(dossier_path), LONGEST_KEY)
            found.append(content.decode("utf-8", "replace").strip())
    return tuple(text for secret in found if secret for text in (secret, _hex(secret)))


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


def _found(dossier_path: Path, *, fictitious: bool) -> bytes | None:
    """Return the secret as it was stated, fit to be one; None where there is none."""
    secret, where = _stated(), _STATED_IN
    path, about = _key_file(dossier_path), None
    if not secret:
        if not os.path.lexists(path):
            return None
        secret, about = read_key_file(path)
        where = f"`{path.name}`"
    if is_published(secret):
        if not fictitious:
            refuse_published(where)
        return secret.encode()
    if about is not None:
        refuse_exposed(path, about, owners=owners_beside(dossier_path))
    refuse_weak(secret, where)
    return secret.encode()


def _stated() -> str:
    return os.environ.get(SECRET_VARIABLE, "").strip()


def _key_file(dossier_path: Path) -> Path:
    return real_path(dossier_path).with_name(KEY_FILE)


def _stand_in(dossier_path: Path) -> bytes:
    return hashlib.sha256(b"balanstest stand-in" + text_of(dossier_path).encode()).digest()


def _hex(secret: str) -> str:
    return stretched(secret.encode()).hex()
