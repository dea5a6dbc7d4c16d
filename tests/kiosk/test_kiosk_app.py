"""A kiosk at work: real client, store and printer against a small hub, through everything that goes wrong."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from kiosk_hall import Hall, until
from kiosk_worlds import departments, site

from kiosk.printer_model import Faults
from kiosk.states import Rules
from kiosk.terms import Reason, Trouble
from smartqueue.terms import UnitKind
from smartqueue.wire import UnitView


@pytest.fixture
def hall(hub, tmp_path):
    made = Hall(hub.url, tmp_path)
    hub.store = made.store
    return made


def pendings(stored: str) -> list[dict]:
    entries = json.loads(stored)["entries"].values()
    return next((entry["value"] for entry in entries if entry["name"] == "pendings"), [])


# --- the way to a ticket ------------------------------------------------------------------------------


async def test_two_touches_end_in_a_printed_ticket(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        front = await hall.shows("take_ticket")
        assert front.pending.answer.label == "A001"
        assert len(hall.tickets) == 1
        assert [asked.body["department"] for asked in hub.asked] == ["cardiology"]
        await hall.forgets_all()
        await until(lambda: hall.sounds == ["ticket"])


async def test_the_hub_is_asked_only_after_the_command_is_on_disk(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("take_ticket")
    (asked,) = hub.asked
    (pending,) = pendings(asked.stored)
    assert (pending["command_id"], pending["phase"]) == (asked.command_id, "asked")


async def test_the_printer_gets_its_first_byte_only_after_the_job_is_on_disk(hub, hall):
    stored = []

    class Watched:
        async def print(self, pending, progress):
            stored.append(hall.store.read_text("utf-8"))
            return await machine.print(pending, progress)

    machine, hall.machine = hall.machine, Watched()
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("take_ticket")
    (pending,) = pendings(stored[0])
    assert pending["phase"] == "printing"
    assert pending["answer"]["label"] == "A001"


async def test_the_chosen_language_reaches_the_hub(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("language:ar", "department:pharmacy")
        await hall.shows("take_ticket")
    assert hub.asked[0].body["language"] == "ar"


async def test_a_double_tap_takes_one_ticket(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology", "department:cardiology")
        await hall.shows("take_ticket")
    assert len(hub.asked) == len(hall.tickets) == 1


async def test_what_the_hub_changes_is_offered_at_once(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        await hub.offer(departments(6, closed=("orthopaedics", "cardiology")))
        await until(lambda: not hall.unit.state.departments[2].open)
        await hall.touch("start", "department:cardiology")
        await hall.shows("closed")
    assert hub.asked == []


# --- the hub is away ----------------------------------------------------------------------------------


async def test_a_late_answer_is_printed_while_the_person_still_stands_there(hub, hall):
    hub.hold = True
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("hub_trouble")
        hub.let_answer.set()
        await hall.shows("take_ticket")
    assert len(hub.issued) == len(hall.tickets) == 1


async def test_a_hub_killed_between_journal_and_answer_gives_one_token_and_one_ticket(hub, hall):
    hub.mute = True
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("hub_trouble")
        await hub.stop()
        hub.mute = False
        await hub.start()
        await hall.shows("take_ticket")
    assert len({asked.command_id for asked in hub.asked}) == 1
    assert len(hub.issued) == len(hall.tickets) == 1


async def test_a_hub_that_stays_away_sends_people_to_the_desk_and_is_welcome_again(hub, hall):
    async with hall.open():
        await hall.shows("attract")
        await hub.stop()
        await hall.shows("out_of_service", reason=Reason.HUB_AWAY)
        assert hall.unit.view().picture_age_s is not None
        await hub.start()
        await hall.shows("attract")
        assert hall.unit.view().picture_age_s is None


async def test_without_a_hub_it_says_so_and_waits(tmp_path):
    hall = Hall("http://127.0.0.1:9", tmp_path)
    async with hall.open():
        await hall.shows("out_of_service", reason=Reason.STARTING)
        await hall.shows("out_of_service", reason=Reason.NO_HUB)


async def test_a_wrong_key_is_out_of_service(hub, tmp_path):
    hall = Hall(hub.url, tmp_path, key="another")
    async with hall.open():
        await hall.shows("out_of_service", reason=Reason.WRONG_KEY)


async def test_the_key_of_a_display_is_out_of_service(hub, hall):
    hub.unit = UnitView(name="tv", kind=UnitKind.DISPLAY)
    async with hall.open():
        await hall.shows("out_of_service", reason=Reason.WRONG_KEY)


async def test_a_refusal_is_shown_and_nothing_is_printed(hub, hall):
    hub.refuse = "department_full"
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("closed", code="department_full")
        await hall.forgets_all()
    assert hall.tickets == []


# --- the printer ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (Faults(out_of_paper=True), Trouble.PAPER_OUT),
        (Faults(cover_open=True), Trouble.COVER_OPEN),
        (Faults(offline=True), Trouble.OFFLINE),
        (Faults(refuse=True), Trouble.REFUSED),
    ],
)
async def test_a_printer_that_cannot_leaves_the_number_on_the_screen(hub, hall, fault, trouble):
    hall.transport.model.faults = fault
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        front = await hall.shows("trouble", trouble=trouble)
        assert front.pending.answer.label == "A001"
        await hall.touch("done")
        await hall.shows("attract")
        await hall.forgets_all()
    assert hall.tickets == []


async def test_the_next_ticket_is_printed_once_there_is_paper_again(hub, hall):
    hall.transport.model.faults = Faults(out_of_paper=True)
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("trouble")
        hall.transport.model.faults = Faults()
        await hall.touch("done", "start", "department:pharmacy")
        front = await hall.shows("take_ticket")
    assert front.pending.answer.label == "A002"
    assert len(hall.tickets) == 1


async def test_a_ticket_that_cannot_be_drawn_leaves_the_number_on_the_screen(hub, hall):
    class Broken:
        async def print(self, pending, progress):
            raise ValueError("a mistake of ours")

    hall.machine = Broken()
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("trouble", trouble=Trouble.REFUSED)


async def test_paper_that_ends_in_the_middle_is_told_as_what_it_is(hub, hall):
    hall.transport.model.faults = Faults(out_after=2000)
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("trouble", trouble=Trouble.PAPER_OUT)


async def test_a_printer_that_hangs_up_in_the_middle_is_not_asked_again(hub, hall):
    hall.transport.model.faults = Faults(close_after=2000)
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("trouble", trouble=Trouble.MAYBE_PRINTED)
        hall.transport.model.faults = Faults()
        await hall.touch("done")
        await hall.shows("attract")
        await hall.forgets_all()
    assert "printing" not in hall.screens[hall.screens.index("trouble") :]


# --- restarts -------------------------------------------------------------------------------------------


async def test_a_kiosk_restarted_while_it_asked_learns_the_outcome_and_prints_once(hub, hall, tmp_path):
    hub.mute = True
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await until(lambda: hub.asked)
    hub.mute = False
    again = Hall(hub.url, tmp_path)
    async with again.open():
        front = await again.shows("take_ticket")
        assert front.pending.answer.label == "A001"
        await again.forgets_all()
    assert len(hub.issued) == 1
    assert len(again.tickets) == 1


async def test_a_kiosk_restarted_while_it_printed_shows_the_number_and_does_not_print(hub, hall, tmp_path):
    class Stuck:
        async def print(self, pending, progress):
            await asyncio.Event().wait()

    hall.machine = Stuck()
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("printing")
        await until(lambda: '"printing"' in hall.store.read_text("utf-8"))
    again = Hall(hub.url, tmp_path)
    async with again.open():
        front = await again.shows("trouble", trouble=Trouble.MAYBE_PRINTED)
        assert front.pending.answer.label == "A001"
        await again.touch("done")
        await again.forgets_all()
    assert again.tickets == []
    assert len(hub.asked) == 1


async def test_what_was_pending_on_another_day_is_forgotten(hub, hall, tmp_path):
    hub.mute = True
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "department:cardiology")
        await hall.shows("hub_trouble")
    hub.mute, hub.day = False, "2026-03-03"
    asked = len(hub.asked)
    again = Hall(hub.url, tmp_path)
    async with again.open():
        await again.shows("attract")
        await again.forgets_all()
    assert len(hub.asked) == asked


# --- the store --------------------------------------------------------------------------------------------


async def test_a_store_that_cannot_be_written_asks_for_nothing_until_it_can(hub, tmp_path):
    hall = Hall(hub.url, tmp_path / "data", Rules(store_s=0.3, settle_s=0, same_touch_s=0))
    async with hall.open():
        await hall.shows("attract")
        hall.directory.rename(tmp_path / "gone")
        await hall.touch("start", "department:cardiology")
        await hall.shows("out_of_service", reason=Reason.STORAGE)
        hall.directory.mkdir()
        await hall.shows("attract")
        await hall.touch("start", "department:pharmacy")
        await hall.shows("take_ticket")
    assert [asked.body["department"] for asked in hub.asked] == ["pharmacy"]


# --- what is shown ----------------------------------------------------------------------------------------


async def test_the_clock_is_the_hubs_in_the_sites_zone(hub, hall):
    hub.now = datetime(2026, 3, 2, 4, 12, 20, tzinfo=UTC)
    async with hall.open():
        await hall.shows("attract")
        assert hall.unit.view().clock == "09:42"


async def test_a_zone_that_is_unknown_shows_no_clock(hub, hall):
    hub.site = site(zone="Atlantis/Capital")
    async with hall.open():
        await hall.shows("attract")
        assert hall.unit.view().clock == ""


async def test_an_idle_person_is_warned_and_beeped_at(hub, tmp_path):
    hall = Hall(hub.url, tmp_path, Rules(idle_s=0.2, warning_s=0.2))
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start")
        await hall.shows("idle_warning")
        await hall.shows("attract")
    assert hall.sounds == ["warning"]
    assert hall.screens[-3:] == ["departments", "idle_warning", "attract"]
