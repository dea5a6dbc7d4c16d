"""The panel's own light, where the kernel lets us turn it down; else the screen is only drawn in dark colours."""

import json
import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)

LIGHTS = Path("/sys/class/backlight")
_FILE = "brightness"


class Backlight:
    """All lights below `root` that can be set. share_pct: how bright they are when dimmed, of what they were before.
    memory: file of how bright dimmed lights were; who starts after a crash in the dark makes them as bright again.

    What cannot be set is left alone; nothing here raises.
    """

    def __init__(self, share_pct: int, root: Path = LIGHTS, memory: Path | None = None) -> None:
        self._share_pct = share_pct
        self._root = root
        self._memory = memory
        self._usual: dict[str, int] = self._remembered()
        """Lights that are dimmed now, by their names, and how bright they were."""
        self.dim(False)

    def dim(self, dimmed: bool) -> None:
        """Turns them down, or up again to what they were; nothing where they are so already."""
        if dimmed == bool(self._usual):
            return
        if dimmed:
            self._down()
            return
        usual, self._usual = self._usual, {}
        for name, bright in usual.items():
            _set(self._root / name / _FILE, bright)
        self._remember({})

    def _down(self) -> None:
        lights = {light.parent.name: light for light in sorted(self._root.glob(f"*/{_FILE}"))}
        usual = {name: bright for name, light in lights.items() if (bright := _settable(light))}
        if not usual:
            return
        self._remember(usual)
        for name, bright in usual.items():
            if _set(lights[name], max(1, bright * self._share_pct // 100)):
                self._usual[name] = bright

    def _remembered(self) -> dict[str, int]:
        try:
            kept = json.loads(self._memory.read_text("ascii")) if self._memory is not None else {}
        except (OSError, ValueError):
            return {}
        whole = isinstance(kept, dict) and all(type(bright) is int and bright > 0 for bright in kept.values())
        return {name: bright for name, bright in kept.items() if "/" not in name} if whole else {}

    def _remember(self, usual: dict[str, int]) -> None:
        if self._memory is None:
            return
        try:
            if usual:
                self._memory.write_text(json.dumps(usual), "ascii")
            else:
                self._memory.unlink(missing_ok=True)
        except OSError as trouble:
            log.debug("how bright the panel was can't be kept: %s", trouble.strerror)


def _settable(light: Path) -> int | None:
    """How bright it is; None where that is unknown or can't be set."""
    try:
        return int(light.read_text("ascii").strip()) if os.access(light, os.W_OK) else None
    except (OSError, ValueError):
        return None


def _set(light: Path, value: int) -> bool:
    try:
        light.write_text(f"{value}\n", "ascii")
    except OSError as trouble:
        log.debug("%s can't be set: %s", light, trouble.strerror)
        return False
    return True
