"""Who may do what: every route names its askers; whoever is not named is refused.

Kinds of units and roles of operators are askers alike; `ANYONE` needs no key. What was chosen, and why:

- A **kiosk** does what the person before it may do: issue, take back what still waits, return, check in, leave a
  telephone number for messages. It has blocks of numbers and finds tickets. It never sends a priority, an override or a
  trial.
- A **caller** acts for its own room and on the tokens called to it; it sends no notes.
- A **display** acknowledges announcements and says whether it is heard.
- **Reception** sees and moves everything that waits, in every room; books, imports and cancels appointments; says who
  works where and whether a department still gives out tokens. It reads no notes.
- **Nurse** and **doctor** do the same with tokens, but for rooms only in the one that they work in now (they assign
  themselves first). Of people they say only where they are themselves. Doctors read notes, and may stop and resume what
  a department gives out.
- An **administrator** does all of that in every room, reads notes and reports, and has the configuration, the units and
  the keys.
- A **technician** has the configuration, the units and the keys, but neither patients nor notes: trials only. Reports,
  which name nobody, until operators can log in.
- What a supervisor puts aside (quota, last token of the day) is decided with the command, not by role.
"""

from enum import StrEnum
from ipaddress import ip_address

from aiohttp import hdrs, web

from hub import keys
from hub.domain.clinic import Clinic
from hub.service import Actor, ClinicService
from smartqueue.errors import InsecureConnection, NoOwnRoom, NotAuthenticated, NotPermitted, WrongKey, WrongRoom
from smartqueue.terms import OperatorId, Role, RoomId, UnitKind


class Asker(StrEnum):
    """Who may ask for a route."""

    ANYONE = "anyone"
    KIOSK = "kiosk"
    CALLER = "caller"
    DISPLAY = "display"
    RECEPTION = "reception"
    NURSE = "nurse"
    DOCTOR = "doctor"
    ADMINISTRATOR = "administrator"
    TECHNICIAN = "technician"
    THIS_MACHINE = "this_machine"
    """Whoever asks from the hub's own machine, without a key."""


Allowed = frozenset[Asker]

_WITH_KEY: Allowed = frozenset(Asker) - {Asker.ANYONE, Asker.THIS_MACHINE}
ANYONE: Allowed = frozenset({Asker.ANYONE})
UNITS: Allowed = frozenset({Asker.KIOSK, Asker.CALLER, Asker.DISPLAY})
STAFF: Allowed = frozenset({Asker.RECEPTION, Asker.NURSE, Asker.DOCTOR, Asker.ADMINISTRATOR})
"""Operators who work with patients."""
DESK: Allowed = frozenset({Asker.RECEPTION, Asker.ADMINISTRATOR})
KEEPERS: Allowed = frozenset({Asker.ADMINISTRATOR, Asker.TECHNICIAN})
STAFF_AND_UNITS: Allowed = UNITS | STAFF | {Asker.TECHNICIAN}
_OF_ONE_ROOM = (Role.NURSE, Role.DOCTOR)


def asker_of(actor: Actor) -> Asker | None:
    """None for a role that no route is open to."""
    name = actor.role.value if actor.role is not None else actor.kind
    return Asker(name) if name in _WITH_KEY else None


def is_staff(actor: Actor) -> bool:
    """Whether somebody may know needs, reasons and who works where."""
    return asker_of(actor) in STAFF


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


def own_room(actor: Actor, clinic: Clinic) -> RoomId | None:
    """The only room that somebody acts for; None = any. Raises NoOwnRoom for who should be in one and is not."""
    if actor.kind == UnitKind.CALLER:
        return actor.room
    if actor.role not in _OF_ONE_ROOM:
        return None
    found = working_in(actor, clinic)
    if found is None:
        raise NoOwnRoom(operator=actor.name)
    return found


def working_in(actor: Actor, clinic: Clinic) -> RoomId | None:
    """Where an operator is now."""
    return next((room for room, desk in clinic.desks.items() if desk.operator == actor.name), None)


def in_own_room(actor: Actor, room: RoomId, clinic: Clinic) -> None:
    """Raises WrongRoom, NoOwnRoom."""
    own = own_room(actor, clinic)
    if own is not None and room != own:
        raise WrongRoom(room=own)


def for_oneself(actor: Actor, operator: OperatorId | None, action: str) -> None:
    """Nurses and doctors say only of themselves where they are. Raises NotPermitted."""
    if actor.role in _OF_ONE_ROOM and operator != actor.name:
        raise NotPermitted(kind=str(actor.role), action=action)


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
