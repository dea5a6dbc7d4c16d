"""The clinic's mark, its name and the clock; between them what concerns the people, and in speech mode the sign of it.
Five touches on the mark lead to the technician's corner: nothing shows that."""

from pathlib import Path

from kiosk.fronts import Attract
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, stack
from smartqueue.look import theme
from smartqueue.look.paint import picture_loss, picture_shape
from smartqueue.look.scene import Bar, Box, Icon, Item, Panel, Photo, Text
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
_AROUND_MM, _FRAME_MM = 1.5, 1.1
"""How far around its key a frame reaches, and how thick it is."""
_TAG_MM = 7.2
_SIGN_MM, _TAG_WORD_MM = 4.4, 3.6
"""Capitals of what can be touched in the header, and of what stands on a key."""


def header(sheet: Sheet, *, bare: bool = False, timed: bool = True, noticed: bool = True) -> Box:
    """On low panels there is none where it has nothing to say but the clinic's name and the hour. bare: without the
    mark and the name, where a screen needs the line; timed: with the clock; noticed: with notices. Gives the place that
    is left."""
    if sheet.unheaded:
        sheet.corner = Box(0, 0, sheet.exact_px(theme.TARGET_MM), sheet.exact_px(theme.TARGET_MM))
        return sheet.header
    box = sheet.header
    clock, size = sheet.view.clock if timed else "", sheet.capitals(4.4)
    clock_w = width(clock, size, sheet.style()) + 2 if clock else 0.0
    box, clock_box = box.split_right(clock_w, sheet.px(4))
    if clock:
        sheet.text(clock_box, clock, (size,), align="end")
    least = sheet.exact_px(theme.TARGET_MM)
    sheet.corner = Box(0, 0, least, least)
    if sheet.view.speech:
        box = _speech(sheet, box)
    box = _notices(sheet, box) if noticed else box
    if bare:
        return box
    if box.w < box.h:
        return box
    box = _mark(sheet, box)
    if sheet.view.site is not None:
        name, language = sheet.view.named(sheet.view.site.names)
        style = sheet.style(700, language=language)
        sizes = (sheet.capitals(3.6), float(sheet.screen.capital_px(3.6)))
        size = next((one for one in sizes if width(name, one, style) <= box.w), 0.0)
        if size:
            sheet.text(box, name, (size,), weight=700, language=language)
            sheet.corner = Box(0, 0, max(least, box.x + width(name, size, style)), least)
    return box


# --- speech mode --------------------------------------------------------------------------------------


def _speech(sheet: Sheet, box: Box) -> Box:
    """The key that says the screen again, in the header or at the lower edge. Before it, once a key was said, the place
    for how to mean it."""
    words, colours, least = sheet.view.words, sheet.theme, sheet.exact_px(theme.TARGET_MM)
    word = words.text("kiosk.key.repeat")
    if sheet.repeats_below:
        sheet.repeat = sheet.below
        sheet.panel(sheet.below)
        _sign(sheet, sheet.below, "speaker", word, colours.primary, 5.8)
    else:
        box, place = box.split_right(_pill_width(sheet, box.h, word, _SIGN_MM), sheet.px(3))
        place = _upward(sheet, place)
        _pill(sheet, place, "speaker", word, colours.primary, colours.on_primary, _SIGN_MM)
        wide = max(place.w, least)
        sheet.repeat = Box(place.right - wide, 0, wide, least)
    if sheet.view.spoken is not None:
        word = words.text("kiosk.touch_again")
        widths = [_pill_width(sheet, box.h, word, mm) for mm in (_SIGN_MM, _TAG_WORD_MM)]
        wide = next((one for one in widths if one + sheet.px(3) <= box.w), box.w)
        box, place = box.split_right(wide, sheet.px(3))
        sheet.again = _upward(sheet, place)
    return box


def _upward(sheet: Sheet, box: Box) -> Box:
    """A sign takes the margin above the header, too."""
    over = sheet.margin - sheet.px(1.0)
    return Box(box.x, box.y - over, box.w, box.h + over)


def _pill_width(sheet: Sheet, high: float, word: str, mm: float) -> float:
    return high * 1.5 + width(word, sheet.capitals(mm), sheet.style(700)) + 2


