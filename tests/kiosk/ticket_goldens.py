"""The kept pictures of tickets: each language on each paper, drawn by the virtual printer from the bytes it was sent.

`make pictures` writes them anew, or `python tests/kiosk/ticket_goldens.py`. Look at what has changed before keeping it.
"""

import sys
from pathlib import Path

from kiosk_tickets import facts
from PIL import Image, ImageChops
from printed_paper import meant

from kiosk.layout import ticket_strips
from kiosk.profiles import PROFILES
from kiosk.raster import Printed
from smartqueue.i18n import Words
from smartqueue.look import fonts
from smartqueue.terms import LANGUAGES, Language

FOLDER = Path(__file__).with_name("goldens")
LAYOUTS: dict[str, tuple[str, float | None]] = {
    "80mm": ("generic-80mm", None),
    "58mm": ("generic-58mm", None),
    "80mm-slim": ("epson-tm-t20", 960.0),
    "58mm-slim": ("generic-58mm", 960.0),
}
"""Profile, and bytes a second of the line."""
CELL, FINE = 16, 4
"""Pictures are compared in squares of so many dots, after a look that does not see a shift of one dot."""
NAMES = tuple(f"{language}-{layout}" for language in LANGUAGES for layout in LAYOUTS)


def can_be_drawn(name: str) -> bool:
    """The letters of this language are on this machine."""
    return fonts.there(fonts.script(name.partition("-")[0]), fonts.directory())


def printed(name: str, **changes: object) -> Printed:
    language, _, layout = name.partition("-")
    kind, line = LAYOUTS[layout]
    profile = PROFILES[kind]
    strips = ticket_strips(facts(Language(language), **changes), Words(Language(language)), profile, line)
    return meant(strips, profile)


def file_of(name: str) -> Path:
    return FOLDER / f"{name}.png"


def difference(one: Image.Image, other: Image.Image) -> float:
    """Of the square that differs most, 0 to 1; 1 for other sizes."""
    if one.size != other.size:
        return 1.0
    seen = [_seen(picture) for picture in (one, other)]
    apart = ImageChops.difference(*seen)
    cells = apart.resize((-(-apart.width * FINE // CELL), -(-apart.height * FINE // CELL)), Image.Resampling.BOX)
    return cells.getextrema()[1] / 255


def _seen(picture: Image.Image) -> Image.Image:
    return picture.convert("L").resize((picture.width // FINE, picture.height // FINE), Image.Resampling.BOX)


def write() -> None:
    """Makes every one anew whose letters are here."""
    FOLDER.mkdir(exist_ok=True)
    for name in filter(can_be_drawn, NAMES):
        printed(name).image.save(file_of(name), optimize=True)
        sys.stdout.write(f"wrote tests/kiosk/goldens/{name}.png\n")


if __name__ == "__main__":
    write()
