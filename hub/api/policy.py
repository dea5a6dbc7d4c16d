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


Allowed = frozenset[Asker]

ANYONE: Allowed = frozenset({Asker.ANYONE})
UNITS: Allowed = frozenset({Asker.KIOSK, Asker.CALLER, Asker.DISPLAY})
STAFF_AND_UNITS: Allowed = UNITS | {Asker.TECHNICIAN}


def asker_of(actor: Actor) -> Asker | None:
    """None for roles that no route is open to yet."""
    name = actor.role.value if actor.role is not None else actor.kind
    return Asker(name) if name in set(Asker) - {Asker.ANYONE} else None


def authenticated(request: web.Request, service: ClinicService, *, insecure_lan: bool) -> Actor | None:
    """Whose key the request carries; None without one.

    Raises WrongKey for a key that was never given out, InsecureConnection for one that could have been overheard.
    """
    header = request.headers.get(hdrs.AUTHORIZATION)
    if header is None:
        return None
    if not insecure_lan and not _from_this_machine(request):
        raise InsecureConnection()
    scheme, _, key = header.partition(" ")
    actor = keys.holder(service, key.strip()) if scheme.lower() == "bearer" else None
    if actor is None:
        raise WrongKey()
    return actor


def permit(actor: Actor | None, allowed: Allowed, action: str) -> None:
    """Raises NotAuthenticated or NotPermitted."""
    if Asker.ANYONE in allowed:
        return
    if actor is None:
        raise NotAuthenticated()
    if asker_of(actor) not in allowed:
        raise NotPermitted(kind=str(actor.role or actor.kind), action=action)


def in_own_room(actor: Actor, room: RoomId | None) -> None:
    """A caller unit acts for its own room only. room: None = wherever. Raises WrongRoom."""
    if actor.kind == UnitKind.CALLER and room is not None and room != actor.room:
        raise WrongRoom(room=str(actor.room))


def _from_this_machine(request: web.Request) -> bool:
    try:
        return ip_address(request.remote or "").is_loopback
    except ValueError:
        return False
