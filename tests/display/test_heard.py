"""What is heard in the hall: a display follows a hub; what it plays goes through the one player into a recorder."""

import asyncio
from itertools import pairwise

import pytest
from display_desk import LIMIT_S, display
from display_hubs import SmallHub
from display_packs import make_pack
from sound_card import Card
from sound_hearing import loudness, part, power_at, silent_stretches

from display import chime
from display.board import Place
from display.sounding import BETWEEN_S, PAUSE_S
from display.speech import Said, Speech
from display.volume import volume
from smartqueue.sound import pcm
from smartqueue.sound.player import AlsaPlayer
from smartqueue.sound.shelf import Shelf
from smartqueue.sound.voice import LEVEL, LONGEST_S, Voice
from smartqueue.terms import Label, Language, RoomId, RoomKind

FAST = 40.0
EN, HI = Language("en"), Language("hi")


@pytest.fixture
async def hub():
    small = SmallHub()
    await small.start()
    yield small
    await small.stop()


@pytest.fixture
def card(tmp_path):
    return Card(tmp_path / "card", FAST)


def listening(hub, tmp_path, card, **about):
    """A display whose sound goes into the card."""
    return display(hub, tmp_path, player=AlsaPlayer("hall", card.program), speed=FAST, **about)


async def acked(hub, count, limit_s=LIMIT_S):
    async with asyncio.timeout(limit_s):
        while len(hub.acked) < count:  # noqa: ASYNC110 - the hub of the tests tells nobody
            await asyncio.sleep(0.01)
    return hub.acked


async def sentence(tmp_path, label, room="3", language=EN):
    """What the voice says for it."""
    speech = Speech(Voice(tmp_path / "voice"), Shelf(tmp_path / "voice"))
    place = Place(RoomId(f"room-{room}"), RoomKind.ROOM, room)
    return await speech.say(Said(Label(label), place, language), language)


def speech_of(sound: bytes) -> bytes:
    """Without the chime; the silence before it is as long as it takes to make the speech."""
    assert sound.startswith(chime.lead())
    return pcm.trimmed(sound[len(chime.lead()) :], 0)


def begins_and_ends_apart(played) -> bool:
    return all(later.began_s >= earlier.ended_s for earlier, later in pairwise(played))


async def test_a_call_is_the_chime_then_the_sentence_and_the_sentence_again_after_two_seconds(hub, tmp_path, card):
    async with listening(hub, tmp_path, card) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        await acked(hub, 1)
    (heard,) = card.played()
    once = await sentence(tmp_path, "A012")
    assert speech_of(heard.sound) == once + pcm.silence(PAUSE_S) + once
    assert PAUSE_S == 2.0
    assert pcm.seconds(once) <= LONGEST_S


async def test_what_is_recorded_has_the_chimes_two_tones_and_the_levels_of_chime_and_speech(hub, tmp_path, card):
    async with listening(hub, tmp_path, card) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        await acked(hub, 1)
    sound = card.played()[0].sound
    high, low = chime.TONES_HZ
    assert power_at(part(sound, 0.02, 0.32), high) > 20 * power_at(part(sound, 0.02, 0.32), low)
    assert power_at(part(sound, 0.40, 0.75), low) > 2 * power_at(part(sound, 0.40, 0.75), high)
    assert pcm.peak(part(sound, 0, 0.8)) == pytest.approx(chime.PEAK, abs=0.001)
    assert pcm.peak(speech_of(sound)) == pytest.approx(LEVEL, abs=0.01)
    (before, after) = silent_stretches(sound, 0.25)[0]
    assert before == pytest.approx(chime.LENGTH_S, abs=0.03)
    assert after - before >= 0.3


