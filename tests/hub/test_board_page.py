"""The board in a real browser: right without a script, live with one, honest when the hub is away."""

import asyncio
import re
from contextlib import AsyncExitStack

import aiohttp
import pytest
from hub_world import DEPARTMENTS, EN, ROOMS, in_an_hour, make, plan, running
from page_checks import SIZES, looks_right, opened, parts_stand_apart, resized, text_of
from test_api_faults import served

from hub.api.context import Hub
from hub.api.origins import Origins
from hub.domain.configuration import Department, Room
from hub.web import assets
from hub.web.pages import PAGES
from smartqueue.terms import DepartmentId, RoomId

pytestmark = pytest.mark.asyncio(loop_scope="module")
PARTS = ".top, .call, .row, .panel, .note, .banner, .info, .rows.none"


async def called(hub, *rooms):
    """Somebody is called to each of these rooms."""
    for _ in rooms:
        await hub.issue()
    for room in rooms:
        await hub.call_next(room, key="desk-" + room[-1])


@pytest.mark.parametrize("language", ["en", "hi", "ar"])
async def test_the_board_fits_every_screen(page_hub, browser, language):
    await called(page_hub, "room-1", "room-2")
    async with opened(browser, f"{page_hub.url}/board?lang={language}", size="tv") as page:
        await page.locator(".call").wait_for()
        assert await page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        for size in SIZES:
            await resized(page, size)
            await looks_right(page, least_px=12 if size == "old-tv" else 16)
            await parts_stand_apart(page, PARTS)


async def test_without_a_script_the_board_is_whole_and_asks_again_by_itself(page_hub, browser):
    await called(page_hub, "room-1")
    async with opened(browser, page_hub.url + "/board", size="tv", script=False) as page:
        assert await text_of(page, ".band") == "A001 Room 1"
        assert "General Medicine" in await text_of(page, ".panel")
        assert 'http-equiv="refresh" content="15"' in await page.content()
        await looks_right(page)


async def test_a_call_reaches_the_board_without_reloading_it(page_hub, browser):
    async with opened(browser, page_hub.url + "/board", size="tv") as page:
        await page.evaluate("window.sameDocument = true")
        assert await text_of(page, ".rows") == "Nobody has been called yet. Your number will appear here."
        await called(page_hub, "room-1")
        await page.wait_for_selector(".band .call")
        assert await text_of(page, ".band") == "A001 Room 1"
        assert await page.evaluate("window.sameDocument")
        await looks_right(page)


async def test_calls_stand_one_after_the_other_and_the_waiting_ones_are_in_the_rows_already(page_hub, browser):
    async with opened(browser, page_hub.url + "/board", size="tv", clock=True) as page:
        await called(page_hub, "room-1", "room-2")
        await page.clock.fast_forward(200)
        await page.locator(".row").nth(1).wait_for(state="attached")
        assert await text_of(page, ".band") == "A001 Room 1"
        assert await text_of(page, ".row:not(.on-call)") == "A002 Room 2"
        await page.clock.fast_forward(12_200)
        await page.locator(".band", has_text="A002").wait_for()
        assert await text_of(page, ".row:not(.on-call)") == "A001 Room 1"


async def test_the_bottom_tenth_of_a_tv_is_free_and_a_call_is_as_high_as_promised(page_hub, browser):
    await called(page_hub, "room-1")
    async with opened(browser, page_hub.url + "/board", size="tv") as page:
        await page.wait_for_selector(".call")
        lowest = await page.evaluate(
            "Math.max(...[...document.querySelectorAll('.row, .panel, .note')]"
            ".map((one) => one.getBoundingClientRect().bottom))"
        )
        size = await page.evaluate("parseFloat(getComputedStyle(document.querySelector('.call .label')).fontSize)")
    assert lowest <= 0.9 * 1080 + 1
    assert size * 0.714 >= 0.18 * 1080


