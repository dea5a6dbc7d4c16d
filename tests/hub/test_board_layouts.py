"""The board in a real browser, set up by its address: zones, layouts, ways; what it says; and how it sounds."""

import asyncio
import re
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from hub_world import AR, EN, HI, LABORATORY, ROOMS, in_an_hour, make, plan, running
from page_checks import SIZES, flaws, looks_right, opened, parts_stand_apart, resized, text_of

from hub.domain.configuration import Room
from smartqueue.terms import DepartmentId, RoomId

pytestmark = pytest.mark.asyncio(loop_scope="module")
PARTS = ".top, .call, .row, .panel, .dept, .note, .banner, .info, .rows.none, .whereto, .main, .next"
NOTICE = {EN: "Flu vaccination today, 9–12", HI: "फ्लू का टीका आज, 9–12", AR: "تطعيم الإنفلونزا اليوم، 9–12"}
DOOR_PARTS = "#clock, .whereto > span, .main, .next"
DOOR = "/board?layout=door&rooms=room-1"


async def called(hub, *rooms, department="medicine"):
    for _ in rooms:
        await hub.issue(department)
    for room in rooms:
        await hub.call_next(room, key="desk-" + room[-1])


async def announcements(hub):
    return [one["announcement"] for one in (await hub.get("/api/v1/board")).json["calls"]]


async def noticed(directory, *notices):
    """A site that tells everybody something."""
    base = plan().configuration
    configuration = replace(base, site=replace(base.site, notices=notices))
    return await make(directory, configuration=configuration)


# --- layouts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "hi", "ar"])
@pytest.mark.parametrize("layout", ["call", "departments"])
async def test_every_layout_fits_every_screen_idle_and_during_a_call(tmp_path, browser, layout, language):
    async with running(await noticed(tmp_path, NOTICE)) as hub:
        await called(hub, "room-1", "room-2")
        for on in ("", (await announcements(hub))[0]):
            address = f"{hub.url}/board?lang={language}&layout={layout}&on={on}"
            async with opened(browser, address, size="tv", script=False) as page:
                for size in SIZES:
                    await resized(page, size)
                    await looks_right(page, least_px=12 if size == "old-tv" else 15)
                    await parts_stand_apart(page, PARTS)


@pytest.mark.parametrize("language", ["en", "hi", "ar"])
async def test_a_door_fits_small_screens_in_every_state(page_hub, browser, language):
    async def fits():
        for size in ((800, 480), (1024, 600), (600, 1024), (480, 800)):
            await page.set_viewport_size({"width": size[0], "height": size[1]})
            await looks_right(page, least_px=13)
            await parts_stand_apart(page, DOOR_PARTS)

    async with opened(browser, f"{page_hub.url}{DOOR}&lang={language}&on=", script=False) as page:
        await fits()
        await called(page_hub, "room-1")
        await page.reload()
        await fits()
        await page.goto(f"{page_hub.url}{DOOR}&lang={language}&on={(await announcements(page_hub))[0]}")
        await fits()
        await page_hub.post("/api/v1/rooms/room-1/pause", {"back_at": in_an_hour().isoformat()}, key="desk-1")
        await page.reload()
        await fits()


async def test_one_call_at_a_time_is_half_again_as_high_as_on_the_other_boards(page_hub, browser):
    await called(page_hub, "room-1")
    heights = []
    for layout in ("recent", "call"):
        async with opened(browser, f"{page_hub.url}/board?layout={layout}", size="tv", script=False) as page:
            heights.append(
                await page.evaluate("parseFloat(getComputedStyle(document.querySelector('.call .label')).fontSize)")
            )
            bands = await page.evaluate("document.querySelector('.band').getBoundingClientRect().height")
    assert heights[0] * 0.714 >= 0.18 * 1080
    assert heights[1] >= 1.15 * heights[0]
    assert bands > 0.55 * 1080


async def test_a_card_for_each_department_shows_its_wait_and_its_last_call(page_hub, browser):
    await called(page_hub, "room-1")
    await called(page_hub, "room-2", department=LABORATORY)
    async with opened(browser, f"{page_hub.url}/board?layout=departments&on=", size="tv", script=False) as page:
        cards = [" ".join(text.split()) for text in await page.locator(".dept").all_inner_texts()]
    assert re.fullmatch(r"A General Medicine (up to )?\S+ min A001 Room 1", cards[0])
    assert re.fullmatch(r"H Laboratory (up to )?\S+ min H001 Room 2", cards[1])


