"""Every screen of the display in every state, layout and language, for tests and pictures.

`python tests/display/display_gallery.py FOLDER [PART...]` paints those whose name has all parts.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from display_clinic import CALLS, DEPARTMENTS, NOON, ROOMS, call, picture, room, site
from msgspec import structs
from PIL import Image

from display.announcer import Announcement, Called
from display.board import Layout, Way, Zone, board
from display.screens import Grid, View, connecting, draw, grid, refused
from smartqueue.i18n import Words
from smartqueue.look.paint import paint
from smartqueue.look.scene import Scene
from smartqueue.picture import Picture
from smartqueue.terms import Label, Language, RoomId, RoomKind, RoomState, TokenState
from smartqueue.wire import CurrentView, Names

SIZES = ((1280, 720), (1080, 1920), (1920, 1080), (3840, 2160), (720, 1280))
DOOR_SIZES = ((800, 480), (600, 1024), (1024, 600), (1280, 800), (1280, 720))
LANGUAGES = ("en", "hi", "ar")
EN, HI, AR = (Language(one) for one in LANGUAGES)
KEY_CASES = frozenset(
    (
        *("call-ring", "call-crowded", "call-eventful", "split-2", "split-3", "split-4", "split-long-4", "idle"),
        *("idle-eventful", "idle-few-3", "away", "away-yesterday"),
        *("door-call-ring", "door-inside", "door-crowded", "door-away"),
    )
)
"""Enough where only the number of points or the language differs."""
LONG: dict[str, Names] = {
    "K": {
        EN: "Obstetrics, Gynaecology and Reproductive Medicine",
        HI: "प्रसूति, स्त्री रोग एवं प्रजनन चिकित्सा विभाग",
        AR: "قسم أمراض النساء والتوليد وطب الإنجاب",
    },
    "R": {
        EN: "Cardiology and Cardiovascular Surgery",
        HI: "हृदय रोग एवं हृदय शल्य चिकित्सा विभाग",
        AR: "أمراض القلب وجراحة القلب والأوعية الدموية",
    },
    "X": {
        EN: "Orthopaedics, Traumatology and Rehabilitation",
        HI: "हड्डी रोग, आघात एवं पुनर्वास चिकित्सा",
        AR: "جراحة العظام والإصابات وإعادة التأهيل",
    },
}
FLU: Names = {EN: "Flu vaccination today, 9–12", HI: "फ्लू का टीका आज, 9–12", AR: "تطعيم الإنفلونزا اليوم، 9–12"}
LONG_NOTICE: Names = {
    EN: "The lift is out of order this week. Whoever can't take the stairs, please ask at the desk: somebody will come "
    "with you through the other building. We are sorry for the long way and the time it takes.",
    HI: "इस सप्ताह लिफ़्ट बंद है। जो सीढ़ियाँ नहीं चढ़ सकते, कृपया काउंटर पर पूछें: कोई आपके साथ दूसरी इमारत से होकर चलेगा। "
    "लंबे रास्ते और लगने वाले समय के लिए हमें खेद है।",
    AR: "المصعد معطّل هذا الأسبوع. من لا يستطيع صعود الدرج فليسأل في الاستقبال: سيرافقكم أحد الموظفين عبر المبنى الآخر. "
    "نعتذر عن طول الطريق وعن الوقت الذي يستغرقه.",
}
WAYS = {
    RoomId("room-1"): Way.LEFT,
    RoomId("room-2"): Way.RIGHT,
    RoomId("room-3"): Way.AHEAD_LEFT,
    RoomId("room-5"): Way.UPSTAIRS,
    RoomId("window-6"): Way.BEHIND,
}
FOUR = (("A012", "room-3"), ("K007", "room-2"), ("H019", "room-5"), ("M004", "window-6"))
FOUR_LONG = (("A1000", "window-12"), ("A999", "room-12b"), ("K1204", "room-12"), ("M004", "window-6"))


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


def eventful() -> Picture:
    """An emergency, a department that gives out no more tokens, a room on a break beside an open one, notices."""
    changed = {
        "A": {"emergency": True},
        "H": {"issuing": False, "last_label": Label("H045"), "estimate": None},
    }
    departments = tuple(structs.replace(one, **changed.get(one.letter, {})) for one in DEPARTMENTS)
    paused = room("12", "A", state=RoomState.PAUSED, back_at=NOON + timedelta(minutes=24))
    rooms = (*(one for one in ROOMS if one.id != "room-12"), paused)
    return picture(departments=departments, rooms=rooms, about=structs.replace(site(), notices=[FLU]))


def talkative() -> Picture:
    """A notice that fills no screen whole."""
    return picture(about=structs.replace(site(), notices=[LONG_NOTICE, FLU]))


def few(count: int) -> Picture:
    """Only so many departments."""
    departments = DEPARTMENTS[:count]
    ids = {one.id for one in departments}
    return picture(tuple(one for one in CALLS if one.department in ids), departments)


def busy(label: str | None, token: TokenState = TokenState.SERVING, **about) -> Picture:
    """Room 3 with this token. about: fields of the room."""
    current = CurrentView(token="", label=Label(label), state=token, called_at=NOON, attempt=1) if label else None
    rooms = [structs.replace(one, current=current, **about) if one.id == "room-3" else one for one in ROOMS]
    return picture(rooms=tuple(rooms))


def replace_names(one, names: Names, **ids: str):
    fields = {"id": ids["id_"], "letter": ids["letter"]} if ids else {}
    return structs.replace(one, names=names, **fields)


def announced(*calls: tuple[str, str], language: Language = EN) -> Announcement:
    """One announcement of these labels and rooms, all of tokens of one language."""
    return Announcement(tuple(Called((str(n),), *one, language) for n, one in enumerate(calls)))


def view(shown: Picture, language: str, layout: Layout = Layout.RECENT, **about) -> View:
    """about: on (a label and its room, or several such pairs), token (their language, if another one), for_s, away,
    late (minutes after NOON), at_s, sound, zone, room, pictures."""
    now = NOON + timedelta(minutes=about.get("late", 0))
    on, away = about.get("on"), about.get("away", False)
    calls = () if on is None else (on,) if isinstance(on[0], str) else on
    kind = "call" if calls else "away" if away else "idle"
    for_s = about.get("for_s", 6.0)
    standing = board(
        shown,
        now,
        rows=grid(1920, 1080, layout).fits(kind),
        on=(announced(*calls, language=Language(about.get("token", language))), for_s) if calls else None,
        away=away,
        zone=about.get("zone", Zone()),
        room=about.get("room"),
    )
    at_s = about.get("at_s", 0.0)
    words, sound = Words(Language(language)), about.get("sound", True)
    since_s = about.get("standing_s", at_s) if calls else None
    return View(standing, shown.site, now, words, at_s, sound, since_s, about.get("pictures", ()))


def scenes(size: Grid, language: str) -> Iterator[Case]:
    """Every screen of the grid's layout."""
    insecure = picture(about=site(insecure_lan=True))
    words = Words(Language(language))
    if size.layout is Layout.DOOR:
        yield from _doors(size, language)
    else:
        yield from _boards(size, language, insecure)
    yield Case("connecting", connecting(words, size))
    yield Case("refused", refused(words, size))
    yield Case("other-version", refused(words, size, "other_version"))


