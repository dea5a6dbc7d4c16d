"""A scene as coloured masks, and as a Pillow picture. Kivy draws the same masks."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image

from smartqueue.look import icons, qr, shapes, typeset
from smartqueue.look.scene import Bar, Icon, Item, Panel, Photo, Qr, Scene, Text
from smartqueue.look.shapes import Layer, Rounded
from smartqueue.look.theme import contrast, rgb

_LOOKED_AT = 48
"""Points across to which a picture is shrunk to look at its colours."""
_OPAQUE = 128
_SEEN = 2.0
"""Contrast from which ink of a picture can be seen."""


def place(text: Text) -> tuple[typeset.Block, int, int]:
    """The text set into its box, and where its origin (left end of the first baseline) lies."""
    block = typeset.block(
        text.text,
        typeset.Style(text.language, text.weight, text.tight),
        (text.capital_px, *text.smaller_px),
        text.box.w,
        text.lines,
        text.box.h if text.lines > 1 else None,
        text.leading,
        text.align,
    )
    share = {"start": 0.0, "center": 0.5, "end": 1.0}[text.align]
    x = text.box.x + (text.box.w - block.width_px) * share
    spare = text.box.h - block.height_px
    top = text.box.y + {"top": 0.0, "middle": spare / 2, "bottom": spare}[text.valign]
    return block, round(x), round(top + block.capital_px)


def layers(item: Item) -> Iterator[Layer]:
    """What to draw for an item, from below to above."""
    match item:
        case Panel():
            return _panel(item)
        case Text():
            return _text(item)
        case Icon():
            return _icon(item)
        case Qr():
            return _qr(item)
        case Bar():
            return _bar(item)
        case Photo():
            return _photo(item)


def _whole(item: Item) -> tuple[int, int, int, int]:
    x, y = round(item.box.x), round(item.box.y)
    return x, y, max(0, round(item.box.right) - x), max(0, round(item.box.bottom) - y)


def _panel(panel: Panel) -> Iterator[Layer]:
    x, y, w, h = _whole(panel)
    shape = Rounded(x, y, w, h, min(round(panel.radius_px), w // 2, h // 2), panel.corners)
    edge = max(1, round(panel.edge_px)) if panel.edge and panel.edge_px > 0 else 0
    if panel.edge and edge and panel.dashed:
        if panel.fill:
            yield from shapes.filled(shape, panel.fill)
        yield shapes.dashed(shape, edge, panel.edge)
    elif panel.edge and edge and panel.fill:
        yield from shapes.filled(shape, panel.edge)
        yield from shapes.filled(shape.inset(edge), panel.fill)
    elif panel.edge and edge:
        yield from shapes.edged(shape, edge, panel.edge)
    elif panel.fill:
        yield from shapes.filled(shape, panel.fill)


def _text(text: Text) -> Iterator[Layer]:
    if text.text.strip():
        block, x, y = place(text)
        yield Layer(x + block.x, y + block.y, block.mask.width, block.mask.height, text.colour, block.mask)


def _icon(icon: Icon) -> Iterator[Layer]:
    size = int(min(icon.box.w, icon.box.h))
    if size > 0:
        box = icon.box.centred(size, size)
        mask = icons.mask(icon.name, size, icon.flipped)
        yield Layer(round(box.x), round(box.y), size, size, icon.colour, mask)


def _qr(item: Qr) -> Iterator[Layer]:
    px = qr.module_px(item.data, min(item.box.w, item.box.h))
    if px > 0:
        mask = _qr_mask(item.data, px)
        box = item.box.centred(mask.width, mask.height)
        x, y = round(box.x), round(box.y)
        yield Layer(x, y, mask.width, mask.height, "#FFFFFF")
        yield Layer(x, y, mask.width, mask.height, "#000000", mask)


@lru_cache(maxsize=8)
def _qr_mask(data: str, px: int) -> Image.Image:
    return qr.mask(data, px)


def _bar(bar: Bar) -> Iterator[Layer]:
    x, y, w, h = _whole(bar)
    if w > 0 and h > 0:
        yield Layer(x, y, w, h, bar.colour, shapes.dashed_line(w, h) if bar.dashed else None)


def _photo(photo: Photo) -> Iterator[Layer]:
    picture = _scaled(photo.path, round(photo.box.w), round(photo.box.h))
    if picture is not None:
        box = photo.box.centred(picture.width, picture.height)
        yield Layer(round(box.x), round(box.y), picture.width, picture.height, picture=picture)


@lru_cache(maxsize=8)
def picture_shape(path: Path) -> float | None:
    """Width for each point of height of a picture; None when the file is none. Known once for each path."""
    try:
        with Image.open(path) as opened:
            return opened.width / max(1, opened.height)
    except OSError:
        return None


@lru_cache(maxsize=32)
def picture_loss(path: Path, ground: str) -> float:
    """How much of a picture's ink is lost on this ground, 0 to 1; none where the picture has a ground of its own."""
    try:
        with Image.open(path) as opened:
            points = opened.convert("RGBA").resize((_LOOKED_AT, _LOOKED_AT)).tobytes()
    except OSError:
        return 0.0
    rows = [points[at : at + 4 * _LOOKED_AT] for at in range(0, len(points), 4 * _LOOKED_AT)]
    if min(row[at] for row in (rows[0], rows[-1]) for at in (3, -1)) > _OPAQUE:
        return 0.0
    colours = Counter(points[at : at + 3] for at in range(0, len(points), 4) if points[at + 3] > _OPAQUE)
    lost = sum(n for one, n in colours.items() if contrast(f"#{one.hex().upper()}", ground) < _SEEN)
    return lost / max(1, colours.total())


@lru_cache(maxsize=3)
def _scaled(path: Path, w: int, h: int) -> Image.Image | None:
    """None when the file is no picture: a screen goes on without it."""
    try:
        with Image.open(path) as opened:
            whole = opened.convert("RGBA")
    except OSError:
        return None
    share = min(w / whole.width, h / whole.height)
    return whole.resize((max(1, round(whole.width * share)), max(1, round(whole.height * share))))


def paint(scene: Scene) -> Image.Image:
    """The scene as an RGB picture, pixel for pixel what a screen shows."""
    picture = Image.new("RGB", (scene.width_px, scene.height_px), rgb(scene.ground))
    for item in scene.items:
        for layer in layers(item):
            _lay(picture, layer)
    return picture


def _lay(picture: Image.Image, layer: Layer) -> None:
    box = (layer.x, layer.y, layer.x + layer.w, layer.y + layer.h)
    if layer.picture is not None:
        picture.paste(layer.picture, box[:2], layer.picture)
    elif layer.mask is None:
        picture.paste(rgb(layer.colour), box)
    else:
        picture.paste(rgb(layer.colour), box, layer.mask)
