"""What is heard at a kiosk: recorded behind the player, and measured."""

import asyncio
import logging
import stat
from contextlib import asynccontextmanager
from dataclasses import replace
from statistics import median

import kiosk_gallery as gallery
import pytest
from sound_hearing import silent_stretches
from sound_tape import Tape, common

from kiosk.fronts import Attract, IdleWarning
from kiosk.screens import speaking
from kiosk.screens.view import View
from kiosk.speaking import LISTENED_S
from kiosk.speech import GAP_S, WARNING_EVERY_S, Speaker, manner
from kiosk.terms import Sound
from kiosk.tones import LENGTH_S, tone
from smartqueue.sound import pcm
from smartqueue.sound.player import AlsaPlayer, FolderPlayer
from smartqueue.sound.spelling import as_said
from smartqueue.sound.voice import LEVEL, VOICES, Sentence, Voice
from smartqueue.terms import LANGUAGES, Language

EN = Language("en")
SCREEN = ("Where do you want to go?", "Your number is A012.")
KEYS = {None: SCREEN, "lab": ("Laboratory",), "heart": ("Cardiology, 8 waiting",), "done": (" ",)}
SAYS = {
    "ar": "رقمك A012، أمامك 8",
    "bn": "আপনার নম্বর A012, আপনার আগে 8 জন",
    "en": "Your number is A012, 8 before you",
    "es": "Su número es A012, hay 8 antes que usted",
    "fr": "Votre numéro est A012, 8 avant vous",
    "hi": "आपका नंबर A012 है, आपसे पहले 8 लोग हैं",
    "pt": "A sua senha é A012, 8 antes de si",
    "sw": "Nambari yako ni A012, watu 8 wako mbele yako",
    "ta": "உங்கள் எண் A012, உங்களுக்கு முன் 8 பேர்",
    "zh": "您的号码是A012，前面有8位",
}


ATTRACT = Attract()


def view(language="en", front=ATTRACT, now=0.0, *, speech=True):
    return View(front=front, language=Language(language), now=now, clock="09:42", speech=speech)


def texts(seen, key):
    return KEYS[key]


@pytest.fixture
def tape(tmp_path):
    return Tape(tmp_path / "tape")


@asynccontextmanager
async def speaker(tmp_path, tape, *, volume_pct=100, program="espeak-ng", says=texts, voice=True, player=None, **more):
    spoken = Voice(tmp_path / "voice", program=program, manner=manner(volume_pct)) if voice else None
    one = Speaker(player or AlsaPlayer("hall", tape.program), spoken, says, again_s=0.05, **{"probe": False, **more})
    working = asyncio.create_task(one.run())
    try:
        yield one
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def until(true, limit_s=20.0):
    async with asyncio.timeout(limit_s):
        while not true():  # noqa: ASYNC110 - a tape tells nobody
            await asyncio.sleep(0.002)


async def sentence(tmp_path, text, language="en", volume_pct=100):
    """What the voice makes of it."""
    return await Voice(tmp_path / "voice", manner=manner(volume_pct)).say(Sentence(as_said(text, language), language))


async def screen(tmp_path, volume_pct=100):
    first, second = [await sentence(tmp_path, text, volume_pct=volume_pct) for text in SCREEN]
    return first + pcm.silence(GAP_S) + second


def trimmed(sound):
    """Without the silence around it: where the tape ran before and after, or a card opened and nothing came yet."""
    return pcm.trimmed(sound, 0)


async def test_a_screen_is_said_sentence_by_sentence_with_a_short_silence_between(tmp_path, tape):
    async with speaker(tmp_path, tape) as mouth:
        await mouth.say(view())
    assert trimmed(tape.heard()) == trimmed(await screen(tmp_path))
    assert [end - start for start, end in silent_stretches(trimmed(tape.heard()), 0.3)] == [
        pytest.approx(GAP_S, abs=0.05)
    ]


async def test_a_key_is_said_by_its_own_words(tmp_path, tape):
    async with speaker(tmp_path, tape) as mouth:
        await mouth.say(view(), "heart")
    assert trimmed(tape.heard()) == trimmed(await sentence(tmp_path, "Cardiology, 8 waiting"))