def _boards(size: Grid, language: str, insecure: Picture) -> Iterator[Case]:
    first, long = ("A012", "room-3"), ("A1000", "window-12")

    def drawn(name: str, shown: Picture, **about) -> Case:
        return Case(name, draw(view(shown, language, size.layout, **about), size))

    yield drawn("call", ordinary(), on=first)
    yield drawn("call-ring", ordinary(), on=first, for_s=0.1)
    yield drawn("call-crowded", crowded(), on=long)
    yield drawn("call-crowded-2", crowded(), on=long, at_s=6.0)
    yield drawn("call-12b", crowded(), on=("A1000", "room-12b"))
    yield drawn("call-window-12b", crowded(), on=("K1204", "window-12b"))
    yield drawn("call-away", ordinary(), on=first, away=True, late=0.2)
    yield drawn("call-trouble", insecure, on=first, sound=False)
    yield drawn("call-eventful", eventful(), on=first, zone=Zone(ways=WAYS))
    yield drawn("call-talkative", talkative(), on=first)
    yield drawn("call-few", few(1), on=first)
    for token in LANGUAGES:
        yield drawn(f"call-token-{token}", ordinary(), on=first, token=token)
        yield drawn(f"call-token-long-{token}", crowded(), on=long, token=token)
    for count in (2, 3, 4):
        yield drawn(f"split-{count}", ordinary(), on=FOUR[:count], for_s=0.1)
        yield drawn(f"split-long-{count}", crowded(), on=FOUR_LONG[:count])
    yield drawn("split-ways", eventful(), on=FOUR, zone=Zone(ways=WAYS), sound=False)
    yield drawn("split-away", ordinary(), on=FOUR, away=True, late=0.2)
    yield drawn("idle", ordinary(), late=5)
    yield drawn("idle-crowded", crowded())
    yield drawn("idle-crowded-2", crowded(), at_s=6.0)
    yield drawn("idle-trouble", insecure, sound=False)
    yield drawn("idle-eventful", eventful(), zone=Zone(ways=WAYS))
    yield drawn("idle-eventful-2", eventful(), sound=False, at_s=6.0)
    for n in range(4):
        yield drawn(f"idle-talkative-{n}", talkative(), at_s=6.0 * n)
    yield drawn("idle-unknown", ordinary(), zone=Zone(frozenset({"cardiology", "urology"})))
    yield drawn("idle-first", picture(calls=()))
    yield drawn("idle-two", picture(calls=CALLS[:2]))
    for count in (1, 2, 3, 4):
        yield drawn(f"idle-few-{count}", few(count))
    yield drawn("away", ordinary(), away=True, late=9)
    yield drawn("away-long", crowded(), away=True, late=137)
    yield drawn("away-yesterday", insecure, away=True, late=1500, sound=False)
    yield drawn("away-first", picture(calls=()), away=True, late=1)


