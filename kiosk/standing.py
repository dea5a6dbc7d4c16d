"""How the kiosk stands with its hub: whether it is alone, whether it can give numbers, and if not, why. Pure.

Times are compared as the flow's deadlines are reckoned, sum against now: else rounding would wake it for nothing.
"""

from kiosk.states import Rules, State
from kiosk.terms import Link, Reason

_VERDICTS = {Link.WRONG_KEY: Reason.WRONG_KEY, Link.OTHER_VERSION: Reason.OTHER_VERSION}


def is_alone(state: State, now: float, rules: Rules) -> bool:
    """The hub is away: what the kiosk gives out comes from its lease."""
    if state.link is Link.LOOKING:
        return now >= state.link_since + rules.start_s
    return state.link is Link.AWAY


def hub_gone(state: State, now: float, rules: Rules) -> bool:
    """Away for so long that it is not worth asking: departments without a number of the kiosk's own have none."""
    return is_alone(state, now, rules) and (state.link is Link.LOOKING or now >= state.link_since + rules.away_s)


def reason(state: State, now: float, rules: Rules) -> Reason | None:
    """Why no number can be had, None when one can."""
    if now < state.store_failed_at + rules.store_s:
        return Reason.STORAGE
    if state.link in _VERDICTS:
        return _VERDICTS[state.link]
    if state.link is Link.LOOKING or state.site is None:
        if now < state.link_since + rules.start_s:
            return Reason.STARTING
        if state.site is None or not state.numbers:
            return Reason.NO_HUB
    if hub_gone(state, now, rules) and not state.numbers:
        return Reason.HUB_AWAY
    return None if state.departments else Reason.NO_DEPARTMENTS
