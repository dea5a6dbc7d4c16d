"""The service: nothing is heard before it is durable, a repeat gets the first answer, a failure ends it."""

import asyncio
import json
from dataclasses import replace

import pytest

from hub.clock import HubClock
from hub.domain.commands import CallNext, ConfigureSite, FollowClock, IssueToken, PauseRoom
from hub.domain.configuration import Department, Room, Site
from hub.journal import sqlite
from hub.journal.records import StatusSecret
from hub.journal.sqlite import SqliteJournal
from hub.service import Actor, ClinicService, Prepared
from smartqueue.errors import CommandIdReused, HubStarting, JournalFault, NoOwnRoom
from smartqueue.terms import CommandId, DepartmentId, Language, RoomId, TokenId

EN = Language("en")
MEDICINE = DepartmentId("medicine")
SITE = ConfigureSite(
    Site("clinic", {EN: "Riverside Clinic"}, (EN,), EN, "UTC", public_url="http://q.example/"),
    (Department(MEDICINE, "A", {EN: "Medicine"}, {}, "stethoscope", 0),),
    (Room(RoomId("room-3"), "3", (MEDICINE,)),),
    (),
)
KIOSK = Actor("kiosk", "hall")
CALLER = Actor("caller", "c3", RoomId("room-3"))


class GatedJournal(SqliteJournal):
    """A real journal whose appends wait for the test; `fault` makes the next one fail."""

    def __init__(self, directory):
        super().__init__(directory)
        self.gate = asyncio.Event()
        self.gate.set()
        self.reached = asyncio.Event()
        self.batches = []
        self.fault = None

    async def append(self, batch):
        self.reached.set()
        await self.gate.wait()
        if self.fault:
            raise self.fault
        await super().append(batch)
        self.batches.append(batch)


async def start(directory):
    service = ClinicService(GatedJournal(directory), HubClock())
    await service.start()
    return service


@pytest.fixture
async def service(tmp_path):
    sqlite.create(tmp_path, "clinic", "epoch-1")
    service = await start(tmp_path)
    await ask(service, SITE, "setup-1", by=Actor("site", "setup"))
    await ask(service, FollowClock(), "setup-2", by=Actor("site", "setup"))
    yield service
    service._journal.gate.set()
    await service.stop()


async def ask(service, command, command_id, *, by=KIOSK, digest=b"d", private=()):
    return await service.execute(command, by=by, command_id=CommandId(command_id), digest=digest, private=private)


def issue(number=1):
    return IssueToken(TokenId(f"token-{number}"), MEDICINE)


async def until_appending(service):
    service._journal.reached.clear()
    service._journal.gate.clear()
    return service._journal.reached


async def test_an_issued_token_is_answered_with_its_label_and_status_page(service):
    secret = StatusSecret(TokenId("token-1"), "SECRET", "7H4K2MPX")
    answer = await ask(service, issue(), "issue-1", private=[secret])
    body = json.loads(answer.body)
    assert (answer.status, body["label"], body["ahead"]) == (201, "A001", 0)
    assert (body["status_url"], body["short_code"]) == ("http://q.example/S/SECRET", "7H4K2MPX")
    assert service.private.tokens_by_code == {"7H4K2MPX": "token-1"}


async def test_nobody_hears_of_an_event_before_it_is_durable(service):
    heard = []
    service.subscribe(heard.append)
    reached = await until_appending(service)
    asked = asyncio.create_task(ask(service, issue(), "issue-1"))
    await reached.wait()
    assert (heard, asked.done(), service.published.tokens) == ([], False, {})
    service._journal.gate.set()
    await asked
    assert [type(one.event).__name__ for one in heard] == ["TokenIssued"]
    assert list(service.published.tokens) == ["token-1"]


async def test_a_reader_sees_the_event_before_the_asker_gets_the_answer(service):
    order = []
    service.subscribe(lambda recorded: order.append("published"))
    await ask(service, issue(), "issue-1")
    order.append("answered")
    assert order == ["published", "answered"]


async def test_commands_that_wait_share_one_commit(service):
    reached = await until_appending(service)
    first = asyncio.create_task(ask(service, issue(0), "issue-0"))
    await reached.wait()
    others = [asyncio.create_task(ask(service, issue(n), f"issue-{n}")) for n in range(1, 20)]
    await asyncio.sleep(0)
    service._journal.gate.set()
    answers = await asyncio.gather(first, *others)
    assert [json.loads(answer.body)["label"] for answer in answers] == [f"A{n:03}" for n in range(1, 21)]
    assert [len(batch.answers) for batch in service._journal.batches[-2:]] == [1, 19]


