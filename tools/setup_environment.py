"""Make the project's own Python environment in `.venv`; `make report` and `make test` begin here.

Run it with any Python of the machine: `python3 tools/setup_environment.py [run|dev|lab]`. It
needs only the standard library, leaves pip's settings as they are, and does nothing when the
environment is already what the lock file in `requirements/` says.
"""
# Written so that Python 3.6 can still read it: an old Python has to tell what is missing.

import argparse
import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
OLDEST_PIP = (22, 3)
LOCKS = ("run", "dev", "lab")
STATE_FILE = "setup-state.json"
# What pip begins a line with, once for each package of a lock.
PER_PACKAGE = ("Collecting ", "Processing ", "Ignoring ", "Requirement already satisfied")
LAST_LINES = 20
NOTHING_COMPILED = "PYTHONDONTWRITEBYTECODE"
# Makes everything faster, and is not published for systems with musl, such as Alpine.
FAST = re.compile(r"^sqlglotc==.*(?:\n +--hash=.*)*\n", re.MULTILINE)
MUSL = "ld-musl-*"
# The Python of the machine, also when an environment is active: that one need not have pip.
PYTHON = getattr(sys, "_base_executable", "") or sys.executable


class SetupError(Exception):
    """What stands in the way, as one sentence that says what to do."""


def dotted(version: "tuple[int, ...]") -> str:
    """Return a version as it is written: `(3, 11)` is "3.11"."""
    return ".".join(str(part) for part in version[:2])


# ---------------------------------------------------------------- what the machine must have


def check_python(version: "tuple[int, ...]") -> None:
    """Raise `SetupError` when this Python is too old."""
    if version[:2] < OLDEST_PYTHON:
        raise SetupError(
            f"This is Python {dotted(version)} and Python {dotted(OLDEST_PYTHON)} or newer is "
            "needed: install it, or name it when it is there already, as in "
            "`make report PYTHON=python3.12`."
        )


def check_venv(present: bool) -> None:
    """Raise `SetupError` when Python came without its `venv` module."""
    if not present:
        raise SetupError(
            "This Python has no `venv` module: install it (on Debian and Ubuntu: "
            "`apt-get install python3-venv`) and run this again."
        )


def check_pip(answer: str) -> None:
    """Raise `SetupError` when the answer of `pip --version` is no pip, or one too old."""
    found = re.match(r"pip (\d+)\.(\d+)", answer)
    if found is None:
        raise SetupError(
            f"pip is missing for {PYTHON}: install it (on Debian and Ubuntu: "
            "`apt-get install python3-pip`; elsewhere: `python3 -m ensurepip`) and run this again."
        )
    version = (int(found.group(1)), int(found.group(2)))
    if version < OLDEST_PIP:
        raise SetupError(
            f"This is pip {dotted(version)} and pip {dotted(OLDEST_PIP)} or newer is needed: "
            "renew it with `python3 -m pip install --upgrade pip` and run this again."
        )


def answer_of(command: "list[str]") -> str:
    """Return what a command prints, or "" when it cannot run or fails."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
        )
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.decode(errors="replace").strip()


def check_machine() -> None:
    """Raise `SetupError` for the first thing that the machine lacks."""
    check_venv(importlib.util.find_spec("venv") is not None)
    check_pip(answer_of([PYTHON, "-m", "pip", "--version"]))


# ---------------------------------------------------------------- what is there already


def script_in(environment: Path, name: str) -> Path:
    """Return where an environment keeps one of its commands; Windows has its own folder."""
    if os.name == "nt":
        return environment / "Scripts" / f"{name}.exe"
    return environment / "bin" / name


def foundation_of(environment: Path) -> str:
    """Return the place and Python version of an environment, or "" when it does not run."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    version = answer_of([str(script_in(environment, "python")), "-c", question])
    return f"Python {version} in {environment}" if version else ""


def fingerprint(root: Path, lock: str) -> str:
    """Return a hash of all that decides what is installed for a lock."""
    content = lock_file(root, lock).read_bytes() + (root / "pyproject.toml").read_bytes()
    return hashlib.sha256(content).hexdigest()


def lock_file(root: Path, lock: str) -> Path:
    """Return the file with the exact versions of a lock."""
    return root / "requirements" / f"{lock}.txt"


