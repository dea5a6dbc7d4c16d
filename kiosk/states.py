"""What a kiosk knows, as plain data. `kiosk/flow.py` moves from state to state. Times are monotonic seconds."""

from dataclasses import dataclass, field
from math import inf

from kiosk.corner import Facts
from kiosk.fronts import Front
from kiosk.terms import Arrival, AskNeeds, Link, Pending
from smartqueue.terms import Day, DepartmentId, Label, Language, Need
from smartqueue.wire import DepartmentView, SiteView


@dataclass(frozen=True, slots=True)
class Rules:
    """Time-outs in seconds (experience.md, Kiosk)."""

    idle_s: float = 30.0
    warning_s: float = 20.0
    ticket_s: float = 10.0
    more_time_s: float = 30.0
    trouble_s: float = 60.0
    hub_trouble_s: float = 30.0
    reach_s: float = 1.5
    """How long the hub is sought before the person gets a number from the lease, while nothing can have reached it."""
    ask_s: float = 12.0
    """How long "one moment" is shown where the hub may have been asked: then comes a number from the lease; where
    there is none, the person is sent to the desk."""
    away_s: float = 20.0
    """The hub may be away this long before a kiosk without a lease stops offering departments."""
    start_s: float = 10.0
    """After a start, before the hub counts as away."""
    same_touch_s: float = 3.0
    settle_s: float = 0.6
    """Touches on a ticket screen younger than this belong to the screen before it."""
    print_silence_s: float = 20.0
    store_s: float = 30.0
    """After a failed write to the local store, before the kiosk offers numbers again."""
    found_s: float = 30.0
    strange_s: float = 8.0
    seek_s: float = 6.0
    """How long the hub is asked what a code or a label is, and for what else a person waits in front."""
    ask_needs: AskNeeds = AskNeeds.BY_KEY
    tickets_a_minute: int = 6
    """More, and the kiosk asks whether a number is still needed: whoever comes next in a line that moves fast says yes
    and gets it, whoever has one already is led home."""
    corner_touches: int = 5
    corner_touch_s: float = 5.0
    corner_s: float = 60.0
    """The technician's corner, left alone, ends without a question."""
    pin: str | None = field(default=None, repr=False)
    """Of the technician's corner; None = there is no way into it."""
    pin_tries: int = 3
    pin_lock_s: float = 60.0
    pin_lock_most_s: float = 900.0
    say_again_s: float = 10.0
    """In speech mode, how long after a key was spoken a touch on it is meant."""


@dataclass(frozen=True, slots=True)
class State:
    """language: chosen by the person in front, None = the usual one, which is the kiosk's own or else the site's.
    pendings, arrivals: in the order they were asked for, oldest first. numbers: departments for which the kiosk has
    numbers of its own now; astray: labels of tickets whose persons must be looked after. lowered, needs, contrast,
    speech: as the person in front wants it. shown_at: when the screen became this one. spoken: the key that was said
    last. asked_at: of the last tickets that were touched for. corner_at: of the last touches on the hidden corner."""

    front: Front
    link: Link
    link_since: float
    touched_at: float
    usual_language: Language | None = None
    day: Day | None = None
    site: SiteView | None = None
    departments: tuple[DepartmentView, ...] = ()
    language: Language | None = None
    lowered: bool = False
    needs: tuple[Need, ...] = ()
    contrast: bool = False
    speech: bool = False
    pendings: tuple[Pending, ...] = ()
    numbers: frozenset[DepartmentId] = frozenset()
    astray: tuple[Label, ...] = ()
    last_choice: DepartmentId | None = None
    last_choice_at: float = 0.0
    store_failed_at: float = -inf
    arrivals: tuple[Arrival, ...] = ()
    shown_at: float = -inf
    spoken: str | None = None
    spoken_at: float = -inf
    asked_at: tuple[float, ...] = ()
    corner_at: tuple[float, ...] = ()
    pin_wrong: int = 0
    pin_locked_until: float = -inf
    facts: Facts | None = None
