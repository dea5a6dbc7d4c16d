"""A display against a hub over real HTTP: what it shows, what is heard, what it acknowledges."""

import asyncio
from itertools import groupby

import pytest
from display_desk import LIMIT_S, display
from display_hubs import SmallHub

from smartqueue.look.scene import Panel
from smartqueue.look.theme import NIGHT
from smartqueue.sound.player import AlsaPlayer, FolderPlayer
from smartqueue.terms import UnitKind


@pytest.fixture
async def hub():
    small = SmallHub()
    await small.start()
    yield small
    await small.stop()


async def acked(hub, count):
    async with asyncio.timeout(LIMIT_S):
        while len(hub.acked) < count:  # noqa: ASYNC110 - the hub of the tests tells nobody
            await asyncio.sleep(0.01)
    return hub.acked


async def test_a_call_is_shown_then_chimes_then_is_acknowledged_as_heard(hub, tmp_path):
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
        id_ = await hub.call("A012")
        await front.shows("display-call")
        await front.reported("announced")
        assert await acked(hub, 1) == [(id_, True)]
    assert [one["event"] for one in front.reports] == ["frame", "chime", "announced"]
    assert {one["announcement"] for one in front.reports} == {id_}
    assert front.reports[0]["t"] <= front.reports[1]["t"]
    assert [file.name for file in (tmp_path / "heard").iterdir()] == ["0001-A012-room-3.wav"]


async def test_the_first_call_is_prepared_before_it_comes(hub, tmp_path):
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
        await front.until(lambda: front.warmed is not None)
    assert front.warmed.name == "display-call"


async def test_the_ring_around_a_call_comes_and_goes(hub, tmp_path):
    async with display(hub, tmp_path, speed=8) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        await front.reported("announced")
    rings = [sum(isinstance(item, Panel) and item.edge == NIGHT.call for item in one.items) for one in front.scenes]
    calls = [ring for ring, one in zip(rings, front.scenes, strict=True) if one.name == "display-call"]
    assert [ring for ring, _ in groupby(calls)][:3] == [1, 0, 1]


async def test_after_its_call_the_label_is_first_in_the_history(hub, tmp_path):
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
        await hub.call("K007", "room-2")
        await hub.call("A012")
        await front.reported("announced", 2)
        await front.until(lambda: front.scene.name == "display-idle")
        labels = [text for text in front.texts() if text in ("A012", "K007")]
    assert labels == ["A012", "K007"]


async def test_two_calls_at_the_same_instant_are_announced_one_after_the_other(hub, tmp_path):
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
        await asyncio.gather(hub.call("A012"), hub.call("K007", "room-2"))
        await front.reported("announced", 2)
        await acked(hub, 2)
    order = [(one["event"], one["label"]) for one in front.reports]
    first, second = order[0][1], order[3][1]
    assert order == [(event, label) for label in (first, second) for event in ("frame", "chime", "announced")]
    assert {first, second} == {"A012", "K007"}


async def test_a_waiting_call_is_not_in_the_history_before_it_was_announced(hub, tmp_path):
    async with display(hub, tmp_path, speed=6) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        await hub.call("K007", "room-2")
        await front.reported("chime")
        assert "K007" not in front.texts()


async def test_a_recall_that_joins_its_call_is_heard_once_and_both_are_acknowledged(hub, tmp_path):
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
        first = await hub.call("A012")
        called, recalled = await hub.call("K007", "room-2"), await hub.call("K007", "room-2")
        done = await acked(hub, 3)
        assert (await front.reported("announced", 2))["joined"] == [recalled]
    assert done == [(first, True), (called, True), (recalled, True)]
    assert len(list((tmp_path / "heard").iterdir())) == 2


async def test_a_display_that_starts_in_the_middle_of_a_call_announces_it(hub, tmp_path):
    id_ = await hub.call("A012", ago_s=30)
    async with display(hub, tmp_path) as front:
        await front.reported("announced")
        assert await acked(hub, 1) == [(id_, True)]


async def test_an_old_call_is_only_shown(hub, tmp_path):
    await hub.call("A012", ago_s=90)
    fresh = await hub.call("K007")
    async with display(hub, tmp_path) as front:
        assert (await front.reported("announced"))["announcement"] == fresh
        await front.shows("display-idle")
        assert "A012" in front.texts()
    assert len(front.of("announced")) == 1


async def test_after_the_hub_was_away_nothing_is_announced_twice(hub, tmp_path):
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        await front.reported("announced")
        await hub.stop()
        await front.shows("display-away")
        await hub.start()
        await front.shows("display-idle")
        await hub.call("K007", "room-2")
        await front.reported("announced", 2)
    assert [one["label"] for one in front.of("announced")] == ["A012", "K007"]


async def test_a_call_made_while_the_display_was_cut_off_is_announced_when_it_is_back(hub, tmp_path):
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
        await hub.stop()
        await front.shows("display-away")
        await hub.call("A012")
        await hub.start()
        assert (await front.reported("announced"))["label"] == "A012"


async def test_a_hub_killed_during_an_announcement_does_not_cut_it_and_learns_of_it_later(hub, tmp_path):
    async with display(hub, tmp_path, speed=8) as front:
        await front.shows("display-idle")
        id_ = await hub.call("A012")
        await front.reported("chime")
        await hub.stop()
        outcome = await front.reported("announced")
        assert hub.acked == []
        await front.shows("display-away")
        await hub.start()
        assert await acked(hub, 1) == [(id_, True)]
    assert outcome["heard"]


