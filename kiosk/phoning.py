"""A telephone number for messages, after the ticket is safe. Pure, part of the flow.

The number is in the screen's state and in the one effect that tells the hub; nowhere else, and gone with the screen.
"""

from dataclasses import replace

from kiosk.effects import Beep, KeepContact
from kiosk.events import ContactKept, ContactRefused, Touched
from kiosk.fronts import IdleWarning, Phone, PhoneKept, TakeTicket
from kiosk.issuing import Step
from kiosk.person import home
from kiosk.states import Rules, State
from kiosk.terms import Link, Pending, Sound
from smartqueue.terms import TokenId
from smartqueue.wire import ContactBody

BAD_PHONE = "bad_phone"
MOST_DIGITS = 15
"""Of a number with its country's prefix (E.164)."""
DIALLED = 2
"""So many digits are dialled before numbers of the own country (0, 8, 06), or for the plus sign (00)."""
LEAST_DIGITS = 4
"""No country has shorter numbers. Whether it is one, the hub knows."""
_PLUS = "+"


def may_ask(state: State, pending: Pending) -> bool:
    """Whether the person of this ticket may leave a telephone number."""
    site = state.site
    if site is None or site.phone_prefix is None or site.insecure_lan or state.link is not Link.UP:
        return False
    return not pending.away and pending.copy is None and pending.answer is not None


def offered(state: State) -> bool:
    return isinstance(state.front, TakeTicket) and may_ask(state, state.front.pending)


def opened(state: State, front: TakeTicket) -> State:
    return replace(state, front=Phone(front.pending)) if may_ask(state, front.pending) else state


def touched(state: State, front: Phone, touch: Touched, now: float, rules: Rules) -> Step:
    verb, _, what = touch.key.partition(":")
    if verb == "back":
        ticket = TakeTicket(front.pending, since=now, until=now + rules.ticket_s, span=rules.ticket_s)
        return replace(state, front=ticket), ()
    if front.asked:
        return state, ()
    if verb == "agree":
        return _agreed(state, front, touch)
    typed = _typed(state, front.typed, verb, what)
    problem = front.problem if typed == front.typed else None
    return replace(state, front=replace(front, typed=typed, problem=problem)), ()


def _typed(state: State, typed: str, verb: str, what: str) -> str:
    match verb:
        case "erase":
            return typed[:-1]
        case "plus" if not typed.startswith(_PLUS):
            return _PLUS + typed
        case "digit" if len(what) == 1 and what in "0123456789" and _has_room(state, typed + what):
            return typed + what
    return typed


def _has_room(state: State, typed: str) -> bool:
    if typed.startswith(_PLUS):
        return len(typed) <= len(_PLUS) + MOST_DIGITS
    prefix = (state.site.phone_prefix if state.site else None) or _PLUS
    return len(prefix + typed) <= len(_PLUS) + MOST_DIGITS + DIALLED


def may_be_number(typed: str) -> bool:
    """What is none by this, is none for the hub either."""
    return len(typed.removeprefix(_PLUS)) >= LEAST_DIGITS


def _agreed(state: State, front: Phone, touch: Touched) -> Step:
    """The key itself is the consent: its sentence stands above it. The hub is told what was typed: it knows what of a
    country's numbers is only for calls within it."""
    answer = front.pending.answer
    if answer is None:
        return state, ()
    if not may_be_number(front.typed):
        return replace(state, front=replace(front, problem=BAD_PHONE)), ()
    body = ContactBody(phone=front.typed, language=front.pending.language, consent=True)
    told = KeepContact(touch.fresh_id, answer.token, body)
    return replace(state, front=replace(front, problem=None, asked=True)), (told,)


def answered(state: State, event: ContactKept | ContactRefused, now: float, rules: Rules) -> Step:
    """Whoever has left meanwhile is not told any more."""
    front = state.front.under if isinstance(state.front, IdleWarning) else state.front
    if not isinstance(front, Phone) or not front.asked or _token(front.pending) != event.token:
        return state, ()
    if isinstance(event, ContactRefused):
        again = replace(front, asked=False, problem=event.problem)
        return replace(state, front=again, touched_at=now), ()
    kept = PhoneKept(front.pending, since=now, until=now + rules.ticket_s, span=rules.ticket_s)
    return replace(state, front=kept), (Beep(Sound.TICKET),)


def _token(pending: Pending) -> TokenId | None:
    return None if pending.answer is None else pending.answer.token


def kept_touched(state: State, front: PhoneKept, key: str, now: float, rules: Rules) -> Step:
    leaves = key == "done" and now >= front.since + rules.settle_s
    return (home(state) if leaves else state), ()
