"""From the first touch to the issue: department, visit type, needs, many tickets. Pure, part of the flow."""

from dataclasses import replace

from kiosk.effects import Remember
from kiosk.events import Touched
from kiosk.fronts import (
    HUB_AWAY,
    NO_NUMBER,
    Asking,
    Attract,
    CheckIn,
    Closed,
    Departments,
    Easier,
    Front,
    IdleWarning,
    Interruptible,
    Languages,
    Needs,
    OneEach,
    VisitTypes,
)
from kiosk.issuing import Step, ask, take
from kiosk.person import base, department_of, direct_department, home, language_of
from kiosk.standing import hub_gone, is_alone
from kiosk.states import Rules, State
from kiosk.terms import AskNeeds, Pending
from smartqueue.terms import DepartmentId, Language, Need, VisitTypeId
from smartqueue.wire import DepartmentView

MINUTE_S = 60.0
Choosing = Attract | Languages | Departments | Easier | Closed
"""Views of the same choice: nothing is chosen yet."""


# --- what is touched ----------------------------------------------------------------------------------


def chosen(state: State, touch: Touched, now: float, rules: Rules) -> Step:
    """A touch on one of `Choosing`."""
    verb, _, what = touch.key.partition(":")
    if verb == "start":
        direct = direct_department(state)
        return _department(state, direct, touch, now, rules) if direct else (replace(state, front=Departments()), ())
    if verb == "department":
        return _department(state, department_of(state, DepartmentId(what)), touch, now, rules)
    return turned(state, verb, what, now, rules), ()


def turned(state: State, verb: str, what: str, now: float, rules: Rules) -> State:
    """Another view of the same choice: nothing has been asked of the hub."""
    match verb:
        case "language":
            return _language(state, Language(what))
        case "departments":
            return replace(state, front=Departments())
        case "page":
            return _page(state, what)
        case "back":
            return replace(state, front=_before(state))
    return _opened(state, verb, now, rules)


def _opened(state: State, verb: str, now: float, rules: Rules) -> State:
    """Keys that stand beside every choice."""
    match verb:
        case "languages":
            return replace(state, front=Languages(under=_asked(state.front)))
        case "easier":
            return replace(state, front=Easier(_asked(state.front)))
        case "needs":
            return replace(state, front=Needs())
        case "check_in":
            return replace(state, front=CheckIn(problem=HUB_AWAY if is_alone(state, now, rules) else None))
        case "leave":
            return home(state)
    return state


def _asked(front: Front) -> VisitTypes | Needs | None:
    """What the person is asked, and is asked again after what lies over it."""
    match front:
        case Languages() | Easier():
            return front.under
        case VisitTypes() | Needs():
            return front
    return None


def _before(state: State) -> Front:
    """Where the way back leads."""
    over = isinstance(state.front, Languages | Easier)
    return (_asked(state.front) if over else None) or base(state)


def preferred(state: State, key: str) -> State | None:
    """As the person likes every screen from now on; None for any other key."""
    match key:
        case "lower":
            return replace(state, lowered=not state.lowered)
        case "contrast":
            return replace(state, contrast=not state.contrast)
        case "speech":
            return replace(state, speech=not state.speech)
    return None


def visit_type_chosen(state: State, front: VisitTypes, touch: Touched, now: float, rules: Rules) -> Step:
    verb, _, what = touch.key.partition(":")
    if verb == "visit_type":
        return _wanted(state, front.department, VisitTypeId(what), touch, now, rules)
    return turned(state, verb, what, now, rules), ()


def needs_chosen(state: State, front: Needs, touch: Touched, now: float, rules: Rules) -> Step:
    verb, _, what = touch.key.partition(":")
    match verb:
        case "need":
            return _toggled(state, what), ()
        case "take" if front.department is not None:
            return _issue(state, front.department, front.visit_type, touch, now, rules)
        case "take":
            return replace(state, front=base(state)), ()
        case "back" if front.department is not None and front.department.visit_types:
            return replace(state, front=VisitTypes(front.department)), ()
    return turned(state, verb, what, now, rules), ()


def one_each_answered(state: State, front: OneEach, touch: Touched, now: float, rules: Rules) -> Step:
    match touch.key:
        case "one_more":
            return _issue(state, front.department, front.visit_type, touch, now, rules, one_more=True)
        case "no":
            return home(state), ()
    return state, ()


def _page(state: State, what: str) -> State:
    page = int(what) if what.isascii() and what.isdecimal() else 0
    match state.front:
        case Languages() | VisitTypes() as front:
            return replace(state, front=replace(front, page=page))
    return replace(state, front=Departments(page=page))


def _language(state: State, language: Language) -> State:
    if state.site is None or language not in state.site.languages:
        return state
    stays = isinstance(state.front, Departments | Easier | VisitTypes | Needs | CheckIn)
    return replace(state, language=language, front=state.front if stays else _before(state))


