"""Handlers of commands. A handler translates; it never decides."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from aiohttp import web
from msgspec import UnsetType

from hub import status_pages
from hub.api import policy, replies, requests
from hub.api.context import HUB, known_actor
from hub.domain.commands import (
    UNCHECKED,
    AcknowledgeAnnouncement,
    CallNext,
    CancelToken,
    CloseRoom,
    Command,
    FinishService,
    IssueToken,
    MarkNoShow,
    OpenRoom,
    PauseRoom,
    Recall,
    StartService,
)
from hub.private import PrivateRows
from hub.service import Actor
from smartqueue.errors import InvalidRequest, NotPermitted
from smartqueue.terms import (
    AnnouncementId,
    CancelReason,
    CommandId,
    Instant,
    Role,
    RoomId,
    Tick,
    TokenId,
    UnitKind,
)
from smartqueue.wire import AckBody, CallNextBody, IssueBody, Message, PauseBody, PressBody

B = TypeVar("B", bound=Message)


@dataclass(frozen=True, slots=True)
class Asked(Generic[B]):
    """A command as it came in. digest: of route and body."""

    body: B
    command_id: CommandId
    digest: bytes


async def issue_token(request: web.Request) -> web.Response:
    asked = await _asked(request, IssueBody)
    _may_issue(known_actor(request), asked.body)
    token = status_pages.new_token()
    command = IssueToken(
        token=token,
        department=asked.body.department,
        language=asked.body.language,
        needs=tuple(dict.fromkeys(asked.body.needs)),
        priority=asked.body.priority,
        trial=asked.body.trial,
    )
    private = status_pages.new_secret(token, request.app[HUB].service.private)
    return await _obeyed(request, command, asked, (private,))


async def call_next(request: web.Request) -> web.Response:
    room, asked = await _in_room(request, CallNextBody)
    body = asked.body
    after = UNCHECKED if isinstance(body.after, UnsetType) else body.after
    return await _obeyed(request, CallNext(room, after, body.tick, body.outcome), asked)


async def open_room(request: web.Request) -> web.Response:
    room, asked = await _in_room(request, PressBody)
    return await _obeyed(request, OpenRoom(room, asked.body.tick), asked)


async def pause_room(request: web.Request) -> web.Response:
    room, asked = await _in_room(request, PauseBody)
    back_at = _instant("back_at", asked.body.back_at)
    return await _obeyed(request, PauseRoom(room, back_at, asked.body.tick), asked)


async def close_room(request: web.Request) -> web.Response:
    room, asked = await _in_room(request, PressBody)
    return await _obeyed(request, CloseRoom(room, asked.body.tick), asked)


async def recall(request: web.Request) -> web.Response:
    return await _token_press(request, Recall)


async def start_service(request: web.Request) -> web.Response:
    return await _token_press(request, StartService)


async def finish_service(request: web.Request) -> web.Response:
    return await _token_press(request, FinishService)


async def mark_no_show(request: web.Request) -> web.Response:
    return await _token_press(request, MarkNoShow)


async def cancel_token(request: web.Request) -> web.Response:
    asked, token = await _asked(request, PressBody), TokenId(request.match_info["token"])
    by = known_actor(request)
    kiosk = by.kind == UnitKind.KIOSK
    reason = CancelReason.KIOSK if kiosk else CancelReason.OPERATOR
    command = CancelToken(token, reason, asked.body.tick, only_waiting=kiosk, only_trial=by.role is Role.TECHNICIAN)
    return await _obeyed(request, command, asked)


async def acknowledge(request: web.Request) -> web.Response:
    asked = await _asked(request, AckBody)
    announcement = AnnouncementId(request.match_info["announcement"])
    return await _obeyed(request, AcknowledgeAnnouncement(announcement, asked.body.heard), asked)


# --- what they share ----------------------------------------------------------------------------------


async def _asked(request: web.Request, kind: type[B]) -> Asked[B]:
    command_id = requests.command_id(request)
    raw = await requests.raw_body(request)
    return Asked(requests.decoded(raw, kind), command_id, requests.digest(request, raw))


async def _in_room(request: web.Request, kind: type[B]) -> tuple[RoomId, Asked[B]]:
    room = RoomId(request.match_info["room"])
    policy.in_own_room(known_actor(request), room)
    return room, await _asked(request, kind)


async def _token_press(
    request: web.Request, command: Callable[[TokenId, Tick | None, RoomId | None], Command]
) -> web.Response:
    """A verb of the room that a token was called to; whether it is the asker's is decided with the command."""
    asked, token = await _asked(request, PressBody), TokenId(request.match_info["token"])
    return await _obeyed(request, command(token, asked.body.tick, known_actor(request).room), asked)


async def _obeyed(request: web.Request, command: Command, asked: Asked[B], private: PrivateRows = ()) -> web.Response:
    hub = request.app[HUB]
    answer = await hub.service.execute(
        command,
        by=known_actor(request),
        command_id=asked.command_id,
        digest=asked.digest,
        private=private,
        language=requests.language(request),
    )
    hub.metrics.commands.add(type(command).__name__, str(answer.status))
    return replies.reply(answer)


def _may_issue(by: Actor, body: IssueBody) -> None:
    """Needs give priority, not the kiosk; the technician only tries. Raises NotPermitted."""
    if by.kind == UnitKind.KIOSK and body.priority is not None:
        raise NotPermitted(kind=by.kind, action="priority")
    if by.kind == UnitKind.KIOSK and body.trial:
        raise NotPermitted(kind=by.kind, action="trial = true")
    if by.role is Role.TECHNICIAN and not body.trial:
        raise NotPermitted(kind=by.role.value, action="trial = false")


def _instant(field: str, given: datetime | None) -> Instant | None:
    """Raises InvalidRequest for a time without its offset: nobody could tell which hour is meant."""
    if given is None:
        return None
    if given.tzinfo is None:
        raise InvalidRequest(errors=[f"$.{field}: expected a time with its offset, e.g. 2026-03-02T10:45:00Z"])
    return Instant(round(given.timestamp() * 1000))
