#!/usr/bin/env python3
"""Writes the parts of docs/ that are made from the code, so that they say what the code does.

`make docs` writes them; `--check` only says what is stale, and ends with 1. A part stands between two comments,
`<!-- made by make docs: NAME -->` and `<!-- end -->`; all around it is written by hand.
"""

import argparse
import ast
import difflib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PART = re.compile(r"(<!-- made by make docs: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


WIRE = ("views", "feed", "requests", "answers", "staff", "sound", "health", "reports", "configuration")
"""Files of the wire contract, in the order in which a reader meets them."""


class Field(NamedTuple):
    name: str
    kind: str
    default: str
    doc: str


class Declared(NamedTuple):
    """A class as its source declares it."""

    name: str
    bases: tuple[str, ...]
    doc: str
    fields: tuple[Field, ...]


# --- reading declarations -------------------------------------------------------------------------------


def declared(path: Path) -> list[Declared]:
    """The classes of a file, in order, with the docstrings of classes and fields."""
    tree = ast.parse(path.read_bytes(), str(path))
    return [_class(node) for node in tree.body if isinstance(node, ast.ClassDef)]


def union(path: Path, name: str) -> list[str]:
    """The members of `name = A | B | C` in a file."""
    for node in ast.parse(path.read_bytes(), str(path)).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return [part.strip(" ()\n") for part in ast.unparse(node.value).split("|")]
    return []


def _class(node: ast.ClassDef) -> Declared:
    fields: list[Field] = []
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign):
            default = "" if statement.value is None else ast.unparse(statement.value)
            fields.append(Field(ast.unparse(statement.target), ast.unparse(statement.annotation), default, ""))
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and fields:
            fields[-1] = fields[-1]._replace(doc=_line(str(statement.value.value)))
    doc = ast.get_docstring(node) or ""
    return Declared(node.name, tuple(ast.unparse(base) for base in node.bases), _line(doc), tuple(fields))


def _line(text: str) -> str:
    return " ".join(text.split())


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines) + "\n"


def _fields(fields: Iterable[Field]) -> str:
    def shown(field: Field) -> str:
        default = f" = {field.default}" if field.default else ""
        return f"`{field.name}: {field.kind}{default}`" + (f" ({field.doc})" if field.doc else "")

    return "; ".join(shown(field) for field in fields) or "nothing"


# --- the parts ------------------------------------------------------------------------------------------


def commands() -> str:
    path = ROOT / "hub/domain/commands.py"
    return _classes(path, union(path, "Command"), ("command", "what it asks", "fields"))


def events() -> str:
    path = ROOT / "hub/domain/events.py"
    return _classes(path, union(path, "Event"), ("event", "what has happened", "fields"))


def _classes(path: Path, names: Sequence[str], head: Sequence[str]) -> str:
    by_name = {one.name: one for one in declared(path)}
    return table(head, ([f"`{name}`", by_name[name].doc, _fields(by_name[name].fields)] for name in names))


def messages() -> str:
    """Every message of the wire contract that is no view or feed message."""
    return "\n".join(_message(one) for one in _wire() if one.name not in ("Message", *_feed_names()))


def feed() -> str:
    return "\n".join(_message(one) for one in _wire() if one.name in _feed_names())


def _wire() -> list[Declared]:
    return [one for name in WIRE for one in declared(ROOT / f"smartqueue/wire/{name}.py")]


def _feed_names() -> list[str]:
    return union(ROOT / "smartqueue/wire/feed.py", "FeedMessage")


def _message(one: Declared) -> str:
    rows = (
        [f"`{field.name}`", f"`{field.kind}`", field.default and f"`{field.default}`", field.doc]
        for field in one.fields
    )
    return f"#### `{one.name}`\n\n{one.doc + chr(10) * 2 if one.doc else ''}" + table(
        ("field", "type", "default", "meaning"), rows
    )


def errors(tree: str) -> Iterator[type[Any]]:
    """The error classes below Refusal or Fault, each once, by status and code."""
    module = import_module("smartqueue.errors")
    classes: list[type[Any]] = [getattr(module, tree)]
    for one in classes:
        classes.extend(sub for sub in one.__subclasses__() if sub.__module__.startswith(module.__name__))
    yield from sorted(dict.fromkeys(classes[1:]), key=lambda one: (one.status, one.code))


def refusals() -> str:
    return _errors("Refusal", "refusal")


def faults() -> str:
    return _errors("Fault", "fault")


