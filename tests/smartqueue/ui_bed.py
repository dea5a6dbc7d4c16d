"""A small unit with a real window for the UI tests: two scenes, controlled by JSON lines like every simulated unit.

Run as a script: ui_bed.py WIDTHxHEIGHT [--fullscreen] [--bounce SECONDS] [--quick KEY] [--transition SECONDS]
"""

# ruff: noqa: PLC0415 - Kivy may be imported only once the window is open

import argparse
import asyncio
import gc
import resource
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import look_scenes

from smartqueue.errors import StartFault
from smartqueue.look import theme
from smartqueue.look.scene import Box, Icon, Panel, Photo, Scene, Target, Text
from smartqueue.look.screen import parse_size
from smartqueue.ui import window

SIZE = (641, 401)
"""Odd on purpose: rows of textures and of screenshots are then not a multiple of four bytes."""
FIRST_KEY, SECOND_KEY = Box(20, 20, 280, 150), Box(330, 20, 280, 150)


def small_scene(name: str, photo: Path | None = None) -> Scene:
    """Two keys, of which the second is dark; `name` is written on both."""
    light = theme.LIGHT
    items = (
        Panel(FIRST_KEY, light.card, light.edge, 3, 18),
        Text(FIRST_KEY, name, "en", 33, 700, light.text, "center"),
        Panel(SECOND_KEY, light.primary, None, 0, 18),
        Icon(SECOND_KEY.inset(40), "arrow-right", light.on_primary, directional=True),
        Text(Box(20, 300, 600, 40), "إلى أين تريد الذهاب؟", "ar", 29, 400, light.text, "end"),
    )
    pictures = (Photo(Box(20, 190, 90, 90), photo),) if photo else ()
    targets = (Target(FIRST_KEY, "first"), Target(SECOND_KEY, "second"))
    return Scene(*SIZE, light.ground, (*items, *pictures), targets, name)


SCENES = {
    "one": lambda: small_scene("one"),
    "two": lambda: small_scene("two"),
    "kiosk": lambda: look_scenes.kiosk_departments("hi"),
    "kiosk-ar": lambda: look_scenes.kiosk_departments("ar"),
    "display": look_scenes.display_call,
}


