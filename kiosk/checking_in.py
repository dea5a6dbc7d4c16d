"""What somebody brings along: the code of an appointment, a ticket, a label, or something else. Pure, part of the flow.

A check-in is remembered before it is asked for, like an issue, and its answer takes the same way to paper. What is
only looked at, returned or copied is not: nothing is lost with it.
"""

import re
from dataclasses import replace
from typing import assert_never

from msgspec.structs import replace as changed

from kiosk import choosing
from kiosk.codes import LabelRead, Reading, ShortCode, SomethingElse, TicketSecret, understood
from kiosk.effects import Arrive, Beep, Find, Forget, Print, Remember, Return
from kiosk.events import (
    Answered,
    CameBack,
    CodeScanned,
    IssueRefused,
    NotBack,
    NotFound,
    NotRemembered,
    TicketFound,
    Touched,
    Unreached,
)
from kiosk.fronts import (
    HUB_AWAY,
    Attract,
    CheckIn,
    Departments,
    Easier,
    Found,
    Front,
    IdleWarning,
    Languages,
    Needs,
    Printing,
    Seeking,
    Strange,
    VisitTypes,
)
from kiosk.issuing import Step, start_print, with_pending
from kiosk.person import base, department_of, home, language_of
from kiosk.standing import is_alone
from kiosk.states import Rules, State
from kiosk.terms import Arrival, Link, Pending, Phase, Sound
from smartqueue.capabilities import SECRET_CHARACTERS
from smartqueue.terms import CommandId, DepartmentId, Label
from smartqueue.wire import DepartmentView, IssuedAnswer, TicketAnswer

LONGEST_TYPED = 64
UNKNOWN_TICKET, UNKNOWN_APPOINTMENT = "unknown_ticket", "unknown_appointment"
_TYPED_LABEL = re.compile(r"[A-Za-z]{1,2}[ -]?[0-9]{1,4}")
"""People leave the zeros out; the hub reads it all the same."""
_KEY_REFUSALS = frozenset({"wrong_key", "not_authenticated"})
ArrivalOutcome = Answered | Unreached | IssueRefused | NotRemembered


# --- typing and reading -------------------------------------------------------------------------------


def typed_at(state: State, front: CheckIn, touch: Touched, now: float, rules: Rules) -> Step:
    verb, _, what = touch.key.partition(":")
    match verb:
        case "char" if len(what) == 1 and len(front.typed) < LONGEST_TYPED:
            return replace(state, front=replace(front, typed=front.typed + what, problem=None)), ()
        case "erase":
            return replace(state, front=replace(front, typed=front.typed[:-1], problem=None)), ()
        case "page" if what.isascii() and what.isdecimal():
            return replace(state, front=replace(front, page=int(what))), ()
        case "look_up" if front.typed.strip():
            return _looked_up(state, front, touch.fresh_id, now, rules)
    return choosing.turned(state, verb, what, now, rules), ()


def _looked_up(state: State, front: CheckIn, fresh_id: CommandId, now: float, rules: Rules) -> Step:
    if state.site is None:
        return state, ()
    if is_alone(state, now, rules):
        return replace(state, front=replace(front, problem=HUB_AWAY)), ()
    typed = front.typed.strip()
    if _TYPED_LABEL.fullmatch(typed):
        return _find(state, typed.upper(), now)
    reading = understood(typed, state.site.public_url)
    if state.site.books and isinstance(reading, ShortCode | SomethingElse):
        return _check_in(state, typed, fresh_id, now)
    if isinstance(reading, SomethingElse):
        return replace(state, front=replace(front, problem=UNKNOWN_TICKET)), ()
    return _find(state, _code_of(reading), now)


def scanned(state: State, event: CodeScanned, now: float, rules: Rules) -> Step:
    """Obeyed where somebody begins; not where a ticket is on its way, or its number is on the screen."""
    under = state.front.under if isinstance(state.front, IdleWarning | Strange) else state.front
    begins = isinstance(under, Attract | Departments | Languages | Easier | CheckIn | Needs | VisitTypes)
    if not begins or state.site is None:
        return state, ()
    state, reading = replace(state, front=under, touched_at=now), event.reading
    if isinstance(reading, SomethingElse):
        return _strange(state, reading, now, rules), ()
    if is_alone(state, now, rules):
        return replace(state, front=CheckIn(problem=HUB_AWAY)), ()
    if isinstance(reading, ShortCode) and state.site is not None and state.site.books:
        return _check_in(state, reading.code, event.fresh_id, now)
    return _find(state, _code_of(reading), now)