async def test_a_door_shows_whom_its_room_is_busy_with_and_who_is_next(page_hub, browser):
    await called(page_hub, "room-1")
    await page_hub.issue()
    async with opened(browser, page_hub.url + DOOR + "&on=", size="old-tv", script=False) as page:
        assert await text_of(page, ".whereto") == "Room 1 General Medicine"
        assert await text_of(page, ".main") == "Please come in A001"
        assert await text_of(page, ".next") == "Next A002 1 waiting"
        await page_hub.post("/api/v1/rooms/room-1/pause", {}, key="desk-1")
        await page.reload()
        assert await text_of(page, ".main") == "Please come in A001"
        assert await text_of(page, ".next") == "1 waiting"


async def test_a_call_comes_to_the_door_of_its_room_alone(page_hub, browser):
    async with opened(browser, page_hub.url + DOOR, size="old-tv") as page:
        await called(page_hub, "room-2")
        await called(page_hub, "room-1")
        await page.wait_for_selector(".main.called")
        assert await text_of(page, ".main") == "Please come in A002"


async def test_a_door_that_is_not_there_says_so_to_the_technician(page_hub, browser):
    async with opened(browser, f"{page_hub.url}/board?layout=door&rooms=room-99", size="old-tv", script=False) as page:
        assert "out of service" in await text_of(page, ".door")
        await looks_right(page)


# --- zones and ways ----------------------------------------------------------------------------------


async def test_a_board_of_one_department_shows_and_calls_nothing_else(page_hub, browser):
    address = f"{page_hub.url}/board?departments=laboratory"
    async with opened(browser, address, size="tv") as page:
        await called(page_hub, "room-1")
        await called(page_hub, "room-2", department=LABORATORY)
        await page.wait_for_selector(".band .call")
        assert await text_of(page, ".band") == "H001 Room 2"
        assert await text_of(page, ".panel .name") == "Laboratory"
        assert "A001" not in await text_of(page, "#live")


async def test_what_the_address_names_and_the_site_does_not_have_is_said(page_hub, browser):
    async with opened(browser, f"{page_hub.url}/board?departments=urology", size="tv", script=False) as page:
        assert "urology" in await text_of(page, ".note")


@pytest.mark.parametrize("address", ["?layout=door", "?layout=tower", "?ways=room-1:up&rooms=,", "?departments="])
async def test_an_address_that_is_not_understood_is_the_ordinary_board(page_hub, browser, address):
    async with opened(browser, f"{page_hub.url}/board{address}", size="tv", script=False) as page:
        assert await page.locator("body.by-recent").count() == 1
        assert "General Medicine" in await text_of(page, ".panel")


async def test_arrows_point_to_where_rooms_lie_whichever_way_people_read(page_hub, browser):
    await called(page_hub, "room-1", "room-2")
    address = f"{page_hub.url}/board?on=&lang=ar&ways=room-1:right"
    async with opened(browser, address, size="tv", script=False) as page:
        arrows = await page.locator(".row .arrow").evaluate_all(
            "all => all.map((one) => one.firstElementChild && getComputedStyle(one.firstElementChild).transform)"
        )
        assert arrows == [None, "none"]
    async with opened(browser, f"{page_hub.url}/board?on=&lang=ar", size="tv", script=False) as page:
        transform = await page.locator(".row .arrow .icon").first.evaluate("one => getComputedStyle(one).transform")
    assert transform == "matrix(-1, 0, 0, 1, 0, 0)"


# --- several calls at once ---------------------------------------------------------------------------


async def four_calls(directory):
    """A hub with enough rooms for a crowd."""
    base = plan()
    rooms = (*ROOMS[:2], *(Room(RoomId(f"room-{n}"), str(n), (DepartmentId("medicine"),)) for n in range(4, 7)))
    rooms = (*rooms, ROOMS[2])
    return await make(directory, configuration=replace(base.configuration, rooms=rooms))


@pytest.mark.parametrize("size", ["tv", "upright", "old-tv"])
async def test_calls_that_stand_together_share_the_screen(tmp_path, browser, size):
    async with running(await four_calls(tmp_path)) as hub:
        for n in (1, 2, 4, 5):
            await hub.issue()
            key = f"desk-{n}" if n < 3 else "doctor-2"
            await hub.post(f"/api/v1/rooms/room-{n}/call-next", {}, key=key if n < 3 else "admin-1")
        ids = await announcements(hub)
        for count in range(2, len(ids) + 1):
            address = f"{hub.url}/board?on={','.join(ids[:count])}"
            async with opened(browser, address, size=size, script=False) as page:
                assert await page.locator(".band .call").count() == count
                assert await page.is_hidden(".panel")
                await looks_right(page)
                await parts_stand_apart(page, PARTS)
                if size == "tv":
                    least = await page.evaluate(
                        "Math.min(...[...document.querySelectorAll('.call .label')]"
                        ".map((one) => parseFloat(getComputedStyle(one).fontSize)))"
                    )
                    assert least * 0.714 >= 0.18 * 1080 - 0.5


