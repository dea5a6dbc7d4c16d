"""A small hub, and a unit that has heard it."""

import pytest
from caller_desk import Desk
from caller_hubs import SmallHub
from hypothesis import settings

settings.register_profile("no clock", deadline=None)  # how long an example takes says nothing on a busy machine
settings.load_profile("no clock")


@pytest.fixture
async def hub():
    small = SmallHub()
    await small.start()
    yield small
    await small.stop()


@pytest.fixture
async def desk(hub):
    """A unit that has heard its hub: nobody called, four people wait."""
    desk = Desk(hub.url)
    hub.lit = desk.panel.lit
    async with desk.at_work():
        await desk.shows(white="blink")
        yield desk
