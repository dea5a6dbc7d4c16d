"""What every handler may reach: put together by hub/run.py, handed over through the application."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from hub.api.limits import Limiter, Places
from hub.api.metrics import Metrics
from hub.api.origins import Origins
from hub.contacts import Contacts
from hub.coverage import Coverage
from hub.feed import Feed
from hub.health import UnitHealth
from hub.logo import Logo
from hub.notes import NoteKeys
from hub.reporting import Reporting
from hub.service import Actor, ClinicService
from hub.shown import ShownRanges
from hub.sounds import Sounds
from hub.unheard import Unheard
from smartqueue.errors import HubStarting, NotAuthenticated

BODY_S = 10.0
CODE_TRIES = 10
"""Short codes that one address may get wrong at once."""
CODE_REFILL_S = 10.0
PUBLIC_READERS = 2000
"""Feeds that are open at once to readers without a key; units are never refused for them."""
PUBLIC_READERS_EACH = 100
"""Of one address: phones of a guest network may share one. Pages that are refused ask for themselves again."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What there is once the journal has been replayed."""

    service: ClinicService
    feed: Feed
    reporting: Reporting
    notes: NoteKeys
    contacts: Contacts
    unheard: Unheard
    sounds: Sounds
    coverage: Coverage
    health: UnitHealth


@dataclass(slots=True)
class Hub:
    """parts: None until the journal has been replayed. insecure_lan: keys from other machines too.

    body_s: how long a body may take. code_tries: of short codes; booking_tries: of codes of appointments,
    ticket_tries: of tickets, of each unit or operator.
    """

    version: str
    origins: Origins
    insecure_lan: bool = False
    logo: Logo | None = None
    body_s: float = BODY_S
    metrics: Metrics = field(default_factory=Metrics)
    code_tries: Limiter = field(default_factory=lambda: Limiter(CODE_TRIES, CODE_REFILL_S))
    booking_tries: Limiter = field(default_factory=lambda: Limiter(CODE_TRIES, CODE_REFILL_S))
    ticket_tries: Limiter = field(default_factory=lambda: Limiter(CODE_TRIES, CODE_REFILL_S))
    shown: ShownRanges = field(default_factory=ShownRanges)
    public_readers: Places = field(default_factory=lambda: Places(PUBLIC_READERS, PUBLIC_READERS_EACH))
    parts: Parts | None = None

    @property
    def about(self) -> dict[str, Any]:
        """What views of the site tell beside its configuration."""
        return {"insecure_lan": self.insecure_lan, "logo": self.logo.digest if self.logo is not None else None}

    @property
    def ready(self) -> bool:
        return self.parts is not None

    @property
    def running(self) -> Parts:
        """Raises HubStarting."""
        if self.parts is None:
            raise HubStarting
        return self.parts

    @property
    def service(self) -> ClinicService:
        """Raises HubStarting."""
        return self.running.service

    @property
    def feed(self) -> Feed:
        """Raises HubStarting."""
        return self.running.feed

    @property
    def reporting(self) -> Reporting:
        """Raises HubStarting."""
        return self.running.reporting

    @property
    def notes(self) -> NoteKeys:
        """Raises HubStarting."""
        return self.running.notes


HUB: web.AppKey[Hub] = web.AppKey("hub", Hub)
ACTOR: web.RequestKey[Actor | None] = web.RequestKey("actor", object)  # type: ignore[arg-type]
"""Of a request: who asks; None for somebody without a key."""


def actor(request: web.Request) -> Actor | None:
    return request[ACTOR]


def known_actor(request: web.Request) -> Actor:
    """Of a route that needs a key. Raises NotAuthenticated, should policy ever have let nobody in."""
    found = request[ACTOR]
    if found is None:
        raise NotAuthenticated
    return found
