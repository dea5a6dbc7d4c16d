"""The kiosk's screens: pure functions from a view and a panel to a scene. Kivy only draws them."""

from typing import assert_never

from kiosk.fronts import (
    Asking,
    Attract,
    CheckIn,
    Closed,
    Departments,
    Easier,
    Found,
    HubTrouble,
    IdleWarning,
    Languages,
    Needs,
    OneEach,
    OutOfService,
    Phone,
    PhoneKept,
    Pin,
    Printing,
    Seeking,
    Strange,
    TakeTicket,
    Technician,
    Unprinted,
    VisitTypes,
)
from kiosk.screens import attract, choosing, departments, found, languages, notices, phone, technician, ticket, typed
from kiosk.screens.header import touched_first
from kiosk.screens.sheet import Sheet
from kiosk.screens.view import View, runs, view_of
from smartqueue.look.scene import Scene
from smartqueue.look.screen import Screen

__all__ = ["View", "draw", "runs", "view_of"]


def draw(view: View, screen: Screen) -> Scene:
    """The scene of this view on this panel, turned round for right-to-left languages."""
    sheet = Sheet(view, screen)
    _front(sheet)
    touched_first(sheet)
    return sheet.scene()


def _front(sheet: Sheet) -> None:  # noqa: PLR0912 - one for each front
    match sheet.view.front:
        case Attract():
            attract.draw(sheet)
        case Languages(page):
            languages.draw(sheet, page)
        case Departments(page):
            departments.draw(sheet, page)
        case Easier() as front:
            choosing.draw_easier(sheet, front)
        case VisitTypes() as front:
            choosing.draw_visit_types(sheet, front)
        case Needs() as front:
            choosing.draw_needs(sheet, front)
        case CheckIn() as front:
            typed.draw_check_in(sheet, front)
        case Seeking() as front:
            found.draw_seeking(sheet, front)
        case Found() as front:
            found.draw_found(sheet, front)
        case Strange() as front:
            found.draw_strange(sheet, front)
        case OneEach() as front:
            found.draw_one_each(sheet, front)
        case Asking() as front:
            ticket.draw_asking(sheet, front)
        case Printing() as front:
            ticket.draw_printing(sheet, front)
        case TakeTicket() as front:
            ticket.draw_take(sheet, front)
        case Unprinted() as front:
            ticket.draw_unprinted(sheet, front)
        case HubTrouble() as front:
            notices.draw_hub_trouble(sheet, front)
        case Phone() as front:
            phone.draw_phone(sheet, front)
        case PhoneKept() as front:
            ticket.draw_phone_kept(sheet, front)
        case Closed() as front:
            notices.draw_closed(sheet, front)
        case OutOfService() as front:
            notices.draw_out_of_service(sheet, front)
        case IdleWarning() as front:
            notices.draw_idle(sheet, front)
        case Pin() as front:
            technician.draw_pin(sheet, front)
        case Technician() as front:
            technician.draw_technician(sheet, front)
        case never:
            assert_never(never)
