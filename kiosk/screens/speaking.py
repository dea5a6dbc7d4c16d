"""What speech mode says: a screen's heading and what can be touched there, and one key alone. Pure.

Sentences are for a voice of the screen's language: labels and codes are told one by one, nothing is an icon's name.
"""

from collections.abc import Callable, Sequence

from kiosk.fronts import (
    Asking,
    Attract,
    CheckIn,
    Closed,
    Departments,
    Easier,
    Found,
    Front,
    HubTrouble,
    IdleWarning,
    Languages,
    Needs,
    OneEach,
    OutOfService,
    Phone,
    PhoneKept,
    Pin,
    Printing,
    Seeking,
    Strange,
    TakeTicket,
    Technician,
    Unprinted,
    VisitTypes,
)
from kiosk.screens import draw
from kiosk.screens.found import EXPECTED, found_line, found_state
from kiosk.screens.notices import as_closed, closed_state, closed_words
from kiosk.screens.pieces import gives
from kiosk.screens.sheet import CORNER
from kiosk.screens.ticket import trouble_line
from kiosk.screens.typed import check_in_lines, problem_key
from kiosk.screens.view import View
from kiosk.terms import Pending
from smartqueue.i18n import own_name
from smartqueue.look.screen import Screen
from smartqueue.terms import Language
from smartqueue.wire import DepartmentView, EstimateView

USUAL = Screen(1280, 800, 217.0)
_PADS = {"char": "kiosk.say.keypad", "digit": "kiosk.say.digits"}
_WORDS = {
    "languages": "kiosk.language",
    "departments": "kiosk.all_departments",
    "back": "kiosk.back",
    "done": "kiosk.done",
    "more_time": "kiosk.more_time",
    "plus": "kiosk.say.plus",
    CORNER: "kiosk.say.mark",
}
"""Keys with words of their own; those of all others are `kiosk.key.<key>`."""


def spoken(view: View, screen: Screen = USUAL) -> list[str]:
    """Sentences, in the order in which they are said. screen: the panel, since not all keys have room on every one."""
    keys = [target.key for target in draw(view, screen).targets if target.key != CORNER]
    offered: list[str] = []
    for key in keys:
        pad = _PADS.get(key.partition(":")[0])
        said = view.words.text(pad) if pad else spoken_key(view, key)
        if said not in offered:
            offered.append(said)
    lead = [view.words.text("kiosk.say.you_can")] if offered else []
    end = [view.words.text("kiosk.say.twice")] if isinstance(view.front, Easier) and view.speech else []
    return [*(one.replace("\n", " ") for one in _heading(view) if one), *lead, *offered, *end]


def texts(screen: Screen) -> Callable[[View, str | None], Sequence[str]]:
    """For a speaker at this panel: the sentences of a screen, or of its key of this name."""
    return lambda view, key: spoken(view, screen) if key is None else (spoken_key(view, key),)


def letters(text: str) -> str:
    """`A012` as `A 0 1 2`: one by one."""
    return " ".join(text.replace(" ", ""))


# --- one key ------------------------------------------------------------------------------------------


def spoken_key(view: View, key: str) -> str:  # noqa: PLR0911 - one for each
    """What the key says before it is meant; where it can be switched, also how it is."""
    verb, _, what = key.partition(":")
    words = view.words
    match verb:
        case "start":
            start = words.text("kiosk.start").replace("\n", " ")
            return f"{start}. {_department(view, view.direct)}" if view.direct else start
        case "department":
            return _department(view, next((one for one in view.departments if one.id == what), None))
        case "language":
            return own_name(Language(what))
        case "page":
            return words.text("kiosk.say.page", page=int(what) + 1)
        case "char" | "digit":
            return what
        case "need":
            return _chosen(view, words.text(f"kiosk.needs.{what}"), chosen=what in view.needs)
        case "needs":
            return _chosen(view, words.text("kiosk.key.needs"), chosen=bool(view.needs))
        case "visit_type":
            return _visit_type(view, what)
        case _:
            return _plain(view, verb)


def _plain(view: View, verb: str) -> str:  # noqa: PLR0911 - one for each
    words, front = view.words, view.front
    if verb in {"contrast", "speech"} or (verb == "lower" and isinstance(front, Easier)):
        on = {"contrast": view.contrast, "speech": view.speech, "lower": view.lowered}[verb]
        return f"{words.text(f'kiosk.easier.{verb}')}, {words.text('kiosk.easier.on' if on else 'kiosk.easier.off')}"
    if verb == "lower":
        return words.text("kiosk.higher" if view.lowered else "kiosk.lower")
    if verb == "back" and isinstance(front, Easier):
        return words.text("kiosk.done")
    if verb == "take":
        ready = isinstance(front, Needs) and front.department is not None
        return words.text("kiosk.key.get_ticket" if ready else "kiosk.key.continue")
    if verb == "done" and isinstance(front, HubTrouble | Strange):
        return words.text("kiosk.back")
    if verb == "done" and isinstance(front, Pin):
        return words.text("kiosk.key.continue" if front.typed else "kiosk.key.leave")
    return words.text(_WORDS.get(verb, f"kiosk.key.{verb}"))


def _chosen(view: View, name: str, *, chosen: bool) -> str:
    return view.words.text("kiosk.say.chosen", name=name) if chosen else name


