"""The clinic's mark, its name and the clock; between them what concerns the people, and in speech mode the sign of it.
Five touches on the mark lead to the technician's corner: nothing shows that."""

from pathlib import Path

from kiosk.fronts import HubTrouble, OutOfService, Pin, Technician
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, stack
from smartqueue.look import theme
from smartqueue.look.paint import picture_loss, picture_shape
from smartqueue.look.scene import Bar, Box, Icon, Photo, Text
from smartqueue.look.scene_check import ink_box
from smartqueue.look.theme import LIGHT
from smartqueue.look.typeset import width
from smartqueue.terms import Label

WIDEST_LOGO = 0.45
"""Of the room between the margin and the notices."""
_LOSS = 0.35
"""As much of a logo may be lost against its ground before it gets a plate."""
_LOW_LOGO = 1.6
"""Width for each point of height up to which a logo also gets the margin above the header."""
_NO_WAITS = HubTrouble | OutOfService | Pin | Technician
"""Screens on which waiting times are no matter."""
INSECURE_MM = 2.2
"""Capitals of the note that nothing is encrypted: for who looks after the machine."""
_AROUND_MM, _FRAME_MM = 1.5, 1.1
"""How far around its key a frame reaches, and how thick it is."""
_TAG_MM = 7.2


def header(sheet: Sheet) -> None:
    """Also the note at the lower edge that nothing is encrypted."""
    if sheet.unheaded:
        sheet.corner = Box(0, 0, sheet.exact_px(theme.TARGET_MM), sheet.exact_px(theme.TARGET_MM))
        return
    box = sheet.header
    clock, size = sheet.view.clock, sheet.capitals(4.4)
    clock_w = width(clock, size, sheet.style()) + 2 if clock else 0.0
    box, clock_box = box.split_right(clock_w, sheet.px(4))
    if clock:
        sheet.text(clock_box, clock, (size,), align="end")
    least = sheet.exact_px(theme.TARGET_MM)
    sheet.corner = Box(0, 0, least, least)
    _insecure(sheet)
    if sheet.view.speech:
        box = _speech(sheet, box)
    box = _notices(sheet, box)
    if box.w < box.h:
        return
    box = _mark(sheet, box)
    if sheet.view.site is not None:
        name, language = sheet.view.named(sheet.view.site.names)
        style = sheet.style(700, language=language)
        sizes = (sheet.capitals(3.6), float(sheet.screen.capital_px(3.6)))
        size = next((one for one in sizes if width(name, one, style) <= box.w), 0.0)
        if size:
            sheet.text(box, name, (size,), weight=700, language=language)
            sheet.corner = Box(0, 0, max(least, box.x + width(name, size, style)), least)


def _insecure(sheet: Sheet) -> None:
    """Quiet, in the margin, where it takes no other's place."""
    if sheet.view.site is None or not sheet.view.site.insecure_lan:
        return
    place = Box(sheet.inner.x, sheet.inner.bottom, sheet.inner.w, sheet.margin)
    words = sheet.view.words.text("kiosk.notice_insecure")
    stack(sheet, place, (Row(words, (sheet.exact_px(INSECURE_MM),), 400, sheet.theme.quiet, "center"),))


# --- speech mode --------------------------------------------------------------------------------------


def _speech(sheet: Sheet, box: Box) -> Box:
    """That the kiosk speaks: touched, it says the screen again. Before it, once a key was said, how to mean it."""
    words, colours, least = sheet.view.words, sheet.theme, sheet.exact_px(theme.TARGET_MM)
    word = words.text("kiosk.key.repeat")
    box, place = box.split_right(_pill_width(sheet, box.h, word), sheet.px(3))
    _pill(sheet, place, "speaker", word, colours.primary, colours.on_primary)
    wide = max(place.w, least)
    sheet.repeat = Box(place.right - wide, 0, wide, least)
    if sheet.view.spoken is None:
        return box
    word = words.text("kiosk.touch_again")
    box, place = box.split_right(_pill_width(sheet, box.h, word), sheet.px(3))
    _pill(sheet, place, "touch", word, *marking(sheet))
    return box


def _pill_width(sheet: Sheet, high: float, word: str) -> float:
    return high * 1.5 + width(word, float(sheet.screen.capital_px(3.6)), sheet.style(700)) + 2


def _pill(sheet: Sheet, box: Box, icon: str, word: str, ground: str, colour: str) -> None:
    if sheet.small and box.y > 0:
        box = Box(box.x, box.y - sheet.exact_px(0.9), box.w, box.h + sheet.exact_px(0.9))
    sheet.panel(box, fill=ground, edge=None, radius=box.h * 0.3)
    icon_box, word_box = box.inset(box.h * 0.22, 0).split_left(box.h * 0.72, box.h * 0.08)
    sheet.icon(icon_box.centred(icon_box.w, icon_box.w), icon, colour)
    stack(sheet, word_box, (Row(word, (float(sheet.screen.capital_px(3.6)),), 700, colour),))


def marking(sheet: Sheet) -> tuple[str, str]:
    """Of what marks the key that was said: its ground and what stands on it."""
    colours = sheet.theme
    return (colours.primary, colours.on_primary) if sheet.view.contrast else (colours.text, colours.ground)