def _doors(size: Grid, language: str) -> Iterator[Case]:
    ours = RoomId("room-3")

    def drawn(name: str, shown: Picture, **about) -> Case:
        room_ = about.pop("room", ours)
        about = {"room": room_, "zone": Zone(rooms=frozenset({room_})), **about}
        return Case(name, draw(view(shown, language, Layout.DOOR, **about), size))

    following = {"next": Label("A013"), "waiting": 4}
    back_at = NOON + timedelta(minutes=14)
    yield drawn("door-call", busy("A012", TokenState.CALLED, **following), on=("A012", "room-3"))
    yield drawn("door-call-ring", busy("A1000", TokenState.CALLED, **following), on=("A1000", "room-3"), for_s=0.1)
    yield drawn("door-called", busy("A012", TokenState.CALLED, **following))
    yield drawn("door-inside", busy("A012", next=Label("A1013"), waiting=27))
    yield drawn("door-inside-last", busy("A012"))
    yield drawn("door-free", busy(None))
    yield drawn("door-paused", busy(None, state=RoomState.PAUSED, back_at=back_at, waiting=3))
    yield drawn("door-paused-open-end", busy(None, state=RoomState.PAUSED, waiting=3))
    yield drawn("door-closed", busy(None, state=RoomState.CLOSED))
    yield drawn("door-away", busy("A012", **following), away=True, late=9)
    yield drawn("door-trouble", busy("A012", **following), sound=False, at_s=6.0)
    many = structs.replace(room("12B", "K", "R", "X", "A"), id="room-3", next=Label("K1204"), waiting=112)
    yield drawn("door-crowded", structs.replace(crowded(), rooms={"room-3": many}))
    yield drawn("door-unknown", ordinary(), room=RoomId("room-77"))


def grids(layout: Layout) -> Iterator[Grid]:
    for width, height in DOOR_SIZES if layout is Layout.DOOR else SIZES:
        yield grid(width, height, layout)


def all_cases() -> Iterator[tuple[str, Case]]:
    for layout in Layout:
        for size in grids(layout):
            for language in LANGUAGES:
                for case in scenes(size, language):
                    yield f"{layout}-{size.width_px}x{size.height_px}-{language}-{case.name}", case


def write(folder: Path, parts: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, case in all_cases():
        if all(part in f"{name}-" for part in parts):
            paint(case.scene).save(folder / f"{name}.png")


def sheet(folder: Path, to: Path, columns: int, width: int) -> None:
    """All pictures of a folder on one."""
    shots = [Image.open(path) for path in sorted(folder.glob("*.png"))]
    small = [shot.resize((width, round(shot.height * width / shot.width))) for shot in shots]
    tall = max(one.height for one in small)
    whole = Image.new("RGB", (columns * (width + 8), -(-len(small) // columns) * (tall + 8)), "#FFFFFF")
    for n, one in enumerate(small):
        whole.paste(one, (n % columns * (width + 8), n // columns * (tall + 8)))
    whole.save(to)


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2:])
