"""Our own drawings on a grid of 24: path strings for strokes of width 2 with round ends, and dots.

Each icon: strokes (SVG path data, round caps and joins) and dots (centre x, centre y, radius).
"""

from dataclasses import dataclass
from html import escape

STROKE = 2.0
Dot = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    strokes: str
    dots: tuple[Dot, ...] = ()


def _ring(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y:g}A{r:g} {r:g} 0 1 1 {x + r:g} {y:g}A{r:g} {r:g} 0 1 1 {x - r:g} {y:g}Z"


_CLOCK_FACE = _ring(12, 12, 9)
_SLASH = "M3.5 20.5L20.5 3.5"

DRAWINGS: dict[str, Drawing] = {
    # --- the site and its departments
    "clinic": Drawing("M4.2 20.8V9L12 3.4L19.8 9V20.8M2.2 20.8H21.8M12 9.6V15.6M9 12.6H15"),
    "stethoscope": Drawing(
        "M6.2 3H4V8.6A4.6 4.6 0 0 0 13.2 8.6V3H11M8.6 13.2V15.6A5.2 5.2 0 0 0 19 15.6V13.4" + _ring(19, 10.9, 2.4)
    ),
    "bear": Drawing(
        _ring(12, 13.2, 7.4) + "M6.2 8.6A3 3 0 1 1 9.2 6.3M17.8 8.6A3 3 0 1 0 14.8 6.3M9 15.6Q12 18.8 15 15.6",
        ((9.2, 11.8, 1.3), (14.8, 11.8, 1.3)),
    ),
    "heart": Drawing(
        "M12 20.6C8 17.6 2.8 14 2.8 8.8C2.8 5.9 5 3.9 7.5 3.9C9.4 3.9 11 4.9 12 6.7C13 4.9 14.6 3.9 16.5 3.9"
        "C19 3.9 21.2 5.9 21.2 8.8C21.2 14 16 17.6 12 20.6ZM6.6 11.8H9.4L11 9L13.2 14.4L14.6 11.8H17.4"
    ),
    "bone": Drawing(
        "M6.98 14.05L14.05 6.98A2.7 2.7 0 1 1 18.79 5.21A2.7 2.7 0 1 1 17.02 9.95"
        "L9.95 17.02A2.7 2.7 0 1 1 5.21 18.79A2.7 2.7 0 1 1 6.98 14.05Z"
    ),
    "flask": Drawing(
        "M8.4 3H15.6M9.8 3V9L4.2 18.4A1.7 1.7 0 0 0 5.7 21H18.3A1.7 1.7 0 0 0 19.8 18.4L14.2 9V3M7.2 14.6H16.8"
    ),
    "pill": Drawing("M4.6 12.2L12.2 4.6A5.1 5.1 0 0 1 19.4 11.8L11.8 19.4A5.1 5.1 0 0 1 4.6 12.2ZM8.4 8.4L15.6 15.6"),
    "eye": Drawing(
        "M2.2 12C4.4 7.6 7.9 5.2 12 5.2C16.1 5.2 19.6 7.6 21.8 12C19.6 16.4 16.1 18.8 12 18.8"
        "C7.9 18.8 4.4 16.4 2.2 12Z" + _ring(12, 12, 3)
    ),
    "tooth": Drawing(
        "M12 6C10.2 4.2 8.6 3.4 7 3.4C4.6 3.4 3 5.4 3 8C3 10.4 4 11.6 4.6 13.8C5.2 16.2 5.3 20.8 7.6 20.8"
        "C9.8 20.8 9 14.8 12 14.8C15 14.8 14.2 20.8 16.4 20.8C18.7 20.8 18.8 16.2 19.4 13.8C20 11.6 21 10.4 21 8"
        "C21 5.4 19.4 3.4 17 3.4C15.4 3.4 13.8 4.2 12 6Z"
    ),
    "ear": Drawing(
        "M6 9.2A6.2 6.2 0 0 1 18.4 9.2C18.4 13.4 14.6 14 14.2 17.4C13.9 20 12.4 21.2 10.6 21.2"
        "C9.2 21.2 8.1 20.5 7.5 19.4"
        "M9.4 9.4A2.8 2.8 0 0 1 15 9.4C15 11.6 12.4 12 12.2 14.4"
    ),
    "lungs": Drawing(
        "M12 3V9.6M12 9.6L8.6 12.4M12 9.6L15.4 12.4"
        "M7.4 7.4C4.6 9.2 2.4 13.8 2.4 18.2C2.4 20.2 3.4 21 4.8 20.8L7 20.4C8.2 20.1 8.6 19.4 8.6 18.2V8.2"
        "C8.6 7.2 8.2 6.9 7.4 7.4ZM16.6 7.4C19.4 9.2 21.6 13.8 21.6 18.2C21.6 20.2 20.6 21 19.2 20.8"
        "L17 20.4C15.8 20.1 15.4 19.4 15.4 18.2V8.2C15.4 7.2 15.8 6.9 16.6 7.4Z"
    ),
    "brain": Drawing(
        "M12 5.2A3 3 0 0 0 6.4 5.8A3.5 3.5 0 0 0 4 10.6A3.6 3.6 0 0 0 4.4 16A3.5 3.5 0 0 0 8.2 19.8"
        "A2.7 2.7 0 0 0 12 18.8Z"
        "M12 5.2A3 3 0 0 1 17.6 5.8A3.5 3.5 0 0 1 20 10.6A3.6 3.6 0 0 1 19.6 16A3.5 3.5 0 0 1 15.8 19.8"
        "A2.7 2.7 0 0 1 12 18.8M8 9.4A2.8 2.8 0 0 1 7.4 13.4M16 9.4A2.8 2.8 0 0 0 16.6 13.4"
    ),
    "syringe": Drawing(
        "M16.8 3L21 7.2M18.9 5.1L15.4 8.6M11.4 5.2L18.8 12.6M17 10.8L9.6 18.2H5.8V14.4L13.2 7"
        "M5.8 18.2L3 21M9.4 10.8L11.8 13.2"
    ),
    "scan": Drawing(
        "M3 7.6V5A2 2 0 0 1 5 3H7.6M16.4 3H19A2 2 0 0 1 21 5V7.6M21 16.4V19A2 2 0 0 1 19 21H16.4"
        "M7.6 21H5A2 2 0 0 1 3 19V16.4M12 6.4V17.6M8 8.6H16M7.4 12.2H16.6M8.6 15.8H15.4"
    ),
    "emergency": Drawing("M12 3V21M4.2 7.5L19.8 16.5M19.8 7.5L4.2 16.5"),
    "cash": Drawing("M2.6 6H21.4V18H2.6Z" + _ring(12, 12, 2.6), ((6.2, 12, 1.2), (17.8, 12, 1.2))),
    "reception": Drawing("M3 20H21M4.6 16.6A7.4 7.4 0 0 1 19.4 16.6ZM12 9V6.4M9.6 5.6H14.4"),
    # --- people and needs
    "person": Drawing(_ring(12, 7.4, 3.8) + "M4.4 20.8C4.4 16.6 7.4 14.4 12 14.4S19.6 16.6 19.6 20.8"),
    "person-plus": Drawing(
        _ring(9.4, 7.4, 3.6) + "M2.8 20.6C2.8 16.6 5.4 14.2 9.4 14.2S16 16.6 16 20.6M19 4.6V10.6M16 7.6H22"
    ),
    "person-x": Drawing(
        _ring(9.4, 7.4, 3.6)
        + "M2.8 20.6C2.8 16.6 5.4 14.2 9.4 14.2C11 14.2 12.4 14.6 13.5 15.3M16.4 16L21.4 21M21.4 16L16.4 21"
    ),
    "people": Drawing(
        _ring(8.8, 7.6, 3.6) + "M2.2 20.6C2.2 16.6 4.8 14.2 8.8 14.2S15.4 16.6 15.4 20.6"
        "M15.6 4.2A3.6 3.6 0 0 1 15.6 11M18.4 14.8C20.6 15.7 21.8 17.7 21.8 20.6"
    ),
    "wheelchair": Drawing(
        _ring(9.6, 4, 1.9) + "M9.6 8.6V14.6H15.4L18 20.2L20.2 19.2M9.6 11H14.4M6.8 12.4A5.2 5.2 0 1 0 14.2 18.6"
    ),
    "accessibility": Drawing(
        _CLOCK_FACE.replace("9", "9") + "M7 10L12 10.8L17 10M12 10.8V13.8L9.4 18M12 13.8L14.6 18", ((12, 7.2, 1.5),)
    ),
    "see-hear": Drawing(
        "M1.6 6.8C3 4 5.2 2.4 8 2.4S13 4 14.4 6.8C13 9.6 10.8 11.2 8 11.2S3 9.6 1.6 6.8Z"
        "M13.2 16.6A4.4 4.4 0 0 1 22 16.6C22 19 19.8 19 19.5 20.6C19.3 21.6 18.4 22.2 17.2 22.2"
        "C16.2 22.2 15.4 21.8 15 21",
        ((8, 6.8, 1.7),),
    ),
    "elderly": Drawing(
        _ring(9.2, 4, 1.9)
        + "M9.8 8.6L7.6 14L6.4 21M7.8 14L11 16.4V21M9.8 8.6L12 12L15 12.6M15 21V12.4A1.8 1.8 0 0 1 18.6 12.4V13.4"
    ),
    "pregnant": Drawing(
        _ring(11, 4, 1.9) + "M10.6 8.4C8.8 10.4 8.4 13 8.6 15.6H10.4V21M13.6 21V16.2"
        "M10.6 8.4C12 9 12.8 9.8 13.2 10.8C15.4 11 16.8 12 16.8 13.6S15.4 16.2 13.2 16.2H10.4"
    ),
    "baby": Drawing(
        _ring(12, 13, 8) + "M8.8 15.6Q12 18.8 15.2 15.6M12 5C11.4 3.4 12.6 2.2 14.4 2.6",
        ((9.2, 11.6, 1.3), (14.8, 11.6, 1.3)),
    ),
    "walker": Drawing(
        _ring(8.2, 4, 1.9)
        + "M8.6 8.6L6.6 14.4L4.4 21M6.8 14.2L9.8 16.6V21M8.6 8.6L11.4 12H19L21 21M14 12V21M14.2 16.4H19.8"
    ),
    "deaf": Drawing(
        "M6 9.2A6.2 6.2 0 0 1 18.4 9.2C18.4 13.4 14.6 14 14.2 17.4C13.9 20 12.4 21.2 10.6 21.2"
        "C9.2 21.2 8.1 20.5 7.5 19.4" + _SLASH
    ),
    "blind": Drawing(
        "M2.2 12C4.4 7.6 7.9 5.2 12 5.2C16.1 5.2 19.6 7.6 21.8 12C19.6 16.4 16.1 18.8 12 18.8"
        "C7.9 18.8 4.4 16.4 2.2 12Z" + _ring(12, 12, 3) + _SLASH
    ),
    # --- doing
    "arrow-right": Drawing("M3.4 12H20M13.6 5.4L20.2 12L13.6 18.6"),
    "arrow-left": Drawing("M20.6 12H4M10.4 5.4L3.8 12L10.4 18.6"),
    "arrow-down": Drawing("M12 3.4V20M5.4 13.6L12 20.2L18.6 13.6"),
    "arrow-up": Drawing("M12 20.6V4M5.4 10.4L12 3.8L18.6 10.4"),
    "arrow-up-left": Drawing("M19 19L5.4 5.4M5.2 15V5.2H15"),
    "arrow-up-right": Drawing("M5 19L18.6 5.4M9 5.2H18.8V15"),
    "turn-back": Drawing("M4.4 20.4V9.4A5.6 5.6 0 0 1 15.6 9.4V19.6M10.4 14.6L15.6 19.8L20.8 14.6"),
    "stairs-up": Drawing("M3 20.6H8V15.6H13V10.6H18V5.6H21M7 11.4V3.6M3.4 7L7 3.4L10.6 7"),
    "stairs-down": Drawing("M3 5.6H6V10.6H11V15.6H16V20.6H21M17 3.4V11.2M13.4 7.8L17 11.4L20.6 7.8"),
    "back": Drawing("M20.6 12H4M10.4 5.4L3.8 12L10.4 18.6"),
    "page-on": Drawing("M7.6 3L16.8 12L7.6 21"),
    "page-back": Drawing("M16.4 3L7.2 12L16.4 21"),
    "check": Drawing("M4 12.8L9.4 18.2L20.2 6.2"),
    "cross": Drawing("M5.4 5.4L18.6 18.6M18.6 5.4L5.4 18.6"),
    "plus": Drawing("M12 4.4V19.6M4.4 12H19.6"),
    "next": Drawing("M4.6 4.2V19.8L15.6 12ZM19.8 4.2V19.8"),
    "pause": Drawing("M8.4 4.6V19.4M15.6 4.6V19.4"),
    "play": Drawing("M7 4.2V19.8L19 12Z"),
    "recall": Drawing("M4.2 3.6V8.8H9.4M4.6 8.6A8.4 8.4 0 1 1 3.6 13.4"),
    "touch": Drawing(
        "M9 13.6V5.2A1.8 1.8 0 0 1 12.6 5.2V11L17.6 12.2A2.4 2.4 0 0 1 19.4 14.8L18.6 21H10.2L5.4 15.6"
        "A1.7 1.7 0 0 1 8 13.4L9 14.4"
    ),
    # --- things
    "clock": Drawing(_CLOCK_FACE + "M12 6.6V12L15.6 14.2"),
    "globe": Drawing(
        _CLOCK_FACE + "M3 12H21M12 3C9.2 5.6 7.8 8.6 7.8 12S9.2 18.4 12 21C14.8 18.4 16.2 15.4 16.2 12S14.8 5.6 12 3Z"
    ),
    "message": Drawing(
        "M4.4 3.8H19.6A1.6 1.6 0 0 1 21.2 5.4V15.2A1.6 1.6 0 0 1 19.6 16.8H11.4L6.8 20.8V16.8H4.4"
        "A1.6 1.6 0 0 1 2.8 15.2V5.4A1.6 1.6 0 0 1 4.4 3.8ZM7.4 8.4H16.6M7.4 12.2H13"
    ),
    "printer": Drawing(
        "M7 8.4V3.2H17V8.4M7 17.2H4.6A2 2 0 0 1 2.6 15.2V10.4A2 2 0 0 1 4.6 8.4H19.4A2 2 0 0 1 21.4 10.4"
        "V15.2A2 2 0 0 1 19.4 17.2H17M7 14H17V20.8H7Z"
    ),
    "printer-x": Drawing(
        "M7 8.4V3.2H17V8.4M5.8 17.2H4.6A2 2 0 0 1 2.6 15.2V10.4A2 2 0 0 1 4.6 8.4H19.4"
        "A2 2 0 0 1 21.4 10.4V15.2A2 2 0 0 1 19.4 17.2H18.2M8.8 14L15.2 20.4M15.2 14L8.8 20.4"
    ),
    "wifi-off": Drawing(
        "M2.2 9.6C4.8 6.8 8.2 5.2 12 5.2C13.4 5.2 14.7 5.4 16 5.8M19.4 7.4C20.3 8 21.1 8.8 21.8 9.6"
        "M5.6 13.2C7.3 11.4 9.5 10.4 12 10.4M16.6 11.9C17.3 12.3 17.9 12.7 18.4 13.2M3.5 20.5L20.5 3.5",
        ((12.9, 18.6, 1.5),),
    ),
    "info": Drawing(_CLOCK_FACE + "M12 11.2V16.8", ((12, 7.5, 1.3),)),
    "warning": Drawing("M12 3.4L22 20.4H2ZM12 10V14.6", ((12, 17.4, 1.2),)),
    "ticket": Drawing("M5.6 3H18.4V21L16.3 19.2L14.1 21L12 19.2L9.9 21L7.7 19.2L5.6 21ZM9.2 8H14.8M9.2 12.4H14.8"),
    "speaker": Drawing(
        "M3.2 9.2V14.8H7.2L12.2 19V5L7.2 9.2ZM15.8 8.8C17.4 10.6 17.4 13.4 15.8 15.2M18.8 6C22 9.4 22 14.6 18.8 18"
    ),
    "speaker-off": Drawing("M5.4 8.8V15.2H9.6L15.6 20V4L9.6 8.8ZM19.4 8.8C20.8 10.6 20.8 13.4 19.4 15.2" + _SLASH),
    "bell": Drawing(
        "M5 17.4C6.6 15.6 6.6 13.6 6.6 10.6A5.4 5.4 0 0 1 17.4 10.6C17.4 13.6 17.4 15.6 19 17.4ZM10 20.8H14M12 5V3"
    ),
    "bell-off": Drawing(
        "M5 17.4C6.6 15.6 6.6 13.6 6.6 10.6A5.4 5.4 0 0 1 17.4 10.6C17.4 13.6 17.4 15.6 19 17.4ZM10 20.8H14M12 5V3"
        + _SLASH
    ),
    "calendar": Drawing(
        "M5 5.2H19A1.8 1.8 0 0 1 20.8 7V19.2A1.8 1.8 0 0 1 19 21H5A1.8 1.8 0 0 1 3.2 19.2V7A1.8 1.8 0 0 1 5 5.2Z"
        "M3.4 10.4H20.6M8 2.8V7M16 2.8V7"
    ),
    "check-in": Drawing(
        "M5 5.2H19A1.8 1.8 0 0 1 20.8 7V19.2A1.8 1.8 0 0 1 19 21H5A1.8 1.8 0 0 1 3.2 19.2V7A1.8 1.8 0 0 1 5 5.2Z"
        "M3.4 10H20.6M8 2.8V7M16 2.8V7M8.2 15.4L10.9 18L15.8 12.8"
    ),
    "contrast": Drawing(_CLOCK_FACE + "M12 3V21M12 6.6H19M12 10.2H20.6M12 13.8H20.6M12 17.4H19"),
    "speech": Drawing(
        "M4.4 3.8H19.6A1.6 1.6 0 0 1 21.2 5.4V15.2A1.6 1.6 0 0 1 19.6 16.8H11.4L6.8 20.8V16.8H4.4"
        "A1.6 1.6 0 0 1 2.8 15.2V5.4A1.6 1.6 0 0 1 4.4 3.8ZM7.6 9V11.6M12 7V13.6M16.4 9V11.6"
    ),
    "backspace": Drawing("M8.8 5H21V19H8.8L2.6 12ZM11.8 9.2L17.2 14.8M17.2 9.2L11.8 14.8"),
    "barcode": Drawing("M3.4 5V19M7.2 5V19M10 5V19M14 5V19M16.8 5V19M20.6 5V19"),
    "copy": Drawing("M8.4 3H20.6V16.4H8.4ZM8.4 7.2H3.4V21H15.6V16.4M12 7.6H17M12 11.8H17"),
    "network": Drawing("M9 3H15V8H9ZM3 16H9V21H3ZM15 16H21V21H15ZM12 8V12.2M6 16V12.2H18V16"),
    "hub": Drawing("M3 4H21V11H3ZM3 13.4H21V20.4H3Z", ((6.8, 7.5, 1.2), (6.8, 16.9, 1.2))),
    "search": Drawing(_ring(10.4, 10.4, 7) + "M15.6 15.6L21 21"),
    "lock": Drawing("M5 10.6H19V21H5ZM8 10.6V7.2A4 4 0 0 1 16 7.2V10.6M12 14.6V17"),
    "star": Drawing("M12 2.8L14.8 8.8L21.4 9.6L16.5 14.1L17.8 20.6L12 17.4L6.2 20.6L7.5 14.1L2.6 9.6L9.2 8.8Z"),
    "phone": Drawing(
        "M8 2.6H16A1.8 1.8 0 0 1 17.8 4.4V19.6A1.8 1.8 0 0 1 16 21.4H8A1.8 1.8 0 0 1 6.2 19.6V4.4"
        "A1.8 1.8 0 0 1 8 2.6ZM10.8 18H13.2"
    ),
    "rays": Drawing(
        "M12 1.4V3M12 21V22.6M1.4 12H3M21 12H22.6M4.5 4.5L5.6 5.6M18.4 18.4L19.5 19.5M19.5 4.5L18.4 5.6"
        "M5.6 18.4L4.5 19.5"
    ),
}

DRAWINGS["child"] = DRAWINGS["bear"]


def names() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def known(name: str) -> bool:
    return name in DRAWINGS


def drawing(name: str) -> Drawing:
    """Raises KeyError that says which names there are."""
    try:
        return DRAWINGS[name]
    except KeyError:
        raise KeyError(f"no icon {name!r}; there are: {', '.join(sorted(DRAWINGS))}") from None


def svg(name: str, title: str = "") -> str:
    """The icon for a page, in the colour of the text around it. Without a title it is hidden from screen readers."""
    what = drawing(name)
    dots = "".join(
        f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="currentColor" stroke="none"/>' for x, y, r in what.dots
    )
    label = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    return (
        f'<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        f'stroke-width="{STROKE:g}" stroke-linecap="round" stroke-linejoin="round" {label}>'
        f'<path d="{what.strokes}"/>{dots}</svg>'
    )
