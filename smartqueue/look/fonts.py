"""Find the fonts: one face for each script and weight, with Latin letters and digits in every one.

Noto's faces for scripts lack Latin letters and often digits, and nothing here falls back from font to font. So
`font_making.py` merges Noto Sans with each script's face once, at install time (`smartqueue fonts`). Chinese is made
only where it is asked for: its source is a package of 91 MB.
"""

import logging
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import features

from smartqueue.errors import StartFault

log = logging.getLogger(__name__)

SOURCES = Path("/usr/share/fonts/truetype/noto")
PACKAGE = "fonts-noto-core"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a script's letters come from. files: name of a face, with a place for its weight; within: name of the font
    in a file that holds several, with the same place."""

    files: str
    folder: Path = SOURCES
    package: str = PACKAGE
    within: str = ""

    def path(self, weight: int) -> Path:
        return self.folder / self.files.format(WEIGHT_NAMES[weight])


SCRIPT_FACES: dict[str, Source] = {
    "latin": Source("NotoSans-{}.ttf"),
    "devanagari": Source("NotoSansDevanagari-{}.ttf"),
    "arabic": Source("NotoSansArabic-{}.ttf"),
    "bengali": Source("NotoSansBengali-{}.ttf"),
    "tamil": Source("NotoSansTamil-{}.ttf"),
    "chinese": Source(
        "NotoSansCJK-{}.ttc", Path("/usr/share/fonts/opentype/noto"), "fonts-noto-cjk", within="Noto Sans CJK SC"
    ),
}
SCRIPTS = tuple(name for name, source in SCRIPT_FACES.items() if source.package == PACKAGE)
"""Those that are prepared on every machine: their sources are small and come together."""
WEIGHT_NAMES: dict[int, str] = {400: "Regular", 700: "Bold"}
_SCRIPTS: dict[str, str] = {
    "hi": "devanagari",
    "mr": "devanagari",
    "ne": "devanagari",
    "ar": "arabic",
    "fa": "arabic",
    "ur": "arabic",
    "bn": "bengali",
    "as": "bengali",
    "ta": "tamil",
    "zh": "chinese",
}
RIGHT_TO_LEFT = frozenset({"arabic"})


def script(language: str) -> str:
    """Script that a language (BCP 47) is set in: a key of SCRIPT_FACES."""
    return _SCRIPTS.get(language.partition("-")[0].lower(), "latin")


def right_to_left(language: str) -> bool:
    return script(language) in RIGHT_TO_LEFT


def directory() -> Path:
    """Where the prepared fonts lie: in the environment that SmartQueue is installed into."""
    return Path(sys.prefix) / "share" / "smartqueue" / "fonts"


def face(language: str, weight: int) -> Path:
    """File of the prepared face for a language; weight 400 or 700."""
    return directory() / file_name(script(language), weight)


def file_name(script_name: str, weight: int) -> str:
    return f"smartqueue-{script_name}-{weight}.ttf"


def there(script_name: str, where: Path) -> bool:
    """Both weights of a script are in this directory."""
    return all((where / file_name(script_name, weight)).is_file() for weight in WEIGHT_NAMES)


def check(target: Path | None = None, has_raqm: bool | None = None, languages: Iterable[str] = ()) -> None:
    """Raises StartFault with one clear line when text can't be drawn right: no RAQM, or fonts not prepared.

    target: where to look (None: `directory()`); has_raqm: None asks Pillow; languages: what will be drawn for sure.
    """
    if not (features.check("raqm") if has_raqm is None else has_raqm):
        raise StartFault("Text can't be shaped: Pillow has no RAQM. Install the Debian package libfribidi0.")
    where = target or directory()
    absent = [name for name in SCRIPTS if not there(name, where)]
    if absent:
        raise StartFault(f"The fonts are not prepared (those for {absent[0]} are missing). Run: smartqueue fonts")
    for script_name in map(script, languages):
        if not there(script_name, where):
            raise StartFault(remedy(script_name))


@cache
def checked() -> bool:
    """`check` once for each process."""
    check()
    return True


@cache
def ready(script_name: str) -> bool:
    """The script's faces are prepared on this machine. Looked up, and logged if not, once for each process."""
    if there(script_name, directory()):
        return True
    log.warning("words can't be drawn: %s", remedy(script_name))
    return False


def drawable(language: str) -> bool:
    """The language can be shown on this machine."""
    return ready(script(language))


def remedy(script_name: str, has_source: bool | None = None) -> str:
    """What to do where a script's faces are missing. has_source: its Debian package is there; None looks."""
    source = SCRIPT_FACES[script_name]
    language = next((one for one, its in _SCRIPTS.items() if its == script_name), "en")
    command = f"smartqueue fonts --language {language}"
    if source.path(400).is_file() if has_source is None else has_source:
        return f"The {script_name} letters are not prepared. Run: {command}"
    return (
        f"The {script_name} letters are not prepared. Install the Debian package {source.package}, then run: {command}"
    )
