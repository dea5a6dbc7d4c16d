"""Telling systemd that a service is ready and alive. Without systemd every call does nothing.

The ping comes from the main loop, so a loop that hangs is restarted.
"""

import asyncio
import logging
import socket
from collections.abc import Mapping
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServiceNotify:
    """Where to tell. address: of the datagram socket, `@` first for an abstract one, empty for nowhere."""

    address: str = ""
    watchdog_s: float | None = None
    """The service manager restarts us after this long without a ping."""

    def ready(self, status: str = "") -> None:
        self._send("READY=1" + (f"\nSTATUS={_line(status)}" if status else ""))

    def status(self, text: str) -> None:
        """One line that `systemctl status` shows."""
        self._send(f"STATUS={_line(text)}")

    def stopping(self) -> None:
        self._send("STOPPING=1")

    async def watch(self) -> None:
        """Pings at half the watchdog's time until cancelled; returns at once when nobody watches."""
        if not self.address or not self.watchdog_s:
            return
        while True:
            self._send("WATCHDOG=1")
            await asyncio.sleep(self.watchdog_s / 2)

    def _send(self, message: str) -> None:
        if not self.address:
            return
        address = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as out:
                out.sendto(message.encode(), address)
        except OSError as trouble:
            log.warning("service manager not told: %s", trouble.strerror)


def from_environment(environment: Mapping[str, str], pid: int) -> ServiceNotify:
    """What systemd says in NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID. The caller reads the environment."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return ServiceNotify()
    mine = environment.get("WATCHDOG_PID", str(pid)) == str(pid)
    time = environment.get("WATCHDOG_USEC", "")
    watchdog_s = int(time) / 1e6 if mine and time.isdecimal() and int(time) > 0 else None
    return ServiceNotify(address, watchdog_s)


def _line(text: str) -> str:
    return " ".join(text.split())
