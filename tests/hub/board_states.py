"""States of the board that are hard to draw: long labels and names, ten languages, many departments, all at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import structs

from hub import demo_names
from hub.web.board_view import Asked, Sight, sight
from hub.web.document import Page
from smartqueue.board import Layout, Way, Zone, seen
from smartqueue.i18n import Words
from smartqueue.terms import (
    AnnouncementId,
    Day,
    DepartmentId,
    Label,
    Language,
    RoomId,
    RoomKind,
    RoomState,
    TokenState,
)
from smartqueue.wire import BoardView, CallView, CurrentView, DepartmentView, EstimateView, Names, RoomView, SiteView

NOON = datetime(2026, 3, 2, 10, 31, tzinfo=UTC)
EN, HI, AR, TA = (Language(one) for one in ("en", "hi", "ar", "ta"))
TOKENS = (HI, TA, AR, Language("sw"), Language("zh"))
"""Languages of the tokens that are called, one after the other; Tamil has the widest words for a room."""
LONG: Names = {
    EN: "Otorhinolaryngology, Head and Neck Surgery",
    HI: "प्रसूति, स्त्री रोग एवं प्रजनन चिकित्सा विभाग",
    AR: "قسم أمراض النساء والتوليد وطب الإنجاب",
    TA: "காது, மூக்கு, தொண்டை மற்றும் தலை அறுவை சிகிச்சை",
}
NOTICES: list[Names] = [
    {EN: "Flu vaccination today, 9–12", HI: "फ्लू का टीका आज, 9–12", AR: "تطعيم الإنفلونزا اليوم، 9–12"},
    {EN: "The lift is out of order this week. Whoever can't take the stairs, please ask at the desk."},
]
BASE = (
    ("A", demo_names.GENERAL),
    ("K", demo_names.PAEDIATRICS),
    ("R", demo_names.CARDIOLOGY),
    ("X", demo_names.ORTHOPAEDICS),
    ("H", demo_names.LABORATORY),
    ("M", demo_names.PHARMACY),
)
LETTERS = ("HK", "GY", "DE", "NE", "UR", "EY", "DT", "PH")


@dataclass(frozen=True)
class State:
    """on: as many of the newest calls as stand in the band."""

    name: str
    view: BoardView
    on: int = 0
    ways: bool = False


def states() -> Iterator[State]:
    yield State("ordinary call", clinic(6), on=1)
    yield State("ordinary", clinic(6, notices=NOTICES), ways=True)
    yield State("one department", clinic(1))
    yield State("nobody called yet", structs.replace(clinic(3), calls=[]))
    yield State("first call", first(6), on=1)
    yield State("first call of few", first(2), on=1)
    yield State("first call of many", first(14, notices=NOTICES), on=1)
    yield State("closed", closed())
    yield State("hard", clinic(14, labels=HARD, notices=NOTICES))
    yield State("hard call", clinic(14, labels=HARD, notices=NOTICES), on=1)
    yield State("window", clinic(6, labels=[("K1204", "window-12b"), *ORDINARY]), on=1)
    yield State("two", clinic(6, labels=[("A1000", "window-12b"), *ORDINARY]), on=2)
    yield State("three", clinic(6, labels=HARD), on=3)
    yield State("three short", clinic(6), on=3)
    yield State("four", clinic(6), on=4)
    yield State("four of one language", in_english(clinic(6)), on=4)
    yield State("four windows", clinic(6, labels=WINDOWS), on=4)
    yield State("four long", clinic(6, labels=HARD), on=4)


ORDINARY = [("A012", "room-3"), ("K007", "room-2"), ("H019", "room-5"), ("M004", "window-6"), ("A011", "room-1")]
HARD = [("HK1000", "room-100"), ("GY1203", "room-101"), ("PH0999", "window-12b"), ("M1004", "room-3"), *ORDINARY]
WINDOWS = [("HK1000", "window-12b"), ("K1204", "window-12b"), *ORDINARY]


def shown(state: State, language: str, layout: Layout = Layout.RECENT, at_s: float = 0) -> Sight:
    """The state as the page of this language and layout shows it."""
    page = Page(state.view.site, Words(Language(language)), ZoneInfo("UTC"), NOON + timedelta(seconds=at_s))
    on = frozenset(call.announcement for call in state.view.calls[: state.on])
    ways = {RoomId("room-1"): Way.LEFT, RoomId("room-5"): Way.UPSTAIRS} if state.ways else None
    room = RoomId("room-3") if layout is Layout.DOOR else None
    return sight(page, seen(state.view), Asked(layout, Zone(ways=ways), on, room))


def clinic(count: int, *, labels: list[tuple[str, str]] = ORDINARY, notices: list[Names] | None = None) -> BoardView:
    """So many departments; one has an emergency, one pauses, one opens later, one gives out no more tokens."""
    departments = [_department(n, letter, names) for n, (letter, names) in enumerate(BASE)]
    departments += [_department(n + 6, letter, LONG) for n, letter in enumerate(LETTERS)]
    departments[0] = structs.replace(departments[0], emergency=True)
    departments[2] = structs.replace(departments[2], estimate=None)
    departments[3] = structs.replace(departments[3], open=False, opens_at="14:00")
    departments[4] = structs.replace(departments[4], issuing=False, last_label=Label("H045"))
    departments[7] = structs.replace(departments[7], emergency=True)
    departments[8] = structs.replace(departments[8], issuing=False, last_label=Label("DE1045"))
    calls = [_call(len(labels) - n, label, room, 20 * n) for n, (label, room) in enumerate(labels)]
    site = SiteView(
        id="riverside",
        names=demo_names.SITE,
        languages=[EN, HI, AR],
        default_language=EN,
        zone="UTC",
        notices=notices or [],
    )
    rooms = [_room(number, departments[0].id) for number in ("1", "2", "3", "5", "100", "101")]
    rooms += [_room(number, departments[5].id, RoomKind.WINDOW) for number in ("6", "12b")]
    pausing = structs.replace(
        _room("9", departments[2].id), state=RoomState.PAUSED, back_at=NOON + timedelta(minutes=14)
    )
    return BoardView(
        day=Day("2026-03-02"), site=site, departments=departments[:count], rooms=[*rooms, pausing], calls=calls
    )


def in_english(view: BoardView) -> BoardView:
    return structs.replace(view, calls=[structs.replace(call, language=EN) for call in view.calls])


def first(count: int, *, notices: list[Names] | None = None) -> BoardView:
    """The first call of a day."""
    view = clinic(count, notices=notices)
    return structs.replace(view, calls=view.calls[:1])


def closed() -> BoardView:
    """All departments are closed, two of them for the whole day; nobody was called."""
    view, opens_at = clinic(4), ("16:30", None, "14:00", None)
    shut = [
        structs.replace(one, open=False, emergency=False, opens_at=at, waiting=0)
        for one, at in zip(view.departments, opens_at, strict=True)
    ]
    return structs.replace(view, departments=shut, calls=[])


def _department(n: int, letter: str, names: Names) -> DepartmentView:
    low, high = 5 + 25 * n, 15 + 25 * n
    return DepartmentView(
        id=DepartmentId(f"d{n}"),
        letter=letter,
        names=names,
        areas={},
        icon="stethoscope",
        ground=n % 8,
        open=True,
        opens_at=None,
        waiting=4 + n,
        estimate=EstimateView(
            low_min=low,
            high_min=high,
            earliest=NOON + timedelta(minutes=low),
            latest=NOON + timedelta(minutes=high),
        ),
    )


def _call(number: int, label: str, room: str, ago_s: float) -> CallView:
    return CallView(
        announcement=AnnouncementId(str(number)),
        label=Label(label),
        department=DepartmentId("d0"),
        room=RoomId(room),
        at=NOON - timedelta(seconds=ago_s),
        attempt=1,
        language=TOKENS[number % len(TOKENS)],
        played=False,
    )


def _room(number: str, department: DepartmentId, kind: RoomKind = RoomKind.ROOM) -> RoomView:
    return RoomView(
        id=RoomId(f"{kind}-{number}"),
        number=number,
        kind=kind,
        departments=[department],
        state=RoomState.OPEN,
        back_at=None,
        current=None,
        waiting=3,
    )


def doors() -> Iterator[State]:
    """Room 3 in all its states."""
    base = clinic(6)
    busy = CurrentView(token="", label=Label("A012"), state=TokenState.SERVING, called_at=NOON, attempt=1)
    back_at = NOON + timedelta(minutes=14)
    yield State("door called", _with_room(base, next=Label("A013")), on=1)
    yield State("door called in Tamil", _in_tamil(_with_room(base, next=Label("A013"))), on=1)
    yield State("door inside", _with_room(base, current=busy, next=Label("HK1013")))
    yield State("door free", _with_room(base, waiting=0))
    yield State("door pausing", _with_room(base, state=RoomState.PAUSED, back_at=back_at))


def _in_tamil(view: BoardView) -> BoardView:
    """With a long label, too."""
    call = structs.replace(view.calls[0], label=Label("HK1000"), language=TA)
    return structs.replace(view, calls=[call])


def _with_room(view: BoardView, **about: object) -> BoardView:
    rooms = [structs.replace(one, **about) if one.number == "3" else one for one in view.rooms]
    return structs.replace(view, rooms=rooms)
