"""Hard states of the board, in ten languages, drawn by a real browser without a script: the hub's sizes are right."""

import re
from dataclasses import replace
from itertools import product

import pytest
import pytest_asyncio
from aiohttp import web
from board_checks import board_flaws
from board_states import State, clinic, doors, shown, states
from msgspec import structs

from hub import run
from hub.web import assets
from hub.web.board_page import made
from hub.web.document import response
from smartqueue.board import Layout
from smartqueue.i18n import Words
from smartqueue.look import icon_paths
from smartqueue.terms import LANGUAGES, Language

pytestmark = pytest.mark.asyncio(loop_scope="module")
TV, UPRIGHT, LITTLE, LARGE = (1920, 1080), (1080, 1920), (1280, 720), (3840, 2160)
ZOOMED = (720, 1280)
"""An upright screen whose reader looks at it with 150 %; a lying one is then the little one."""
DOORS = ((800, 480), (1024, 600), (600, 1024))
WHOLE = ("en", "ar", "ta")
HARDEST = ("hard", "hard call", "ordinary", "window", "three", "three short", "four of one language", "four windows")
_CUT = """[...document.querySelectorAll(".call, .row, .panel, .panel li, .note, .top, .urgent")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className + one.textContent)"""
_SAID = """(text) => [...document.querySelectorAll(".note span, .urgent span")].filter((one) => one.checkVisibility()
    && one.textContent.replaceAll("\u00a0", " ") === text && one.getBoundingClientRect().height > 0).length"""
