"""The hub process put together: lock, socket, web application, journal, feed, mDNS; ends in the reverse order."""

import asyncio
import dataclasses
import errno
import json
import logging
import resource
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from aiohttp import web

from hub import logo
from hub.api.application import Runner, make_app
from hub.api.context import Hub, Parts
from hub.api.origins import Origins
from hub.clock import HubClock
from hub.contacts import Contacts
from hub.coverage import Coverage
from hub.domain.commands import ConfigureSite
from hub.domain.events import DayOpened, SiteConfigured
from hub.feed import Feed
from hub.health import UnitHealth
from hub.journal import sqlite
from hub.journal.records import Recorded
from hub.journal.sqlite import SqliteJournal
from hub.notes import NoteKeys
from hub.reporting import Reporting
from hub.service import Actor, ClinicService, new_command_id
from hub.settings import HubSettings, is_loopback
from hub.site_lock import SiteLock
from hub.sounds import Sounds
from hub.unheard import Unheard
from hub.web.pages import PAGES
from smartqueue.discovery import announce
from smartqueue.errors import InternalFault, StartFault
from smartqueue.service_notify import ServiceNotify
from smartqueue.terms import Audience, Instant

log = logging.getLogger(__name__)

BACKLOG = 1024
Say = Callable[[str], None]


async def serve(
    settings: HubSettings, *, version: str, notify: ServiceNotify, say: Say, settled: Callable[[], None] | None = None
) -> int:
    """Runs the hub until it is cancelled. say: takes lines of JSON for whoever started the process.

    settled: called when all that lives as long as the process has been made.
    Raises StartFault when it can't start, JournalFault when the journal is damaged or stops taking events.
    """
    _check_site(settings.data)
    _allow_many_connections()
    async with AsyncExitStack() as stack:
        lock = stack.enter_context(SiteLock(settings.data))
        sockets = listening(settings.host, settings.port)
        hub = _hub(settings, version)
        journal = SqliteJournal(settings.data)
        service = ClinicService(journal, HubClock())
        stack.push_async_callback(service.stop)
        await stack.enter_async_context(_web(hub, sockets))
        stack.callback(notify.stopping)
        url = _url(settings.host, sockets[0])
        keys = NoteKeys(settings.data), Contacts(settings.data)
        for one in keys:
            stack.callback(one.close)
        await _start(hub, service, Reporting(journal, service), keys, settings)
        lock.reachable_at(url)
        if settings.mdns:
            await stack.enter_async_context(_announced(settings, sockets[0], service, version))
        if settled:
            settled()
        say(json.dumps({"event": "listening", "url": url}))
        log.info("ready at %s, seq %d", url, service.seq)
        notify.ready(f"ready at {url}")
        return await _until_failed(service, _beating(hub, notify))


def listening(host: str, port: int) -> list[socket.socket]:
    """A bound socket for each address of the host; port 0 takes one free port. Raises StartFault."""
    sockets: list[socket.socket] = []
    try:
        for family, kind, protocol, _, address in _addresses(host, port):
            sockets.append(_bound(family, kind, protocol, (address[0], port)))
            port = sockets[-1].getsockname()[1]
    except OSError as trouble:
        for opened in sockets:
            opened.close()
        raise StartFault(_why_not(trouble, host, port)) from trouble
    return sockets


# --- the parts ----------------------------------------------------------------------------------------


def _check_site(directory: Path) -> None:
    if not directory.is_dir():
        raise StartFault(f"{directory} is not a directory. Make a site with: smartqueue setup --data {directory}")
    if not (directory / sqlite.FILE).exists():
        raise StartFault(f"{directory} holds no site. Make one with: smartqueue setup --data {directory}")


