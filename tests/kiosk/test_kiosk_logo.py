"""The clinic's logo on a kiosk: fetched once, kept as a file, shown without the hub, another one when it changes."""

import hashlib
from io import BytesIO

from kiosk_hall import Hall, until
from kiosk_worlds import site
from PIL import Image


def picture(colour: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (64, 64), colour).save(made, "PNG")
    return made.getvalue()


def digest(of: bytes) -> str:
    return hashlib.sha256(of).hexdigest()[:16]


GREEN, BLUE = picture("#0A5A52"), picture("#0B4F8A")


def branded(hub, logo: bytes) -> None:
    hub.logo, hub.site = logo, site(logo=digest(logo))


def shown(hall: Hall) -> bytes | None:
    path = hall.unit.view().logo
    return None if path is None else path.read_bytes()


async def test_the_clinics_logo_is_fetched_and_shown(hub, tmp_path):
    branded(hub, GREEN)
    hall = Hall(hub.url, tmp_path)
    async with hall.open():
        await hall.shows("attract")
        await until(lambda: shown(hall) == GREEN)


async def test_after_a_start_without_the_hub_it_is_there(hub, tmp_path):
    branded(hub, GREEN)
    hall = Hall(hub.url, tmp_path)
    async with hall.open():
        await until(lambda: shown(hall) == GREEN)
    assert [path.read_bytes() for path in tmp_path.glob("logo-*")] == [GREEN]
    branded(hub, GREEN)
    hub.logo = b""
    again = Hall(hub.url, tmp_path)
    async with again.open():
        await again.shows("attract")
        assert shown(again) == GREEN


async def test_another_logo_takes_its_place(hub, tmp_path):
    branded(hub, GREEN)
    hall = Hall(hub.url, tmp_path)
    async with hall.open():
        await until(lambda: shown(hall) == GREEN)
    branded(hub, BLUE)
    again = Hall(hub.url, tmp_path)
    async with again.open():
        await until(lambda: shown(again) == BLUE)
    assert [path.read_bytes() for path in tmp_path.glob("logo-*")] == [BLUE]


async def test_a_picture_that_is_not_the_one_is_not_kept(hub, tmp_path):
    """The hub has got another one between its two answers, or something between garbles it."""
    branded(hub, GREEN)
    hub.logo = BLUE
    hall = Hall(hub.url, tmp_path)
    async with hall.open():
        await hall.shows("attract")
        await until(lambda: hall.unit.view().site is not None)
        assert shown(hall) is None
        hub.logo = GREEN
        await until(lambda: shown(hall) == GREEN)


async def test_without_one_nothing_is_asked_for(hub, tmp_path):
    hall = Hall(hub.url, tmp_path)
    async with hall.open():
        await hall.shows("attract")
        assert shown(hall) is None
    assert list(tmp_path.glob("logo-*")) == []
