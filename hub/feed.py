"""The feed: every reader gets hello, then a snapshot or what it missed, then each change as it happens.

Messages are encoded and framed once per audience and written to each transport as they are (field notes, WebSocket).
Everything but catching up happens within one call on the event loop, so nothing can slip between snapshot and changes.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

import msgspec

from hub import projections
from hub.domain.events import Event, SiteConfigured, UnitBound, UnitForgotten
from hub.journal.records import Recorded
from hub.service import Actor, ClinicService
from smartqueue.errors import BadSince
from smartqueue.terms import Audience, UnitKind, UnitName
from smartqueue.wire import SCHEMA, Change, Heartbeat, Hello, Identify, Snapshot, UnitView

log = logging.getLogger(__name__)

RING = 10_000
"""Changes that are kept for readers who come back."""
RING_BYTES = 16 * 1024 * 1024
"""Of them, for each audience: frames are the larger the more rooms a department has."""
_SURPLUS = 1.1
"""How far a ring may grow past its limits, so that it is cut seldom."""
WAITING_BYTES = 64 * 1024
"""A reader with more than this unread is closed and resumes by `seq`."""
CATCH_UP_S = 30.0
"""A reader that can't take what it missed within this time is closed."""
HEARTBEAT_S = {Audience.UNIT: 1.0, Audience.PUBLIC: 15.0}
_FRESH_MS = 1000
"""Readers who come together get the same snapshot; estimates in it are this old at most."""
_SMALL, _MEDIUM = 126, 1 << 16

_encoder = msgspec.json.Encoder()


class Pipe(Protocol):
    """One reader's connection."""

    @property
    def write(self) -> Callable[[bytes], None]:
        """Hands over one whole frame; never waits. Attributes, not methods: fan-out calls them for every reader."""

    @property
    def waiting_bytes(self) -> Callable[[], int]:
        """Bytes handed over but not yet taken by the network."""

    def abort(self) -> None:
        """Ends the connection at once and forgets what waits."""

    async def send(self, payload: bytes) -> None:
        """Sends one message and waits while the reader is behind."""


def frame(payload: bytes) -> bytes:
    """A whole unmasked, uncompressed WebSocket text frame (RFC 6455, 5.2)."""
    size = len(payload)
    if size < _SMALL:
        return bytes((0x81, size)) + payload
    if size < _MEDIUM:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def payload_of(framed: bytes) -> bytes:
    """The message inside a frame made by `frame`."""
    return framed[{0x7E: 4, 0x7F: 10}.get(framed[1], 2) :]


def _same_for_all(message: Change | Snapshot) -> bool:
    """Whether units learn nothing from it that the public may not: the ids of current tokens."""
    rooms = message.rooms if isinstance(message, Change) else message.board.rooms
    return all(room.current is None for room in rooms)


_IDENTIFY = frame(_encoder.encode(Identify()))


class Ring:
    """The last frames of one audience, one for each event."""

    def __init__(self, seq: int, size: int = RING, most_bytes: int = RING_BYTES) -> None:
        self._frames: list[bytes] = []
        self._bytes = 0
        self._size, self._most_bytes = size, most_bytes
        self.floor = seq
        """Everything after this `seq` is here."""

    def append(self, seq: int, framed: bytes) -> None:
        """Raises ValueError when a `seq` was left out: readers would miss it without a word."""
        if seq != self.floor + len(self._frames) + 1:
            raise ValueError(f"feed: event {seq} after {self.floor + len(self._frames)}")
        self._frames.append(framed)
        self._bytes += len(framed)
        if len(self._frames) > _SURPLUS * self._size or self._bytes > _SURPLUS * self._most_bytes:
            self._cut()

    def _cut(self) -> None:
        """Forgets the oldest frames until both limits are kept."""
        surplus = 0
        while len(self._frames) - surplus > self._size or self._bytes > self._most_bytes:
            self._bytes -= len(self._frames[surplus])
            surplus += 1
        del self._frames[:surplus]
        self.floor += surplus

    def reaches(self, seq: int) -> bool:
        """Whether somebody who knows everything up to `seq` can go on from here."""
        return self.floor <= seq <= self.floor + len(self._frames)

    def after(self, seq: int) -> bytes | None:
        """The frame of the next event; None when there is none yet. Only for a `seq` that it reaches."""
        place = seq - self.floor
        return self._frames[place] if place < len(self._frames) else None


