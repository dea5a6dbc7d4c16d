"""From ESC/POS bytes to paper: what the encoder says is what is drawn, and rubbish is told, never fatal."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

from kiosk.command_stream import CommandStream
from kiosk.raster import CUTTER_DOTS, LINE_DOTS, draw


def speckled(width: int, height: int, seed: int = 1) -> Image.Image:
    data = random.Random(seed).randbytes((width + 7) // 8 * height)
    return Image.frombytes("1", (width, height), data)


def same_ink(paper: Image.Image, picture: Image.Image) -> bool:
    """`picture` stands at the top left of `paper`, and nothing else is on it."""
    expected = Image.new("1", paper.size, 1)
    expected.paste(picture, (0, 0))
    return ImageChops.logical_xor(paper, expected).getbbox() is None


def raster(picture: Image.Image) -> bytes:
    """The picture as `GS v 0`, made by hand: the encoder's own output is read in test_printer."""
    size = ((picture.width + 7) // 8).to_bytes(2, "little") + picture.height.to_bytes(2, "little")
    return b"\x1dv0\x00" + size + ImageOps.invert(picture.convert("L")).convert("1").tobytes()


def test_strips_join_without_a_seam():
    picture = speckled(576, 70)
    strips = b"".join(raster(picture.crop((0, top, 576, min(top + 24, 70)))) for top in range(0, 70, 24))
    (piece,) = draw(strips)
    assert piece.image.height == 70
    assert piece.problems == ()
    assert same_ink(piece.image, picture)


def test_a_doubled_image_has_dots_of_two_by_two():
    (piece,) = draw(b"\x1dv0\x03\x01\x00\x02\x00\x80\x01")
    assert same_ink(piece.image, Image.frombytes("1", (16, 4), bytes.fromhex("3fff 3fff fffc fffc")))


def test_an_image_of_odd_width_is_centred_when_asked():
    (piece,) = draw(b"\x1ba\x01" + b"\x1dv0\x00\x02\x00\x01\x00\xff\xff")
    row = [bool(piece.image.getpixel((x, 0))) for x in range(576)]
    assert row == [True] * 280 + [False] * 16 + [True] * 280


def test_text_takes_a_cell_of_twelve_by_twenty_four():
    (piece,) = draw(b"\x1ba\x02Hi\n\n")
    left, _top, right, bottom = ImageChops.invert(piece.image.convert("L")).getbbox()
    assert left >= 576 - 24
    assert right <= 576
    assert bottom <= 24
    assert piece.image.height == 2 * LINE_DOTS


def test_text_too_long_for_the_paper_goes_on_below():
    (piece,) = draw(b"x" * 60 + b"\n", width_dots=576)
    assert piece.image.height == 2 * LINE_DOTS


def test_each_cut_makes_a_piece():
    pieces = draw(b"one\n\x1bd\x04\x1dV\x01" + b"two\n\x1bd\x04\x1dVB\x00" + b"three\n")
    assert [piece.cut for piece in pieces] == [True, True, False]
    assert all(piece.problems == () for piece in pieces)


def test_a_cut_without_feed_goes_through_the_print_and_is_told():
    (piece,) = draw(b"\x1dv0\x00\x01\x00\x08\x00" + b"\xff" * 8 + b"\x1dV\x00")
    assert piece.problems == (f"cut {CUTTER_DOTS} dots into the print: feed before the cut",)


def test_an_image_wider_than_the_paper_is_clipped_and_told():
    (piece,) = draw(b"\x1dv0\x00\x48\x00\x01\x00" + b"\xff" * 72, width_dots=384)
    assert piece.image.width == 384
    assert piece.problems == ("576 dots wide on 384",)


def test_status_requests_leave_no_mark():
    assert draw(b"\x10\x04\x01\x1b@\x1dr\x01\x1dI\x41") == []


def test_unknown_bytes_and_a_broken_end_are_told():
    (piece,) = draw(b"ok\n\x1b\x7f\x1dv0\x00\x48\x00\x01\x00\xff")
    assert piece.problems == ("unknown command 1b 7f", "ends inside a command (1d 76 30 00 48 00 01 00 ...)")


def test_a_header_that_promises_a_gigabyte_is_not_waited_for():
    stream = CommandStream()
    assert [c.code for c in stream.feed(b"\x1dv0\x00\xff\xff\xff\xff\x1b@")][-1] == b"\x1b@"
    assert stream.begun == b""


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=40), max_size=10))
def test_rubbish_never_breaks_it_and_where_it_is_cut_does_not_matter(pieces):
    whole, parts = CommandStream(), CommandStream()
    data = b"".join(pieces)
    assert b"".join(c.raw for c in whole.feed(data)) + whole.begun == data
    assert b"".join(c.raw for piece in pieces for c in parts.feed(piece)) + parts.begun == data
    assert whole.begun == parts.begun
    draw(data)


@settings(max_examples=60)
@given(
    st.sampled_from([b"\x1dv0", b"\x1d(L", b"\x1d8L", b"\x1b*", b"\x1dV", b"\x1b!", b"\x1dk"]), st.binary(max_size=60)
)
def test_no_argument_of_a_known_command_breaks_it(code, args):
    draw(code + args)
