"""The clinic's logo: a PNG that is looked at before it is taken, beside the journal, served to screens and pages."""

import hashlib
import logging
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from smartqueue.errors import StartFault

log = logging.getLogger(__name__)

FILE = "logo.png"
MEDIA = "image/png"
MOST_BYTES = 512 * 1024
MOST_PX = 2000
_DIGEST_CHARACTERS = 16
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""Bits of a sample, by colour type (PNG, table 11.1)."""
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column and row, steps between columns and rows, of each pass of an interlaced picture."""


@dataclass(frozen=True, slots=True)
class Logo:
    """digest: changes with the picture."""

    body: bytes
    digest: str


class NoPicture(ValueError):
    """What is wrong with a file, as half a sentence for whoever chose it."""


def load(directory: Path) -> Logo | None:
    """The site's; None without one. One that has been damaged is told and left out: screens show their own mark."""
    path = directory / FILE
    if not path.exists():
        return None
    try:
        return checked(path.read_bytes())
    except (OSError, NoPicture) as trouble:
        log.warning("the logo is left out: %s: %s", path, trouble)
        return None


def read(path: Path) -> Logo:
    """Somebody's file, to become the site's. Raises NoPicture."""
    try:
        with path.open("rb") as file:
            return checked(file.read(MOST_BYTES + 1))
    except OSError as trouble:
        raise NoPicture(f"it can't be read: {trouble.strerror}") from trouble


def write(directory: Path, logo: Logo) -> None:
    """Whole or not at all, and on disk when this returns. Raises OSError."""
    path = directory / FILE
    waiting = path.with_suffix(".new")
    with waiting.open("wb") as file:
        file.write(logo.body)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path)
    _sync(directory)


def change(directory: Path, logo: Logo | None) -> None:
    """Of a site that there is; None takes it away. Raises StartFault."""
    try:
        if logo is not None:
            write(directory, logo)
        else:
            (directory / FILE).unlink(missing_ok=True)
            _sync(directory)
    except OSError as trouble:
        raise StartFault(
            f"{directory / FILE} can't be written: {trouble.strerror}. Use the account that the hub runs as."
        ) from trouble


def checked(body: bytes) -> Logo:
    """Raises NoPicture for anything that a screen could stumble over."""
    if len(body) > MOST_BYTES:
        raise NoPicture(f"it has more than {MOST_BYTES // 1024} KiB; make it smaller")
    if not body.startswith(_SIGNATURE):
        raise NoPicture("it is no PNG; save it as PNG")
    header, pixels = b"", bytearray()
    for kind, data in _chunks(body):
        if not header:
            header = data
            if kind != b"IHDR" or len(data) != _HEADER.size:
                raise NoPicture("it is damaged: it does not begin with its size")
        elif kind == b"IDAT":
            pixels += data
    _check_pixels(bytes(pixels), _pixel_bytes(*_HEADER.unpack(header)))
    return Logo(body, hashlib.sha256(body).hexdigest()[:_DIGEST_CHARACTERS])


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of each; the last one ends the file. Raises NoPicture."""
    at = len(_SIGNATURE)
    while at + 12 <= len(body):
        (length,) = struct.unpack_from(">I", body, at)
        kind, data, end = body[at + 4 : at + 8], body[at + 8 : at + 8 + length], at + 12 + length
        if end > len(body) or zlib.crc32(kind + data) != struct.unpack_from(">I", body, end - 4)[0]:
            break
        yield kind, data
        if kind == b"IEND" and end == len(body):
            return
        at = end
    raise NoPicture("it is damaged or not whole")


def _pixel_bytes(
    width: int, height: int, depth: int, colours: int, packing: int, filtering: int, interlaced: int
) -> int:
    """How many bytes the unpacked picture must have. Raises NoPicture."""
    if not (0 < width <= MOST_PX and 0 < height <= MOST_PX):
        raise NoPicture(f"it has {width} x {height} pixels; 1 to {MOST_PX} each way can be shown")
    if depth not in _DEPTHS.get(colours, ()) or packing or filtering or interlaced not in (0, 1):
        raise NoPicture("it is of a kind that no PNG has")
    bits = depth * _SAMPLES[colours]
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    return sum(_pass_bytes(width, height, bits, *one) for one in passes)


def _pass_bytes(width: int, height: int, bits: int, first_x: int, first_y: int, step_x: int, step_y: int) -> int:
    columns, rows = -(-(width - first_x) // step_x), -(-(height - first_y) // step_y)
    return rows * (1 + -(-columns * bits // 8)) if columns > 0 and rows > 0 else 0


def _check_pixels(packed: bytes, expected: int) -> None:
    """Unpacks no more than there must be. Raises NoPicture."""
    try:
        unpacking = zlib.decompressobj()
        found = len(unpacking.decompress(packed, expected + 1))
    except zlib.error:
        found = -1
    if found != expected:
        raise NoPicture("it is damaged: its pixels are not all there")


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
