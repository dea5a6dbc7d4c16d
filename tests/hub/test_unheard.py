"""Calls that no display announces: when the hub says so, to whom, and when it stops."""

import asyncio
import logging

import pytest
from hub_world import make, running

from hub.domain import turning
from hub.domain.clinic import Clinic, Moment
from hub.domain.commands import (
    AcknowledgeAnnouncement,
    AdmitUnit,
    CallNext,
    ConfigureSite,
    ForgetUnit,
    IssueToken,
    Recall,
    StartService,
    UndoLast,
)
from hub.domain.configuration import Department, Room, Site, Unit
from hub.domain.decide import decide
from hub.domain.evolve import evolve
from hub.journal.records import Recorded
from hub.unheard import Unheard
from smartqueue.terms import (
    AnnouncementId,
    CommandId,
    DepartmentId,
    Instant,
    Language,
    RoomId,
    Tick,
    TokenId,
    UnitKind,
    UnitName,
)

EN, MEDICINE, ROOM = Language("en"), DepartmentId("medicine"), RoomId("room-3")
WALL = UnitName("wall")
TEN = Instant(1_772_445_600_000)
"""2 March 2026, 10:00 UTC."""


class Hall:
    """The rules and what watches them, at a time that the test sets. connected: displays that read the feed."""

    def __init__(self):
        self.clinic, self.now, self.seq, self.commands = Clinic(), TEN, 0, 0
        self.connected = {WALL}
        self.unheard = Unheard(lambda: self.clinic, lambda: self.connected, self.now)
        site = Site("clinic", {EN: "Riverside Clinic"}, (EN,), EN, "UTC")
        department = Department(MEDICINE, "A", {EN: "Medicine"}, {}, "stethoscope", 0)
        self.do(ConfigureSite(site, (department,), (Room(ROOM, "3", (MEDICINE,)),), ()))
        for event in turning.due(self.clinic, self.now):
            self.apply(event)
        self.do(AdmitUnit(Unit(WALL, UnitKind.DISPLAY)))
        for n in range(30):
            self.do(IssueToken(TokenId(f"token-{n}"), MEDICINE))

    def do(self, command):
        """The id of the command."""
        self.commands += 1
        id_ = CommandId(f"command-{self.commands:04}")
        moment = Moment(self.now, Tick(self.now), Tick(TEN))
        for event in decide(self.clinic, command, moment).events:
            self.apply(event, id_)
        return id_

    def apply(self, event, id_=None):
        self.seq += 1
        evolve(self.clinic, self.seq, self.now, event, id_)
        self.unheard.take(Recorded(self.seq, self.now, self.clinic.day, event, "caller:c3", id_))

    def call(self):
        """Calls the next one; the id of its announcement."""
        current = self.clinic.desks[ROOM].current
        if current is not None and self.clinic.tokens[current].state == "called":
            self.do(StartService(current))
        self.do(CallNext(ROOM))
        return AnnouncementId(self.clinic.calls[-1].announcement)

    def acknowledge(self, announcement, *, heard=True):
        self.do(AcknowledgeAnnouncement(announcement, heard))

    def after_s(self, seconds):
        """Lets so much time pass, looking every second; labels that are late then."""
        for _ in range(seconds):
            self.now = Instant(self.now + 1000)
            self.unheard.look(self.now)
        return [one.label for one in self.unheard.late]


@pytest.fixture
def hall():
    return Hall()


def test_a_call_that_is_acknowledged_in_time_is_never_told_of(hall, caplog):
    announcement = hall.call()
    assert hall.after_s(29) == []
    hall.acknowledge(announcement)
    assert hall.after_s(60) == []
    assert hall.unheard.counts == {"heard": 1, "shown": 0, "late": 0}
    assert caplog.records == []


def test_a_call_that_nobody_acknowledges_is_late_after_thirty_seconds_and_said_once(hall, caplog):
    hall.call()
    assert hall.after_s(29) == []
    assert hall.after_s(1) == ["A001"]
    assert hall.after_s(30) == ["A001"]
    assert hall.unheard.counts["late"] == 1
    assert caplog.messages == ["call not announced: A001 to room-3: no display has acknowledged it"]
    assert caplog.records[0].levelno == logging.WARNING


