"""The panel's own light, where the kernel lets us turn it down; else the screen is only drawn in dark colours."""

import logging
from pathlib import Path

log = logging.getLogger(__name__)

LIGHTS = Path("/sys/class/backlight")


class Backlight:
    """All lights below `root` that can be set. share_pct: how bright they are when dimmed, of what they were before.

    What cannot be set is left alone; nothing here raises.
    """

    def __init__(self, share_pct: int, root: Path = LIGHTS) -> None:
        self._share_pct = share_pct
        self._root = root
        self._usual: dict[Path, int] = {}
        """Lights that are dimmed now, and how bright they were."""

    def dim(self, dimmed: bool) -> None:
        """Turns them down, or up again to what they were; nothing where they are so already."""
        if dimmed == bool(self._usual):
            return
        if not dimmed:
            usual, self._usual = self._usual, {}
            for light, value in usual.items():
                _set(light, value)
            return
        for light in sorted(self._root.glob("*/brightness")):
            bright = _value(light)
            if bright and _set(light, max(1, bright * self._share_pct // 100)):
                self._usual[light] = bright


def _value(light: Path) -> int | None:
    try:
        text = light.read_text("ascii").strip()
        return int(text)
    except (OSError, ValueError):
        return None


def _set(light: Path, value: int) -> bool:
    try:
        light.write_text(f"{value}\n", "ascii")
    except OSError as trouble:
        log.debug("%s can't be set: %s", light, trouble.strerror)
        return False
    return True
