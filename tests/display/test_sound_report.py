import asyncio

import pytest

from display.sound_report import SoundReport, announcing, body
from smartqueue.board import Zone
from smartqueue.errors import HubAway, NotPermitted
from smartqueue.wire import SoundBody

WORKS, SILENT = SoundBody(works=True), SoundBody(works=False)


class Hub:
    """Takes reports; `troubles` are raised first, one for each report."""

    def __init__(self, *troubles):
        self.told = []
        self.asked = 0
        self._troubles = list(troubles)
        self._changed = asyncio.Event()

    async def send(self, state):
        self.asked += 1
        self._changed.set()
        if self._troubles:
            raise self._troubles.pop(0)
        self.told.append(state)

    async def asked_times(self, count):
        async with asyncio.timeout(10):
            while self.asked < count:
                self._changed.clear()
                await self._changed.wait()


class Display:
    def __init__(self, hub, state=WORKS):
        self.state = state
        self.report = SoundReport(hub.send, lambda: self.state, retry_s=0.01)
        self._task = asyncio.create_task(self.report.run())

    def becomes(self, state):
        self.state = state
        self.report.changed()

    async def stop(self):
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


@pytest.fixture
async def displays():
    made = []

    def make(hub, state=WORKS):
        made.append(Display(hub, state))
        return made[-1]

    yield make
    for one in made:
        await one.stop()


async def settle():
    """Whatever can go on without the time passing goes on."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_the_hub_is_told_when_the_sound_changes_and_not_when_it_does_not(displays):
    hub = Hub()
    display = displays(hub)
    for state in (WORKS, WORKS, SILENT, SILENT, WORKS):
        display.becomes(state)
        await settle()
    assert hub.told == [WORKS, SILENT, WORKS]


async def test_nothing_is_told_before_anything_is_known(displays):
    hub = Hub()
    displays(hub, None).report.again()
    await settle()
    assert hub.asked == 0


async def test_a_hub_that_is_back_is_told_again(displays):
    hub = Hub()
    display = displays(hub)
    for _ in range(2):
        display.report.again()
        await settle()
    assert hub.told == [WORKS, WORKS]


async def test_a_hub_that_does_not_answer_is_told_later_what_is_true_then(displays):
    hub = Hub(HubAway())
    display = displays(hub)
    display.becomes(SILENT)
    await hub.asked_times(1)
    display.state = WORKS
    await hub.asked_times(2)
    await settle()
    assert hub.told == [WORKS]


async def test_a_hub_that_refuses_is_not_asked_for_ever(displays, caplog):
    hub = Hub(NotPermitted(action="POST /api/v1/sound"))
    display = displays(hub)
    display.becomes(SILENT)
    await hub.asked_times(1)
    display.becomes(SILENT)
    await settle()
    assert hub.asked == 1
    assert "not_permitted" in caplog.text


def test_more_troubles_than_anybody_would_read_are_cut():
    made = body(works=False, self_test=None, troubles=tuple(f"{n} " + "x" * 300 for n in range(30)))
    assert len(made.troubles) == 20
    assert {len(one) for one in made.troubles} == {200}


def test_a_display_says_whose_calls_it_announces_and_nothing_where_it_is_for_all():
    zone = Zone(frozenset({"medicine", "laboratory"}), frozenset({"room-3"}))
    said = announcing(SILENT, zone)
    assert (said.works, said.departments, said.rooms) == (False, ["laboratory", "medicine"], ["room-3"])
    assert announcing(WORKS, Zone()) == WORKS
