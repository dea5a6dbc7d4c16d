"""The kiosk's decisions: state and event to next state and effects. Pure; clock, ids and time-outs are arguments.

A pending issue is remembered before it is asked for, before its job is printed, and forgotten when its person has
been told: with a ticket, with the number on the screen, or with a refusal.

While the hub is away a number of the kiosk's own takes the place of the hub's answer. Once that is settled for an issue
(`Take`), whatever the hub still says of it is for the merge to put right (docs/decisions, 13).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from msgspec.structs import replace as changed

from kiosk.effects import Beep, Forget, Remember
from kiosk.events import (
    Answered,
    Event,
    HallChanged,
    IssueRefused,
    LeasesChanged,
    LinkChanged,
    NoNumber,
    NotPrinted,
    NotRemembered,
    Printed,
    PrintMoved,
    Restored,
    Taken,
    TimePassed,
    Touched,
    Unreached,
)
from kiosk.fronts import (
    NO_NUMBER,
    Asking,
    Attract,
    Closed,
    Departments,
    HubTrouble,
    IdleWarning,
    Languages,
    OutOfService,
    Printing,
    TakeTicket,
    Unprinted,
)
from kiosk.issuing import Step, ask, is_shown, outcome, print_news, start_print, take, unprinted, without
from kiosk.standing import hub_gone, is_alone, reason
from kiosk.states import Rules, State
from kiosk.terms import Link, Pending, Phase, Reason, Sound, Trouble
from smartqueue.terms import Day, DepartmentId, Language
from smartqueue.wire import DepartmentView


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
    state, effects = _react(state, event, now, rules)
    state, more = _settle(state, now, rules)
    return state, effects + more


def deadline(state: State, rules: Rules) -> float | None:
    """When `TimePassed` is next due, or None while only an event can change anything."""
    return min(_deadlines(state, rules), default=None)


def language_of(state: State) -> Language:
    """The language on the screen: of the pending person, chosen, or the usual one."""
    front = state.front
    if isinstance(front, Asking | Printing | TakeTicket | Unprinted | HubTrouble):
        return front.pending.language
    return state.language or _usual(state)


def _usual(state: State) -> Language:
    if state.site is None:
        return state.usual_language or Language("en")
    usual = state.usual_language
    return usual if usual in state.site.languages else state.site.default_language


def direct_department(state: State) -> DepartmentView | None:
    """The only department that is open, if there is only one: its ticket is one touch away."""
    open_now = [department for department in state.departments if department.open]
    return open_now[0] if len(open_now) == 1 else None


# --- events -------------------------------------------------------------------------------------------


def _react(state: State, event: Event, now: float, rules: Rules) -> Step:  # noqa: PLR0911 - one for each event
    match event:
        case Touched():
            return _touched(state, event, now, rules)
        case TimePassed():
            return _time_passed(state, now, rules)
        case LinkChanged(link):
            return (state if link is state.link else replace(state, link=link, link_since=now)), ()
        case HallChanged():
            return _hall_changed(state, event)
        case LeasesChanged(numbers, astray):
            return replace(state, numbers=numbers, astray=astray), ()
        case Restored(pendings, certain):
            return _restored(state, pendings, certain=certain)
        case Answered() | Unreached() | Taken() | NoNumber() | IssueRefused() | NotRemembered():
            return outcome(state, event, now, rules)
        case PrintMoved() | Printed() | NotPrinted():
            return print_news(state, event, now, rules)
    assert_never(event)


def _hall_changed(state: State, event: HallChanged) -> Step:
    """A new clinic day ends what was asked on the one before, but for the person in front."""
    language = state.language if state.language in event.site.languages else None
    state = replace(state, day=event.day, site=event.site, departments=event.departments, language=language)
    other = [old for old in state.pendings if old.day < event.day and old.phase is not Phase.TAKING]
    over = [old for old in other if not is_shown(state.front, old.command_id)]
    for pending in over:
        state = without(state, pending.command_id)
    return state, tuple(Forget(pending.command_id) for pending in over)


def _restored(state: State, pendings: Iterable[Pending], *, certain: bool) -> Step:
    """Ask again for what was asked today; the rest is taken up by `_settle` when nobody stands in front.

    What seems to be of a day to come was noted while the kiosk's clock was ahead.
    """
    known = {pending.command_id for pending in state.pendings}
    new = [pending for pending in pendings if pending.command_id not in known]
    day = state.day or Day("")
    today = tuple(changed(pending, sent=True) for pending in new if pending.day >= day)
    asks = tuple(ask(pending) for pending in today if pending.phase is Phase.ASKED)
    over = tuple(Forget(pending.command_id) for pending in new if certain and pending.day < day)
    return replace(state, pendings=today + state.pendings), asks + over


# --- touches ------------------------------------------------------------------------------------------


def _touched(state: State, touch: Touched, now: float, rules: Rules) -> Step:
    state = replace(state, touched_at=now)
    match state.front:
        case Attract() | Languages() | Departments() | Closed():
            return _chosen(state, touch, now, rules)
        case IdleWarning(under):
            return (replace(state, front=under) if touch.key == "more_time" else state), ()
        case TakeTicket() | Unprinted() | HubTrouble():
            return _ticket_key(state, state.front, touch.key, now, rules)
        case Asking() | Printing() | OutOfService():
            return state, ()
    return state, ()


def _chosen(state: State, touch: Touched, now: float, rules: Rules) -> Step:
    verb, _, what = touch.key.partition(":")
    if verb in {"start", "department"}:
        chosen = direct_department(state) if verb == "start" else _department_of(state, what)
        if chosen is None and verb == "start":
            return replace(state, front=Departments()), ()
        return _department(state, chosen, touch, now, rules)
    return _turned(state, verb, what), ()


def _turned(state: State, verb: str, what: str) -> State:
    """Another view of the same choice: nothing has been asked of the hub."""
    match verb:
        case "language":
            return _language(state, Language(what))
        case "languages":
            return replace(state, front=Languages())
        case "departments" | "page":
            return replace(state, front=Departments(page=int(what or 0)))
        case "back":
            return replace(state, front=Attract() if direct_department(state) else Departments())
        case "lower":
            return replace(state, lowered=not state.lowered)
    return state


def _language(state: State, language: Language) -> State:
    if state.site is None or language not in state.site.languages:
        return state
    stay = isinstance(state.front, Departments) or (isinstance(state.front, Attract) and direct_department(state))
    front = state.front if stay else Attract() if direct_department(state) else Departments()
    return replace(state, language=language, front=front)


def _department(state: State, chosen: DepartmentView | None, touch: Touched, now: float, rules: Rules) -> Step:
    if chosen is None or state.site is None or state.day is None:
        return state, ()
    if state.last_choice == chosen.id and now - state.last_choice_at < rules.same_touch_s:
        return state, ()
    if not chosen.open:
        return replace(state, front=Closed(chosen, "department_closed")), ()
    own_number = is_alone(state, now, rules) and chosen.id in state.numbers
    if hub_gone(state, now, rules) and not own_number:
        return replace(state, front=Closed(chosen, NO_NUMBER)), ()
    pending = Pending(
        command_id=touch.fresh_id,
        site=state.site,
        department=chosen,
        language=language_of(state),
        day=state.day,
    )
    state = replace(
        state,
        front=Asking(pending, since=now),
        pendings=(*state.pendings, pending),
        last_choice=chosen.id,
        last_choice_at=now,
    )
    return take(state, pending) if own_number else (state, (Remember(pending), ask(pending)))


def _ticket_key(state: State, front: TakeTicket | Unprinted | HubTrouble, verb: str, now: float, rules: Rules) -> Step:
    if isinstance(front, TakeTicket | Unprinted) and now - front.since < rules.settle_s:
        return state, ()
    if verb == "more_time" and isinstance(front, TakeTicket | Unprinted):
        span = max(rules.more_time_s, front.span)
        return replace(state, front=replace(front, until=now + span, span=span)), ()
    if verb == "done":
        return _leave(state, front)
    return state, ()


# --- time ---------------------------------------------------------------------------------------------


def _deadlines(state: State, rules: Rules) -> Iterable[float]:
    front = state.front
    waiting = isinstance(front, Attract | Languages | Departments | Closed)
    if waiting and state.link is Link.AWAY and not state.numbers:
        yield state.link_since + rules.away_s
    match front:
        case Attract() if state.language is not None or state.lowered:
            yield state.touched_at + rules.idle_s
        case Languages() | Departments() | Closed():
            yield state.touched_at + rules.idle_s
        case Asking(pending, since):
            yield since + rules.ask_s * (2 if pending.phase is Phase.TAKING else 1)
        case Printing(_, moved_at):
            yield moved_at + rules.print_silence_s
        case TakeTicket() | Unprinted() | HubTrouble() | IdleWarning():
            yield front.until
        case OutOfService(Reason.STARTING):
            yield state.link_since + rules.start_s
        case OutOfService(Reason.STORAGE):
            yield state.store_failed_at + rules.store_s


def _time_passed(state: State, now: float, rules: Rules) -> Step:
    due = deadline(state, rules)
    if due is None or now < due:
        return state, ()
    match state.front:
        case Asking(pending):
            return _waited(state, pending, now, rules)
        case Printing(pending):
            return unprinted(state, pending, Trouble.MAYBE_PRINTED, now, rules)
        case Languages() | Departments() | Closed() as under if not reason(state, now, rules):
            warning = IdleWarning(under, until=now + rules.warning_s, span=rules.warning_s)
            return replace(state, front=warning), (Beep(Sound.WARNING),)
        case TakeTicket() | Unprinted() | HubTrouble() as front:
            return _leave(state, front)
    return _home(state), ()


def _waited(state: State, pending: Pending, now: float, rules: Rules) -> Step:
    """The hub has not answered in time, and may have been asked."""
    if pending.phase is Phase.ASKED and pending.department.id in state.numbers:
        return take(state, changed(pending, sent=True))
    until = now + rules.hub_trouble_s
    return replace(state, front=HubTrouble(pending, until=until, span=rules.hub_trouble_s)), ()


# --- rest ---------------------------------------------------------------------------------------------


def _settle(state: State, now: float, rules: Rules) -> Step:
    """Where nobody stands in front: say whether numbers can be had, and take up what is still owed."""
    if isinstance(state.front, Languages | Departments | Closed | IdleWarning) and reason(state, now, rules):
        state = _home(state)
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


def _leave(state: State, front: TakeTicket | Unprinted | HubTrouble) -> Step:
    """The person is done. A number still unknown stays pending; one that was shown is forgotten."""
    if isinstance(front, Unprinted):
        return _home(without(state, front.pending.command_id)), (Forget(front.pending.command_id),)
    return _home(state), ()


def _home(state: State) -> State:
    return replace(state, front=Attract(), language=None, lowered=False)


def _department_of(state: State, department: str) -> DepartmentView | None:
    return next((view for view in state.departments if view.id == DepartmentId(department)), None)
