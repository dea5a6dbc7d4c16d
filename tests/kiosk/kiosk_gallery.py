"""Every screen of the kiosk in every state, as views: what tests check and pictures are painted from."""

from kiosk_worlds import DAY, answer, departments, site

from kiosk.flow import direct_department
from kiosk.screens import View
from kiosk.states import (
    Asking,
    Attract,
    Closed,
    Departments,
    Front,
    HubTrouble,
    IdleWarning,
    Languages,
    OutOfService,
    Pending,
    Phase,
    Printing,
    Reason,
    TakeTicket,
    Trouble,
    Unprinted,
)
from kiosk.states import State as FlowState
from smartqueue.look.screen import Screen
from smartqueue.terms import CommandId, Language
from smartqueue.wire import DepartmentView, SiteView

SCREENS = {
    "7in": Screen(800, 480, 154.0),
    "7in-fine": Screen(1024, 600, 154.0),
    "10in": Screen(1280, 800, 217.0),
    "15in": Screen(1920, 1080, 344.0),
    "15in-upright": Screen(720, 1280, 194.0),
    "15in-upright-fine": Screen(1080, 1920, 194.0),
}
NOW = 1000.0


def pending(language: Language, here: SiteView | None = None, department: DepartmentView | None = None) -> Pending:
    chosen = department or departments()[0]
    return Pending(
        command_id=CommandId("command-1"),
        site=here or site(),
        department=chosen,
        language=language,
        day=DAY,
        phase=Phase.PRINTING,
        answer=answer(department=chosen.id),
    )


def view(front: Front, language: Language, **changes: object) -> View:
    values: dict[str, object] = {
        "front": front,
        "language": language,
        "now": NOW,
        "clock": "09:42",
        "site": site(),
        "departments": departments(),
    }
    values |= changes
    offered: tuple[DepartmentView, ...] = values["departments"]  # type: ignore[assignment]
    state = FlowState(front, link="up", link_since=0, touched_at=0, departments=offered)  # type: ignore[arg-type]
    return View(direct=direct_department(state), **values)  # type: ignore[arg-type]


def fronts(language: Language) -> dict[str, Front]:
    job = pending(language)
    asked = Pending(command_id=job.command_id, site=job.site, department=job.department, language=language, day=DAY)
    closed = departments()[3]
    return {
        "attract": Attract(),
        "languages": Languages(),
        "departments": Departments(),
        "asking": Asking(asked, since=NOW - 4),
        "printing": Printing(job, moved_at=NOW, fraction=0.4),
        "take_ticket": TakeTicket(job, since=NOW - 4, until=NOW + 6, span=10),
        **{f"trouble-{kind}": Unprinted(job, kind, since=NOW, until=NOW + 50, span=60) for kind in Trouble},
        "hub_trouble": HubTrouble(asked, until=NOW + 20, span=30),
        "closed": Closed(closed, "department_closed"),
        "closed-full": Closed(departments()[1], "department_full"),
        "closed-refused": Closed(departments()[1], "too_many_requests"),
        **{f"out-{reason}": OutOfService(reason) for reason in Reason},
        "idle_warning": IdleWarning(Departments(), until=NOW + 13, span=20),
    }
