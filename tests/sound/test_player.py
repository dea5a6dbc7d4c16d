import asyncio
import stat
from itertools import pairwise
from pathlib import Path

import pytest
from sound_hearing import part, sine

from smartqueue.errors import SoundFault
from smartqueue.sound import pcm
from smartqueue.sound.player import AlsaPlayer, FolderPlayer

BELL = sine(600, 0.8)
LEAD = BELL + pcm.silence(0.4)
TONE = sine(440, 0.36, 0.9)


async def at_once(sound: bytes) -> bytes:
    return sound


async def after(event: asyncio.Event, sound: bytes) -> bytes:
    await event.wait()
    return sound


async def broken() -> bytes:
    raise SoundFault("the voice said nothing")


def nothing() -> None:
    pass


def ear(tmp_path: Path) -> tuple[str, Path]:
    """An ALSA device that records what would be heard, and where it records it."""
    path = tmp_path / "heard.raw"
    return f"tee:null,'{path}',raw", path


def program(tmp_path: Path, script: str) -> str:
    path = tmp_path / "player"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def runs(pid: Path) -> bool:
    return Path(f"/proc/{pid.read_text().strip()}").exists()


def has_line(path: Path) -> bool:
    return path.exists() and path.read_text().endswith("\n")


async def noted(path: Path) -> None:
    """Wait until a program has written its line there."""
    while not has_line(path):  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_what_is_heard_is_chime_silence_and_speech_without_a_gap(tmp_path):
    device, heard = ear(tmp_path)
    await AlsaPlayer(device).play("A012-room-3", LEAD, at_once(TONE), nothing)
    whole = heard.read_bytes()
    assert whole.startswith(LEAD + TONE)
    assert pcm.peak(whole[len(LEAD + TONE) :]) == 0


async def test_the_sound_starts_before_the_speech_is_made(tmp_path):
    device, heard = ear(tmp_path)
    started, spoken = asyncio.Event(), asyncio.Event()
    playing = asyncio.create_task(AlsaPlayer(device).play("A012-room-3", LEAD, after(spoken, TONE), started.set))
    await asyncio.wait_for(started.wait(), 5)
    assert not playing.done()
    spoken.set()
    await playing
    assert TONE in heard.read_bytes()


async def test_speech_that_is_late_is_waited_for_in_silence(tmp_path):
    device, heard = ear(tmp_path)
    short = LEAD[: 2 * 1000]

    async def late() -> bytes:
        await asyncio.sleep(0.3)
        return TONE

    await AlsaPlayer(device).play("A012-room-3", short, late(), nothing)
    whole = heard.read_bytes()
    assert whole.startswith(short)
    between = whole[len(short) : whole.index(TONE)]
    assert pcm.seconds(between) > 0.05
    assert pcm.peak(between) == 0


async def test_two_announcements_at_once_are_heard_one_after_the_other(tmp_path):
    running: list[str] = []
    order = tmp_path / "order"
    player = AlsaPlayer("any", program(tmp_path, f"echo start >>{order}; cat >/dev/null; echo end >>{order}"))
    await asyncio.gather(*(player.play("x", TONE, at_once(TONE), lambda: running.append("on")) for _ in range(3)))
    assert order.read_text().split() == ["start", "end"] * 3
    assert len(running) == 3


async def test_without_a_sound_card_it_is_a_fault_that_says_why():
    with pytest.raises(SoundFault, match=r"sound card refused: .*audio open error"):
        await AlsaPlayer("hw:77").play("A012-room-3", LEAD, at_once(TONE), nothing)


async def test_a_player_that_is_not_installed_is_a_fault():
    with pytest.raises(SoundFault, match="no-such-player can't be started"):
        await AlsaPlayer(program="no-such-player").play("A012-room-3", LEAD, at_once(TONE), nothing)


async def test_a_sound_card_that_hangs_is_given_up_and_its_player_ended(tmp_path):
    pid = tmp_path / "pid"
    player = AlsaPlayer("any", program(tmp_path, f"echo $$ >{pid}; exec sleep 60"), slack_s=0.2)
    with pytest.raises(SoundFault, match="in time"):
        await player.play("A012-room-3", TONE[:2000], at_once(TONE[:2000]), nothing)
    assert not runs(pid)