async def test_two_rooms_that_call_within_ten_milliseconds_are_heard_one_after_the_other(hub, tmp_path, card):
    async with listening(hub, tmp_path, card) as front:
        await front.shows("display-idle")
        await asyncio.gather(hub.call("A012"), hub.call("K007", "room-2"))
        await acked(hub, 2)
    played = card.played()
    assert len(played) == 2
    assert begins_and_ends_apart(played)
    heard = [speech_of(one.sound) for one in played]
    assert heard[0].startswith(await sentence(tmp_path, "A012"))
    assert heard[1].startswith(await sentence(tmp_path, "K007", "2"))


async def test_twenty_calls_in_ten_seconds_are_all_heard_in_full_and_in_their_order(hub, tmp_path, card):
    labels = [f"A{n:03}" for n in range(1, 21)]
    async with listening(hub, tmp_path, card) as front:
        await front.shows("display-idle")
        ids = []
        for label in labels:
            ids.append(await hub.call(label))
            await asyncio.sleep(0.5 / FAST)
        assert [id_ for id_, _ in await acked(hub, 20, 4 * LIMIT_S)] == ids
    played = card.played()
    assert all(heard for _, heard in hub.acked)
    assert begins_and_ends_apart(played)
    left = [labels]
    for one in played:
        left.append(await left_after(tmp_path, one.sound, left[-1]))
    assert left[-1] == []
    assert max(len(before) - len(after) for before, after in pairwise(left)) == 4


async def left_after(tmp_path, sound, labels):
    """It says the first of these labels, all in turn and then all again; gives those that are left."""
    heard = speech_of(sound)
    for count in (1, 2, 3, 4):
        said = [await sentence(tmp_path, label) for label in labels[:count]]
        assert all(pcm.seconds(one) <= LONGEST_S for one in said)
        once = pcm.silence(BETWEEN_S).join(said)
        if heard == once + pcm.silence(PAUSE_S) + once:
            return labels[count:]
    raise AssertionError(f"not heard in full: {labels[:4]}")


async def test_a_hub_killed_during_an_announcement_cuts_nothing_and_learns_of_it_later(hub, tmp_path, card):
    async with listening(hub, tmp_path, card) as front:
        await front.shows("display-idle")
        id_ = await hub.call("A012")
        await front.reported("chime")
        await hub.stop()
        assert (await front.reported("announced"))["heard"]
        await hub.start()
        assert await acked(hub, 1) == [(id_, True)]
    once = await sentence(tmp_path, "A012")
    assert [speech_of(one.sound) for one in card.played()] == [once + pcm.silence(PAUSE_S) + once]


async def test_a_card_that_is_pulled_out_in_the_middle_was_not_heard_and_the_next_call_is(hub, tmp_path):
    card = Card(tmp_path / "card", FAST, fails_after_s=1.5)
    async with listening(hub, tmp_path, card) as front:
        await front.shows("display-idle")
        first = await hub.call("A012")
        assert await acked(hub, 1) == [(first, False)]
        await front.until(lambda: "No sound: watch this screen" in front.texts())
        card.mend()
        second = await hub.call("K007", "room-2")
        assert await acked(hub, 2) == [(first, False), (second, True)]
        await front.until(lambda: "No sound: watch this screen" not in front.texts())


async def test_at_half_the_volume_chime_and_speech_are_half_as_loud(hub, tmp_path, card):
    async with listening(hub, tmp_path, card, volume=volume({"0": 50})) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        await acked(hub, 1)
    sound = card.played()[0].sound
    assert pcm.peak(part(sound, 0, 0.8)) == pytest.approx(chime.PEAK / 2, abs=0.001)
    assert pcm.peak(part(sound, 1.0, pcm.seconds(sound))) == pytest.approx(LEVEL / 2, abs=0.01)


async def test_at_no_volume_a_call_is_shown_in_full_and_the_screen_says_that_nothing_is_heard(hub, tmp_path, card):
    async with listening(hub, tmp_path, card, volume=volume({"0": 0})) as front:
        await front.shows("display-idle")
        assert "No sound: watch this screen" in front.texts()
        id_ = await hub.call("A012")
        await front.shows("display-call")
        assert await acked(hub, 1) == [(id_, False)]
    assert card.played() == []


