"""The kiosk's sounds: soft, short, one at a time, and never a reason to stop."""

import asyncio
import logging
import struct

import pytest

from kiosk.beeper import RATE_HZ, Beeper, samples
from kiosk.terms import Sound


def program(tmp_path, script: str) -> str:
    path = tmp_path / "player"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("sound", list(Sound))
def test_a_sound_is_short_and_starts_and_ends_softly(sound):
    data = samples(sound)
    values = struct.unpack(f"<{len(data) // 2}h", data)
    assert 0.3 < len(values) / RATE_HZ < 1.0
    assert 5_000 < max(values) < 16_000
    assert abs(values[0]) < 100
    assert abs(values[-1]) < 100


async def test_what_is_played_is_the_sound(tmp_path):
    heard = tmp_path / "heard"
    await Beeper(program(tmp_path, f'cat > "{heard}"')).beep(Sound.TICKET)
    assert heard.read_bytes() == samples(Sound.TICKET)


async def test_two_sounds_follow_one_another(tmp_path):
    beeper = Beeper(program(tmp_path, f'cat >> "{tmp_path}/heard"'))
    await asyncio.gather(beeper.beep(Sound.TICKET), beeper.beep(Sound.WARNING))
    assert (tmp_path / "heard").read_bytes() == samples(Sound.TICKET) + samples(Sound.WARNING)


@pytest.mark.parametrize("script", [None, "cat > /dev/null; exit 1"])
async def test_without_a_sound_card_it_is_said_once(tmp_path, caplog, script):
    beeper = Beeper(program(tmp_path, script) if script else str(tmp_path / "missing"))
    with caplog.at_level(logging.WARNING):
        await beeper.beep(Sound.TICKET)
        await beeper.beep(Sound.TICKET)
    assert [record.getMessage().startswith("no sound") for record in caplog.records] == [True]
