"""Where is the hub: mDNS. A hint and never a reason to trust. The only file that imports zeroconf.

Multicast on the loopback interface needs nothing special as long as the socket is told to use it: `loopback_only` keeps
everything on this machine, even where `lo` has no MULTICAST flag and no route for 224.0.0.0/4.
"""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

import ifaddr
from zeroconf import Error as ZeroconfError
from zeroconf import ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from smartqueue.addresses import is_private
from smartqueue.wire import BASE

log = logging.getLogger(__name__)

SERVICE = "_smartqueue._tcp.local."
LOOPBACK = "127.0.0.1"
_RESOLVE_MS = 3000
_KEPT = 8
"""Addresses that are remembered; a hub has few, and old ones are tried last."""

Interfaces = Callable[[], frozenset[str]]
"""The IPv4 addresses of the interfaces to speak on, as they are now."""


def all_interfaces() -> frozenset[str]:
    """Every IPv4 address of this machine, loopback too: a hub on the same machine is found there."""
    return frozenset(str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4)


def loopback_only() -> frozenset[str]:
    """Nothing leaves this machine: for tests, demo, and hubs that listen on loopback."""
    return frozenset({LOOPBACK})


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Times of discovery in seconds."""

    look_s: float = 2.0
    """Between looks at the interfaces' addresses."""
    without_hub_s: float = 15.0
    """After this long without a hub everything is built anew: some networks swallow the first questions."""


class _Stack:
    """One zeroconf at a time, built for the interfaces that there are and built anew when they change."""

    def __init__(self, interfaces: Interfaces, rhythm: Rhythm) -> None:
        self.rhythm = rhythm
        self._interfaces = interfaces
        self._task: asyncio.Task[None] | None = None
        self._waiting_since = 0.0

    async def __aenter__(self) -> Self:
        self._task = asyncio.get_running_loop().create_task(self._run(), name=type(self).__name__)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        """Never ends by itself: without mDNS everything else goes on."""
        while True:
            there = self._interfaces()
            if there:
                await self._lifetime(there)
            else:
                await asyncio.sleep(self.rhythm.look_s)

    async def _lifetime(self, there: frozenset[str]) -> None:
        """One zeroconf, from the start until it has to be built anew."""
        try:
            stack = AsyncZeroconf(interfaces=sorted(there))
        except OSError as trouble:
            log.warning("mDNS can't start: %s", trouble.strerror)
            await asyncio.sleep(self.rhythm.without_hub_s)
            return
        self._built()
        try:
            await self._use(stack)
            while self._interfaces() == there and not self._stale():  # noqa: ASYNC110 - the kernel sets no Event
                await asyncio.sleep(self.rhythm.look_s)
        except (ZeroconfError, OSError):
            log.warning("mDNS failed; built anew", exc_info=True)
            await asyncio.sleep(self.rhythm.look_s)
        finally:
            await _to_its_end(self._close(stack))

    async def _close(self, stack: AsyncZeroconf) -> None:
        await self._leave()
        await stack.async_close()

    def _built(self) -> None:
        self._waiting_since = asyncio.get_running_loop().time()

    def _stale(self) -> bool:
        return False

    async def _use(self, stack: AsyncZeroconf) -> None:
        raise NotImplementedError

    async def _leave(self) -> None:
        """Before the stack is closed."""


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Sockets must be closed though the closing itself is cancelled."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    finally:
        await asyncio.wait({task})


# --- the hub's side -----------------------------------------------------------------------------------


class Announcement(_Stack):
    """Says where this hub is, as long as `async with` lasts. Problems are logged; the hub runs without it."""

    def __init__(
        self, port: int, site: str, *, host: str, version: str, scheme: str, interfaces: Interfaces, rhythm: Rhythm
    ) -> None:
        super().__init__(interfaces, rhythm)
        self._port = port
        self._site = site
        self._host = host
        self._properties = {"site": site, "version": version, "scheme": scheme, "path": BASE}
        self.announced = asyncio.Event()
        """Set when the network has been told for the first time."""

    async def _use(self, stack: AsyncZeroconf) -> None:
        machine = "".join(c if c.isalnum() else "-" for c in socket.gethostname().partition(".")[0]) or "hub"
        info = AsyncServiceInfo(
            SERVICE,
            f"{self._site[:40]}.{SERVICE}",
            port=self._port,
            properties=self._properties,
            parsed_addresses=_reachable_at(self._host),
            server=f"smartqueue-{machine[:40]}-{self._port}.local.",
        )
        await (await stack.async_register_service(info, allow_name_change=True))
        log.info("announced by mDNS", extra={"service": info.name})
        self.announced.set()


def announce(
    port: int,
    site: str,
    *,
    version: str,
    host: str = LOOPBACK,
    scheme: str = "http",
    interfaces: Interfaces | None = None,
    rhythm: Rhythm | None = None,
) -> Announcement:
    """The announcement of a hub that listens on `host` and `port`; used as `async with`.

    interfaces: to speak on; left out = loopback alone for a hub that listens there, else all.
    """
    quiet = host == "localhost" or _is(host, "is_loopback")
    speak_on = interfaces or (loopback_only if quiet else all_interfaces)
    return Announcement(
        port, site, host=host, version=version, scheme=scheme, interfaces=speak_on, rhythm=rhythm or Rhythm()
    )


