"""Reads code without running it: which events and refusals a command may bring about, and who may give it."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from house_imports import ROOT

DOMAIN = ROOT / "hub/domain"


class Place(NamedTuple):
    """A function of a module of hub/domain."""

    module: str
    function: str


class Decisions:
    """`of(command)`: names of events that are made and of refusals that are raised, in all functions it may reach."""

    def __init__(self, folder: Path = DOMAIN) -> None:
        self.functions: dict[Place, ast.FunctionDef] = {}
        self.imported: dict[str, dict[str, Place]] = {}
        for path in folder.glob("*.py"):
            tree = ast.parse(path.read_bytes(), str(path))
            self.imported[path.stem] = dict(_imports(tree))
            for node in tree.body:
                if isinstance(node, ast.FunctionDef):
                    self.functions[Place(path.stem, node.name)] = node

    def commands(self) -> dict[str, list[Place]]:
        """What `decide` calls for each command."""
        found: dict[str, list[Place]] = {}
        for place, function in self.functions.items():
            if place.module == "decide":
                for case in (one for node in ast.walk(function) if isinstance(node, ast.Match) for one in node.cases):
                    if isinstance(case.pattern, ast.MatchClass):
                        body = ast.Module(case.body, [])
                        found[ast.unparse(case.pattern.cls)] = list(self._calls("decide", body))
        return found

    def of(self, *begin: Place) -> tuple[set[str], set[str]]:
        """Names that are called like classes, and names of errors."""
        reached: set[Place] = set()
        waiting = list(begin)
        while waiting:
            place = waiting.pop()
            if place in self.functions and place not in reached:
                reached.add(place)
                waiting += self._calls(place.module, self.functions[place])
        nodes = [node for place in reached for node in ast.walk(self.functions[place])]
        made = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        raised = {node.attr for node in nodes if isinstance(node, ast.Attribute) and _named(node.value) == "errors"}
        return made, raised

    def _calls(self, module: str, node: ast.AST) -> Iterator[Place]:
        """Functions of hub/domain that a piece of code names; its own variables are none."""
        own = {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}
        own |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        for one in ast.walk(node):
            if isinstance(one, ast.Attribute) and (found := self.imported[module].get(_named(one.value))):
                yield Place(found.function, one.attr)
            elif isinstance(one, ast.Name) and one.id not in own:
                yield self.imported[module].get(one.id, Place(module, one.id))


def askers(routes: Iterable[Any], commands: set[str]) -> dict[str, set[str]]:
    """Who may give each command by the API: the askers of the routes whose handlers make it."""
    found: dict[str, set[str]] = {}
    for route in routes:
        if route.command:
            for name in _named_by(route.handler) & commands:
                found.setdefault(name, set()).update(str(asker) for asker in route.allowed)
    return found


def _named_by(handler: Callable[..., Any]) -> set[str]:
    """What a handler names, what the functions of its module name that it calls, and what those of others return."""
    module = sys.modules[handler.__module__]
    tree = ast.parse(inspect.getsource(module))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    named: set[str] = set()
    waiting = {handler.__name__}
    while waiting:
        nodes = list(ast.walk(functions[waiting.pop()]))
        names = {one.id for one in nodes if isinstance(one, ast.Name)}
        waiting |= (names - named) & functions.keys()
        others = [one for one in nodes if isinstance(one, ast.Attribute)]
        called = [getattr(vars(module).get(_named(one.value)), one.attr, None) for one in others]
        names |= {getattr(getattr(one, "__annotations__", {}).get("return"), "__name__", "") for one in called}
        named |= names
    return named


def _imports(tree: ast.Module) -> Iterator[tuple[str, Place]]:
    """What names stand for that come from hub.domain: a function of a module, or a module itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hub.domain"):
            for alias in node.names:
                yield alias.asname or alias.name, Place((node.module or "").rpartition(".")[2], alias.name)


def _named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""