async def test_calls_that_do_not_fit_beside_the_others_follow_them_and_dots_say_so(tmp_path, browser):
    base = plan().configuration
    long = tuple(replace(one, letter="HK") if one.id == "medicine" else one for one in base.departments)
    rooms = (*ROOMS[:2], *(Room(RoomId(f"room-{n}"), f"100{n}", (DepartmentId("medicine"),)) for n in range(4, 7)))
    await make(tmp_path, configuration=replace(base, departments=long, rooms=(*rooms, ROOMS[2])))
    filled = "all => all.map((one) => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)')"
    async with running(tmp_path) as hub, opened(browser, f"{hub.url}/board", size="tv", clock=True) as page:
        seen = []
        for n in (1, 2, 4, 5, 6):
            await hub.issue()
            await hub.post(f"/api/v1/rooms/room-{n}/call-next", {}, key=f"desk-{n}" if n < 3 else "admin-1")
        for labels in ("HK001", "HK002", "HK004", "HK005"):
            await page.clock.fast_forward(200)
            await page.locator(".band .call:first-child .label", has_text=labels).wait_for()
            await page.clock.fast_forward(200)
            await asyncio.sleep(0.3)
            seen.append(
                (await page.locator(".band .call").count(), await page.locator(".clock .mark i").evaluate_all(filled))
            )
            await page.clock.fast_forward(12_000)
    assert seen == [(1, []), (2, [True, False, False]), (1, [False, True, False]), (1, [False, False, True])]


# --- what concerns everybody -------------------------------------------------------------------------


async def test_an_emergency_a_last_label_and_a_break_are_explained(page_hub, browser):
    token = (await page_hub.issue())["token"]
    await page_hub.issue(LABORATORY)
    body = {"priority": "emergency", "reason": "worse"}
    assert (await page_hub.post(f"/api/v1/tokens/{token}/set-priority", body, key="nurse-1")).status == 200
    assert (await page_hub.post("/api/v1/departments/laboratory/stop-issuing", key="reception-1")).status == 200
    back_at = in_an_hour()
    await page_hub.post("/api/v1/rooms/room-1/pause", {"back_at": back_at.isoformat()}, key="desk-1")
    async with opened(browser, page_hub.url + "/board?on=", size="tv", script=False) as page:
        assert "up to H001 today" in await text_of(page, ".panel")
        notes = await text_of(page, ".notes")
        assert "An emergency goes first in A" in notes
        assert f"Room 1: break until {back_at:%H:%M}" in notes
        await looks_right(page)
        await parts_stand_apart(page, PARTS)


async def test_a_browser_asks_again_when_it_is_the_next_ones_turn_and_not_before(tmp_path, browser):
    hub = running(await noticed(tmp_path, NOTICE))
    async with hub as world, opened(browser, world.url + "/board", size="tv", clock=True) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url) if "/board" in request.url else None)
        await page.clock.fast_forward(500)
        await page.wait_for_selector("#live[data-turn-ms]")
        await asyncio.sleep(0.3)
        before = len(asked)
        await page.clock.fast_forward(7_000)
        async with asyncio.timeout(10):
            while len(asked) == before:  # noqa: ASYNC110 - the browser tells nobody
                await asyncio.sleep(0.02)


async def test_a_board_on_which_nothing_takes_turns_is_not_asked_for_again_and_again(page_hub, browser):
    async with opened(browser, page_hub.url + "/board?on=", size="tv", script=False) as page:
        assert await page.locator("#live[data-turn-ms]").count() == 0


# --- when the hub is away ----------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["call", "departments", "door"])
async def test_when_the_hub_goes_every_layout_says_how_old_it_is_and_withdraws_what_would_be_wrong(
    tmp_path, browser, layout
):
    await make(tmp_path)
    async with AsyncExitStack() as stack:
        async with running(tmp_path) as hub:
            await called(hub, "room-1")
            await hub.issue()
            rooms = "&rooms=room-1" if layout == "door" else ""
            address = f"{hub.url}/board?layout={layout}{rooms}"
            page = await stack.enter_async_context(opened(browser, address, size="tv", clock=True))
            await page.locator(".label, .main b").first.wait_for()
        async with asyncio.timeout(30):
            while await page.is_hidden("#away"):
                await page.clock.fast_forward(1000)
        await page.clock.fast_forward("09:00")
        assert re.search(r"Board as of \d\d:\d\d, 9 minutes old", await text_of(page, ".banner"))
        assert "A001" in await text_of(page, "#live")
        assert "A002" not in await text_of(page, "#live")
        for size in ("tv", "upright"):
            await resized(page, size)
            assert await flaws(page) == []
            await parts_stand_apart(page, ".row, .banner, .info, .main")