def test_while_no_display_is_connected_a_call_is_late_almost_at_once(hall, caplog):
    hall.connected = set()
    hall.call()
    assert hall.after_s(4) == []
    assert hall.after_s(1) == ["A001"]
    assert "no display is connected" in caplog.messages[0]


def test_a_display_that_was_cut_off_for_a_moment_is_no_alarm(hall):
    hall.connected = set()
    announcement = hall.call()
    hall.after_s(3)
    hall.connected = {WALL}
    hall.after_s(10)
    hall.acknowledge(announcement)
    assert hall.after_s(60) == []
    assert hall.unheard.counts["late"] == 0


def test_a_site_without_displays_expects_nobody_to_announce(hall):
    hall.do(ForgetUnit(WALL))
    hall.connected = set()
    hall.call()
    assert hall.after_s(60) == []
    assert hall.unheard.counts["late"] == 0


def test_calls_that_wait_their_turn_in_a_busy_display_are_not_late(hall):
    waiting = [hall.call() for _ in range(8)]
    for announcement in waiting:
        assert hall.after_s(16) == []
        hall.acknowledge(announcement)
    assert hall.unheard.counts["late"] == 0


def test_a_display_that_falls_silent_in_a_crowd_is_noticed(hall):
    first, *_ = [hall.call() for _ in range(3)]
    hall.after_s(10)
    hall.acknowledge(first)
    assert hall.after_s(64) == []
    assert hall.after_s(1) == ["A003"]
    assert hall.unheard.counts["late"] == 2


def test_a_late_acknowledgement_ends_the_alarm_and_says_so(hall, caplog):
    caplog.set_level(logging.INFO)
    announcement = hall.call()
    assert hall.after_s(30) == ["A001"]
    hall.acknowledge(announcement)
    assert hall.after_s(1) == []
    assert caplog.messages[-1] == "call announced after all: A001 to room-3"


def test_whoever_has_come_all_the_same_is_no_alarm_any_more_but_was_counted(hall):
    hall.call()
    hall.after_s(30)
    hall.do(StartService(hall.clinic.desks[ROOM].current))
    assert hall.after_s(1) == []
    assert hall.unheard.counts["late"] == 1


def test_somebody_who_came_before_the_time_was_over_does_not_hide_that_nothing_was_announced(hall):
    hall.call()
    hall.do(StartService(hall.clinic.desks[ROOM].current))
    hall.after_s(31)
    assert hall.unheard.counts["late"] == 1


def test_a_call_that_was_taken_back_needs_no_announcement(hall):
    hall.do(CallNext(ROOM))
    hall.do(UndoLast(ROOM, CommandId(f"command-{hall.commands:04}")))
    assert hall.after_s(60) == []
    assert hall.unheard.counts["late"] == 0


def test_a_recall_takes_over_the_alarm_of_its_call(hall):
    hall.call()
    hall.after_s(40)
    hall.do(Recall(hall.clinic.desks[ROOM].current))
    assert hall.after_s(1) == []
    assert hall.after_s(30) == ["A001"]
    assert hall.unheard.counts["late"] == 2


def test_a_call_shown_without_sound_is_counted_as_such(hall):
    hall.acknowledge(hall.call(), heard=False)
    assert hall.unheard.counts == {"heard": 0, "shown": 1, "late": 0}


def test_after_a_restart_what_is_open_gets_its_time_again(hall):
    hall.call()
    hall.after_s(40)
    hall.unheard = Unheard(lambda: hall.clinic, lambda: hall.connected, hall.now)
    assert hall.after_s(29) == []
    assert hall.after_s(1) == ["A001"]


def test_a_day_of_calls_leaves_nothing_behind(hall):
    for _ in range(29):
        announcement = hall.call()
        hall.after_s(12)
        hall.acknowledge(announcement)
    hall.do(StartService(hall.clinic.desks[ROOM].current))
    hall.after_s(60)
    assert len(hall.unheard._open) == 0


# --- a whole hub ----------------------------------------------------------------------------------------


@pytest.fixture
async def clinic(tmp_path):
    await make(tmp_path / "site")
    async with running(tmp_path / "site") as world:
        yield world


