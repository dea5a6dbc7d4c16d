"""Simulated people: patients who touch the kiosk's window, doctors who press the buttons of caller units."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

from smartqueue.demo.child import Child, Event

log = logging.getLogger(__name__)

TOUCH_S = 10.0
TICKET_S = 40.0
"""From touch to ticket or trouble screen at worst: the hub may be killed meanwhile."""
ANSWER_S = 8.0
IN_ROOM_S = 15.5
"""After this long a called person was in the room (queue-rules), and Next finishes and calls the next."""
HEARD_S = 60.0
"""Until a call has been announced at worst: two others may be before it."""
SHOWN_S = 3.0
"""A call stands for 12 s, its announcement takes 9 to 10."""
PAUSE_S = 1.0
FINGER_S = 0.5
"""From one touch to the next: a kiosk takes quicker ones for a trembling hand."""
READ_S = 1.5
"""A look at the number; touches on a screen that has only just come are not taken for its own."""
RESTS = ("attract", "departments")
ONE_EACH = "one_each"
"""Many tickets in a short time: the kiosk asks whether a number is still needed."""
ENDS = ("take_ticket", "trouble", "hub_trouble", "closed", "out_of_service")


class Patient:
    """Walks up to the kiosk, chooses a language and a department, and leaves with a ticket or with a number."""

    def __init__(self, kiosk: Child, language: str, department: str) -> None:
        self._kiosk, self._language, self._department = kiosk, language, department

    async def arrive(self, picture: Callable[[str], Awaitable[None]]) -> None:
        """Up to the touch on the department. picture: takes one of the kiosk's screen under this name."""
        await self._rest()
        await picture("kiosk-attract")
        keys = await self._screen()
        if f"language:{self._language}" not in keys and "languages" in keys:
            keys = await self._touch("languages")
            await picture("kiosk-languages")
        if f"language:{self._language}" in keys:
            keys = await self._touch(f"language:{self._language}")
        if "start" in keys:
            keys = await self._touch("start")
        await picture(f"kiosk-departments-{self._language}")

    async def take_ticket(self) -> Event:
        """Touches the department; the screen that it ends with."""
        await asyncio.sleep(FINGER_S)
        end = await self._touch_until(f"department:{self._department}", (*ENDS, ONE_EACH))
        if end["screen"] == ONE_EACH:
            await asyncio.sleep(READ_S)
            end = await self._touch_until("one_more", ENDS)
        return end

    async def _touch_until(self, key: str, screens: Collection[str]) -> Event:
        end = self._kiosk.expect(lambda said: said.get("screen") in screens, TICKET_S, "end the patient's visit")
        self._kiosk.send(do="touch", key=key)
        return await end

    async def leave(self) -> None:
        await asyncio.sleep(READ_S)
        self._kiosk.send(do="touch", key="done")
        await self._rest()

    async def _rest(self) -> None:
        """Waits until nobody stands before the kiosk."""
        while (await self._state()).get("name") not in RESTS:  # noqa: ASYNC110 - another process has no Event
            await asyncio.sleep(0.2)

    async def _state(self) -> Event:
        answer = self._kiosk.expect(lambda said: "keys" in said, TOUCH_S, "say what it shows")
        self._kiosk.send(do="screen")
        return await answer

    async def _screen(self) -> Collection[str]:
        return list((await self._state())["keys"])

    async def _touch(self, key: str) -> Collection[str]:
        await asyncio.sleep(FINGER_S)
        touched = self._kiosk.expect(lambda said: said.get("key") == key, TOUCH_S, f"take the touch on {key}")
        self._kiosk.send(do="touch", key=key)
        await touched
        await asyncio.sleep(0.15)
        return await self._screen()


class Doctor:
    """Presses Next, sees the person, presses Next again; the first one called does not come."""

    def __init__(self, caller: Child, display: Child, turn: asyncio.Lock) -> None:
        """turn: doctors call one after the other, each when the hall has heard the one before."""
        self._caller, self._display, self._turn = caller, display, turn
        self._calls = 0
        self._called_at = 0.0

    async def work(self) -> None:
        """Until cancelled."""
        while True:
            async with self._turn:
                label = await self._call()
            await asyncio.sleep(PAUSE_S if label is None else max(0.0, self._called_at + IN_ROOM_S - _now()))

    async def _call(self) -> str | None:
        """One call, until the hall has seen and heard it."""
        label = await self._next()
        if label is None:
            return None
        self._called_at, self._calls = _now(), self._calls + 1
        await self._hall_hears(label)
        if self._calls == 1 and (other := await self._nobody_comes()) is not None:
            await self._hall_hears(other)
        return label

    async def _nobody_comes(self) -> str | None:
        """Next within 15 s asks whether it is a no-show; pressing again says so and calls the next."""
        await self._next()
        await asyncio.sleep(PAUSE_S)
        self._called_at = _now()
        return await self._next()

    async def _hall_hears(self, label: str) -> None:
        await self._display.expect(lambda said: _announced(said, label), HEARD_S, f"announce {label}")
        await asyncio.sleep(SHOWN_S)

    async def _next(self) -> str | None:
        """Whom the press called; None when nobody, when it was refused or when the hub is away."""
        said = self._caller.expect(
            lambda event: event.get("event") in ("answer", "unanswered"), ANSWER_S, "answer the press on Next"
        )
        self._caller.send(do="press", button="next")
        answer = await said
        return answer.get("label")


def _announced(said: Event, label: str) -> bool:
    return said.get("event") == "announced" and said.get("label") == label


def _now() -> float:
    return asyncio.get_running_loop().time()


async def snap(child: Child, path: Path) -> None:
    """A picture of what a unit shows now."""
    taken = child.expect(lambda said: said.get("path") == str(path), TOUCH_S, "draw its picture")
    child.send(do="screenshot", path=str(path))
    await taken
