"""A sound card for tests that keeps a tape: every sample stands where its clock was when it was heard.

It takes samples at `speed` times real time, 10 ms at once. One program at a time can play; one that is killed is heard
to where it had come.
"""

import stat
import sys
import time
from pathlib import Path

from smartqueue.sound import pcm

_PROGRAM = """#!{python} -IS
import fcntl, os, sys, time
folder, zero, speed, rate = {folder!r}, {zero}, {speed}, {rate}
lock = open(folder + "/lock", "w")
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    open(folder + "/two at once", "w")
    sys.exit("Device or resource busy")
if os.path.exists(folder + "/pulled"):
    sys.exit("No such device")
tape = open(folder + "/tape", "ab", buffering=0)
began = time.monotonic()
late = int((began - zero) * speed * rate) - tape.tell() // 2
tape.write(bytes(2 * max(0, late)))
taken = 0
while piece := sys.stdin.buffer.read(2 * (rate // 100)):
    tape.write(piece)
    taken += len(piece) // 2
    time.sleep(max(0.0, began + taken / rate / speed - time.monotonic()))
"""


class Tape:
    """program: what takes the place of `aplay`."""

    def __init__(self, folder: Path, speed: float = 20.0):
        folder.mkdir()
        self._folder = folder
        self.program = str(folder / "play")
        text = _PROGRAM.format(
            python=sys.executable, folder=str(folder), zero=time.monotonic(), speed=speed, rate=pcm.RATE_HZ
        )
        Path(self.program).write_text(text)
        Path(self.program).chmod(stat.S_IRWXU)
        (folder / "tape").touch()

    def pull_out(self):
        (self._folder / "pulled").touch()

    def plug_in(self):
        (self._folder / "pulled").unlink()

    @property
    def two_at_once(self) -> bool:
        """Somebody wanted to play while another one did."""
        return (self._folder / "two at once").exists()

    @property
    def samples(self) -> int:
        """How long it is now."""
        return (self._folder / "tape").stat().st_size // 2

    def heard(self) -> bytes:
        """All of it, from its first sound on."""
        return (self._folder / "tape").read_bytes()


def common(one: bytes, other: bytes) -> int:
    """Samples with which both begin."""
    length = min(len(one), len(other)) // 2
    return next((n for n in range(length) if one[2 * n : 2 * n + 2] != other[2 * n : 2 * n + 2]), length)
