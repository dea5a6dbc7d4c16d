"""Looks for what would be wrong with a scene on a real screen: cut or crowded words, weak contrast, small targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from smartqueue.look import icons, paint, qr, theme
from smartqueue.look.scene import Bar, Box, Icon, Item, Panel, Photo, Qr, Scene, Target, Text
from smartqueue.look.screen import Screen

_TOUCHING_PX = 1.0
"""Ink may overlap by this much: antialiasing."""
_OVERHANG_CAPITALS = 0.12
"""Side bearings: ink may stand out of its box by this share of the capitals."""


@dataclass(frozen=True, slots=True)
class Defect:
    """kind: one word for tests to look for; what: a sentence; box: where."""

    kind: str
    what: str
    box: Box

    def __str__(self) -> str:
        box = self.box
        return f"{self.kind}: {self.what} at {box.x:.0f},{box.y:.0f} {box.w:.0f}x{box.h:.0f}"


def ink_box(item: Item) -> Box:
    """Where an item really leaves ink; of zero size where it leaves none."""
    if isinstance(item, Panel | Bar | Photo):
        return item.box
    if isinstance(item, Icon):
        size = int(min(item.box.w, item.box.h))
        inked = icons.mask(item.name, size, item.flipped).getbbox() if size else None
        left, top, right, bottom = inked or (0, 0, 0, 0)
        corner = item.box.centred(size, size)
        return Box(round(corner.x) + left, round(corner.y) + top, right - left, bottom - top)
    parts = list(paint.layers(item))
    if not parts:
        return Box(item.box.x, item.box.y, 0, 0)
    return Box(parts[0].x, parts[0].y, parts[0].w, parts[0].h)


def check(
    scene: Scene, screen: Screen | None = None, target_mm: float = theme.TARGET_MM, capital_mm: float = 0.0
) -> list[Defect]:
    """Everything that is wrong. With a screen, targets must also be target_mm wide and high, capitals capital_mm."""
    return [
        *_texts(scene, screen.px(capital_mm) if screen else 0),
        *_overlaps(scene),
        *_contrasts(scene),
        *_codes(scene),
        *_targets(scene, screen.px(target_mm) if screen else 0),
    ]


def _texts(scene: Scene, least_px: float) -> Iterator[Defect]:
    whole = Box(0, 0, scene.width_px, scene.height_px)
    for text in scene.texts():
        if not text.text.strip():
            continue
        block, _, _ = paint.place(text)
        if block.cut:
            yield Defect("cut", f"{text.text!r} became {' / '.join(block.lines)!r}", text.box)
        if block.squeezed:
            yield Defect("squeezed", f"{text.text!r} fits only with capitals of {block.capital_px:.1f} px", text.box)
        if block.capital_px < least_px - _TOUCHING_PX / 2:
            yield Defect("tiny", f"{text.text!r} has capitals of {block.capital_px:.1f} px, not {least_px}", text.box)
        if block.height_px > text.box.h + _TOUCHING_PX:
            yield Defect("high", f"{text.text!r} needs {block.height_px:.0f} px from capitals to baseline", text.box)
        ink, slack = ink_box(text), block.capital_px * _OVERHANG_CAPITALS + _TOUCHING_PX
        if ink.x < text.box.x - slack or ink.right > text.box.right + slack:
            yield Defect("wide", f"{text.text!r} has ink from {ink.x:.0f} to {ink.right:.0f}", text.box)
        if not whole.encloses(ink):
            yield Defect("outside", f"{text.text!r} leaves the screen", ink)


def _overlaps(scene: Scene) -> Iterator[Defect]:
    marks = [(item, ink_box(item)) for item in scene.items if isinstance(item, Text | Icon | Qr)]
    for (one, one_ink), (other, other_ink) in combinations(marks, 2):
        if one_ink.overlaps(other_ink, _TOUCHING_PX):
            yield Defect("overlap", f"{_called(one)} and {_called(other)} share a place", one_ink)


def _called(item: Item) -> str:
    match item:
        case Text():
            return repr(item.text)
        case Icon():
            return f"icon {item.name}"
        case _:
            return type(item).__name__


def _contrasts(scene: Scene) -> Iterator[Defect]:
    for n, item in enumerate(scene.items):
        if isinstance(item, Text | Icon):
            ink = ink_box(item)
            if ink.w > 0:
                yield from _contrast(scene, n, item, ink)


def _contrast(scene: Scene, n: int, item: Text | Icon, ink: Box) -> Iterator[Defect]:
    least = theme.CONTRAST_TEXT if isinstance(item, Text) else theme.CONTRAST_EDGE
    for ground, enclosed in _grounds(scene, n, ink):
        ratio = theme.contrast(item.colour, ground)
        if ratio < least:
            yield Defect("contrast", f"{_called(item)} {item.colour} on {ground} has {ratio:.1f}:1", ink)
        if not enclosed:
            yield Defect("straddles", f"{_called(item)} stands half on a ground of {ground}", ink)


def _grounds(scene: Scene, n: int, ink: Box) -> Iterator[tuple[str, bool]]:
    """Colours beneath the ink of item n, from above down to the first that lies under all of it."""
    for below in reversed(scene.items[:n]):
        fill = below.fill if isinstance(below, Panel) else below.colour if isinstance(below, Bar) else None
        if fill is None or not below.box.overlaps(ink, _TOUCHING_PX):
            continue
        enclosed = below.box.encloses(ink, _TOUCHING_PX)
        yield fill, enclosed
        if enclosed:
            return
    yield scene.ground, True


def _codes(scene: Scene) -> Iterator[Defect]:
    for item in scene.items:
        if isinstance(item, Qr) and qr.module_px(item.data, min(item.box.w, item.box.h)) < 2:
            yield Defect("code", "the QR code has less than 2 px for each module", item.box)


def _targets(scene: Scene, least_px: float) -> Iterator[Defect]:
    whole = Box(0, 0, scene.width_px, scene.height_px)
    keys = [target.key for target in scene.targets]
    for target in scene.targets:
        if min(target.box.w, target.box.h) < least_px - _TOUCHING_PX:
            yield Defect("small", f"target {target.key!r} is under {least_px} px", target.box)
        if not whole.encloses(target.box, _TOUCHING_PX):
            yield Defect("outside", f"target {target.key!r} leaves the screen", target.box)
        if keys.count(target.key) > 1:
            yield Defect("twice", f"target {target.key!r} is not the only one of its key", target.box)
    for one, other in combinations(scene.targets, 2):
        if one.box.overlaps(other.box, _TOUCHING_PX) and not _above(one, other):
            yield Defect("overlap", f"targets {one.key!r} and {other.key!r} share a place", one.box)


def _above(lower: Target, upper: Target) -> bool:
    """A small target may lie on a large one that reaches around it."""
    return lower.box.encloses(upper.box)
