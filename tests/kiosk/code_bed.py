"""A window for the test of readers that type: says each code as a JSON line, ends with its input. Run as a script.

With the word `whole` it is that of a device, on the whole screen. `keyboard` is said of keys that nobody has swallowed.
"""

# ruff: noqa: PLC0415 - Kivy may be imported only once the window is open

import asyncio
import json
import sys

from smartqueue.ui.window import WindowSettings, open_view, run


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def until_stdin_ends() -> None:
    view = open_view(WindowSettings(320, 200, title="codes", headless=False, fullscreen="whole" in sys.argv))
    from kivy.core.window import Window

    from kiosk.ui.code_keys import hear_codes

    hear_codes(Window, lambda code: say(code=code))
    Window.bind(on_key_down=lambda *_event: say(key=True), on_keyboard=lambda *_event: say(keyboard=True))
    shown = asyncio.create_task(run(view))
    say(ready=True)
    await asyncio.to_thread(sys.stdin.read)
    view.close()
    await shown


if __name__ == "__main__":
    asyncio.run(until_stdin_ends())
