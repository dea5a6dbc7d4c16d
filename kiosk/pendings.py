"""The issues that have not ended, in the unit's own store: so that a restart neither loses nor repeats one."""

import logging
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

import msgspec

from kiosk.terms import Arrival, Pending
from smartqueue.terms import CommandId

log = logging.getLogger(__name__)

T = TypeVar("T", Pending, Arrival)

_PENDINGS, _ARRIVALS = "pendings", "arrivals"


class Store(Protocol):
    """Of LocalStore what is needed here."""

    def get(self, name: str, default: Any = None) -> Any: ...
    async def put_all(self, values: Mapping[str, Any]) -> None: ...


class Pendings:
    """Remembers and forgets; each returns when it is on disk."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[CommandId, Pending | Arrival] = {
            **{one.command_id: one for one in _read(store.get(_PENDINGS, []), Pending)},
            **{one.command_id: one for one in _read(store.get(_ARRIVALS, []), Arrival)},
        }

    def all(self) -> tuple[Pending, ...]:
        """Oldest first."""
        return tuple(one for one in self._known.values() if isinstance(one, Pending))

    def arrivals(self) -> tuple[Arrival, ...]:
        """Check-ins that were not answered, oldest first; one that was is a pending issue, under the same id."""
        return tuple(one for one in self._known.values() if isinstance(one, Arrival))

    async def remember(self, pending: Pending | Arrival, together: Mapping[str, Any] | None = None) -> None:
        """Raises OSError; what was remembered before stands then. together: values of the store for the same write."""
        await self._write(self._known | {pending.command_id: pending}, together)

    async def forget(self, command_id: CommandId) -> None:
        """Raises OSError; it is remembered still then, here and on disk."""
        if command_id in self._known:
            await self._write({key: one for key, one in self._known.items() if key != command_id})

    async def _write(
        self, known: dict[CommandId, Pending | Arrival], together: Mapping[str, Any] | None = None
    ) -> None:
        pendings = [msgspec.to_builtins(one) for one in known.values() if isinstance(one, Pending)]
        arrivals = [msgspec.to_builtins(one) for one in known.values() if isinstance(one, Arrival)]
        await self._store.put_all({_PENDINGS: pendings, _ARRIVALS: arrivals, **(together or {})})
        self._known = known


def _read(stored: Any, kind: type[T]) -> list[T]:
    """What an older build wrote differently is left out, and said."""
    kept = []
    for one in stored if isinstance(stored, list) else []:
        try:
            kept.append(msgspec.convert(one, kind))
        except msgspec.ValidationError as trouble:
            log.error("a pending issue in the store was not understood and is left out: %s", trouble)
    return kept
