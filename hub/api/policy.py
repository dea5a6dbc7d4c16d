"""Who may do what: every route names its askers; whoever is not named is refused.

Kinds of units and roles of operators are askers alike; `ANYONE` needs no key.
"""

from enum import StrEnum
from ipaddress import ip_address

from aiohttp import hdrs, web

from hub import keys
from hub.service import Actor, ClinicService
from smartqueue.errors import InsecureConnection, NotAuthenticated, NotPermitted, WrongKey, WrongRoom
from smartqueue.terms import RoomId, UnitKind


class Asker(StrEnum):
    """Who may ask for a route."""

    ANYONE = "anyone"
    KIOSK = "kiosk"
    CALLER = "caller"
    DISPLAY = "display"
    TECHNICIAN = "technician"
    THIS_MACHINE = "this_machine"
    """Whoever asks from the hub's own machine, without a key."""


Allowed = frozenset[Asker]

_WITH_KEY = frozenset({Asker.KIOSK, Asker.CALLER, Asker.DISPLAY, Asker.TECHNICIAN})
ANYONE: Allowed = frozenset({Asker.ANYONE})
UNITS: Allowed = frozenset({Asker.KIOSK, Asker.CALLER, Asker.DISPLAY})
STAFF_AND_UNITS: Allowed = UNITS | {Asker.TECHNICIAN}


def asker_of(actor: Actor) -> Asker | None:
    """None for roles that no route is open to yet."""
    name = actor.role.value if actor.role is not None else actor.kind
    return Asker(name) if name in _WITH_KEY else None


def authenticated(request: web.Request, service: ClinicService, *, insecure_lan: bool) -> Actor | None:
    """Whose key the request carries; None without one.

    Raises WrongKey for a key that was never given out, InsecureConnection for one that could have been overheard.
    """
    header = request.headers.get(hdrs.AUTHORIZATION)
    if header is None:
        return None
    if not insecure_lan and not from_this_machine(request):
        raise InsecureConnection()
    scheme, _, key = header.partition(" ")
    actor = keys.holder(service, key.strip()) if scheme.lower() == "bearer" else None
    if actor is None:
        raise WrongKey()
    return actor


def permit(request: web.Request, actor: Actor | None, allowed: Allowed) -> None:
    """Raises NotAuthenticated or NotPermitted."""
    if Asker.ANYONE in allowed or (Asker.THIS_MACHINE in allowed and actor is None and _asks_itself(request)):
        return
    if actor is None:
        raise NotAuthenticated()
    if asker_of(actor) not in allowed:
        raise NotPermitted(kind=str(actor.role or actor.kind), action=f"{request.method} {request.path}")


def in_own_room(actor: Actor, room: RoomId) -> None:
    """A caller unit acts for its own room only. Raises WrongRoom."""
    if actor.kind == UnitKind.CALLER and room != actor.room:
        raise WrongRoom(room=str(actor.room))


def _asks_itself(request: web.Request) -> bool:
    """A proxy on this machine asks for somebody else."""
    proxied = "Forwarded" in request.headers or "X-Forwarded-For" in request.headers
    return not proxied and from_this_machine(request)


def from_this_machine(request: web.Request) -> bool:
    """Itself, or through a proxy on this machine."""
    try:
        return ip_address(request.remote or "").is_loopback
    except ValueError:
        return False
