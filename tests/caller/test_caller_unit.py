"""A caller unit against a hub over real HTTP: what arrives there, and what the lamps show meanwhile."""

import asyncio
import logging
from dataclasses import replace

import pytest
from caller_desk import Desk
from caller_hubs import KEY, Room

from caller.buttons import NOBODY_WAITS, READ_THE_QUESTION_S, Button
from caller.lamps import Lamp
from caller.settings import ButtonPins, LampPins, RgbPins, wiring
from caller.wiring import LampKind, Level, Pull
from smartqueue.terms import Care, RoomState, TokenState, UnitKind
from smartqueue.wire import UnitView


async def test_next_asks_the_hub_to_call_after_the_token_that_the_feed_showed(desk, hub):
    await hub.become(Room(token=7))
    await desk.shows(green="on", white="blink")
    await desk.press()
    await desk.until(lambda: len(hub.asked) == 1)
    asked = hub.asked[0]
    assert asked.path == "/rooms/room-3/call-next"
    assert asked.body["after"] == "t-7"
    assert hub.tick - 1_000 <= asked.body["tick"] <= hub.tick
    assert asked.body.get("outcome") is None


@pytest.mark.parametrize(
    "wired",
    [
        wiring(ButtonPins(recall=0, no_show=0, pause=0)),
        wiring(ButtonPins(pull=Pull.DOWN), LampPins(lit_by=Level.LOW)),
        wiring(ButtonPins(recall=0, no_show=0), LampPins(kind=LampKind.RGB)),
        wiring(ButtonPins(pull=Pull.DOWN), LampPins(kind=LampKind.RGB, lit_by=Level.LOW), RgbPins(5, 6, 12)),
    ],
    ids=["one button", "to 3.3 V, lit when low", "two buttons, one lamp", "the same, to 3.3 V, lit when low"],
)
async def test_however_it_is_wired_a_press_calls_and_the_lamps_that_people_see_follow_the_feed(hub, wired):
    desk = Desk(hub.url, wired=wired)
    hub.lit = desk.panel.lit
    async with desk.at_work():
        await desk.shows(white="blink")
        await desk.press()
        await desk.shows(green="on", white="blink")
        await desk.until(lambda: desk.panel.lit() == {Lamp.GREEN}, "green alone, between two blinks of white")
        await desk.until(lambda: desk.panel.lit() == {Lamp.GREEN, Lamp.WHITE}, "both")
        await hub.stop()
        await desk.until(lambda: desk.panel.lit() == {Lamp.RED}, "red")
    assert Lamp.AMBER in hub.asked[0].lit
    assert desk.dark_at_the_end


async def test_green_burns_when_somebody_is_called(desk):
    await desk.press()
    await desk.shows(green="on", white="blink")
    assert (await desk.reported("answer"))["label"] == "A001"


async def test_a_press_lights_amber_before_it_leaves_for_the_hub(desk, hub):
    await desk.press()
    await desk.until(lambda: len(hub.asked) == 1)
    assert Lamp.AMBER in hub.asked[0].lit


async def test_the_lamps_follow_the_feed_and_not_the_answer(desk, hub):
    hub.quiet = True
    await desk.press()
    await desk.reported("answer", label="A001")
    await desk.shows(white="blink")
    assert not any("green" in lamps for lamps in desk.history)


@pytest.mark.parametrize(("care", "pattern"), [(Care.TIME, "wink"), (Care.FETCH, "wink_twice")])
async def test_green_tells_what_care_somebody_needs_until_the_person_is_there(desk, hub, care, pattern):
    await hub.become(Room(token=7, care=care))
    await desk.shows(green=pattern, white="blink")
    await hub.become(Room(token=7, care=care, state=TokenState.SERVING))
    await desk.shows(green="on", white="blink")


async def test_a_press_on_another_thread_crosses_into_the_loop(desk, hub):
    await asyncio.to_thread(desk.panel.push, Button.NEXT)
    await desk.shows(green="on", white="blink")
    await asyncio.to_thread(desk.panel.let_go, Button.NEXT)
    assert len(hub.asked) == 1


async def test_contacts_that_bounce_call_once(desk, hub):
    for _ in range(4):
        desk.panel.push(Button.NEXT)
        await asyncio.sleep(0.002)
        desk.panel.let_go(Button.NEXT)
        await asyncio.sleep(0.002)
    await desk.press()
    await desk.reported("answer")
    await desk.press(Button.PAUSE)
    await desk.reported("answer", command="pause_room")
    assert [asked.path.rpartition("/")[2] for asked in hub.asked] == ["call-next", "pause"]