@pytest.mark.parametrize("size", ["tv", "upright"])
async def test_however_few_calls_there_are_rows_and_departments_fill_the_screen(page_hub, browser, size):
    for rooms in ((), ("room-1",), ("room-2",)):
        await called(page_hub, *rooms)
        for on in ("", *[one["announcement"] for one in (await page_hub.get("/api/v1/board")).json["calls"][:1]]):
            async with opened(browser, f"{page_hub.url}/board?on={on}", size=size, script=False) as page:
                boxes = await page.evaluate(
                    "[...document.querySelectorAll('.band, .rows, .row, .panel')].map((one) => [one.classList[0],"
                    " one.getBoundingClientRect()]).filter(([, box]) => box.height > 1)"
                )
                fills(boxes, *SIZES[size])
                await looks_right(page)
                await parts_stand_apart(page, PARTS)


def fills(boxes, width, height):
    """Down to the free tenth, panel and list as high as each other where they stand side by side."""
    assert max(box["bottom"] for _, box in boxes) == pytest.approx(0.9 * height, abs=2)
    below = {name: box for name, box in boxes if name in ("row", "panel")}
    rows = [box for name, box in boxes if name == "row"]
    assert len({round(box["height"]) for box in rows}) <= 1
    if rows and width > height:
        assert rows[0]["top"] == pytest.approx(below["panel"]["top"], abs=1)
        assert rows[-1]["bottom"] == pytest.approx(below["panel"]["bottom"], abs=1)


async def test_a_recalled_label_stands_once(page_hub, browser):
    await called(page_hub, "room-1")
    token = (await page_hub.get("/api/v1/board", key="wall")).json["rooms"][0]["current"]["token"]
    await page_hub.post(f"/api/v1/tokens/{token}/recall", key="desk-1")
    async with opened(browser, page_hub.url + "/board", size="tv", script=False) as page:
        assert await page.locator(".row").count() == 1


async def test_a_paused_room_and_nobody_to_call_are_said_in_words(page_hub, browser):
    back_at = in_an_hour()
    for caller, room in (("desk-1", "room-1"), ("desk-2", "room-2")):
        await page_hub.post(f"/api/v1/rooms/{room}/pause", {"back_at": back_at.isoformat()}, key=caller)
    async with opened(browser, page_hub.url + "/board", size="tv", script=False) as page:
        assert await text_of(page, ".panel li >> nth=0") == f"A General Medicine break until {back_at:%H:%M}"
        assert "up to" in await text_of(page, ".panel li >> nth=1")


async def test_when_the_hub_goes_the_board_says_how_old_it_is_and_comes_back_by_itself(tmp_path, browser):
    await make(tmp_path)
    async with AsyncExitStack() as stack:
        async with running(tmp_path) as hub:
            await called(hub, "room-1")
            page = await stack.enter_async_context(opened(browser, hub.url + "/board", size="tv", clock=True))
            await page.locator(".call").wait_for()
        await until_away(page)
        await page.clock.fast_forward("09:00")
        assert re.fullmatch(r"Board as of \d\d:\d\d, 9 minutes old New calls .*", await text_of(page, ".banner"))
        assert await page.is_hidden(".panel")
        assert await page.is_hidden(".band")
        assert await text_of(page, ".row") == "A001 Room 1"
        await parts_stand_apart(page, PARTS)
        async with running(tmp_path, port=int(hub.url.rpartition(":")[2])) as again:
            await until_back(page)
            await again.issue()
            await again.call_next("room-2", key="desk-2")
            async with asyncio.timeout(20):
                while "A002 Room 2" not in await text_of(page, "#live"):
                    await page.clock.fast_forward(1000)


async def until_away(page):
    """Sends the page's time forward until it has noticed."""
    async with asyncio.timeout(20):
        while await page.is_hidden("#away"):
            await page.clock.fast_forward(1000)


async def until_back(page):
    async with asyncio.timeout(20):
        while await page.is_visible("#away"):
            await page.clock.fast_forward(1000)