def _toggled(state: State, name: str) -> State:
    if name not in set(Need):
        return state
    need = Need(name)
    others = tuple(one for one in state.needs if one is not need)
    return replace(state, needs=others if need in state.needs else (*state.needs, need))


# --- on the way to the issue --------------------------------------------------------------------------


def _department(state: State, view: DepartmentView | None, touch: Touched, now: float, rules: Rules) -> Step:
    if view is None or state.site is None or state.day is None or _touched_twice(state, view, now, rules):
        return state, ()
    obstacle = _obstacle(state, view, None, now, rules)
    if obstacle is not None:
        return replace(state, front=obstacle), ()
    if view.visit_types:
        return replace(state, front=VisitTypes(view)), ()
    return _wanted(state, view, None, touch, now, rules)


def _wanted(
    state: State, view: DepartmentView, visit_type: VisitTypeId | None, touch: Touched, now: float, rules: Rules
) -> Step:
    """It is clear what for; now whether staff should know anything."""
    if rules.ask_needs is not AskNeeds.ALWAYS:
        return _issue(state, view, visit_type, touch, now, rules)
    obstacle = _obstacle(state, view, visit_type, now, rules)
    return replace(state, front=obstacle or Needs(view, visit_type)), ()


def _issue(
    state: State,
    view: DepartmentView,
    visit_type: VisitTypeId | None,
    touch: Touched,
    now: float,
    rules: Rules,
    *,
    one_more: bool = False,
) -> Step:
    if state.site is None or state.day is None or _touched_twice(state, view, now, rules):
        return state, ()
    obstacle = _obstacle(state, view, visit_type, now, rules)
    if obstacle is not None:
        return replace(state, front=obstacle), ()
    lately = tuple(at for at in state.asked_at if now < at + MINUTE_S)
    if len(lately) >= rules.tickets_a_minute and not one_more:
        return replace(state, front=OneEach(view, visit_type), asked_at=lately), ()
    pending = Pending(
        command_id=touch.fresh_id,
        site=state.site,
        department=view,
        language=language_of(state),
        day=state.day,
        needs=state.needs,
        visit_type=visit_type,
    )
    state = replace(
        state,
        front=Asking(pending, since=now),
        pendings=(*state.pendings, pending),
        last_choice=view.id,
        last_choice_at=now,
        asked_at=(*lately, now),
    )
    own_number = is_alone(state, now, rules) and view.id in state.numbers
    return take(state, pending) if own_number else (state, (Remember(pending), ask(pending)))


def _touched_twice(state: State, view: DepartmentView, now: float, rules: Rules) -> bool:
    return state.last_choice == view.id and now - state.last_choice_at < rules.same_touch_s


def _obstacle(
    state: State, asked: DepartmentView, visit_type: VisitTypeId | None, now: float, rules: Rules
) -> Closed | None:
    """Why the department, as it is now, gives no number."""
    view = department_of(state, asked.id)
    if view is None:
        return Closed(asked, "unknown_department")
    if not view.open:
        return Closed(view, "department_closed")
    if visit_type is not None and visit_type not in {one.id for one in view.visit_types}:
        return Closed(view, "unknown_visit_type")
    if hub_gone(state, now, rules) and not (is_alone(state, now, rules) and view.id in state.numbers):
        return Closed(view, NO_NUMBER)
    return None


# --- what the hub changes meanwhile -------------------------------------------------------------------


def refreshed(state: State) -> State:
    """The department on the screen as it is now; a screen that says so where it gives no numbers any more."""
    front = state.front
    if isinstance(front, IdleWarning):
        return replace(state, front=replace(front, under=_as_now(state, front.under)))
    return replace(state, front=_as_now(state, front)) if isinstance(front, Interruptible) else state


def _as_now(state: State, front: Interruptible) -> Interruptible:
    match front:
        case VisitTypes() | Needs() | OneEach():
            return _refreshed(state, front)
        case Languages() | Easier() if front.under is not None:
            under = _refreshed(state, front.under)
            return replace(front, under=under) if isinstance(under, VisitTypes | Needs) else under
    return front


def _refreshed(
    state: State, front: VisitTypes | Needs | OneEach
) -> VisitTypes | Needs | OneEach | Departments | Closed:
    if front.department is None:
        return front
    view = department_of(state, front.department.id)
    if view is None:
        return Closed(front.department, "unknown_department")
    if not view.open:
        return Closed(view, "department_closed")
    if isinstance(front, VisitTypes):
        return replace(front, department=view) if view.visit_types else Departments()
    if front.visit_type is not None and front.visit_type not in {one.id for one in view.visit_types}:
        return Closed(view, "unknown_visit_type")
    return replace(front, department=view)


def follows_a_touch(front: Front) -> bool:
    """Screens that follow a touch on another one at the same place: a second tap of the same finger is not for them."""
    return isinstance(front, VisitTypes | OneEach) or (isinstance(front, Needs) and front.department is not None)
