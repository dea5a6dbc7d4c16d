"""What no file of the project may say, and how long one may get."""

import re

import pytest
from house_files import project_files, project_texts
from house_imports import ROOT

# Where packages come from is each machine's own configuration; paths of one machine mean nothing on another.
# Written with brackets, so that this file does not find itself.
FORBIDDEN = re.compile(
    r"py[p]i\.org|python[h]osted|npm[j]s|(?:deb|security|ftp|archive)\.deb[i]an|archive\.raspberry[p]i"
    r"|(?<![A-Za-z0-9_.])/(?:wor[k]|far[m]|hom[e]/[a-z]+|Use[r]s)/"
)
MOST_LINES = 450


@pytest.mark.parametrize(
    "line",
    [
        "https://" + "pypi" + ".org/simple",
        "http://deb." + "debian.org/debian",
        "path = '/wor" + "k/main'",
        "see /hom" + "e/someone/notes",
    ],
)
def test_a_planted_host_or_path_is_found(line):
    assert FORBIDDEN.search(line)


def test_no_file_names_a_registry_or_a_path_of_some_machine():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path, text in project_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert found == []


def test_no_source_file_has_outgrown_its_name():
    sources = [path for path in project_files() if path.suffix in (".py", ".sh", ".js", ".css")]
    assert sources
    long = {str(path.relative_to(ROOT)): len(path.read_bytes().splitlines()) for path in sources}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml"])
def test_what_a_newcomer_looks_for_is_at_the_root(name):
    assert (ROOT / name).stat().st_size > 200


def test_continuous_integration_runs_what_the_readme_says():
    assert "make test" in (ROOT / ".ci/run").read_text("utf-8")
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
