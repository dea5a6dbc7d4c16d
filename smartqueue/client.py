"""What every unit knows of its hub: a picture kept by the feed, and commands that are retried until answered.

One `HubClient` for each process, used as `async with`. Commands repeat with the same `Idempotency-Key`, so the hub
obeys once however often it is asked.
"""

import asyncio
import logging
import math
import secrets
import time
from collections.abc import Callable, Coroutine
from random import Random, SystemRandom
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import aiohttp
import msgspec

from smartqueue.addresses import Addresses
from smartqueue.answers import Call, NoAnswer
from smartqueue.errors import HubAway
from smartqueue.feed_link import Clock, FeedLink, LinkState
from smartqueue.picture import Changed, Picture
from smartqueue.retry import Backoff, Patience
from smartqueue.terms import CommandId, DepartmentId, Language, LeaseId, TokenId
from smartqueue.wire import (
    BASE,
    IDEMPOTENCY_HEADER,
    CheckInBody,
    ContactBody,
    DoneAnswer,
    FeedMessage,
    FindBody,
    Health,
    IssueBody,
    IssuedAnswer,
    LeaseAnswer,
    LeaseBody,
    MergeAnswer,
    MergeBody,
    Message,
    PressBody,
    TicketAnswer,
    TokenAnswer,
    UnitView,
)

log = logging.getLogger(__name__)

T = TypeVar("T")
OnChange = Callable[[Picture, FeedMessage, Changed], None]
OnState = Callable[[LinkState], None]

_ANSWER_LIMIT = 4 * 1024 * 1024
_RETRY_FIRST_S, _RETRY_MOST_S = 0.1, 1.0
_CONNECT_SHARE = 0.8
"""Of the time for one attempt: a connection that takes longer is given up while it is known that nothing was sent."""


def new_command_id() -> CommandId:
    """A command id that nobody can guess and nobody has used: 22 characters of the permitted alphabet."""
    return CommandId(secrets.token_urlsafe(16))


