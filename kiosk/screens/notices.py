"""Full-screen notices: the department is closed, the hub does not answer, out of service, are you still there."""

from msgspec.structs import replace

from kiosk.fronts import NO_NUMBER, Closed, HubTrouble, IdleWarning, OutOfService
from kiosk.screens.band import LOW_HEAD_MM, head
from kiosk.screens.department_card import card, how_said, words_box
from kiosk.screens.departments import COLUMN_MM, ROW_MM, TALLEST_ROW_MM
from kiosk.screens.frame import grid, usual_top
from kiosk.screens.header import header
from kiosk.screens.number import UPRIGHT_HEAD_MM
from kiosk.screens.pieces import gives, key, time_bar
from kiosk.screens.rail import side_key, words_width
from kiosk.screens.sheet import REACH_FROM_MM, Sheet
from kiosk.screens.stack import Row, put, stack, stacked
from kiosk.screens.view import View
from kiosk.terms import Reason
from smartqueue.look.scene import Align, Box
from smartqueue.parting import sentences
from smartqueue.wire import DepartmentView

_OUT_ICONS = {Reason.STARTING: "clock", Reason.NO_HUB: "wifi-off", Reason.HUB_AWAY: "wifi-off"}
_CLOSED_ICONS = {"department_closed": "clock", "department_full": "ticket", NO_NUMBER: "wifi-off"}
_OWN_CLOSED = frozenset({"department_closed", "department_full", NO_NUMBER})
_SIDE_MM = 24.0
"""Of a key beside the way back."""
_FULL = frozenset({"department_full", "quota_reached", "last_token_given"})
"""For the person they mean the same."""


def draw_closed(sheet: Sheet, front: Closed) -> None:
    """What the department says now, and other ones that give numbers."""
    words = sheet.view.words
    header(sheet)
    band, middle, bottom = _within_reach(sheet)
    department, code = as_closed(sheet.view, front), _closed_code(front)
    title, line = closed_words(sheet.view, front)
    head(sheet, band, _CLOSED_ICONS.get(code, "warning"), title, line, plain=True)
    word = words.text("kiosk.choose_another" if _offered(sheet.view, department) else "kiosk.back")
    again = code == "refused" and department.open
    if again:
        place = middle.centred(middle.w, min(middle.h, sheet.px(50)))
        key(
            sheet, place, f"department:{department.id}", "recall", words.text("kiosk.try_again"), kind="primary", mm=9.1
        )
    else:
        _closed_card(sheet, middle, department, front)
    bar = _beside(sheet, bottom)
    key(sheet, bar, "back", "back", word, kind="plain" if again else "primary", directional=True)


def _within_reach(sheet: Sheet) -> tuple[Box, Box, Box]:
    """As `thirds`, with the departments no higher than they are on their own screen, and the band near them."""
    band, middle, bottom = thirds(sheet)
    if not sheet.screen.portrait:
        return band, middle, bottom
    top = max(middle.y, usual_top(sheet))
    middle = Box(middle.x, top, middle.w, middle.bottom - top)
    return Box(band.x, top - sheet.gap - band.h, band.w, band.h), middle, bottom


def _beside(sheet: Sheet, bar: Box) -> Box:
    """At the end of the bar the languages, and what brings the departments within reach or makes them easier; gives
    what is left."""
    languages = ["languages"] if len(sheet.view.languages) > 1 else []
    names = [*languages, "lower" if sheet.screen.height_mm >= REACH_FROM_MM else "easier"]
    wide = max(sheet.exact_px(_SIDE_MM), words_width(sheet, names))
    places: list[Box] = []
    for _ in names:
        bar, place = bar.split_right(wide, sheet.gap)
        places.insert(0, place)
    for name, place in zip(names, places, strict=True):
        side_key(sheet, place, name)
    return bar


def _closed_code(front: Closed) -> str:
    known = "department_full" if front.code in _FULL else front.code
    return known if known in _OWN_CLOSED else "refused"


