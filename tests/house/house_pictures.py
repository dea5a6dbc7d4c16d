"""The pictures of the documents, painted from the same views that the tests check. `make pictures` writes them."""

import sys
from collections.abc import Callable
from pathlib import Path

from house_imports import ROOT
from PIL import Image

sys.path += [str(ROOT / "tests" / area) for area in ("kiosk", "display", "caller")]

import caller_gallery
import display_gallery
import kiosk_gallery
import kiosk_worlds
from display_clinic import CALLS, picture
from msgspec import structs

from caller.screens.desk import desk
from display.board import Layout, Zone
from display.screens import draw as draw_display
from display.screens import grid
from kiosk.layout import ticket_strips
from kiosk.printer import encoded
from kiosk.profiles import GENERIC
from kiosk.raster import draw as print_on_paper
from kiosk.screens import draw as draw_kiosk
from kiosk.ticket_facts import ticket_facts
from smartqueue.i18n import Words
from smartqueue.look.paint import paint
from smartqueue.picture import Picture
from smartqueue.terms import Label, Language, RoomId, TokenState

FOLDER = ROOT / "docs" / "pictures"
EDGE_PX = 12
"""Round a ticket, so that white paper is seen on a white page."""


def kiosk(front: str, language: str, panel: str = "10in") -> Image.Image:
    shown = kiosk_gallery.fronts(Language(language))[front]
    return paint(draw_kiosk(kiosk_gallery.view(shown, Language(language)), kiosk_gallery.SCREENS[panel]))


def kiosk_rare(state: str, language: str = "en", panel: str = "10in") -> Image.Image:
    """A screen of the kiosk in a state that is not its usual one."""
    return paint(draw_kiosk(kiosk_gallery.special(Language(language))[state], kiosk_gallery.SCREENS[panel]))


def ticket(language: str, paper: str, bytes_per_s: float | None = None) -> Image.Image:
    """What a printer puts on paper from the bytes that it is sent. bytes_per_s: of a slow line."""
    answer = kiosk_worlds.answer(status_url="https://q.riverside.example/S/7H4K2MPX9Q0WERTYAB12CD34EF")
    facts = ticket_facts(kiosk_worlds.site(), kiosk_worlds.departments()[0], answer, Language(language))
    profile = GENERIC[paper]
    data = b"".join(encoded(ticket_strips(facts, Words(Language(language)), profile, bytes_per_s), profile).parts)
    (printed,) = [one for one in print_on_paper(data, profile.width_dots) if not one.blank]
    assert printed.problems == ()
    sheet = Image.new("L", (printed.image.width + 2 * EDGE_PX, printed.image.height + 2 * EDGE_PX), "#c8d0d0")
    sheet.paste(printed.image.convert("L"), (EDGE_PX, EDGE_PX))
    return sheet


def display(
    language: str,
    layout: Layout = Layout.RECENT,
    size: tuple[int, int] = (1280, 720),
    known: Picture | None = None,
    **about: object,
) -> Image.Image:
    """One story runs through all pictures, so departments have the kiosk's colours here too."""
    grounds = {one.id: one.ground for one in kiosk_worlds.departments()}
    known = known or picture(CALLS)
    departments = {id_: structs.replace(one, ground=grounds[id_]) for id_, one in known.departments.items()}
    shown = display_gallery.view(structs.replace(known, departments=departments), language, layout, **about)
    return paint(draw_display(shown, grid(*size, layout)))


def door(language: str, state: TokenState, **about: object) -> Image.Image:
    """Room 3, where A012 is called and A013 waits."""
    known = display_gallery.busy("A012", state, next=Label("A013"), waiting=4)
    room = RoomId("room-3")
    return display(language, Layout.DOOR, (1024, 600), known, room=room, zone=Zone(rooms=frozenset({room})), **about)


def caller(state: str) -> Image.Image:
    return paint(desk(caller_gallery.VIEWS[state], Words(Language("en")), 468, 426))


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "kiosk-departments": lambda: kiosk("departments", "en"),
    "kiosk-departments-ar": lambda: kiosk("departments", "ar"),
    "kiosk-departments-upright-hi": lambda: kiosk("departments", "hi", "15in-upright"),
    "kiosk-take-ticket": lambda: kiosk_rare("take-message"),
    "kiosk-paper-out": lambda: kiosk("trouble-paper_out", "en"),
    "kiosk-needs-upright": lambda: kiosk_rare("needs-chosen", panel="15in-upright"),
    "kiosk-check-in": lambda: kiosk("check_in-typed", "en"),
    "kiosk-contrast": lambda: kiosk_rare("contrast"),
    "kiosk-technician": lambda: kiosk("technician", "en"),
    "ticket-80mm": lambda: ticket("en", "80mm"),
    "ticket-80mm-slim": lambda: ticket("en", "80mm", bytes_per_s=960),
    "ticket-80mm-hi": lambda: ticket("hi", "80mm"),
    "ticket-58mm-ar": lambda: ticket("ar", "58mm"),
    "display-call": lambda: display("en", on=("A012", "room-3")),
    "display-call-ar": lambda: display("ar", on=("A012", "room-3")),
    "display-idle": lambda: display("en", late=5),
    "display-hub-away": lambda: display("en", away=True, late=9),
    "display-together": lambda: display("en", on=display_gallery.FOUR),
    "display-notes": lambda: display("en", known=display_gallery.eventful(), zone=Zone(ways=display_gallery.WAYS)),
    "display-far": lambda: display("en", Layout.CALL, on=("A012", "room-3")),
    "display-departments": lambda: display("en", Layout.DEPARTMENTS, late=5),
    "display-upright-hi": lambda: display("hi", Layout.RECENT, (720, 1280), on=("A012", "room-3")),
    "display-door": lambda: door("en", TokenState.CALLED, on=("A012", "room-3")),
    "display-door-ar": lambda: door("ar", TokenState.SERVING),
    "caller-called": lambda: caller("called"),
    "caller-confirm": lambda: caller("confirm"),
    "caller-hub-away": lambda: caller("hub_away"),
    "caller-one-lamp": lambda: caller("rgb_called"),
}


def small(image: Image.Image) -> Image.Image:
    """With few colours, which is all that screens have, and a third of the size in the repository."""
    return image.convert("RGB").quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def file_of(name: str) -> Path:
    return FOLDER / f"{name}.png"


def write() -> None:
    """Makes every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, make in PICTURES.items():
        small(make()).save(file_of(name), optimize=True)
        sys.stdout.write(f"wrote {file_of(name).relative_to(ROOT)}\n")


if __name__ == "__main__":
    write()