def _errors(tree: str, group: str) -> str:
    i18n = import_module("smartqueue.i18n")
    words = i18n.entries(i18n.ENGLISH)

    def said(code: str) -> str:
        parts = (words.get(f"{group}.{code}.{part}", "") for part in ("title", "detail"))
        return " ".join(str(part) for part in parts if part)

    return table(
        ("code", "status", "what it says"),
        ([f"`{one.code}`", str(one.status), said(one.code) or _line(one.__doc__ or "")] for one in errors(tree)),
    )


def routes() -> str:
    def row(route: Any) -> list[str]:
        sends = f"`{route.body.__name__}`" if route.body else ""
        gives = f"`{route.answer.__name__}`" if route.answer else route.media.partition(";")[0]
        codes = ", ".join(f"`{one.code}`" for one in route.errors)
        who = ", ".join(str(asker).replace("_", " ") for asker in sorted(route.allowed))
        answer = "the feed" if route.status == 101 else f"{route.status} {gives}"
        return [f"`{route.method} {route.path}`", route.summary, who, sends, answer, codes]

    return table(("route", "does", "who", "body", "answer", "own errors"), (row(route) for route in all_routes()))


def all_routes() -> tuple[Any, ...]:
    """Everything that the hub's router knows: wire contract, its document, pages."""
    api, openapi = import_module("hub.api.routes").ROUTES, import_module("hub.api.openapi")
    return (*api, openapi.route(api, "0"), *import_module("hub.web.pages").PAGES)


def askers() -> str:
    """Who may do what, as the policy says it."""
    doc = import_module("hub.api.policy").__doc__ or ""
    return doc[doc.index("- A ") :]


def columns() -> str:
    """Of the files with appointments that can be imported."""
    known: dict[str, str] = import_module("hub.api.imports").COLUMNS
    return table(("column", "meaning"), ([f"`{name}`", text] for name, text in known.items()))


def settings() -> str:
    config = import_module("smartqueue.config")
    made: str = config.markdown(settings_classes())
    return made.removeprefix("# Settings\n")


def clips() -> str:
    """What the manifest of a folder of clips may say."""
    config = import_module("smartqueue.config")
    made: str = config.markdown([import_module("display.clips").ClipManifest])
    return made[made.index("| setting") :]


def settings_classes() -> list[type]:
    """The settings of hub, kiosk, display and caller: class `KindSettings` in `kind/settings.py`."""
    kinds = ("hub", "kiosk", "display", "caller")
    return [getattr(import_module(f"{kind}.settings"), f"{kind.title()}Settings") for kind in kinds]


def verbs() -> str:
    return "\n".join(_verb(name, parser) for name, parser in sorted(parsers().items()))


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of each verb of the command `smartqueue`."""
    cli = import_module("smartqueue.cli")
    top = cli.build_parser(metadata.entry_points(group=cli.GROUP))
    return next(action.choices for action in top._actions if isinstance(action, argparse._SubParsersAction))


def options(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    return (action for action in parser._actions if not isinstance(action, argparse._HelpAction))


def _verb(name: str, parser: argparse.ArgumentParser) -> str:
    def row(action: argparse.Action) -> list[str]:
        flags = ", ".join(action.option_strings) or action.dest
        value = "" if action.nargs == 0 else " " + str(action.metavar or action.dest.upper())
        text = (action.help or "") % {**vars(action), "prog": parser.prog}
        return [
            f"`{flags}{value if action.option_strings else ''}`",
            _line(text) + (" Required." if action.required else ""),
        ]

    about = _line(parser.description or "")
    return f"### `smartqueue {name}`\n\n{about}\n\n" + table(("option", "meaning"), map(row, options(parser)))


PARTS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "events": events,
    "messages": messages,
    "feed": feed,
    "refusals": refusals,
    "faults": faults,
    "routes": routes,
    "askers": askers,
    "columns": columns,
    "settings": settings,
    "clips": clips,
    "verbs": verbs,
}


# --- writing --------------------------------------------------------------------------------------------


def fresh(text: str) -> str:
    """The text of a page with its made parts made anew."""
    return PART.sub(lambda match: f"{match[1]}\n{PARTS[match[2]]().strip()}\n\n{match[3]}", text)


def parts_in(text: str) -> list[str]:
    return [match[2] for match in PART.finditer(text)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes or checks every page below docs/."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what is stale")
    check = parser.parse_args(arguments).check
    stale = False
    for path in sorted(DOCS.rglob("*.md")):
        old = path.read_text("utf-8")
        new = fresh(old)
        if old == new:
            continue
        stale = True
        name = str(path.relative_to(ROOT))
        if check:
            sys.stdout.writelines(difflib.unified_diff(old.splitlines(True), new.splitlines(True), name, name, n=0))
        else:
            path.write_text(new, "utf-8")
            sys.stdout.write(f"wrote {name}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