def _reachable_at(host: str) -> list[str]:
    """Addresses that lead to a server on `host`: itself, or for a wildcard or a name those that others can use."""
    if host == "localhost":
        return [LOOPBACK]
    if _ip(host) is not None and not _is(host, "is_unspecified"):
        return [host]
    found = [ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4 or ":" in host]
    texts = [str(ip.ip) if ip.is_IPv4 else str(ip.ip[0]) for ip in found]
    return [text for text in texts if not _is(text, "is_loopback") and not _is(text, "is_link_local")] or [LOOPBACK]


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _is(text: str, what: Literal["is_loopback", "is_unspecified", "is_link_local"]) -> bool:
    address = _ip(text)
    return address is not None and bool(getattr(address, what))


# --- the unit's side ----------------------------------------------------------------------------------


class Finder(_Stack):
    """Addresses of hubs on this network, the newest first, as long as `async with` lasts.

    site: only hubs that say they are of this site. insecure_lan: also hubs that a key would reach in clear text over
    the network; without it they are left out with a warning.
    """

    def __init__(
        self,
        *,
        site: str | None = None,
        insecure_lan: bool = False,
        interfaces: Interfaces = all_interfaces,
        rhythm: Rhythm | None = None,
    ) -> None:
        super().__init__(interfaces, rhythm or Rhythm())
        self._site = site
        self._insecure_lan = insecure_lan
        self._found: dict[str, int] = {}
        """Address and when it was last news, as a running number."""
        self._of_name: dict[str, frozenset[str]] = {}
        self._news = 0
        self._online = False
        self._changed = asyncio.Event()
        self._resolving: set[asyncio.Task[None]] = set()
        self._browser: AsyncServiceBrowser | None = None
        self._warned: set[str] = set()

    def candidates(self) -> Sequence[str]:
        """Base URLs, the newest first."""
        return sorted(self._found, key=lambda address: -self._found[address])

    async def wait_for_change(self, known: Sequence[str]) -> None:
        while list(self.candidates()) == list(known):
            self._changed.clear()
            await self._changed.wait()

    def reached(self, address: str | None) -> None:
        """What the client found out: an address that works is the newest news; None = none of them does."""
        self._online = address is not None
        if address in self._found:
            self._note(address)
        if self._online:
            self._built()

    def _stale(self) -> bool:
        waited_s = asyncio.get_running_loop().time() - self._waiting_since
        return not self._online and waited_s > self.rhythm.without_hub_s

    async def _use(self, stack: AsyncZeroconf) -> None:
        def changed(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
            self._service_changed(zeroconf, name, state_change)

        self._browser = AsyncServiceBrowser(stack.zeroconf, SERVICE, handlers=[changed])

    async def _leave(self) -> None:
        for task in self._resolving:
            task.cancel()
        await asyncio.gather(*self._resolving, return_exceptions=True)
        if self._browser:
            await self._browser.async_cancel()
            self._browser = None

    def _service_changed(self, zeroconf: Zeroconf, name: str, change: ServiceStateChange) -> None:
        if change is ServiceStateChange.Removed:
            for address in self._of_name.pop(name, frozenset()):
                self._forget(address)
            return
        task = asyncio.get_running_loop().create_task(self._resolve(zeroconf, name), name=f"resolve {name}")
        self._resolving.add(task)
        task.add_done_callback(self._resolving.discard)

    async def _resolve(self, zeroconf: Zeroconf, name: str) -> None:
        info = AsyncServiceInfo(SERVICE, name)
        try:
            answered = await info.async_request(zeroconf, _RESOLVE_MS)
        except ZeroconfError as trouble:
            log.debug("mDNS: %s not resolved: %s", name, trouble)
            return
        if not answered:
            return
        addresses = self._acceptable(info)
        self._of_name[name] = self._of_name.get(name, frozenset()) | frozenset(addresses)
        for address in addresses:
            if address not in self._found:
                log.info("hub found by mDNS", extra={"address": address})
                self._note(address)

    def _acceptable(self, info: AsyncServiceInfo) -> list[str]:
        texts = _texts(info.properties)
        if texts.get("path") != BASE or (self._site is not None and texts.get("site") != self._site):
            return []
        urls = base_urls(texts.get("scheme", "http"), info.parsed_scoped_addresses(), info.port)
        allowed = [url for url in urls if self._insecure_lan or is_private(url)]
        for url in set(urls) - set(allowed) - self._warned:
            self._warned.add(url)
            log.warning("%s is a hub without TLS: a key goes there only with --insecure-lan or --hub", url)
        return allowed

    def _note(self, address: str) -> None:
        self._news += 1
        self._found[address] = self._news
        for old in self.candidates()[_KEPT:]:
            self._forget(old)
        self._changed.set()

    def _forget(self, address: str) -> None:
        if self._found.pop(address, None) is not None:
            self._changed.set()


def base_urls(scheme: str, ips: Sequence[str], port: int | None) -> list[str]:
    """Addresses that a client can use: link-local IPv6 only with its scope; none for what is no web address."""
    if scheme not in ("http", "https") or not port:
        return []
    usable = [ip for ip in ips if not (":" in ip and "%" not in ip and _is(ip, "is_link_local"))]
    return [f"{scheme}://{f'[{ip}]' if ':' in ip else ip}:{port}" for ip in usable]


def _texts(properties: Mapping[Any, Any]) -> dict[str, str]:
    """TXT records are whatever anybody sent: what is no text is dropped."""
    pairs = [(key, value) for key, value in properties.items() if isinstance(key, bytes) and isinstance(value, bytes)]
    return {key.decode("utf-8", "replace"): value.decode("utf-8", "replace") for key, value in pairs}
