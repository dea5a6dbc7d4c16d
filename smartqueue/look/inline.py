"""Words and icons of different weight and colour side by side on one baseline, as items of a scene."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from smartqueue.look import typeset
from smartqueue.look.scene import Align, Box, Icon, Text, Weight


@dataclass(frozen=True, slots=True)
class Words:
    """Part of a line. language None: that of the line."""

    text: str
    colour: str
    weight: Weight = 400
    language: str | None = None
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon in a line. capitals: its size in heights of the line's capitals."""

    name: str
    colour: str
    directional: bool = False
    capitals: float = 1.4


Part = Words | Sign

_GAP_EM = 0.26
_GAP_SIGN_EM = 0.3


def _style(part: Words, language: str) -> typeset.Style:
    return typeset.Style(part.language or language, part.weight, part.tight)


def _width(part: Part, language: str, capital_px: float) -> float:
    if isinstance(part, Sign):
        return round(capital_px * part.capitals)
    return typeset.width(part.text, capital_px, _style(part, language))


def _gap(before: Part, after: Part, em_px: float) -> float:
    return em_px * (_GAP_SIGN_EM if isinstance(before, Sign) or isinstance(after, Sign) else _GAP_EM)


def _gaps(parts: Sequence[Part], em_px: float) -> list[float]:
    return [_gap(parts[n], parts[n + 1], em_px) for n in range(len(parts) - 1)]


def width(parts: Sequence[Part], language: str, capital_px: float) -> float:
    """Width in pixels of the parts with the gaps between them."""
    em_px = typeset.em_px(capital_px, typeset.Style(language))
    return sum(_width(part, language, capital_px) for part in parts) + sum(_gaps(parts, em_px))


def common_px(lines: Iterable[Sequence[Part]], language: str, sizes_px: Sequence[float], width_px: float) -> float:
    """The largest of the sizes at which every one of the lines fits, so that a group looks like one; else the
    smallest."""
    kept = tuple(lines)
    for size in sizes_px:
        if all(width(parts, language, size) <= width_px + 0.5 for parts in kept):
            return size
    return sizes_px[-1]


def inline(
    box: Box,
    parts: Sequence[Part],
    language: str,
    sizes_px: Sequence[float],
    align: Align = "start",
) -> tuple[Text | Icon, ...]:
    """The parts in reading order, their capitals in the middle of the box, at the largest of the sizes (heights of
    capitals, descending) at which they fit. Built for left-to-right like everything in a scene."""
    size = common_px((parts,), language, sizes_px, box.w)
    share = {"start": 0.0, "center": 0.5, "end": 1.0}[align]
    start = box.x + (box.w - width(parts, language, size)) * share
    return tuple(_placed(box, parts, language, size, start))


def _placed(box: Box, parts: Sequence[Part], language: str, size: float, x: float) -> Iterator[Text | Icon]:
    gaps = [*_gaps(parts, typeset.em_px(size, typeset.Style(language))), 0.0]
    for part, gap in zip(parts, gaps, strict=True):
        wide = _width(part, language, size)
        place = Box(x, box.y, wide, box.h)
        if isinstance(part, Sign):
            yield Icon(place.centred(wide, wide), part.name, part.colour, part.directional)
        else:
            own = part.language or language
            yield Text(place, part.text, own, size, part.weight, part.colour, tight=part.tight)
        x += wide + gap