async def test_a_button_that_was_down_before_the_start_presses_nothing(hub):
    desk = Desk(hub.url)
    desk.panel.push(Button.NEXT)
    async with desk.at_work():
        await desk.shows(white="blink")
        desk.panel.let_go(Button.NEXT)
        await desk.press(Button.PAUSE)
        await desk.reported("answer", command="pause_room")
    assert len(hub.asked) == 1


async def test_recall_and_no_show_go_to_the_current_token(desk, hub):
    await hub.become(Room(token=7))
    await desk.shows(green="on", white="blink")
    await desk.press(Button.RECALL)
    await desk.reported("answer", command="recall")
    await desk.press(Button.NO_SHOW)
    await desk.shows(white="blink")
    assert [asked.path for asked in hub.asked] == ["/tokens/t-7/recall", "/tokens/t-7/no-show"]


async def test_pause_pauses_and_opens_the_room(desk, hub):
    await desk.press(Button.PAUSE)
    await desk.shows(white="on")
    await desk.press(Button.PAUSE)
    await desk.shows(white="blink")
    assert [asked.path for asked in hub.asked] == ["/rooms/room-3/pause", "/rooms/room-3/open"]


async def test_without_a_button_of_its_own_recall_is_a_long_press_of_next(hub):
    desk = Desk(hub.url, wired=wiring(ButtonPins(recall=0)))
    async with desk.at_work():
        await hub.become(Room(token=7))
        await desk.shows(green="on", white="blink")
        await desk.press(hold_s=1.0)
        await desk.reported("answer", command="recall")
        await desk.press(hold_s=0.1)
        await desk.reported("answer", command="call_next")
        await desk.press(Button.PAUSE, hold_s=1.0)
        await desk.reported("answer", command="pause_room")
    assert [asked.path.rpartition("/")[2] for asked in hub.asked] == ["recall", "call-next", "pause"]


async def test_while_a_press_is_on_its_way_next_is_the_same_press_and_others_are_refused(desk, hub):
    hub.hold = True
    await desk.press()
    await desk.until(lambda: len(hub.asked) == 1)
    await desk.press()
    await desk.press()
    await desk.press(Button.PAUSE)
    await desk.reported("answer", command="pause", code="press_in_flight")
    hub.let_answer.set()
    await desk.reported("answer", command="call_next", label="A001")
    await desk.shows(green="on", white="blink")
    assert len({asked.command_id for asked in hub.asked}) == 1
    assert hub.now.token == 1


async def test_a_refusal_blinks_red_alone_and_passes(desk, hub):
    hub.refuse = "room_closed"
    await desk.press()
    await desk.reported("answer", code="room_closed")
    await desk.shows(red="blink")
    await desk.shows(white="blink")


async def test_the_sign_tells_why_a_press_was_refused_and_forgets_it_by_itself(desk, hub):
    hub.refuse = "room_closed"
    await desk.press()
    await desk.reported("answer", code="room_closed")
    assert desk.unit.tells() == "room_closed"
    await desk.until(lambda: not desk.unit.tells())


async def test_next_with_nobody_waiting_is_told_without_red(desk, hub):
    hub.empty = True
    await desk.press()
    await desk.reported("answer", command="call_next", label=None)
    assert desk.unit.tells() == NOBODY_WAITS
    await desk.shows()
    assert not any("red" in lamps for lamps in desk.history[1:])


async def test_the_question_is_amber_and_the_confirming_press_says_no_show_with_a_new_id_and_the_same_after(desk, hub):
    await hub.become(Room(token=7))
    await desk.shows(green="on", white="blink")
    hub.refuse = "confirm_no_show"
    await desk.press()
    await desk.shows(green="on", amber="blink")
    hub.refuse = ""
    await asyncio.sleep(READ_THE_QUESTION_S)
    await desk.press()
    await desk.reported("answer", label="A008")
    first, confirming = hub.asked
    assert (first.body.get("outcome"), confirming.body["outcome"]) == (None, "no_show")
    assert first.body["after"] == confirming.body["after"] == "t-7"
    assert first.command_id != confirming.command_id


async def test_the_question_is_gone_when_the_room_moves_on(desk, hub):
    await hub.become(Room(token=7))
    await desk.shows(green="on", white="blink")
    hub.refuse = "confirm_no_show"
    await desk.press()
    await desk.shows(green="on", amber="blink")
    await hub.become(Room(token=9))
    await desk.shows(green="on", white="blink")


