"""The pinned requirements say what pyproject.toml asks for, name no place to fetch from, and suffice for each kind."""

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata

import pytest
from house_imports import FOLDERS, ROOT, imports, modules
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

KINDS = ("hub", "kiosk", "display", "caller", "dev")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)


def text_of(kind: str) -> str:
    return (ROOT / "requirements" / f"{kind}.txt").read_text("utf-8")


def pins(kind: str) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version, _ in PIN.findall(text_of(kind))}


def asked(kind: str) -> Iterator[Requirement]:
    """What a kind needs, extras of our own resolved."""
    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"][kind]]:
        requirement = Requirement(line)
        if requirement.name == PROJECT["name"]:
            for extra in requirement.extras:
                yield from asked(extra)
        else:
            yield requirement


@pytest.mark.parametrize("kind", KINDS)
def test_every_dependency_of_a_kind_is_pinned_to_a_version_it_allows(kind):
    pinned = pins(kind)
    build = [Requirement(line) for line in (ROOT / "requirements/build.in").read_text().splitlines() if line[0] != "#"]
    wrong = [
        f"{requirement}: pinned {pinned.get(canonicalize_name(requirement.name))}"
        for requirement in [*asked(kind), *build]
        if not requirement.specifier.contains(pinned.get(canonicalize_name(requirement.name), "0"))
    ]
    assert wrong == [], "run make pins"


def test_what_builds_the_project_is_what_its_build_system_asks_for():
    build_system = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    lines = (ROOT / "requirements/build.in").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == build_system


@pytest.mark.parametrize("kind", KINDS)
def test_every_pin_has_a_digest(kind):
    blocks = re.split(r"^(?=[A-Za-z])", text_of(kind), flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_package_has_the_same_version_in_every_kind(kind):
    everything = pins("dev")
    assert {name: version for name, version in pins(kind).items() if everything.get(name) != version} == {}


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=lambda path: path.name)
def test_no_requirements_file_names_a_place_to_fetch_from(path):
    found = re.findall(r"^.*(?:://|@ |--index|--extra-index|--find-links|file:).*$", path.read_text("utf-8"), re.M)
    assert found == []


def provided_by(kind: str) -> set[str]:
    """Names that code can import once a kind's own dependencies are installed."""
    distributions = {canonicalize_name(requirement.name) for requirement in asked(kind)}
    tops = metadata.packages_distributions()
    return {top for top, found in tops.items() if {canonicalize_name(name) for name in found} & distributions}


@pytest.mark.parametrize("kind", ["hub", "kiosk", "display", "caller"])
def test_a_kind_imports_only_what_it_declares_also_through_shared_code(kind):
    import sys  # noqa: PLC0415

    by_name = {module.name: module for module in modules()}
    waiting = [name for name in by_name if name == kind or name.startswith(f"{kind}.")]
    waiting.append("smartqueue.cli")
    seen: set[str] = set()
    lacking: list[str] = []
    provided = provided_by(kind) | {"lgpio"}  # comes with the system of a Raspberry Pi
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for use in imports(by_name[name]):
            top = use.what.partition(".")[0]
            if top in FOLDERS:
                target = use.what
                while target not in by_name:
                    target = target.rpartition(".")[0]
                waiting.append(target)
            elif top not in sys.stdlib_module_names and top not in provided:
                lacking.append(f"{name}:{use.line} imports {top}")
    assert lacking == []


def test_the_pins_fit_the_interpreters_that_the_project_allows():
    assert PROJECT["requires-python"] == ">=3.11"
    assert default_environment()["python_version"] in ("3.11", "3.12", "3.13")
