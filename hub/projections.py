"""From the state to what a reader may know: the views of smartqueue/wire. No needs, reasons or operators."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import assert_never

from hub.domain import appointing, clinic_day, estimates, ordering, queues
from hub.domain.clinic import Call, Clinic, Token
from hub.domain.configuration import Department, Room
from hub.domain.events import (
    AnnouncementPlayed,
    AppointmentBooked,
    AppointmentCancelled,
    AvailabilitySet,
    CommandUndone,
    ContactSet,
    DayClosed,
    DayOpened,
    DepartmentClosed,
    DepartmentOpened,
    DoctorReleased,
    Event,
    IssuingResumed,
    IssuingStopped,
    LateTokensReported,
    LeaseGranted,
    LeaseRevoked,
    NoShowMarked,
    PrioritySet,
    Promise,
    RoomAssigned,
    RoomClosed,
    RoomOpened,
    RoomPaused,
    ServiceFinished,
    ServiceStarted,
    ShiftBegan,
    ShiftEnded,
    SiteConfigured,
    TokenCalled,
    TokenCancelled,
    TokenIssued,
    TokenParked,
    TokenResumed,
    TokenReturned,
    TokenTransferred,
    UnitAdmitted,
    UnitBound,
    UnitForgotten,
)
from hub.domain.shown_range import ShownRange, shown_range
from hub.journal import codec
from hub.journal.records import Recorded
from hub.shown import ShownRanges
from smartqueue import wire
from smartqueue.terms import (
    Audience,
    Care,
    DepartmentId,
    Instant,
    Label,
    Need,
    Priority,
    RoomId,
    RoomState,
    TokenId,
    TokenState,
)

LAST = Instant(253_402_300_799_000)
"""The end of the year 9999, the last that a date can hold."""
_UNHEARD = frozenset({Need.DEAF, Need.BLIND})
"""A call alone does not reach them for certain."""


def when(at: Instant) -> datetime:
    return datetime.fromtimestamp(min(max(at, 0), LAST) / 1000, UTC)


def site(clinic: Clinic, *, insecure_lan: bool, logo: str | None = None) -> wire.SiteView:
    """logo: its digest. Nobody is asked for a telephone number while others on the network could read it."""
    configured = clinic.configured()
    return wire.SiteView(
        id=configured.id,
        names=configured.names,
        languages=list(configured.languages),
        default_language=configured.default_language,
        zone=configured.zone,
        public_url=configured.public_url,
        insecure_lan=insecure_lan,
        return_min=configured.rules.return_min,
        return_place=configured.rules.return_place,
        notices=list(configured.notices),
        phone_prefix=None if insecure_lan else configured.phone_prefix,
        books=appointing.are_expected(clinic),
        colour=configured.colour,
        logo=logo,
    )


def estimate(wait: Promise | None, at: Instant) -> wire.EstimateView | None:
    """Of what was promised at that instant."""
    return shown(shown_range(wait.q20, wait.q85, at)) if wait is not None else None


def shown(shown: ShownRange | None) -> wire.EstimateView | None:
    if shown is None:
        return None
    return wire.EstimateView(
        low_min=shown.low_min, high_min=shown.high_min, earliest=when(shown.earliest), latest=when(shown.latest)
    )


def department(clinic: Clinic, configured: Department, at: Instant) -> wire.DepartmentView:
    is_open, stopped = configured.id in clinic.open, configured.id in clinic.stopped
    made = estimates.newcomer(clinic, configured.id, at) if is_open and not stopped else None
    return wire.DepartmentView(
        id=configured.id,
        letter=configured.letter,
        names=configured.names,
        areas=configured.areas,
        icon=configured.icon,
        ground=configured.ground,
        open=is_open,
        opens_at=None if is_open else clinic_day.opens_at(configured, at, clinic.configured()),
        waiting=len(clinic.queues[configured.id]),
        estimate=estimate(estimates.shown(clinic, configured.id, made), at),
        issuing=not stopped,
        last_label=clinic.stopped.get(configured.id),
        emergency=_emergency(clinic, configured.id),
        visit_types=[wire.VisitTypeView(id=kind.id, names=kind.names) for kind in configured.visit_types],
    )


def _emergency(clinic: Clinic, department: DepartmentId) -> bool:
    """Whether one waits, or is in a room."""
    busy = (clinic.desks[room].current for room in clinic.serving_rooms[department])
    current = (clinic.tokens[token] for token in busy if token is not None)
    return bool(clinic.queues[department].emergencies) or any(
        token.priority is Priority.EMERGENCY and token.department == department for token in current
    )


def departments(clinic: Clinic, at: Instant) -> list[wire.DepartmentView]:
    return [department(clinic, configured, at) for configured in clinic.departments.values()]


def queue(clinic: Clinic, identifier: DepartmentId, at: Instant) -> wire.QueueAnswer:
    """Labels only; waiting in the order of calling."""
    waiting = queues.waiting_in_order(clinic.queues[identifier])
    busy = [token for token in clinic.tokens.values() if token.department == identifier and token.room is not None]
    return wire.QueueAnswer(
        serving=[token.label for token in busy if token.state is TokenState.SERVING],
        called=[token.label for token in busy if token.state is TokenState.CALLED],
        waiting=[clinic.tokens[token].label for token in waiting],
        estimate=department(clinic, clinic.departments[identifier], at).estimate,
    )


def room(clinic: Clinic, configured: Room, at: Instant, audience: Audience) -> wire.RoomView:
    desk = clinic.desks[configured.id]
    current = clinic.tokens[desk.current] if desk.current is not None else None
    return wire.RoomView(
        id=configured.id,
        number=configured.number,
        kind=configured.kind,
        departments=list(desk.departments),
        state=desk.state,
        back_at=when(desk.back_at) if desk.back_at is not None else None,
        current=_current(current, audience) if current is not None else None,
        waiting=sum(queues.eligible_count(clinic.queues[one], desk.operator) for one in desk.departments),
        next=_next(clinic, configured, at) if desk.state is RoomState.OPEN else None,
    )


def _next(clinic: Clinic, configured: Room, at: Instant) -> Label | None:
    token = ordering.next_in_line(clinic, configured, at)
    return token.label if token is not None else None


def _current(token: Token, audience: Audience) -> wire.CurrentView:
    for_unit = audience is Audience.UNIT
    return wire.CurrentView(
        token=token.id if for_unit else "",
        label=token.label,
        state=token.state,
        called_at=when(token.called_at),
        attempt=token.attempt,
        care=_care(token.needs) if for_unit else None,
    )


def _care(needs: Sequence[Need]) -> Care | None:
    if _UNHEARD.intersection(needs):
        return Care.FETCH
    return Care.TIME if needs else None


def call(clinic: Clinic, made: Call) -> wire.CallView:
    token = clinic.tokens[made.token]
    return wire.CallView(
        announcement=made.announcement,
        label=token.label,
        department=token.department,
        room=made.room,
        at=when(made.at),
        attempt=made.attempt,
        language=token.language,
        played=made.heard is not None,
    )


def board(
    clinic: Clinic, at: Instant, audience: Audience, *, insecure_lan: bool, logo: str | None = None
) -> wire.BoardView:
    return wire.BoardView(
        day=clinic.day,
        site=site(clinic, insecure_lan=insecure_lan, logo=logo),
        departments=departments(clinic, at),
        rooms=[room(clinic, configured, at, audience) for configured in clinic.rooms.values()],
        calls=[call(clinic, made) for made in clinic.shown_calls()],
    )


def feed_message(
    recorded: Recorded, clinic: Clinic, audience: Audience, *, insecure_lan: bool, logo: str | None = None
) -> wire.Change | wire.Snapshot:
    """What one event means to an audience, on the state right after it; a snapshot where everything may differ."""
    event, at = recorded.event, recorded.at
    if isinstance(event, SiteConfigured | DayOpened | CommandUndone) or _is_first_booking(clinic, event):
        whole = board(clinic, at, audience, insecure_lan=insecure_lan, logo=logo)
        return wire.Snapshot(seq=recorded.seq, board=whole)
    touched_departments, touched_rooms = _touched(recorded, clinic)
    return wire.Change(
        seq=recorded.seq,
        at=when(at),
        kind=codec.KINDS[type(event)],
        call=_call_of(recorded, clinic),
        departments=[department(clinic, clinic.departments[identifier], at) for identifier in touched_departments],
        rooms=[room(clinic, clinic.rooms[identifier], at, audience) for identifier in touched_rooms],
    )


def _is_first_booking(clinic: Clinic, event: Event) -> bool:
    """Whether kiosks offer to check in from now on, and have not before."""
    return isinstance(event, AppointmentBooked) and appointing.is_first_expected(clinic, event.appointment)


def _call_of(recorded: Recorded, clinic: Clinic) -> wire.CallView | None:
    """Of those that the board remembers: readers would take an older one for a new one."""
    event = recorded.event
    if isinstance(event, TokenCalled):
        return call(clinic, clinic.calls[-1])
    if isinstance(event, AnnouncementPlayed):
        return next(
            (call(clinic, made) for made in clinic.shown_calls() if made.announcement == event.announcement), None
        )
    return None


def _touched(  # noqa: PLR0911 - one line for each kind of event
    recorded: Recorded, clinic: Clinic
) -> tuple[tuple[DepartmentId, ...], tuple[RoomId, ...]]:
    """Departments and rooms whose views an event changes."""
    event = recorded.event
    match event:
        case TokenIssued() | TokenCancelled() | TokenReturned() | TokenResumed() | PrioritySet() | DoctorReleased():
            return _of_token(clinic, event.token, None)
        case TokenCalled() | ServiceStarted() | NoShowMarked() | TokenParked():
            return _of_token(clinic, event.token, event.room)
        case ServiceFinished() | TokenTransferred():
            return _of_token(clinic, event.token, event.room, moved=True)
        case DepartmentOpened() | DepartmentClosed() | IssuingStopped() | IssuingResumed():
            return (event.department,), ()
        case RoomOpened() | RoomPaused() | RoomClosed():
            return clinic.desks[event.room].departments, (event.room,)
        case UnitAdmitted() | UnitForgotten() | UnitBound():
            return (), ()
        case DayClosed() | AnnouncementPlayed() | AvailabilitySet() | ContactSet():
            return (), ()
        case LeaseGranted() | LeaseRevoked() | LateTokensReported() | AppointmentBooked() | AppointmentCancelled():
            return (), ()
        case ShiftBegan() | ShiftEnded():
            return (), tuple(clinic.rooms)
        case RoomAssigned() | SiteConfigured() | DayOpened() | CommandUndone():
            return tuple(clinic.departments), tuple(clinic.rooms)
        case _:
            assert_never(event)


def _of_token(
    clinic: Clinic, token: TokenId, room: RoomId | None, *, moved: bool = False
) -> tuple[tuple[DepartmentId, ...], tuple[RoomId, ...]]:
    """Its department, where it has moved on the one before too, and all rooms that may call for them."""
    found = clinic.tokens[token]
    waited = [step.department for step in found.timeline if step.department is not None][-2:-1] if moved else []
    departments = tuple(one for one in dict.fromkeys((found.department, *waited)) if one in clinic.departments)
    rooms = dict.fromkeys(one for identifier in departments for one in clinic.serving_rooms.get(identifier, ()))
    return departments, tuple({**rooms, room: None} if room is not None else rooms)


def token_detail(clinic: Clinic, token: Token, at: Instant, ranges: ShownRanges) -> wire.TokenDetail:
    """What units may know; operators learn more by `staff_views.token`."""
    ahead, wait = ranges.of(clinic, token, at)
    return wire.TokenDetail(
        token=token.id,
        label=token.label,
        department=token.department,
        state=token.state,
        room=token.room,
        ahead=ahead,
        estimate=shown(wait),
        timeline=timeline(token),
    )


def status(clinic: Clinic, token: Token, at: Instant, ranges: ShownRanges) -> wire.StatusAnswer:
    """One patient's own token: no id, no personal data."""
    ahead, wait = ranges.of(clinic, token, at)
    return wire.StatusAnswer(
        label=token.label,
        department=token.department,
        state=token.state,
        room=token.room,
        ahead=ahead,
        estimate=shown(wait),
        timeline=timeline(token),
    )


def timeline(token: Token) -> list[wire.TimelineEntry]:
    return [
        wire.TimelineEntry(
            at=when(step.at), state=step.state, room=step.room, attempt=step.attempt, department=step.department
        )
        for step in token.timeline
    ]
