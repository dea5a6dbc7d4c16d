"""Hard states of the board, in ten languages, drawn by a real browser without a script: the hub's sizes are right."""

import pytest
import pytest_asyncio
from aiohttp import web
from board_checks import board_flaws
from board_states import doors, shown, states

from hub import run
from hub.web import assets
from hub.web.board_page import made
from hub.web.document import response
from smartqueue.board import Layout
from smartqueue.terms import LANGUAGES

pytestmark = pytest.mark.asyncio(loop_scope="module")
TV, UPRIGHT, LITTLE, LARGE = (1920, 1080), (1080, 1920), (1280, 720), (3840, 2160)
DOORS = ((800, 480), (1024, 600), (600, 1024))
WHOLE = ("en", "ar", "ta")
HARDEST = ("hard", "hard call", "ordinary", "window", "three")
_CUT = """[...document.querySelectorAll(".call, .row, .panel, .panel li, .note")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className + one.textContent)"""
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


@pytest.mark.parametrize("size", [LITTLE, LARGE], ids=["1280x720", "3840x2160"])
async def test_a_board_grows_and_shrinks_with_the_television(boards, screen, size):
    found = []
    for state in states():
        await screen.goto(boards(state, "en"))
        found += [(state.name, flaw) for flaw in await board_flaws(screen, size)]
    assert found == []


async def test_every_turn_of_many_departments_is_readable(boards, screen):
    found = []
    for state in states():
        for at_s in range(8, 48, 8) if state.name in ("hard", "hard call") else ():
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


async def test_where_a_television_s_own_letters_are_wider_nothing_is_cut_either(boards, browser):
    """A font that is wider than the one the hub has measured by; with the script, which looks again."""
    context = await browser.new_context()
    page = await context.new_page()
    await page.set_viewport_size({"width": 1920, "height": 1080})
    for state in states():
        if state.name in ("hard call", "window", "ordinary"):
            await page.goto(boards(state, "en"))
            await page.evaluate("document.documentElement.style.setProperty('--font', 'DejaVu Sans')")
            assert await page.evaluate(_WIDER)
            await page.evaluate("boardFit()")
            assert await page.evaluate(_CUT) == []
    await context.close()
