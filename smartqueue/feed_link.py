"""The connection to the hub's feed: connect, greet, resume or take a snapshot, listen, come back after every loss."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from enum import StrEnum
from http import HTTPStatus
from random import Random

import aiohttp
import msgspec

from smartqueue.addresses import Addresses
from smartqueue.picture import Changed, Gap, Picture, reduce, resumes
from smartqueue.retry import Backoff, Patience
from smartqueue.wire import BASE, SCHEMA, FeedMessage, Heartbeat, Hello, Snapshot, UnitView

log = logging.getLogger(__name__)

Clock = Callable[[], float]
"""Monotonic seconds."""
OnMessage = Callable[[Picture | None, FeedMessage, Changed], None]

_LARGEST_MESSAGE = 16 * 1024 * 1024
_decoder = msgspec.json.Decoder(FeedMessage)


class LinkState(StrEnum):
    SEEKING = "seeking"
    """Not heard since the start."""
    ONLINE = "online"
    AWAY = "away"
    WRONG_KEY = "wrong_key"
    """The hub is there and refuses this unit's key; somebody must come."""
    OTHER_VERSION = "other_version"
    """The hub is there and speaks another version of the contract."""


_VERDICTS = frozenset({LinkState.WRONG_KEY, LinkState.OTHER_VERSION})


class _Lost(Exception):
    """This connection is over. verdict: what the hub made clear, if anything."""

    def __init__(self, why: str, verdict: LinkState | None = None) -> None:
        super().__init__(why)
        self.verdict = verdict