class _Channel:
    """One audience: its ring, its live readers, and the last snapshot made for it."""

    def __init__(self, seq: int) -> None:
        self.ring = Ring(seq)
        self.readers: set[Pipe] = set()
        self.snapshot = b""
        self.snapshot_key: tuple[int, int] = (-1, 0)


class Feed:
    """Publishes to every reader; `publish` and `beat` are called by the hub, `follow` and `leave` by connections."""

    def __init__(self, service: ClinicService, *, insecure_lan: bool = False, logo: str | None = None) -> None:
        """The service must have started: what it publishes from now on is published here. logo: its digest."""
        self._service = service
        self._insecure_lan, self._logo = insecure_lan, logo
        self._channels = {audience: _Channel(service.seq) for audience in Audience}
        self._holders: dict[Pipe, Actor] = {}
        self.closed_slow = 0

    # --- the hub's side -----------------------------------------------------------------------------------

    def publish(self, recorded: Recorded) -> None:
        """One event that has been applied to the published state; called before its command is answered.

        An event that can't be told is passed on as an exception, once; every reader then takes a snapshot.
        """
        try:
            self._tell(recorded)
        except Exception:
            self._begin_anew(recorded.seq)
            raise
        self._dismiss_after(recorded.event)

    def key_changed(self, name: str) -> None:
        """Whoever came with an earlier key of this name reads no further."""
        self._dismiss(self._pipes_of(name), "its key is worth nothing any more")

    def identify(self, unit: UnitName) -> bool:
        """Asks this unit alone to show which one it is. False when it does not read now."""
        live = self._channels[Audience.UNIT].readers
        asked = [pipe for pipe in self._pipes_of(unit) if pipe in live]
        for pipe in asked:
            pipe.write(_IDENTIFY)
        return bool(asked)

    def _dismiss_after(self, event: Event) -> None:
        """Readers whom an event has made others than their greeting said; who still may comes back at once."""
        match event:
            case UnitForgotten() | SiteConfigured():
                clinic = self._service.published
                gone = [pipe for pipe, holder in self._holders.items() if not holder.belongs_to(clinic)]
                self._dismiss(gone, "its key is worth nothing any more")
            case UnitBound():
                self._dismiss(self._pipes_of(event.unit), "it acts for another room now")

    def _pipes_of(self, name: str) -> list[Pipe]:
        return [pipe for pipe, holder in self._holders.items() if holder.name == name]

    def _dismiss(self, pipes: list[Pipe], why: str) -> None:
        for pipe in pipes:
            log.info("feed reader closed, %s: %s", why, self._holders[pipe])
            self.leave(pipe)
            pipe.abort()

    def _begin_anew(self, seq: int) -> None:
        """Forgets what readers could go on from, and lets them all go: they come back for a snapshot."""
        for channel in self._channels.values():
            for pipe in channel.readers:
                pipe.abort()
            channel.readers.clear()
            channel.ring = Ring(seq)

    def _tell(self, recorded: Recorded) -> None:
        for_units = self._message(recorded, Audience.UNIT)
        framed = frame(_encoder.encode(for_units))
        self._send(Audience.UNIT, recorded.seq, framed)
        if not _same_for_all(for_units):
            framed = frame(_encoder.encode(self._message(recorded, Audience.PUBLIC)))
        self._send(Audience.PUBLIC, recorded.seq, framed)

    def beat(self, audience: Audience) -> None:
        """One heartbeat to every live reader of this audience."""
        moment = self._service.moment()
        beat = Heartbeat(seq=self._service.seq, tick=moment.tick, now=projections.when(moment.at))
        self._fan_out(self._channels[audience], frame(_encoder.encode(beat)))

    async def keep_beating(self, audience: Audience) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(HEARTBEAT_S[audience])
            self.beat(audience)

    def displays(self) -> frozenset[UnitName]:
        """Displays that read now."""
        live = self._channels[Audience.UNIT].readers
        reading = (holder for pipe, holder in self._holders.items() if pipe in live)
        return frozenset(UnitName(holder.name) for holder in reading if holder.kind == UnitKind.DISPLAY)

    def readers(self) -> dict[Audience, int]:
        return {audience: len(channel.readers) for audience, channel in self._channels.items()}

    def _message(self, recorded: Recorded, audience: Audience) -> Change | Snapshot:
        return projections.feed_message(
            recorded, self._service.published, audience, insecure_lan=self._insecure_lan, logo=self._logo
        )

    def _send(self, audience: Audience, seq: int, framed: bytes) -> None:
        channel = self._channels[audience]
        channel.ring.append(seq, framed)
        self._fan_out(channel, framed)

    def _fan_out(self, channel: _Channel, framed: bytes) -> None:
        slow = []
        for pipe in channel.readers:
            if pipe.waiting_bytes() > WAITING_BYTES:
                slow.append(pipe)
            else:
                pipe.write(framed)
        for pipe in slow:
            channel.readers.discard(pipe)
            self.closed_slow += 1
            log.info("feed reader fell behind, closed: %d bytes wait", pipe.waiting_bytes())
            pipe.abort()

    # --- a connection's side ------------------------------------------------------------------------------

    def known_seq(self, since: str | None, epoch: str | None) -> int | None:
        """The `seq` to go on from, or None for a snapshot. Raises BadSince before anything is sent."""
        if since is None:
            return None
        if not (since.isascii() and since.isdigit() and len(since) < 19):
            raise BadSince()
        if epoch is not None and epoch != self._service.epoch:
            return None
        if int(since) > self._service.seq:
            raise BadSince()
        return int(since) if epoch is not None else None

    async def follow(
        self, pipe: Pipe, audience: Audience, known: int | None, unit: UnitView | None, holder: Actor | None = None
    ) -> None:
        """Greets a reader, brings it up to date and makes it live. holder: of the key that it came with.

        TimeoutError when it takes too long.
        """
        channel = self._channels[audience]
        if holder is not None:
            self._holders[pipe] = holder
        async with asyncio.timeout(CATCH_UP_S):
            await pipe.send(self._hello(unit))
            if known is None or not channel.ring.reaches(known):
                known, snapshot = self._snapshot(audience)
                await pipe.send(snapshot)
            await self._catch_up(pipe, channel, known)

    def leave(self, pipe: Pipe) -> None:
        """Nothing is written to it any more; to be called before its connection says good-bye."""
        self._holders.pop(pipe, None)
        for channel in self._channels.values():
            channel.readers.discard(pipe)

    async def _catch_up(self, pipe: Pipe, channel: _Channel, known: int) -> None:
        """Sends what is missing; the reader turns live in the same breath in which nothing is missing any more."""
        while channel.ring.reaches(known):
            framed = channel.ring.after(known)
            if framed is None:
                channel.readers.add(pipe)
                return
            await pipe.send(payload_of(framed))
            known += 1
        pipe.abort()

    def _hello(self, unit: UnitView | None) -> bytes:
        hello = Hello(
            schema=SCHEMA,
            site=self._service.site,
            epoch=self._service.epoch,
            seq=self._service.seq,
            now=projections.when(self._service.moment().at),
            unit=unit,
            insecure_lan=self._insecure_lan,
        )
        return _encoder.encode(hello)

    def _snapshot(self, audience: Audience) -> tuple[int, bytes]:
        channel, at = self._channels[audience], self._service.moment().at
        seq, made_at = channel.snapshot_key
        if seq != self._service.seq or at - made_at > _FRESH_MS:
            seq = self._service.seq
            board = projections.board(
                self._service.published, at, audience, insecure_lan=self._insecure_lan, logo=self._logo
            )
            channel.snapshot = _encoder.encode(Snapshot(seq=seq, board=board))
            channel.snapshot_key = seq, at
        return seq, channel.snapshot
