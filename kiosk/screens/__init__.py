"""The kiosk's screens: pure functions from a view and a panel to a scene. Kivy only draws them."""

from kiosk.fronts import (
    Asking,
    Attract,
    Closed,
    Departments,
    HubTrouble,
    IdleWarning,
    Languages,
    OutOfService,
    Printing,
    TakeTicket,
    Unprinted,
)
from kiosk.screens import attract, departments, languages, notices, ticket
from kiosk.screens.sheet import Sheet
from kiosk.screens.view import View, runs, view_of
from smartqueue.look.scene import Scene
from smartqueue.look.screen import Screen

__all__ = ["View", "draw", "runs", "view_of"]


def draw(view: View, screen: Screen) -> Scene:
    """The scene of this view on this panel, turned round for right-to-left languages."""
    sheet = Sheet(view, screen)
    match view.front:
        case Attract():
            attract.draw(sheet)
        case Languages():
            languages.draw(sheet)
        case Departments(page):
            departments.draw(sheet, page)
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
        case Closed() as front:
            notices.draw_closed(sheet, front)
        case OutOfService() as front:
            notices.draw_out_of_service(sheet, front)
        case IdleWarning() as front:
            notices.draw_idle(sheet, front)
        case _:
            raise NotImplementedError(view.front.name)
    return sheet.scene()
