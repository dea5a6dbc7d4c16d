"""Hears readers that type like a keyboard: keys of the window, on the way to `TypedCodes`."""

import time
from collections.abc import Callable
from typing import Any

from kiosk.codes import Fresh
from kiosk.link import Clock
from kiosk.typed_codes import TypedCodes


def hear_codes(window: Any, on_code: Callable[[str], None], clock: Clock = time.monotonic) -> Callable[[], None]:
    """Tells every code that a reader types into this window; what people type is dropped. Gives a way to stop.

    window: Kivy's; on_code is called on its thread, which is the event loop's.
    """
    typed, fresh = TypedCodes(), Fresh()

    def pressed(_window: Any, _key: int, scancode: int, _text: str, modifiers: list[str]) -> bool:
        now = clock()
        code = typed.key(scancode, now, shift="shift" in modifiers)
        if code is not None and fresh.is_new(code, now):
            on_code(code)
        return False

    window.bind(on_key_down=pressed)
    return lambda: window.unbind(on_key_down=pressed)
