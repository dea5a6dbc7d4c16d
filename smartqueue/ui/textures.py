"""Masks and pictures as textures, the least recently used dropped when memory is full."""

from collections import OrderedDict
from typing import Any

from kivy.graphics.texture import Texture
from PIL import Image


class TextureCache:
    """Keeps what was drawn last, up to bound_bytes of pixels. Pictures are known by identity: masks are cached too."""

    def __init__(self, bound_bytes: int) -> None:
        self._bound = bound_bytes
        self._kept: OrderedDict[int, tuple[Image.Image, Any, int]] = OrderedDict()
        self.used_bytes = 0

    def texture(self, picture: Image.Image) -> Any:
        """The texture of an 8-bit mask (white through alpha) or of a picture with its own colours."""
        key = id(picture)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key][1]
        made, size = _made(picture)
        self._kept[key] = (picture, made, size)
        self.used_bytes += size
        while self.used_bytes > self._bound and len(self._kept) > 1:
            self.used_bytes -= self._kept.popitem(last=False)[1][2]
        return made


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
