"""A kiosk and a real hub over HTTP: the cable is pulled, answers are lost, power goes, backups are put back."""

import json
import shutil
import sqlite3
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import msgspec
import pytest
from faulty_line import FaultyLine
from hub_world import CHECK_UP, make, running
from kiosk_hall import RULES, Hall, until
from msgspec.structs import replace

from kiosk import lease_book
from kiosk.fronts import NO_NUMBER
from kiosk.terms import Link, Reason
from smartqueue.retry import Patience

PATIENCE = Patience(silent_s=1.6, attempt_s=0.5, first_s=0.02, most_s=0.1, refused_s=0.2)
"""A hub's heartbeat comes every second."""
WRONG_CLOCK = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture
async def site(tmp_path):
    return await make(tmp_path / "site")


@pytest.fixture
async def line():
    made = FaultyLine()
    yield made
    await made.cut()


@asynccontextmanager
async def at_work(hall: Hall):
    """With its hub, once its blocks of numbers are on disk."""
    async with hall.open():
        await hall.shows("attract")
        await until(lambda: len(book(hall).leases) == 4)
        yield hall


def kiosk(line: FaultyLine, hub, directory, **more) -> Hall:
    return Hall(line.url, directory, RULES, hub.keys["hall"], patience=PATIENCE, **more)


def book(hall: Hall) -> lease_book.Book:
    return hall.spool.book


def stored(hall: Hall) -> dict:
    entries = json.loads(hall.store.read_text("utf-8"))["entries"].values()
    return {entry["name"]: entry["value"] for entry in entries}


async def ticket(hall: Hall, department="medicine") -> str:
    """Somebody takes one; its label."""
    await until(lambda: hall.unit.state.front.name in {"attract", "departments"})
    await hall.touch("start", f"department:{department}")
    if department == "medicine":
        await hall.touch(f"visit_type:{CHECK_UP}")
    front = await hall.shows("take_ticket")
    await until(lambda: stored(hall)["pendings"] == [])
    await hall.touch("done")
    await hall.shows("attract")
    return front.pending.answer.label


async def waiting(hub) -> list[str]:
    answer = await hub.read("/departments/medicine/waiting")
    return [one["label"] for one in answer["waiting"]]


async def test_what_for_and_needs_are_told_to_the_hub_after_a_power_cut(site, line, tmp_path):
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with at_work(hall):
            await line.cut()
            await until(lambda: hall.unit.state.link is Link.AWAY)
            await hall.touch("start", "needs", "need:wheelchair", "need:deaf", "take")
            assert await ticket(hall) == "A501"
        again = kiosk(line, hub, tmp_path)
        await line.connect(hub.url)
        async with again.open():
            await until(lambda: again.spool.book.epoch and not book(again).tickets)
        (one,) = (await hub.read("/departments/medicine/waiting"))["waiting"]
        assert (one["label"], one["needs"]) == ("A501", ["wheelchair", "deaf"])
        staff = (await hub.read(f"/tokens/{one['token']}"))["staff"]
        assert [step["departments"] for step in staff["plan"]] == [["laboratory"]]


async def test_blocks_of_numbers_are_on_disk_before_they_can_be_used(site, line, tmp_path):
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with hall.open():
            await hall.shows("attract")
            await until(lambda: hall.unit.state.numbers)
            kept = [(one["department"], one["first"]) for one in stored(hall)["leases"]["leases"]]
            assert sorted(kept) == [("laboratory", 501), ("laboratory", 551), ("medicine", 501), ("medicine", 551)]
            assert hall.unit.state.numbers == {"medicine", "laboratory"}
            assert stored(hall)["hall"]["site"]["id"] == "clinic"


async def test_tickets_of_a_kiosk_alone_join_under_their_labels_when_the_hub_is_back(site, line, tmp_path):
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        at_first_byte = []

        class Watched:
            async def print(self, pending, progress):
                at_first_byte.append((pending, stored(hall)))
                return await machine.print(pending, progress)

        machine, hall.machine = hall.machine, Watched()
        async with at_work(hall):
            await line.cut()
            await until(lambda: hall.unit.state.link is Link.AWAY)
            assert [await ticket(hall), await ticket(hall)] == ["A501", "A502"]
            assert hall.unit.view().away
            for pending, on_disk in at_first_byte:
                assert pending.away
                assert pending.answer.label in [one["label"] for one in on_disk["leases"]["tickets"]]
            assert (await waiting(hub), book(hall).last_contact is not None) == ([], True)
            await hub.issue()
            await line.connect(hub.url)
            await until(lambda: not book(hall).tickets)
            assert await waiting(hub) == ["A501", "A502", "A001"]
            answer = at_first_byte[0][0].answer
            for found in (answer.status_url.removeprefix("/S/"), answer.short_code):
                assert (await hub.get(f"/api/v1/status/{found}")).json["label"] == "A501"
            assert await ticket(hall) == "A002"
    assert len(hall.tickets) == 3


async def test_a_hub_that_dies_between_two_touches_costs_nobody_a_ticket(site, line, tmp_path):
    """The kiosk does not know yet that it is alone; its request reaches nobody."""
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with at_work(hall):
            await line.cut()
            assert await ticket(hall) == "A501"
            await line.connect(hub.url)
            await until(lambda: not book(hall).tickets)
            assert await waiting(hub) == ["A501"]


async def test_what_the_hub_obeyed_without_being_heard_is_taken_back(site, line, tmp_path):
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with at_work(hall):
            line.loses_answers()
            assert await ticket(hall) == "A501"
            assert await waiting(hub) == ["A001"]
            await line.connect(hub.url)
            await until(lambda: not book(hall).tickets)
            assert await waiting(hub) == ["A501"]


