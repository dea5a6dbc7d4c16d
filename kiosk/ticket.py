"""Draws a ticket: a pure function from its facts to a 1-bit picture, dot for dot as the printer will print it.

Composed as a scene in dots, like the screens, so that right-to-left tickets are the same places turned round; the
label, its digits and the QR code stay as they are. Everything is set with real shaping.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import Image

from kiosk.paper import Paper
from kiosk.ticket_facts import TicketFacts
from kiosk.ticket_page import INK, MARGIN, NARROW, WIDE, Fit, Line, Page
from smartqueue.i18n import Words
from smartqueue.look import qr, typeset
from smartqueue.look.paint import paint
from smartqueue.look.scene import Box, Icon, Panel, Photo, Qr, Scene, Text
from smartqueue.terms import Language

PAPER_WHITE = "#FFFFFF"
THRESHOLD = 144
"""Grey below it is ink."""
QR_LEAST_MM = 20.0
_LATIN = Language("en")
"""Labels, codes and addresses read from left to right in Latin letters everywhere."""
_LEFT_TO_RIGHT = "\u200e"
"""Keeps a dot at a line's end where it belongs, also among right-to-left words."""
_COMMAS = (", ", "، ", "、")
_TAIL = 2
"""Tight rows let the tails of their letters hang out by so many dots."""
_EVERY_STEP = 9
_GIVING_WAY = ((1.0, 1.0, 3), (0.8, 1.0, 3), (0.6, 1.0, 3), (0.5, 0.95, _EVERY_STEP))
"""Gaps, line heights and steps (see `Fit`) to try at each size of the label."""
_LAST_RESORTS = ((0.4, 0.95, _EVERY_STEP, 1), (0.2, 0.92, _EVERY_STEP, 2), (0.2, 0.92, _EVERY_STEP, 3))


def draw_ticket(facts: TicketFacts, words: Words, paper: Paper) -> Image.Image:
    """The ticket as a 1-bit picture (0 = ink), as wide as the paper prints. words: of the person's language."""
    return to_ink(paint(ticket_scene(facts, words, paper)))


def to_ink(picture: Image.Image) -> Image.Image:
    """Black or white, without dithering."""
    return picture.convert("L").point(lambda grey: 255 * (grey >= THRESHOLD)).convert("1", dither=Image.Dither.NONE)


def ticket_scene(facts: TicketFacts, words: Words, paper: Paper) -> Scene:
    """The ticket in dots. Gaps shrink first, then the label, until it is short enough."""
    longest = paper.dots(paper.longest_mm)
    rests: dict[Fit, int] = {}
    for fit in _fits(facts, paper):
        way = replace(fit, label_px=0)
        if way not in rests:  # nothing but the label depends on the label's height
            rests[way] = _composed(facts, words, paper, fit).height_px - fit.label_px
        if rests[way] + fit.label_px <= longest:
            break
    scene = _composed(facts, words, paper, fit)
    return scene.mirrored() if words.direction == "rtl" else scene


def _fits(facts: TicketFacts, paper: Paper) -> Iterator[Fit]:
    most, least = (paper.dots(mm) for mm in paper.label_mm)
    share = typeset.width(facts.label, 100.0, typeset.Style(_LATIN, 700, tight=True)) / 100
    widest = int((paper.width_dots - 2 * MARGIN) / share)
    for label_px in range(most, least - 1, -4):
        for way in _GIVING_WAY:
            yield Fit(min(label_px, widest), *way)
    for last in _LAST_RESORTS:
        yield Fit(min(least, widest), *last)


def _composed(facts: TicketFacts, words: Words, paper: Paper, fit: Fit) -> Scene:
    page = Page(facts, words, paper, (NARROW if paper.narrow else WIDE).scaled(paper.scale), fit)
    _head(page)
    _marks(page)
    _department(page)
    _label(page)
    _waiting(page)
    _foot(page)
    _last_lines(page)
    return Scene(paper.width_dots, page.y, PAPER_WHITE, tuple(page.items), name="ticket")


# --- from top to bottom ---------------------------------------------------------------------------------


