"""Handlers of commands on rooms, on people and on what departments give out. A handler translates; it never decides."""

from aiohttp import web
from msgspec import UnsetType

from hub.api import policy
from hub.api.asking import asked, asked_nothing, in_own_room, instant_or_none, obeyed, room_of
from hub.api.context import known_actor
from hub.domain.clinic import Clinic
from hub.domain.commands import (
    UNCHECKED,
    AcknowledgeAnnouncement,
    AssignRoom,
    CallNext,
    CloseRoom,
    OpenRoom,
    PauseRoom,
    ResumeIssuing,
    SetAvailability,
    StopIssuing,
    UndoLast,
)
from hub.service import Prepared
from smartqueue.terms import AnnouncementId, DepartmentId, OperatorId
from smartqueue.wire import AckBody, AssignBody, AvailabilityBody, CallNextBody, PauseBody, PressBody, UndoBody


async def call_next(request: web.Request) -> web.Response:
    room, given = room_of(request), await asked(request, CallNextBody)
    body = given.body
    after = UNCHECKED if isinstance(body.after, UnsetType) else body.after
    return await obeyed(request, in_own_room(request, room, CallNext(room, after, body.tick, body.outcome)), given)


async def undo_last(request: web.Request) -> web.Response:
    room, given = room_of(request), await asked(request, UndoBody)
    return await obeyed(request, in_own_room(request, room, UndoLast(room, given.body.command, given.body.tick)), given)


async def open_room(request: web.Request) -> web.Response:
    room, given = room_of(request), await asked(request, PressBody)
    return await obeyed(request, in_own_room(request, room, OpenRoom(room, given.body.tick)), given)


async def pause_room(request: web.Request) -> web.Response:
    room, given = room_of(request), await asked(request, PauseBody)
    back_at = instant_or_none("back_at", given.body.back_at)
    return await obeyed(request, in_own_room(request, room, PauseRoom(room, back_at, given.body.tick)), given)


async def close_room(request: web.Request) -> web.Response:
    room, given = room_of(request), await asked(request, PressBody)
    return await obeyed(request, in_own_room(request, room, CloseRoom(room, given.body.tick)), given)


async def assign_room(request: web.Request) -> web.Response:
    """Nurses and doctors come, or leave the room that they are in; they send nobody else."""
    by, room, given = known_actor(request), room_of(request), await asked(request, AssignBody)
    departments = tuple(given.body.departments) if given.body.departments is not None else None
    command = AssignRoom(room, given.body.operator, departments)

    def checked(clinic: Clinic) -> AssignRoom:
        if command.operator is not None or policy.working_in(by, clinic) != room:
            policy.for_oneself(by, command.operator, "assign another operator")
        return command

    return await obeyed(request, Prepared(AssignRoom, checked), given)


async def set_availability(request: web.Request) -> web.Response:
    operator = OperatorId(request.match_info["operator"])
    policy.for_oneself(known_actor(request), operator, "availability of another operator")
    given = await asked(request, AvailabilityBody)
    back_at = instant_or_none("back_at", given.body.back_at)
    return await obeyed(request, SetAvailability(operator, given.body.available, back_at), given)


async def stop_issuing(request: web.Request) -> web.Response:
    return await obeyed(request, StopIssuing(_department(request)), await asked_nothing(request))


async def resume_issuing(request: web.Request) -> web.Response:
    by = OperatorId(known_actor(request).name)
    return await obeyed(request, ResumeIssuing(_department(request), by), await asked_nothing(request))


async def acknowledge(request: web.Request) -> web.Response:
    given = await asked(request, AckBody)
    announcement = AnnouncementId(request.match_info["announcement"])
    return await obeyed(request, AcknowledgeAnnouncement(announcement, given.body.heard), given)


def _department(request: web.Request) -> DepartmentId:
    return DepartmentId(request.match_info["department"])
