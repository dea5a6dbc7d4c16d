"""A kiosk on a bench in three states, and a small hub."""

import sys
from pathlib import Path

import pytest
from kiosk_bench import ID, Bench
from kiosk_hub import SmallHub
from kiosk_worlds import DAY, answer, departments, site

from kiosk.events import Answered, HallChanged, LinkChanged
from kiosk.terms import Link

sys.path += [str(Path(__file__).parents[1] / area) for area in ("hub", "sound")]
"""Some tests have a whole hub, some an ear."""


@pytest.fixture
def kiosk() -> Bench:
    return Bench().tell(HallChanged(DAY, site(), departments()), LinkChanged(Link.UP))


@pytest.fixture
def asking(kiosk: Bench) -> Bench:
    """Somebody has touched General Medicine; the id is command-2."""
    return kiosk.touch("start").touch("department:general-medicine")


@pytest.fixture
def printing(asking: Bench) -> Bench:
    return asking.tell(Answered(ID, answer()))


@pytest.fixture
async def hub():
    small = SmallHub()
    await small.start()
    yield small
    await small.stop()