def closed_words(view: View, front: Closed) -> tuple[str, str]:
    """What it is, and what to do: nobody is sent to another department where none gives numbers."""
    words, code = view.words, _closed_code(front)
    alone = code in _OWN_CLOSED and not _offered(view, front.department)
    line = words.text(f"kiosk.{'department_full' if alone else code}.line")
    return words.text(f"kiosk.{code}.title"), line


def _offered(view: View, refused: DepartmentView) -> list[DepartmentView]:
    """Others that give numbers now."""
    return [one for one in view.departments if gives(one) and one.id != refused.id]


def as_closed(view: View, front: Closed) -> DepartmentView:
    """As its card shows it, whatever the hub said of it before it refused."""
    department, code = _present(view, front.department), _closed_code(front)
    if code == "refused":
        return department
    if code == "department_full":
        return replace(department, open=True, issuing=False, emergency=False, estimate=None)
    return replace(department, open=False, opens_at=None if department.open else department.opens_at, estimate=None)


def closed_state(front: Closed) -> str:
    """Key of the words for how its department is, where it tells no time."""
    return "kiosk.no_number.card" if _closed_code(front) == NO_NUMBER else "kiosk.closed"


def _closed_card(sheet: Sheet, middle: Box, department: DepartmentView, front: Closed) -> None:
    """Its card, and those of others that can be chosen at once, as they are among all."""
    columns = 2 if middle.w >= 2 * sheet.exact_px(COLUMN_MM) + sheet.gap else 1
    rows = max(1, min(3, int((middle.h + sheet.gap) / (sheet.exact_px(ROW_MM) + sheet.gap))))
    shown = [department, *_offered(sheet.view, department)][: columns * rows]
    rows = min(rows, -(-len(shown) // columns))
    places = grid(middle, columns if len(shown) > 1 else 1, rows, sheet.gap, sheet.px(TALLEST_ROW_MM))
    cards = sheet.limited(places[0].h / sheet.exact_px(ROW_MM))
    how = how_said(cards, tuple(shown), words_box(cards, places[0]), closed_state(front))
    for place, one in zip(places, shown, strict=False):
        card(cards, place, one, how)
    sheet.targets[:] = [one for one in sheet.targets if one.key != f"department:{department.id}"]


def _present(view: View, touched: DepartmentView) -> DepartmentView:
    """As the hub says it is now; as it was touched where the hub no longer knows it."""
    return next((one for one in view.departments if one.id == touched.id), touched)


def draw_hub_trouble(sheet: Sheet, front: HubTrouble) -> None:
    words = sheet.view.words
    header(sheet)
    band, middle, bottom = thirds(sheet)
    title, line = words.text("kiosk.hub_trouble.title"), words.text("kiosk.hub_trouble.line")
    head(sheet, band, "wifi-off", title, line, trouble=True)
    _to_the_desk(sheet, middle, words.text("kiosk.hub_trouble.desk"), words.text("kiosk.hub_trouble.later"))
    key(sheet, bottom, "done", "back", words.text("kiosk.back"), kind="primary", directional=True)
    time_bar(sheet, bottom, (front.until - sheet.view.now) / front.span)


def _to_the_desk(sheet: Sheet, middle: Box, first: str, second: str) -> None:
    """Beside the picture of a desk, or below it."""
    upright, large = sheet.screen.portrait, not sheet.small and not sheet.screen.portrait
    box = middle.split_top(min(middle.h, sheet.px(110)))[0]
    sheet.panel(box)
    inner = box.inset(sheet.px(5), sheet.px(5 if upright else 2.4))
    if upright:
        icon, texts = inner.split_top(sheet.px(42), sheet.px(6))
    else:
        icon, texts = inner.split_left(min(sheet.px(34), inner.h, inner.w * 0.22), sheet.px(6))
    sheet.icon(icon, "reception", sheet.theme.primary)
    sizes, small = sheet.steps(8.4, 7.3, 6.5, 5.8, 5.2, 4.7, 4.4), sheet.steps(4.7, 4.7, 4.4, 4.4, 4.0, 4.0, 3.6)
    align: Align = "center" if upright else "start"
    rows = (
        Row("\n".join(sentences(first)) if large else first, sizes, 700, align=align, lines=2 if large else 3),
        Row(second, small, 400, sheet.theme.quiet, align, lines=3, gap=sheet.px(7 if not sheet.small else 5)),
    )
    stack(sheet, texts, rows)


def draw_out_of_service(sheet: Sheet, front: OutOfService) -> None:
    """As for whoever was not given a number; a machine that starts has no trouble yet."""
    words, kind = sheet.view.words, front.reason
    header(sheet)
    title, staff = words.text(f"kiosk.out.{kind}.title"), words.text(f"kiosk.out.{kind}.staff")
    if kind is not Reason.STARTING:
        band, middle, bottom = thirds(sheet)
        head(sheet, band, _OUT_ICONS.get(kind, "warning"), title, "", trouble=True)
        whole = Box(middle.x, middle.y, middle.w, bottom.bottom - middle.y)
        _to_the_desk(sheet, whole, words.text("kiosk.hub_trouble.desk"), staff)
        return
    rows = (
        Row(title, sheet.steps(9.1, 7.3, 5.8), 700, align="center", lines=2),
        Row(words.text(f"kiosk.out.{kind}.line"), sheet.steps(5.8, 4.7), align="center", lines=2, gap=sheet.px(7)),
        Row(staff, sheet.steps(4.4, 4.0), 400, sheet.theme.quiet, "center", lines=3, gap=sheet.px(9)),
    )
    middled(sheet, sheet.body, "clock", rows)


def draw_idle(sheet: Sheet, front: IdleWarning) -> None:
    """The key stands at the bottom as other main keys do, and is larger."""
    words = sheet.view.words
    header(sheet)
    left = max(0, round(front.until - sheet.view.now))
    high = sheet.px(60 if sheet.screen.portrait else 36 if sheet.small else 50)
    body, bottom = sheet.body.split_bottom(high, sheet.gap)
    rows = (
        Row(
            words.text("kiosk.idle.title"), sheet.steps(9.1, 7.3, 6.5), 700, align="center", lines=2, rather_small=True
        ),
        Row(
            words.count("kiosk.idle.line", left),
            sheet.steps(5.8, 4.7, 4.4),
            400,
            sheet.theme.quiet,
            "center",
            lines=2,
            gap=sheet.px(6),
            rather_small=True,
        ),
    )
    middled(sheet, body, "" if sheet.small else "people", rows)
    key(sheet, bottom, "more_time", "clock", words.text("kiosk.more_time"), kind="primary", mm=9.1)
    time_bar(sheet, bottom, (front.until - sheet.view.now) / front.span)


def middled(sheet: Sheet, area: Box, icon: str, rows: tuple[Row, ...]) -> Box:
    """Words in the middle of the area, below an icon if there is one; gives where they are."""
    wide = min(area.w, sheet.px(200))
    icon_h, air = (min(sheet.px(34), area.h * 0.3), sheet.px(6)) if icon else (0.0, 0.0)
    made = stacked(sheet, wide, rows, area.h - icon_h - air)
    content = area.centred(wide, icon_h + air + made.height)
    place, texts = content.split_top(icon_h, air)
    if icon:
        sheet.icon(place, icon, sheet.theme.primary)
    put(sheet, texts, made)
    return content


def thirds(sheet: Sheet) -> tuple[Box, Box, Box]:
    """Band, middle and keys in the places of the ticket screens."""
    body, gap = sheet.body, sheet.gap
    body, bottom = body.split_bottom(sheet.px(20), gap)
    least = sheet.px(LOW_HEAD_MM if sheet.small else 15.8)
    band_h = sheet.px(UPRIGHT_HEAD_MM) if sheet.screen.portrait else max(0.163 * sheet.screen.height_px, least)
    band, middle = body.split_top(band_h, gap)
    return band, middle, bottom
