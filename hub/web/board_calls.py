"""Calls on the board: the band of those that are on, the rows of earlier ones, and the way to go."""

import math
from collections.abc import Sequence

from hub.web.board_parts import bound, sentences
from hub.web.board_sizes import Said, fits_lying, lying, upright, upright_far
from hub.web.board_sizes import far as far_sizes
from hub.web.board_sizes import fits as fits_together
from hub.web.board_turns import marks_beside, newest_stays
from hub.web.board_view import MOST_IN_BAND, Sight
from hub.web.document import Page
from hub.web.fitting import bold_em, percent, plain_em
from hub.web.markup import Child, Markup, el, icon
from smartqueue.board import Layout, Place, Way, first_opening, history, shut
from smartqueue.i18n import Words
from smartqueue.terms import Label, Language
from smartqueue.wire import CallView

ROWS = 5
FAR_ROWS = 3
_ROW_EM = 6.8
_LEAST_LABEL_EM, _WORD_EM = 2.62, 0.7
_NONE_EM = 12.0
_STEP = 4
"""Widths of columns are told to the style sheet in quarters of an em."""
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
    """data-say of each call: the sentence for a voice of the browser. data-later: calls that do not fit yet."""
    far = sight.asked.layout is Layout.CALL
    shown = sight.on[-1:] if far else sight.on[: at_once(sight)]
    return el(
        "section",
        _band_calls(sight, shown, far=far),
        class_=f"band of-{len(shown)}",
        data_part="band",
        data_on=",".join(call.announcement for call in sight.on if far or call in shown),
        data_later=",".join(call.announcement for call in sight.on if not far and call not in shown) or None,
        aria_live="assertive",
        hidden=not sight.on or sight.asked.layout is Layout.DOOR,
    )


def at_once(sight: Sight) -> int:
    """How many calls can share the band, as displays decide it: all of them, else two, else one, that nothing gets too
    small to be read from afar."""
    said = [_said(sight, call) for call in sight.on[:MOST_IN_BAND]]
    for count in (len(said), 2):
        if len(said) >= count > 1 and fits_together(said[:count]):
            return count
    return min(len(said), 1)


def alone(sight: Sight) -> bool:
    """Whether one call needs a whole lying screen."""
    if not sight.on or sight.asked.layout in (Layout.CALL, Layout.DOOR) or at_once(sight) > 1:
        return False
    return len(sight.on) > 1 or not fits_lying([_said(sight, sight.on[0])])


def turns_of_calls(sight: Sight) -> tuple[int, int]:
    """Which turn it is, from 0, and of how many, where calls came together that do not fit together."""
    if not sight.on:
        return 0, 1
    unfit = 0 if sight.asked.layout is Layout.CALL else len(sight.on) - at_once(sight)
    earlier = sight.asked.earlier
    return earlier, earlier + 1 + (unfit or sight.asked.later)


def _band_calls(sight: Sight, shown: Sequence[CallView], *, far: bool) -> Sequence[Markup]:
    """All of one size."""
    if not shown:
        return ()
    every = [_said(sight, call) for call in shown]
    flat = far_sizes(every[0]) if far or alone(sight) else lying(every)
    tall = upright_far(every[0]) if far else upright(every)
    fits = f"fit-{flat.label} sub-{flat.place} tall-{tall.label} under-{tall.place}"
    twofold = "twofold" if any(said.second for said in every) else ""
    kind = " ".join(filter(None, ("call", fits, flat.way.value, tall.way.value, twofold)))
    return [_band_call(sight, call, kind) for call in shown]


def _said(sight: Sight, call: CallView) -> Said:
    where = sight.place(call.room)
    return Said(call.label, word(sight.page, where), where.number, _second_text(sight.page, where, call.language))


def _band_call(sight: Sight, call: CallView, kind: str) -> Markup:
    where = sight.place(call.room)
    inner = way(sight.page, call.label, where, call.language)
    return el("div", inner, class_=kind, data_say=sentence(sight.page, call.label, where))


def sentence(page: Page, label: Label, where: Place) -> str:
    """What is said for a call: letter and digits one by one."""
    return page.words.text(f"display.voice.call_{where.kind}", label=" ".join(label), room=where.number)


