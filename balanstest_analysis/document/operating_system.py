"""What differs between Linux, macOS and Windows: all of it, and nothing else.

No other module asks on which system it runs, or calls what one of them lacks; mypy reads the whole
package as on each of them.
"""

# mypy: no-warn-unreachable
from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypedDict

CAN_FORK: Final = sys.platform == "linux"
KEEPS_MODES: Final = os.name == "posix"
_PARENT_DEATH_SIGNAL: Final = 1
_FIRST_INHERITED: Final = 3
_CURRENT_FOLDER, _EXCHANGE = -100, 2
_FEW_FILES: Final = 8
_MADE_FOR_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)

# ---------------------------------------------------------------- files and folders

# Flags with which a file is opened so that nothing is followed, waited for or translated.
NOT_FOLLOWED: Final[int] = getattr(os, "O_NOFOLLOW", 0)
NOT_WAITED_FOR: Final[int] = getattr(os, "O_NONBLOCK", 0)
AS_IT_IS: Final[int] = getattr(os, "O_BINARY", 0)


def own_user() -> int:
    """Return the number of the user who runs this; 0 on Windows, as every file there has."""
    if sys.platform == "win32":
        return 0
    return os.geteuid()


def is_of_another(about: os.stat_result, owners: frozenset[int]) -> bool:
    """Return whether a file belongs to none of some users, as far as files tell whose they are."""
    return KEEPS_MODES and about.st_uid not in owners


def is_open_to_others(about: os.stat_result) -> bool:
    """Return whether anybody but its owner may read or change a file, as far as modes tell."""
    return KEEPS_MODES and bool(about.st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def has_few_files_left(folder: Path) -> bool:
    """Return whether hardly another file can be made, where a file system counts them.

    Raises:
        OSError: the folder cannot be looked at.
    """
    if sys.platform == "win32":
        return False
    about = os.statvfs(folder)
    return about.f_files > 0 and 0 <= about.f_favail < _FEW_FILES


def exchanged(first: Path, second: Path) -> bool:
    """Swap two directories at once; return whether this system can.

    Linux has `renameat2` with RENAME_EXCHANGE on most file systems; elsewhere two renames have
    to do.

    Raises:
        OSError: the file system refuses.
    """
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    text, number = ctypes.c_char_p, ctypes.c_int
    renameat2.argtypes = (number, text, number, text, ctypes.c_uint)
    swap = (_CURRENT_FOLDER, os.fsencode(first), _CURRENT_FOLDER, os.fsencode(second), _EXCHANGE)
    if renameat2(*swap) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code))


def name_for_any_system(name: str) -> str:
    """Return a name of a folder that can be one on every system.

    Examples:
        >>> name_for_any_system("giften"), name_for_any_system("aux")
        ('giften', 'aux-')
    """
    return f"{name}-" if name.lower() in _MADE_FOR_DEVICES else name


# ---------------------------------------------------------------- processes


class _Apart(TypedDict, total=False):
    start_new_session: bool
    creationflags: int


def apart() -> _Apart:
    """Return how `subprocess.Popen` starts a process that leads a group of its own."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def ask_to_end(process: subprocess.Popen[str]) -> None:
    """Ask a process that was started `apart` to tidy up and end."""
    if sys.platform == "win32":
        process.send_signal(signal.CTRL_BREAK_EVENT)
    else:
        process.terminate()


def end_with_forks(process: subprocess.Popen[str]) -> None:
    """End a process that was started `apart`, with what it forked."""
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def requests_to_end() -> tuple[int, ...]:
    """Return the signals by which a process is asked to end."""
    if sys.platform == "win32":
        return signal.SIGTERM, signal.SIGBREAK
    return (signal.SIGTERM,)


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# ---------------------------------------------------------------- where processes can fork


def started(command: list[str], *, env: Mapping[str, str], stdin: int) -> int:
    """Start a process that inherits nothing but what it reads, and return its number.

    Args:
        command: the program and its arguments.
        env: its environment.
        stdin: file that it reads from.

    Raises:
        OSError: no process can be started, here or now.
    """
    if sys.platform == "win32":
        raise OSError(errno.ENOSYS, "this system starts processes in another way")
    given = [(os.POSIX_SPAWN_DUP2, stdin, 0)]
    return os.posix_spawn(command[0], command, env, file_actions=given)


def forked() -> int:
    """Fork this process, which must have one thread only; return 0 in the fork, else its number.

    Raises:
        OSError: no process can be forked, here or now.
    """
    if sys.platform == "win32":
        raise OSError(errno.ENOSYS, "this system does not fork")
    return os.fork()


def exit_code_of(pid: int, *, wait: bool) -> int | None:
    """Return the exit code of a fork (negative for a signal), or None while it runs.

    Args:
        pid: of the fork.
        wait: until it has ended.
    """
    if sys.platform == "win32":
        return None
    ended, status = os.waitpid(pid, 0 if wait else os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def end_at_once(pid: int) -> None:
    """End a process without asking it."""
    if sys.platform == "win32":
        os.kill(pid, signal.SIGTERM)
    else:
        os.kill(pid, signal.SIGKILL)


def die_with_parent(*, at_once: bool) -> None:
    """Have the system end this process when its parent has gone; Linux only.

    Args:
        at_once: without asking it.
    """
    if sys.platform == "linux":
        number = signal.SIGKILL if at_once else signal.SIGTERM
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, int(number))


def stand_alone() -> None:
    """Lead a session of one's own, as a process that was started `apart` does."""
    if sys.platform != "win32":
        os.setsid()


def take_over_nothing() -> None:
    """Close what was open in the parent, and read its time zone again."""
    if sys.platform != "win32":
        os.closerange(_FIRST_INHERITED, os.sysconf("SC_OPEN_MAX"))
        time.tzset()


def hold_requests() -> None:
    """Put off requests to end; a fork inherits that."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, requests_to_end())


def let_requests_in() -> None:
    """Take requests to end again, also those that were put off."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, requests_to_end())
