"""A kiosk at work with what people bring along: real client, store and printer against a small hub."""

import asyncio
import json
import logging
from dataclasses import replace

import pytest
from kiosk_hall import RULES, Hall, until
from kiosk_worlds import found, site

from kiosk.fronts import HUB_AWAY
from kiosk.machine import facts_of
from kiosk.states import Rules
from kiosk.terms import Link, Reason, RoomSign
from smartqueue.retry import Patience
from smartqueue.terms import RoomId, RoomKind, RoomState, TokenState
from smartqueue.wire import RoomView, SiteView

CODE, SECRET = "7H4K2MPX", "7H4K2MPX9Q0WERTYAB12CD34EF"
ADDRESS = f"HTTPS://Q.RIVERSIDE.EXAMPLE/S/{SECRET}"
NUMBER = "9876543210"


def clinic() -> SiteView:
    return site(books=True, phone_prefix="+91")


@pytest.fixture
def hall(hub, tmp_path):
    hub.site = clinic()
    hub.appointments = {CODE: "cardiology", "VISIT-2026-17": "pharmacy"}
    hub.tickets = {SECRET: found("A007"), "A007": found("A007", status_url=None, short_code=None)}
    made = Hall(hub.url, tmp_path, replace(RULES, ask_s=10.0))
    hub.store = made.store
    return made


async def types(hall: Hall, text: str) -> None:
    await hall.touch("check_in", *(f"char:{char}" for char in text), "look_up")


def stored(hall: Hall, name: str) -> list[dict]:
    entries = json.loads(hall.store.read_text("utf-8"))["entries"].values()
    return next((entry["value"] for entry in entries if entry["name"] == name), [])


# --- appointments -------------------------------------------------------------------------------------


