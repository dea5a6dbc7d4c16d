"""`smartqueue display --test-sound` as a process of its own, with a card that records."""

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from display_packs import make_pack
from sound_card import Card

from display import chime
from smartqueue.sound import pcm
from smartqueue.terms import LANGUAGES

LIMIT_S = 40


@pytest.fixture
def card(tmp_path):
    return Card(tmp_path / "card", 40.0)


def path_with(card: Card, folder: Path) -> str:
    """A search path on which `aplay` is this card."""
    folder.mkdir()
    (folder / "aplay").symlink_to(card.program)
    (folder / "espeak-ng").symlink_to(shutil.which("espeak-ng") or "")
    return str(folder)


async def run(*options: str, path: str | None = None) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "smartqueue", "display", "--test-sound", *options),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **({"PATH": path} if path else {})},
    )
    async with asyncio.timeout(LIMIT_S):
        said, complained = await process.communicate()
    return process.returncode or 0, said.decode(), complained.decode()


def configured(tmp_path: Path, text: str) -> str:
    path = tmp_path / "display.toml"
    path.write_text(f'data = "{tmp_path / "data"}"\n{text}')
    return str(path)


async def test_chime_and_every_language_are_played_without_hub_key_or_settings(tmp_path, card):
    code, said, _ = await run("--json", path=path_with(card, tmp_path / "bin"))
    tried = [json.loads(line) for line in said.splitlines()]
    assert code == 0
    assert [one["what"] for one in tried] == ["chime", *LANGUAGES]
    assert all(one["ok"] for one in tried)
    played = card.played()
    assert played[0].sound == chime.lead()
    assert [round(pcm.seconds(one.sound), 2) for one in played] == [one["lasts_s"] for one in tried]


async def test_it_is_as_loud_as_the_hour_says(tmp_path, card):
    config = configured(tmp_path, "[volume]\n0 = 50")
    await run("--config", config, "--language", "en", path=path_with(card, tmp_path / "bin"))
    assert [pcm.peak(one.sound) for one in card.played()] == pytest.approx([chime.PEAK / 2, 0.45], abs=0.01)


async def test_without_a_sound_card_it_says_so_and_ends_with_1():
    code, said, complained = await run("--alsa-device", "hw:77", "--language", "en")
    assert code == 1
    assert said.startswith("chime: NOT AS IT SHOULD BE: the sound card refused")
    assert "Traceback" not in complained


async def test_every_clip_that_is_missing_or_broken_is_named(tmp_path, card):
    clips = make_pack(tmp_path / "clips", without="2 7")
    (clips / "en" / "k.wav").write_bytes(b"no sound")
    config = configured(tmp_path, f'clips = "{clips}"\nlanguage = "en"')
    code, said, _ = await run("--config", config, path=path_with(card, tmp_path / "bin"))
    lines = said.splitlines()
    assert code == 1
    assert lines[1].startswith("en: played")
    assert "clips en: missing are 2.wav, 7.wav" in lines[2]
    assert "clips en: k.wav is not a plain WAV file" in lines[3]


async def test_a_voice_that_espeak_ng_does_not_have_is_refused_with_a_suggestion(tmp_path):
    code, _, complained = await run("--config", configured(tmp_path, '[voices]\nen = "en-uss"'))
    assert code == 1
    assert "voices.en = en-uss: espeak-ng has no such voice; did you mean en-us?" in complained
