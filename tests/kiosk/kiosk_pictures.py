"""Every screen of the kiosk, on every panel, in three languages, as picture files to be looked at.

    python tests/kiosk/kiosk_pictures.py FOLDER [PART ...]

PART: only screens whose name has it, such as `needs` or `technician`. Files are called PANEL/STATE-LANGUAGE.png.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk_gallery import SCREENS, contrasts, fronts, special, view
from kiosk_panels import LANGUAGES

from kiosk.screens import View, draw
from smartqueue.look.paint import paint
from smartqueue.terms import Language


def views(language: Language) -> Iterator[tuple[str, View]]:
    """Name of the state, and what is drawn."""
    yield from ((name, view(front, language)) for name, front in fronts(language).items())
    yield from special(language).items()
    yield from ((f"contrast-{name}", shown) for name, shown in contrasts(language).items())


def write(folder: Path, parts: Sequence[str] = (), panels: Sequence[str] = tuple(SCREENS)) -> list[Path]:
    """The files that were made."""
    made = []
    for panel in panels:
        (folder / panel).mkdir(parents=True, exist_ok=True)
        for language in LANGUAGES:
            for name, shown in views(language):
                if not parts or any(part in name for part in parts):
                    made.append(folder / panel / f"{name}-{language}.png")
                    paint(draw(shown, SCREENS[panel])).save(made[-1])
    return made


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.stdout.write(f"made {len(write(Path(sys.argv[1]), sys.argv[2:]))} pictures\n")
