"""The patient's own page in a real browser, in every state and language, on small screens."""

import asyncio

import pytest
from hub_world import in_an_hour
from page_checks import looks_right, opened, parts_stand_apart, resized, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
PARTS = ".top, .card, .timeline, .key, footer, .called h1, .called p"


@pytest.mark.parametrize("language", ["en", "hi", "ar"])
async def test_every_state_fits_small_screens(page_hub, browser, language):
    await page_hub.issue()
    waiting, first, gone = [await page_hub.issue(needs=["elderly"] if n == 1 else []) for n in range(3)]
    await page_hub.post(f"/api/v1/tokens/{gone['token']}/cancel")
    async with opened(browser, page_hub.url + "/") as page:
        for token in (waiting, gone, first):
            await fits(page, f"{page_hub.url}{token['status_url']}?lang={language}")
        await page_hub.call_next()
        for verb in ("recall", "start", "finish"):
            await fits(page, page.url)
            await page_hub.post(f"/api/v1/tokens/{first['token']}/{verb}", key="desk-1")
        await fits(page, page.url)


async def fits(page, url):
    await page.goto(url)
    for size in ("phone", "small"):
        await resized(page, size)
        await looks_right(page)
        await parts_stand_apart(page, PARTS)


async def test_who_waits_sees_label_place_range_and_timeline(page_hub, browser):
    for _ in range(2):
        await page_hub.issue()
    token = await page_hub.issue()
    async with opened(browser, page_hub.url + token["status_url"]) as page:
        assert await text_of(page, ".label") == "A003"
        assert await text_of(page, ".department") == "A General Medicine"
        assert (await text_of(page, ".facts")).startswith("2 before you ")
        assert "until your call" in await text_of(page, ".facts")
        steps = await page.locator(".timeline li").all_inner_texts()
        assert [step.split("\n")[0] for step in steps] == ["Ticket taken", "Waiting", "Called", "In the room"]
        assert await page.locator("[aria-current=step]").inner_text() == "Waiting\narea 2"
        assert await page.locator("main button, main form, main input").count() == 0


async def test_the_page_follows_the_token_by_itself(page_hub, browser):
    token = await page_hub.issue()
    async with opened(browser, page_hub.url + token["status_url"]) as page:
        await page.evaluate("window.sameDocument = true")
        assert (await text_of(page, ".facts")).startswith("Next your turn ")
        await page_hub.call_next()
        await page.locator("h1", has_text="Please come now").wait_for()
        assert await text_of(page, ".called .room") == "Room 1"
        await page_hub.post(f"/api/v1/tokens/{token['token']}/recall", key="desk-1")
        await page.locator(".way", has_text="Called again at").wait_for()
        await page_hub.post(f"/api/v1/tokens/{token['token']}/start", key="desk-1")
        await page.locator(".timeline .now", has_text="In the room").wait_for()
        assert await page.locator("#alarm").is_hidden()
        await page_hub.post(f"/api/v1/tokens/{token['token']}/finish", key="desk-1")
        await page.locator(".line", has_text="Your visit here is finished").wait_for()
        assert await page.evaluate("window.sameDocument")
        assert await page.locator("#alarm").is_hidden()
        await looks_right(page)


async def test_who_did_not_come_is_told_what_to_do(page_hub, browser):
    token = await page_hub.issue()
    await page_hub.call_next()
    await page_hub.post(f"/api/v1/tokens/{token['token']}/no-show", key="desk-1")
    async with opened(browser, page_hub.url + token["status_url"], script=False) as page:
        line = await text_of(page, ".line")
        assert line.startswith("You were called to Room 1 at ")
        assert "within 60 minutes" in line
        assert await text_of(page, ".timeline li.ended .what") == "Not there when called"


async def test_the_page_speaks_the_language_of_the_ticket_and_offers_the_others(page_hub, browser):
    token = await page_hub.issue(language="ar")
    async with opened(browser, page_hub.url + token["status_url"]) as page:
        assert await page.get_attribute("html", "lang") == "ar"
        assert await page.get_attribute("html", "dir") == "rtl"
        await page.click("summary")
        await page.click("a[lang=hi]")
        assert await page.get_attribute("html", "lang") == "hi"
        assert await text_of(page, ".department h1") == "सामान्य चिकित्सा"


async def test_small_letters_in_the_address_and_the_short_code_find_the_same_page(page_hub, browser):
    token = await page_hub.issue()
    code = token["short_code"]
    for path in (token["status_url"].lower(), f"/S/{code}", f"/s/{code[:4].lower()}-{code[4:].lower()}"):
        async with opened(browser, page_hub.url + path, script=False) as page:
            assert await text_of(page, ".label") == "A001"


