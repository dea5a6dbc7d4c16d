"""The documents name everything there is, name nothing that is not, and their made parts are fresh."""

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest
from house_imports import ROOT

from hub.api import openapi
from hub.api.routes import ROUTES
from hub.web.pages import PAGES
from smartqueue import config, errors, wire
from smartqueue.cli import GROUP, build_parser

DOCS = ROOT / "docs"
PAGES_OF_PROSE = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PROMISED_COMMANDS = {
    *("IssueToken", "CallNext", "Recall", "StartService", "FinishService", "MarkNoShow", "CancelToken"),
    *("ConfigureSite", "AdmitUnit"),
}


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def undocumented(names: Iterable[str], text: str) -> list[str]:
    """Names that stand nowhere in the text as code of their own."""
    spans = re.findall(r"`([^`\n]+)`", text)
    words = {word for span in spans for word in (span, *re.split(r"[\s,]+", span))}
    return sorted(name for name in names if name not in words)


def union_members(path: Path, name: str) -> set[str]:
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return {found.id for found in ast.walk(node.value) if isinstance(found, ast.Name)}
    return set()


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def tree(base: type[Exception]) -> set[type[Exception]]:
    below = set(base.__subclasses__())
    return {base} | {one for sub in below for one in tree(sub)}


def verbs() -> dict[str, argparse.ArgumentParser]:
    parser = build_parser(metadata.entry_points(group=GROUP))
    (choices,) = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(choices)


COMMANDS = union_members(ROOT / "hub/domain/commands.py", "Command")
EVENTS = union_members(ROOT / "hub/domain/events.py", "Event")


def test_a_name_that_is_documented_nowhere_is_found():
    assert undocumented(["CallNext", "--port", "Call"], "`CallNext`, `--port PORT`, `--ports`") == ["Call"]


def test_the_commands_are_all_there_before_their_documents_are_asked_for():
    assert PROMISED_COMMANDS <= COMMANDS
    assert {"TokenIssued", "TokenCalled", "ServiceStarted", "ServiceFinished", "NoShowMarked"} <= EVENTS


@pytest.mark.parametrize("part", ["## What a command brings about", "## Commands"])
def test_every_command_is_documented(part):
    text = page("commands-and-events.md")
    start = text.index(part)
    assert undocumented(COMMANDS, text[start : text.find("\n## ", start + 1)]) == []


def refusals_of_the_domain() -> set[str]:
    """Codes of every error class that `hub/domain` names."""
    trees = [ast.parse(path.read_bytes()) for path in (ROOT / "hub/domain").glob("*.py")]
    named = {node.attr for one in trees for node in ast.walk(one) if isinstance(node, ast.Attribute)}
    named |= {node.id for one in trees for node in ast.walk(one) if isinstance(node, ast.Name)}
    return {one.code for one in tree(errors.Refusal) - {errors.Refusal} if one.__name__ in named}


def test_every_refusal_of_the_rules_is_documented_with_its_commands():
    assert len(refusals_of_the_domain()) > 8
    assert undocumented(refusals_of_the_domain(), page("commands-and-events.md")) == []


def test_every_event_is_documented_with_where_it_comes_from():
    text = page("commands-and-events.md")
    made, listed = text.split("\n## Events", 1)
    assert undocumented(EVENTS, made.split("\n## Commands", 1)[0]) == []
    assert undocumented(EVENTS, listed) == []


def test_every_kind_of_change_in_the_feed_is_documented():
    assert undocumented({snake(name) for name in EVENTS}, page("protocol.md")) == []


def test_every_message_of_the_wire_contract_is_documented():
    names = {name for name, kind in vars(wire).items() if isinstance(kind, type) and issubclass(kind, wire.Message)}
    assert len(names) > 20
    assert undocumented(names - {"Message"}, page("protocol.md")) == []


@pytest.mark.parametrize("base", [errors.Refusal, errors.Fault])
def test_every_error_code_is_documented(base):
    codes = {one.code for one in tree(base) - {base}}
    assert len(codes) > 5
    assert undocumented(codes, page("protocol.md")) == []


def test_every_route_is_documented():
    routes = [*ROUTES, openapi.route(ROUTES, "0"), *PAGES]
    assert len(routes) > 15
    assert undocumented((f"{route.method} {route.path}" for route in routes), page("protocol.md")) == []


@pytest.mark.parametrize("kind", ["hub", "kiosk", "display", "caller"])
def test_every_setting_is_documented(kind):
    module = __import__(f"{kind}.settings", fromlist=["settings"])
    keys = [row.key for row in config.describe(getattr(module, f"{kind.title()}Settings"))]
    assert keys
    assert undocumented(keys, page("settings.md")) == []


def test_every_verb_and_option_of_the_command_line_is_documented():
    assert {"setup", "test-token", "hub", "kiosk", "display", "caller", "demo", "fonts"} <= set(verbs())
    text = page("command-line.md")
    missing = []
    for verb, parser in verbs().items():
        start = text.find(f"### `smartqueue {verb}`")
        part = text[start : text.find("\n### ", start + 1)] if start >= 0 else ""
        named = [action.option_strings[-1] if action.option_strings else action.dest for action in parser._actions]
        missing += [f"{verb} {name}" for name in undocumented(set(named) - {"--help"}, part)]
    assert missing == []


def test_the_made_parts_of_the_documents_are_fresh():
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/reference.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"run make docs\n{done.stdout}{done.stderr}"


def targets_of(text: str) -> list[str]:
    return [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]


@pytest.mark.parametrize("path", PAGES_OF_PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_picture_of_a_page_leads_somewhere(path):
    text = path.read_text("utf-8")
    broken = [target for target in targets_of(text) if not (path.parent / target.partition("#")[0]).exists()]
    assert broken == []


@pytest.mark.parametrize("path", PAGES_OF_PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_folder_and_command_that_a_page_names_exists(path):
    spans = re.findall(r"`([^`\n]+)`", path.read_text("utf-8"))
    ours = ("hub/", "kiosk/", "display/", "caller/", "smartqueue/", "tests/", "scripts/", "requirements/", "systemd/")
    files = [span for span in spans if span.startswith(ours) and not re.search(r"[*\s{<]|ROLE", span)]
    gone = [name for name in files if not (ROOT / name).exists()]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    gone += [span for span in spans if (found := re.match(r"make ([a-z]+)", span)) and f"\n{found[1]}:" not in makefile]
    known = {*verbs(), "VERB"}
    gone += [
        span for span in spans if (found := re.match(r"smartqueue ([a-z][a-z-]*)", span)) and found[1] not in known
    ]
    assert gone == []


def test_the_index_of_documents_names_every_page():
    index = page("README.md")
    pages = [path.name for path in DOCS.glob("*.md") if path.name != "README.md"]
    assert [name for name in pages if f"({name})" not in index] == []


def test_decisions_are_numbered_without_gaps_and_stay_half_a_page():
    paths = sorted((DOCS / "decisions").glob("*.md"))
    assert [path.name[:4] for path in paths] == [f"{number:04}" for number in range(1, len(paths) + 1)]
    assert [path.name for path in paths if len(path.read_text("utf-8").splitlines()) > 40] == []