async def test_a_token_of_another_language_is_called_in_the_clinics_and_then_in_its_own(hub, tmp_path, card):
    async with listening(hub, tmp_path, card) as front:
        await front.shows("display-idle")
        await hub.call("A012", language="hi")
        await acked(hub, 1)
    english, hindi = await sentence(tmp_path, "A012"), await sentence(tmp_path, "A012", language=HI)
    once = english + pcm.silence(BETWEEN_S) + hindi
    assert speech_of(card.played()[0].sound) == once + pcm.silence(PAUSE_S) + once


async def test_a_clip_pack_wins_over_the_voice_but_not_for_a_sentence_with_a_missing_digit(hub, tmp_path, card, caplog):
    clips = make_pack(tmp_path / "clips", without="2")
    async with listening(hub, tmp_path, card, clips=clips) as front:
        await front.shows("display-idle")
        await hub.call("A013")
        await hub.call("A012")
        assert [heard for _, heard in await acked(hub, 2)] == [True, True]
    clip, voice = (speech_of(one.sound) for one in card.played())
    assert not clip.startswith(await sentence(tmp_path, "A013"))
    assert voice.startswith(await sentence(tmp_path, "A012"))
    assert "clips en: missing are 2.wav; sentences with them are spoken by the voice" in caplog.messages
    assert "clips en: 2.wav is missing; the voice speaks instead" in caplog.messages


async def test_when_the_site_opens_the_chime_is_heard_softly_and_once(hub, tmp_path, card):
    async with listening(hub, tmp_path, card, self_tests=True) as front:
        assert (await front.reported("self-test"))["heard"]
        await hub.call("A012")
        await acked(hub, 1)
    async with listening(hub, tmp_path, card, self_tests=True) as front:
        await front.shows("display-idle")
        await hub.call("K007", "room-2")
        await acked(hub, 2)
    test, *calls = card.played()
    assert len(calls) == 2
    assert pcm.seconds(test.sound) == pytest.approx(chime.LENGTH_S, abs=0.01)
    assert max(loudness(test.sound)) == pytest.approx(0.3 * chime.PEAK, abs=0.002)


async def test_a_self_test_without_a_sound_card_is_not_heard_and_the_screen_says_so(hub, tmp_path):
    player = AlsaPlayer("hw:77")
    async with display(hub, tmp_path, player=player, self_tests=True) as front:
        assert not (await front.reported("self-test"))["heard"]
        await front.until(lambda: "No sound: watch this screen" in front.texts())


async def told(hub, true):
    async with asyncio.timeout(LIMIT_S):
        while not any(map(true, hub.sounds)):  # noqa: ASYNC110 - the hub of the tests tells nobody
            await asyncio.sleep(0.01)
    return next(filter(true, hub.sounds))


async def test_the_hub_learns_that_a_display_is_heard_and_that_its_self_test_was(hub, tmp_path, card):
    async with listening(hub, tmp_path, card, self_tests=True, probe=True):
        assert await told(hub, lambda one: one["self_test"] is not None) == {
            "works": True,
            "self_test": True,
            "troubles": [],
            "departments": [],
            "rooms": [],
        }


async def test_the_hub_learns_that_there_is_no_sound_card_and_again_after_its_restart(hub, tmp_path):
    async with display(hub, tmp_path, player=AlsaPlayer("hw:77"), probe=True):
        await told(hub, lambda one: one["works"] is False)
        await hub.stop()
        hub.sounds.clear()
        await hub.start()
        await told(hub, lambda one: one["works"] is False)


async def test_the_hub_learns_which_clip_is_missing(hub, tmp_path, card):
    clips = make_pack(tmp_path / "clips", without="2")
    async with listening(hub, tmp_path, card, clips=clips) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        last = await told(hub, lambda one: len(one["troubles"]) == 2)
    assert last["troubles"][1] == "clips en: 2.wav is missing; the voice speaks instead"
