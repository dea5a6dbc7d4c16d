"""Which calls may come next: a guess, so that what they will look like is made while nobody waits for it. Pure."""

from collections.abc import Callable
from typing import Final

from display.announcer import Called
from smartqueue.picture import Picture
from smartqueue.terms import AnnouncementId, Label, Language, RoomId
from smartqueue.wire import CallView

GUESSES: Final = 4
_FIRST: Final = Label("A001")
_NOBODY: Final = (AnnouncementId("0"),)


def foreseen(
    picture: Picture, language: Language, shows: Callable[[CallView], bool] = lambda _: True
) -> tuple[Called, ...]:
    """The number behind the last one of each department, to the room that called it; latest first, at most GUESSES.

    Before the first call of a day: any number to any room. shows: whether the display is concerned by a call.
    """
    latest: dict[str, CallView] = {}
    for call in picture.calls:
        if shows(call):
            latest.setdefault(call.department, call)
    guesses = tuple(Called(_NOBODY, following(one.label), one.room, language) for one in latest.values())[:GUESSES]
    return guesses or (Called(_NOBODY, _FIRST, next(iter(picture.rooms), RoomId("room-1")), language),)


def following(label: Label) -> Label:
    """The next number of the same letters, with as many digits at least."""
    letters = label.rstrip("0123456789")
    digits = label[len(letters) :]
    return Label(f"{letters}{int(digits or '0') + 1:0{len(digits)}d}")