async def test_what_never_arrived_is_never_obeyed_any_more(site, line, tmp_path):
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with at_work(hall):
            line.loses_everything()
            assert await ticket(hall) == "A501"
            (held,) = book(hall).tickets
            await line.connect(hub.url)
            await until(lambda: not book(hall).tickets)
            late = await hub.post(
                "/api/v1/tokens", {"department": "medicine", "language": "en"}, command_id=held.command_id
            )
            assert (late.status, late.json["code"]) == (409, "idempotency_key_reused")
            assert await waiting(hub) == ["A501"]


async def test_a_merge_whose_answer_was_lost_is_made_once(site, line, tmp_path):
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with at_work(hall):
            await line.cut()
            labels = [await ticket(hall) for _ in range(2)]
            held = book(hall).tickets
            for one in held:  # as the hub hears it, just before the answer is lost
                body = msgspec.to_builtins(one.body)
                await hub.told(f"/leases/{one.lease}/tokens", body, key="hall")
            await line.connect(hub.url)
            await until(lambda: not book(hall).tickets)
            assert await waiting(hub) == labels


async def test_after_a_power_cut_while_alone_it_goes_on_with_the_next_number_whatever_its_clock_says(
    site, line, tmp_path
):
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with at_work(hall):
            await line.cut()
            assert await ticket(hall) == "A501"
        again = kiosk(line, hub, tmp_path, wall=lambda: WRONG_CLOCK)
        async with again.open():
            await again.shows("out_of_service", reason=Reason.STARTING)
            assert await ticket(again) == "A502"
            first, second = (one.printed.issued_at for one in book(again).tickets)
            assert first <= second
            assert again.unit.view().clock == f"{second:%H:%M}"
            await line.connect(hub.url)
            await until(lambda: not book(again).tickets)
            assert await waiting(hub) == ["A501", "A502"]


async def test_when_the_day_has_turned_while_it_was_alone_tomorrows_block_is_used(site, line, tmp_path):
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with at_work(hall):
            ends = max(lease.begins for lease in book(hall).leases)
            today = hall.unit.state.day
        await line.cut()
        again = kiosk(line, hub, tmp_path, wall=lambda: ends)
        async with again.open():
            assert await ticket(again) == "A551"
            assert again.unit.state.day == book(again).tickets[0].day > today


async def test_a_block_that_is_used_up_sends_people_to_the_desk(site, line, tmp_path):
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with at_work(hall):
            answers = [await hub.told("/leases", {"department": "medicine"}, key="hall")]
            await line.cut()
            await until(lambda: hall.unit.state.link is Link.AWAY)
            await hall.spool.change(lambda known: spent(known, answers[0], range(501, 551)))
            await until(lambda: hall.unit.state.numbers == {"laboratory"})
            await hall.touch("start", "department:medicine")
            await hall.shows("closed", code=NO_NUMBER)
            await hall.spool.change(lambda known: spent(known, answers[0], range(501, 551), "laboratory"))
            await hall.shows("out_of_service", reason=Reason.HUB_AWAY)
            await line.connect(hub.url)
            await hall.shows("attract")


def spent(known, answer, numbers, department="medicine"):
    lease = next(one for one in known.leases if (one.department, one.first) == (department, answer["first"]))
    gone = lease_book.Spent(department=department, day=lease.day, numbers=tuple(numbers), until=lease.ends)
    return replace(known, spent=(*known.spent, gone))


async def test_a_hub_restored_from_a_backup_makes_old_blocks_void_and_no_number_comes_twice(site, line, tmp_path):
    backup = tmp_path / "backup"
    shutil.copytree(site, backup)
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with at_work(hall):
            old = {lease.id for lease in book(hall).leases}
            await line.cut()
            assert await ticket(hall) == "A501"
            await line.connect(hub.url)
            await until(lambda: not book(hall).tickets)
    with sqlite3.connect(backup / "journal.db") as journal:
        journal.execute("UPDATE meta SET value = 'another' WHERE key = 'epoch'")
    journal.close()
    async with running(backup) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with hall.open():
            await until(lambda: book(hall).epoch == "another" and len(book(hall).leases) == 4)
            assert not old & {lease.id for lease in book(hall).leases}
            await line.cut()
            assert await ticket(hall) == "A502"
            await line.connect(hub.url)
            await until(lambda: not book(hall).tickets)
            assert await waiting(hub) == ["A502"]


async def test_a_number_given_out_twice_by_an_older_memory_card_is_told_at_once(site, line, tmp_path):
    async with running(site) as hub:
        await line.connect(hub.url)
        hall = kiosk(line, hub, tmp_path)
        async with at_work(hall):
            await line.cut()
            await until(lambda: hall.unit.state.link is Link.AWAY)
            shutil.copy(hall.store, tmp_path / "older.json")
            assert await ticket(hall) == "A501"
            await line.connect(hub.url)
            await until(lambda: not book(hall).tickets)
        await line.cut()
        for path in tmp_path.glob("kiosk.json*"):
            path.unlink()
        shutil.copy(tmp_path / "older.json", hall.store)
        again = kiosk(line, hub, tmp_path)
        async with again.open():
            assert await ticket(again) == "A501"
            await line.connect(hub.url)
            await until(lambda: again.unit.state.astray)
            assert again.unit.view().astray == ("A501",)
            assert ("merged", "astray") in [(event, more.get("outcome")) for event, more in again.told]
            assert await ticket(again) == "A001"
        assert await waiting(hub) == ["A501", "A001"]