async def test_a_paused_room_is_said_instead_of_a_range(page_hub, browser):
    token = await page_hub.issue()
    back_at = in_an_hour()
    for caller, room in (("desk-1", "room-1"), ("desk-2", "room-2")):
        await page_hub.post(f"/api/v1/rooms/{room}/pause", {"back_at": back_at.isoformat()}, key=caller)
    async with opened(browser, page_hub.url + token["status_url"], script=False) as page:
        assert await text_of(page, ".facts") == f"Next your turn After {back_at:%H:%M} the room is on a break"
        assert await text_of(page, ".timeline li >> nth=2") == "Called"


async def test_the_alarm_is_offered_rings_at_the_call_and_can_be_stopped(page_hub, browser):
    token = await page_hub.issue()
    async with opened(browser, page_hub.url + token["status_url"]) as page:
        await page.evaluate(
            "navigator.vibrate = (pattern) => { window.vibrated = (window.vibrated || 0) + 1; return true; }"
        )
        key = page.locator("#alarm")
        assert await key.inner_text() == "Allow sound and vibration"
        await key.click()
        assert (await key.inner_text(), await key.get_attribute("aria-pressed")) == (
            "Sound and vibration are on",
            "true",
        )
        before = await page.evaluate("window.vibrated")
        await page_hub.call_next()
        await page.locator("#alarm", has_text="Stop the sound").wait_for()
        assert await page.evaluate("window.vibrated") > before
        await looks_right(page)
        await key.click()
        assert await key.inner_text() == "Sound and vibration are on"


async def test_when_the_hub_is_not_heard_the_page_says_as_of_when_it_is(page_hub, browser):
    token = await page_hub.issue()
    async with opened(browser, page_hub.url + token["status_url"], clock=True) as page:
        assert (await text_of(page, "footer")).startswith("Up to date, ")
        await page.context.set_offline(True)
        async with asyncio.timeout(20):
            while await page.is_hidden("footer .old"):
                await page.clock.fast_forward(10_000)
        assert (await text_of(page, "footer")).endswith("no connection now")
        await page.context.set_offline(False)
        async with asyncio.timeout(20):
            while await page.is_visible("footer .old"):
                await page.clock.fast_forward(10_000)


async def test_a_page_that_never_was_or_is_over_asks_for_todays_code(page_hub, browser):
    answer = await page_hub.get("/S/" + "0" * 26)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    async with opened(browser, page_hub.url + "/S/" + "0" * 26) as page:
        assert await text_of(page, "h1") == "This page is not there any more"
        assert await page.locator("input[name=code]").is_visible()


# --- typing the code ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "hi", "ar"])
async def test_the_code_is_typed_as_it_stands_on_the_ticket(page_hub, browser, language):
    token = await page_hub.issue()
    for size in ("phone", "small"):
        async with opened(browser, f"{page_hub.url}/?lang={language}", size=size) as page:
            await looks_right(page)
            code = token["short_code"]
            await page.fill("input[name=code]", f" {code[:4].lower()} {code[4:].lower()}")
            await page.click("button[type=submit]")
            assert await text_of(page, ".label") == "A001"
            assert await page.get_attribute("html", "lang") == language


async def test_the_code_stands_at_the_side_where_the_language_begins(page_hub, browser):
    for language, side in (("en", "left"), ("ar", "right")):
        async with opened(browser, f"{page_hub.url}/?lang={language}", script=False) as page:
            style = "getComputedStyle(document.querySelector('input[name=code]'))"
            assert (await page.evaluate(style + ".textAlign")).replace("start", "left") == side
            assert await page.evaluate(style + ".direction") == "ltr"
            assert await page.get_attribute("input[name=code]", "placeholder") == "7H4K 2MPX"


async def test_both_facts_have_one_size_and_one_baseline(page_hub, browser):
    await page_hub.issue()
    token = await page_hub.issue()
    for language in ("en", "hi", "ar"):
        async with opened(browser, f"{page_hub.url}{token['status_url']}?lang={language}", script=False) as page:
            values = await page.evaluate(
                "[...document.querySelectorAll('.facts b')].map((one) => [getComputedStyle(one).fontSize,"
                " one.getBoundingClientRect().top, one.getBoundingClientRect().bottom])"
            )
            assert len(values) == 2
            assert values[0] == values[1]


async def test_a_wrong_code_is_said_and_stays_to_be_corrected(page_hub, browser):
    async with opened(browser, page_hub.url + "/") as page:
        await page.fill("input[name=code]", "wrong-one")
        await page.press("input[name=code]", "Enter")
        assert "No ticket from today has this code" in await text_of(page, ".told")
        assert await page.input_value("input[name=code]") == "wrong-one"
        for _ in range(10):
            await page.press("input[name=code]", "Enter")
            await page.locator(".told").wait_for()
        assert "wrong too often" in await text_of(page, ".told")


async def test_the_page_can_be_walked_with_the_keyboard_alone(page_hub, browser):
    async with opened(browser, page_hub.url + "/") as page:
        names = []
        for _ in range(4):
            await page.keyboard.press("Tab")
            names.append(await page.evaluate("document.activeElement.tagName"))
            assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        assert names == ["SUMMARY", "INPUT", "BUTTON", "A"]
