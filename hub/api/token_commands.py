"""Handlers of commands on tokens. A handler translates; it never decides."""

from collections.abc import Callable

from aiohttp import web
from msgspec import UnsetType

from hub import status_pages
from hub.api import policy
from hub.api.asking import Asked, asked, asked_nothing, in_own_room, obeyed, token_of
from hub.api.context import HUB, known_actor
from hub.domain import checks
from hub.domain.clinic import Clinic
from hub.domain.commands import (
    UNCHECKED,
    CallToken,
    CancelToken,
    Command,
    FinishService,
    IssueToken,
    MarkNoShow,
    ParkToken,
    Recall,
    ReleaseDoctor,
    ResumeToken,
    ReturnToken,
    SetPriority,
    StartService,
    TransferToken,
)
from hub.domain.configuration import PlanStep
from hub.private import PrivateRows
from hub.service import Actor, Prepared
from smartqueue.errors import InvalidRequest, NotPermitted
from smartqueue.terms import CancelReason, OperatorId, PriorityReason, Role, RoomId, UnitKind
from smartqueue.wire import (
    CallTokenBody,
    FinishBody,
    IssueBody,
    ParkBody,
    PlannedStep,
    PressBody,
    PriorityBody,
    TransferBody,
)

NOT_AN_OPERATORS = (PriorityReason.NONE, PriorityReason.TRIAL)
"""Reasons that nobody can give for a priority that they set."""


async def issue_token(request: web.Request) -> web.Response:
    given, by = await asked(request, IssueBody), known_actor(request)
    body = given.body
    _may_issue(by, body)
    token = status_pages.new_token()
    command = IssueToken(
        token=token,
        department=body.department,
        language=body.language,
        needs=tuple(dict.fromkeys(body.needs)),
        priority=body.priority,
        trial=body.trial,
        services=tuple(dict.fromkeys(body.services)),
        visit_type=body.visit_type,
        doctor=body.doctor,
        override=OperatorId(by.name) if body.override else None,
    )
    private = status_pages.new_secret(token, request.app[HUB].service.private)
    return await obeyed(request, command, given, (private,))


async def call_token(request: web.Request) -> web.Response:
    given = await asked(request, CallTokenBody)
    body = given.body
    after = UNCHECKED if isinstance(body.after, UnsetType) else body.after
    command = CallToken(token_of(request), body.room, body.reason, after, body.tick, body.outcome)
    return await obeyed(request, in_own_room(request, body.room, command), given)


async def recall(request: web.Request) -> web.Response:
    return await _pressed(request, Recall)


async def start_service(request: web.Request) -> web.Response:
    return await _pressed(request, StartService)


async def mark_no_show(request: web.Request) -> web.Response:
    return await _pressed(request, MarkNoShow)


async def finish_service(request: web.Request) -> web.Response:
    given, token = await asked(request, FinishBody), token_of(request)
    private = await _note(request, given)
    command = _of_own_room(request, FinishService, lambda room: FinishService(token, given.body.tick, room))
    return await obeyed(request, command, given, private)


async def return_token(request: web.Request) -> web.Response:
    return await obeyed(request, ReturnToken(token_of(request)), await asked_nothing(request))


async def park_token(request: web.Request) -> web.Response:
    given, token = await asked(request, ParkBody), token_of(request)
    body = given.body
    command = _of_queue(request, ParkToken, lambda room: ParkToken(token, body.reason, body.tick, room))
    return await obeyed(request, command, given)


async def resume_token(request: web.Request) -> web.Response:
    return await obeyed(request, ResumeToken(token_of(request)), await asked_nothing(request))


async def transfer_token(request: web.Request) -> web.Response:
    given, token = await asked(request, TransferBody), token_of(request)
    body = given.body
    plan = tuple(map(_step, body.plan)) if body.plan is not None else None

    def transfer(room: RoomId | None) -> TransferToken:
        return TransferToken(token, body.department, body.doctor, plan, body.tick, room)

    return await obeyed(request, _of_queue(request, TransferToken, transfer), given)