def touched_first(sheet: Sheet) -> None:
    """A thick frame around the key that was said, and that it is meant when it is touched again where the key has room
    for that; the header says it anyway."""
    key = next((one for one in sheet.targets if one.key == sheet.view.spoken), None)
    if key is None or not sheet.view.speech:
        return
    ground, colour = marking(sheet)
    frame = key.box.inset(-sheet.exact_px(_AROUND_MM))
    sheet.panel(frame, fill=None, edge=ground, thick=sheet.exact_px(_FRAME_MM) / sheet.edge)
    word, high = sheet.view.words.text("kiosk.touch_again"), sheet.exact_px(_TAG_MM)
    wide = _pill_width(sheet, high, word)
    inks = [ink_box(one) for one in sheet.items if isinstance(one, Text | Icon | Bar) and frame.overlaps(one.box)]
    for place in _beside_edges(frame, min(frame.bottom, sheet.inner.bottom), wide, high):
        if frame.encloses(place) and not any(ink.overlaps(place.inset(-sheet.exact_px(0.8))) for ink in inks):
            _pill(sheet, place, "touch", word, ground, colour)
            return


def _beside_edges(frame: Box, bottom: float, wide: float, high: float) -> list[Box]:
    across = (frame.right - wide, frame.x + (frame.w - wide) / 2, frame.x)
    return [Box(x, y, wide, high) for y in (bottom - high, frame.y) for x in across]


# --- the mark -----------------------------------------------------------------------------------------


def _mark(sheet: Sheet, box: Box) -> Box:
    """The clinic's logo, or ours, at the start of the box; gives what is left of it."""
    logo = sheet.view.logo
    shape = picture_shape(logo) if logo is not None else None
    if logo is None or shape is None:
        icon, rest = box.split_left(box.h, sheet.px(1.6))
        sheet.icon(icon, "clinic", sheet.theme.primary)
        return rest
    plate = _plate(sheet, logo)
    over = sheet.margin - sheet.px(1.2) if shape < _LOW_LOGO else 0.0
    high, pad = box.h + over, sheet.px(0.7) if plate else 0.0
    wide = min((high - 2 * pad) * shape + 2 * pad, box.w * WIDEST_LOGO)
    place, rest = box.split_left(wide, sheet.px(1.6))
    place = Box(place.x, place.y - over, wide, min(high, (wide - 2 * pad) / shape + 2 * pad))
    place = place.moved(0, (high - place.h) / 2)
    if plate:
        sheet.panel(place, fill=plate, edge=None, radius=sheet.px(1.0))
    sheet.items.append(Photo(place.inset(pad), logo))
    return rest


def _plate(sheet: Sheet, logo: Path) -> str | None:
    """A ground for the logo on which it can be seen; None where that is the screen's own."""
    colours = sheet.theme
    grounds = (colours.ground, "#FFFFFF", LIGHT.text)
    best = min(grounds, key=lambda ground: max(picture_loss(logo, ground), _LOSS))
    return None if best == colours.ground else best


def _notices(sheet: Sheet, box: Box) -> Box:
    """Notices at the end of the box, the gravest first, as many as there is room for; gives what is left of it."""
    words, colours = sheet.view.words, sheet.theme
    notices: list[tuple[str, str]] = []
    if sheet.view.astray:
        notices.append(("warning", words.text("kiosk.notice_astray", labels=_some(sheet.view.astray))))
    if sheet.view.picture_age_s is not None and not isinstance(sheet.view.front, _NO_WAITS):
        notices.append(("clock", words.text(f"kiosk.notice_{'no_waits' if sheet.view.away else 'stale'}")))
    size, widths = _notice_widths(sheet, box.w, notices)
    while len(notices) > 1 and _with_air(widths, size) > box.w:
        notices = notices[:-1]
        size, widths = _notice_widths(sheet, box.w, notices)
    icon_w, gap, apart = size * 1.9, size * 0.35, size * 1.1
    for (icon, text), wide in reversed(list(zip(notices, widths, strict=True))):
        colour = colours.trouble if icon == "warning" else colours.quiet
        box, place = box.split_right(wide, apart)
        icon_box, text_box = place.split_left(icon_w, gap)
        sheet.icon(icon_box.centred(icon_w, icon_w), icon, colour)
        sheet.text(text_box, text, (size,), weight=700, colour=colour)
    return box


def _notice_widths(sheet: Sheet, room: float, notices: list[tuple[str, str]]) -> tuple[float, list[float]]:
    """The size of their letters, larger where there is room, and what each takes."""
    for size in (sheet.capitals(3.6), float(sheet.screen.capital_px(3.6))):
        widths = [size * 2.25 + width(text, size, sheet.style(700)) + 2 for _, text in notices]
        if _with_air(widths, size) <= room:
            break
    return size, widths


def _with_air(widths: list[float], size: float) -> float:
    return sum(widths) + size * 1.1 * len(widths)


def _some(labels: tuple[Label, ...]) -> str:
    """As many as a line has room for; staff have all of them in the log."""
    more = f" +{len(labels) - 2}" if len(labels) > 2 else ""
    return " ".join(labels[:2]) + more