def read_state(environment: Path) -> "dict[str, object]":
    """Return what earlier set-ups noted in the environment; empty when there is no note."""
    try:
        state = json.loads((environment / STATE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def write_state(environment: Path, state: "dict[str, object]") -> None:
    """Note the state of the environment, whole or not at all."""
    draft = environment / f"{STATE_FILE}.new"
    draft.write_text(json.dumps(state, indent=1, sort_keys=True), encoding="utf-8")
    draft.replace(environment / STATE_FILE)


def must_rebuild(state: "dict[str, object]", foundation: str) -> bool:
    """Tell whether the environment is absent, broken, moved, or was left half installed."""
    if not foundation or state.get("unfinished"):
        return True
    return state.get("foundation", foundation) != foundation


# ---------------------------------------------------------------- the work


def run(command: "list[str]", problem: str) -> None:
    """Run a command with its messages shown, and raise `SetupError` when it fails."""
    if subprocess.run(command, check=False).returncode:
        raise SetupError(problem)


def build(environment: Path) -> None:
    """Make an empty environment, without pip: Debian's Python may lack the means to add it."""
    run(
        [PYTHON, "-m", "venv", "--without-pip", "--clear", str(environment)],
        f"Python could not make an environment in {environment}; its message is above.",
    )


class Progress:
    """Tells what is done, on one line of a terminal, and in a few lines where there is none."""

    def __init__(self, total: int) -> None:
        """Begin; `total` is the number of packages in the lock."""
        self.total = total
        self.seen = 0
        self.told = ""
        self.rewrites = sys.stdout.isatty()

    def read(self, line: str) -> None:
        """Tell what a line of pip means for who waits."""
        if line.startswith(PER_PACKAGE):
            self.seen = min(self.seen + 1, self.total)
            quarter = 4 * self.seen // self.total
            if self.rewrites or f"{quarter}" not in self.told[:1]:
                self.tell(f"fetching packages: {self.seen} of {self.total}", f"{quarter}")
        elif line.startswith("Installing collected packages"):
            needed = line.count(",") + 1
            fewer = "" if needed >= self.total else ", those that this machine needs"
            self.tell(f"installing {needed} packages{fewer}")

    def tell(self, words: str, mark: str = "") -> None:
        """Tell a step; one that goes on is written over on a terminal."""
        goes_on = self.rewrites and bool(mark) and bool(self.told[:1])
        begin = "\r" if goes_on else "\n" if self.rewrites and self.told[:1] else ""
        end = "" if self.rewrites and mark else "\n"
        sys.stdout.write(f"{begin}  {words}{end}")
        sys.stdout.flush()
        self.told = mark


def run_told(command: "list[str]", problem: str, progress: Progress) -> None:
    """Run pip with what it does told in steps, and raise `SetupError` when it fails."""
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.decode(errors="replace").rstrip())
            progress.read(said[-1].strip())
    if process.returncode:
        print("\n".join(["", *said[-LAST_LINES:]]), file=sys.stderr)
        raise SetupError(problem)


def packages_in(lock: Path) -> int:
    """Return how many packages a lock file pins."""
    return len(re.findall(r"^[A-Za-z0-9._-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))


def compile_what_runs(root: Path, environment: Path) -> None:
    """Import once what a report imports, so that Python keeps it compiled.

    All packages compiled beforehand would take a quarter of the set-up, and most is never
    imported. A container image often says that Python keeps nothing; then each command would
    compile everything anew, for seconds. What is said to that end is left out here.
    """
    kept = {name: value for name, value in os.environ.items() if name != NOTHING_COMPILED}
    command = [str(script_in(environment, "python")), str(root / "tools" / "import_what_runs.py")]
    if subprocess.run(command, env=kept, cwd=str(root), check=False).returncode:
        raise SetupError(
            "What was installed cannot be imported; the message is above. The next try starts "
            "afresh."
        )


def published_here(lock: Path, environment: Path, libraries: Path) -> Path:
    """Return the lock, or a copy in the environment without what this system has no file of."""
    if not any(libraries.glob(MUSL)):
        return lock
    fewer = environment / lock.name
    fewer.write_text(FAST.sub("", lock.read_text(encoding="utf-8")), encoding="utf-8")
    return fewer


def install(root: Path, environment: Path, lock: str) -> None:
    """Install the locked packages, each checked against its hash, and then the project itself."""
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    pip += ["--python", str(script_in(environment, "python")), "install"]
    # PySpark is published as source only: Java archives and Python, nothing to be compiled.
    sources = ["--only-binary", ":all:", "--no-binary", "pyspark"]
    packages = [
        "--no-compile",
        "--progress-bar",
        "off",
        *sources,
        "--require-hashes",
        "--requirement",
    ]
    problem = "pip could not install {}; its message is above, and the next try starts afresh."
    path = lock_file(root, lock)
    progress = Progress(packages_in(path))
    name = path.relative_to(root).as_posix()
    asked = published_here(path, environment, Path("/lib"))
    run_told([*pip, *packages, str(asked)], problem.format(name), progress)
    progress.tell("installing the project itself")
    project = ["-qq", "--no-deps", "--no-build-isolation", "--editable", str(root)]
    run([*pip, *project], problem.format("the project itself"))
    progress.tell("compiling what runs")
    compile_what_runs(root, environment)


def set_up(root: Path, lock: str) -> bool:
    """Bring `.venv` to what the lock says, and return whether anything had to be done.

    The note in the environment says "unfinished" from before the first change until after the
    last, so that a set-up that was broken off is done over from an empty environment.
    """
    environment = root / ".venv"
    state, foundation = read_state(environment), foundation_of(environment)
    wanted = fingerprint(root, lock)
    fresh = must_rebuild(state, foundation)
    if not fresh and state.get(lock) == wanted:
        return False
    check_machine()
    print(f"Setting up .venv from requirements/{lock}.txt, a minute or two:", flush=True)
    if fresh:
        print("  making an empty environment", flush=True)
        build(environment)
        state = {"foundation": foundation_of(environment)}
    write_state(environment, dict(state, unfinished=True))
    install(root, environment, lock)
    write_state(environment, dict(state, **{lock: wanted}))
    return True


def arguments() -> argparse.Namespace:
    """Return what was asked on the command line."""
    parser = argparse.ArgumentParser(description="Make the project's environment in .venv.")
    parser.add_argument(
        "lock",
        nargs="?",
        default="run",
        choices=LOCKS,
        help="run: make reports (default); dev: also check the code; lab: also JupyterLab",
    )
    return parser.parse_args()


def main() -> int:
    """Set up what was asked; say in one sentence what is missing, and return the exit code."""
    try:
        check_python(sys.version_info[:2])
        if set_up(ROOT, arguments().lock):
            command = script_in(Path(".venv"), "balanstest")
            print(f"Ready: the command is {command}", flush=True)
    except SetupError as problem:
        print(f"Set-up stopped: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Set-up stopped half-way: the next try starts afresh.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
