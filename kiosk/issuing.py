"""What becomes of an issue: asked for, answered or taken from the lease, printed or shown. Pure, part of the flow."""

from dataclasses import replace
from typing import assert_never

from msgspec.structs import replace as changed

from kiosk.effects import Beep, Effect, Forget, Issue, Print, Remember, Take
from kiosk.events import (
    Answered,
    IssueRefused,
    NoNumber,
    NotPrinted,
    NotRemembered,
    Printed,
    PrintMoved,
    Taken,
    Unreached,
)
from kiosk.fronts import NO_NUMBER, Asking, Attract, Closed, Front, HubTrouble, Printing, TakeTicket, Unprinted
from kiosk.states import Rules, State
from kiosk.terms import Link, Pending, Phase, Sound, Trouble
from smartqueue.terms import CommandId

Step = tuple[State, tuple[Effect, ...]]
Outcome = Answered | Unreached | Taken | NoNumber | IssueRefused | NotRemembered

KEY_REFUSALS = frozenset({"wrong_key", "not_authenticated", "not_permitted"})


def outcome(state: State, event: Outcome, now: float, rules: Rules) -> Step:  # noqa: PLR0911 - one for each event
    pending = find(state, event.command_id)
    if pending is None:
        return state, ()
    match event:
        case Answered(_, answer):
            answered = changed(pending, answer=answer)
            return _answered(state, answered, now) if pending.phase is Phase.ASKED else (state, ())
        case Taken(issued):
            return _answered(state, issued, now) if pending.phase is Phase.TAKING else (state, ())
        case Unreached():
            return _unreached(state, pending)
        case NoNumber():
            return _no_number(state, pending, now, rules)
        case IssueRefused(_, code):
            return _issue_refused(replace(state, touched_at=now), pending, code)
        case NotRemembered():
            return _not_remembered(state, pending, now, rules)
    assert_never(event)


def _answered(state: State, answered: Pending, now: float) -> Step:
    if is_awaited(state.front, answered.command_id):
        return start_print(state, answered, now)
    later = changed(answered, phase=Phase.ANSWERED)
    return with_pending(state, later), (Remember(later),)


def _unreached(state: State, pending: Pending) -> Step:
    """Nothing was sent: where a number of the kiosk's own can be had for whoever waits, that is as good at once."""
    if pending.phase is not Phase.ASKED:
        return state, ()
    if is_awaited(state.front, pending.command_id) and pending.department.id in state.numbers:
        return take(state, pending)
    return state, (ask(pending),)


def take(state: State, pending: Pending) -> Step:
    """It is settled that it gets a number of the kiosk's own."""
    taking = changed(pending, phase=Phase.TAKING)
    if isinstance(state.front, Asking):
        state = replace(state, front=replace(state.front, pending=taking))
    return with_pending(state, taking), (Take(taking),)


def _no_number(state: State, pending: Pending, now: float, rules: Rules) -> Step:
    """None was left after all. If the hub may have been asked, its answer is still to come."""
    if pending.phase is not Phase.TAKING:
        return state, ()
    awaited = is_awaited(state.front, pending.command_id)
    state = replace(state, numbers=state.numbers - {pending.department.id})
    state, effects = _taken_back(state, pending)
    if awaited and pending.sent:
        until = now + rules.hub_trouble_s
        state = replace(state, front=HubTrouble(pending, until=until, span=rules.hub_trouble_s))
    elif awaited:
        state = replace(state, front=Closed(pending.department, NO_NUMBER), language=pending.language, touched_at=now)
    return state, effects


def _taken_back(state: State, pending: Pending) -> Step:
    """The hub goes on being asked where it may have been before; else the issue has ended."""
    if not pending.sent:
        return without(state, pending.command_id), (Forget(pending.command_id),)
    asked = changed(pending, phase=Phase.ASKED)
    return with_pending(state, asked), (ask(asked),)