def _strange(state: State, reading: SomethingElse, now: float, rules: Rules) -> State:
    under = state.front
    assert isinstance(under, Attract | Departments | Languages | Easier | CheckIn | Needs | VisitTypes)
    sentence = Strange(reading.words_key, until=now + rules.strange_s, span=rules.strange_s, under=under)
    return replace(state, front=sentence)


def _code_of(reading: Reading) -> str:
    match reading:
        case ShortCode(code):
            return code
        case TicketSecret(secret):
            return secret
        case LabelRead(label):
            return label
        case SomethingElse():
            return ""
    assert_never(reading)


def strange_over(state: State, front: Strange, now: float) -> State:
    return replace(state, front=front.under, touched_at=now)


# --- checking in --------------------------------------------------------------------------------------


def _check_in(state: State, appointment: str, fresh_id: CommandId, now: float) -> Step:
    """Once for each appointment: whoever tries again while the hub is silent waits for the same answer."""
    state = replace(state, front=Seeking(appointment, since=now))
    if state.site is None or state.day is None or any(one.appointment == appointment for one in state.arrivals):
        return state, ()
    arrival = Arrival(
        command_id=fresh_id,
        appointment=appointment,
        site=state.site,
        language=language_of(state),
        day=state.day,
        said=state.language is not None,
        needs=state.needs,
    )
    return replace(state, arrivals=(*state.arrivals, arrival)), (Remember(arrival), Arrive(arrival))


def arrival_outcome(state: State, event: ArrivalOutcome, now: float, rules: Rules) -> Step:
    arrival = next((one for one in state.arrivals if one.command_id == event.command_id), None)
    if arrival is None:
        return state, ()
    awaited = _is_awaited(state.front, arrival)
    state = replace(state, arrivals=tuple(one for one in state.arrivals if one is not arrival))
    match event:
        case Answered(_, answer):
            return _arrived(state, arrival, answer, now, awaited=awaited)
        case NotRemembered():
            front = Attract() if awaited else state.front
            return replace(state, front=front, store_failed_at=now), ()
        case Unreached():
            return _failed(state, arrival, HUB_AWAY, now, awaited=awaited)
        case IssueRefused(_, code):
            return _failed(state, arrival, code, now, awaited=awaited)
    assert_never(event)


def _arrived(state: State, arrival: Arrival, answer: IssuedAnswer, now: float, *, awaited: bool) -> Step:
    """From here on it is like any other issue that was answered."""
    pending = Pending(
        command_id=arrival.command_id,
        site=arrival.site,
        department=_department(state, answer.department, answer.label),
        language=arrival.language,
        day=arrival.day,
        phase=Phase.ANSWERED,
        answer=answer,
        sent=True,
        needs=arrival.needs,
    )
    state = replace(state, pendings=(*state.pendings, pending))
    if awaited:
        return start_print(state, pending, now)
    return with_pending(state, pending), (Remember(pending),)


def _failed(state: State, arrival: Arrival, code: str, now: float, *, awaited: bool) -> Step:
    """Eight characters that are no appointment's may be a ticket's."""
    forget = (Forget(arrival.command_id),)
    if code in _KEY_REFUSALS:
        return replace(state, link=Link.WRONG_KEY, front=Attract() if awaited else state.front), forget
    if not awaited:
        return state, forget
    reading = understood(arrival.appointment, None)
    if code == UNKNOWN_APPOINTMENT and isinstance(reading, ShortCode):
        state, effects = _find(state, reading.code, now)
        return state, (*forget, *effects)
    return _refused(state, arrival.appointment, code, now), forget


def _refused(state: State, code: str, problem: str, now: float) -> State:
    """Back to the pad, with what was typed; a secret is nothing to be shown."""
    typed = code if len(code) != SECRET_CHARACTERS else ""
    return replace(state, front=CheckIn(typed=typed, problem=problem), touched_at=now)


def _is_awaited(front: Front, arrival: Arrival) -> bool:
    """Its person stands in front, perhaps told already that the hub is silent."""
    if isinstance(front, IdleWarning):
        return _is_awaited(front.under, arrival)
    if isinstance(front, CheckIn):
        return front.problem == HUB_AWAY and front.typed == arrival.appointment
    return isinstance(front, Seeking) and front.code == arrival.appointment


def sought_in_vain(state: State, front: Seeking, now: float) -> State:
    """No answer in time. A check-in may have been obeyed: its ticket still comes when the hub says so."""
    return _refused(state, front.code, HUB_AWAY, now)


