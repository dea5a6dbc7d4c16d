"""Calls on the board: the band of those that are on, the rows of earlier ones, and the way to go."""

from collections.abc import Sequence

from hub.web.board_turns import part
from hub.web.board_view import Sight
from hub.web.document import Page
from hub.web.fitting import bold_em, percent, plain_em
from hub.web.markup import Child, Markup, el, icon
from smartqueue.board import Layout, Place, Way, history
from smartqueue.i18n import Words
from smartqueue.terms import Label, Language
from smartqueue.wire import CallView

ROWS = 5
FAR_ROWS = 3
_WORD_EM, _ARROW_EM = 0.41, 1.04
"""Beside a label of one em: size of the word before the room's number; arrow with its gaps."""
_ROW_EM = 6.7
_WAYS = {
    Way.LEFT: "arrow-left",
    Way.RIGHT: "arrow-right",
    Way.AHEAD: "arrow-up",
    Way.AHEAD_LEFT: "arrow-up-left",
    Way.AHEAD_RIGHT: "arrow-up-right",
    Way.BEHIND: "turn-back",
    Way.UPSTAIRS: "stairs-up",
    Way.DOWNSTAIRS: "stairs-down",
}


def band(sight: Sight) -> Markup:
    """data-say of each call: the sentence for a voice of the browser."""
    far = sight.asked.layout is Layout.CALL
    shown = sight.on[-1:] if far else sight.on
    return el(
        "section",
        [_band_call(sight, call, len(shown), far=far) for call in shown],
        class_=f"band of-{len(shown)}",
        data_part="band",
        data_on=",".join(call.announcement for call in sight.on),
        aria_live="assertive",
        hidden=not sight.on or sight.asked.layout is Layout.DOOR,
    )


def _band_call(sight: Sight, call: CallView, of: int, *, far: bool) -> Markup:
    where = sight.place(call.room)
    said = word(sight.page, where)
    fits = (_far_fit if far else _fit)(call.label, said, where.number, of)
    tall = _tall_fit(call.label, said, where.number, of)
    return el(
        "div",
        way(sight.page, call.label, where, call.language if of == 1 and not far else None),
        class_=f"call fit-{fits} tall-{tall}",
        data_say=sentence(sight.page, call.label, where),
    )


def sentence(page: Page, label: Label, where: Place) -> str:
    """What is said for a call: letter and digits one by one."""
    return page.words.text(f"display.voice.call_{where.kind}", label=" ".join(label), room=where.number)


def _fit(label: str, word: str, number: str, of: int) -> int:
    """Percent of the full size at which one call fits the band; the label's size is the measure of all."""
    place = _WORD_EM * (bold_em(word) + 0.33) + bold_em(number)
    if of > 2:
        return percent(820 / 273 / max(bold_em(label), 0.64 * (place + _ARROW_EM)))
    return percent(1700 / 298 / (bold_em(label) + place + _ARROW_EM))


def _far_fit(label: str, word: str, number: str, _of: int) -> int:
    """Where the room stands below the label; its number is 0.82 of the label."""
    place = 0.52 * (bold_em(word) + 0.33) + 0.82 * bold_em(number) + 0.6
    return percent(1660 / 380 / max(bold_em(label), place))


def _tall_fit(label: str, word: str, number: str, of: int) -> int:
    """The same on an upright screen, where one call takes two lines: the label, then arrow and room."""
    place = _WORD_EM * (bold_em(word) + 0.33) + bold_em(number)
    if of > 2:
        return percent(900 / 236 / max(bold_em(label), 0.72 * (place + 0.6)))
    return percent(860 / 320 / max(bold_em(label), place + 0.6))


def rows(sight: Sight) -> Markup:
    """One row more than stands beside the band: the call that is on, for when the band goes."""
    page_ = sight.page
    shown = _earlier(sight)
    if not shown:
        return el(
            "p", icon("ticket"), el("span", page_.words.text("display.no_calls")), class_="rows none", data_part="rows"
        )
    labels = {call.label for call in sight.on}
    ways = [(call, sight.place(call.room)) for call in shown]
    made = [row(page_, call.label, where, "row on-call" if call.label in labels else "row") for call, where in ways]
    beside = sum(call.label not in labels for call in shown)
    fit = rows_fit(page_, ways)
    return el("ol", made, class_=f"rows beside-{beside} of-{len(made)} fit-{fit}", data_part="rows")


def _earlier(sight: Sight) -> Sequence[CallView]:
    """Those that are on stand among them, to be there when the band goes; more than fit take turns."""
    fits = FAR_ROWS if sight.asked.layout is Layout.CALL else ROWS
    standing = history(sight.calls, sight.page.now, rows=fits, hidden=(), on=())
    return part(standing, fits, sight.turn)


def turns(sight: Sight) -> bool:
    """Whether more calls have to stand than fit."""
    fits = FAR_ROWS if sight.asked.layout is Layout.CALL else ROWS
    return len(history(sight.calls, sight.page.now, rows=fits, hidden=(), on=())) > fits


def rows_fit(page: Page, ways: Sequence[tuple[CallView, Place]]) -> int:
    """Percent at which the widest of these rows fits."""
    em = (_row_em(call.label, word(page, where), where.number) for call, where in ways)
    return min((percent(_ROW_EM / one) for one in em), default=100)


def _row_em(label: str, word: str, number: str) -> float:
    return max(2.62, bold_em(label)) + 1.1 + 0.64 * plain_em(word) + 0.3 + bold_em(number)


def row(page: Page, label: Label, where: Place, kind: str) -> Markup:
    return el("li", way(page, label, where), class_=kind)


def way(page: Page, label: Label, where: Place, language: Language | None = None) -> Child:
    """Label, arrow, room; with spaces between them for whoever reads or copies it as text. language: the token's, in
    which the word for the room is written too if it is another one."""
    place = el(
        "span",
        el("span", _second(page, where, language), word(page, where), class_="word"),
        " ",
        el("span", where.number, class_="number", dir="ltr"),
        class_="place",
    )
    return el("span", label, class_="label", dir="ltr"), " ", _arrow(where), " ", place


def _arrow(where: Place) -> Markup:
    """Where rooms lie is the same for all readers; the arrow from a label to its room turns with their direction."""
    if not where.pointed:
        return el("span", icon("arrow-right"), class_="arrow")
    return el("span", icon(_WAYS[where.way]) if where.way is not None else None, class_="arrow points")


def _second(page: Page, where: Place, language: Language | None) -> Markup | None:
    words = Words(language) if language is not None else page.words
    if words.language == page.language:
        return None
    text = words.text(f"display.{where.kind}")
    return el("small", text, lang=words.language, dir=words.direction)


def word(page: Page, where: Place) -> str:
    """`Room` or `Window`."""
    return page.words.text(f"display.{where.kind}")