def _allow_many_connections() -> None:
    """Every phone and screen is a connection; the usual soft limit of 1024 files is too low."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _addresses(host: str, port: int) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys(found))  # type: ignore[arg-type]


def _bound(family: int, kind: int, protocol: int, address: tuple[str, int]) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.setblocking(False)
        made.bind(address)
    except OSError:
        made.close()
        raise
    return made


def _why_not(trouble: OSError, host: str, port: int) -> str:
    match trouble.errno:
        case errno.EADDRINUSE:
            return f"port {port} on {host} is in use. Stop what uses it, or choose another with --port."
        case errno.EACCES:
            return f"port {port} needs root. Choose one from 1024 on with --port."
        case errno.EADDRNOTAVAIL:
            return f"this machine has no address {host}. Use one of its own with --host."
    return f"can't listen on {host}, port {port}: {trouble.strerror}. Check --host."


def _url(host: str, bound: socket.socket) -> str:
    address, port = bound.getsockname()[:2]
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104 - looked at, not bound
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _hub(settings: HubSettings, version: str) -> Hub:
    machine = socket.gethostname().lower()
    names = frozenset({machine, f"{machine.partition('.')[0]}.local", settings.host.lower()})
    insecure_lan = settings.insecure_lan and not is_loopback(settings.host)
    return Hub(version, Origins(names, settings.public_url), insecure_lan, logo.load(settings.data))


@asynccontextmanager
async def _web(hub: Hub, sockets: list[socket.socket]) -> AsyncIterator[None]:
    """Answers from now on: until the journal has been replayed, that the hub is starting."""
    runner = Runner(make_app(hub, PAGES))
    await runner.setup()
    try:
        for bound in sockets:
            await web.SockSite(runner, bound, backlog=BACKLOG).start()
        yield
    finally:
        await runner.cleanup()


async def _start(
    hub: Hub, service: ClinicService, reporting: Reporting, keys: tuple[NoteKeys, Contacts], settings: HubSettings
) -> None:
    replayed = await service.start()
    feed = Feed(service, **hub.about)
    service.subscribe(feed.publish)
    service.watch(lambda figures: hub.metrics.committed(figures.commands, figures.commit_s))
    service.subscribe(lambda recorded: _keep_up(hub, service, recorded))
    await _follow_public_url(service, settings.public_url)
    hub.origins.also(service.published.configured().public_url)
    unheard = Unheard(lambda: service.published, feed.displays, service.moment().at)
    service.subscribe(unheard.take)
    sounds = Sounds()
    coverage = Coverage(lambda: service.published, feed.displays, sounds)
    hub.parts = Parts(service, feed, reporting, *keys, unheard, sounds, coverage, UnitHealth())
    log.info("replayed %d events", replayed)


def _keep_up(hub: Hub, service: ClinicService, recorded: Recorded) -> None:
    """What the web application remembers beside the state follows it."""
    if isinstance(recorded.event, SiteConfigured):
        hub.origins.also(recorded.event.site.public_url)
    elif isinstance(recorded.event, DayOpened):
        hub.shown.forget(service.published)


async def _follow_public_url(service: ClinicService, public_url: str | None) -> None:
    """What the command line says of the site becomes part of its configuration, and of its history."""
    clinic = service.published
    site = clinic.configured()
    if public_url is None or public_url == site.public_url:
        return
    command = ConfigureSite(
        dataclasses.replace(site, public_url=public_url),
        tuple(clinic.departments.values()),
        tuple(clinic.rooms.values()),
        tuple(clinic.operators.values()),
    )
    answer = await service.execute(command, by=Actor("site", "settings"), command_id=new_command_id(), digest=b"")
    if answer.problem:
        raise StartFault(f"public_url {public_url} does not fit this site: {answer.body.decode()}")


@asynccontextmanager
async def _announced(
    settings: HubSettings, bound: socket.socket, service: ClinicService, version: str
) -> AsyncIterator[None]:
    host, port = bound.getsockname()[:2]
    async with announce(port, service.site, version=version, host=host):
        yield


def _beating(hub: Hub, notify: ServiceNotify) -> list[asyncio.Task[None]]:
    loop = asyncio.get_running_loop()
    beats = [loop.create_task(hub.feed.keep_beating(audience), name=f"heartbeat {audience}") for audience in Audience]

    def now() -> Instant:
        return hub.service.moment().at

    return [
        *beats,
        loop.create_task(hub.running.unheard.keep_looking(now), name="look for unheard calls"),
        loop.create_task(hub.running.coverage.keep_looking(now), name="look for departments without a display"),
        loop.create_task(hub.running.contacts.keep_erasing(now), name="erase old contacts"),
        loop.create_task(notify.watch(), name="watchdog"),
    ]


async def _until_failed(service: ClinicService, tasks: list[asyncio.Task[None]]) -> int:
    """Waits for the journal or a task to fail: for ever on a healthy machine. Raises JournalFault, InternalFault."""
    kept = [asyncio.create_task(_journal_fault(service), name="journal"), *tasks]
    try:
        done, _ = await asyncio.wait(kept, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in kept:
            task.cancel()
        await asyncio.gather(*kept, return_exceptions=True)
    if service.failed.done():
        raise service.failed.result()
    broken = next(task for task in done if task.exception() is not None)
    log.error("%s broke", broken.get_name(), exc_info=broken.exception())
    raise InternalFault(f"the hub's {broken.get_name()} broke; the hub starts again from what is on disk")


async def _journal_fault(service: ClinicService) -> None:
    raise await asyncio.shield(service.failed)