def _head(page: Page) -> None:
    """Who gave it and when: on one line where both fit, else the date below."""
    measures, icon = page.measures, page.measures.site_icon
    name, language = page.named(page.facts.site)
    taken = page.facts.taken_at
    moment = f"{page.words.date_compact(taken)} · {page.words.time(taken)}"
    date = page.set(moment, page.words.language, measures.date, page.width)
    left = MARGIN + icon + 10
    room = page.width - icon - 10
    site = page.set(name, language, measures.site, room - date.width - 16)
    beside = site.whole and not page.paper.narrow
    if not beside:
        site = page.set(name, language, measures.site, room, lines=3 if page.paper.narrow else 2)
    height = max(icon + 4, site.height + (0 if beside else date.height))
    top = page.y + (height - site.height - (0 if beside else date.height)) / 2
    place = Box(MARGIN, page.y + (height - icon) / 2, icon, icon)
    page.items.append(Photo(place, page.facts.logo) if page.facts.logo else Icon(place, "clinic", INK))
    page.put(site, left, top, room if not beside else room - date.width - 16)
    if beside:
        page.put(date, MARGIN, page.y + (height - date.height) / 2, page.width, "end")
    else:
        page.put(date, left, top + site.height, room)
    page.y += height
    page.gap(4)
    page.rule()


def _marks(page: Page) -> None:
    """White on black: this is not the first, or not a real one."""
    keys = [key for key, is_set in (("ticket.copy", page.facts.copy), ("ticket.trial", page.facts.trial)) if is_set]
    if not keys:
        return
    texts = [page.words.text(key) for key in keys]
    line = page.set("   ".join(texts), page.words.language, page.measures.mark, page.width - 16)
    if not line.whole:
        line = page.set("\n".join(texts), page.words.language, page.measures.mark, page.width - 16, lines=2)
    page.items.append(Panel(Box(MARGIN, page.y, page.width, line.height + 2), INK))
    page.put(line, MARGIN + 8, page.y + 1, page.width - 16, "center", PAPER_WHITE)
    page.y += line.height + 2


def _department(page: Page) -> None:
    """Icon and name, the area at the other end; under the name where there is no room."""
    measures, icon = page.measures, page.measures.department_icon
    name, language = page.named(page.facts.department)
    area_text, area_language = page.named(page.facts.area)
    left, room = MARGIN + icon + 14, page.width - icon - 14
    page.gap(6)
    area = page.set(_in_two(area_text), area_language, measures.area, room * 0.45, lines=2) if area_text else None
    beside_px = room - (area.width + 16 if area else 0)
    title = page.set(name, language, measures.name, beside_px, lines=2)
    beside = not page.paper.narrow and title.whole and (area is None or area.whole)
    if not beside:
        title = page.set(name, language, measures.name, room, lines=2)
        area = page.set(area_text, area_language, measures.area, room, lines=2) if area_text else None
    below_px = area.height if area and not beside else 0
    height = max(icon + 4, title.height + below_px, area.height if area and beside else 0)
    top = page.y + (height - title.height - below_px) / 2
    page.items.append(Icon(Box(MARGIN, page.y + (height - icon) / 2, icon, icon), page.facts.department_icon, INK))
    page.put(title, left, top, beside_px if beside else room)
    if area and beside:
        page.put(area, left, page.y + (height - area.height) / 2, room, "end")
    elif area:
        page.put(area, left, top + title.height, room)
    page.y += height


def _in_two(area: str) -> str:
    """`area 2, first floor` reads best on two lines."""
    for comma in _COMMAS:
        if area.count(comma) == 1:
            return area.replace(comma, "\n")
    return area


def _label(page: Page) -> None:
    page.gap(14)
    label_px = page.fit.label_px
    box = Box(MARGIN, page.y, page.width, label_px)
    page.items.append(Text(box, page.facts.label, _LATIN, label_px, 700, INK, "center", "top", tight=True))
    page.y += label_px
    page.gap(12)


def _waiting(page: Page) -> None:
    """How many are before, and when the call will probably come; each only if it is known. Else why it is not."""
    facts, words, measures = page.facts, page.words, page.measures
    if facts.away:
        page.centred(page.set(words.text("ticket.away"), words.language, measures.between, page.width, lines=3))
    if facts.ahead is not None:
        text = words.count("ticket.before_you", facts.ahead)
        page.centred(page.set(text, words.language, measures.ahead, page.width, lines=2))
    if facts.called_between:
        earliest, latest = (words.time(moment) for moment in facts.called_between)
        text = words.text("ticket.between", earliest=earliest, latest=latest)
        page.centred(page.set(text, words.language, measures.between, page.width, lines=2))
    page.gap(8)