async def test_what_was_not_acknowledged_before_a_restart_is_acknowledged_after_it(hub, tmp_path):
    hub.deaf = True
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
        id_ = await hub.call("A012")
        await front.reported("announced")
    hub.deaf = False
    async with display(hub, tmp_path) as front:
        assert await acked(hub, 1) == [(id_, True)]
        await front.shows("display-idle")
    assert front.of("announced") == []


async def test_an_announcement_cut_by_a_restart_is_made_again_in_full(hub, tmp_path):
    async with display(hub, tmp_path, speed=1) as front:
        await front.shows("display-idle")
        id_ = await hub.call("A012")
        await front.reported("chime")
    assert front.of("announced") == []
    async with display(hub, tmp_path) as front:
        assert (await front.reported("announced"))["announcement"] == id_
        assert await acked(hub, 1) == [(id_, True)]


async def test_a_hub_that_does_not_know_the_announcement_is_not_asked_for_ever(hub, tmp_path):
    hub.refuse = "unknown_announcement"
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        await front.until(lambda: hub.refused)
        hub.refuse = ""
        second = await hub.call("K007", "room-2")
        assert await acked(hub, 1) == [(second, True)]


async def test_without_a_sound_card_calls_are_shown_in_full_and_acknowledged_as_not_heard(hub, tmp_path):
    async with display(hub, tmp_path, player=AlsaPlayer("hw:77"), probe=True) as front:
        await front.until(lambda: "No sound: watch this screen" in front.texts())
        id_ = await hub.call("A012")
        await front.shows("display-call")
        assert "No sound: watch this screen" in front.texts()
        assert await acked(hub, 1) == [(id_, False)]
    assert not front.of("announced")[0]["heard"]


async def test_without_a_voice_the_screen_says_so_before_the_first_call(hub, tmp_path):
    async with display(hub, tmp_path, voice="no-such-voice") as front:
        await front.until(lambda: "No sound: watch this screen" in front.texts())


async def test_sound_that_works_again_takes_the_note_from_the_screen(hub, tmp_path):
    blocked = tmp_path / "heard"
    blocked.touch()
    async with display(hub, tmp_path, player=FolderPlayer(blocked, 20)) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        await front.until(lambda: "No sound: watch this screen" in front.texts())
        blocked.unlink()
        await hub.call("K007", "room-2")
        await front.reported("announced", 2)
        await front.until(lambda: "No sound: watch this screen" not in front.texts())


async def test_a_display_that_restarts_without_a_hub_shows_its_last_board_with_its_age(hub, tmp_path):
    await hub.call("A012", ago_s=90)
    async with display(hub, tmp_path) as front:
        await front.until(lambda: "A012" in front.texts())
    await hub.stop()
    async with display(hub, tmp_path) as front:
        await front.shows("display-away")
        assert "A012" in front.texts()
        assert any(text.startswith("Board as of ") for text in front.texts())


async def test_a_display_without_a_board_says_that_it_connects(tmp_path):
    async with display(SmallHub(port=9), tmp_path) as front:
        await front.shows("display-connecting")


async def test_just_after_a_start_an_old_board_is_not_shown_while_the_hub_may_still_answer(hub, tmp_path):
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
    await hub.stop()
    async with display(hub, tmp_path, patient_s=60) as front:
        await front.shows("display-connecting")


async def test_a_wrong_key_puts_the_display_out_of_service(hub, tmp_path):
    async with display(hub, tmp_path, key="somebody-elses") as front:
        await front.shows("display-refused")


async def test_a_key_of_another_kind_of_unit_puts_the_display_out_of_service(hub, tmp_path):
    hub.kind = UnitKind.CALLER
    async with display(hub, tmp_path) as front:
        await front.shows("display-refused")


async def test_twenty_calls_in_an_instant_are_all_announced_in_order(hub, tmp_path):
    async with display(hub, tmp_path, speed=60) as front:
        await front.shows("display-idle")
        ids = [await hub.call(f"A{n:03}") for n in range(1, 21)]
        await front.reported("announced", 20)
        await acked(hub, 20)
    assert [one["announcement"] for one in front.of("announced")] == ids
    assert [id_ for id_, _ in hub.acked] == ids


async def test_a_crowd_that_waits_is_shown_together_and_each_call_of_it_is_reported_and_acknowledged(hub, tmp_path):
    async with display(hub, tmp_path, speed=20) as front:
        await front.shows("display-idle")
        ids = [await hub.call(f"A00{n}", f"room-{n}") for n in (1, 2, 3, 4, 5)]
        crowd = ["A002", "A003", "A004", "A005"]
        await front.until(lambda: set(crowd) <= set(front.texts()))
        assert front.scene.name.startswith("display-call")
        assert [id_ for id_, _ in await acked(hub, 5)] == ids
        await front.reported("announced", 5)
    assert [one["label"] for one in front.of("announced")] == ["A001", *crowd]
    assert len({one["t"] for one in front.of("chime")}) == 2


async def test_what_is_taken_back_while_it_waits_is_neither_shown_as_called_nor_heard(hub, tmp_path):
    async with display(hub, tmp_path, speed=8) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        await hub.call("K007", "room-2")
        await hub.take_back()
        await hub.call("H001", "room-5")
        await front.reported("announced", 2)
    assert [one["label"] for one in front.of("announced")] == ["A012", "H001"]