class Bed:
    def __init__(self, view: Any) -> None:
        from smartqueue.ui.remote import Remote

        self.view = view
        self.flips = 0
        self.finger: Any = None
        self.remote = Remote(
            view,
            {
                name: getattr(self, name)
                for name in ("show", "many", "frames", "entrance", "down", "up", "key", "close", "memory")
            },
        )
        view.on_touch = self.touched
        view.on_contact = lambda: self.remote.report("contact")
        view.on_held = lambda key, down: self.remote.report("held", key=key, down=down)

    def touched(self, key: str) -> None:
        name = "two" if self.view.scene.name == "one" else "one"
        self.remote.report("acted", key=key)
        self.view.show(SCENES[name](), lambda t: self.remote.report("shown", scene=name, t=t))

    def show(self, command: Any) -> None:
        name = str(command["scene"])
        photo = Path(command["photo"]) if "photo" in command else None
        scene = small_scene(name, photo) if photo else SCENES[name]()
        self.view.show(scene, lambda t: self.remote.report("shown", scene=name, t=t))
        if command.get("now"):
            self.view.draw_now()
            self.remote.report("returned")

    async def many(self, command: Any) -> None:
        """Shows so many scenes with other words each; what is drawn is counted while nobody collects garbage."""
        from kivy.graphics import Rectangle

        gc.collect()
        gc.disable()
        for number in range(int(command["first"]), int(command["last"])):
            self.view.show(small_scene(f"word {number}"))
            self.view.draw_now()
            await asyncio.sleep(0)
        alive = sum(isinstance(one, Rectangle) for one in gc.get_objects())
        gc.enable()
        held = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
        self.remote.report("many", rectangles=alive, texture_bytes=self.view.texture_bytes, held_bytes=held)

    async def frames(self, command: Any) -> None:
        """Lets the clock tick so many times and reports how many frames were really drawn meanwhile."""
        from kivy.clock import Clock

        done, before = asyncio.Event(), self.flips
        left = int(command["count"])

        def tick(_dt: float) -> bool:
            nonlocal left
            left -= 1
            if left == 0:
                done.set()
            return left > 0

        Clock.schedule_interval(tick, 0)
        await done.wait()
        self.remote.report("frames", drawn=self.flips - before)

    async def entrance(self, command: Any) -> None:
        """Shows another scene and reports how it came. touch: by a finger at this place, as soon as it comes."""
        from kivy.clock import Clock

        view, entrance = self.view, self.view._entrance
        scene = SCENES[str(command["scene"])]()
        if "words" in command:
            scene = replace(small_scene(str(command["words"])), name=scene.name)
        new = len(set(scene.items) - set(view.scene.items))
        view.show(scene, still=bool(command.get("still")))
        clear = [colour.a for colour, _ in entrance._colours]
        moved = len(view._new) if entrance.runs else 0
        if "touch" in command:
            self.down(command["touch"])
            await asyncio.sleep(0)
            self.up({})
        frames, ended = 0, asyncio.Event()

        def tick(_dt: float) -> bool:
            nonlocal frames
            frames += entrance.runs
            if not entrance.runs:
                ended.set()
            return entrance.runs

        Clock.schedule_interval(tick, 0)
        await ended.wait()
        values = {"frames": frames, "first_clear": min(clear, default=1.0), "seconds": entrance.seconds}
        self.remote.report("entrance", **values, moved=moved, new=new, items=len(set(scene.items)))

    def down(self, command: Any) -> None:
        from kivy.base import EventLoop

        from smartqueue.ui.finger import finger

        self.finger = finger(*self.share(command))
        EventLoop.post_dispatch_input("begin", self.finger)

    def up(self, command: Any) -> None:
        """Lifts the finger, after moving it when x and y are given."""
        from kivy.base import EventLoop

        if "x" in command:
            x, y = self.share(command)
            self.finger.move({"x": x, "y": y})
            EventLoop.post_dispatch_input("update", self.finger)
        EventLoop.post_dispatch_input("end", self.finger)

    def share(self, command: Any) -> tuple[float, float]:
        width, height = self.view.size_px
        x, y = self.view.window_point(float(command["x"]), float(command["y"]))
        return x / (width - 1), y / (height - 1)

    def key(self, command: Any) -> None:
        from kivy.core.window import Window

        code = int(command["code"])
        Window.dispatch("on_key_down", code, 0, "", [])
        Window.dispatch("on_keyboard", code, 0, "", [])

    def close(self, _command: Any) -> None:
        """What Alt+F4 or the close button of a window manager asks for."""
        from kivy.core.window import Window

        self.remote.report("close", refused=bool(Window.dispatch("on_request_close")))

    def memory(self, _command: Any) -> None:
        self.remote.report("memory", texture_bytes=self.view.texture_bytes)

    async def run(self) -> None:
        from kivy.core.window import Window

        Window.bind(on_draw=self.drawn)
        task = asyncio.create_task(self.remote.serve())
        await window.run(self.view)
        task.cancel()

    def drawn(self, _window: Any) -> None:
        self.flips += 1


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=parse_size)
    parser.add_argument("--fullscreen", action="store_true")
    parser.add_argument("--on-screen", action="store_true")
    parser.add_argument("--texture-bytes", type=int, default=1_000_000)
    parser.add_argument("--bounce", type=float, default=0.0)
    parser.add_argument("--quick", default="", help="the key of a target on which nothing bounces")
    parser.add_argument("--transition", type=float, default=0.0)
    args = parser.parse_args()
    settings = window.WindowSettings(
        *args.size,
        fullscreen=args.fullscreen,
        headless=not args.on_screen,
        texture_bytes=args.texture_bytes,
        transition_s=args.transition,
    )
    try:
        view = window.open_view(settings)
    except StartFault as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    view.bounce_s = lambda key: 0.0 if key == args.quick else args.bounce
    bed = Bed(view)
    view.show(small_scene("one"))
    asyncio.run(bed.run())
    return 0


if __name__ == "__main__":
    sys.exit(main())
