"""Where the hub may be: one fixed address, or whatever was found. Always a hint, never a reason to trust."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol
from urllib.parse import urlsplit

from smartqueue.errors import StartFault


class Addresses(Protocol):
    """What the client asks of discovery."""

    def candidates(self) -> Sequence[str]:
        """Base URLs such as `http://127.0.0.1:8080`, the newest first; may be empty."""

    async def wait_for_change(self, known: Sequence[str]) -> None:
        """Returns as soon as `candidates()` differs from `known`; may take for ever."""

    def reached(self, address: str | None) -> None:
        """The hub was reached there, or (None) at none of the candidates."""


class Fixed:
    """Addresses that a person gave. Raises StartFault when one is no base URL."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = tuple(base_url(address) for address in addresses)

    def candidates(self) -> Sequence[str]:
        return self._addresses

    async def wait_for_change(self, known: Sequence[str]) -> None:
        await asyncio.get_running_loop().create_future()

    def reached(self, address: str | None) -> None:
        """A fixed address stays, whatever happens."""


@asynccontextmanager
async def hub_addresses(hub: str | None, *, insecure_lan: bool) -> AsyncIterator[Addresses]:
    """Where a unit looks for its hub: at the address it was given, or wherever mDNS finds one."""
    if hub is not None:
        yield Fixed(hub)
        return
    from smartqueue.discovery import Finder  # noqa: PLC0415 - zeroconf, only where it is needed

    async with Finder(insecure_lan=insecure_lan) as finder:
        yield finder


def base_url(text: str) -> str:
    """`http://host:port` without a slash at the end. Raises StartFault with an example for anything else."""
    example = "use something like http://127.0.0.1:8080"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as trouble:
        raise StartFault(f"{text} is not the address of a hub ({trouble}): {example}") from trouble
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise StartFault(f"{text} is not the address of a hub: {example}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "") + parts.path.rstrip("/")


def is_private(address: str) -> bool:
    """Whether a key may travel there: over TLS, or without leaving this machine."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https" or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
