"""Who stands in front: language, what is easier for them, where they go when they leave. Pure, part of the flow."""

from dataclasses import replace

from kiosk.fronts import (
    Asking,
    Attract,
    Departments,
    Front,
    HubTrouble,
    IdleWarning,
    Phone,
    PhoneKept,
    Printing,
    TakeTicket,
    Unprinted,
)
from kiosk.states import State
from smartqueue.terms import DepartmentId, Language
from smartqueue.wire import DepartmentView


def language_of(state: State) -> Language:
    """The language on the screen: of the pending person, chosen, or the usual one."""
    front = state.front.under if isinstance(state.front, IdleWarning) else state.front
    if isinstance(front, Asking | Printing | TakeTicket | Unprinted | HubTrouble | Phone | PhoneKept):
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


def department_of(state: State, department: DepartmentId) -> DepartmentView | None:
    return next((view for view in state.departments if view.id == department), None)


def base(state: State) -> Front:
    """Where a choice begins."""
    return Attract() if direct_department(state) else Departments()


def wants_anything(state: State) -> bool:
    """Something is set as the person in front wants it."""
    return bool(state.language or state.lowered or state.needs or state.contrast or state.speech)


def home(state: State) -> State:
    """The person has left: whoever comes next finds everything as usual."""
    return replace(
        state,
        front=Attract(),
        language=None,
        lowered=False,
        needs=(),
        contrast=False,
        speech=False,
        spoken=None,
    )
