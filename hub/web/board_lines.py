"""Departments on the board: the panel with a line for each, or a card for each with its last calls."""

from collections.abc import Sequence

from hub.web.board_calls import row, rows_fit
from hub.web.board_view import Sight
from hub.web.document import Page
from hub.web.fitting import bold_em, percent, plain_em
from hub.web.markup import Markup, el, icon
from smartqueue.board import Line, Wait, history, last_of, page
from smartqueue.i18n import Words
from smartqueue.terms import Label
from smartqueue.wire import CallView, EstimateView

_LINE_EM, _STANDING_EM, _CARD_EM = 18.0, 7.3, 20.0
"""Widths in em of their type, as hub/web/fitting.py guesses them: a department's line, its range where it stands below
the name, and the head of a card."""
_MOST_LINES = 16
IDLE_CARDS, CALL_CARDS = 6, 4
_DEEP = {1: 5, 2: 3, 3: 1}
"""Calls on a card, by how many cards stand one below the other."""


def panel(sight: Sight) -> Markup:
    """All lines in one size: that of the longest."""
    said = [(one, sight.page.name(one.names), *standing(sight.page, one)) for one in sight.lines]
    fit = min((percent(_LINE_EM / _line_em(name, sign, text)) for _, name, sign, text in said), default=100)
    below = min((percent(_STANDING_EM / _standing_em(sign, text)) for _, _, sign, text in said), default=100)
    made = [el("li", _head(*one, f" fit-{below}")) for one in said]
    return el("ul", made, class_=f"panel n{min(len(made), _MOST_LINES)} fit-{max(fit, 60)}", data_part="panel")


def cards(sight: Sight) -> Markup:
    """The cards whose turn it is; on each the last calls of its department."""
    shown, _, _ = page(sight.lines, cards_at_once(sight), sight.at_s)
    down = -(-len(shown) // 2)
    deep = 1 if sight.on and down > 1 else _DEEP.get(down, 1)
    whole = history(sight.calls, sight.page.now, rows=len(sight.calls), hidden=(), on=_on(sight))
    must = {one.announcement for one in history(sight.calls, sight.page.now, rows=0, hidden=(), on=_on(sight))}
    calls = [page(last_of(whole, one.id, deep, must), deep, sight.at_s)[0] for one in shown]
    fit = min((rows_fit(sight.page, [(call, sight.place(call.room)) for call in some]) for some in calls), default=100)
    made = [_card(sight, one, some) for one, some in zip(shown, calls, strict=True)]
    kind = f"cards down-{max(1, down)} across-{len(shown)} deep-{deep} fit-{fit} head-{_heads(sight, shown)}"
    return el("ul", made, class_=kind, data_part="cards")


def cards_at_once(sight: Sight) -> int:
    return CALL_CARDS if sight.on else IDLE_CARDS


def _on(sight: Sight) -> set[Label]:
    return {call.label for call in sight.on}


def _heads(sight: Sight, shown: Sequence[Line]) -> int:
    said = ((sight.page.name(one.names), *standing(sight.page, one)) for one in shown)
    return max(60, min((percent(_CARD_EM / _line_em(*one)) for one in said), default=100))


def _card(sight: Sight, line: Line, calls: Sequence[CallView]) -> Markup:
    head = el("p", _head(line, sight.page.name(line.names), *standing(sight.page, line), ""), class_="head")
    if not calls:
        waiting = sight.page.words.count("display.waiting", line.waiting)
        return el("li", head, el("p", icon("people"), el("span", waiting), class_="waiting"), class_="dept")
    made = [row(sight.page, call.label, sight.place(call.room), "line") for call in calls]
    return el("li", head, el("ol", made), class_="dept")


def _head(line: Line, name: str, sign: str, text: str, fit: str) -> tuple[Markup, ...]:
    return (
        el("span", line.letter, class_=f"chip ground-{line.ground % 8}"),
        el("span", name, class_="name"),
        el(
            "span",
            el("span", icon("emergency"), class_="grave") if line.emergency else None,
            icon(sign),
            text,
            class_=f"standing{fit}{' quiet' if sign else ''}",
        ),
    )


def _line_em(name: str, sign: str, text: str) -> float:
    return 1.9 + plain_em(name) + 0.5 + _standing_em(sign, text)


def _standing_em(sign: str, text: str) -> float:
    return plain_em(text) + 1.3 if sign else bold_em(text)


def standing(page: Page, line: Line) -> tuple[str, str]:
    """An icon and why there is no range; or no icon and the range."""
    words = page.words
    match line.wait:
        case Wait.CLOSED:
            opens = line.opens_at
            return "clock", words.text("display.opens", time=opens) if opens else words.text("display.closed")
        case Wait.PAUSED:
            if line.back_at is None:
                return "pause", words.text("display.break")
            return "pause", words.text("display.break_until", time=page.time(line.back_at))
        case Wait.LAST:
            return "ticket", words.text("display.last", label=line.last) if line.last else words.text("display.no_more")
        case Wait.RANGE:
            return "", _range(words, line.low_min, line.high_min)
        case Wait.WAITING:
            return "people", words.count("display.waiting", line.waiting)


def range_words(words: Words, estimate: EstimateView) -> str:
    """`15–35 min`; never from 0."""
    return _range(words, estimate.low_min, estimate.high_min)


def _range(words: Words, low: int, high: int) -> str:
    return words.text("display.range", low=low, high=high) if low else words.text("display.up_to", high=high)
