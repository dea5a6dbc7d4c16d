"""The kiosk's decisions: state and event to next state and effects. Pure; clock, ids and time-outs are arguments.

A pending issue is remembered before it is asked for, before its job is printed, and forgotten when its person has
been told: with a ticket, with the number on the screen, or with a refusal.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

import msgspec

from kiosk.states import (
    Answered,
    Asking,
    Attract,
    Beep,
    Closed,
    Departments,
    Effect,
    Event,
    Forget,
    Front,
    HallChanged,
    HubTrouble,
    IdleWarning,
    Issue,
    IssueRefused,
    Languages,
    Link,
    LinkChanged,
    NotPrinted,
    NotRemembered,
    OutOfService,
    Pending,
    Phase,
    Print,
    Printed,
    Printing,
    PrintMoved,
    Reason,
    Remember,
    Restored,
    Rules,
    Sound,
    State,
    TakeTicket,
    TimePassed,
    Touched,
    Trouble,
    Unprinted,
)
from smartqueue.terms import CommandId, DepartmentId, Language
from smartqueue.wire import DepartmentView

Step = tuple[State, tuple[Effect, ...]]

_VERDICTS = {Link.WRONG_KEY: Reason.WRONG_KEY, Link.OTHER_VERSION: Reason.OTHER_VERSION}
KEY_REFUSALS = frozenset({"wrong_key", "not_authenticated", "not_permitted"})


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
        case Restored(pendings):
            return _restored(state, pendings)
        case Answered() | IssueRefused() | NotRemembered():
            return _outcome(state, event, now, rules)
        case PrintMoved() | Printed() | NotPrinted():
            return _print_news(state, event, now, rules)
    assert_never(event)


def _hall_changed(state: State, event: HallChanged) -> Step:
    """A new clinic day ends what was asked on the one before, but for the person in front."""
    language = state.language if state.language in event.site.languages else None
    state = replace(state, day=event.day, site=event.site, departments=event.departments, language=language)
    over = [old for old in state.pendings if old.day != event.day and not _shown(state, old.command_id)]
    for pending in over:
        state = _without(state, pending.command_id)
    return state, tuple(Forget(pending.command_id) for pending in over)


def _restored(state: State, pendings: Iterable[Pending]) -> Step:
    """Ask again for what was asked today; the rest is taken up by `_settle` when nobody stands in front."""
    known = {pending.command_id for pending in state.pendings}
    new = [pending for pending in pendings if pending.command_id not in known]
    today = tuple(pending for pending in new if pending.day == state.day)
    asks = tuple(_issue(pending) for pending in today if pending.phase is Phase.ASKED)
    over = tuple(Forget(pending.command_id) for pending in new if pending.day != state.day)
    return replace(state, pendings=today + state.pendings), asks + over


def _outcome(state: State, event: Answered | IssueRefused | NotRemembered, now: float, rules: Rules) -> Step:
    pending = _find(state, event.command_id)
    if pending is None:
        return state, ()
    match event:
        case Answered(_, answer):
            return _answered(state, pending, msgspec.structs.replace(pending, answer=answer), now)
        case IssueRefused(_, code):
            return _issue_refused(replace(state, touched_at=now), pending, code)
        case NotRemembered():
            return _not_remembered(state, pending, now, rules)
    assert_never(event)


def _answered(state: State, pending: Pending, answered: Pending, now: float) -> Step:
    if pending.phase is not Phase.ASKED:
        return state, ()
    if _in_front(state, pending.command_id):
        return _print(state, answered, now)
    later = msgspec.structs.replace(answered, phase=Phase.ANSWERED)
    return _with_pending(state, later), (Remember(later),)


def _issue_refused(state: State, pending: Pending, code: str) -> Step:
    if pending.phase is not Phase.ASKED:
        return state, ()
    shown = _in_front(state, pending.command_id)
    state = _without(state, pending.command_id)
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
            front = Attract() if _in_front(state, pending.command_id) else state.front
            return _without(replace(state, front=front), pending.command_id), ()
        case Phase.ANSWERED:
            return state, ()
        case Phase.PRINTING:
            return _unprinted(state, pending, Trouble.STORAGE, now, rules)
    assert_never(pending.phase)


def _print_news(state: State, event: PrintMoved | Printed | NotPrinted, now: float, rules: Rules) -> Step:
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
            state = _without(replace(state, front=ticket), event.command_id)
            return state, (Forget(event.command_id), Beep(Sound.TICKET))
        case NotPrinted(_, trouble):
            return _unprinted(state, front.pending, trouble, now, rules)
    assert_never(event)


def _unprinted(state: State, pending: Pending, trouble: Trouble, now: float, rules: Rules) -> Step:
    """The number stays remembered until this screen ends: a power cut meanwhile must not hide it."""
    front = Unprinted(pending, trouble, since=now, until=now + rules.trouble_s, span=rules.trouble_s)
    return replace(state, front=front), (Beep(Sound.TROUBLE),)


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
    assert_never(state.front)


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
    return state, (Remember(pending), _issue(pending))


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
    if isinstance(front, Attract | Languages | Departments | Closed) and state.link is Link.AWAY:
        yield state.link_since + rules.away_s
    match front:
        case Attract() if state.language is not None or state.lowered:
            yield state.touched_at + rules.idle_s
        case Languages() | Departments() | Closed():
            yield state.touched_at + rules.idle_s
        case Asking(_, since):
            yield since + rules.ask_s
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
            until = now + rules.hub_trouble_s
            return replace(state, front=HubTrouble(pending, until=until, span=rules.hub_trouble_s)), ()
        case Printing(pending):
            return _unprinted(state, pending, Trouble.MAYBE_PRINTED, now, rules)
        case Languages() | Departments() | Closed() as under if not _hub_gone(state, now, rules):
            warning = IdleWarning(under, until=now + rules.warning_s, span=rules.warning_s)
            return replace(state, front=warning), (Beep(Sound.WARNING),)
        case TakeTicket() | Unprinted() | HubTrouble() as front:
            return _leave(state, front)
    return _home(state), ()


def _hub_gone(state: State, now: float, rules: Rules) -> bool:
    return state.link is Link.AWAY and now - state.link_since >= rules.away_s


# --- rest ---------------------------------------------------------------------------------------------


def _settle(state: State, now: float, rules: Rules) -> Step:
    """Where nobody stands in front: say whether numbers can be had, and take up what is still owed."""
    if isinstance(state.front, Languages | Departments | Closed | IdleWarning) and _reason(state, now, rules):
        state = _home(state)
    if not isinstance(state.front, Attract | OutOfService):
        return state, ()
    owed = next((pending for pending in state.pendings if pending.phase is not Phase.ASKED), None)
    if owed is None:
        reason = _reason(state, now, rules)
        return replace(state, front=OutOfService(reason) if reason else Attract()), ()
    if owed.phase is Phase.ANSWERED:
        return _print(state, owed, now)
    return _unprinted(state, owed, Trouble.MAYBE_PRINTED, now, rules)


def _reason(state: State, now: float, rules: Rules) -> Reason | None:
    if now - state.store_failed_at < rules.store_s:
        return Reason.STORAGE
    if state.link in _VERDICTS:
        return _VERDICTS[state.link]
    if state.site is None:
        return Reason.STARTING if now - state.link_since < rules.start_s else Reason.NO_HUB
    if _hub_gone(state, now, rules):
        return Reason.HUB_AWAY
    return None if state.departments else Reason.NO_DEPARTMENTS


def _print(state: State, pending: Pending, now: float) -> Step:
    job = msgspec.structs.replace(pending, phase=Phase.PRINTING)
    state = _with_pending(replace(state, front=Printing(job, moved_at=now)), job)
    return state, (Remember(job), Print(job))


def _leave(state: State, front: TakeTicket | Unprinted | HubTrouble) -> Step:
    """The person is done. A number still unknown stays pending; one that was shown is forgotten."""
    if isinstance(front, Unprinted):
        return _home(_without(state, front.pending.command_id)), (Forget(front.pending.command_id),)
    return _home(state), ()


def _home(state: State) -> State:
    return replace(state, front=Attract(), language=None, lowered=False)


def _issue(pending: Pending) -> Issue:
    return Issue(pending.command_id, pending.department.id, pending.language)


def _find(state: State, command_id: CommandId) -> Pending | None:
    return next((pending for pending in state.pendings if pending.command_id == command_id), None)


def _department_of(state: State, department: str) -> DepartmentView | None:
    return next((view for view in state.departments if view.id == DepartmentId(department)), None)


def _with_pending(state: State, pending: Pending) -> State:
    pendings = tuple(pending if known.command_id == pending.command_id else known for known in state.pendings)
    return replace(state, pendings=pendings)


def _without(state: State, command_id: CommandId) -> State:
    return replace(state, pendings=tuple(known for known in state.pendings if known.command_id != command_id))


def _shown(state: State, command_id: CommandId) -> bool:
    """Somebody looks at it now, in whatever state it is."""
    front: Front = state.front
    if not isinstance(front, Asking | HubTrouble | Printing | TakeTicket | Unprinted):
        return False
    return front.pending.command_id == command_id


def _in_front(state: State, command_id: CommandId) -> bool:
    front: Front = state.front
    return isinstance(front, Asking | HubTrouble) and front.pending.command_id == command_id
