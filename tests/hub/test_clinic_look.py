"""The clinic's colour and logo on the hub's own pages, in a real browser."""

from io import BytesIO

import pytest
import pytest_asyncio
from hub_world import make, running
from page_checks import looks_right, opened, parts_stand_apart
from PIL import Image, ImageDraw

from hub import logo

pytestmark = pytest.mark.asyncio(loop_scope="module")
COLOUR, PAINTED = "#7a1f5c", "rgb(122, 31, 92)"


def drawn(width, height):
    """A leaf on no ground, drawn for this test."""
    picture = Image.new("RGBA", (width, height))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((width * 0.1, height * 0.1, width * 0.9, height * 0.9), fill=COLOUR)
    made = BytesIO()
    picture.save(made, "PNG")
    return logo.checked(made.getvalue())


@pytest_asyncio.fixture(loop_scope="module", params=[(600, 200), (200, 200), (40, 300)], ids=["wide", "square", "tall"])
async def branded(request, tmp_path):
    await make(tmp_path)
    logo.write(tmp_path, drawn(*request.param))
    async with running(tmp_path) as hub:
        document = await hub.read("/admin/configuration", key="admin-1")
        document["site"]["colour"] = COLOUR
        await hub.told("/admin/configuration", document, key="admin-1", method="PUT")
        yield hub


async def shown_logo(page):
    """Its box on the screen, once the picture is there."""
    picture = page.locator(".site img.logo")
    await picture.wait_for()
    await page.wait_for_function("document.querySelector('img.logo').complete")
    assert await picture.evaluate("one => one.naturalWidth") > 0
    return await picture.bounding_box()


async def test_a_patients_page_is_in_the_clinics_colour_and_bears_its_logo(branded, browser):
    token = await branded.issue()
    for path in (token["status_url"], "/"):
        async with opened(browser, branded.url + path, size="small") as page:
            box = await shown_logo(page)
            assert (box["height"], box["width"] <= 128) == (40, True)
            assert (
                await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--primary')")
                == COLOUR
            )
            await looks_right(page)
            await parts_stand_apart(page, ".site, .languages, .card, .key")
            assert page.complaints == []
    async with opened(browser, branded.url) as page:
        assert await page.locator(".key.primary").evaluate("one => getComputedStyle(one).backgroundColor") == PAINTED


@pytest.mark.parametrize("size", ["tv", "old-tv", "upright", "phone"])
async def test_a_board_bears_the_logo_on_white_and_keeps_its_own_colours(branded, browser, size):
    async with opened(browser, branded.url + "/board", size=size) as page:
        box = await shown_logo(page)
        assert box["height"] >= 32
        logo_on = await page.locator("img.logo").evaluate("one => getComputedStyle(one).backgroundColor")
        assert logo_on == "rgb(255, 255, 255)"
        assert await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--primary')") != COLOUR
        head = await page.locator("header.top").bounding_box()
        assert head["y"] <= box["y"]
        assert box["y"] + box["height"] <= head["y"] + head["height"] + 1
        assert page.complaints == []


async def test_style_sheets_are_made_of_colours_that_can_be_read_and_of_nothing_else(page_hub):
    answer = await page_hub.get("/static/clinic.7a1f5c.css")
    assert (answer.status, answer.body) == (200, b":root { --primary: #7a1f5c; }\n")
    assert "immutable" in answer.headers["Cache-Control"]
    for name in ("clinic.ffd400.css", "clinic.red.css", "clinic.7a1f5c", "7a1f5c.css", "clinic.%7d%7d%7d%7d%7d%7d.css"):
        assert (await page_hub.get(f"/static/{name}")).status == 404
