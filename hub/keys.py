"""Bearer keys, `NAME.SECRET`, of units and operators: kept only as SHA-256, compared in constant time."""

import hashlib
import hmac
import secrets

from hub.domain.clinic import Clinic
from hub.journal.records import KeyForgotten, UnitKey
from hub.private import PrivateRows
from hub.service import Actor, ClinicService
from smartqueue.terms import OperatorId, Role, UnitName

TECHNICIAN = UnitName("technician")
"""Name of the key that stays on the hub's own machine, for trials and metrics; no unit or operator can have it."""
_SECRET_BYTES = 32
_LONGEST_KEY = 256
_NOBODYS = secrets.token_bytes(32)


def new_key(name: str) -> str:
    """A key with 256 random bits; shown once, never stored by the hub."""
    return f"{name}.{secrets.token_urlsafe(_SECRET_BYTES)}"


def digest(key: str) -> bytes:
    """What the hub keeps of a key."""
    return hashlib.sha256(key.partition(".")[2].encode("utf-8", "surrogateescape")).digest()


def admitted(name: str, digest_of_key: bytes) -> PrivateRows:
    """From now on this key lets in, and no earlier one of the same name."""
    return (UnitKey(UnitName(name), digest_of_key),)


def forgotten(*names: str) -> PrivateRows:
    """No key of these lets in any more, whoever gets the name later."""
    return tuple(KeyForgotten(UnitName(name)) for name in names)


def holder(service: ClinicService, key: str) -> Actor | None:
    """Whose key this is; takes the same time whether name or secret is wrong. None when it was never given out."""
    if len(key) > _LONGEST_KEY:
        return None
    name = UnitName(key.partition(".")[0])
    kept = service.private.unit_keys.get(name, _NOBODYS)
    if not hmac.compare_digest(digest(key), kept):
        return None
    return _actor(service.published, name)


def _actor(clinic: Clinic, name: UnitName) -> Actor | None:
    if name == TECHNICIAN:
        return Actor("operator", name, role=Role.TECHNICIAN)
    if (unit := clinic.units.get(name)) is not None:
        return Actor(unit.kind.value, name, room=unit.room)
    operator = clinic.operators.get(OperatorId(name))
    return Actor("operator", name, role=operator.role) if operator is not None else None
