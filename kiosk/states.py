"""What a kiosk knows, as plain data. `kiosk/flow.py` moves from state to state. Times are monotonic seconds."""

from dataclasses import dataclass
from math import inf

from kiosk.fronts import Front
from kiosk.terms import Link, Pending
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


@dataclass(frozen=True, slots=True)
class State:
    """language: chosen by the person in front, None = the usual one, which is the kiosk's own or else the site's.
    pendings: in the order they were asked for, oldest first. numbers: departments for which the kiosk has numbers of
    its own now; astray: labels of tickets whose persons must be looked after. lowered, needs, contrast, speech: as the
    person in front wants it."""

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