class FeedLink:
    """Keeps a picture up to date. `run` never returns; cancel it to stop."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        addresses: Addresses,
        *,
        patience: Patience,
        clock: Clock,
        chance: Random,
        picture: Picture | None,
        site: str | None,
        on_message: OnMessage,
        on_state: Callable[[LinkState], None],
    ) -> None:
        self.picture = picture
        self.unit: UnitView | None = None
        """Who the hub takes this unit for; None until it has said so."""
        self.address: str | None = None
        """Of the open feed; None while there is none."""
        self.last_address: str | None = None
        """Where our hub was last: it took this unit's key there."""
        self.heard_at: float | None = None
        self.state = LinkState.SEEKING
        self._session = session
        self._addresses = addresses
        self._patience = patience
        self._clock = clock
        self._backoff = Backoff(patience.first_s, patience.most_s, chance)
        self._chance = chance
        self._site = site
        self._on_message = on_message
        self._on_state = on_state
        self._afresh = False
        self._silence: asyncio.TimerHandle | None = None

    async def run(self) -> None:
        try:
            while True:
                candidates = tuple(self._addresses.candidates())
                await self._pause(await self._round(candidates), candidates)
        finally:
            if self._silence:
                self._silence.cancel()

    async def _round(self, candidates: Sequence[str]) -> float:
        """Tries all, newest first, until a connection was made and lost. Gives the pause to make."""
        tried = self._with_last(candidates)
        verdicts: dict[str, LinkState] = {}
        for address in tried:
            heard_before = self.heard_at
            try:
                await self._follow(address)
            except _Lost as lost:
                log.info("feed lost: %s", lost, extra={"address": address})
                if lost.verdict is not None:
                    verdicts[address] = lost.verdict
            except Exception:
                log.exception("feed reader failed; connecting again")
            finally:
                self.address = None
            if self.heard_at != heard_before:
                return self._backoff.pause_s()
        self._addresses.reached(None)
        if verdicts and set(verdicts) == set(tried):
            self._become(verdicts[tried[-1]])
            return self._patience.refused_s * self._chance.uniform(0.5, 1.0)
        if self.state in _VERDICTS:
            self._become(LinkState.AWAY)
        return self._backoff.pause_s()

    def _with_last(self, candidates: Sequence[str]) -> Sequence[str]:
        """The candidates, and where our hub was last: it mostly comes back there, before mDNS says so.

        While it does not answer, the refusal of another site's hub says nothing about our key.
        """
        last = self.last_address
        return candidates if last is None or last in candidates else (*candidates, last)

    async def _pause(self, pause_s: float, candidates: Sequence[str]) -> None:
        """Ends early when there are other addresses to try."""
        try:
            async with asyncio.timeout(pause_s):
                await self._addresses.wait_for_change(candidates)
        except TimeoutError:
            return

    async def _follow(self, address: str) -> None:
        """Reads one connection to its end, which is always a _Lost."""
        socket = await self._connect(address)
        try:
            hello = await self._greeting(socket)
            self.address = self.last_address = address
            self._addresses.reached(address)
            if self._afresh or not resumes(self.picture, hello):
                await self._begin_anew(hello, socket)
            else:
                self._take(hello, hello)
            while True:
                self._take(hello, await self._receive(socket))
        except Gap as gap:
            self._afresh = True
            raise _Lost(str(gap)) from gap
        finally:
            await self._close(socket)

    async def _connect(self, address: str) -> aiohttp.ClientWebSocketResponse:
        picture = None if self._afresh else self.picture
        params = {"since": str(picture.seq), "epoch": picture.epoch} if picture else {}
        try:
            async with asyncio.timeout(self._patience.attempt_s):
                return await self._session.ws_connect(
                    f"{address}{BASE}/feed", params=params, max_msg_size=_LARGEST_MESSAGE
                )
        except aiohttp.WSServerHandshakeError as refused:
            if refused.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
                raise _Lost("the hub refuses this unit's key", LinkState.WRONG_KEY) from refused
            self._afresh = self._afresh or refused.status == HTTPStatus.BAD_REQUEST
            raise _Lost(f"the hub answered {refused.status}") from refused
        except (aiohttp.ClientError, OSError, ValueError) as trouble:
            raise _Lost(f"no connection: {trouble or type(trouble).__name__}") from trouble

    async def _greeting(self, socket: aiohttp.ClientWebSocketResponse) -> Hello:
        hello = await self._receive(socket)
        if not isinstance(hello, Hello):
            raise _Lost("the first message was no hello")
        if hello.schema != SCHEMA:
            raise _Lost(f"the hub speaks version {hello.schema}, this unit {SCHEMA}", LinkState.OTHER_VERSION)
        if self._site is not None and hello.site != self._site:
            raise _Lost(f"this is the hub of {hello.site}, not of {self._site}")
        self.unit = hello.unit
        return hello

    async def _begin_anew(self, hello: Hello, socket: aiohttp.ClientWebSocketResponse) -> None:
        first = await self._receive(socket)
        if not isinstance(first, Snapshot):
            raise Gap("the feed began without a snapshot")
        self._take(hello, first)

    async def _receive(self, socket: aiohttp.ClientWebSocketResponse) -> FeedMessage:
        try:
            frame = await socket.receive(timeout=self._patience.silent_s)
        except TimeoutError as trouble:
            raise _Lost(f"silent for {self._patience.silent_s:g} s") from trouble
        if frame.type is not aiohttp.WSMsgType.TEXT:
            raise _Lost(f"closed by the hub ({frame.type.name.lower()})")
        try:
            message: FeedMessage = _decoder.decode(frame.data)
            return message
        except msgspec.MsgspecError as trouble:
            raise _Lost(f"a message was not understood: {trouble}") from trouble

    def _take(self, hello: Hello, message: FeedMessage) -> None:
        self.picture, changed = reduce(self.picture, hello, message, self._clock())
        if isinstance(message, Heartbeat):
            self._backoff.reset()
        self._afresh = False
        self._heard()
        self._on_message(self.picture, message, changed)

    def _heard(self) -> None:
        self.heard_at = self._clock()
        if self._silence:
            self._silence.cancel()
        loop = asyncio.get_running_loop()
        self._silence = loop.call_later(self._patience.silent_s, self._become, LinkState.AWAY)
        self._become(LinkState.ONLINE)

    def _become(self, state: LinkState) -> None:
        if state in _VERDICTS and self._silence:
            self._silence.cancel()
        if state is not self.state:
            self.state = state
            log.info("hub is %s", state)
            self._on_state(state)

    async def _close(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Says good-bye, without waiting long for a hub that doesn't answer."""
        try:
            async with asyncio.timeout(0.2):
                await socket.close()
        except (TimeoutError, aiohttp.ClientError, OSError):
            log.debug("feed closed without good-bye")
