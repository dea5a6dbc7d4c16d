"""A running hub with a small clinic, and a real browser for its pages."""

import shutil

import pytest
import pytest_asyncio
from hub_world import make, running
from playwright.async_api import async_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = (
    *("--no-sandbox", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


@pytest.fixture
async def hub(tmp_path):
    """Departments medicine (A: rooms 1, 2) and laboratory (H: room 2, window 3); a kiosk, two callers, a display."""
    await make(tmp_path / "site")
    async with running(tmp_path / "site") as world:
        yield world


@pytest_asyncio.fixture(loop_scope="module")
async def page_hub(tmp_path):
    """The same hub, for modules that share one browser and so one event loop."""
    await make(tmp_path / "site")
    async with running(tmp_path / "site") as world:
        yield world


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    """Chromium without a window; the one of the system where there is one."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=found, args=list(QUIETLY))
        yield launched
        await launched.close()
