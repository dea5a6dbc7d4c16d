"""The kiosk's decisions: state and event to next state and effects. Pure; clock, ids and time-outs are arguments.

Here is what becomes of touches, of time and of news; what a touch decides stands in `choosing`, `checking_in`,
`phoning` and `corner_rules`, what becomes of an issue in `issuing`.

A pending issue is remembered before it is asked for, before its job is printed, and forgotten when its person has
been told: with a ticket, with the number on the screen, or with a refusal.

While the hub is away a number of the kiosk's own takes the place of the hub's answer. Once that is settled for an issue
(`Take`), whatever the hub still says of it is for the merge to put right (docs/decisions, 13).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from msgspec.structs import replace as changed

from kiosk import checking_in, choosing, corner_rules, phoning
from kiosk.effects import Arrive, Beep, Forget
from kiosk.events import (
    Answered,
    CameBack,
    CodeScanned,
    ContactKept,
    ContactRefused,
    Event,
    FactsGathered,
    HallChanged,
    IssueRefused,
    LeasesChanged,
    LinkChanged,
    NoNumber,
    NotBack,
    NotFound,
    NotPrinted,
    NotRemembered,
    Printed,
    PrintMoved,
    Restored,
    SoundTried,
    Taken,
    TicketFound,
    TimePassed,
    Touched,
    TrialPrinted,
    Unreached,
    VoiceLost,
)
from kiosk.fronts import (
    Asking,
    Attract,
    CheckIn,
    Closed,
    Departments,
    Easier,
    Found,
    HubTrouble,
    IdleWarning,
    Interruptible,
    Languages,
    Needs,
    OneEach,
    OutOfService,
    Phone,
    PhoneKept,
    Pin,
    Printing,
    Seeking,
    Strange,
    TakeTicket,
    Technician,
    Unprinted,
    VisitTypes,
)
from kiosk.issuing import Step, ask, find, is_shown, outcome, print_news, start_print, take, unprinted, without
from kiosk.person import direct_department, home, language_of, wants_anything
from kiosk.speaking import said_first, spoken, unhurried
from kiosk.standing import is_alone, reason
from kiosk.states import Rules, State
from kiosk.terms import Link, Pending, Phase, Reason, Sound, Trouble
from smartqueue.terms import Day, Language

__all__ = ["deadline", "direct_department", "language_of", "start", "step"]

CORNER = "corner"
_NOBODYS = OutOfService | Pin | Technician
"""Screens on which no person stands whose likings could be kept."""


def start(now: float, usual_language: Language | None = None) -> State:
    return State(
        front=OutOfService(Reason.STARTING),
        link=Link.LOOKING,
        link_since=now,
        touched_at=now,
        usual_language=usual_language,
    )


def step(state: State, event: Event, now: float, rules: Rules) -> Step:
    """What the event makes of the state, and what is to be done, in order."""
    before, rules = state, unhurried(state, rules)
    state, effects = _react(state, event, now, rules)
    state, more = _settle(state, now, rules)
    if state.front.name != before.front.name:
        state = replace(state, shown_at=now)
    state, words = spoken(before, state)
    return state, effects + more + words


def deadline(state: State, rules: Rules) -> float | None:
    """When `TimePassed` is next due, or None while only an event can change anything."""
    return min(_deadlines(state, unhurried(state, rules)), default=None)


# --- events -------------------------------------------------------------------------------------------


def _react(state: State, event: Event, now: float, rules: Rules) -> Step:  # noqa: PLR0911, PLR0912 - one for each event
    match event:
        case Touched():
            return _touched(state, event, now, rules)
        case CodeScanned():
            return checking_in.scanned(state, event, now, rules)
        case TimePassed():
            return _time_passed(state, now, rules)
        case LinkChanged(link):
            return (state if link is state.link else replace(state, link=link, link_since=now)), ()
        case HallChanged():
            return _hall_changed(state, event)
        case VoiceLost():
            return replace(state, speech=False, spoken=None), ()
        case LeasesChanged(numbers, astray):
            return replace(state, numbers=numbers, astray=astray), ()
        case Restored():
            return _restored(state, event)
        case Answered() | Unreached() | IssueRefused() | NotRemembered():
            known = find(state, event.command_id) is not None
            return (outcome if known else checking_in.arrival_outcome)(state, event, now, rules)
        case Taken() | NoNumber():
            return outcome(state, event, now, rules)
        case PrintMoved() | Printed() | NotPrinted():
            return print_news(state, event, now, rules)
        case TicketFound() | NotFound():
            return checking_in.search_ended(state, event, now, rules)
        case CameBack() | NotBack():
            return checking_in.return_ended(state, event, now, rules)
        case ContactKept() | ContactRefused():
            return phoning.answered(state, event, now, rules)
        case FactsGathered() | TrialPrinted() | SoundTried():
            return corner_rules.corner_news(state, event)
    assert_never(event)


def _hall_changed(state: State, event: HallChanged) -> Step:
    """A new clinic day ends what was asked on the one before, but for the person in front."""
    language = state.language if state.language in event.site.languages else None
    state = replace(state, day=event.day, site=event.site, departments=event.departments, language=language)
    state = choosing.refreshed(state)
    other = [old for old in state.pendings if old.day < event.day and old.phase is not Phase.TAKING]
    over = [old for old in other if not is_shown(state.front, old.command_id)]
    for pending in over:
        state = without(state, pending.command_id)
    late = [old for old in state.arrivals if old.day < event.day and not isinstance(state.front, Seeking)]
    state = replace(state, arrivals=tuple(one for one in state.arrivals if one not in late))
    return state, tuple(Forget(old) for old in (*(one.command_id for one in over), *(one.command_id for one in late)))


def _restored(state: State, event: Restored) -> Step:
    """Ask again for what was asked today; the rest is taken up by `_settle` when nobody stands in front.

    What seems to be of a day to come was noted while the kiosk's clock was ahead.
    """
    known = {one.command_id for one in state.pendings} | {one.command_id for one in state.arrivals}
    day = state.day or Day("")
    pendings = tuple(one for one in event.pendings if one.command_id not in known)
    arrivals = tuple(one for one in event.arrivals if one.command_id not in known)
    today = tuple(changed(one, sent=True) for one in pendings if one.day >= day)
    here = tuple(changed(one, sent=True) for one in arrivals if one.day >= day)
    asks = tuple(ask(pending) for pending in today if pending.phase is Phase.ASKED)
    over = [one.command_id for one in pendings if one.day < day] + [one.command_id for one in arrivals if one.day < day]
    forget = tuple(Forget(one) for one in over) if event.certain else ()
    state = replace(state, pendings=today + state.pendings, arrivals=here + state.arrivals)
    return state, (*asks, *(Arrive(one) for one in here), *forget)


# --- touches ------------------------------------------------------------------------------------------


def _touched(state: State, touch: Touched, now: float, rules: Rules) -> Step:
    state = replace(state, touched_at=now)
    if touch.key == CORNER:
        begins = isinstance(state.front, Attract | OutOfService | Departments)
        return corner_rules.corner_touched(state, now, rules) if begins else (state, ())
    if not touch.key or (choosing.follows_a_touch(state.front) and now < state.shown_at + rules.settle_s):
        return state, ()
    said = said_first(state, touch, now, rules)
    if said is not None:
        return said
    state = replace(state, spoken=None)
    liked = None if isinstance(state.front, _NOBODYS) else choosing.preferred(state, touch.key)
    return (liked, ()) if liked is not None else _obeyed(state, touch, now, rules)


def _obeyed(state: State, touch: Touched, now: float, rules: Rules) -> Step:  # noqa: PLR0911, PLR0912 - one for each
    match state.front:
        case Attract() | Languages() | Departments() | Easier() | Closed():
            return choosing.chosen(state, touch, now, rules)
        case VisitTypes() as front:
            return choosing.visit_type_chosen(state, front, touch, now, rules)
        case Needs() as front:
            return choosing.needs_chosen(state, front, touch, now, rules)
        case OneEach() as front:
            return choosing.one_each_answered(state, front, touch, now, rules)
        case CheckIn() as front:
            return checking_in.typed_at(state, front, touch, now, rules)
        case Found() as front:
            return checking_in.found_touched(state, front, touch, now, rules)
        case Strange() as front:
            return (checking_in.strange_over(state, front, now) if touch.key == "done" else state), ()
        case IdleWarning(under):
            return (replace(state, front=under) if touch.key == "more_time" else state), ()
        case TakeTicket() | Unprinted() | HubTrouble() as front:
            return _ticket_key(state, front, touch.key, now, rules)
        case Phone() as front:
            return phoning.touched(state, front, touch, now, rules)
        case PhoneKept() as front:
            return phoning.kept_touched(state, front, touch.key, now, rules)
        case Pin() as front:
            return corner_rules.pin_touched(state, front, touch.key, now, rules)
        case Technician() as front:
            return corner_rules.technician_touched(state, front, touch.key)
        case Asking() | Seeking() | Printing() | OutOfService():
            return state, ()
    assert_never(state.front)


def _ticket_key(state: State, front: TakeTicket | Unprinted | HubTrouble, verb: str, now: float, rules: Rules) -> Step:
    if isinstance(front, TakeTicket | Unprinted) and now - front.since < rules.settle_s:
        return state, ()
    if verb == "more_time" and isinstance(front, TakeTicket | Unprinted):
        span = max(rules.more_time_s, front.span)
        return replace(state, front=replace(front, until=now + span, span=span)), ()
    if verb == "message" and isinstance(front, TakeTicket):
        return phoning.opened(state, front), ()
    if verb == "done":
        return _leave(state, front)
    return state, ()


# --- time ---------------------------------------------------------------------------------------------


def _deadlines(state: State, rules: Rules) -> Iterable[float]:
    front = state.front
    if _may_be_closed(state) and state.link is Link.AWAY and not state.numbers:
        yield state.link_since + rules.away_s
    if isinstance(front, Interruptible):
        yield state.touched_at + rules.idle_s
    if isinstance(front, Attract | OutOfService) and wants_anything(state):
        yield state.touched_at + rules.idle_s
    match front:
        case Pin() | Technician():
            yield state.touched_at + rules.corner_s
        case Seeking(_, since):
            yield since + rules.ask_s
        case Asking(pending, since):
            yield since + rules.ask_s * (2 if pending.phase is Phase.TAKING else 1)
        case Printing(_, moved_at):
            yield moved_at + rules.print_silence_s
        case TakeTicket() | Unprinted() | HubTrouble() | IdleWarning() | PhoneKept() | Found() | Strange():
            yield front.until
        case OutOfService(Reason.STARTING):
            yield state.link_since + rules.start_s
        case OutOfService(Reason.STORAGE):
            yield state.store_failed_at + rules.store_s


def _time_passed(state: State, now: float, rules: Rules) -> Step:  # noqa: PLR0911 - one for each kind of screen
    due = min(_deadlines(state, rules), default=None)
    if due is None or now < due:
        return state, ()
    if isinstance(state.front, Interruptible) and not (_may_be_closed(state) and reason(state, now, rules)):
        warning = IdleWarning(state.front, until=now + rules.warning_s, span=rules.warning_s)
        return replace(state, front=warning), (Beep(Sound.WARNING),)
    match state.front:
        case Asking(pending):
            return _waited(state, pending, now, rules)
        case Printing(pending):
            return unprinted(state, pending, Trouble.MAYBE_PRINTED, now, rules)
        case Seeking() as front:
            return checking_in.sought_in_vain(state, front, now), ()
        case Strange() as front:
            return checking_in.strange_over(state, front, now), ()
        case TakeTicket() | Unprinted() | HubTrouble() as front:
            return _leave(state, front)
    return home(state), ()


def _waited(state: State, pending: Pending, now: float, rules: Rules) -> Step:
    """The hub has not answered in time, and may have been asked."""
    if pending.phase is Phase.ASKED and pending.department.id in state.numbers:
        return take(state, changed(pending, sent=True))
    until = now + rules.hub_trouble_s
    return replace(state, front=HubTrouble(pending, until=until, span=rules.hub_trouble_s)), ()


# --- rest ---------------------------------------------------------------------------------------------


def _settle(state: State, now: float, rules: Rules) -> Step:
    """Where nobody stands in front: say whether numbers can be had, and take up what is still owed."""
    if _may_be_closed(state) and not isinstance(state.front, Attract) and reason(state, now, rules):
        state = home(state)
    if not isinstance(state.front, Attract | OutOfService):
        return state, ()
    owed = next((pending for pending in state.pendings if _is_owed(state, pending, now, rules)), None)
    if owed is None:
        why_not = reason(state, now, rules)
        return replace(state, front=OutOfService(why_not) if why_not else Attract()), ()
    if owed.phase is Phase.ANSWERED:
        return start_print(state, owed, now)
    if owed.phase is Phase.PRINTING:
        return unprinted(state, owed, Trouble.MAYBE_PRINTED, now, rules)
    return take(replace(state, front=Asking(owed, since=now)), changed(owed, sent=True))


def _is_owed(state: State, pending: Pending, now: float, rules: Rules) -> bool:
    """It can be ended now: without its hub only with a number of the kiosk's own."""
    if pending.phase in (Phase.ASKED, Phase.TAKING):
        own_number = is_alone(state, now, rules) and pending.department.id in state.numbers
        return pending.phase is Phase.ASKED and own_number and not reason(state, now, rules)
    return True


def _may_be_closed(state: State) -> bool:
    """Somebody chooses, or nobody is there: when no number can be had, the screen says so."""
    front = state.front.under if isinstance(state.front, IdleWarning | Strange) else state.front
    return isinstance(front, Attract | Interruptible) and not isinstance(front, Phone)


def _leave(state: State, front: TakeTicket | Unprinted | HubTrouble) -> Step:
    """The person is done. A number still unknown stays pending; one that was shown is forgotten."""
    if isinstance(front, Unprinted) and front.pending.copy is None:
        return home(without(state, front.pending.command_id)), (Forget(front.pending.command_id),)
    return home(state), ()