_WIDER = """(() => {
    const pen = document.createElement("canvas").getContext("2d");
    const wide = (font) => { pen.font = `40px "${font}"`; return pen.measureText("Orthopaedics").width; };
    return wide("DejaVu Sans") > 1.05 * wide("Noto Sans");
})()"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def boards():
    """A page for every state, layout and moment: `(state, language, layout, at_s)` -> its address."""
    pages = {}

    async def page(request):
        return response(pages[request.path])

    app = web.Application()
    app.add_routes([web.get(assets.PATH, assets.asset), web.get("/board/{n}", page)])
    runner = web.AppRunner(app)
    await runner.setup()
    (socket,) = run.listening("127.0.0.1", 0)
    await web.SockSite(runner, socket).start()

    def address(state, language, layout=Layout.RECENT, at_s=0):
        path = f"/board/{len(pages)}"
        pages[path] = made(shown(state, language, layout, at_s), "test")
        return "http://{}:{}".format(*socket.getsockname()) + path

    yield address
    await runner.cleanup()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def screen(browser):
    context = await browser.new_context(java_script_enabled=False)
    yield await context.new_page()
    await context.close()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_is_cut_or_overlaps_or_is_too_small_in_any_state(boards, screen, language):
    found = []
    for state in states():
        if language not in WHOLE and state.name not in HARDEST:
            continue
        for layout in (Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS):
            if layout is Layout.RECENT or state.name in ("hard", "hard call"):
                await screen.goto(boards(state, language, layout))
                for size in (TV, UPRIGHT):
                    found += [(layout.value, state.name, size, flaw) for flaw in await board_flaws(screen, size)]
    assert found == []


@pytest.mark.parametrize("size", [LITTLE, LARGE, ZOOMED], ids=["1280x720", "3840x2160", "720x1280"])
async def test_a_board_grows_and_shrinks_with_the_television_and_the_reader_s_zoom(boards, screen, size):
    found = []
    for state in states():
        await screen.goto(boards(state, "en"))
        found += [(state.name, flaw) for flaw in await board_flaws(screen, size)]
    assert found == []


async def test_every_turn_of_many_departments_is_readable(boards, screen):
    found = []
    for state in states():
        for at_s in range(6, 36, 6) if state.name in ("hard", "hard call") else ():
            await screen.goto(boards(state, "en", at_s=at_s))
            found += [(state.name, at_s, flaw) for flaw in await board_flaws(screen, TV)]
    assert found == []


@pytest.mark.parametrize("language", ["en", "ar", "ta", "sw"])
async def test_a_door_keeps_its_distances_in_every_state(boards, screen, language):
    found = []
    for state in doors():
        await screen.goto(boards(state, language, Layout.DOOR))
        for size in DOORS:
            found += [(state.name, size, flaw) for flaw in await board_flaws(screen, size, least=50, door=True)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_emergency_stands_at_every_moment_in_every_layout_and_only_once(boards, screen, language):
    known = {state.name: state for state in states()}
    found = []
    for name, layout in product(("hard", "hard call", "two"), (Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS)):
        letters = [one.letter for one in known[name].view.departments if one.emergency]
        text = Words(Language(language)).text("display.emergency", letters=letters)
        for at_s in (0, 6) if language in WHOLE else (6,):
            await screen.goto(boards(known[name], language, layout, at_s))
            for size in (TV, UPRIGHT):
                flaws = await board_flaws(screen, size)
                found += [(name, layout.value, at_s, size, flaw) for flaw in flaws]
                assert await screen.evaluate(_SAID, text) == 1, (name, layout, at_s, size)
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_that_all_is_closed_and_until_when_is_said_where_calls_would_stand(boards, screen, language):
    (state,) = (one for one in states() if one.name == "closed")
    for layout in (Layout.RECENT, Layout.CALL):
        await screen.goto(boards(state, language, layout))
        said = await screen.locator(".rows.none").inner_text()
        text = Words(Language(language)).text("display.shut_until", time="14:00")
        assert "".join(said.split()) == "".join(text.split())
        for size in (TV, UPRIGHT):
            assert await board_flaws(screen, size) == []


@pytest.mark.parametrize("count", [3, 4, 5, 6, 14])
async def test_departments_stand_across_the_whole_width_where_cards_would_leave_holes(boards, screen, count):
    """And they fill their place, idle and during a call, in as few turns as they need."""
    found = []
    for on in (0, 1):
        for language, size in product(("en", "ar", "ta"), (TV, UPRIGHT)):
            await screen.goto(boards(State("some", clinic(count), on=on), language, Layout.DEPARTMENTS))
            found += [(on, language, size, flaw) for flaw in await board_flaws(screen, size)]
        if on or count in (3, 4, 5, 14):
            await screen.set_viewport_size({"width": 1920, "height": 1080})
            boxes = [await one.bounding_box() for one in await screen.locator(".depts > li:not(.mark)").all()]
            assert {box["width"] for box in boxes} == {1760}
            assert await screen.locator(".dept").count() == 0
        else:
            assert await screen.locator(".dept").count() == count
    assert found == []


@pytest.mark.parametrize("on", [0, 1])
async def test_a_department_that_is_alone_stands_large_beside_its_calls(boards, screen, on):
    await screen.goto(boards(State("alone", clinic(1), on=on), "ta", Layout.DEPARTMENTS))
    for size in (TV, UPRIGHT):
        assert await board_flaws(screen, size) == []
    assert await screen.locator(".panel.few li").count() == 1
    assert await screen.locator(".row:not(.on-call)").count() == 5 - on


async def test_a_door_asks_who_is_called_in_the_language_of_the_token_too(boards, screen):
    known = next(one for one in doors() if one.name == "door called in Tamil")
    for language in ("en", "ta"):
        await screen.goto(boards(known, language, Layout.DOOR))
        said = await screen.inner_text(".main p")
        for words in {Words(Language(one)) for one in (language, "ta")}:
            assert said.count(words.text("display.door.come")) == 1
            assert words.text("display.room") in await screen.inner_text(".whereto")
        assert await screen.locator(".door [lang=ta]").count() == (2 if language == "en" else 0)


async def test_up_to_six_departments_need_no_turns_during_a_call_and_fourteen_few(boards, screen):
    await screen.goto(boards(State("six", clinic(6), on=1), "en", Layout.DEPARTMENTS))
    assert await screen.locator(".depts > li").count() == 6
    await screen.goto(boards(State("many", clinic(14), on=1), "en", Layout.DEPARTMENTS))
    assert 2 <= await screen.locator(".depts .mark i").count() <= 4


async def test_a_part_of_a_notice_says_by_dots_which_it_is(boards, screen):
    long = {Language("en"): "The lift is out of order. " * 8}
    for layout in (Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS):
        state = State("talkative", structs.replace(clinic(3, notices=[long]), calls=[]))
        seen = set()
        for at_s in range(0, 60, 6):
            await screen.goto(boards(state, "en", layout, at_s))
            dots = screen.locator(".note .mark i")
            if await dots.count():
                seen.add(await dots.evaluate_all("all => all.findIndex((one) => one.className === 'now')"))
                said = (await screen.locator(".note:has(.mark) .said").inner_text()).strip()
                assert said.endswith(("order.", "…")), said
                assert await board_flaws(screen, TV) == []
        assert len(seen) > 1


async def test_a_call_that_is_alone_is_large_also_while_the_hub_is_away(boards, screen):
    state = State("one", structs.replace(clinic(3), calls=clinic(3).calls[:1]), on=1)
    away = "document.body.classList.add('away'); document.getElementById('away').hidden = false"
    high = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    for layout, size in product((Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS), (TV, UPRIGHT)):
        await screen.goto(boards(state, "ar", layout))
        await screen.evaluate(away)
        assert await board_flaws(screen, size) == []
        assert await screen.locator(".row .label").evaluate(high) > 150


_TYPE = """all => all.map((one) => [".label", ".word", ".number", ".arrow"]
    .map((part) => getComputedStyle(one.querySelector(part)).fontSize).join())"""
_LINES = """all => all.map((one) => [".label", ".number"].map((part) => one.querySelector(part).getBoundingClientRect())
    .map((box) => box.top + box.height / 2).reduce((a, b) => Math.abs(a - b)))"""


@pytest.mark.parametrize("size", [TV, UPRIGHT], ids=["lying", "upright"])
async def test_calls_that_share_the_screen_are_of_one_size_inside_one_ring(boards, screen, size):
    for state in states():
        if state.on > 1:
            await screen.goto(boards(state, "en"))
            await screen.set_viewport_size({"width": size[0], "height": size[1]})
            calls = screen.locator(".band .call")
            assert len(set(await calls.evaluate_all(_TYPE))) == 1, state.name
            rings = "all => all.map((one) => getComputedStyle(one).animationName)"
            assert set(await calls.evaluate_all(rings)) == {"none"}
            assert await screen.locator(".band").evaluate_all(rings) == ["ring"]


async def test_a_room_stands_on_the_line_of_its_label_where_it_is_large_enough_there(boards, screen):
    await screen.set_viewport_size({"width": 1920, "height": 1080})
    for state in states():
        if state.name in ("ordinary call", "three short", "four"):
            calls = [structs.replace(call, language=Language("hi")) for call in state.view.calls]
            await screen.goto(boards(replace(state, view=structs.replace(state.view, calls=calls)), "en"))
            apart = await screen.locator(".band .call").evaluate_all(_LINES)
            assert max(apart) < 40, (state.name, apart)
            assert await screen.locator(".call.over").count() == 0


async def test_of_calls_that_do_not_fit_dots_say_that_more_follow(boards, screen):
    for state in states():
        if state.on == 4:
            await screen.goto(boards(state, "en"))
            fits = await screen.locator(".band .call").count()
            assert await screen.locator(".top .mark i").count() == (0 if fits == 4 else 1 + 4 - fits)
            assert await screen.locator(".top .mark .now").count() == (0 if fits == 4 else 1)


async def test_a_call_for_far_seats_stands_in_the_middle_of_its_band(boards, screen):
    middle = "(one) => { const box = one.getBoundingClientRect(); return box.left + box.width / 2; }"
    await screen.set_viewport_size({"width": 1920, "height": 1080})
    for state in states():
        if state.on == 1:
            await screen.goto(boards(state, "ar", Layout.CALL))
            assert abs(await screen.locator(".call .label").evaluate(middle) - 960) < 2
            left, right = [await screen.locator(one).bounding_box() for one in (".call .place", ".call .arrow")]
            assert abs((left["x"] + right["x"] + right["width"]) / 2 - 960) < 2


async def test_for_far_seats_no_part_of_the_screen_is_left_empty_where_no_note_stands(boards, screen):
    lowest = """Math.max(...[...document.querySelectorAll(".band, .row, .rows.none")]
        .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().bottom)) / innerHeight"""
    view = clinic(6)
    calm = [structs.replace(one, emergency=False) for one in view.departments]
    for on, count in ((0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (1, 1), (1, 3)):
        quiet = structs.replace(view, departments=calm, rooms=view.rooms[:-1], calls=view.calls[:count])
        for language, size in product(("en", "ar", "ta"), (TV, UPRIGHT)):
            await screen.goto(boards(State("quiet", quiet, on=on), language, Layout.CALL))
            assert await board_flaws(screen, size) == [], (on, count, language, size)
            assert 0.89 < await screen.evaluate(lowest) <= 0.901, (on, count, language, size)
            visible = screen.locator(".row:visible")
            assert await visible.count() == (min(count, 4) if not on else int(count > 1))


async def test_the_sign_of_an_emergency_is_the_one_of_displays_and_stands_before_the_range(boards, screen):
    state = next(one for one in states() if one.name == "ordinary")
    sign = icon_paths.svg("warning")
    for layout, head in ((Layout.RECENT, ".panel li"), (Layout.DEPARTMENTS, ".dept")):
        await screen.goto(boards(state, "en", layout))
        first = screen.locator(f"{head} .standing").first
        drawn = await first.evaluate("one => [one.firstChild.className, one.textContent.trim()]")
        assert drawn == ["grave", "5–15 min"]
        paths = "(svg) => { const t = document.createElement('p'); t.innerHTML = svg; return t.innerHTML; }"
        assert await first.locator(".grave").inner_html() == await screen.evaluate(paths, sign)


async def test_a_part_is_marked_by_dots_of_which_one_is_filled_and_never_by_a_number(boards, screen):
    state = next(one for one in states() if one.name == "hard")
    filled = "all => all.map((one) => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)')"
    for layout, dots in ((Layout.RECENT, ".panel .mark:visible i"), (Layout.DEPARTMENTS, ".depts > .mark i")):
        seen = []
        for at_s in (0, 2.9, 6):
            await screen.goto(boards(state, "en", layout, at_s))
            seen.append(await screen.locator(dots).evaluate_all(filled))
            assert not re.search(r"\d/\d", await screen.inner_text("#live"))
        assert [sum(one) for one in seen] == [1, 1, 1]
        first, still, then = (one.index(True) for one in seen)
        assert (still, then) == (first, (first + 1) % len(seen[0]))


async def test_where_a_television_s_own_letters_are_wider_nothing_is_cut_either(boards, browser):
    """A font that is wider than the one the hub has measured by; with the script, which looks again."""
    context = await browser.new_context()
    page = await context.new_page()
    await page.set_viewport_size({"width": 1920, "height": 1080})
    for state in states():
        if state.name in ("hard call", "window", "ordinary", "two"):
            await page.goto(boards(state, "ta" if state.name == "two" else "en"))
            await page.evaluate("document.documentElement.style.setProperty('--font', 'DejaVu Sans')")
            assert await page.evaluate(_WIDER)
            await page.evaluate("boardFit()")
            assert await page.evaluate(_CUT) == []
    await context.close()
