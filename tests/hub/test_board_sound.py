"""How the board sounds in a real browser: nothing before a click, then a chime, and a voice of this machine alone."""

import asyncio
import re

import pytest
from page_checks import looks_right, opened, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

VOICES = """
(local) => {
  window.said = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  const voices = [{ lang: "de-DE", localService: true }, { lang: "en-GB", localService: local, name: "ours" }];
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices, cancel: () => {}, addEventListener: () => {},
    speak: (one) => { window.said.push([one.text, one.voice.lang]); setTimeout(one.onend, 5); },
  } });
}
"""
"""A browser with voices, which the one of the tests has none of: a German one, and an English one here or elsewhere."""
EAR = """
() => {
  window.tones = [];
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    const made = make.call(this), start = made.start.bind(made);
    made.start = (at) => { window.tones.push([Math.round(made.frequency.value), at]); start(at); };
    return made;
  };
}
"""
"""Hears which tones are really given to the sound card."""


async def becomes(page, expression, wanted):
    """Asks the page until it says so: it lets nobody else evaluate anything."""
    async with asyncio.timeout(20):
        while (found := await page.evaluate(expression)) != wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return found


async def called(hub):
    await hub.issue()
    await hub.call_next()


async def listening(page, *, voices=None):
    await page.add_init_script(f"({EAR})()")
    if voices is not None:
        await page.add_init_script(f"({VOICES})({str(voices).lower()})")
    await page.reload()


async def turned_on(page):
    await page.click("#sound")
    await page.wait_for_selector("#sound.is-on")


async def test_a_board_is_silent_until_somebody_clicks(page_hub, browser):
    async with opened(browser, page_hub.url + "/board", size="tv") as page:
        await listening(page)
        assert await text_of(page, "#sound") == "Sound is off. Touch here to hear calls."
        await called(page_hub)
        await page.wait_for_selector(".band .call")
        assert await page.evaluate("window.tones") == []
        assert [await page.is_visible(one) for one in ("#sound .off", "#sound .sign:not(.off)")] == [True, False]
        await looks_right(page)


async def test_after_one_click_a_call_chimes_in_two_tones_that_are_no_alarm_without_the_internet(page_hub, browser):
    async with opened(browser, page_hub.url + "/board", size="tv") as page:
        cut = re.compile(f"^(?!{re.escape(page_hub.url)}/)")
        await page.context.route(cut, lambda route: route.abort())
        await listening(page)
        await turned_on(page)
        await becomes(page, "window.tones.length", 2)
        await called(page_hub)
        await becomes(page, "window.tones.length", 4)
        tones = await page.evaluate("window.tones.slice(2)")
        assert page.complaints == []
    assert [hertz for hertz, _ in tones] == [659, 523]
    assert tones[1][1] - tones[0][1] == pytest.approx(0.34, abs=0.01)


async def test_a_browser_without_a_voice_of_its_own_says_that_it_only_chimes(page_hub, browser):
    async with opened(browser, page_hub.url + "/board", size="tv") as page:
        await turned_on(page)
        assert await text_of(page, "#sound") == "Sound is on: chime only, this browser has no voice of its own"
        await looks_right(page)


async def test_a_voice_of_this_machine_says_each_call_twice_digit_by_digit(page_hub, browser):
    async with opened(browser, page_hub.url + "/board", size="tv") as page:
        await listening(page, voices=True)
        await turned_on(page)
        assert await text_of(page, "#sound") == "Sound is on"
        assert [await page.is_visible(one) for one in ("#sound .off", "#sound .sign:not(.off)")] == [False, True]
        await called(page_hub)
        await becomes(page, "window.said.length", 2)
        assert await page.evaluate("window.said") == [["Number A 0 0 1, room 1", "en-GB"]] * 2


async def test_a_voice_that_is_elsewhere_is_never_given_a_call(page_hub, browser):
    async with opened(browser, page_hub.url + "/board", size="tv") as page:
        await listening(page, voices=False)
        await turned_on(page)
        assert "chime only" in await text_of(page, "#sound")
        await called(page_hub)
        await becomes(page, "window.tones.length", 4)
        assert await page.evaluate("window.said") == []


async def test_the_sound_can_be_turned_off_again(page_hub, browser):
    async with opened(browser, page_hub.url + "/board", size="tv") as page:
        await listening(page)
        await turned_on(page)
        await becomes(page, "window.tones.length", 2)
        await page.click("#sound")
        assert await text_of(page, "#sound") == "Sound is off. Touch here to hear calls."
        await called(page_hub)
        await page.wait_for_selector(".band .call")
        assert await page.evaluate("window.tones.length") == 2


async def test_without_a_script_there_is_no_key_that_does_nothing(page_hub, browser):
    async with opened(browser, page_hub.url + "/board", size="tv", script=False) as page:
        assert await page.is_hidden("#sound")
