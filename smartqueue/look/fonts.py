"""Find and prepare the fonts: one face for each script and weight, with Latin letters and digits in every one.

Noto's faces for scripts lack Latin letters and often digits, and nothing here falls back from font to font. So
`prepare` merges Noto Sans with each script's face once, at install time (`smartqueue fonts`).
"""

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from PIL import features

from smartqueue.errors import StartFault

SOURCES = Path("/usr/share/fonts/truetype/noto")
PACKAGE = "fonts-noto-core"
RECIPE = "1"
"""Changes when the way of merging changes, so that prepared fonts are made anew."""

SCRIPT_FACES: dict[str, str] = {"latin": "NotoSans", "devanagari": "NotoSansDevanagari", "arabic": "NotoSansArabic"}
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


def _faces() -> Iterator[tuple[str, int]]:
    return ((script_name, weight) for script_name in SCRIPT_FACES for weight in WEIGHT_NAMES)


def check() -> None:
    """Raises StartFault with one clear line when text can't be drawn right: no RAQM, or fonts not prepared."""
    if not features.check("raqm"):
        raise StartFault("Text can't be shaped: Pillow has no RAQM. Install the Debian package libfribidi0.")
    missing = [name for name in (_file_name(*pair) for pair in _faces()) if not (directory() / name).is_file()]
    if missing:
        raise StartFault(f"The fonts are not prepared ({missing[0]} is missing). Run: smartqueue fonts")


@cache
def checked() -> bool:
    """`check` once for each process."""
    check()
    return True


def _stamp(sources: Path) -> str:
    parts = [RECIPE]
    for script_name, weight in _faces():
        info = _source(sources, script_name, weight).stat()
        parts.append(f"{script_name} {weight} {info.st_size} {info.st_mtime_ns}")
    return "\n".join(parts) + "\n"


def _source(sources: Path, script_name: str, weight: int) -> Path:
    path = sources / f"{SCRIPT_FACES[script_name]}-{WEIGHT_NAMES[weight]}.ttf"
    if not path.is_file():
        raise StartFault(f"{path.name} is missing in {sources}. Install the Debian package {PACKAGE}.")
    return path


def prepared(target: Path, sources: Path = SOURCES) -> bool:
    """Everything in `target` was made from these sources by this recipe."""
    stamp = target / "stamp.txt"
    names = [_file_name(*pair) for pair in _faces()]
    if not stamp.is_file() or not all((target / name).is_file() for name in names):
        return False
    return stamp.read_text(encoding="utf-8") == _stamp(sources)


def prepare(
    target: Path | None = None, sources: Path = SOURCES, report: Callable[[str], None] = lambda line: None
) -> bool:
    """Makes the merged faces in `target`; False when they were there already. Raises StartFault naming what lacks."""
    from smartqueue.look import merge  # noqa: PLC0415 - fontTools takes long to import and is needed once

    target = target or directory()
    if prepared(target, sources):
        return False
    _stamp(sources)
    target.mkdir(parents=True, exist_ok=True)
    for script_name, weight in _faces():
        name = _file_name(script_name, weight)
        report(f"Making {name}")
        temporary = target / f".{name}.{os.getpid()}"
        merge.merged(_source(sources, "latin", weight), _source(sources, script_name, weight)).save(temporary)
        temporary.replace(target / name)
    (target / "stamp.txt").write_text(_stamp(sources), encoding="utf-8")
    return True
