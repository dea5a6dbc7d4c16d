"""The files that belong to the project, whether or not this is a git checkout."""

from collections.abc import Iterator
from pathlib import Path

from house_imports import ROOT

MADE = {".git", ".venv", "build", "dist", "demo-out", "__pycache__"}


def project_files(root: Path = ROOT) -> Iterator[Path]:
    """Every file but those that are made: what .gitignore leaves out, and caches."""
    for path in sorted(root.iterdir()):
        if path.name in MADE or path.name.endswith((".egg-info", "_cache")) or path.name == ".hypothesis":
            continue
        if path.is_dir():
            yield from project_files(path)
        else:
            yield path


def project_texts() -> Iterator[tuple[Path, str]]:
    """The text files among them."""
    for path in project_files():
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
