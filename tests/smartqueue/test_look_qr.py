"""QR codes: small, whole pixels, and a quiet zone."""

from smartqueue.look import qr

ADDRESS = "HTTPS://Q.RIVERSIDE.EXAMPLE/7H4K2MPX"


def test_an_address_in_capitals_takes_29_modules_and_fewer_than_in_small_letters():
    assert qr.encode(ADDRESS).modules <= 29
    assert qr.encode(ADDRESS).modules < qr.encode(ADDRESS.lower() + "?from=ticket").modules


def test_modules_are_whole_pixels_and_the_quiet_zone_counts():
    whole = qr.encode(ADDRESS).modules_with_quiet
    assert qr.module_px(ADDRESS, whole * 5 + 4) == 5
    assert qr.module_px(ADDRESS, whole - 1) == 0


def test_the_mask_has_a_white_border_and_dark_finder_patterns_in_three_corners():
    px, code = 3, qr.encode(ADDRESS)
    mask = qr.mask(ADDRESS, px)
    quiet, size = qr.QUIET_MODULES * px, mask.width
    assert mask.size == (code.modules_with_quiet * px,) * 2
    assert mask.getbbox() == (quiet, quiet, size - quiet, size - quiet)
    corners = [(quiet, quiet), (size - quiet - 1, quiet), (quiet, size - quiet - 1), (size - quiet - 1,) * 2]
    assert [mask.getpixel(corner) for corner in corners][:3] == [255, 255, 255]


def test_every_pixel_of_a_module_has_its_colour():
    px = 4
    mask, code = qr.mask(ADDRESS, px), qr.encode(ADDRESS)
    for y, row in enumerate(code.rows):
        for x, dark in enumerate(row):
            left, top = (x + qr.QUIET_MODULES) * px, (y + qr.QUIET_MODULES) * px
            module = mask.crop((left, top, left + px, top + px))
            assert module.getextrema() == ((255, 255) if dark else (0, 0))
