"""The code of the package as text: what its modules import, how long they are, what they sign."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "balanstest_analysis"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, kw_only=True)
class Module:
    """A module of the package.

    Attributes:
        path: from the root of the project.
        parts: its name within the package, without `__init__`.
        lines: how many it has.
        tree: what Python reads in it.
    """

    path: Path
    parts: tuple[str, ...]
    lines: int
    tree: ast.Module

    @property
    def name(self) -> str:
        return ".".join((PACKAGE.name, *self.parts))

    @property
    def wing(self) -> str:
        """The entry of the package's root that it belongs to."""
        return self.parts[0] if self.parts else "__init__"

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def functions(self) -> Iterator[Function]:
        return (node for node in self.nodes() if isinstance(node, FUNCTIONS))

    def place(self, node: ast.stmt | ast.expr) -> str:
        return f"{self.path.as_posix()}:{node.lineno}"


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the package."""
    return tuple(map(_module, sorted(PACKAGE.rglob("*.py"))))


def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    names = path.relative_to(PACKAGE).with_suffix("").parts
    return Module(
        path=path.relative_to(ROOT),
        parts=names[:-1] if names[-1] == "__init__" else names,
        lines=len(text.splitlines()),
        tree=ast.parse(text),
    )


def length(function: Function) -> int:
    """Return the lines of a function from `def` on, docstring left out."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or 0) - docstring.lineno + 1)


# ---------------------------------------------------------------- who imports whom


def imported(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Yield what is imported, as a dotted name; of `from x import y`, both x and x.y."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield node, origin
            yield from ((node, f"{origin}.{alias.name}") for alias in node.names)


def arrows() -> set[tuple[str, str]]:
    """Return which entry of the package's root imports which other."""
    entries = {module.wing for module in modules()}
    return {
        (module.wing, target)
        for module in modules()
        for _, name in imported(module.tree)
        if name.startswith(f"{PACKAGE.name}.")
        and (target := name.split(".")[1]) in entries - {module.wing}
    }


# ---------------------------------------------------------------- types that say nothing


def loose_signatures() -> list[str]:
    """Return the functions whose signature names `Any`, or an alias of a type that holds it."""
    loose = loose_names()
    return [
        f"{module.place(function)} {function.name}"
        for module in modules()
        for function in module.functions()
        if any(_names_one(note, loose[module.name]) for note in _annotations(function))
    ]


def loose_names() -> dict[str, set[str]]:
    """Return for every module the names under which it knows `Any` or an alias that holds it."""
    loose = {module.name: {"Any"} for module in modules()}
    known = -1
    while known != (known := sum(map(len, loose.values()))):
        for module in modules():
            names = loose[module.name]
            names |= {name for name, value in _aliases(module) if _names_one(value, names)}
            names |= set(_loose_imports(module, loose))
    return loose


def _aliases(module: Module) -> Iterator[tuple[str, ast.expr]]:
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name, value = node.targets[0].id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            name, value = node.target.id, node.value
        else:
            continue
        is_type = isinstance(value, ast.Subscript | ast.BinOp | ast.Name)
        if is_type and name.lstrip("_")[:1].isupper():
            yield name, value


def _loose_imports(module: Module, loose: dict[str, set[str]]) -> Iterator[str]:
    for node in module.nodes():
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name in loose.get(node.module or "", ()):
                    yield alias.asname or alias.name


def _annotations(function: Function) -> Iterator[ast.expr]:
    taken = function.args
    every = (*taken.posonlyargs, *taken.args, *taken.kwonlyargs, taken.vararg, taken.kwarg)
    notes = [*(argument.annotation for argument in every if argument), function.returns]
    return (note for note in notes if note is not None)


def _names_one(note: ast.AST, names: set[str]) -> bool:
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(note))


# ---------------------------------------------------------------- look-ups by a string key


def string_lookups(is_asked: Callable[[Module], bool]) -> list[str]:
    """Return where modules look something up by a key that is written out."""
    return [
        f"{module.place(node)} {ast.unparse(node)}"
        for module in modules()
        if is_asked(module)
        for node in module.nodes()
        if isinstance(node, ast.Subscript | ast.Call) and _looks_up(node)
    ]


def _looks_up(node: ast.Subscript | ast.Call) -> bool:
    match node:
        case ast.Subscript(value=ast.Name(id="Literal")):
            return False
        case ast.Subscript(slice=ast.Constant(value=str())):
            return True
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str()), *_]):
            return True
    return False