def _department(view: View, department: DepartmentView | None, closed: str = "kiosk.closed") -> str:
    """Its name, and what waiting there means. closed: words for one that gives none and tells no time."""
    if department is None:
        return view.words.text("kiosk.closed")
    words, name = view.words, view.named(department.names)[0]
    if department.open and not gives(department):
        return f"{name}, {words.text('kiosk.full')}"
    if not department.open:
        at = department.opens_at
        return f"{name}, {words.text('kiosk.opens_at', time=at) if at else words.text(closed)}"
    if view.away:
        return f"{name}, {words.text('kiosk.away_wait')}"
    parts = [name, words.count("kiosk.waiting", department.waiting)]
    if department.emergency:
        parts.append(words.text("kiosk.emergency"))
    elif department.estimate is not None:
        parts.append(_range(view, department.estimate))
    return ", ".join(parts)


def _range(view: View, estimate: EstimateView) -> str:
    if estimate.low_min <= 0:
        return view.words.text("kiosk.say.up_to", high=estimate.high_min)
    return view.words.text("kiosk.say.range", low=estimate.low_min, high=estimate.high_min)


def _visit_type(view: View, wanted: str) -> str:
    front = view.front
    types = front.department.visit_types if isinstance(front, VisitTypes) else []
    names = next((one.names for one in types if one.id == wanted), {})
    return view.named(names)[0] or view.words.text("kiosk.visit_types.question")


# --- the heading --------------------------------------------------------------------------------------


def _heading(view: View) -> list[str]:  # noqa: PLR0911 - one for each
    words, front = view.words, view.front
    match front:
        case Attract():
            return [words.text("kiosk.welcome")]
        case Languages():
            return [words.text("kiosk.language_question")]
        case Departments():
            return [words.text("kiosk.question")]
        case Asking() | Printing() | TakeTicket() | Unprinted() | HubTrouble() | PhoneKept():
            return _of_ticket(view, front)
        case Found():
            return _of_found(view, front)
        case Closed():
            closed = closed_state(front)
            return [_department(view, as_closed(view, front), closed), *closed_words(view, front)]
        case OutOfService(reason):
            return [words.text(f"kiosk.out.{reason}.title"), words.text(f"kiosk.out.{reason}.line")]
        case IdleWarning():
            return [words.text("kiosk.idle.title")]
        case Strange(words_key):
            return [words.text(words_key)]
        case _:
            return _of_question(view, front)


def _of_question(view: View, front: Front) -> list[str]:  # noqa: PLR0911 - one for each
    words = view.words
    match front:
        case Easier():
            return [words.text("kiosk.easier.title"), words.text("kiosk.easier.line")]
        case VisitTypes(department):
            return [view.named(department.names)[0], words.text("kiosk.visit_types.question")]
        case Needs():
            return [words.text("kiosk.needs.question"), words.text("kiosk.needs.line")]
        case CheckIn(typed, problem):
            wrong = [words.text(problem_key(problem)), words.text("kiosk.check_in.digits")] if problem else []
            said = wrong or check_in_lines(view)
            return [*said[:1], words.text("kiosk.check_in.title"), *said[1:], letters(typed)]
        case Seeking():
            return [words.text("kiosk.seeking.title"), words.text("kiosk.seeking.line")]
        case OneEach():
            name = view.named(front.department.names)[0]
            return [words.text("kiosk.one_each.title"), name, words.text("kiosk.one_each.line")]
        case Phone(_, typed, problem):
            bad = "kiosk.phone.problem." + ("bad" if problem == "bad_phone" else "failed")
            said = [words.text(bad)] if problem else []
            return [*said, words.text("kiosk.phone.title"), words.text("kiosk.phone.consent"), letters(typed)]
        case Pin():
            return [words.text("kiosk.pin.title"), words.text("kiosk.pin.line")]
        case Technician():
            return [words.text("kiosk.technician.title")]
    return []


def _of_ticket(view: View, front: Asking | Printing | TakeTicket | Unprinted | HubTrouble | PhoneKept) -> list[str]:
    words = view.words
    match front:
        case Asking():
            return [words.text("kiosk.asking.title"), words.text("kiosk.asking.line")]
        case Printing(pending):
            return [words.text("kiosk.printing.title"), *_number(view, pending)]
        case TakeTicket(pending):
            return [words.text("kiosk.take.title"), words.text("kiosk.take.line"), *_number(view, pending)]
        case PhoneKept(pending):
            return [words.text("kiosk.phone_kept.title"), words.text("kiosk.phone_kept.line")]
        case HubTrouble():
            return [words.text(f"kiosk.hub_trouble.{part}") for part in ("title", "line", "desk", "later")]
        case Unprinted(pending, trouble):
            line = words.text(trouble_line(view, front))
            return [words.text(f"kiosk.trouble.{trouble}.title"), line, *_number(view, pending)]


def _number(view: View, pending: Pending) -> list[str]:
    """The label, and what waiting means."""
    answer, words = pending.answer, view.words
    if answer is None:
        return []
    number = words.text("kiosk.say.number", label=letters(answer.label))
    if pending.away:
        return [number, words.text("kiosk.away_wait")]
    estimate = [_range(view, answer.estimate)] if answer.estimate is not None else []
    return [number, words.count("kiosk.before_you", answer.ahead), *estimate]


def _of_found(view: View, front: Found) -> list[str]:
    words, state, ticket = view.words, found_state(front), front.ticket
    line = words.text("kiosk.found.problem" if front.problem else found_line(view, state))
    number = words.text("kiosk.say.number", label=letters(ticket.label))
    said = [number, words.text(f"kiosk.found.{state}.title"), line]
    if state in {"waiting", "back"} and ticket.ahead is not None:
        said.append(words.count("kiosk.before_you", ticket.ahead))
    if state in EXPECTED and view.room is not None:
        said.append(words.text(f"caller.{view.room.kind}", number=view.room.number))
    return said
