import asyncio
import logging

from display_packs import make_pack
from sound_hearing import silent_stretches

from display.board import Place
from display.clips import open_packs
from display.sounding import BETWEEN_S, Outcome, Sounding, rounds
from display.speech import Said, Speech
from smartqueue.sound import pcm
from smartqueue.sound.player import AlsaPlayer, FolderPlayer
from smartqueue.sound.shelf import Shelf
from smartqueue.sound.voice import Voice
from smartqueue.terms import Label, Language, RoomId, RoomKind

EN, HI, AR, SW = (Language(code) for code in ("en", "hi", "ar", "sw"))


def said(label: str, room: str = "3", language: Language = EN) -> Said:
    return Said(Label(label), Place(RoomId(f"room-{room}"), RoomKind.ROOM, room), language)


def speech(tmp_path, clips=None, program="espeak-ng", voices=None) -> Speech:
    packs, wrong = open_packs(clips) if clips else ({}, ())
    voice = Voice(tmp_path / "voice", program=program, voices=voices)
    return Speech(voice, Shelf(tmp_path / "voice"), packs, wrong)


def sounding(tmp_path, **about) -> Sounding:
    return Sounding(speech(tmp_path, **about), FolderPlayer(tmp_path / "heard", speed=1000), probe=False)


async def announced(sounding: Sounding, *calls: Said, language: Language = EN) -> bytes:
    outcome = await sounding.announce(calls, language, lambda: None)
    assert outcome.heard
    return pcm.from_wav(outcome.file.read_bytes())


def own(one: Said) -> Language:
    return one.language


def test_one_call_is_said_twice():
    a = said("A012")
    assert rounds([a], EN, own) == [[(a, EN)], [(a, EN)]]


def test_one_call_of_another_language_is_said_in_both_twice():
    a = said("A012", language=HI)
    assert rounds([a], EN, own) == [[(a, EN), (a, HI)], [(a, EN), (a, HI)]]


def test_several_calls_are_said_in_turn_first_in_the_displays_language_then_each_in_its_own():
    a, b, c = said("A012"), said("K007", language=HI), said("H001", language=AR)
    assert rounds([a, b, c], EN, own) == [[(a, EN), (b, EN), (c, EN)], [(a, EN), (b, HI), (c, AR)]]


def test_no_call_is_ever_said_in_more_than_two_languages():
    calls = [said("A012", language=HI), said("K007", language=AR), said("H001")]
    for shown in (calls[:1], calls[:2], calls):
        for one in shown:
            assert len({in_ for some in rounds(shown, EN, own) for call, in_ in some if call == one}) <= 2


async def test_four_calls_are_heard_after_one_chime_with_a_breath_between_them(tmp_path):
    calls = [said(f"A00{n}", str(n)) for n in range(1, 5)]
    hall = sounding(tmp_path)
    sound = await announced(hall, *calls)
    once = pcm.silence(BETWEEN_S).join([await hall.speech.say(one, EN) for one in calls])
    assert sound.count(once) == 2
    assert len([gap for gap in silent_stretches(sound, 0.6) if gap[1] - gap[0] < 1]) == 6


async def test_a_token_whose_language_nobody_speaks_is_called_in_the_displays(tmp_path):
    hall = sounding(tmp_path)
    assert await announced(hall, said("A012", language=Language("xx"))) == await announced(hall, said("A012"))


async def test_a_second_language_can_be_switched_off(tmp_path):
    player = FolderPlayer(tmp_path / "heard", speed=1000)
    hall = Sounding(speech(tmp_path), player, probe=False, second_language=False)
    assert await announced(hall, said("A012", language=HI)) == await announced(hall, said("A012"))


async def test_a_second_language_that_fails_is_left_out_and_the_first_is_still_heard(tmp_path, caplog):
    hall = sounding(tmp_path, voices={HI: "zz-none"})
    heard = await announced(hall, said("A012", language=HI))
    assert heard == await announced(hall, said("A012"))
    assert any(message.startswith("not said in hi") for message in caplog.messages)