async def test_a_key_without_words_stops_what_is_said_and_says_nothing(tmp_path, tape):
    async with speaker(tmp_path, tape) as mouth:
        await mouth.say(view(), "done")
    assert tape.samples == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_language_has_a_voice_that_says_a_number_loud_and_clear(tmp_path, tape, language):
    async with speaker(tmp_path, tape, says=lambda seen, _key: (SAYS[seen.language],)) as mouth:
        await until(lambda: mouth.available)
        assert mouth.speaks(Language(language))
        await mouth.say(view(language))
    heard = trimmed(tape.heard())
    assert 1.5 < pcm.seconds(heard) < 8
    assert pcm.peak(heard) == pytest.approx(LEVEL, abs=0.01)
    assert all(end - start < 0.6 for start, end in silent_stretches(heard, 0.3))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_screen_of_a_number_is_said_whole_in_every_language_before_it_ends(tmp_path, tape, language, caplog):
    shown = replace(gallery.view(gallery.fronts(language)["take_ticket"], language), speech=True)
    said = speaking.texts(gallery.SCREENS["10in"])
    async with speaker(tmp_path, tape, says=said) as mouth:
        await mouth.say(shown)
    heard = trimmed(tape.heard())
    assert 8 < pcm.seconds(heard) < LISTENED_S
    gaps = [end - start for start, end in silent_stretches(heard, GAP_S - 0.02)]
    assert len(gaps) >= len(said(shown, None)) - 1
    assert max(gaps) < 1.0
    assert caplog.messages == []


def test_every_language_that_is_shipped_is_said_above():
    assert set(SAYS) == set(LANGUAGES) == set(VOICES)


async def test_a_label_is_said_letter_by_letter_and_not_as_a_number(tmp_path, tape):
    async with speaker(tmp_path, tape, says=lambda _seen, _key: ("A012",)) as mouth:
        await mouth.say(view())
    read = await Voice(tmp_path / "read", manner=manner(100)).say(Sentence("A zero twelve", EN))
    one_by_one = await Voice(tmp_path / "read", manner=manner(100)).say(
        Sentence('<say-as interpret-as="characters">A</say-as> 0 1 2', EN)
    )
    assert trimmed(tape.heard()) == trimmed(one_by_one)
    assert trimmed(tape.heard()) != trimmed(read)


async def test_at_half_the_volume_it_is_half_as_loud(tmp_path, tape):
    async with speaker(tmp_path, tape, volume_pct=50) as mouth:
        await mouth.say(view(), "lab")
    assert pcm.peak(tape.heard()) == pytest.approx(LEVEL / 2, abs=0.01)


async def test_in_quiet_hours_speech_and_tones_are_quieter(tmp_path, tape):
    async with speaker(tmp_path, tape, share={"09:42": 0.25}.get) as mouth:
        mouth.seen(view())
        await mouth.say(view(), "lab")
        said = tape.samples
        await mouth.beep(Sound.TICKET)
    assert pcm.peak(tape.heard()[: 2 * said]) == pytest.approx(LEVEL / 4, abs=0.01)
    assert pcm.peak(tape.heard()[2 * said :]) == pytest.approx(pcm.peak(tone(Sound.TICKET)) / 4, abs=0.01)