# --- when the hub is away ------------------------------------------------------------------------------


async def test_red_burns_alone_while_the_hub_is_away(desk, hub):
    await hub.become(Room(token=7))
    await desk.shows(green="on", white="blink")
    await hub.stop()
    await desk.until(lambda: not desk.client.online)
    assert desk.unit.seen().away
    await desk.shows(red="on")
    await hub.start()
    await desk.shows(green="on", white="blink")


async def test_a_press_while_the_hub_is_away_is_answered_in_red_and_never_made_good(desk, hub):
    await hub.stop()
    await desk.shows(red="on")
    await desk.press()
    await desk.reported("answer", command="next", code="hub_away")
    assert {"red": "blink"} in desk.history
    await hub.start()
    await desk.shows(white="blink")
    await desk.press(Button.PAUSE)
    await desk.reported("answer", command="pause_room")
    assert [asked.path.rpartition("/")[2] for asked in hub.asked] == ["pause"]


async def test_a_press_that_reached_no_hub_is_refused_not_unknown(desk, hub):
    """The hub has just gone and the unit does not know yet."""
    await hub.stop()
    await desk.press()
    await desk.reported("answer", command="call_next", code="hub_away")
    await desk.shows(red="on")


async def test_an_unanswered_press_is_retried_with_one_id_and_obeyed_once(desk, hub):
    hub.mute = True
    await desk.press()
    await desk.until(lambda: len(hub.asked) >= 2)
    hub.mute = False
    await desk.reported("answer", label="A001")
    assert len({asked.command_id for asked in hub.asked}) == 1
    assert hub.now.token == 1


async def test_an_unknown_outcome_stays_amber_until_the_feed_tells_that_it_was_obeyed(desk, hub):
    hub.mute = hub.quiet = True
    await desk.press()
    await desk.reported("unanswered", command="call_next")
    assert desk.shown == {"amber": "on"}
    sent = len(hub.asked)
    await hub.stop()
    await asyncio.sleep(1.0)
    assert desk.shown == {"amber": "on"}
    hub.mute = hub.quiet = False
    await hub.start()
    await desk.shows(green="on", white="blink")
    assert len(hub.asked) == sent
    assert not any(report["event"] == "answer" for report in desk.reports)


async def test_an_unknown_outcome_turns_red_when_the_feed_shows_that_nothing_was_done(desk, hub):
    hub.deaf = True
    await desk.press()
    await desk.reported("unanswered", command="call_next")
    await desk.shows(red="blink")
    await desk.shows(white="blink")
    assert hub.now.token == 0


# --- who the unit is -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "room", "why"),
    [
        (UnitView(name="hall", kind=UnitKind.KIOSK), None, "belongs to a kiosk"),
        (UnitView(name="desk", kind=UnitKind.CALLER, room="room-3"), "room-4", "The settings say room-4"),
        (UnitView(name="desk", kind=UnitKind.CALLER, room="attic"), None, "The hub has no room attic"),
    ],
)
async def test_a_unit_that_may_act_for_no_room_says_so_once_and_stays_red(hub, caplog, unit, room, why):
    hub.unit = unit
    desk = Desk(hub.url, room=room)
    with caplog.at_level(logging.ERROR, logger="caller"):
        async with desk.at_work():
            await desk.until(lambda: bool(caplog.records))
            await desk.press()
            await desk.reported("answer", code="hub_away")
    assert hub.asked == []
    assert [why in record.getMessage() for record in caplog.records] == [True]


async def test_a_wrong_key_is_told_and_shown_in_red(hub, caplog):
    desk = Desk(hub.url, key=KEY + "?")
    async with desk.at_work():
        await desk.until(lambda: "refuses the key" in caplog.text)
        await desk.shows(red="on")


async def test_the_lamps_are_dark_after_the_end(hub):
    desk = Desk(hub.url)
    async with desk.at_work():
        await desk.shows(white="blink")
        await hub.become(Room(token=7, room=RoomState.PAUSED))
        await desk.shows(green="on", white="on")
    assert desk.dark_at_the_end


async def test_the_more_wait_the_faster_it_blinks_and_nobody_is_dark(desk, hub):
    before = desk.unit.shown.white.period_s
    await hub.become(replace(hub.now, waiting=30))
    await desk.until(lambda: desk.unit.shown.white.period_s < before)
    await hub.become(replace(hub.now, waiting=0))
    await desk.shows()
