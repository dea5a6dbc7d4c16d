"""What takes turns on the board, at any moment: without a browser."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import msgspec
import pytest
from board_states import NOON as NOON_THERE
from board_states import State, clinic, shown
from hub_world import AR, EN, HI, make, plan, running
from msgspec import structs

from hub.domain.configuration import Department, Room
from hub.web.board_calls import band, rows
from hub.web.board_lines import panel
from hub.web.board_notes import notes
from hub.web.board_page import made
from hub.web.board_parts import bound, parted
from hub.web.board_table import departments
from hub.web.board_turns import ms_left, newest_stays, shares
from hub.web.board_view import Asked, sight
from hub.web.document import Page
from hub.web.fitting import bold_em, folded, plain_em
from smartqueue.board import Layout, Zone, lines, seen
from smartqueue.i18n import Words
from smartqueue.terms import LANGUAGES, DepartmentId, RoomId
from smartqueue.wire import BoardView

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOTICE = {EN: "Flu vaccination today, 9–12", HI: "फ्लू का टीका आज, 9–12", AR: "تطعيم الإنفلونزا اليوم، 9–12"}
LONG = {
    EN: "The lift is out of order. Whoever can't take the stairs, please ask at the desk: somebody will come with you."
}


async def noticed(directory, *notices):
    """A site that tells everybody something."""
    base = plan().configuration
    return await make(directory, configuration=replace(base, site=replace(base.site, notices=notices)))


def plain(note):
    return note.text.replace("\u00a0", " ")


async def sights(hub, language=EN, at=(0, 6, 12, 18, 24, 30), **about):
    """The board at these seconds of a minute."""
    view = msgspec.convert((await hub.get("/api/v1/board")).json, BoardView)
    wanted = Asked(about.get("layout", Layout.RECENT), Zone(), frozenset(about.get("on", ())), None)
    moments = [NOON + timedelta(seconds=seconds) for seconds in at]
    pages = [Page(view.site, Words(language), ZoneInfo("UTC"), moment) for moment in moments]
    return [sight(page, seen(view), wanted) for page in pages]


async def test_notices_take_turns_in_every_language_of_the_site_the_boards_own_first(tmp_path):
    async with running(await noticed(tmp_path, NOTICE)) as hub:
        told = [notes(one).standing[-1] for one in await sights(hub, HI, (0, 6, 12))]
    assert {plain(one) for one in told} == set(NOTICE.values())
    order = [one.language for one in told]
    assert order[order.index(HI) :] + order[: order.index(HI)] == [HI, EN, AR]


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS])
@pytest.mark.parametrize("on", [(), ("1",)], ids=["idle", "call"])
async def test_a_long_notice_is_told_in_parts_and_no_word_of_it_is_missing(tmp_path, layout, on):
    async with running(await noticed(tmp_path, LONG)) as hub:
        moments = range(0, 60, 6)
        parts = [plain(notes(one).standing[-1]) for one in await sights(hub, at=moments, layout=layout, on=on)]
    first = next(n for n, part in enumerate(parts) if LONG[EN].startswith(part.removesuffix("…")))
    said = " ".join(dict.fromkeys(parts[first:])).replace("…", "")
    assert said.startswith(LONG[EN])


async def crowded(directory, count, names="Clinic"):
    """So many departments, all of one room; their names end in their numbers."""
    many = tuple(
        Department(DepartmentId(f"d{n}"), letter, {EN: f"{names} {n}"}, {}, "ear", n % 8)
        for n, letter in enumerate("AKRXHMLWUFTCEJNP"[:count])
    )
    room = Room(RoomId("room-1"), "1", tuple(one.id for one in many))
    base = plan()
    configuration = replace(base.configuration, departments=many, rooms=(room,), operators=())
    await make(directory, configuration=configuration, units=base.units[:1])


def standing(html, names="Clinic", screen="flat"):
    """Numbers of the departments that a panel shows on a television; screen: flat, or tall for an upright one."""
    hidden = ("later", "tall-only" if screen == "flat" else "flat-only")
    shown = (one for one in re.findall(r"<li.*?</li>", html) if not any(kind in one for kind in hidden))
    return [int(n) for one in shown for n in re.findall(rf"{names} (\d+)<", one)]


def dots(html, screen):
    """How many dots a panel has on this screen."""
    made = re.findall(r'<li class="mark ?(\S*?)".*?</li>', html)
    marks = re.findall(r'<li class="mark.*?</li>', html)
    return sum(mark.count("<i") for kind, mark in zip(made, marks, strict=True) if kind in ("", f"{screen}-only"))


@pytest.mark.parametrize("on", [(), ("1",)], ids=["idle", "call"])
@pytest.mark.parametrize("names", ["Clinic", "Ear, Nose and Throat Surgery Outpatients"])
@pytest.mark.parametrize("screen", ["flat", "tall"])
async def test_departments_that_do_not_fit_take_turns_by_the_clock_and_each_has_one(tmp_path, names, on, screen):
    await crowded(tmp_path, 14, names)
    async with running(tmp_path) as hub:
        shown = [panel(one, 95) for one in await sights(hub, at=range(48), on=on)]
    turns = [(part, len(list(same))) for part, same in groupby(tuple(standing(html, names, screen)) for html in shown)]
    parts, (_, stands_s) = [part for part, _ in turns], turns[1]
    cycle = set(parts)
    assert sorted(n for one in cycle for n in one) == list(range(14))
    assert len(cycle) > 1
    assert {seconds for _, seconds in turns[1:-1]} == {stands_s}
    assert stands_s >= 3
    assert len(cycle) * stands_s <= 21
    assert parts == (parts[: len(cycle)] * 48)[: len(parts)]
    assert max(map(len, cycle)) - min(map(len, cycle)) <= 1
    assert {dots(html, screen) for html in shown} == {len(cycle)}


@pytest.mark.parametrize("each_s", [6.0, 4.0, 3.0])
def test_a_page_is_asked_for_again_when_notices_or_departments_have_their_next_turn(each_s):
    moments = [n / 8 for n in range(192)]
    later = [moment + ms_left(moment, each_s) / 1000 for moment in moments]
    for moment, then in zip(moments, later, strict=True):
        changes = [k * every for every in (6.0, each_s) for k in range(9) if moment < k * every]
        assert min(changes) < then < min(changes) + 0.05


def test_parts_are_as_few_as_can_be_and_filled_alike():
    assert shares([58] * 6, 348, 26) == [range(6)]
    assert shares([58] * 7, 348, 26) == [range(4), range(4, 7)]
    assert shares([58, 150, 58, 58, 104, 58], 250, 26) == [range(2), range(2, 4), range(4, 6)]
    assert shares([120, 120, 120, 120, 58, 58], 300, 26) == [range(2), range(2, 4), range(4, 6)]
    assert shares([58, 400, 58], 250, 26) == [range(1), range(1, 2), range(2, 3)]
    assert shares([], 250, 26) == [range(0)]


def test_a_long_notice_is_parted_between_sentences_then_after_commas_and_only_then_between_words():
    lift = "The lift is out of order. Whoever can't take the stairs, please ask at the desk: somebody will come."
    assert parted(lift, 20, 2) == [
        "The lift is out of order.",
        "Whoever can't take the stairs, please ask at the desk: somebody will come.",
    ]
    assert parted(lift, 15, 2)[1:] == ["Whoever can't take the stairs,", "please ask at the desk: somebody will come."]
    words = parted("Please have your insurance card and all your papers ready for the desk at the end", 12, 1)
    assert len(words) > 2
    assert all(one.endswith("…") for one in words[:-1])
    assert all(len(folded(one, 12)) == 1 for one in words)
    assert min(plain_em(one) for one in words) > 0.6 * max(plain_em(one) for one in words)
    assert parted("电梯本周停用。不能走楼梯的人，请到服务台。", 12, 1) == [
        "电梯本周停用。",
        "不能走楼梯的人，",
        "请到服务台。",
    ]


def test_departments_across_the_screen_take_turns_as_many_in_one_as_in_the_next():
    state = State("many", clinic(14))
    turns = [str(departments(shown(state, "en", Layout.DEPARTMENTS, at_s))) for at_s in range(0, 24, 6)]
    letters = [tuple(re.findall(r'"chip[^>]*><span>(\w+)<', html)) for html in turns]
    assert sorted(one for some in set(letters) for one in some) == sorted(one.letter for one in state.view.departments)
    assert max(map(len, letters)) - min(map(len, letters)) <= 2


async def test_before_anybody_is_called_fifteen_departments_stand_at_once_in_two_columns(tmp_path):
    await crowded(tmp_path, 15)
    async with running(tmp_path) as hub:
        made = [str(departments(one)) for one in await sights(hub, layout=Layout.DEPARTMENTS)]
    assert {tuple(standing(html)) for html in made} == {tuple(range(15))}
    assert all("in-2" in html for html in made)


def called_lately(count):
    """So many calls, all of the last seconds: more than have a row."""
    labels = [(f"A{count - n:03}", "room-3") for n in range(count)]
    view = clinic(6, labels=labels)
    fresh = [structs.replace(call, at=NOON_THERE - timedelta(seconds=n)) for n, call in enumerate(view.calls)]
    return structs.replace(view, calls=fresh)


def test_for_far_seats_a_call_has_the_place_of_a_note_that_does_not_stand():
    view = structs.replace(called_lately(8), rooms=[])
    for notices, fits in (([], 4), ([NOTICE], 3)):
        calm = [structs.replace(one, emergency=False) for one in view.departments]
        site = structs.replace(view.site, notices=notices)
        html = str(made(shown(State("far", structs.replace(view, departments=calm, site=site)), "en", Layout.CALL), ""))
        assert html.count('class="row"') == fits
        assert ("bare" in html) is not bool(notices)


@pytest.mark.parametrize(("layout", "fits"), [(Layout.RECENT, 5), (Layout.CALL, 3)])
def test_the_newest_call_always_stands_first_while_others_take_turns_and_dots_say_so(layout, fits):
    state = State("many", called_lately(8))
    turns = [str(rows(shown(state, "en", layout, at_s))) for at_s in range(0, 36, 6)]
    standing = [re.findall(r'class="label"[^>]*>(\w+)<', html) for html in turns]
    assert {some[0] for some in standing} == {"A008"}
    assert {len(some) for some in standing} == {fits}
    assert {one for some in standing for one in some} == {f"A{n:03}" for n in range(1, 9)}
    assert all(html.count('class="now"') == 1 for html in turns)
    assert "mark" not in str(rows(shown(State("few", called_lately(fits)), "en", layout)))


def test_during_a_call_the_newest_of_the_others_stands_first():
    state = State("many", called_lately(8), on=1)
    turns = [str(rows(shown(state, "en", Layout.RECENT, at_s))) for at_s in range(0, 36, 6)]
    standing = [re.findall(r'class="label"[^>]*>(\w+)<', html) for html in turns]
    assert {tuple(some[:2]) for some in standing} == {("A008", "A007")}
    assert {one for some in standing for one in some} == {f"A{n:03}" for n in range(1, 9)}


def test_calls_of_one_department_that_take_turns_are_marked_by_dots():
    state = State("many", called_lately(4))
    turns = [str(departments(shown(state, "en", Layout.DEPARTMENTS, at_s))) for at_s in range(0, 24, 6)]
    standing = [re.findall(r'class="label"[^>]*>(\w+)<', html) for html in turns]
    assert {some[0] for some in standing} == {"A004"}
    assert {some[1] for some in standing} == {"A003", "A002", "A001"}
    assert all(html.count('class="now"') == 1 for html in turns)


def test_where_a_place_holds_one_call_only_the_newest_never_gives_way():
    state = State("many", called_lately(4), on=1)
    for at_s in range(0, 24, 6):
        html = str(departments(shown(state, "en", Layout.DEPARTMENTS, at_s)))
        assert re.findall(r'class="label"[^>]*>(\w+)<', html) == ["A003"]
        assert "mark" not in html
    assert newest_stays("cba", 1, 1) == ("c", 0, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_during_a_call_an_emergency_stands_in_the_head_where_six_departments_have_no_room_for_a_note(language):
    """Then they stand three by three at most, and on an upright screen, where a line is longer, all at once."""
    state, counts = State("six", clinic(6), on=1), {"flat": set(), "tall": set()}
    for at_s in range(0, 60, 6):
        html = str(made(shown(state, language, Layout.RECENT, at_s), "test"))
        assert html.count("urgent") + html.count("note grave") == 1
        for screen, found in counts.items():
            hidden = ("later", "tall-only" if screen == "flat" else "flat-only")
            lines = re.findall(r'<li[^>]*><span class="chip.*?</li>', html)
            found.add(sum(not any(kind in one for kind in hidden) for one in lines))
    assert counts["flat"] in ({6}, {3})
    assert counts["tall"] == {6}


@pytest.mark.parametrize("count", [3, 4, 6])
def test_the_newest_call_of_a_department_stands_while_its_others_take_turns(count):
    state = State("some", clinic(count))
    newest = state.view.calls[0].label
    for at_s in range(0, 24, 6):
        html = str(departments(shown(state, "en", Layout.DEPARTMENTS, at_s)))
        standing = re.findall(r'class="label"[^>]*>(\w+)<', html)
        assert standing[0] == newest
        assert len(standing) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_never_ends_with_a_short_word_on_a_line_of_its_own(language):
    for key in ("valid", "listen", "ranges"):
        ends = folded(bound(Words(language).text(f"display.away.{key}"), 10), 10)
        assert len(ends) == 1 or plain_em(ends[-1]) > 2.5, ends


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_sound_is_off_is_said_on_one_line_of_every_board(language):
    assert bold_em(Words(language).text("display.sound.allow")) < 28


async def test_a_browser_says_what_a_display_says(tmp_path):
    """Both ask smartqueue/board.py; this holds that the page leaves nothing of it out."""
    async with running(await noticed(tmp_path, NOTICE)) as hub:
        for n in (1, 2):
            await hub.issue()
            await hub.call_next(f"room-{n}", key=f"desk-{n}")
        (shown,) = await sights(hub, at=(0,))
        html = str(panel(shown, 0)) + str(rows(shown))
    for line in lines(shown.known, Zone(), NOON):
        assert line.names[EN] in html
        assert line.letter in html
    for call in shown.calls:
        assert call.label in html


async def test_the_room_of_a_call_is_written_in_the_token_s_language_too(tmp_path):
    await make(tmp_path)
    async with running(tmp_path) as hub:
        await hub.issue(language="hi")
        await hub.call_next()
        on = [one["announcement"] for one in (await hub.get("/api/v1/board")).json["calls"]]
        english, hindi = [str(band(one)) for language in (EN, HI) for one in await sights(hub, language, (0,), on=on)]
    assert '<small lang="hi" dir="ltr">कमरा</small> Room' in english
    assert "<small" not in hindi
