"""Masks and pictures as textures, for as long as somebody may still ask for them; the least recently used go first."""

import weakref
from collections import OrderedDict
from typing import Any, NamedTuple

from kivy.graphics.texture import Texture
from PIL import Image


class _Kept(NamedTuple):
    picture: "weakref.ref[Image.Image]"
    texture: Any
    size: int


class TextureCache:
    """Keeps what was drawn last, up to bound_bytes of pixels.

    Pictures are known by identity, since masks are cached where they are made. They are not held here: one that has
    been forgotten there can never be asked for again, and its texture goes with it.
    """

    def __init__(self, bound_bytes: int) -> None:
        self._bound = bound_bytes
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self.used_bytes = 0

    def texture(self, picture: Image.Image) -> Any:
        """The texture of an 8-bit mask (white through alpha) or of a picture with its own colours."""
        key = id(picture)
        known = self._kept.get(key)
        if known is not None and known.picture() is picture:
            self._kept.move_to_end(key)
            return known.texture
        made, size = _made(picture)
        self._drop(key)
        self._kept[key] = _Kept(weakref.ref(picture, lambda gone: self._forgotten(key, gone)), made, size)
        self.used_bytes += size
        while self.used_bytes > self._bound and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))
        return made

    def _forgotten(self, key: int, gone: "weakref.ref[Image.Image]") -> None:
        """Its place may belong to another picture by now."""
        known = self._kept.get(key)
        if known is not None and known.picture is gone:
            self._drop(key)

    def _drop(self, key: int) -> None:
        known = self._kept.pop(key, None)
        self.used_bytes -= known.size if known else 0


def _made(picture: Image.Image) -> tuple[Any, int]:
    if picture.mode == "L":
        pixels = Image.merge("LA", (Image.new("L", picture.size, 255), picture))
        colours = "luminance_alpha"
    else:
        pixels, colours = picture.convert("RGBA"), "rgba"
    data = pixels.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes()
    texture = Texture.create(size=picture.size, colorfmt=colours)
    texture.mag_filter = "nearest"
    texture.min_filter = "linear"
    texture.blit_buffer(data, colorfmt=colours, bufferfmt="ubyte")
    return texture, len(data)