async def unheard(hub, key="reception-1"):
    return await hub.read("/announcements/unheard", key=key)


async def until(hub, true):
    async with asyncio.timeout(20):
        while not true(answer := await unheard(hub)):  # noqa: ASYNC110 - nothing announces what only time brings
            await asyncio.sleep(0.05)
    return answer


async def metrics(hub):
    return (await hub.get("/metrics")).body.decode()


async def test_staff_and_metrics_learn_of_a_call_that_no_display_announced(clinic):
    await clinic.issue()
    called = await clinic.call_next()
    answer = await until(clinic, lambda answer: answer["calls"])
    assert [(one["label"], one["room"]) for one in answer["calls"]] == [(called["label"], "room-1")]
    assert "smartqueue_calls_unheard 1\n" in await metrics(clinic)
    announcement = answer["calls"][0]["announcement"]
    await clinic.told(f"/announcements/{announcement}/ack", {"heard": True}, key="wall")
    assert (await unheard(clinic))["calls"] == []
    text = await metrics(clinic)
    assert "smartqueue_calls_unheard 0\n" in text
    assert 'smartqueue_announcements_total{outcome="heard"} 1.0\n' in text
    assert 'smartqueue_announcements_total{outcome="late"} 1.0\n' in text


async def test_sixty_calls_in_quick_succession_are_all_acknowledged(clinic):
    token = (await clinic.issue())["token"]
    await clinic.call_next()
    async with clinic.feed("wall") as reader:
        _, snapshot = await reader.greeted()
        announcements = [snapshot["board"]["calls"][0]["announcement"]]
        for _ in range(59):
            await clinic.told(f"/tokens/{token}/recall", key="desk-1")
            announcements.append((await reader.next("change"))["call"]["announcement"])
        for announcement in announcements:
            await clinic.told(f"/announcements/{announcement}/ack", {"heard": True}, key="wall")
        assert 'smartqueue_announcements_total{outcome="heard"} 60.0\n' in await metrics(clinic)
        assert (await unheard(clinic))["calls"] == []
    assert len((await clinic.get("/api/v1/board")).json["calls"]) == 20


async def test_staff_see_which_displays_are_there_and_how_they_are_heard(clinic):
    (before,) = (await unheard(clinic, "technician"))["displays"]
    assert before == {
        "display": "wall",
        "connected": False,
        "works": None,
        "self_test": None,
        "troubles": [],
        "departments": [],
        "rooms": [],
    }
    async with clinic.feed("wall") as reader:
        await reader.greeted()
        trouble = "clips en: 2.wav is missing; the voice speaks instead"
        await clinic.told("/sound", {"works": False, "self_test": False, "troubles": [trouble]}, key="wall")
        answer = await until(clinic, lambda answer: answer["displays"][0]["connected"])
        text = await metrics(clinic)
    (display,) = answer["displays"]
    assert (display["works"], display["self_test"], display["troubles"]) == (False, False, [trouble])
    assert "smartqueue_displays_away 0\n" in text
    assert "smartqueue_displays_silent 1\n" in text
    await until(clinic, lambda answer: not answer["displays"][0]["connected"])
    assert "smartqueue_displays_away 1\n" in await metrics(clinic)


async def test_what_a_display_says_of_its_sound_is_logged_when_it_changes(clinic, caplog):
    caplog.set_level(logging.INFO, "hub.sounds")
    told = ((None, []), (True, []), (False, ["clips en: 2.wav is missing"]), (False, []), (None, []), (True, []))
    for works, troubles in told:
        await clinic.told("/sound", {"works": works, "troubles": troubles}, key="wall")
    assert [one.message for one in caplog.records if one.name == "hub.sounds"] == [
        "display wall is not heard: its sound does not work",
        "display wall: clips en: 2.wav is missing",
        "display wall is heard again",
    ]


async def test_a_report_of_sound_that_is_no_such_thing_is_refused(clinic):
    code, _ = await clinic.refused("/sound", {"works": "perhaps"}, key="wall")
    assert code == "invalid_request"
    code, _ = await clinic.refused("/sound", {"works": True, "troubles": ["x" * 201]}, key="wall")
    assert code == "invalid_request"