async def cancel_token(request: web.Request) -> web.Response:
    given, token = await asked(request, PressBody), token_of(request)
    by = known_actor(request)
    kiosk = by.kind == UnitKind.KIOSK
    reason = CancelReason.KIOSK if kiosk else CancelReason.OPERATOR
    command = CancelToken(token, reason, given.body.tick, only_waiting=kiosk, only_trial=by.role is Role.TECHNICIAN)

    def checked(clinic: Clinic) -> CancelToken:
        """A nurse or a doctor takes nobody away from another room."""
        found = clinic.tokens.get(token)
        if found is not None and found.room is not None:
            checks.in_room(found, policy.own_room(by, clinic))
        return command

    return await obeyed(request, Prepared(CancelToken, checked), given)


async def set_priority(request: web.Request) -> web.Response:
    given = await asked(request, PriorityBody)
    if given.body.reason in NOT_AN_OPERATORS:
        possible = ", ".join(one for one in PriorityReason if one not in NOT_AN_OPERATORS)
        raise InvalidRequest(errors=[f"$.reason: say why, one of: {possible}"])
    return await obeyed(request, SetPriority(token_of(request), given.body.priority, given.body.reason), given)


async def release_doctor(request: web.Request) -> web.Response:
    return await obeyed(request, ReleaseDoctor(token_of(request)), await asked_nothing(request))


# --- what they share ----------------------------------------------------------------------------------


async def _pressed(request: web.Request, command: type[Recall] | type[StartService] | type[MarkNoShow]) -> web.Response:
    """A verb of the room that a token was called to."""
    given, token = await asked(request, PressBody), token_of(request)
    pressed = _of_own_room(request, command, lambda room: command(token, given.body.tick, room))
    return await obeyed(request, pressed, given)


def _of_own_room(request: web.Request, kind: type, make: Callable[[RoomId | None], Command]) -> Prepared:
    """make: of the only room in which the asker may act."""
    by = known_actor(request)
    return Prepared(kind, lambda clinic: make(policy.own_room(by, clinic)))


def _of_queue(request: web.Request, kind: type, make: Callable[[RoomId | None], Command]) -> Prepared:
    """As above; but what waits is in no room, and any operator may move it."""
    by, token = known_actor(request), token_of(request)

    def made(clinic: Clinic) -> Command:
        found = clinic.tokens.get(token)
        waits = by.kind != UnitKind.CALLER and found is not None and found.room is None
        return make(None if waits else policy.own_room(by, clinic))

    return Prepared(kind, made)


def _may_issue(by: Actor, body: IssueBody) -> None:
    """Needs give priority, not the kiosk; the technician only tries, and nobody else does. Raises NotPermitted."""
    technician = by.role is Role.TECHNICIAN
    if by.kind == UnitKind.KIOSK and body.priority is not None:
        raise NotPermitted(kind=by.kind, action="priority")
    if body.override and (by.kind == UnitKind.KIOSK or technician):
        raise NotPermitted(kind=str(by.role or by.kind), action="override = true")
    if body.trial is not technician:
        raise NotPermitted(kind=str(by.role or by.kind), action=f"trial = {str(body.trial).lower()}")


async def _note(request: web.Request, given: Asked[FinishBody]) -> PrivateRows:
    """The note of a consultation, sealed; its key is on disk before the command is decided. Raises NotPermitted."""
    by, text = known_actor(request), (given.body.note or "").strip()
    if not text:
        return ()
    if not policy.is_staff(by):
        raise NotPermitted(kind=by.kind, action="note")
    service, token = request.app[HUB].service, token_of(request)
    if token not in service.published.tokens:
        return ()
    sealed = await request.app[HUB].notes.seal(
        token, text, command=given.command_id, by=OperatorId(by.name), at=service.moment().at
    )
    return (sealed,)


def _step(step: PlannedStep) -> PlanStep:
    return PlanStep(tuple(step.departments), step.doctor)