def _pill(sheet: Sheet, box: Box, icon: str, word: str, ground: str, colour: str, mm: float) -> None:
    """A sign on a ground of its own."""
    sheet.panel(box, fill=ground, edge=None, radius=min(box.h * 0.3, sheet.radius))
    _sign(sheet, box, icon, word, colour, mm)


def _sign(sheet: Sheet, box: Box, icon: str, word: str, colour: str, mm: float) -> None:
    """In the middle of the box."""
    size = sheet.capitals(mm)
    side, gap = min(box.h * 0.72, size * 2.2), size * 0.4
    wide = width(word, size, sheet.style(700)) + 2
    icon_box, word_box = box.centred(min(side + gap + wide, box.w), box.h).split_left(side, gap)
    sheet.icon(icon_box.centred(side, side), icon, colour)
    stack(sheet, word_box, (Row(word, (size,), 700, colour),))


def marking(sheet: Sheet) -> tuple[str, str]:
    """Of what marks the key that was said: its ground and what stands on it."""
    colours = sheet.theme
    return (colours.primary, colours.on_primary) if sheet.view.contrast else (colours.text, colours.ground)


def touched_first(sheet: Sheet) -> None:
    """A thick frame around the key that was said, and that it is meant when it is touched again: on the key where it
    has room, else in the header."""
    key = next((one for one in sheet.targets if one.key == sheet.view.spoken), None)
    if key is None or not sheet.view.speech:
        return
    ground, colour = marking(sheet)
    frame = key.box.inset(-sheet.exact_px(_AROUND_MM))
    sheet.panel(frame, fill=None, edge=ground, thick=sheet.exact_px(_FRAME_MM) / sheet.edge)
    word, high = sheet.view.words.text("kiosk.touch_again"), sheet.px(_TAG_MM)
    wide = _pill_width(sheet, high, word, _TAG_WORD_MM)
    inks = [ink_box(one) for one in sheet.items if _inside(one, key.box)]
    for place in _beside_edges(key.box.inset(sheet.exact_px(1.2)), wide, high):
        if key.box.encloses(place) and not any(ink.overlaps(place.inset(-sheet.exact_px(1.2))) for ink in inks):
            _pill(sheet, place, "touch", word, ground, colour, _TAG_WORD_MM)
            return
    if sheet.again is not None:
        roomy = _pill_width(sheet, sheet.header.h, word, _SIGN_MM) <= sheet.again.w
        _pill(sheet, sheet.again, "touch", word, ground, colour, _SIGN_MM if roomy else _TAG_WORD_MM)


def _inside(item: Item, key: Box) -> bool:
    """It is drawn on the key."""
    marks = isinstance(item, Text | Icon | Bar) and key.overlaps(item.box)
    return marks or (isinstance(item, Panel) and key.encloses(item.box) and item.box != key)


def _beside_edges(inside: Box, wide: float, high: float) -> list[Box]:
    across = (inside.right - wide, inside.x + (inside.w - wide) / 2, inside.x)
    return [Box(x, y, wide, high) for y in (inside.bottom - high, inside.y) for x in across]


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
    colours, notices = sheet.theme, _said(sheet)
    size, widths = _notice_widths(sheet, box.w, notices)
    while notices and _with_air(widths, size) > box.w:
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


def _said(sheet: Sheet) -> list[tuple[str, str]]:
    """Icon and words, the gravest first. That nobody knows how long it takes is said by each card that would tell: here
    only where none does."""
    words, view = sheet.view.words, sheet.view
    said: list[tuple[str, str]] = []
    if view.astray:
        said.append(("warning", words.text("kiosk.notice_astray", labels=_some(view.astray))))
    if view.site is not None and view.site.insecure_lan:
        said.append(("info", words.text("kiosk.notice_insecure")))
    if sheet.old_waits:
        said.append(("clock", words.text("kiosk.notice_stale")))
    if view.away and isinstance(view.front, Attract) and view.direct is None and not sheet.small:
        said.append(("clock", words.text("kiosk.notice_no_waits")))
    return said


def _notice_widths(sheet: Sheet, room: float, notices: list[tuple[str, str]]) -> tuple[float, list[float]]:
    """The size of their letters, larger where there is room, and what each takes."""
    for size in (sheet.capitals(3.6), *(float(sheet.screen.capital_px(mm)) for mm in (4.4, 4.0, 3.6))):
        if size > sheet.capitals(3.6):
            continue
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
