"""Draws a scene with Kivy, pixel for pixel as `paint` does, and says what a finger touches."""

import asyncio
import itertools
import math
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from kivy.graphics import Color, InstructionGroup, PopMatrix, PushMatrix, Rectangle, Scale, Translate
from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glFinish, glReadPixels
from kivy.uix.widget import Widget
from PIL import Image

from smartqueue.look import shapes
from smartqueue.look.paint import layers
from smartqueue.look.scene import Item, Panel, Scene, Target
from smartqueue.look.theme import luminance, rgb
from smartqueue.ui.groups import Groups
from smartqueue.ui.motion import Entrance
from smartqueue.ui.textures import TextureCache

Event = dict[str, Any]
_PRESSED_ON_LIGHT = ("#000000", 0.16)
_PRESSED_ON_DARK = ("#FFFFFF", 0.22)
_DARK_BELOW = 0.2
_BOUNCE_SHARE = 0.06
"""How near two touches must be to be one bouncing finger, as a share of the scene's width."""
_SLIP_SHARE = 0.5
"""A finger may slip off a target by this share of its smaller side and still mean it."""


class SceneView:
    """One scene at a time, filling the window. All calls from the thread of the event loop.

    on_touch(key): a target was touched and left. on_held(key, down): a finger came down on it, and left it or the
    screen: for what is held like a real button. on_contact(): a finger came down anywhere. on_event(name, values):
    what happened, for remote control (`screen` when another scene is really drawn, `touch`, `bounce`). Times are
    time.monotonic() in seconds. bounce_s(key): a second touch at this target's place within this time is no touch but a
    trembling hand or a tired panel. transition_s: how long a screen of another name takes to come, at most 0.25.
    """

    def __init__(self, window: Any, texture_bytes: int, transition_s: float = 0.0) -> None:
        self.on_touch: Callable[[str], None] = lambda key: None
        self.on_contact: Callable[[], None] = lambda: None
        self.on_held: Callable[[str, bool], None] = lambda key, down: None
        self.on_event: Callable[[str, Event], None] = lambda name, values: None
        self.on_resize: Callable[[int, int], None] = lambda width_px, height_px: None
        self.bounce_s: Callable[[str], float] = lambda key: 0.0
        self.scene: Scene | None = None
        self.widget = Widget(size=window.size)
        self._window = window
        self._textures = TextureCache(texture_bytes)
        self._groups = Groups(self._group)
        self._entrance = Entrance(transition_s, time.monotonic)
        self._new: frozenset[Item] = frozenset()
        self._veil = InstructionGroup()
        self._pressed: Target | None = None
        self._pressed_at = 0.0
        self._finger: Any = None
        self._last_touch = ("", -math.inf, 0.0, 0.0)
        self._shown: list[Callable[[float], None]] = []
        self._shots: list[asyncio.Future[Image.Image]] = []
        self._last_name: str | None = None
        self._changed = False
        self.widget.bind(on_touch_down=self._down, on_touch_move=self._moved, on_touch_up=self._up)
        window.bind(on_flip=self._flip, on_resize=self._resized)

    # --- showing

    @property
    def size_px(self) -> tuple[int, int]:
        """Of the window, which on a device is the panel's."""
        return int(self._window.width), int(self._window.height)

    def show(self, scene: Scene, shown: Callable[[float], None] | None = None, *, still: bool = False) -> None:
        """Shows a scene from the next frame on; shown(t) is called once it has really been drawn.

        still: without a transition, whose frames would take their time from what is done meanwhile.
        """
        if shown is not None:
            self._shown.append(shown)
        self._changed = True
        if scene == self.scene:
            self.widget.canvas.ask_update()
            return
        if self.scene is not None and scene.height_px != self.scene.height_px:
            self._groups.drop()
        pressed = self._pressed
        if pressed not in scene.targets:  # a finger that is down keeps only the same target at the same place
            self._pressed = None
        self._enter(self.scene, scene, still)
        self.scene = scene
        self._draw()
        if pressed != self._pressed:
            self._tell_held(pressed, None)

    def _enter(self, before: Scene | None, scene: Scene, still: bool) -> None:
        """A screen of another name comes with a transition; any other change is there at once."""
        if before is None or before.name == scene.name:
            return
        if still:
            self._entrance.end()
        else:
            self._new = frozenset(scene.items) - frozenset(before.items)
            self._entrance.begin(scene.height_px)

    def draw_now(self) -> None:
        """Draws what was shown last at once, not when the window next looks for news. From a task of the loop only,
        never from a callback of this view: Kivy is then between two frames."""
        canvas = self._window.canvas
        if canvas is not None and canvas.needs_redraw:
            self._window.dispatch("on_draw")
            self._window.dispatch("on_flip")

    def warm(self, scene: Scene) -> None:
        """Makes what draws a scene that will be shown soon, if it is as high as the one that is shown."""
        if self.scene is not None and scene.height_px == self.scene.height_px:
            self._groups.warm(scene.items)

    def place(self, left_px: int, top_px: int) -> None:
        """Moves a window that has a frame to this place on the screen."""
        self._window.left, self._window.top = left_px, top_px

    @property
    def texture_bytes(self) -> int:
        """Memory that the cache of textures holds now."""
        return self._textures.used_bytes

    def close(self) -> None:
        """Ends `window.run`."""
        from kivy.base import stopTouchApp  # noqa: PLC0415

        stopTouchApp()

    def stopped(self) -> None:
        """The window is gone: nobody waits for a picture any more."""
        self._entrance.end()
        for shot in self._shots:
            shot.cancel()

    def _transform(self) -> tuple[float, float, float]:
        """Scale, and offsets in window pixels: 1, 0, 0 where the window has the scene's size."""
        width, height = self.size_px
        if self.scene is None or (width, height) == (self.scene.width_px, self.scene.height_px):
            return 1.0, 0.0, 0.0
        scale = min(width / self.scene.width_px, height / self.scene.height_px)
        return scale, (width - self.scene.width_px * scale) / 2, (height - self.scene.height_px * scale) / 2

    def _draw(self) -> None:
        scene = self.scene
        if scene is None:
            return
        scale, left, bottom = self._transform()
        canvas = self.widget.canvas
        canvas.clear()
        red, green, blue = (value / 255 for value in rgb(scene.ground))
        self._window.clearcolor = (red, green, blue, 1)
        canvas.add(PushMatrix())
        if scale != 1.0:
            canvas.add(Translate(left, bottom))
            canvas.add(Scale(scale, scale, 1))
        self._entrance.forget()
        groups = self._groups.show(scene.items)
        for comes, run in itertools.groupby(groups, self._comes):
            if comes:
                self._entrance.put(canvas, [groups[item] for item in run])
            else:
                for item in run:
                    canvas.add(groups[item])
        self._veil.clear()
        if self._pressed is not None:
            self._veil = self._pressed_look(self._pressed)
            canvas.add(self._veil)
        canvas.add(PopMatrix())

    def _comes(self, item: Item) -> bool:
        return self._entrance.runs and item in self._new

    def _group(self, item: Item) -> InstructionGroup:
        return self._instructions(layers(item))

    def _instructions(self, parts: Iterable[shapes.Layer], alpha: float = 1.0) -> InstructionGroup:
        group = InstructionGroup()
        height = self.scene.height_px if self.scene else 0
        colour = None
        for layer in parts:
            picture = layer.picture or layer.mask
            wanted = "#FFFFFF" if layer.picture is not None else layer.colour
            if wanted != colour:
                group.add(Color(*(value / 255 for value in rgb(wanted)), alpha))
                colour = wanted
            texture = self._textures.texture(picture) if picture is not None else None
            place = {"pos": (layer.x, height - layer.y - layer.h), "size": (layer.w, layer.h)}
            group.add(Rectangle(texture=texture, **place) if texture is not None else Rectangle(**place))
        return group

    def _pressed_look(self, target: Target) -> InstructionGroup:
        """A veil over the target, with the corners of the panel that it belongs to."""
        panel = next((item for item in self._panels() if item.box == target.box), None)
        box = target.box
        fill = panel.fill if panel is not None and panel.fill else (self.scene.ground if self.scene else "#FFFFFF")
        colour, alpha = _PRESSED_ON_DARK if luminance(fill) < _DARK_BELOW else _PRESSED_ON_LIGHT
        x, y = round(box.x), round(box.y)
        w, h = round(box.right) - x, round(box.bottom) - y
        radius = min(round(panel.radius_px), w // 2, h // 2) if panel is not None else 0
        corners = panel.corners if panel is not None else (False, False, False, False)
        return self._instructions(shapes.filled(shapes.Rounded(x, y, w, h, radius, corners), colour), alpha)

    def _panels(self) -> Iterable[Panel]:
        return (item for item in (self.scene.items if self.scene else ()) if isinstance(item, Panel))

    def _resized(self, _window: Any, width: float, height: float) -> None:
        self.widget.size = (width, height)
        self._draw()
        self.on_resize(int(width), int(height))

    # --- frames

    def _flip(self, window: Any) -> bool:
        """Swaps the buffers itself, so that what follows comes after the frame and not before it."""
        if self._shots and self.widget.size == list(window.size) and not self._entrance.runs:
            picture = self._pixels()
            for shot in self._shots:
                if not shot.done():
                    shot.set_result(picture)
            self._shots.clear()
        window.flip()
        glFinish()  # else a card that is drawn by the processor keeps what it has not finished, and ever more of it
        if self._changed and self.scene is not None:
            self._changed = False
            self._tell_shown(self.scene, time.monotonic())
        return True

    def _tell_shown(self, scene: Scene, now: float) -> None:
        waiting, self._shown = self._shown, []
        if scene.name != self._last_name:
            self._last_name = scene.name
            self.on_event("screen", {"name": scene.name, "t": now})
        for shown in waiting:
            shown(now)

    def _pixels(self) -> Image.Image:
        width, height = self.size_px
        data = glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
        return Image.frombytes("RGBA", (width, height), data).transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGB")

    async def picture(self) -> Image.Image:
        """What the window shows, in the next frame that is drawn whole."""
        shot: asyncio.Future[Image.Image] = asyncio.get_running_loop().create_future()
        self._shots.append(shot)
        self.widget.canvas.ask_update()
        return await shot

    async def screenshot(self, path: Path) -> None:
        """Saves what the window shows as exactly this PNG file; it is whole or not there."""
        picture = await self.picture()
        await asyncio.to_thread(_save, picture, path)

    # --- fingers

    def window_point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the scene in the window's pixels, y up."""
        scale, left, bottom = self._transform()
        height = self.scene.height_px if self.scene else 0
        return left + x * scale, bottom + (height - y) * scale

    def _scene_point(self, touch: Any) -> tuple[float, float]:
        scale, left, bottom = self._transform()
        height = self.scene.height_px if self.scene else 0
        return (touch.x - left) / scale, height - (touch.y - bottom) / scale

    def _down(self, _widget: Widget, touch: Any) -> bool:
        """The latest finger counts: one that was forgotten, or a resting palm, never blocks the next."""
        if getattr(touch, "button", "left") not in {"left", None} or self.scene is None:
            return True
        now, (x, y) = time.monotonic(), self._scene_point(touch)
        self.on_contact()
        self._press(None)
        if self._bounced(now, x, y):
            self.on_event("bounce", {"t": now})
            return True
        self._finger, self._pressed_at = touch, now
        self._press(self.scene.target_at(x, y))
        return True

    def _bounced(self, now: float, x: float, y: float) -> bool:
        key, at, last_x, last_y = self._last_touch
        near = _BOUNCE_SHARE * (self.scene.width_px if self.scene else 0)
        return now - at < self.bounce_s(key) and math.hypot(x - last_x, y - last_y) < near

    def _moved(self, _widget: Widget, touch: Any) -> bool:
        if touch is self._finger and self._pressed is not None and not self._means(self._pressed, touch):
            self._press(None)
        return True

    def _up(self, _widget: Widget, touch: Any) -> bool:
        if touch is not self._finger:
            return True
        self._finger = None
        target = self._pressed if self._pressed is not None and self._means(self._pressed, touch) else None
        self._press(None)
        if target is not None:
            now = time.monotonic()
            self._last_touch = (target.key, now, *self._scene_point(touch))
            self.on_event("touch", {"key": target.key, "down": self._pressed_at, "t": now})
            self.on_touch(target.key)
        return True

    def _means(self, target: Target, touch: Any) -> bool:
        x, y = self._scene_point(touch)
        slip = _SLIP_SHARE * min(target.box.w, target.box.h)
        under = self.scene.target_at(x, y) if self.scene else None
        return (under is None or under.key == target.key) and target.box.inset(-slip).contains(x, y)

    def _press(self, target: Target | None) -> None:
        before = self._pressed
        if target != before:
            self._pressed = target
            self._draw()
            self._tell_held(before, target)

    def _tell_held(self, before: Target | None, now: Target | None) -> None:
        if before is not None:
            self.on_held(before.key, False)
        if now is not None:
            self.on_held(now.key, True)


def _save(picture: Image.Image, path: Path) -> None:
    temporary = path.with_name(f".{path.name}.part")
    picture.save(temporary, format="PNG", compress_level=3)
    temporary.replace(path)
