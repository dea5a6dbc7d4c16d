"""Full-screen notices: the department is closed, the hub does not answer, out of service, are you still there."""

from kiosk.screens.departments import card, how_said
from kiosk.screens.pieces import head, header, key, time_bar
from kiosk.screens.sheet import Sheet
from kiosk.states import Closed, HubTrouble, IdleWarning, OutOfService, Reason
from smartqueue.look.scene import Box
from smartqueue.look.theme import LIGHT
from smartqueue.wire import DepartmentView

_OUT_ICONS = {Reason.STARTING: "clock", Reason.NO_HUB: "wifi-off", Reason.HUB_AWAY: "wifi-off"}
_OWN_CLOSED = frozenset({"department_closed", "department_full"})


def draw_closed(sheet: Sheet, front: Closed) -> None:
    """What the department says now, when it opens, and the way to another one."""
    words = sheet.view.words
    header(sheet)
    band, middle, bottom = _thirds(sheet)
    department = _present(sheet, front.department)
    code = front.code if front.code in _OWN_CLOSED else "refused"
    line = words.text(f"kiosk.{code}.line")
    if code == "department_closed" and department.opens_at:
        line = words.text("kiosk.department_closed.opens", time=department.opens_at)
    head(sheet, band, "clock" if code in _OWN_CLOSED else "warning", words.text(f"kiosk.{code}.title"), line)
    place = middle.centred(min(middle.w, sheet.px(100)), min(middle.h, sheet.px(40)))
    card(sheet, place, department, how_said(sheet, (department,), place))
    sheet.targets.clear()
    word = words.text("kiosk.back" if sheet.view.direct else "kiosk.choose_another")
    key(sheet, _wide_key(sheet, bottom), "back", "back", word, kind="primary", directional=True)


def _present(sheet: Sheet, touched: DepartmentView) -> DepartmentView:
    """As the hub says it is now; as it was touched where the hub no longer knows it."""
    return next((view for view in sheet.view.departments if view.id == touched.id), touched)


def draw_hub_trouble(sheet: Sheet, front: HubTrouble) -> None:
    words = sheet.view.words
    header(sheet)
    band, middle, bottom = _thirds(sheet)
    title, line = words.text("kiosk.hub_trouble.title"), words.text("kiosk.hub_trouble.line")
    head(sheet, band, "wifi-off", title, line, trouble=True)
    sheet.panel(middle)
    inner = middle.inset(sheet.px(6), sheet.px(4))
    desk, later = inner.rows(1.0, 1.0)
    _row(sheet, desk, "person-plus", words.text("kiosk.hub_trouble.desk"), strong=True)
    _row(sheet, later, "ticket", words.text("kiosk.hub_trouble.later"), strong=False)
    box = _wide_key(sheet, bottom)
    key(sheet, box, "done", "check", words.text("kiosk.done"), kind="primary")
    time_bar(sheet, box, (front.until - sheet.view.now) / front.span)


def draw_out_of_service(sheet: Sheet, front: OutOfService) -> None:
    words = sheet.view.words
    header(sheet)
    kind = front.reason
    area = sheet.body
    icon_h = min(sheet.px(34), area.h * 0.34)
    content = area.centred(min(area.w, sheet.px(190)), min(area.h, icon_h + sheet.px(46)))
    icon, rest = content.split_top(icon_h, sheet.px(4))
    sheet.icon(icon, _OUT_ICONS.get(kind, "warning"), LIGHT.primary)
    title, rest = rest.split_top(sheet.px(14), sheet.px(1))
    sheet.text(
        title, words.text(f"kiosk.out.{kind}.title"), sheet.steps(9.1, 7.3, 5.8, 4.7), weight=700, align="center"
    )
    line, staff = rest.split_top(sheet.px(14), sheet.px(3))
    sheet.text(line, words.text(f"kiosk.out.{kind}.line"), sheet.steps(5.8, 4.7, 4.4), align="center", lines=2)
    sheet.text(
        staff,
        words.text(f"kiosk.out.{kind}.staff"),
        sheet.steps(3.6),
        colour=LIGHT.quiet,
        align="center",
        lines=2,
        valign="top",
    )


def draw_idle(sheet: Sheet, front: IdleWarning) -> None:
    words = sheet.view.words
    header(sheet)
    body = sheet.body
    left = max(0, round(front.until - sheet.view.now))
    question, rest = body.split_top(body.h * 0.36, sheet.gap)
    ask, line = question.rows(1.0, 0.8)
    sheet.text(
        ask,
        words.text("kiosk.idle.title"),
        sheet.steps(9.1, 7.3, 5.8, 4.7),
        weight=700,
        align="center",
        valign="bottom",
    )
    sheet.text(
        line, words.count("kiosk.idle.line", left), sheet.steps(5.8, 4.7, 4.4), colour=LIGHT.quiet, align="center"
    )
    box = rest.centred(min(rest.w, sheet.px(130)), min(rest.h, sheet.px(50)))
    key(sheet, box, "more_time", "clock", words.text("kiosk.more_time"), kind="primary")
    time_bar(sheet, box, (front.until - sheet.view.now) / front.span)


def _thirds(sheet: Sheet) -> tuple[Box, Box, Box]:
    """Band, middle and keys in the places of the ticket screens."""
    body, gap = sheet.body, sheet.gap
    body, bottom = body.split_bottom(sheet.px(20), gap)
    band_h = sheet.px(22) if sheet.screen.portrait else max(0.163 * sheet.screen.height_px, sheet.px(14.2))
    band, middle = body.split_top(band_h, gap)
    return band, middle, bottom


def _wide_key(sheet: Sheet, box: Box) -> Box:
    return box if sheet.screen.portrait else box.split_right(max(0.4 * sheet.screen.width_px, sheet.px(60)))[1]


def _row(sheet: Sheet, box: Box, icon: str, text: str, *, strong: bool) -> None:
    icon_w = min(sheet.px(16), box.h * 0.7)
    icon_box, words = box.split_left(icon_w, sheet.px(5))
    colour = LIGHT.text if strong else LIGHT.quiet
    sheet.icon(icon_box, icon, LIGHT.primary if strong else colour)
    sizes = sheet.steps(7.3, 5.8, 4.7) if strong else sheet.steps(5.8, 4.7, 4.4)
    sheet.text(words, text, sizes, weight=700 if strong else 400, colour=colour, lines=2)