class HubClient:
    """The hub as a unit sees it.

    picture: what the unit had stored; the feed resumes from it. site: take no other site's hub. language: of the
    texts in refusals. clock: monotonic seconds. Raises nothing at the start: a hub that is away is a state.
    """

    def __init__(
        self,
        addresses: Addresses,
        *,
        key: str,
        picture: Picture | None = None,
        site: str | None = None,
        language: Language | None = None,
        patience: Patience | None = None,
        clock: Clock = time.monotonic,
        chance: Random | None = None,
        new_id: Callable[[], CommandId] = new_command_id,
    ) -> None:
        self.language = language
        self._addresses = addresses
        self._key = key
        self._stored = picture
        self._site = site
        self._patience = patience or Patience()
        self._clock = clock
        self._chance = chance or SystemRandom()
        self._new_id = new_id
        self._listeners: list[OnChange] = []
        self._state_listeners: list[OnState] = []
        self._tasks: set[asyncio.Task[Any]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._link: FeedLink | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(headers={"Authorization": f"Bearer {self._key}"})
        self._link = FeedLink(
            self._session,
            self._addresses,
            patience=self._patience,
            clock=self._clock,
            chance=self._chance,
            picture=self._stored,
            site=self._site,
            on_message=self._tell,
            on_state=self._tell_state,
        )
        self._keep(self._link.run(), "hub feed")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the feed and everything still pursued, and waits for it."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    # --- what is known ------------------------------------------------------------------------------------

    @property
    def picture(self) -> Picture | None:
        """The newest picture, kept while the hub is away; None before the first one."""
        return self._link.picture if self._link else self._stored

    @property
    def state(self) -> LinkState:
        return self._link.state if self._link else LinkState.SEEKING

    @property
    def online(self) -> bool:
        """Heard within the last `silent_s` seconds."""
        return self.state is LinkState.ONLINE

    @property
    def unit(self) -> UnitView | None:
        """Who the hub takes this unit for, as it said last."""
        return self._link.unit if self._link else None

    @property
    def address(self) -> str | None:
        """Base URL of the hub that is being read now."""
        return self._link.address if self._link else None

    def age_s(self) -> float:
        """Seconds since the hub was heard; infinite when it was not heard since the start."""
        heard_at = self._link.heard_at if self._link else None
        return math.inf if heard_at is None else max(0.0, self._clock() - heard_at)

    def on_change(self, listener: OnChange) -> Callable[[], None]:
        """Calls `listener(picture, message, changed)` after each feed message. Gives the way to stop it."""
        self._listeners.append(listener)
        return lambda: _forget(self._listeners, listener)

    def on_state(self, listener: OnState) -> Callable[[], None]:
        """Calls `listener(state)` when the link's state becomes another. Gives the way to stop it."""
        self._state_listeners.append(listener)
        return lambda: _forget(self._state_listeners, listener)

    # --- asking -------------------------------------------------------------------------------------------

    async def request(
        self,
        method: str,
        path: str,
        body: Message | None,
        answer_type: type[T],
        *,
        command_id: CommandId | None = None,
        deadline_s: float | None = None,
    ) -> T:
        """The hub's answer to one request under `/api/v1`, retried with the same command id until the deadline.

        command_id: of a command that was sent before; left out = a new intent. Raises the Refusal of the hub's code,
        HubAway when there is no answer by then (`sent` says whether it may have been obeyed; `pursue` finds out), and
        InternalFault when the answer is not understood.
        """
        call = self._call(method, path, body, answer_type, command_id)
        limit_s = self._patience.deadline_s if deadline_s is None else deadline_s
        return await self._until(call, self._clock() + limit_s, Backoff(_RETRY_FIRST_S, _RETRY_MOST_S, self._chance))

    def pursue(
        self,
        method: str,
        path: str,
        body: Message | None,
        answer_type: type[T],
        *,
        command_id: CommandId,
        give_up_s: float = math.inf,
    ) -> asyncio.Task[T]:
        """Keeps asking the same command in the background to learn its outcome; the task ends like `request`.

        Only for commands that may come late: what must not happen late carries a `tick`, which the hub checks.
        """
        call = self._call(method, path, body, answer_type, command_id)
        backoff = Backoff(self._patience.first_s, self._patience.most_s, self._chance)
        return self._keep(self._until(call, self._clock() + give_up_s, backoff), f"pursue {path}")

    # --- what a kiosk asks for ----------------------------------------------------------------------------

    async def issue(self, body: IssueBody, *, command_id: CommandId, deadline_s: float | None = None) -> IssuedAnswer:
        """A token; the first answer again for an id that was asked before. Raises like `request`."""
        return await self.request("POST", "/tokens", body, IssuedAnswer, command_id=command_id, deadline_s=deadline_s)

    async def check_in(
        self, appointment: str, body: CheckInBody, *, command_id: CommandId, deadline_s: float | None = None
    ) -> IssuedAnswer:
        """A token for whoever has this appointment: by its id, its code or its reference. Raises like `request`."""
        path = f"/appointments/{quote(appointment, safe='')}/check-in"
        return await self.request("POST", path, body, IssuedAnswer, command_id=command_id, deadline_s=deadline_s)

    async def find_ticket(self, body: FindBody, *, deadline_s: float | None = None) -> TicketAnswer:
        """A ticket of this day. Changes nothing. Raises like `request`."""
        return await self.request("POST", "/tickets/find", body, TicketAnswer, deadline_s=deadline_s)

    async def come_back(self, token: TokenId, *, command_id: CommandId, deadline_s: float | None = None) -> TokenAnswer:
        """Into the queue again after a missed call. Raises like `request`."""
        path = f"/tokens/{quote(token, safe='')}/return"
        return await self.request("POST", path, PressBody(), TokenAnswer, command_id=command_id, deadline_s=deadline_s)

    async def keep_contact(
        self, token: TokenId, body: ContactBody, *, command_id: CommandId, deadline_s: float | None = None
    ) -> DoneAnswer:
        """Where messages about this token go; nothing of it comes back. Raises like `request`."""
        path = f"/tokens/{quote(token, safe='')}/contact"
        return await self.request("PUT", path, body, DoneAnswer, command_id=command_id, deadline_s=deadline_s)

    async def logo(self) -> bytes:
        """The clinic's picture, a PNG. Raises like `request`."""
        return await self.request("GET", "/site/logo", None, bytes)

    async def health(self, *, deadline_s: float) -> Health:
        """How the hub says that it is, and how far it is: asked once. Raises HubAway."""
        call = Call("GET", "/healthz", {"Accept": "application/json"}, None, Health)
        try:
            return await self._attempt(call, self._target(), deadline_s)
        except NoAnswer as missing:
            raise HubAway(f"The hub did not answer: {missing}", sent=missing.sent) from missing

    async def cancel(self, token: TokenId, *, command_id: CommandId) -> TokenAnswer:
        """Takes back a token that still waits. Raises like `request`."""
        return await self.request(
            "POST", f"/tokens/{quote(token, safe='')}/cancel", PressBody(), TokenAnswer, command_id=command_id
        )

    async def lease(self, department: DepartmentId, *, tomorrow: bool = False) -> LeaseAnswer:
        """A block of numbers to issue from while the hub is away. Raises like `request`."""
        return await self.request("POST", "/leases", LeaseBody(department=department, tomorrow=tomorrow), LeaseAnswer)

    async def merge(self, lease: LeaseId, body: MergeBody, *, command_id: CommandId) -> MergeAnswer:
        """What was issued from a block while the hub was away joins. Raises like `request`."""
        return await self.request(
            "POST", f"/leases/{quote(lease, safe='')}/tokens", body, MergeAnswer, command_id=command_id
        )

    # --- inside -------------------------------------------------------------------------------------------

    def _call(
        self, method: str, path: str, body: Message | None, answer_type: type[T], command_id: CommandId | None
    ) -> Call[T]:
        headers = {"Accept": "application/json"}
        if self.language:
            headers["Accept-Language"] = self.language
        if method not in ("GET", "HEAD"):
            headers[IDEMPOTENCY_HEADER] = command_id or self._new_id()
        payload = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            payload = msgspec.json.encode(body)
        return Call(method, BASE + path, headers, payload, answer_type)

    async def _until(self, call: Call[T], deadline: float, backoff: Backoff) -> T:
        trouble, sent = NoAnswer("no hub was found", sent=False), False
        while (left_s := deadline - self._clock()) > 0:
            try:
                return await self._attempt(call, self._target(), left_s)
            except NoAnswer as missing:
                trouble, sent = missing, sent or missing.sent
            left_s = deadline - self._clock()
            await asyncio.sleep(max(0.0, min(backoff.pause_s(), left_s)))
        raise HubAway(f"The hub did not answer: {trouble}. {_outcome(call, sent)}", sent=sent)

    def _target(self) -> str:
        """Where our hub is or was last. One of several strangers is never asked: the feed finds ours among them."""
        known = self._link and (self._link.address or self._link.last_address)
        candidates = self._addresses.candidates()
        if known:
            return known
        if not candidates:
            raise NoAnswer("no hub was found", sent=False)
        if len(candidates) > 1:
            raise NoAnswer(f"none of {len(candidates)} addresses has taken this unit's key", sent=False)
        return candidates[0]

    async def _attempt(self, call: Call[T], address: str, left_s: float) -> T:
        assert self._session is not None, "used outside `async with`"
        limit_s = min(left_s, self._patience.attempt_s)
        limit = aiohttp.ClientTimeout(total=limit_s, sock_connect=limit_s * _CONNECT_SHARE)
        try:
            async with self._session.request(
                call.method,
                address + call.path,
                data=call.payload,
                headers=call.headers,
                timeout=limit,
                allow_redirects=False,
            ) as response:
                return call.answer(response.status, await _body(response))
        except aiohttp.ClientConnectorError as trouble:
            raise NoAnswer(f"{address}: {trouble.strerror or trouble}", sent=False) from trouble
        except aiohttp.ConnectionTimeoutError as trouble:
            raise NoAnswer(f"{address}: no connection in time", sent=False) from trouble
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            raise NoAnswer(f"{address}: {trouble or 'no answer in time'}", sent=True) from trouble

    def _keep(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._dropped)
        return task

    def _dropped(self, task: asyncio.Task[Any]) -> None:
        """A pursued outcome that nobody awaits any more is no mistake."""
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()

    def _tell(self, picture: Picture | None, message: FeedMessage, changed: Changed) -> None:
        if picture is not None:
            for listener in tuple(self._listeners):
                listener(picture, message, changed)

    def _tell_state(self, state: LinkState) -> None:
        for listener in tuple(self._state_listeners):
            listener(state)


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """Raises NoAnswer for more than any answer of a hub."""
    text = bytearray()
    async for chunk in response.content.iter_chunked(64 * 1024):
        text += chunk
        if len(text) > _ANSWER_LIMIT:
            raise NoAnswer("the answer was too long", sent=True)
    return bytes(text)


def _outcome(call: Call[Any], sent: bool) -> str:
    if not sent:
        return "Nothing was done."
    return "Nothing is known." if call.method == "GET" else "It is not known whether it was done."


def _forget(listeners: list[T], listener: T) -> None:
    if listener in listeners:
        listeners.remove(listener)
