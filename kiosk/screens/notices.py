"""Full-screen notices: the department is closed, the hub does not answer, out of service, are you still there."""

from msgspec.structs import replace

from kiosk.fronts import NO_NUMBER, Closed, HubTrouble, IdleWarning, OutOfService
from kiosk.screens.band import head
from kiosk.screens.departments import card, how_said, words_box
from kiosk.screens.header import header
from kiosk.screens.number import UPRIGHT_HEAD_MM
from kiosk.screens.pieces import key, time_bar
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, put, stack, stacked
from kiosk.screens.view import View
from kiosk.terms import Reason
from smartqueue.look.scene import Box
from smartqueue.wire import DepartmentView

_OUT_ICONS = {Reason.STARTING: "clock", Reason.NO_HUB: "wifi-off", Reason.HUB_AWAY: "wifi-off"}
_OWN_CLOSED = frozenset({"department_closed", "department_full", NO_NUMBER})
_FULL = frozenset({"department_full", "quota_reached", "last_token_given"})
"""For the person they mean the same."""


def draw_closed(sheet: Sheet, front: Closed) -> None:
    """What the department says now, when it opens, and the way to another one."""
    words = sheet.view.words
    header(sheet)
    band, middle, bottom = thirds(sheet)
    department, code = _present(sheet.view, front.department), _closed_code(front)
    title, line = closed_words(sheet.view, front)
    head(sheet, band, "clock" if code in _OWN_CLOSED else "warning", title, line)
    word = words.text("kiosk.back" if sheet.view.direct else "kiosk.choose_another")
    again = code == "refused" and department.open
    if again:
        place = middle.centred(middle.w, min(middle.h, sheet.px(50)))
        key(
            sheet, place, f"department:{department.id}", "recall", words.text("kiosk.try_again"), kind="primary", mm=9.1
        )
    else:
        _closed_card(sheet, middle, department, full=code == "department_full")
    key(sheet, bottom, "back", "back", word, kind="plain" if again else "primary", directional=True)


def _closed_code(front: Closed) -> str:
    known = "department_full" if front.code in _FULL else front.code
    return known if known in _OWN_CLOSED else "refused"


def closed_words(view: View, front: Closed) -> tuple[str, str]:
    """What it is, and what to do."""
    words, code = view.words, _closed_code(front)
    department = _present(view, front.department)
    line = words.text(f"kiosk.{code}.line")
    if code == "department_closed" and department.opens_at:
        line = words.text("kiosk.department_closed.opens", time=department.opens_at)
    return words.text(f"kiosk.{code}.title"), line


def _closed_card(sheet: Sheet, middle: Box, department: DepartmentView, *, full: bool) -> None:
    """The card as it is among the others, but nothing to touch."""
    place = middle.centred(middle.w, min(middle.h, sheet.px(42)))
    if sheet.screen.portrait:
        place = Box(middle.x, middle.y + sheet.px(12), middle.w, place.h)
    if full:
        department = replace(department, open=False, opens_at=None, estimate=None)
    how = how_said(sheet, (department,), words_box(sheet, place), closed="kiosk.full" if full else "kiosk.closed")
    card(sheet, place, department, how)
    sheet.targets.clear()


def _present(view: View, touched: DepartmentView) -> DepartmentView:
    """As the hub says it is now; as it was touched where the hub no longer knows it."""
    return next((one for one in view.departments if one.id == touched.id), touched)


def draw_hub_trouble(sheet: Sheet, front: HubTrouble) -> None:
    words = sheet.view.words
    header(sheet)
    band, middle, bottom = thirds(sheet)
    title, line = words.text("kiosk.hub_trouble.title"), words.text("kiosk.hub_trouble.line")
    head(sheet, band, "wifi-off", title, line, trouble=True)
    sheet.panel(middle)
    inner = middle.inset(sheet.px(5), sheet.px(3))
    icon, texts = inner.split_left(min(sheet.px(30), inner.h, inner.w * 0.22), sheet.px(6))
    sheet.icon(icon, "reception", sheet.theme.primary)
    rows = (
        Row(words.text("kiosk.hub_trouble.desk"), sheet.steps(7.3, 5.8, 4.7, 4.4), 700, lines=3),
        Row(
            words.text("kiosk.hub_trouble.later"),
            sheet.steps(4.7, 4.7, 4.4, 4.0),
            400,
            sheet.theme.quiet,
            lines=3,
            gap=sheet.px(7),
        ),
    )
    stack(sheet, texts, rows)
    key(sheet, bottom, "done", "check", words.text("kiosk.done"), kind="primary")
    time_bar(sheet, bottom, (front.until - sheet.view.now) / front.span)


def draw_out_of_service(sheet: Sheet, front: OutOfService) -> None:
    words = sheet.view.words
    header(sheet)
    kind = front.reason
    area = sheet.body
    rows = (
        Row(words.text(f"kiosk.out.{kind}.title"), sheet.steps(9.1, 7.3, 5.8), 700, align="center", lines=2),
        Row(words.text(f"kiosk.out.{kind}.line"), sheet.steps(5.8, 4.7), align="center", lines=2, gap=sheet.px(7)),
        Row(
            words.text(f"kiosk.out.{kind}.staff"),
            sheet.steps(3.6),
            400,
            sheet.theme.quiet,
            "center",
            lines=3,
            gap=sheet.px(9),
        ),
    )
    wide = min(area.w, sheet.px(200))
    icon_h, air = min(sheet.px(34), area.h * 0.3), sheet.px(5)
    made = stacked(sheet, wide, rows, area.h - icon_h - air)
    content = area.centred(wide, icon_h + air + made.height)
    icon, texts = content.split_top(icon_h, air)
    sheet.icon(icon, _OUT_ICONS.get(kind, "warning"), sheet.theme.primary)
    put(sheet, texts, made)


def draw_idle(sheet: Sheet, front: IdleWarning) -> None:
    words = sheet.view.words
    header(sheet)
    body = sheet.body
    left = max(0, round(front.until - sheet.view.now))
    question, rest = body.split_top(body.h * 0.38, sheet.gap)
    line = words.count("kiosk.idle.line", left)
    rows = (
        Row(words.text("kiosk.idle.title"), sheet.steps(9.1, 7.3, 5.8), 700, align="center"),
        Row(
            line,
            sheet.steps(5.8, 4.7, 4.4),
            400,
            sheet.theme.quiet,
            "center",
            lines=2,
            gap=sheet.px(6),
            rather_small=True,
        ),
    )
    stack(sheet, question, rows, share=0.6)
    box = rest.centred(min(rest.w, sheet.px(130)), min(rest.h, sheet.px(50)))
    key(sheet, box, "more_time", "clock", words.text("kiosk.more_time"), kind="primary", mm=9.1)
    time_bar(sheet, box, (front.until - sheet.view.now) / front.span)


def thirds(sheet: Sheet) -> tuple[Box, Box, Box]:
    """Band, middle and keys in the places of the ticket screens."""
    body, gap = sheet.body, sheet.gap
    body, bottom = body.split_bottom(sheet.px(20), gap)
    band_h = sheet.px(UPRIGHT_HEAD_MM) if sheet.screen.portrait else max(0.163 * sheet.screen.height_px, sheet.px(15.8))
    band, middle = body.split_top(band_h, gap)
    return band, middle, bottom
