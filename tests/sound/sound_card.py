"""A sound card for tests: stands in for `aplay`, plays at `speed` times real time, keeps all it played and when."""

import json
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from smartqueue.sound import pcm

_PROGRAM = """#!{python} -IS
import json, os, sys, time
speed, fails_after_s, folder = {speed}, {fails_after_s}, {folder!r}
began, taken, taken_s = time.monotonic(), bytearray(), 0.0
while piece := sys.stdin.buffer.read1(4096):
    taken += piece
    taken_s = len(taken) / {bytes_per_second}
    ahead_s = taken_s / speed - (time.monotonic() - began)
    if ahead_s > 0.05:
        time.sleep(ahead_s - 0.05)
    if fails_after_s is not None and taken_s > fails_after_s and not os.path.exists(folder + "/well"):
        sys.exit("the card was pulled out")
time.sleep(max(0.0, began + taken_s / speed - time.monotonic()))
with open(f"{{folder}}/{{os.getpid()}}.raw", "wb") as out:
    out.write(taken)
with open(f"{{folder}}/played", "a") as out:
    out.write(json.dumps([began, time.monotonic(), os.getpid()]) + "\\n")
"""


@dataclass(frozen=True)
class Played:
    """began_s, ended_s: on the machine's monotonic clock."""

    began_s: float
    ended_s: float
    sound: bytes


class Card:
    """program: what takes the place of `aplay`. fails_after_s: of sound, then it is gone until `mend`."""

    def __init__(self, folder: Path, speed: float = 1.0, fails_after_s: float | None = None):
        self.speed = speed
        self._folder = folder
        folder.mkdir()
        self.program = str(folder / "play")
        text = _PROGRAM.format(
            python=sys.executable,
            speed=speed,
            fails_after_s=fails_after_s,
            folder=str(folder),
            bytes_per_second=pcm.BYTES_PER_SECOND,
        )
        Path(self.program).write_text(text)
        Path(self.program).chmod(stat.S_IRWXU)

    def mend(self):
        (self._folder / "well").touch()

    def played(self) -> list[Played]:
        """What was played to its end, in order."""
        log = self._folder / "played"
        lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        return [Played(began, ended, (self._folder / f"{pid}.raw").read_bytes()) for began, ended, pid in sorted(lines)]