async def test_a_language_without_words_of_ours_is_spoken_where_there_are_clips_of_it(tmp_path):
    spoken = speech(tmp_path, clips=make_pack(tmp_path / "clips", "sw"))
    assert spoken.spoken(SW) == SW
    assert spoken.spoken(Language("sw-KE")) == SW
    assert spoken.spoken(Language("xx")) is None
    assert pcm.seconds(await spoken.say(said("A012", language=SW), SW)) > 2


async def test_sentences_of_calls_that_wait_are_made_beforehand(tmp_path):
    hall = sounding(tmp_path)
    preparing = asyncio.create_task(hall.prepare())
    hall.expect([said("A012", language=HI), said("K007")], EN)
    async with asyncio.timeout(20):
        while len(list((tmp_path / "voice").glob("*.wav"))) < 3:  # noqa: ASYNC110 - a cache tells nobody
            await asyncio.sleep(0.01)
    preparing.cancel()
    unmade = speech(tmp_path, program="no-such-voice")
    assert await unmade.say(said("K007"), EN)
    assert await unmade.say(said("A012", language=HI), HI)


async def test_the_same_sentence_wanted_twice_at_once_is_made_once(tmp_path):
    spoken = speech(tmp_path)
    first, second = await asyncio.gather(spoken.say(said("A012"), EN), spoken.say(said("A012"), EN))
    assert first == second
    assert len(list((tmp_path / "voice").iterdir())) == 1


async def test_a_sentence_of_clips_is_kept_and_made_anew_when_a_clip_was_recorded_again(tmp_path):
    clips = make_pack(tmp_path / "clips")
    before = await speech(tmp_path, clips).say(said("A012"), EN)
    assert await speech(tmp_path, clips).say(said("A012"), EN) == before
    assert len(list((tmp_path / "voice").glob("*.wav"))) == 1
    make_pack(tmp_path / "clips", manifest="gap_ms = 200")
    assert len(await speech(tmp_path, clips).say(said("A012"), EN)) > len(before)


async def test_each_trouble_with_clips_is_logged_once_and_kept_for_the_technician(tmp_path, caplog):
    spoken = speech(tmp_path, make_pack(tmp_path / "clips", without="2"))
    told = []
    spoken.on_trouble = told.append
    for _ in range(3):
        await spoken.say(said("A012"), EN)
    assert spoken.troubles == (
        "clips en: missing are 2.wav; sentences with them are spoken by the voice",
        "clips en: 2.wav is missing; the voice speaks instead",
    )
    assert told == ["clips en: 2.wav is missing; the voice speaks instead"]
    assert [one.levelno for one in caplog.records] == [logging.ERROR] * 2


async def test_what_a_killed_process_left_on_the_shelf_is_swept_away(tmp_path):
    (tmp_path / "77.raw").touch()
    (tmp_path / "abc.77.new").touch()
    Shelf(tmp_path).keep(pcm.silence(0.1), "something")
    Shelf(tmp_path).sweep()
    assert [file.suffix for file in tmp_path.iterdir()] == [".wav"]


async def test_a_disk_that_takes_nothing_costs_the_shelf_and_not_the_sentence(tmp_path):
    (tmp_path / "file").touch()
    shelf = Shelf(tmp_path / "file" / "sub")
    shelf.keep(pcm.silence(0.1), "something")
    assert shelf.take("something") is None


async def test_silence_at_no_volume_asks_nothing_of_the_player(tmp_path):
    outcome = await sounding(tmp_path).announce([said("A012")], EN, lambda: None, volume_pct=0)
    assert outcome == Outcome(heard=False)
    assert not (tmp_path / "heard").exists()


async def test_a_voice_that_speaks_does_not_say_that_the_sound_card_works(tmp_path):
    hall = Sounding(speech(tmp_path), AlsaPlayer("hw:77"), probe=False)
    assert not (await hall.self_test(100)).heard
    await hall._try(EN)
    assert not hall.works