def rows(sight: Sight) -> Markup:
    """One row more than stands beside the band: the call that is on, for when the band goes."""
    page_ = sight.page
    shown, which, count = _earlier(sight)
    if not shown:
        sign, text = _why_none(sight)
        said = el("span", [el("span", bound(one, _NONE_EM), " ") for one in sentences(text)])
        return el("p", icon(sign), said, class_="rows none", data_part="rows")
    labels = {call.label for call in sight.on}
    ways = [(call, sight.place(call.room)) for call in shown]
    made = [row(page_, call.label, where, "row on-call" if call.label in labels else "row") for call, where in ways]
    beside = sum(call.label not in labels for call in shown)
    kind = f"rows beside-{beside} of-{len(made)} fit-{rows_fit(page_, ways)} {columns(page_, ways)}"
    return el("ol", made, marks_beside(which, count), class_=kind, data_part="rows")


def _why_none(sight: Sight) -> tuple[str, str]:
    """An icon, and that nobody has been called yet; or that all is closed, and until when."""
    words, opens_at = sight.page.words, first_opening(sight.lines)
    if not shut(sight.lines):
        return "ticket", words.text("display.no_calls")
    return "clock", words.text("display.shut_until", time=opens_at) if opens_at else words.text("display.shut")


def _earlier(sight: Sight) -> tuple[Sequence[CallView], int, int]:
    """Those that are on stand among them, to be there when the band goes. Of more than fit the newest always stands,
    the others take turns: which turn it is, of how many."""
    fits = FAR_ROWS + sight.bare if sight.asked.layout is Layout.CALL else ROWS
    standing = history(sight.calls, sight.page.now, rows=fits, hidden=(), on=())
    labels = {call.label for call in sight.on}
    others = [call for call in standing if call.label not in labels]
    beside = fits - 1 if labels else fits
    shown, which, count = newest_stays(others, beside, sight.turn)
    chosen = {call.label for call in shown} | labels
    return [call for call in standing if call.label in chosen][:fits], which, count


def is_first(sight: Sight) -> bool:
    """Whether somebody is called and nobody was before: no other call stands."""
    labels = {call.label for call in sight.on}
    return bool(labels) and not history(sight.calls, sight.page.now, rows=ROWS, hidden=(), on=labels)


def turns(sight: Sight) -> bool:
    """Whether more calls have to stand than fit."""
    return _earlier(sight)[2] > 1


def rows_fit(page: Page, ways: Sequence[tuple[CallView, Place]]) -> int:
    """Percent at which these rows fit, with labels and places below each other."""
    return percent(_ROW_EM / (labels_em(ways) + 1.1 + places_em(page, ways))) if ways else 100


def columns(page: Page, ways: Sequence[tuple[CallView, Place]]) -> str:
    """Classes that give the columns of labels and places their widths, so that all arrows are in one."""
    wide = (math.ceil(labels_em(ways) * _STEP), math.ceil(places_em(page, ways) * _STEP))
    return f"labels-{min(wide[0], 28)} places-{min(wide[1], 28)}"


def labels_em(ways: Sequence[tuple[CallView, Place]]) -> float:
    return max(_LEAST_LABEL_EM, *(bold_em(call.label) for call, _ in ways))


def places_em(page: Page, ways: Sequence[tuple[CallView, Place]]) -> float:
    return max(_WORD_EM * plain_em(word(page, where)) + 0.3 + bold_em(where.number) for _, where in ways)


def row(page: Page, label: Label, where: Place, kind: str) -> Markup:
    return el("li", way(page, label, where), class_=kind)


def way(page: Page, label: Label, where: Place, language: Language | None = None) -> Child:
    """Label, arrow, room; with spaces between them for whoever reads or copies it as text. language: the token's, in
    which the word for the room is written too if it is another one."""
    text = _second_text(page, where, language)
    second = _second(Words(language or page.language), text)
    said: Child = (
        el("span", second, word(page, where), class_="word two" if text else "word"),
        " ",
        el("span", where.number, class_="number", dir="ltr"),
    )
    place = el("span", said, class_="place")
    return el("span", label, class_="label", dir="ltr"), " ", _arrow(where), " ", place


def _arrow(where: Place) -> Markup:
    """Where rooms lie is the same for all readers; the arrow from a label to its room turns with their direction."""
    if not where.pointed:
        return el("span", icon("arrow-right"), class_="arrow")
    return el("span", icon(_WAYS[where.way]) if where.way is not None else None, class_="arrow points")


def _second(words: Words, text: str) -> Markup | None:
    return Markup(el("small", text, lang=words.language, dir=words.direction) + " ") if text else None


def _second_text(page: Page, where: Place, language: Language | None) -> str:
    """The word for the room in this language, if it is another one than the page's."""
    return Words(language).text(f"display.{where.kind}") if language not in (None, page.language) else ""


def word(page: Page, where: Place) -> str:
    """`Room` or `Window`."""
    return page.words.text(f"display.{where.kind}")
