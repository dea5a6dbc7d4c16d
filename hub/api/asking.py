"""What handlers of commands share: a command as it came in, and handing it over to the service."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from aiohttp import web

from hub.api import policy, replies, requests
from hub.api.context import HUB, known_actor
from hub.domain.clinic import Clinic
from hub.domain.commands import Command
from hub.private import PrivateRows
from hub.service import Prepared, kind_of
from smartqueue.errors import InvalidRequest
from smartqueue.terms import CommandId, Instant, RoomId, TokenId
from smartqueue.wire import Message

B = TypeVar("B", bound=Message)


@dataclass(frozen=True, slots=True)
class Asked(Generic[B]):
    """A command as it came in. digest: of route and body."""

    body: B
    command_id: CommandId
    digest: bytes


async def asked(request: web.Request, kind: type[B]) -> Asked[B]:
    command_id = requests.command_id(request)
    raw = await requests.raw_body(request)
    return Asked(requests.decoded(raw, kind), command_id, requests.digest(request, raw))


async def asked_nothing(request: web.Request) -> Asked[Message]:
    """A command that is all in its address."""
    return await asked(request, Message)


def in_own_room(request: web.Request, room: RoomId, command: Command) -> Prepared:
    """Refused with WrongRoom or NoOwnRoom where the asker may not act in that room."""
    by = known_actor(request)

    def make(clinic: Clinic) -> Command:
        policy.in_own_room(by, room, clinic)
        return command

    return Prepared(type(command), make)


def room_of(request: web.Request) -> RoomId:
    return RoomId(request.match_info["room"])


def token_of(request: web.Request) -> TokenId:
    return TokenId(request.match_info["token"])


async def obeyed(
    request: web.Request, command: Command | Prepared, asked: Asked[B], private: PrivateRows = ()
) -> web.Response:
    hub = request.app[HUB]
    answer = await hub.service.execute(
        command,
        by=known_actor(request),
        command_id=asked.command_id,
        digest=asked.digest,
        private=private,
        language=requests.language(request),
    )
    hub.metrics.commands.add(kind_of(command).__name__, str(answer.status))
    return replies.reply(answer)


def instant(field: str, given: datetime) -> Instant:
    """Raises InvalidRequest for a time without its offset: nobody could tell which hour is meant."""
    if given.tzinfo is None:
        raise InvalidRequest(errors=[f"$.{field}: expected a time with its offset, e.g. 2026-03-02T10:45:00Z"])
    return Instant(round(given.timestamp() * 1000))


def instant_or_none(field: str, given: datetime | None) -> Instant | None:
    return instant(field, given) if given is not None else None
