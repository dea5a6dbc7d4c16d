"""Find and prepare the fonts: one face for each script and weight, with Latin letters and digits in every one.

Noto's faces for scripts lack Latin letters and often digits, and nothing here falls back from font to font. So
`prepare` merges Noto Sans with each script's face once, at install time (`smartqueue fonts`).
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from PIL import features

from smartqueue.errors import StartFault

SOURCES = Path("/usr/share/fonts/truetype/noto")
PACKAGE = "fonts-noto-core"
RECIPE = "1"
"""Changes when the way of merging changes, so that prepared fonts are made anew."""

SCRIPT_FACES: dict[str, str] = {"latin": "NotoSans", "devanagari": "NotoSansDevanagari", "arabic": "NotoSansArabic"}
SCRIPTS = tuple(SCRIPT_FACES)
WEIGHT_NAMES: dict[int, str] = {400: "Regular", 700: "Bold"}
_SCRIPTS: dict[str, str] = {
    "hi": "devanagari",
    "mr": "devanagari",
    "ne": "devanagari",
    "ar": "arabic",
    "fa": "arabic",
    "ur": "arabic",
}
RIGHT_TO_LEFT = frozenset({"arabic"})


def script(language: str) -> str:
    """Script that a language (BCP 47) is set in: `latin`, `devanagari` or `arabic`."""
    return _SCRIPTS.get(language.partition("-")[0].lower(), "latin")


def right_to_left(language: str) -> bool:
    return script(language) in RIGHT_TO_LEFT


def directory() -> Path:
    """Where the prepared fonts lie: in the environment that SmartQueue is installed into."""
    return Path(sys.prefix) / "share" / "smartqueue" / "fonts"


def face(language: str, weight: int) -> Path:
    """File of the prepared face for a language; weight 400 or 700."""
    return directory() / _file_name(script(language), weight)


def _file_name(script_name: str, weight: int) -> str:
    return f"smartqueue-{script_name}-{weight}.ttf"


def _faces(scripts: Sequence[str]) -> Iterator[tuple[str, int]]:
    return ((script_name, weight) for script_name in scripts for weight in WEIGHT_NAMES)


def check(target: Path | None = None, has_raqm: bool | None = None) -> None:
    """Raises StartFault with one clear line when text can't be drawn right: no RAQM, or fonts not prepared.

    target: where to look (None: `directory()`); has_raqm: None asks Pillow.
    """
    if not (features.check("raqm") if has_raqm is None else has_raqm):
        raise StartFault("Text can't be shaped: Pillow has no RAQM. Install the Debian package libfribidi0.")
    where = target or directory()
    missing = [name for name in (_file_name(*pair) for pair in _faces(SCRIPTS)) if not (where / name).is_file()]
    if missing:
        raise StartFault(f"The fonts are not prepared ({missing[0]} is missing). Run: smartqueue fonts")


@cache
def checked() -> bool:
    """`check` once for each process."""
    check()
    return True


def _source(sources: Path, script_name: str, weight: int) -> Path:
    path = sources / f"{SCRIPT_FACES[script_name]}-{WEIGHT_NAMES[weight]}.ttf"
    if not path.is_file():
        raise StartFault(f"{path.name} is missing in {sources}. Install the Debian package {PACKAGE}.")
    return path


def _stamp(sources: Path, script_name: str, weight: int) -> str:
    """What a prepared face was made from; raises StartFault when that is not there."""
    infos = [_source(sources, name, weight).stat() for name in ("latin", script_name)]
    return " ".join([RECIPE, *(f"{info.st_size}/{info.st_mtime_ns}" for info in infos)]) + "\n"


def prepared(target: Path, script_name: str, weight: int, sources: Path = SOURCES) -> bool:
    """The face in `target` was made from these sources by this recipe."""
    face_file = target / _file_name(script_name, weight)
    stamp = face_file.with_suffix(".made")
    if not face_file.is_file() or not stamp.is_file():
        return False
    return stamp.read_text(encoding="utf-8") == _stamp(sources, script_name, weight)


def prepare(
    target: Path | None = None,
    sources: Path = SOURCES,
    scripts: Sequence[str] = SCRIPTS,
    report: Callable[[str], None] = lambda line: None,
) -> int:
    """Makes the merged faces that `target` lacks and returns how many. Raises StartFault naming what is missing."""
    target = target or directory()
    wanted = [pair for pair in _faces(scripts) if not prepared(target, *pair, sources)]
    for pair in wanted:
        _stamp(sources, *pair)
    if wanted:
        target.mkdir(parents=True, exist_ok=True)
    for script_name, weight in wanted:
        report(f"Making {_file_name(script_name, weight)}")
        _make(target, sources, script_name, weight)
    return len(wanted)


def _make(target: Path, sources: Path, script_name: str, weight: int) -> None:
    from smartqueue.look import merge  # noqa: PLC0415 - fontTools takes long to import and is needed once

    face_file = target / _file_name(script_name, weight)
    temporary = target / f".{face_file.name}.{os.getpid()}"
    merge.merged(_source(sources, "latin", weight), _source(sources, script_name, weight)).save(temporary)
    temporary.replace(face_file)
    face_file.with_suffix(".made").write_text(_stamp(sources, script_name, weight), encoding="utf-8")
