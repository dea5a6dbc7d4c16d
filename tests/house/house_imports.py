"""Reads Python files without running them: what a module imports, and where it reaches for clock, chance and disk."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("smartqueue", "hub", "kiosk", "display", "caller")


class Module(NamedTuple):
    name: str
    path: Path
    tree: ast.Module


class Use(NamedTuple):
    """what: a module, or a name in one; dotted."""

    what: str
    line: int


def module_name(path: Path, root: Path = ROOT) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(root: Path = ROOT) -> list[Module]:
    paths = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.py"))
    return [Module(module_name(path, root), path, ast.parse(path.read_bytes(), str(path))) for path in paths]


def imports(module: Module) -> Iterator[Use]:
    """Every import, inside functions and for type checking too. `from a import b` counts as `a.b`."""
    package = module.name.split(".")
    if module.path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (Use(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *(node.module.split(".") if node.module else [])])
            yield from (Use(f"{base}.{alias.name}", node.lineno) for alias in node.names)


def inside(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _aliases(module: Module) -> dict[str, str]:
    """What the names that are imported at any place stand for."""
    known: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            known |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return known


def names_used(module: Module) -> Iterator[Use]:
    """Every dotted name the module refers to, imports resolved: `dt.now` after `from datetime import datetime as dt`
    is `datetime.datetime.now`; a method of an unknown value starts with a dot: `.read_text`."""
    known = _aliases(module)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield Use(known.get(node.id, node.id), node.lineno)
        elif isinstance(node, ast.Attribute):
            first, _, rest = _dotted(node).partition(".")
            if first in known:
                yield Use(f"{known[first]}.{rest}", node.lineno)
            else:
                yield Use(f".{node.attr}", node.lineno)
