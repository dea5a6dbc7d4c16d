"""Every screen of the display in every state, for tests and pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from display_clinic import CALLS, DEPARTMENTS, NOON, ROOMS, call, picture, room, site
from msgspec import structs

from display.announcer import Announcement, Called
from display.board import board
from display.screens import CALL_ROWS, IDLE_ROWS, Grid, View, connecting, draw, grid, refused
from smartqueue.i18n import Words
from smartqueue.look.scene import Scene
from smartqueue.picture import Picture
from smartqueue.terms import Language, RoomKind
from smartqueue.wire import Names

SIZES = ((1280, 720), (1920, 1080), (3840, 2160), (1080, 1920))
LANGUAGES = ("en", "hi", "ar")
LONG: dict[str, Names] = {
    "K": {
        Language("en"): "Obstetrics, Gynaecology and Reproductive Medicine",
        Language("hi"): "प्रसूति, स्त्री रोग एवं प्रजनन चिकित्सा विभाग",
        Language("ar"): "قسم أمراض النساء والتوليد وطب الإنجاب",
    },
    "R": {
        Language("en"): "Cardiology and Cardiovascular Surgery",
        Language("hi"): "हृदय रोग एवं हृदय शल्य चिकित्सा विभाग",
        Language("ar"): "أمراض القلب وجراحة القلب والأوعية الدموية",
    },
    "X": {
        Language("en"): "Orthopaedics, Traumatology and Rehabilitation",
        Language("hi"): "हड्डी रोग, आघात एवं पुनर्वास चिकित्सा",
        Language("ar"): "جراحة العظام والإصابات وإعادة التأهيل",
    },
}


@dataclass(frozen=True)
class Case:
    name: str
    scene: Scene


def ordinary() -> Picture:
    return picture()


def crowded() -> Picture:
    """Long names, labels of four digits, a room with a letter, more calls than rows, many departments."""
    departments = [replace_names(one, LONG[one.letter]) if one.letter in LONG else one for one in DEPARTMENTS]
    more = [
        replace_names(one, one.names, letter=letter, id_=f"{one.id}-2")
        for one, letter in zip(DEPARTMENTS, ("L", "W", "U", "F", "T", "AK"), strict=True)
    ]
    calls = (
        call(40, "A1000", "window-12"),
        *(call(39 - n, f"A{999 - n}", "room-12b", ago_s=20 + 20 * n, played=True) for n in range(6)),
        *CALLS[1:],
    )
    rooms = (*ROOMS, room("12", "A", kind=RoomKind.WINDOW), room("12B", "A"))
    return picture(calls, (*departments, *more), rooms)


def replace_names(one, names: Names, **ids: str):
    fields = {"id": ids["id_"], "letter": ids["letter"]} if ids else {}
    return structs.replace(one, names=names, **fields)


def announced(*calls: tuple[str, str]) -> Announcement:
    """One announcement of these labels and rooms."""
    return Announcement(tuple(Called((str(n),), *one, Language("en")) for n, one in enumerate(calls)))


def view(shown: Picture, language: str, **about) -> View:
    """about: rows, on, away, late (minutes after NOON), at_s, sound."""
    now = NOON + timedelta(minutes=about.get("late", 0))
    on = about.get("on")
    standing = board(
        shown,
        now,
        rows=CALL_ROWS if on else IDLE_ROWS,
        on=None if on is None else (announced(on), about.get("for_s", 6.0)),
        away=about.get("away", False),
    )
    at_s = about.get("at_s", 0.0)
    since_s = at_s if on else None
    return View(standing, shown.site, now, Words(Language(language)), at_s, about.get("sound", True), since_s)


def scenes(size: Grid, language: str) -> Iterator[Case]:
    insecure = picture(about=site(insecure_lan=True))
    words = Words(Language(language))
    first, long = ("A012", "room-3"), ("A1000", "window-12")
    yield Case("call", draw(view(ordinary(), language, on=first), size))
    yield Case("call-ring", draw(view(ordinary(), language, on=first, for_s=0.1), size))
    yield Case("call-crowded", draw(view(crowded(), language, on=long), size))
    yield Case("call-crowded-2", draw(view(crowded(), language, on=long, at_s=6.0), size))
    yield Case("call-12b", draw(view(crowded(), language, on=("A1000", "room-12b")), size))
    yield Case("call-away", draw(view(ordinary(), language, on=first, away=True, late=0.2), size))
    yield Case("call-trouble", draw(view(insecure, language, on=first, sound=False), size))
    yield Case("idle", draw(view(ordinary(), language, late=5), size))
    yield Case("idle-crowded", draw(view(crowded(), language), size))
    yield Case("idle-crowded-2", draw(view(crowded(), language, at_s=6.0), size))
    yield Case("idle-trouble", draw(view(insecure, language, sound=False), size))
    yield Case("idle-first", draw(view(picture(calls=()), language), size))
    yield Case("idle-two", draw(view(picture(calls=CALLS[:2]), language), size))
    yield Case("away", draw(view(ordinary(), language, away=True, late=9), size))
    yield Case("away-long", draw(view(crowded(), language, away=True, late=137), size))
    yield Case("away-yesterday", draw(view(insecure, language, away=True, late=1500), size))
    yield Case("away-first", draw(view(picture(calls=()), language, away=True, late=1), size))
    yield Case("connecting", connecting(words, size))
    yield Case("refused", refused(words, size))
    yield Case("other-version", refused(words, size, "other_version"))


def all_cases() -> Iterator[tuple[str, Case]]:
    for width, height in SIZES:
        for language in LANGUAGES:
            for case in scenes(grid(width, height), language):
                yield f"{width}x{height}-{language}-{case.name}", case
