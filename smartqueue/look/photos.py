"""Photographs from a folder, made ready for a screen once: turned upright, as large as their place, corners rounded."""

import os
import warnings
from pathlib import Path

from PIL import Image, ImageOps

from smartqueue.look.shapes import corner_mask
from smartqueue.look.theme import Colour, rgb

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
MOST_PIXELS = 60_000_000
"""A larger one is no photograph for a screen, or somebody means harm."""
_QUALITY = 90


class BrokenPhoto(ValueError):
    """The file is no picture that can be shown; says why."""


def fit(source: Path, target: Path, size_px: tuple[int, int], *, radius_px: int, ground: Colour) -> None:
    """Writes the picture as a JPEG that fits into this size, never enlarged twofold or more; whole or not at all.

    ground: colour behind its corners. Slow: for a worker thread. Raises BrokenPhoto, and OSError for a full disk.
    """
    picture = _opened(source, size_px)
    width, height = size_px
    share = min(width / picture.width, height / picture.height, 2.0)
    picture = picture.resize((max(1, round(picture.width * share)), max(1, round(picture.height * share))))
    _round(picture, min(radius_px, picture.width // 2, picture.height // 2), ground)
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(f".{os.getpid()}.new")
    try:
        picture.save(new, "JPEG", quality=_QUALITY)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)


def _opened(source: Path, size_px: tuple[int, int]) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(source)
        with opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise BrokenPhoto(f"{opened.width} x {opened.height} points are too many")
            opened.draft("RGB", size_px)
            return _flat(ImageOps.exif_transpose(opened))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as trouble:
        raise BrokenPhoto(str(trouble) or type(trouble).__name__) from trouble


def _flat(picture: Image.Image) -> Image.Image:
    """What is transparent becomes white, as on paper."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    whole = picture.convert("RGBA")
    under = Image.new("RGB", whole.size, "#FFFFFF")
    under.paste(whole, (0, 0), whole)
    return under


def _round(picture: Image.Image, radius: int, ground: Colour) -> None:
    if radius < 1:
        return
    right, bottom = picture.width - radius, picture.height - radius
    for corner, place in enumerate(((0, 0), (right, 0), (right, bottom), (0, bottom))):
        outside = Image.eval(corner_mask(radius, corner), lambda value: 255 - value)
        picture.paste(rgb(ground), (*place, place[0] + radius, place[1] + radius), outside)
