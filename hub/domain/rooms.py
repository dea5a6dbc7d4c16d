"""OpenRoom, PauseRoom, CloseRoom."""

from hub.domain import checks
from hub.domain.clinic import Clinic, Moment
from hub.domain.commands import CloseRoom, OpenRoom, PauseRoom
from hub.domain.events import Event, RoomClosed, RoomOpened, RoomPaused
from hub.domain.results import Decision, RoomNow
from smartqueue import errors
from smartqueue.terms import RoomState

LONGEST_PAUSE_H = 24


def open_room(clinic: Clinic, command: OpenRoom, moment: Moment) -> Decision:
    return _change(clinic, command, moment, RoomState.OPEN, RoomOpened(command.room))


def pause_room(clinic: Clinic, command: PauseRoom, moment: Moment) -> Decision:
    """Pausing again with another time of return is news; the current token may be finished meanwhile.

    Raises BadReturnTime when the return is past or more than a day ahead.
    """
    if command.back_at is not None and not moment.at < command.back_at <= moment.at + LONGEST_PAUSE_H * 3_600_000:
        raise errors.BadReturnTime(hours=LONGEST_PAUSE_H)
    return _change(clinic, command, moment, RoomState.PAUSED, RoomPaused(command.room, command.back_at))


def close_room(clinic: Clinic, command: CloseRoom, moment: Moment) -> Decision:
    return _change(clinic, command, moment, RoomState.CLOSED, RoomClosed(command.room))


def _change(
    clinic: Clinic, command: OpenRoom | PauseRoom | CloseRoom, moment: Moment, state: RoomState, event: Event
) -> Decision:
    """Nothing happens to a room that is in that state already. Raises UnknownRoom, PressTooOld."""
    room = checks.room(clinic, command.room)
    checks.fresh(command.tick, moment)
    desk = clinic.desks[room.id]
    back_at = event.back_at if isinstance(event, RoomPaused) else None
    same = desk.state is state and desk.back_at == back_at
    return Decision(() if same else (event,), RoomNow(room.id, state))