# --- tickets of today ---------------------------------------------------------------------------------


def _find(state: State, code: str, now: float) -> Step:
    return replace(state, front=Seeking(code, since=now)), (Find(code),)


def search_ended(state: State, event: TicketFound | NotFound, now: float, rules: Rules) -> Step:
    front = state.front
    if isinstance(front, Seeking) and front.code == event.code:
        if isinstance(event, NotFound):
            return _refused(state, event.code, event.problem, now), ()
        return replace(state, front=Found(event.ticket, until=now + rules.found_s, span=rules.found_s)), ()
    if isinstance(front, Found) and front.came_back and isinstance(event, TicketFound):
        return replace(state, front=_moved(front, event.ticket)), ()
    return state, ()


def _moved(front: Found, ticket: TicketAnswer) -> Found:
    """Where it stands in the queue now; its own code stays known."""
    if ticket.token != front.ticket.token:
        return front
    known = changed(ticket, status_url=front.ticket.status_url, short_code=front.ticket.short_code)
    return replace(front, ticket=known)


def found_touched(state: State, front: Found, touch: Touched, now: float, rules: Rules) -> Step:
    if now < state.shown_at + rules.settle_s:
        return state, ()
    match touch.key:
        case "done":
            state = home(state)
        case "more_time":
            state = replace(state, front=_anew(front, now, rules))
        case "new_number":
            state = replace(state, front=base(state))
        case "copy":
            return _copied(state, front.ticket, touch.fresh_id, now)
        case "return" if front.ticket.may_return and not front.asked:
            return _returned(state, front, touch.fresh_id, now, rules)
    return state, ()


def _returned(state: State, front: Found, fresh_id: CommandId, now: float, rules: Rules) -> Step:
    if is_alone(state, now, rules):
        return replace(state, front=replace(front, problem=HUB_AWAY)), ()
    asked = replace(_anew(front, now, rules), asked=True, problem=None)
    return replace(state, front=asked), (Return(fresh_id, front.ticket.token),)


def return_ended(state: State, event: CameBack | NotBack, now: float, rules: Rules) -> Step:
    front, token = state.front, event.token if isinstance(event, NotBack) else event.answer.token
    if not isinstance(front, Found) or not front.asked or front.ticket.token != token:
        return state, ()
    front = replace(_anew(front, now, rules), asked=False)
    if isinstance(event, NotBack):
        return replace(state, front=replace(front, problem=event.problem)), ()
    answer = event.answer
    ticket = changed(front.ticket, state=answer.state, room=answer.room, may_return=False, ahead=None, estimate=None)
    state = replace(state, front=replace(front, ticket=ticket, came_back=True))
    return state, (Beep(Sound.TICKET), Find(ticket.label))


def _anew(front: Found, now: float, rules: Rules) -> Found:
    return replace(front, until=now + rules.found_s, span=rules.found_s)


def _copied(state: State, ticket: TicketAnswer, fresh_id: CommandId, now: float) -> Step:
    """Printed once more for who presented its code. Nothing is remembered: the number is in somebody's hand already."""
    if state.site is None or state.day is None or ticket.short_code is None:
        return state, ()
    pending = Pending(
        command_id=fresh_id,
        site=state.site,
        department=_department(state, ticket.department, ticket.label),
        language=language_of(state),
        day=state.day,
        phase=Phase.PRINTING,
        answer=_answer(ticket, ticket.short_code),
        copy=ticket,
    )
    return replace(state, front=Printing(pending, moved_at=now)), (Print(pending),)


def _answer(ticket: TicketAnswer, short_code: str) -> IssuedAnswer:
    """As the hub would say it of one that is issued now. Whether anybody waits before it is in `Pending.copy`."""
    return IssuedAnswer(
        token=ticket.token,
        label=ticket.label,
        department=ticket.department,
        issued_at=ticket.issued_at,
        ahead=ticket.ahead or 0,
        estimate=ticket.estimate,
        status_url=ticket.status_url or "",
        short_code=short_code,
    )


def _department(state: State, department: DepartmentId, label: Label) -> DepartmentView:
    """Of a token. One that the hub has taken from its list meanwhile has its letter for a name."""
    known = department_of(state, department)
    if known is not None:
        return known
    letter = label.rstrip("0123456789")
    language = language_of(state) if state.site is None else state.site.default_language
    return DepartmentView(
        id=department,
        letter=letter,
        names={language: letter},
        areas={},
        icon="ticket",
        ground=0,
        open=True,
        opens_at=None,
        waiting=0,
        estimate=None,
    )
