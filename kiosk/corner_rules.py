"""The technician's corner: its hidden door, its number, and what can be done there. Pure, part of the flow."""

import hmac
from dataclasses import replace

from kiosk.corner import NOTHING_KNOWN
from kiosk.effects import GatherFacts, Restart, TrialPrint, TrialSound
from kiosk.events import FactsGathered, SoundTried, TrialPrinted
from kiosk.fronts import Pin, Technician
from kiosk.issuing import Step
from kiosk.person import home, language_of
from kiosk.states import Rules, State

LONGEST_PIN = 8
TEST_PRINTING = "test_printing"
SOUND_TESTING = "sound_testing"
_UNDER_WAY = (TEST_PRINTING, SOUND_TESTING)


def corner_touched(state: State, now: float, rules: Rules) -> Step:
    """One more touch on the clinic's mark; nothing shows that it was felt."""
    if rules.pin is None:
        return state, ()
    lately = (*(at for at in state.corner_at if now < at + rules.corner_touch_s), now)
    if len(lately) < rules.corner_touches:
        return replace(state, corner_at=lately), ()
    front = Pin(wrong=state.pin_wrong, locked_until=state.pin_locked_until)
    return replace(state, corner_at=(), front=front), (GatherFacts(),)


def pin_touched(state: State, front: Pin, key: str, now: float, rules: Rules) -> Step:
    """`done` hands over what is typed, as do so many digits as the number has; without digits it leaves."""
    verb, _, what = key.partition(":")
    if verb == "done" and not front.typed:
        return home(state), ()
    if rules.pin is None or now < state.pin_locked_until:
        return state, ()
    match verb:
        case "erase":
            front = replace(front, typed=front.typed[:-1])
        case "digit" if len(what) == 1 and what in "0123456789" and len(front.typed) < LONGEST_PIN:
            front = replace(front, typed=front.typed + what)
    if verb == "done" or (verb == "digit" and len(front.typed) == len(rules.pin)):
        return _tried(state, front, rules.pin, now, rules), ()
    return replace(state, front=front), ()


def _tried(state: State, front: Pin, pin: str, now: float, rules: Rules) -> State:
    if hmac.compare_digest(front.typed, pin):
        facts = state.facts or NOTHING_KNOWN
        return replace(state, front=Technician(facts), pin_wrong=0, pin_locked_until=now)
    wrong = state.pin_wrong + 1
    locked_until = now + _lock_s(wrong, rules)
    state = replace(state, pin_wrong=wrong, pin_locked_until=locked_until)
    return replace(state, front=Pin(wrong=wrong, locked_until=locked_until))


def _lock_s(wrong: int, rules: Rules) -> float:
    """From the third wrong try on each waits twice as long as the one before."""
    if wrong < rules.pin_tries:
        return 0.0
    doublings = min(wrong - rules.pin_tries, 30)
    return min(rules.pin_lock_s * 2.0**doublings, rules.pin_lock_most_s)


def technician_touched(state: State, front: Technician, key: str) -> Step:
    match key:
        case "done":
            return home(state), ()
        case "test_print" if front.note not in _UNDER_WAY:
            return replace(state, front=replace(front, note=TEST_PRINTING)), (TrialPrint(language_of(state)),)
        case "test_sound" if front.note not in _UNDER_WAY:
            return replace(state, front=replace(front, note=SOUND_TESTING)), (TrialSound(language_of(state)),)
        case "restart":
            return replace(state, front=replace(front, note="restarting")), (Restart(),)
    return state, ()


def corner_news(state: State, event: FactsGathered | TrialPrinted | SoundTried) -> Step:
    if isinstance(event, FactsGathered):
        state = replace(state, facts=event.facts)
        if isinstance(state.front, Technician):
            state = replace(state, front=replace(state.front, facts=event.facts))
        return state, ()
    awaited = TEST_PRINTING if isinstance(event, TrialPrinted) else SOUND_TESTING
    if isinstance(state.front, Technician) and state.front.note == awaited:
        state = replace(state, front=replace(state.front, note=event.note))
    return state, ()
