"""StartService, FinishService, MarkNoShow, and the acknowledgement of announcements."""

from hub.domain import checks
from hub.domain.calling import finished
from hub.domain.clinic import Clinic, Moment
from hub.domain.commands import AcknowledgeAnnouncement, FinishService, MarkNoShow, StartService
from hub.domain.events import AnnouncementPlayed, NoShowMarked, ServiceFinished, ServiceStarted
from hub.domain.results import Acknowledged, Decision, TokenNow
from smartqueue import errors
from smartqueue.terms import TokenState


def start(clinic: Clinic, command: StartService, moment: Moment) -> Decision:
    """Raises UnknownToken, PressTooOld, ImpossibleTransition, TokenElsewhere."""
    token = checks.token(clinic, command.token)
    checks.fresh(command.tick, moment)
    checks.possible(token, "start")
    checks.in_room(token, command.room)
    room = checks.room_of(token)
    return Decision((ServiceStarted(token.id, room),), TokenNow(token.id, token.label, TokenState.SERVING, room))


def finish(clinic: Clinic, command: FinishService, moment: Moment) -> Decision:
    """A token that was only called was in the room and nobody pressed Start: the start is implied."""
    token = checks.token(clinic, command.token)
    checks.fresh(command.tick, moment)
    checks.possible(token, "finish")
    checks.in_room(token, command.room)
    events = finished(clinic, token, moment)
    going_on = any(isinstance(event, ServiceFinished) and event.next is not None for event in events)
    state = TokenState.WAITING if going_on else TokenState.SERVED
    return Decision(events, TokenNow(token.id, token.label, state, None))


def mark_no_show(clinic: Clinic, command: MarkNoShow, moment: Moment) -> Decision:
    """Raises UnknownToken, PressTooOld, ImpossibleTransition, TokenElsewhere."""
    token = checks.token(clinic, command.token)
    checks.fresh(command.tick, moment)
    checks.possible(token, "no-show")
    checks.in_room(token, command.room)
    event = NoShowMarked(token.id, checks.room_of(token))
    return Decision((event,), TokenNow(token.id, token.label, TokenState.NO_SHOW, None))


def acknowledge(clinic: Clinic, command: AcknowledgeAnnouncement) -> Decision:
    """The first display counts; a later one changes nothing unless it alone was heard. Raises UnknownAnnouncement."""
    for call in clinic.calls:
        if call.announcement == command.announcement:
            news = call.heard is None or (command.heard and not call.heard)
            events = (AnnouncementPlayed(command.announcement, command.heard),) if news else ()
            return Decision(events, Acknowledged(command.announcement))
    raise errors.UnknownAnnouncement()
