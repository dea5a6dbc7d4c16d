import asyncio
import time

import pytest
from display_clinic import NOON, picture

from display.acks import MOST, Acknowledgements
from display.memory import Heard, Memory
from smartqueue.client import new_command_id
from smartqueue.errors import HubAway, UnknownAnnouncement
from smartqueue.localstore import LocalStore


@pytest.fixture
def store(tmp_path):
    with LocalStore(tmp_path / "display.json") as opened:
        yield opened


def heard(announcement: str, *, heard: bool = True) -> Heard:
    return Heard(announcement=announcement, heard=heard, command_id=new_command_id())


async def test_a_new_display_remembers_nothing(store):
    memory = Memory(store)
    assert (memory.picture, memory.known, memory.unacknowledged) == (None, (), ())


async def test_board_announced_calls_and_acknowledgements_are_there_after_a_restart(store):
    memory, waiting = Memory(store), (heard("20"), heard("21", heard=False))
    memory.note(picture=picture(), known=(("20", NOON),), unacknowledged=waiting)
    await memory.save()
    again = Memory(store)
    assert again.picture.calls == picture().calls
    assert again.picture.hub_now == NOON
    assert again.known == (("20", NOON),)
    assert again.unacknowledged == waiting


async def test_what_is_urgent_is_written_soon(store):
    memory = Memory(store)
    writing = asyncio.create_task(memory.run())
    memory.note(known=(("20", NOON),))
    async with asyncio.timeout(10):
        while Memory(store).known == ():  # noqa: ASYNC110 - the disk tells nobody
            await asyncio.sleep(0.02)
    writing.cancel()


async def test_what_another_build_wrote_is_no_reason_not_to_start(store):
    await store.put("display", {"picture": {"strange": 1}, "known": "nonsense", "unacknowledged": 7})
    memory = Memory(store)
    assert (memory.picture, memory.known, memory.unacknowledged) == (None, (), ())


# --- acknowledgements --------------------------------------------------------------------------------


class Hub:
    """Answers as told; remembers who asked when."""

    def __init__(self, *outcomes):
        self.outcomes = list(outcomes)
        self.asked = []

    async def send(self, one):
        self.asked.append((one.announcement, one.heard, one.command_id, time.monotonic()))
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if outcome is not None:
            raise outcome


async def all_sent(acks):
    running = asyncio.create_task(acks.run())
    async with asyncio.timeout(10):
        while acks.waiting:  # noqa: ASYNC110 - nothing announces an empty list
            await asyncio.sleep(0.005)
    running.cancel()


async def test_each_call_and_recall_is_acknowledged_on_its_own():
    hub = Hub()
    acks = Acknowledgements(hub.send, new_id=new_command_id)
    acks.add(["20", "22"], heard=True)
    acks.add(["21"], heard=False)
    await all_sent(acks)
    assert [one[:2] for one in hub.asked] == [("20", True), ("22", True), ("21", False)]
    assert len({one[2] for one in hub.asked}) == 3


async def test_a_hub_that_is_away_is_asked_again_with_the_same_command_id():
    hub = Hub(HubAway("away", sent=True), HubAway("away", sent=False))
    acks = Acknowledgements(hub.send, new_id=new_command_id, retry_s=0.01)
    acks.add(["20"], heard=True)
    await all_sent(acks)
    assert len(hub.asked) == 3
    assert len({one[2] for one in hub.asked}) == 1


async def test_a_refusal_is_final_and_does_not_hold_up_the_next():
    hub = Hub(UnknownAnnouncement())
    acks = Acknowledgements(hub.send, new_id=new_command_id, retry_s=0.01)
    acks.add(["20", "21"], heard=True)
    await all_sent(acks)
    assert [one[0] for one in hub.asked] == ["20", "21"]


async def test_what_waited_before_a_restart_goes_first_with_its_own_command_id():
    hub, before = Hub(), heard("19")
    acks = Acknowledgements(hub.send, new_id=new_command_id, waiting=[before])
    acks.add(["20"], heard=True)
    await all_sent(acks)
    assert [one[0] for one in hub.asked] == ["19", "20"]
    assert hub.asked[0][2] == before.command_id


async def test_every_change_is_told_so_that_it_can_be_stored():
    told = []
    acks = Acknowledgements(Hub().send, new_id=new_command_id, on_change=told.append)
    acks.add(["20"], heard=True)
    await all_sent(acks)
    assert [len(waiting) for waiting in told] == [1, 0]


async def test_a_hub_away_for_a_day_does_not_fill_the_memory():
    acks = Acknowledgements(Hub().send, new_id=new_command_id)
    for n in range(3 * MOST):
        acks.add([str(n)], heard=True)
    assert len(acks.waiting) == MOST
    assert acks.waiting[-1].announcement == str(3 * MOST - 1)