# --- the lower part -------------------------------------------------------------------------------------


def _foot(page: Page) -> None:
    page.rule()
    missed = page.words.count("ticket.missed", page.facts.return_after, minutes=page.facts.return_within_min)
    if page.facts.status_address is None:
        page.gap(10)
        page.row(page.set(missed, page.words.language, page.measures.small, page.width, lines=5))
        page.gap(12)
    elif page.paper.narrow:
        _phone_below(page, missed, page.facts.status_address)
    else:
        _phone_beside(page, missed, page.facts.status_address)


@dataclass(frozen=True, slots=True)
class _Code:
    """A QR code whose modules are whole dots. side: of the dark part; quiet: white that must be around it."""

    address: str
    side: int
    quiet: int

    def item(self, x: float, y: float) -> Qr:
        """Its dark part at x, y."""
        whole = self.side + 2 * self.quiet
        return Qr(Box(x - self.quiet, y - self.quiet, whole, whole), self.address)


def _code(page: Page, address: str) -> _Code:
    modules = qr.encode(address).modules
    dots = -(-page.paper.dots(QR_LEAST_MM) // modules)
    return _Code(address, modules * dots, qr.QUIET_MODULES * dots)


def _phone_beside(page: Page, missed: str, address: str) -> None:
    """The code at the start, and beside it what can be typed and the return rule. The paper's own edge is its white."""
    code = _code(page, address)
    room = page.width - code.side - code.quiet
    left = MARGIN + code.side + code.quiet
    measures, language = page.measures, page.words.language
    parts = [
        _host(page, room),
        page.set(_grouped(page.facts.short_code), _LATIN, measures.code, room),
        page.set(missed, language, measures.small, room, lines=6),
    ]
    page.y += code.quiet
    height = max(code.side, sum(part.height for part in parts))
    page.items.append(code.item(MARGIN, page.y))
    spare = (height - sum(part.height for part in parts)) / 2
    y: float = page.y
    for part in parts:
        page.put(part, left, y, part.balanced_width(room))
        y += part.height + spare
    page.y += max(height + 12, code.side + code.quiet)


def _phone_below(page: Page, missed: str, address: str) -> None:
    """Narrow paper: the words, then the code with its letters beside it."""
    code = _code(page, address)
    measures, language = page.measures, page.words.language
    page.gap(6)
    page.row(page.set(missed, language, measures.small, page.width, lines=6))
    page.gap(6)
    page.row(_host(page, page.width))
    page.y += code.quiet + _TAIL
    left = MARGIN + code.side + code.quiet
    letters = page.set(_grouped(page.facts.short_code).replace(" ", "\n"), _LATIN, measures.code, page.width, lines=2)
    page.items.append(code.item(MARGIN, page.y))
    page.put(letters, left, page.y + (code.side - letters.height) / 2, page.width - code.side - code.quiet)
    page.y += code.side + code.quiet


def _host(page: Page, width: float) -> Line:
    """Where to type the letters. An address is broken at its dots, and never shortened."""
    host = page.facts.host
    cuts = [at + 1 for sign in ".-" for at in range(len(host) - 1, 0, -1) if host[at] == sign]
    ways = [host, "\n" + host, *(f"{host[:cut]}{_LEFT_TO_RIGHT}\n{host[cut:]}" for cut in cuts)]
    for way in ways:
        text = page.words.text("ticket.phone", host=way).replace(" \n", "\n")
        line = page.set(text, page.words.language, page.measures.small, width, lines=1 + way.count("\n"))
        if line.whole:
            break
    return line


def _grouped(short_code: str) -> str:
    """Fours are easier to type."""
    return " ".join(short_code[at : at + 4] for at in range(0, len(short_code), 4))


def _last_lines(page: Page) -> None:
    """What to do now, in the person's language and in the site's own."""
    page.rule()
    page.gap(6)
    languages = dict.fromkeys((page.words.language, Words(page.facts.default_language).language))
    for language in languages:
        text = Words(language).text("ticket.watch", label=page.facts.label)
        page.centred(page.set(text, language, page.measures.last, page.width, lines=3))
    page.y += 4
