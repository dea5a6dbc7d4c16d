"""A small hub that runs as long as a test."""

from collections.abc import AsyncIterator

import pytest
from small_hub import SmallHub


@pytest.fixture
async def hub() -> AsyncIterator[SmallHub]:
    hub = SmallHub()
    await hub.start()
    yield hub
    await hub.stop()
