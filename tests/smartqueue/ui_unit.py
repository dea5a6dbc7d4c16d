"""The bed of the UI tests as a child process, controlled by JSON lines; every wait is for an event that it reports."""

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import ui_bed
from PIL import Image, ImageChops

LIMIT_S = 60.0
"""For one line of a machine that is busy with other things."""


class Unit:
    def __init__(self, *args: str, environment: dict[str, str] | None = None) -> None:
        script = str(Path(ui_bed.__file__))
        self.process = subprocess.Popen(
            [sys.executable, script, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def tell(self, do: str, **values: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do, **values}) + "\n")
        self.process.stdin.flush()

    def event(self, name: str) -> dict[str, Any]:
        return self.until(name)[-1]

    def until(self, name: str) -> list[dict[str, Any]]:
        """All events up to the first of this name."""
        seen: list[dict[str, Any]] = []
        while not seen or seen[-1]["event"] != name:
            line = self.lines.get(timeout=LIMIT_S)
            assert line is not None, (
                f"the process ended before {name!r}: {self.process.stderr and self.process.stderr.read()}"
            )
            seen.append(json.loads(line))
        return seen

    def picture(self, folder: Path) -> Image.Image:
        path = folder / "shot.png"
        self.tell("screenshot", path=str(path))
        self.event("screenshot")
        with Image.open(path) as opened:
            return opened.convert("RGB")

    def show(self, scene: str, **values: Any) -> None:
        self.tell("show", scene=scene, **values)
        self.event("shown")

    def end(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        code = self.process.wait(LIMIT_S)
        self.reader.join(LIMIT_S)
        return code

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(LIMIT_S)
        self.reader.join(LIMIT_S)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()


def started(*args: str, **values: Any) -> Unit:
    unit = Unit(*args, **values)
    try:
        unit.event("screen")
    except BaseException:
        unit.close()
        raise
    return unit


def difference(one: Image.Image, other: Image.Image) -> int:
    """Largest difference of any channel of any pixel."""
    return max(high for _, high in ImageChops.difference(one, other).getextrema())


def middle(box: Any) -> dict[str, float]:
    return {"x": box.centre[0], "y": box.centre[1]}