async def test_an_insecure_hub_says_so_on_the_board(tmp_path, browser):
    await make(tmp_path)
    lan = running(tmp_path, host="0.0.0.0", insecure_lan=True)
    async with lan as hub, opened(browser, hub.url + "/board", size="tv") as page:
        assert await text_of(page, ".note") == "Trial network: not encrypted"
        await parts_stand_apart(page, PARTS)


async def test_sixteen_departments_with_long_names_and_long_labels_fit(tmp_path, browser):
    names = "Ear, Nose and Throat Surgery Outpatients"
    many = tuple(
        Department(DepartmentId(f"d{n}"), letter, {EN: f"{names} {n}"}, {}, "ear", n % 8)
        for n, letter in enumerate("AKRXHMLWUFTCEJNP")
    )
    room = Room(RoomId("room-1"), "1204", tuple(one.id for one in many))
    base = plan()
    rooms = (room, *(Room(one.id, one.number, (many[0].id,), one.kind) for one in ROOMS[1:]))
    configuration = type(base.configuration)(base.configuration.site, many, rooms, ())
    await make(tmp_path, configuration=configuration)
    async with running(tmp_path) as hub:
        await hub.issue("d7")
        await hub.call_next()
        async with opened(browser, hub.url + "/board", size="tv") as page:
            assert await text_of(page, ".band") == "W001 Room 1204"
            assert await page.locator(".panel li:not(.mark)").count() == 16
            assert 1 < await page.locator(".panel li:not(.mark):visible").count() <= 8
            for size in SIZES:
                await resized(page, size)
                await looks_right(page, least_px=30 if size in ("tv", "upright") else 16)
                await parts_stand_apart(page, PARTS)


async def test_names_can_not_become_markup(tmp_path, browser):
    nasty = "<img src=x onerror=alert(1)>\"'&"
    base = plan()
    site = base.configuration.site
    departments = tuple(
        Department(one.id, one.letter, {EN: nasty}, {EN: nasty}, one.icon, one.ground) for one in DEPARTMENTS
    )
    configuration = type(base.configuration)(
        type(site)(site.id, {EN: nasty}, (EN,), EN, "UTC", site.reset_minute), departments, ROOMS, ()
    )
    await make(tmp_path, configuration=configuration)
    async with running(tmp_path) as hub:
        issued = await hub.issue()
        for path in ("/board", issued["status_url"], "/", "/?code=<script>alert(1)</script>"):
            async with opened(browser, hub.url + path) as page:
                assert await page.locator("img").count() == 0
                assert nasty in await page.inner_text("body")
                assert [one for one in page.complaints if "404" not in one] == []


async def test_pages_take_nothing_from_elsewhere_and_run_nothing_inline(page_hub):
    for path in ("/", "/board", (await page_hub.issue())["status_url"], "/S/none"):
        answer = await page_hub.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        html = answer.body.decode()
        assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:|https?://", html)
        assert re.findall(r"<script(?! src=\"/static/| type=\"application/json\")", html) == []


async def test_files_of_pages_are_kept_for_ever_since_their_names_change_with_them(page_hub):
    for file in ("board.css", "phone.css", "live.js", "icon.svg"):
        answer = await page_hub.get(assets.address(file))
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
    for path in ("/static/board.css", "/static/../verbs.py", "/static/%2e%2e/pages.py"):
        assert (await page_hub.get(path)).status == 404


async def test_while_the_hub_starts_a_person_gets_a_page_and_not_a_document():
    runner, url = await served(Hub("1", Origins(frozenset(), None)), PAGES)
    async with aiohttp.ClientSession() as session, session.get(url + "/board") as answer:
        html = await answer.text()
    assert (answer.status, answer.content_type) == (503, "text/html")
    assert "The hub is starting." in html
    assert 'http-equiv="refresh"' in html
    await runner.cleanup()