async def test_a_scanned_code_ends_in_a_printed_ticket(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan(CODE)
        front = await hall.shows("take_ticket")
        assert (front.pending.answer.label, front.pending.department.id) == ("A001", "cardiology")
        await until(lambda: stored(hall, "arrivals") == stored(hall, "pendings") == [])
    assert len(hall.tickets) == 1


async def test_the_hub_is_asked_only_after_the_check_in_is_on_disk(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("language:ar")
        await types(hall, "VISIT-2026-17")
        await hall.shows("take_ticket")
    (asked,) = hub.asked
    entries = json.loads(asked.stored)["entries"].values()
    (noted,) = next(entry["value"] for entry in entries if entry["name"] == "arrivals")
    assert (noted["command_id"], noted["appointment"]) == (asked.command_id, "VISIT-2026-17")
    assert asked.body["language"] == "ar"


async def test_a_hub_killed_between_journal_and_answer_checks_in_once_and_prints_once(hub, hall):
    hub.mute = True
    hall.rules = RULES
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan(CODE)
        await hall.shows("check_in", problem=HUB_AWAY)
        await hub.stop()
        hub.mute = False
        await hub.start()
        await hall.shows("take_ticket")
    assert len({asked.command_id for asked in hub.asked}) == 1
    assert len(hub.issued) == len(hall.tickets) == 1


async def test_a_kiosk_restarted_while_it_checked_somebody_in_learns_the_outcome_and_prints_once(hub, hall, tmp_path):
    hub.mute = True
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan(CODE)
        await until(lambda: hub.issued)
    hub.mute = False
    again = Hall(hub.url, tmp_path)
    async with again.open():
        front = await again.shows("take_ticket")
        assert front.pending.answer.label == "A001"
        await again.forgets_all()
    third = Hall(hub.url, tmp_path)
    async with third.open():
        await third.shows("attract")
    assert (len(hub.issued), len(third.tickets)) == (1, 1)


async def test_a_kiosk_restarted_while_it_printed_shows_the_number_and_does_not_print_again(hub, hall, tmp_path):
    class Stuck:
        async def print(self, pending, progress):
            await asyncio.Event().wait()

    hall.machine = Stuck()
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan(CODE)
        await hall.shows("printing")
        await until(lambda: stored(hall, "pendings") and not stored(hall, "arrivals"))
    again = Hall(hub.url, tmp_path)
    async with again.open():
        front = await again.shows("trouble")
        assert front.pending.answer.label == "A001"
    assert again.tickets == []


async def test_what_is_no_appointment_is_looked_for_as_a_ticket_and_then_said(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan("00000000")
        front = await hall.shows("check_in", problem="unknown_ticket")
        assert front.typed == "00000000"
        await until(lambda: stored(hall, "arrivals") == [])


async def test_a_refusal_is_said_and_forgotten(hub, hall):
    hub.refuse = "appointment_too_early"
    async with hall.open():
        await hall.shows("attract")
        await types(hall, CODE)
        await hall.shows("check_in", problem="appointment_too_early")
        await until(lambda: stored(hall, "arrivals") == [])


async def test_while_the_hub_is_away_check_in_says_so(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        await hub.stop()
        await until(lambda: hall.unit.state.link is Link.AWAY)
        hall.unit.scan(CODE)
        await until(lambda: "check_in" in hall.screens)
    assert hub.asked == []


async def test_a_hub_that_goes_away_as_it_is_asked_is_told_so(hub, tmp_path):
    """It is not known to be away yet."""
    hub.site = clinic()
    patient = Patience(silent_s=30.0, attempt_s=0.4, first_s=0.02, most_s=0.1, refused_s=0.2)
    hall = Hall(hub.url, tmp_path, patience=patient)
    async with hall.open():
        await hall.shows("attract")
        await hub.stop()
        hall.unit.scan(CODE)
        await hall.shows("check_in", problem=HUB_AWAY)
        await until(lambda: stored(hall, "arrivals") == [])


async def test_a_store_that_cannot_be_written_checks_nobody_in(hub, tmp_path):
    hub.site, hub.appointments = clinic(), {CODE: "cardiology"}
    hall = Hall(hub.url, tmp_path / "data", Rules(store_s=30, settle_s=0, same_touch_s=0))
    async with hall.open():
        await hall.shows("attract")
        hall.directory.rename(tmp_path / "gone")
        hall.unit.scan(CODE)
        await hall.shows("out_of_service", reason=Reason.STORAGE)
    assert hub.asked == []


# --- tickets ------------------------------------------------------------------------------------------


async def test_a_tickets_qr_code_leads_to_a_copy_and_to_no_new_token(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan(ADDRESS)
        front = await hall.shows("found")
        assert front.ticket.label == "A007"
        await hall.touch("copy")
        front = await hall.shows("take_ticket")
        assert (front.pending.answer.label, front.pending.copy is not None) == ("A007", True)
    assert (hub.issued, len(hall.tickets)) == ({}, 1)
    assert stored(hall, "pendings") == []


async def test_a_copy_says_so_on_paper_and_how_many_are_before_it_now(hall):
    printed = []
    machine = hall.machine

    class Watched:
        async def print(self, pending, progress):
            printed.append(facts_of(pending))
            return await machine.print(pending, progress)

    hall.machine = Watched()
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan(SECRET)
        await hall.shows("found")
        await hall.touch("copy")
        await hall.shows("take_ticket")
    (facts,) = printed
    assert (facts.copy, facts.ahead, facts.short_code, facts.label) == (True, 3, "7H4K2MPX", "A007")


async def test_a_copy_of_somebody_who_is_called_says_nothing_of_who_is_before(hub, hall):
    hub.tickets[SECRET] = found("A007", state=TokenState.CALLED, ahead=None)
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan(SECRET)
        await hall.shows("found")
        await hall.touch("copy")
        front = await hall.shows("take_ticket")
    assert facts_of(front.pending).ahead is None


async def test_who_is_called_is_told_the_number_of_the_room(hub, hall):
    room = RoomId("room-3")
    hub.rooms = [
        RoomView(
            id=room,
            number="3",
            kind=RoomKind.WINDOW,
            departments=[],
            state=RoomState.OPEN,
            back_at=None,
            current=None,
            waiting=0,
        )
    ]
    hub.tickets = {SECRET: found("A007", state=TokenState.CALLED, room=room, ahead=None, estimate=None)}
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan(ADDRESS)
        await hall.shows("found")
        assert hall.unit.view().room == RoomSign(RoomKind.WINDOW, "3")
        await hall.touch("done")
        assert hall.unit.view().room is None


async def test_who_missed_the_call_comes_back(hub, hall):
    hub.tickets[SECRET] = found("A007", state=TokenState.NO_SHOW, may_return=True, ahead=None)
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan(SECRET)
        await hall.shows("found")
        await hall.touch("return")
        await hall.shows("found", came_back=True)
        await until(lambda: hall.unit.state.front.ticket.ahead == 3)
    assert hub.returned == ["token-A007"]


async def test_a_refused_return_says_why(hub, hall):
    hub.tickets[SECRET] = found("A007", state=TokenState.NO_SHOW, may_return=True)
    async with hall.open():
        await hall.shows("attract")
        hall.unit.scan(SECRET)
        await hall.shows("found")
        hub.refuse = "impossible_transition"
        await hall.touch("return")
        await hall.shows("found", problem="impossible_transition")


async def test_a_label_is_found_by_typing_it(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        await types(hall, "A007")
        front = await hall.shows("found")
        assert front.ticket.short_code is None


# --- telephone numbers --------------------------------------------------------------------------------


async def holding(hall: Hall) -> None:
    await hall.shows("attract")
    await hall.touch("start", "department:cardiology")
    await hall.shows("take_ticket")
    assert hall.unit.view().asks_phone
    await hall.touch("message", *(f"digit:{digit}" for digit in NUMBER))


async def test_a_number_reaches_the_hub_with_its_consent_and_nothing_else(hub, hall):
    async with hall.open():
        await holding(hall)
        await hall.touch("agree")
        await hall.shows("phone_kept")
    assert hub.contacts == {"token-A001": {"phone": NUMBER, "language": "en", "consent": True}}


async def test_a_refused_number_can_be_put_right(hub, hall):
    async with hall.open():
        await holding(hall)
        hub.refuse = "bad_phone"
        await hall.touch("agree")
        await hall.shows("phone", problem="bad_phone")
        hub.refuse = ""
        await hall.touch("erase", "digit:1", "agree")
        await hall.shows("phone_kept")
    assert hub.contacts["token-A001"]["phone"] == "9876543211"


async def test_a_hub_that_goes_away_meanwhile_costs_nobody_the_ticket(hub, hall):
    async with hall.open():
        await holding(hall)
        await hub.stop()
        await hall.touch("agree")
        await hall.shows("phone", problem=HUB_AWAY)
        await hall.touch("back")
        await hall.shows("take_ticket")
    assert len(hall.tickets) == 1


async def test_no_code_and_no_number_is_ever_logged_reported_or_left_on_disk(hub, hall, caplog):
    with caplog.at_level(logging.DEBUG):
        async with hall.open():
            await holding(hall)
            hub.refuse = "bad_phone"
            await hall.touch("agree")
            await hall.shows("phone", problem="bad_phone")
            hub.refuse = ""
            await hall.touch("agree")
            await hall.shows("phone_kept")
            await hall.touch("done")
            await hall.shows("attract")
            for code in (CODE, ADDRESS, "00000000", "an identity card"):
                hall.unit.scan(code)
                await until(lambda: hall.unit.state.front.name in {"take_ticket", "found", "check_in", "strange"})
                await hall.touch("done", "back")
            await hall.forgets_all()
            await until(lambda: stored(hall, "arrivals") == [])
    assert len(hub.asked) >= 5
    ours = [record for record in caplog.records if record.name.startswith(("kiosk", "smartqueue", "asyncio"))]
    assert len(ours) > 10
    everywhere = "\n".join(record.getMessage() for record in ours) + str(hall.told) + hall.store.read_text("utf-8")
    for secret in (NUMBER, CODE, SECRET, "00000000", "identity"):
        assert secret not in everywhere
