"""Speech mode: a first touch says what a key is, a second means it; screens are spoken. Pure, part of the flow."""

from dataclasses import replace

from kiosk.effects import Effect, Say
from kiosk.events import Touched
from kiosk.issuing import Step
from kiosk.person import language_of
from kiosk.states import Rules, State

_NEWS = ("page", "problem", "code", "trouble", "words_key", "came_back", "reason")
"""What makes another screen of one with the same name."""

REPEAT = "repeat"
"""Key of the sign that the kiosk speaks."""
LISTENING = 2.0
"""Who listens needs so much longer than who reads."""
LISTENED_S = 30.0
"""And at least so long for a number."""


def unhurried(state: State, rules: Rules) -> Rules:
    """The time-outs of the person in front."""
    if not state.speech:
        return rules
    return replace(
        rules,
        idle_s=LISTENING * rules.idle_s,
        warning_s=LISTENING * rules.warning_s,
        ticket_s=max(LISTENED_S, LISTENING * rules.ticket_s),
        hub_trouble_s=LISTENING * rules.hub_trouble_s,
        found_s=LISTENING * rules.found_s,
        strange_s=LISTENING * rules.strange_s,
    )


def said_first(state: State, touch: Touched, now: float, rules: Rules) -> Step | None:
    """The key is spoken, nothing is done; None where the touch is meant. The sign of speech mode says the screen."""
    if touch.key == REPEAT:
        return replace(state, spoken=None), (Say(None),) if state.speech else ()
    if not state.speech:
        return None
    if state.spoken == touch.key and now < state.spoken_at + rules.say_again_s:
        return None
    return replace(state, spoken=touch.key, spoken_at=now), (Say(touch.key),)


def spoken(before: State, after: State) -> tuple[State, tuple[Effect, ...]]:
    """The screen is spoken where it is another one, or speech has just been switched on."""
    if not after.speech or (before.speech and _screen(before) == _screen(after)):
        return after, ()
    return replace(after, spoken=None), (Say(None),)


def _screen(state: State) -> tuple[object, ...]:
    front = state.front
    return (front.name, language_of(state), *(getattr(front, name, None) for name in _NEWS))
