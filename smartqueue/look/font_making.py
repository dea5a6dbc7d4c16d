"""Prepare the fonts: merge Noto Sans with each script's face, once, at install time (`smartqueue fonts`)."""

import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from smartqueue.errors import StartFault
from smartqueue.look.fonts import (
    SCRIPT_FACES,
    SCRIPTS,
    WEIGHT_NAMES,
    directory,
    file_name,
    script,
    there,
)

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

RECIPE = "1"
"""Changes when the way of merging changes, so that prepared fonts are made anew."""

Report = Callable[[str], None]


def scripts_for(languages: Iterable[str] = (), target: Path | None = None) -> tuple[str, ...]:
    """Those that every machine has, those of the languages, and whatever was prepared before."""
    where = target or directory()
    asked = {*SCRIPTS, *map(script, languages)}
    return tuple(name for name in SCRIPT_FACES if name in asked or there(name, where))


def installed(sources: Path | None = None) -> tuple[str, ...]:
    """Scripts whose sources are on this machine. sources: None = where the Debian packages put them."""
    return tuple(
        name for name in SCRIPT_FACES if all(_path(sources, name, weight).is_file() for weight in WEIGHT_NAMES)
    )


def prepare(
    target: Path | None = None,
    sources: Path | None = None,
    scripts: Iterable[str] = SCRIPTS,
    signs: str = "",
    report: Report = lambda line: None,
) -> int:
    """Makes the merged faces that `target` lacks and returns how many. Raises StartFault naming what is missing.

    signs: further Chinese signs besides the 6,763 that are always there; those of earlier times are kept.
    """
    target = target or directory()
    pairs = [(name, weight) for name in scripts for weight in WEIGHT_NAMES]
    wanted = [pair for pair in pairs if not prepared(target, *pair, sources, signs)]
    for pair in wanted:
        _stamp(sources, *pair)
    if wanted:
        target.mkdir(parents=True, exist_ok=True)
    for name, weight in wanted:
        report(f"Making {file_name(name, weight)}")
        _make(target, sources, name, weight, signs)
    return len(wanted)


def prepared(target: Path, script_name: str, weight: int, sources: Path | None = None, signs: str = "") -> bool:
    """The face in `target` was made by this recipe from these sources, with these signs at least.

    A large package may be removed when its face is made: then the recipe alone counts.
    """
    made, has = _made_from(target, script_name, weight)
    if not made or not _further(script_name, signs) <= set(has):
        return False
    try:
        return made == _stamp(sources, script_name, weight)
    except StartFault:
        return script_name not in SCRIPTS and made.split(" ")[0] == RECIPE


def _path(sources: Path | None, script_name: str, weight: int) -> Path:
    path = SCRIPT_FACES[script_name].path(weight)
    return sources / path.name if sources else path


def _source(sources: Path | None, script_name: str, weight: int) -> Path:
    path = _path(sources, script_name, weight)
    if not path.is_file():
        package = SCRIPT_FACES[script_name].package
        raise StartFault(f"{path.name} is missing in {path.parent}. Install the Debian package {package}.")
    return path


def _stamp(sources: Path | None, script_name: str, weight: int) -> str:
    """What a face is made from; raises StartFault when that is not there."""
    infos = [_source(sources, name, weight).stat() for name in ("latin", script_name)]
    return " ".join([RECIPE, *(f"{info.st_size}/{info.st_mtime_ns}" for info in infos)])


def _made_from(target: Path, script_name: str, weight: int) -> tuple[str, str]:
    """Stamp of the face that is there, and the further signs in it."""
    face_file = target / file_name(script_name, weight)
    note = face_file.with_suffix(".made")
    if not face_file.is_file() or not note.is_file():
        return "", ""
    stamp, _, signs = note.read_text(encoding="utf-8").rstrip("\n").partition("\n")
    return stamp, signs


def _further(script_name: str, signs: str) -> set[str]:
    from smartqueue.look import chinese  # noqa: PLC0415 - only to prepare

    return chinese.further(signs) if script_name == "chinese" else set()


def _make(target: Path, sources: Path | None, script_name: str, weight: int, signs: str) -> None:
    from smartqueue.look import merge  # noqa: PLC0415 - fontTools takes long to import and is needed once

    logging.getLogger("fontTools").setLevel(logging.WARNING)
    stamp, before = _stamp(sources, script_name, weight), _made_from(target, script_name, weight)[1]
    also = "".join(sorted(_further(script_name, signs + before)))
    latin = None if script_name == "latin" else _source(sources, "latin", weight)
    face_file = target / file_name(script_name, weight)
    temporary = target / f".{face_file.name}.{os.getpid()}"
    with _base(_source(sources, script_name, weight), script_name, also) as base:
        merge.with_latin(base, latin).save(temporary)
    temporary.replace(face_file)
    face_file.with_suffix(".made").write_text(f"{stamp}\n{also}\n" if also else f"{stamp}\n", encoding="utf-8")


def _base(source: Path, script_name: str, also: str) -> "TTFont":
    from smartqueue.look import chinese, merge  # noqa: PLC0415 - as above

    within = SCRIPT_FACES[script_name].within
    return chinese.outlines(source, within, chinese.usual() | set(also)) if within else merge.without_hints(source)