async def test_the_same_id_in_flight_waits_for_the_first(service):
    reached = await until_appending(service)
    first = asyncio.create_task(ask(service, issue(), "issue-1"))
    await reached.wait()
    again = asyncio.create_task(ask(service, issue(2), "issue-1"))
    await asyncio.sleep(0)
    service._journal.gate.set()
    one, two = await asyncio.gather(first, again)
    assert (one.status, two.status) == (201, 200)
    assert one.body == two.body


async def test_a_repeat_gets_the_first_answer_also_after_a_restart(service, tmp_path):
    first = await ask(service, issue(), "issue-1")
    assert (await ask(service, issue(2), "issue-1")).body == first.body
    await service.stop()
    again = await start(tmp_path)
    repeat = await ask(again, issue(3), "issue-1")
    assert (repeat.status, repeat.body) == (200, first.body)
    assert list(again.published.tokens) == ["token-1"]
    await again.stop()


async def test_a_refusal_is_stored_and_repeated_as_it_was(service):
    await ask(service, PauseRoom(RoomId("room-3")), "pause-1", by=CALLER)
    first = await ask(service, CallNext(RoomId("room-3")), "next-1", by=CALLER)
    assert (first.status, first.problem, json.loads(first.body)["code"]) == (409, True, "room_paused")
    repeat = await ask(service, CallNext(RoomId("room-3")), "next-1", by=CALLER)
    assert (repeat.status, repeat.problem, repeat.body) == (409, True, first.body)


async def test_an_empty_result_is_stored_too(service):
    first = await ask(service, CallNext(RoomId("room-3")), "next-1", by=CALLER)
    await ask(service, issue(), "issue-1")
    repeat = await ask(service, CallNext(RoomId("room-3")), "next-1", by=CALLER)
    assert json.loads(first.body)["token"] is None
    assert repeat.body == first.body


@pytest.mark.parametrize("other", [{"by": CALLER}, {"digest": b"other"}])
async def test_an_id_used_by_another_or_for_something_else_is_a_conflict(service, other):
    await ask(service, issue(), "issue-1")
    with pytest.raises(CommandIdReused):
        await ask(service, issue(), "issue-1", **other)


async def test_two_units_with_one_id_at_the_same_time_are_a_conflict_for_the_second(service):
    reached = await until_appending(service)
    first = asyncio.create_task(ask(service, issue(), "issue-1"))
    await reached.wait()
    with pytest.raises(CommandIdReused):
        await ask(service, issue(), "issue-1", by=CALLER)
    service._journal.gate.set()
    assert (await first).status == 201


async def test_a_client_that_goes_away_does_not_take_its_command_along(service):
    reached = await until_appending(service)
    asked = asyncio.create_task(ask(service, issue(), "issue-1"))
    await reached.wait()
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    service._journal.gate.set()
    assert (await ask(service, issue(), "issue-1")).status == 200
    assert list(service.published.tokens) == ["token-1"]


async def test_a_failed_append_answers_nobody_and_ends_the_service(service):
    service._journal.fault = JournalFault("disk full")
    with pytest.raises(JournalFault):
        await ask(service, issue(), "issue-1")
    assert str(service.failed.result()) == "disk full"
    assert service.published.tokens == {}
    with pytest.raises(JournalFault):
        await ask(service, issue(2), "issue-2")


async def test_a_command_that_can_not_be_decided_for_a_bug_takes_no_other_along(service):
    class Broken:
        pass

    broken, fine = await asyncio.gather(ask(service, Broken(), "broken-1"), ask(service, issue(), "issue-1"))
    assert (broken.status, json.loads(broken.body)["code"]) == (500, "internal_fault")
    assert fine.status == 201


async def test_commands_before_the_replay_are_told_to_wait(tmp_path):
    service = ClinicService(SqliteJournal(tmp_path), HubClock())
    with pytest.raises(HubStarting):
        await ask(service, issue(), "issue-1")


async def test_after_a_restart_the_day_goes_on_where_it_was(service, tmp_path):
    for number in range(3):
        await ask(service, issue(number), f"issue-{number}")
    await ask(service, CallNext(RoomId("room-3")), "next-1", by=CALLER)
    before, seq = service.published, service.seq
    await service.stop()
    again = await start(tmp_path)
    assert (again.published, again.seq) == (before, seq)
    assert json.loads((await ask(again, issue(9), "issue-9")).body)["label"] == "A004"
    await again.stop()


