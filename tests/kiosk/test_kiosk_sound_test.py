"""`smartqueue kiosk --test-sound` as a process of its own, with a card that records; and its key in the corner."""

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from sound_card import Card

from kiosk.corner import SoundState
from kiosk.speech import Speaker, manner, sample
from kiosk.terms import Sound
from kiosk.tones import tone
from smartqueue.sound import pcm
from smartqueue.sound.player import AlsaPlayer
from smartqueue.sound.voice import Voice
from smartqueue.terms import LANGUAGES, Language

LIMIT_S = 60
EN = Language("en")


@pytest.fixture
def card(tmp_path):
    return Card(tmp_path / "card", 40.0)


def path_with(folder: Path, **programs: str | None) -> str:
    """A search path with these programs and no other ones."""
    folder.mkdir()
    for name, target in programs.items():
        if target:
            (folder / name.replace("_", "-")).symlink_to(target)
    return str(folder)


async def run(*options: str, path: str) -> tuple[int, list[str], str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "smartqueue", "kiosk", "--test-sound", *options),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PATH": path},
    )
    async with asyncio.timeout(LIMIT_S):
        said, complained = await process.communicate()
    return process.returncode or 0, said.decode().splitlines(), complained.decode()


async def test_every_tone_and_every_language_is_played_without_hub_key_printer_or_settings(tmp_path, card):
    path = path_with(tmp_path / "bin", aplay=card.program, espeak_ng=shutil.which("espeak-ng"))
    code, said, _ = await run("--json", path=path)
    tried = [json.loads(line) for line in said]
    assert [one["what"] for one in tried] == [*(f"tone {one}" for one in Sound), *LANGUAGES]
    assert (code, {one["ok"] for one in tried}) == (0, {True})
    played = card.played()
    assert [one.sound for one in played[:3]] == [tone(one) for one in Sound]
    assert [round(pcm.seconds(one.sound), 2) for one in played] == [one["lasts_s"] for one in tried]


async def test_without_the_voice_tones_are_played_and_each_language_is_said_to_be_missing(tmp_path, card):
    path = path_with(tmp_path / "bin", aplay=card.program)
    code, said, complained = await run("--language", "hi", path=path)
    assert code == 1
    assert said[0] == "programs: NOT AS IT SHOULD BE: programs are missing. Run: apt install espeak-ng"
    assert said[1].startswith("tone warning: played, 0.6 s: default")
    assert said[-1] == "hi: NOT AS IT SHOULD BE: espeak-ng can't be started: No such file or directory"
    assert "Traceback" not in complained


async def test_what_the_settings_leave_out_is_told_and_is_no_fault(tmp_path, card):
    config = tmp_path / "kiosk.toml"
    lines = ('printer = "virtual:tickets"', f'data = "{tmp_path}"', "sound = false", "speech_volume = 0")
    config.write_text("\n".join(lines))
    path = path_with(tmp_path / "bin", aplay=card.program)
    code, said, _ = await run("--config", str(config), "--language", "en", path=path)
    assert (code, said[0], said[-1]) == (
        0,
        "tone warning: not played: sound = false in the settings",
        "en: not played: speech_volume = 0 in the settings",
    )


# --- in the corner --------------------------------------------------------------------------------------


async def tried(speaker: Speaker) -> SoundState:
    """With the speaker at work."""
    working = asyncio.create_task(speaker.run())
    try:
        async with asyncio.timeout(LIMIT_S):
            return await speaker.trial(EN)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


def speaker(card: Card, voice: Voice | None, **more: bool) -> Speaker:
    return Speaker(AlsaPlayer("hall", card.program), voice, lambda _view, _key: (), probe=False, **more)


async def test_the_trial_is_a_tone_and_a_sentence_even_where_tones_are_off(tmp_path, card):
    voice = Voice(tmp_path / "voice", manner=manner(80))
    one = speaker(card, voice, tones=False)
    assert (one.state(), await tried(one), one.state()) == (SoundState.UNTRIED, SoundState.WORKS, SoundState.WORKS)
    assert [played.sound for played in card.played()] == [tone(Sound.TICKET), await voice.say(sample(EN))]


async def test_the_trial_tells_what_is_missing(tmp_path, card):
    no_voice = speaker(card, Voice(tmp_path / "voice", program="no-such-voice"))
    assert await tried(no_voice) is SoundState.NO_VOICE
    no_card = Speaker(AlsaPlayer("hall", "no-such-player"), None, lambda _view, _key: (), probe=False)
    assert (await tried(no_card), no_card.state()) == (SoundState.NO_CARD, SoundState.NO_CARD)


def test_a_kiosk_without_tones_and_voice_is_said_to_be_switched_off(card):
    assert speaker(card, None, tones=False).state() is SoundState.OFF
