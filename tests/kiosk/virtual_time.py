"""An event loop whose time is only counted: a day of waiting takes no longer than what is done in it."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any


class _Counted(selectors.SelectSelector):
    """Waits for nothing: hands the time that would have been waited to the loop."""

    def __init__(self) -> None:
        super().__init__()
        self.waited_s = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("everybody waits for ever")
        self.waited_s += max(0.0, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._counted = _Counted()
        super().__init__(self._counted)

    def time(self) -> float:
        return 1000.0 + self._counted.waited_s

    def warp(self, seconds: float) -> None:
        """Time goes by at once; whatever was due meanwhile happens now."""
        self._counted.waited_s += seconds


def run(story: Coroutine[Any, Any, None]) -> None:
    loop = VirtualLoop()
    try:
        loop.run_until_complete(story)
    finally:
        loop.close()
