"""The one window of a unit. Kivy reads its environment and settings while it is imported: so nobody imports Kivy, or
`smartqueue.ui.scene_view`, before `open_view` has been called.
"""

import asyncio
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smartqueue.errors import StartFault
from smartqueue.look import fonts

if TYPE_CHECKING:
    from smartqueue.ui.scene_view import SceneView

log = logging.getLogger(__name__)

FRAMES_PER_SECOND = 30
PACKAGES = "libgl1 libegl1 libgles2 libmtdev1"
_SCREEN_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY")


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """width_px, height_px: of the scenes (and of the window, unless fullscreen).

    fullscreen: on a device - the whole panel, no pointer, and no way out for a finger or a keyboard.
    headless: draw into memory; None: when there is no screen. texture_bytes: how much memory drawn words and
    icons may keep. frames_per_second: how often the window looks for news; a change waits half of that on average.
    transition_s: how long a screen of another name takes to come, at most 0.25.
    """

    width_px: int
    height_px: int
    title: str = "SmartQueue"
    fullscreen: bool = False
    headless: bool | None = None
    texture_bytes: int = 32 * 1024 * 1024
    frames_per_second: int = FRAMES_PER_SECOND
    transition_s: float = 0.0


def screen_is_there(fullscreen: bool = False) -> bool:
    """A display server runs, or (fullscreen) there is a graphics card to draw on directly."""
    if any(os.environ.get(name) for name in _SCREEN_VARIABLES):
        return True
    return fullscreen and any(Path("/dev/dri").glob("card*"))


def _environment(settings: WindowSettings) -> Iterator[tuple[str, str]]:
    yield "KIVY_NO_ARGS", "1"
    yield "KIVY_NO_CONFIG", "1"  # nothing is read or written at home: settings come from here alone
    yield "KIVY_HOME", "/nonexistent"
    yield "KIVY_WINDOW", "sdl2"
    yield "KIVY_NO_FILELOG", "1"
    yield "KIVY_LOG_MODE", "PYTHON"
    yield "KIVY_NO_ENV_CONFIG", "1"
    yield "SDL_NO_SIGNAL_HANDLERS", "1"
    yield "SDL_VIDEO_ALLOW_SCREENSAVER", "0"
    headless = settings.headless if settings.headless is not None else not screen_is_there(settings.fullscreen)
    if headless:
        yield "SDL_VIDEODRIVER", "offscreen"
    elif "SDL_VIDEODRIVER" not in os.environ:
        yield "SDL_VIDEODRIVER", _drivers()


def _drivers() -> str:
    """SDL's drivers for the screen that is there. Left alone SDL would fall back to one that shows nothing."""
    if os.environ.get("WAYLAND_DISPLAY"):
        return "wayland,x11"
    return "x11" if os.environ.get("DISPLAY") else "kmsdrm"


def _configure(settings: WindowSettings) -> None:
    from kivy.config import Config  # noqa: PLC0415 - after the environment is set

    values: dict[str, dict[str, str | int]] = {
        "graphics": {
            "width": settings.width_px,
            "height": settings.height_px,
            "maxfps": settings.frames_per_second,
            "multisamples": 0,
            "fullscreen": "auto" if settings.fullscreen else 0,
            "borderless": int(settings.fullscreen),
            "resizable": int(not settings.fullscreen),
            "show_cursor": int(not settings.fullscreen),
            "allow_screensaver": 0,
        },
        "kivy": {"exit_on_escape": 0, "desktop": 0, "pause_on_minimize": 0, "log_level": "warning"},
    }
    for section, pairs in values.items():
        for name, value in pairs.items():
            Config.set(section, name, str(value))
    Config.remove_section("input")
    Config.add_section("input")
    Config.set("input", "mouse", "mouse,disable_multitouch")  # SDL turns a touchscreen's finger into a mouse
    Config.remove_section("modules")
    Config.add_section("modules")


class _KivyLog(logging.Filter):
    """Lets warnings through; keeps Kivy's long story of why there is no window, of which one line is wanted."""

    why = ""

    def filter(self, record: logging.LogRecord) -> bool:
        story = record.getMessage().splitlines()
        if record.levelno == logging.CRITICAL and story and story[0].startswith("Window"):
            self.why = story[1].partition("Error: ")[2].strip("b'") if len(story) > 1 else ""
            return False
        return record.levelno >= logging.WARNING


def open_view(settings: WindowSettings) -> "SceneView":
    """Opens the window and returns the view that fills it. Once for each process.

    Raises StartFault with one clear line when there are no fonts, no RAQM or no window to be had.
    """
    fonts.checked()
    os.environ.update(_environment(settings))
    kivy_log = _KivyLog()
    logging.getLogger("kivy").addFilter(kivy_log)
    _configure(settings)
    from kivy.core.window import Window  # noqa: PLC0415 - makes the window

    if Window is None:
        why = f" ({kivy_log.why})" if kivy_log.why else ""
        raise StartFault(f"No window could be opened{why}. Is there a screen, and are these installed: {PACKAGES}?")
    Window.set_title(settings.title)
    if settings.fullscreen:
        Window.bind(on_request_close=_swallow, on_key_down=_swallow, on_key_up=_swallow)
    from smartqueue.ui.scene_view import SceneView  # noqa: PLC0415

    return SceneView(Window, settings.texture_bytes, settings.transition_s)


def _swallow(*_args: object, **_values: object) -> bool:
    """No way out for a keyboard either. What listens to keys on a device binds later, and hears them before this."""
    return True


async def run(view: "SceneView") -> None:
    """Shows the view on the running loop until `view.close()` or the window's close button; cancelling ends it too."""
    from kivy.base import EventLoop, async_runTouchApp  # noqa: PLC0415

    try:
        await async_runTouchApp(view.widget, async_lib="asyncio")
    finally:
        view.stopped()
        if EventLoop.window is not None:
            EventLoop.window.close()
        await asyncio.sleep(0)
