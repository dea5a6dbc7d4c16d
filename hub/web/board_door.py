"""The board at the door of a room: whom it is busy with, and who is next."""

from collections.abc import Iterator

from hub.web.board_calls import sentence, word
from hub.web.board_view import Sight
from hub.web.fitting import bold_em, percent, plain_em
from hub.web.markup import Markup, el, icon
from smartqueue.board import Door, DoorState, door
from smartqueue.terms import Label

_ICONS = {DoorState.FREE: "ticket", DoorState.PAUSED: "pause", DoorState.CLOSED: "clock"}
_LABEL_EM, _TALL_EM = 3.8, 2.25
"""Width of the screen, in em of the label at its full size: lying and upright."""


def door_part(sight: Sight) -> Markup:
    room = sight.asked.room
    about = door(sight.known, room, sight.page.now) if room is not None else None
    if about is None:
        return el("section", _lost(sight), class_="door lost", data_part="door")
    return el("section", _head(sight, about), _main(sight, about), _foot(sight, about), class_="door", data_part="door")


def _head(sight: Sight, about: Door) -> Markup:
    page = sight.page
    names = page.words.text("display.door.departments", names=[page.name(names) for names in about.departments])
    room = el("span", el("span", word(page, about.place), class_="word"), " ", el("b", about.place.number, dir="ltr"))
    return el("p", room, el("span", names, class_="whose"), class_="whereto")


def _main(sight: Sight, about: Door) -> Markup:
    page, on = sight.page, sight.on[-1:]
    for call in on:
        return _busy(sight, call.label, "come", "main called", sentence(page, call.label, about.place))
    if about.label is not None and about.state in (DoorState.CALLED, DoorState.SERVING):
        called = about.state is DoorState.CALLED
        return _busy(sight, about.label, "come" if called else "inside", "main awaited" if called else "main", None)
    return el("div", icon(_ICONS[about.state]), list(_said(sight, about)), class_="main said")


def _busy(sight: Sight, label: Label, key: str, kind: str, say: str | None) -> Markup:
    fit, tall = percent(_LABEL_EM / bold_em(label)), percent(_TALL_EM / bold_em(label))
    text = el("p", sight.page.words.text(f"display.door.{key}"))
    return el("div", text, el("b", label, dir="ltr"), class_=f"{kind} fit-{fit} tall-{tall}", data_say=say)


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
