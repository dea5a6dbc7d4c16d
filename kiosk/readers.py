"""The code readers of a kiosk: one that types is always heard, one on a serial line where it is set."""

from collections.abc import Callable

from kiosk.code_reader import SerialCodes
from kiosk.corner import ReaderState


class Readers:
    """on_code: called on the event loop with what was read. `run` ends at once where nothing has to be opened.

    serial: address of a reader's line. set_up: the settings name a reader.
    """

    def __init__(self, serial: str | None, *, set_up: bool) -> None:
        self.on_code: Callable[[str], None] = lambda _text: None
        self._serial = None if serial is None else SerialCodes(serial, self.heard)
        self._set_up = set_up
        self._heard = False

    def heard(self, text: str) -> None:
        """From any of them."""
        self._heard = True
        self.on_code(text)

    def known(self) -> bool:
        """Whether people may be told that they can hold a code before it."""
        return self._set_up or self._heard

    def state(self) -> ReaderState:
        if self._heard or (self._serial is not None and self._serial.there):
            return ReaderState.THERE
        if self._serial is not None:
            return ReaderState.MISSING
        return ReaderState.UNHEARD if self._set_up else ReaderState.UNSET

    async def run(self) -> None:
        if self._serial is not None:
            await self._serial.run()
