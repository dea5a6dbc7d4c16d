"""The board at the door of a room: whom it is busy with, and who is next."""

from collections.abc import Iterator
from typing import Final

from hub.web.board_calls import sentence, word
from hub.web.board_view import Sight
from hub.web.document import Page
from hub.web.fitting import bold_em, folded, percent, plain_em
from hub.web.markup import Markup, el, icon
from smartqueue.board import Door, DoorState, door
from smartqueue.i18n import Words
from smartqueue.terms import Label
from smartqueue.wire import CallView

_ICONS = {DoorState.FREE: "ticket", DoorState.PAUSED: "pause", DoorState.CLOSED: "clock"}
_LABEL_EM, _TALL_EM = 3.8, 2.25
"""Width of the screen, in em of the label at its full size: lying and upright."""
_ASKED_WIDE, _ASKED_TALL = 1680, 880
_ASKED: Final = (104, 86)
"""Width of a line above the label, lying and upright; type of what is asked in two languages on one line, at most."""
_HEAD_WIDE, _HEAD_TALL = 1480, 960
_WORD, _NUMBER, _BETWEEN = 88, 126, 30
_NAMES, _FOLDED, _NAMES_TALL = 70, 50, 64
"""The same of the head, and the type of its parts; of names on one line, in two, and upright."""


def door_part(sight: Sight) -> Markup:
    room = sight.asked.room
    about = door(sight.known, room, sight.page.now) if room is not None else None
    if about is None:
        return el("section", _lost(sight), class_="door lost", data_part="door")
    return el("section", _head(sight, about), _main(sight, about), _foot(sight, about), class_="door", data_part="door")


def _head(sight: Sight, about: Door) -> Markup:
    page = sight.page
    words, second, other = [word(page, about.place)], None, _other(sight, sight.on[-1] if sight.on else None)
    if other is not None:
        words.append(other.text(f"display.{about.place.kind}"))
        second = el("span", words[1], class_="word", lang=other.language, dir=other.direction)
    both = el("span", second, " " if second else None, el("span", words[0], class_="word"), class_="words")
    room = el("span", both, " ", el("b", about.place.number, dir="ltr"), class_="room")
    taken = _NUMBER * bold_em(about.place.number) + _BETWEEN + sum(_WORD * plain_em(one) + _BETWEEN for one in words)
    names = _names(page, about, _HEAD_WIDE - taken)
    kind = "whose" if _NAMES * plain_em(names) <= _HEAD_WIDE - taken else "whose folded"
    return el("p", room, el("span", names, class_=kind), class_="whereto")


def _names(page: Page, about: Door, units: float) -> str:
    """Of its departments, as many as fit in two lines: a door with many is no sign of any."""
    found = [page.name(names) for names in about.departments]
    for count in range(len(found), 1, -1):
        said = page.words.text("display.door.departments", names=found[:count])
        if max(len(folded(said, units / _FOLDED)), len(folded(said, _HEAD_TALL / _NAMES_TALL))) <= 2:
            return said
    return page.words.text("display.door.departments", names=found[:1])


def _main(sight: Sight, about: Door) -> Markup:
    page, on = sight.page, sight.on[-1:]
    for call in on:
        say = sentence(page, call.label, about.place)
        return _busy(sight, call.label, "come", "main called", say, _other(sight, call))
    if about.label is not None and about.state in (DoorState.CALLED, DoorState.SERVING):
        called = about.state is DoorState.CALLED
        return _busy(sight, about.label, "come" if called else "inside", "main awaited" if called else "main", None)
    return el("div", icon(_ICONS[about.state]), list(_said(sight, about)), class_="main said")


def _other(sight: Sight, call: CallView | None) -> Words | None:
    """The words of the token's language, if it is another one than the page's."""
    return None if call is None or call.language in (None, sight.page.language) else Words(call.language)


def _busy(sight: Sight, label: Label, key: str, kind: str, say: str | None, other: Words | None = None) -> Markup:
    """other: in which the same is asked too."""
    fit, tall = percent(_LABEL_EM / bold_em(label)), percent(_TALL_EM / bold_em(label))
    text = sight.page.words.text(f"display.door.{key}")
    asked = el("p", text) if other is None else _asked(text, other, other.text(f"display.door.{key}"))
    return el("div", asked, el("b", label, dir="ltr"), class_=f"{kind} fit-{fit} tall-{tall}", data_say=say)


def _asked(text: str, other: Words, second: str) -> Markup:
    """In both languages: on one line where it has room, on an upright screen always one below the other."""
    both = bold_em(f"{text} · {second}")
    joined = next((size for size in _ASKED if size * both <= _ASKED_WIDE), 0)
    under = percent(_ASKED_TALL / _ASKED[0] / max(bold_em(text), bold_em(second)))
    kind = f"joined-{joined}" if joined else "apart"
    dot = el("i", "·", aria_hidden="true")
    own, too = el("span", text), el("span", second, lang=other.language, dir=other.direction)
    return el("p", own, " ", dot, " ", too, class_=f"asked {kind} under-{under}")


def _said(sight: Sight, about: Door) -> Iterator[Markup]:
    words = sight.page.words
    yield el("p", words.text(f"display.door.{about.state}"))
    if about.back_at is not None:
        yield el("p", words.text("display.door.back", time=sight.page.time(about.back_at)))


def _foot(sight: Sight, about: Door) -> Markup:
    words = sight.page.words
    count, word_ = words.count("display.waiting", about.waiting), words.text("display.door.next")
    waiting = el("span", icon("people"), count, class_="count")
    if about.next is None:
        return el("p", waiting, class_="next alone")
    label = el("b", about.next, dir="ltr")
    fit = _foot_fit(word_, about.next, count)
    return el("p", el("span", word_, " ", label), waiting, class_=f"next fit-{fit}")


def _foot_fit(word_: str, label: Label, count: str) -> int:
    """Percent at which the foot fits: all on one line, or on an upright screen the first half of it."""
    first = 88 * (plain_em(word_) + 0.3) + 150 * (bold_em(label) + 0.36)
    return percent(min(1680 / (first + 76 * (plain_em(count) + 2)), 860 / first))


def _lost(sight: Sight) -> Iterator[Markup]:
    for part in ("title", "hint", "note"):
        yield el("p", sight.page.words.text(f"display.no_room.{part}"), class_=part)