async def test_without_a_voice_the_chime_is_heard_and_it_is_still_a_fault(tmp_path):
    device, heard = ear(tmp_path)
    with pytest.raises(SoundFault, match="said nothing"):
        await AlsaPlayer(device).play("A012-room-3", LEAD, broken(), nothing)
    assert heard.read_bytes().startswith(BELL)


async def test_a_cancelled_announcement_leaves_no_player_behind(tmp_path):
    pid = tmp_path / "pid"
    player = AlsaPlayer("any", program(tmp_path, f"echo $$ >{pid}; exec sleep 60"))
    started = asyncio.Event()
    playing = asyncio.create_task(player.play("x", TONE, at_once(TONE), started.set))
    await started.wait()
    await noted(pid)
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    assert not runs(pid)


async def test_where_there_is_no_sound_card_each_announcement_becomes_a_file(tmp_path):
    player = FolderPlayer(tmp_path, speed=1000)
    first = await player.play("A012-room-3", LEAD, at_once(TONE), nothing)
    second = await player.play("K007-room-2", LEAD, at_once(TONE), nothing)
    assert [first.name, second.name] == ["0001-A012-room-3.wav", "0002-K007-room-2.wav"]
    assert pcm.from_wav(first.read_bytes()) == LEAD + TONE


async def test_numbers_of_files_go_on_after_a_restart(tmp_path):
    await FolderPlayer(tmp_path, speed=1000).play("A012-room-3", TONE, at_once(TONE), nothing)
    later = await FolderPlayer(tmp_path, speed=1000).play("A013-room-3", TONE, at_once(TONE), nothing)
    assert later.name == "0002-A013-room-3.wav"


async def test_only_the_newest_files_stay_where_that_is_wanted(tmp_path):
    player = FolderPlayer(tmp_path, speed=1000, most=2)
    (tmp_path / "9999-older.wav").write_bytes(pcm.to_wav(TONE))
    for name in ("one", "two", "three"):
        await player.play(name, TONE, at_once(b""), nothing)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["10001-two.wav", "10002-three.wav"]


async def test_a_cancelled_file_is_kept_as_far_as_it_was_heard(tmp_path):
    started = asyncio.Event()
    whole = LEAD + TONE
    playing = asyncio.create_task(FolderPlayer(tmp_path).play("x", LEAD, at_once(TONE), started.set))
    await started.wait()
    await asyncio.sleep(0.1)
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    (file,) = tmp_path.iterdir()
    heard = pcm.from_wav(file.read_bytes())
    assert whole.startswith(heard)
    assert 0 < len(heard) < len(whole)


async def test_a_file_lasts_as_long_as_it_would_be_heard(tmp_path):
    clock = asyncio.get_running_loop().time
    began = clock()
    await FolderPlayer(tmp_path, speed=2).play("x", part(LEAD, 0, 0.4), at_once(pcm.silence(0.2)), nothing)
    assert clock() - began >= 0.3 - 0.01


async def test_files_of_two_announcements_at_once_do_not_overlap_in_time(tmp_path):
    clock = asyncio.get_running_loop().time
    starts: list[float] = []
    player = FolderPlayer(tmp_path, speed=4)
    sound = LEAD
    await asyncio.gather(*(player.play("x", sound, at_once(b""), lambda: starts.append(clock())) for _ in range(3)))
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert min(gaps) >= pcm.seconds(sound) / 4 - 0.01


async def test_a_folder_that_can_not_be_written_is_a_fault(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SoundFault, match="does not take sounds"):
        await FolderPlayer(tmp_path / "file" / "sub").play("x", TONE, at_once(TONE), nothing)


async def test_an_announcement_without_speech_is_kept_and_is_still_a_fault(tmp_path):
    with pytest.raises(SoundFault, match="said nothing"):
        await FolderPlayer(tmp_path, speed=1000).play("A012-room-3", LEAD, broken(), nothing)
    assert [file.name for file in tmp_path.iterdir()] == ["0001-A012-room-3.wav"]