async def test_what_is_newer_stops_what_is_said_within_a_tenth_of_a_second(tmp_path):
    """Counted in samples of a card that runs in real time; the middle of five, because the machine is shared."""
    tape = Tape(tmp_path / "tape", speed=1.0)
    old, new = await screen(tmp_path), await sentence(tmp_path, "Laboratory")
    overrun = []
    async with speaker(tmp_path, tape) as mouth:
        for _ in range(5):
            before = tape.samples
            first = asyncio.create_task(mouth.say(view()))
            await until(lambda before=before: len(trimmed(tape.heard()[2 * before :])) > pcm.BYTES_PER_SECOND // 3)
            asked_at = tape.samples
            await mouth.say(view(), "lab")
            assert first.done()
            piece = tape.heard()[2 * before :]
            begins = (len(piece) - len(piece.lstrip(b"\0"))) // 2
            stopped = begins + common(piece[2 * begins :], trimmed(old))
            overrun.append((before + stopped - asked_at) / pcm.RATE_HZ)
            assert trimmed(piece[2 * stopped :]) == trimmed(new)
    assert median(overrun) <= 0.1
    assert not tape.two_at_once


async def test_of_many_touches_in_a_row_only_the_last_is_said(tmp_path, tape):
    async with speaker(tmp_path, tape) as mouth:
        said = [asyncio.create_task(mouth.say(view(), key)) for key in ["lab", "heart", None] * 5 + ["lab"]]
        await asyncio.gather(*said)
    assert trimmed(tape.heard()) == trimmed(await sentence(tmp_path, "Laboratory"))


async def test_a_tone_is_heard_first_and_then_what_is_said(tmp_path, tape):
    async with speaker(tmp_path, tape) as mouth:
        await asyncio.gather(mouth.beep(Sound.TICKET), mouth.say(view()))
    heard = trimmed(tape.heard())
    whole = trimmed(tone(Sound.TICKET))
    assert heard.startswith(whole)
    assert trimmed(heard[len(whole) :]) == trimmed(await screen(tmp_path))
    assert not tape.two_at_once


async def test_a_tone_in_the_middle_is_heard_whole_and_what_it_stopped_is_said_again(tmp_path):
    tape = Tape(tmp_path / "tape", speed=4.0)
    old, bell = trimmed(await screen(tmp_path)), trimmed(tone(Sound.WARNING))
    async with speaker(tmp_path, tape) as mouth:
        saying = asyncio.create_task(mouth.say(view()))
        await until(lambda: len(trimmed(tape.heard())) > pcm.BYTES_PER_SECOND // 3)
        await mouth.beep(Sound.WARNING)
        await saying
    heard = trimmed(tape.heard())
    said = 2 * common(heard, old)
    rest = trimmed(heard[said:])
    assert 0 < said < len(old)
    assert rest.startswith(bell)
    assert trimmed(rest[len(bell) :]) == old
    assert not tape.two_at_once


async def test_two_tones_follow_one_another_whole(tmp_path, tape):
    async with speaker(tmp_path, tape) as mouth:
        await asyncio.gather(mouth.beep(Sound.TICKET), mouth.beep(Sound.TROUBLE))
    heard, first = trimmed(tape.heard()), trimmed(tone(Sound.TICKET))
    assert heard.startswith(first)
    assert trimmed(heard[len(first) :]) == trimmed(tone(Sound.TROUBLE))
    assert pcm.seconds(heard) >= 2 * LENGTH_S - 0.05


async def test_when_the_person_has_left_it_is_quiet(tmp_path):
    tape = Tape(tmp_path / "tape", speed=4.0)
    old = trimmed(await screen(tmp_path))
    async with speaker(tmp_path, tape) as mouth:
        saying = asyncio.create_task(mouth.say(view()))
        await until(lambda: len(trimmed(tape.heard())) > pcm.BYTES_PER_SECOND // 3)
        mouth.seen(view(speech=False))
        await saying
        await mouth.beep(Sound.TICKET)
    heard = trimmed(tape.heard())
    said = 2 * common(heard, old)
    assert said < len(old)
    assert trimmed(heard[said:]) == trimmed(tone(Sound.TICKET))


async def test_without_speech_mode_a_screen_is_not_said(tmp_path, tape):
    async with speaker(tmp_path, tape) as mouth:
        await mouth.say(view(speech=False))
    assert tape.samples == 0


async def test_without_tones_it_still_speaks_and_no_tone_holds_anything_up(tmp_path, tape):
    async with speaker(tmp_path, tape, tones=False) as mouth:
        await mouth.beep(Sound.TICKET)
        await mouth.say(view(), "lab")
    assert trimmed(tape.heard()) == trimmed(await sentence(tmp_path, "Laboratory"))


async def test_a_kiosk_whose_speech_is_switched_off_does_not_offer_it(tmp_path, tape):
    async with speaker(tmp_path, tape, voice=False) as mouth:
        await mouth.say(view())
        await mouth.beep(Sound.TICKET)
        assert not mouth.available
        assert not mouth.speaks(EN)
    assert trimmed(tape.heard()) == trimmed(tone(Sound.TICKET))


async def test_without_espeak_it_does_not_offer_to_speak_and_its_tones_are_heard(tmp_path, tape, caplog):
    with caplog.at_level(logging.WARNING):
        async with speaker(tmp_path, tape, program=str(tmp_path / "missing")) as mouth:
            await until(lambda: caplog.messages)
            await mouth.say(view())
            await mouth.beep(Sound.TICKET)
            assert not mouth.available
    assert trimmed(tape.heard()) == trimmed(tone(Sound.TICKET))
    assert sum(message.startswith("no voice") for message in caplog.messages) == 1


async def test_a_language_that_espeak_has_not_is_not_offered_and_the_others_are(tmp_path, tape):
    program = tmp_path / "few"
    program.write_text("#!/bin/sh\nespeak-ng --voices | grep -v ' ta '\n")
    program.chmod(stat.S_IRWXU)
    async with speaker(tmp_path, tape, program=str(program)) as mouth:
        await until(lambda: mouth.available)
        assert mouth.speaks(EN)
        assert not mouth.speaks(Language("ta"))


async def test_without_a_sound_card_it_does_not_offer_to_speak_until_one_is_plugged_in(tmp_path, tape, caplog):
    tape.pull_out()
    with caplog.at_level(logging.INFO):
        async with speaker(tmp_path, tape, probe=True) as mouth:
            told = []
            mouth.on_change = lambda: told.append(mouth.missing)
            await mouth.beep(Sound.TROUBLE)
            await mouth.say(view())
            await until(lambda: any(line.startswith("no sound") for line in caplog.messages))
            assert not mouth.available
            tape.plug_in()
            await until(lambda: mouth.available)
            await mouth.say(view(), "lab")
    assert trimmed(tape.heard()) == trimmed(await sentence(tmp_path, "Laboratory"))
    assert sum(line.startswith("no sound") for line in caplog.messages) == 1
    assert "sound works again" in caplog.messages
    assert told == [("sound",), ()]


async def test_a_card_pulled_out_while_it_works_is_noticed_by_the_next_sound(tmp_path, tape):
    async with speaker(tmp_path, tape, probe=True) as mouth:
        await until(lambda: mouth.available)
        tape.pull_out()
        await mouth.beep(Sound.TICKET)
        assert not mouth.available
        tape.plug_in()
        await until(lambda: mouth.available)


async def test_a_sentence_is_made_once_and_then_said_without_the_voice(tmp_path, tape):
    async with speaker(tmp_path, tape) as mouth:
        await mouth.say(view())
    before = tape.samples
    async with speaker(tmp_path, tape, program=str(tmp_path / "missing")) as mouth:
        await mouth.say(view())
    assert trimmed(tape.heard()[2 * before :]) == trimmed(await screen(tmp_path))


async def test_a_voice_that_hangs_holds_up_neither_a_tone_nor_what_is_newer(tmp_path, tape):
    await sentence(tmp_path, "Laboratory")
    program = tmp_path / "hangs"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(stat.S_IRWXU)
    async with speaker(tmp_path, tape, program=str(program)) as mouth:
        stuck = asyncio.create_task(mouth.say(view(), "heart"))
        await asyncio.sleep(0)
        await mouth.beep(Sound.TICKET)
        await mouth.say(view(), "lab")
        await stuck
    heard, bell = trimmed(tape.heard()), trimmed(tone(Sound.TICKET))
    assert heard.startswith(bell)
    assert trimmed(heard[len(bell) :]) == trimmed(await sentence(tmp_path, "Laboratory"))


async def test_a_sentence_of_which_nothing_can_be_said_is_left_out(tmp_path, tape, caplog):
    async with speaker(tmp_path, tape, says=lambda _seen, _key: ("\u2026", "Laboratory")) as mouth:
        await until(lambda: mouth.available)
        await mouth.say(view())
        assert mouth.available
    assert trimmed(tape.heard()) == trimmed(await sentence(tmp_path, "Laboratory"))
    assert caplog.messages == ["not said in en: the voice said nothing"]


def warning(now):
    return view(front=IdleWarning(Attract(), until=now + 20, span=20), now=now, speech=False)


async def test_the_idle_warning_is_heard_again_as_long_as_it_is_shown(tmp_path, tape):
    async with speaker(tmp_path, tape) as mouth:
        for tenth in range(200):
            mouth.seen(warning(100 + tenth / 10))
        await mouth.beep(Sound.TICKET)
    heard, bell = trimmed(tape.heard()), trimmed(tone(Sound.WARNING))
    times = int(19.9 // WARNING_EVERY_S)
    for _ in range(times):
        assert heard.startswith(bell)
        heard = trimmed(heard[len(bell) :])
    assert times == 3
    assert heard == trimmed(tone(Sound.TICKET))


async def test_where_the_warning_is_spoken_its_tone_does_not_come_between(tmp_path, tape):
    async with speaker(tmp_path, tape) as mouth:
        saying = asyncio.create_task(mouth.say(view()))
        await asyncio.sleep(0)
        for second in range(20):
            spoken = warning(100 + second)
            mouth.seen(view(front=spoken.front, now=spoken.now))
        await saying
    assert trimmed(tape.heard()) == trimmed(await screen(tmp_path))


async def test_where_there_is_no_sound_card_each_sound_is_a_file_as_far_as_it_was_heard(tmp_path):
    async with speaker(tmp_path, None, player=FolderPlayer(tmp_path / "sounds", 4.0)) as mouth:
        await mouth.beep(Sound.TICKET)
        saying = asyncio.create_task(mouth.say(view()))
        await asyncio.sleep(0.3)
        await mouth.say(view(), "lab")
        await saying
    files = sorted((tmp_path / "sounds").iterdir())
    assert [file.name for file in files] == ["0001-tone-ticket.wav", "0002-en-attract.wav", "0003-en-lab.wav"]
    sounds = [pcm.from_wav(file.read_bytes()) for file in files]
    whole = await screen(tmp_path)
    assert sounds[0] == tone(Sound.TICKET)
    assert whole.startswith(sounds[1])
    assert len(sounds[1]) < len(whole)
    assert sounds[2] == await sentence(tmp_path, "Laboratory")