def _issue_refused(state: State, pending: Pending, code: str) -> Step:
    if pending.phase is not Phase.ASKED:
        return state, ()
    shown = is_awaited(state.front, pending.command_id)
    state = without(state, pending.command_id)
    forget = (Forget(pending.command_id),)
    if code in KEY_REFUSALS:
        return replace(state, link=Link.WRONG_KEY, front=Attract() if shown else state.front), forget
    if shown:
        state = replace(state, front=Closed(pending.department, code), language=pending.language)
    return state, forget


def _not_remembered(state: State, pending: Pending, now: float, rules: Rules) -> Step:
    """Without a durable note nothing is asked for and nothing printed: a restart could do it twice."""
    state = replace(state, store_failed_at=now)
    match pending.phase:
        case Phase.ASKED:
            front = Attract() if is_awaited(state.front, pending.command_id) else state.front
            return without(replace(state, front=front), pending.command_id), ()
        case Phase.TAKING:
            front = Attract() if is_awaited(state.front, pending.command_id) else state.front
            return _taken_back(replace(state, front=front), pending)
        case Phase.ANSWERED:
            return state, ()
        case Phase.PRINTING:
            return unprinted(state, pending, Trouble.STORAGE, now, rules)
    assert_never(pending.phase)


def print_news(state: State, event: PrintMoved | Printed | NotPrinted, now: float, rules: Rules) -> Step:
    front = state.front
    if not isinstance(front, Printing | Unprinted) or front.pending.command_id != event.command_id:
        return state, ()
    match event:
        case PrintMoved(_, fraction):
            if isinstance(front, Printing):
                state = replace(state, front=replace(front, fraction=max(front.fraction, fraction), moved_at=now))
            return state, ()
        case Printed():
            ticket = TakeTicket(front.pending, since=now, until=now + rules.ticket_s, span=rules.ticket_s)
            state = without(replace(state, front=ticket), event.command_id)
            forget = () if front.pending.copy else (Forget(event.command_id),)
            return state, (*forget, Beep(Sound.TICKET))
        case NotPrinted(_, trouble):
            return unprinted(state, front.pending, trouble, now, rules)
    assert_never(event)


def unprinted(state: State, pending: Pending, trouble: Trouble, now: float, rules: Rules) -> Step:
    """The number stays remembered until this screen ends: a power cut meanwhile must not hide it."""
    front = Unprinted(pending, trouble, since=now, until=now + rules.trouble_s, span=rules.trouble_s)
    return replace(state, front=front), (Beep(Sound.TROUBLE),)


# --- steps on the way ---------------------------------------------------------------------------------


def start_print(state: State, pending: Pending, now: float) -> Step:
    job = changed(pending, phase=Phase.PRINTING)
    state = with_pending(replace(state, front=Printing(job, moved_at=now)), job)
    return state, (Remember(job), Print(job))


def ask(pending: Pending) -> Issue:
    return Issue(pending.command_id, pending.body, pending.sent)


def with_pending(state: State, pending: Pending) -> State:
    pendings = tuple(pending if known.command_id == pending.command_id else known for known in state.pendings)
    return replace(state, pendings=pendings)


def without(state: State, command_id: CommandId) -> State:
    return replace(state, pendings=tuple(known for known in state.pendings if known.command_id != command_id))


def find(state: State, command_id: CommandId) -> Pending | None:
    return next((pending for pending in state.pendings if pending.command_id == command_id), None)


def is_shown(front: Front, command_id: CommandId) -> bool:
    """Somebody looks at it now, in whatever state it is."""
    if not isinstance(front, Asking | HubTrouble | Printing | TakeTicket | Unprinted):
        return False
    return front.pending.command_id == command_id


def is_awaited(front: Front, command_id: CommandId) -> bool:
    """Its person stands in front and has no number yet."""
    return isinstance(front, Asking | HubTrouble) and front.pending.command_id == command_id