async def test_a_reader_that_breaks_takes_neither_the_command_nor_the_hub_along(service):
    heard = []

    def breaks(recorded):
        raise ArithmeticError

    service.subscribe(breaks)
    service.subscribe(heard.append)
    assert (await ask(service, issue(), "issue-1")).status == 201
    assert len(heard) == 1
    assert not service.failed.done()


async def test_after_its_stop_the_service_refuses_at_once(service):
    await service.stop()
    with pytest.raises(HubStarting):
        await ask(service, issue(), "issue-1")


async def test_only_what_was_committed_counts_in_the_figures(service):
    figures = []
    service.watch(figures.append)
    await ask(service, issue(), "issue-1")
    for _ in range(3):
        await ask(service, issue(), "issue-1")
    assert [(one.commands, one.events) for one in figures] == [(1, 1)]


async def test_ids_of_answers_that_are_no_longer_kept_are_forgotten_with_the_day(tmp_path):
    sqlite.create(tmp_path, "clinic", "epoch-1")
    wall = [1_800_000_000_000]
    service = ClinicService(SqliteJournal(tmp_path), HubClock(lambda: wall[0], synchronised=lambda: True))
    await service.start()
    await ask(service, SITE, "setup-1")
    await ask(service, issue(), "issue-1")
    wall[0] += 4 * 24 * 3600 * 1000
    await ask(service, issue(2), "issue-2")
    assert service._ids == {"issue-2"}
    await service.stop()


# --- what lives on, and what depends on the state -----------------------------------------------------

DAY_MS = 24 * 3600 * 1000
EMERGENCY = DepartmentId("emergency")
DAY_AND_NIGHT = Department(EMERGENCY, "K", {EN: "Emergency"}, {}, "heart", 1, always_open=True)


async def test_the_page_of_a_token_that_is_carried_over_lives_on_and_others_end(tmp_path):
    sqlite.create(tmp_path, "clinic", "epoch-1")
    wall = [1_800_000_000_000]
    clock = HubClock(lambda: wall[0], lambda: wall[0] / 1000, synchronised=lambda: True)
    service = ClinicService(SqliteJournal(tmp_path), clock)
    await service.start()
    await ask(service, replace(SITE, departments=(*SITE.departments, DAY_AND_NIGHT)), "setup-1")
    for number, department in ((1, MEDICINE), (2, EMERGENCY)):
        token = TokenId(f"token-{number}")
        secret = StatusSecret(token, f"SECRET-{number}", f"CODE-{number}")
        await ask(service, IssueToken(token, department), f"issue-{number}", private=[secret])
    wall[0] += DAY_MS
    await ask(service, FollowClock(), "turn-1")
    assert service.private.tokens_by_secret == {"SECRET-2": "token-2"}
    await service.stop()
    again = await start(tmp_path)
    assert again.private.tokens_by_code == {"CODE-2": "token-2"}
    assert again.published.tokens["token-2"].state == "waiting"
    await again.stop()


def prepared(service, seen):
    """Next in room 3, made on the state on which it is decided; refused where somebody waits."""

    def make(clinic):
        seen.append(len(clinic.tokens))
        if clinic.tokens:
            raise NoOwnRoom(operator="nobody")
        return CallNext(RoomId("room-3"))

    return Prepared(CallNext, make)


async def test_a_prepared_command_sees_what_is_decided_but_not_yet_durable(service):
    seen = []
    reached = await until_appending(service)
    first = asyncio.create_task(ask(service, issue(), "issue-1"))
    await reached.wait()
    second = asyncio.create_task(ask(service, prepared(service, seen), "next-1", by=CALLER))
    await asyncio.sleep(0)
    service._journal.gate.set()
    answers = [await first, await second]
    assert [answer.status for answer in answers] == [201, 403]
    assert (json.loads(answers[1].body)["code"], seen) == ("no_own_room", [1])


async def test_a_repeat_of_a_prepared_command_gets_the_first_answer_whatever_has_changed(service):
    seen = []
    first = await ask(service, prepared(service, seen), "next-1", by=CALLER)
    await ask(service, issue(), "issue-1")
    again = await ask(service, prepared(service, seen), "next-1", by=CALLER)
    assert (first.status, again.status, again.body, seen) == (200, 200, first.body, [0])
