"""The clinic's mark, its name and the clock; between them what is not as it should be. Five touches on the mark lead to
the technician's corner: nothing shows that."""

from kiosk.screens.sheet import Sheet
from smartqueue.look import theme
from smartqueue.look.paint import picture_shape
from smartqueue.look.scene import Box, Photo
from smartqueue.look.typeset import width
from smartqueue.terms import Label

WIDEST_LOGO = 0.45
"""Of the room between the margin and the notices."""


def header(sheet: Sheet) -> None:
    """The clinic's name and the clock; between them what is not as it should be."""
    box = sheet.header
    clock, size = sheet.view.clock, sheet.capitals(4.4)
    clock_w = width(clock, size, sheet.style()) + 2 if clock else 0.0
    box, clock_box = box.split_right(clock_w, sheet.px(4))
    if clock:
        sheet.text(clock_box, clock, (size,), align="end")
    least = sheet.exact_px(theme.TARGET_MM)
    sheet.corner = Box(0, 0, least, least)
    box = _notices(sheet, box)
    if box.w < box.h:
        return
    box = _mark(sheet, box)
    if sheet.view.site is not None:
        name, language = sheet.view.named(sheet.view.site.names)
        wide = width(name, sheet.capitals(3.6), sheet.style(700, language=language))
        if wide <= box.w:
            sheet.text(box, name, sheet.steps(3.6), weight=700, language=language)
            sheet.corner = Box(0, 0, max(least, box.x + wide), least)


def _mark(sheet: Sheet, box: Box) -> Box:
    """The clinic's logo, or ours, at the start of the box; gives what is left of it."""
    logo = sheet.view.logo
    shape = picture_shape(logo) if logo is not None else None
    if logo is None or shape is None:
        icon, rest = box.split_left(box.h, sheet.px(1.6))
        sheet.icon(icon, "clinic", sheet.theme.primary)
        return rest
    pad = sheet.px(0.5) if sheet.view.contrast else 0.0
    place, rest = box.split_left(min((box.h - 2 * pad) * shape + 2 * pad, box.w * WIDEST_LOGO), sheet.px(1.6))
    if sheet.view.contrast:
        sheet.panel(place, fill="#FFFFFF", edge=None, radius=pad)
    sheet.items.append(Photo(place.inset(pad), logo))
    return rest


def _notices(sheet: Sheet, box: Box) -> Box:
    """Notices at the end of the box, the gravest first, as many as there is room for; gives what is left of it."""
    words = sheet.view.words
    notices: list[tuple[str, str]] = []
    if sheet.view.astray:
        notices.append(("warning", words.text("kiosk.notice_astray", labels=_some(sheet.view.astray))))
    if sheet.view.picture_age_s is not None:
        notices.append(("wifi-off", words.text("kiosk.notice_away", age=_age(sheet, sheet.view.picture_age_s))))
    if sheet.view.site is not None and sheet.view.site.insecure_lan:
        notices.append(("warning", words.text("kiosk.notice_insecure")))
    size, widths = _notice_widths(sheet, box.w, notices)
    while len(notices) > 1 and _with_air(widths, size) > box.w:
        notices = notices[:-1]
        size, widths = _notice_widths(sheet, box.w, notices)
    icon_w, gap, apart = size * 1.9, size * 0.35, size * 1.1
    for (icon, text), wide in reversed(list(zip(notices, widths, strict=True))):
        box, place = box.split_right(wide, apart)
        icon_box, text_box = place.split_left(icon_w, gap)
        sheet.icon(icon_box.centred(icon_w, icon_w), icon, sheet.theme.trouble)
        sheet.text(text_box, text, (size,), weight=700, colour=sheet.theme.trouble)
    return box


def _notice_widths(sheet: Sheet, room: float, notices: list[tuple[str, str]]) -> tuple[float, list[float]]:
    """The size of their letters, larger where there is room, and what each takes."""
    for size in (sheet.capitals(3.6), sheet.exact_px(3.6)):
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


def _age(sheet: Sheet, seconds: int) -> str:
    if seconds < 100:
        return sheet.view.words.text("kiosk.seconds", n=seconds)
    return sheet.view.words.text("kiosk.minutes", n=seconds // 60)
