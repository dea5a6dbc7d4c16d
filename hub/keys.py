"""Bearer keys, `NAME.SECRET`: made at set-up, kept only as SHA-256, compared in constant time."""

import hashlib
import hmac
import secrets

from hub.service import Actor, ClinicService
from smartqueue.terms import Role, UnitName

TECHNICIAN = UnitName("technician")
"""Name of the key that stays on the hub's own machine, for trials and metrics; no unit can have it."""
_SECRET_BYTES = 32
_LONGEST_KEY = 256
_NOBODYS = secrets.token_bytes(32)


def new_key(name: UnitName) -> str:
    """A key with 256 random bits; shown once, never stored by the hub."""
    return f"{name}.{secrets.token_urlsafe(_SECRET_BYTES)}"


def digest(key: str) -> bytes:
    """What the hub keeps of a key."""
    return hashlib.sha256(key.partition(".")[2].encode("utf-8", "surrogateescape")).digest()


def holder(service: ClinicService, key: str) -> Actor | None:
    """Whose key this is; takes the same time whether name or secret is wrong. None when it was never given out."""
    if len(key) > _LONGEST_KEY:
        return None
    name = UnitName(key.partition(".")[0])
    kept = service.private.unit_keys.get(name, _NOBODYS)
    if not hmac.compare_digest(digest(key), kept):
        return None
    if name == TECHNICIAN:
        return Actor("operator", name, role=Role.TECHNICIAN)
    unit = service.published.units.get(name)
    return Actor(unit.kind.value, name, room=unit.room) if unit else None
