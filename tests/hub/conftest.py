"""A running hub with a small clinic."""

import pytest
from hub_world import make, running


@pytest.fixture
async def hub(tmp_path):
    """Departments medicine (A: rooms 1, 2) and laboratory (H: room 2, window 3); a kiosk, two callers, a display."""
    await make(tmp_path / "site")
    async with running(tmp_path / "site") as world:
        yield world
