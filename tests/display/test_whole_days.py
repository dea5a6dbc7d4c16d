"""The short version of the bench `announcer`, which runs 24 hours with the real voice."""

import stat
from itertools import pairwise
from pathlib import Path

from display_day import Hall
from display_packs import wav

from display.speech import Speech
from smartqueue.sound.shelf import Shelf
from smartqueue.sound.voice import Voice

HOURS = 2
KEPT = 30


def murmur(tmp_path: Path) -> str:
    """In the place of espeak-ng: says the same for everything, at once."""
    (tmp_path / "murmur.wav").write_bytes(wav(600, seconds=0.1))
    program = tmp_path / "murmur"
    program.write_text(f'#!/bin/sh\nwhile [ "$1" != -w ]; do shift; done\nexec cp {tmp_path}/murmur.wav "$2"\n')
    program.chmod(stat.S_IRWXU)
    return str(program)


async def test_hours_of_calls_are_all_announced_one_by_one_and_leave_no_growing_memory(tmp_path):
    folder = tmp_path / "voice"
    folder.mkdir()
    speech = Speech(Voice(folder, program=murmur(tmp_path), kept_files=KEPT), Shelf(folder))
    day = await Hall(speech, folder, seed=5, least_s=9.0).spend(HOURS)
    announced = [id_ for _, _, ids in day.spans for id_ in ids]
    assert len(day.made) > 250
    assert sorted(announced, key=int) == day.made
    assert all(later[0] >= earlier[1] for earlier, later in pairwise(day.spans))
    assert all(ends - begins >= 12 - 1e-6 for begins, ends, _ in day.spans)
    assert max(len(ids) for _, _, ids in day.spans) >= 4
    assert max(day.held) < 8_000
    assert day.objects[-1] - day.objects[0] < 500
    assert max(day.files) <= KEPT
