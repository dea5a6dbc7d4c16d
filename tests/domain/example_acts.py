"""What can be done in a worked example, and in which words what came of it is told (docs/queue-rules.md)."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from clinic_script import ClinicScript
from example_clinic import ExampleClinic, minute_of, plan

from hub.domain import commands as asked
from hub.domain import estimates, events, queues
from hub.domain.results import Called, Issued, Leased, MergeDone, Result
from hub.domain.shown_range import shown_range
from smartqueue.terms import (
    AppointmentId,
    CancelReason,
    ChoiceReason,
    CommandId,
    DepartmentId,
    Instant,
    LeaseId,
    Need,
    OperatorId,
    Outcome,
    ParkReason,
    Priority,
    PriorityReason,
    RoomId,
    TokenId,
    TokenState,
    UnitName,
)

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class World:
    """A clinic at six on a Monday morning, and what an example calls things by."""

    def __init__(self, told: ExampleClinic) -> None:
        self.clinic = ClinicScript()
        self.clinic.now = Instant(int(MONDAY.timestamp() * 1000) + minute_of("06:00") * 60_000)
        beginning: list[asked.Command] = [told.configuration(), *told.units(), asked.FollowClock()]
        for command in beginning:
            self.clinic.do(command)
            assert self.clinic.refused is None, getattr(self.clinic, "refusal", "")

    def go_to(self, day: str | None, time: str) -> None:
        """The hub follows the clock every second, so it does before anything else is done."""
        at = self.instant(time, day)
        assert at >= self.clinic.now, "time does not go back"
        self.clinic.pass_time((at - self.clinic.now) / 1000)
        self.clinic.do(asked.FollowClock())

    def instant(self, time: str, day: str | None = None) -> Instant:
        """On the day that the example has reached, unless a weekday says another."""
        hours, minutes, *seconds = map(int, time.split(":"))
        at = datetime.fromtimestamp(self.clinic.now / 1000, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        if day is not None:
            at += timedelta(days=(WEEKDAYS.index(day) - at.weekday()) % 7)
        at += timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
        return Instant(int(at.timestamp() * 1000))

    def do(self, command: asked.Command) -> Result | str:
        """The result, or `refused` and why."""
        result = self.clinic.do(command)
        return f"refused {self.clinic.refused}" if result is None else result

    def new_token(self) -> TokenId:
        return TokenId(f"token-{len(self.clinic.journal)}")

    def labels(self, tokens: Iterable[TokenId]) -> str:
        return " ".join(self.clinic.state.tokens[token].label for token in tokens)

    def current(self, room: RoomId) -> str:
        token = self.clinic.state.desks[room].current
        return self.labels([token]) if token else "nobody"


def done(result: Result | str) -> str:
    return result if isinstance(result, str) else "done"


def room_id(number: str) -> RoomId:
    return RoomId(f"room-{number}")


def clock(at: Instant) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%H:%M")


# --- tokens -------------------------------------------------------------------------------------------


def issue(world: World, department: str, words: str) -> str:
    """words: `high`, `emergency`, needs; `for rao`, `and lab`, `visit check-up`, `override lim`."""
    pairs = re.findall(r" (for|and|visit|override) ([a-z-]+)", words)
    said = {key: value for key, value in pairs if key != "and"}
    plain = re.sub(r" (for|and|visit|override) [a-z-]+", "", words).split()
    needs = [word for word in plain if word in set(Need)]
    asked_for = [Priority(word) for word in plain if word not in needs]
    command = asked.IssueToken(
        world.new_token(),
        DepartmentId(department),
        needs=tuple(map(Need, needs)),
        priority=asked_for[0] if asked_for else None,
        services=tuple(DepartmentId(value) for key, value in pairs if key == "and"),
        visit_type=said.get("visit"),
        doctor=said.get("for"),
        override=said.get("override"),
    )
    result = world.do(command)
    return result.label if isinstance(result, Issued) else str(result)


def state_of(world: World, label: str) -> str:
    """`waiting in lab`, `called in room-3`, `served` ..."""
    token = world.clinic.token(label)
    if token.state is TokenState.WAITING:
        return f"waiting in {token.department}"
    return f"{token.state} in {token.room}" if token.room else token.state.value


def token_verb(world: World, label: str, verb: str, rest: str) -> str:
    """What somebody does with one token; tells where it is then."""
    token, words = world.clinic.token(label).id, rest.split()
    commands: dict[str, Callable[[], asked.Command]] = {
        "start": lambda: asked.StartService(token),
        "finish": lambda: asked.FinishService(token),
        "no-show": lambda: asked.MarkNoShow(token),
        "recall": lambda: asked.Recall(token),
        "return": lambda: asked.ReturnToken(token),
        "resume": lambda: asked.ResumeToken(token),
        "any-doctor": lambda: asked.ReleaseDoctor(token),
        "cancel": lambda: asked.CancelToken(token, CancelReason.PATIENT),
        "park": lambda: asked.ParkToken(token, ParkReason(words[0])),
        "priority": lambda: asked.SetPriority(token, Priority(words[0]), PriorityReason(words[1])),
        "transfer": lambda: _transfer(token, rest),
    }
    if verb not in commands:
        raise ValueError(f"nobody understands {verb!r}")
    result = world.do(commands[verb]())
    return result if isinstance(result, str) else state_of(world, label)


def _transfer(token: TokenId, rest: str) -> asked.TransferToken:
    """`lab`, `lab for rao`, `lab, then pharmacy`; nothing = the next planned step."""
    first, _, steps = rest.partition(", then ")
    department, _, doctor = first.partition(" for ")
    return asked.TransferToken(
        token,
        DepartmentId(department) if department else None,
        OperatorId(doctor) if doctor else None,
        plan(steps) if steps else None,
    )


def queue(world: World, department: str) -> str:
    known = world.clinic.state.queues[DepartmentId(department)]
    return world.labels(queues.waiting_in_order(known)) or "nobody"


# --- rooms --------------------------------------------------------------------------------------------


def next_in(world: World, number: str, outcome: str) -> str:
    return _called(world, asked.CallNext(room_id(number), outcome=Outcome(outcome.strip()) if outcome else None))


def call(world: World, number: str, label: str, reason: str) -> str:
    return _called(world, asked.CallToken(world.clinic.token(label).id, room_id(number), ChoiceReason(reason)))


def _called(world: World, command: asked.CallNext | asked.CallToken) -> str:
    """`A002 credit over A001`; `capped` where the run cap chose; `again` where it was the same press."""
    result = world.do(command)
    if not isinstance(result, Called):
        return str(result)
    if result.repeated or result.label is None:
        return f"{result.label or 'nobody'}{' again' if result.repeated else ''}"
    event = world.clinic.events[-1]
    assert isinstance(event, events.TokenCalled)
    over = f" over {world.labels(event.overtook)}" if event.overtook else ""
    return f"{result.label} {event.reason}{over}{' capped' if event.capped else ''}"


def room_verb(world: World, number: str, verb: str, until: str | None) -> str:
    room = room_id(number)
    commands: dict[str, asked.Command] = {
        "open": asked.OpenRoom(room),
        "close": asked.CloseRoom(room),
        "pause": asked.PauseRoom(room, world.instant(until) if until else None),
    }
    result = world.do(commands[verb])
    return result if isinstance(result, str) else world.clinic.state.desks[room].state.value


def undo(world: World, number: str) -> str:
    """Who is in the room then."""
    room = room_id(number)
    last = world.clinic.state.desks[room].undo
    result = world.do(asked.UndoLast(room, last.command if last else CommandId("none-at-all")))
    return result if isinstance(result, str) else world.current(room)


def assign(world: World, number: str, operator: str, departments: str | None) -> str:
    wanted = tuple(DepartmentId(one) for one in departments.split()) if departments else None
    who = None if operator == "nobody" else OperatorId(operator)
    return done(world.do(asked.AssignRoom(room_id(number), who, wanted)))


def operator_in(world: World, number: str) -> str:
    return world.clinic.state.desks[room_id(number)].operator or "nobody"


# --- the day ------------------------------------------------------------------------------------------


def told_wait(world: World, department: str) -> str:
    """What somebody who comes now would read: clock times, as they are shown."""
    clinic, at = world.clinic.state, world.clinic.now
    promise = estimates.newcomer(clinic, DepartmentId(department), at)
    if promise is None:
        return "no time"
    shown = shown_range(promise.q20, promise.q85, at)
    return f"{clock(shown.earliest)} to {clock(shown.latest)}"


def issuing(world: World, department: str, verb: str, by: str | None) -> str:
    if verb == "resumes":
        return done(world.do(asked.ResumeIssuing(DepartmentId(department), OperatorId(by) if by else None)))
    return done(world.do(asked.StopIssuing(DepartmentId(department))))


def last_label(world: World, department: str) -> str:
    """Of the last token of the day, where no more are given out."""
    stopped = world.clinic.state.stopped
    if DepartmentId(department) not in stopped:
        return "not yet"
    return stopped[DepartmentId(department)] or "none"


def ended(world: World) -> str:
    """What became of those who were still there when the last clinic day ended."""
    labels = {one.token: one.label for one in world.clinic.events if isinstance(one, events.TokenIssued)}
    closed = [one for one in world.clinic.events if isinstance(one, events.DayClosed)][-1]
    unserved = " ".join(labels[token] for token in closed.unserved)
    carried = " ".join(labels[token] for token in closed.carried)
    return f"unserved {unserved or 'nobody'}" + (f", carried {carried}" if carried else "")


# --- leases and appointments --------------------------------------------------------------------------


def lease(world: World, kiosk: str, department: str, tomorrow: str | None) -> str:
    """A block of numbers, first and last."""
    identifier = LeaseId(f"lease-{len(world.clinic.journal)}")
    result = world.do(asked.GrantLease(identifier, UnitName(kiosk), DepartmentId(department), bool(tomorrow)))
    if not isinstance(result, Leased):
        return str(result)
    return f"{result.letter}{result.first:03} to {result.letter}{result.last:03}"


def brings(world: World, kiosk: str, tickets: str, since: str) -> str:
    """`A501 of 09:31, A502 of 09:35`: what it printed while it was alone; tells who has a place now."""
    read = re.findall(r"([A-Z]+)(\d+) of (\d\d:\d\d)", tickets)
    offline = tuple(
        asked.OfflineToken(
            TokenId(f"{world.new_token()}-{number}"),
            CommandId(f"touch-{kiosk}-{letter}{number}"),
            int(number),
            world.instant(time),
        )
        for letter, number, time in read
    )
    block = _block_of(world, kiosk, offline[0].number)
    result = world.do(asked.MergeTokens(block, UnitName(kiosk), world.instant(since), offline))
    if not isinstance(result, MergeDone):
        return str(result)
    return ", ".join(
        f"{one.label}{' again' if one.repeated else ' joins' if one.joined else ' has no place'}"
        for one in result.tokens
    )


def _block_of(world: World, kiosk: str, number: int) -> LeaseId:
    blocks = (one for one in world.clinic.state.leases.values() if one.kiosk == kiosk)
    return next(one.id for one in blocks if one.first <= number <= one.last)


def forget(world: World, kiosk: str) -> str:
    return done(world.do(asked.ForgetUnit(UnitName(kiosk))))


def book(world: World, name: str, department: str, time: str, words: str) -> str:
    doctor = re.search(r" for ([a-z-]+)", words)
    command = asked.BookAppointment(
        AppointmentId(f"booked-{name}"),
        DepartmentId(department),
        world.instant(time),
        OperatorId(doctor[1]) if doctor else None,
        needs=tuple(Need(word) for word in words.split() if word in set(Need)),
    )
    return done(world.do(command))


def check_in(world: World, name: str) -> str:
    result = world.do(asked.CheckIn(AppointmentId(f"booked-{name}"), world.new_token()))
    return result.label if isinstance(result, Issued) else str(result)


LABEL, NAME = r"([A-Z]{1,2}\d{3,4})", r"([a-z][a-z0-9-]*)"
QUIET: dict[str, Callable[..., str]] = {
    rf"{LABEL} ([a-z-]+) ?(.*)": token_verb,
    r"room (\d+) (open|close|pause)(?: until (\S+))?": room_verb,
    rf"room (\d+) staffed by {NAME}(?: for (.+))?": assign,
    rf"{NAME} (stops|resumes) issuing(?: by {NAME})?": issuing,
    rf"forget {NAME}": forget,
    rf"book {NAME} in {NAME} at (\d\d:\d\d)(.*)": book,
}
"""Lines that may leave out what came of them: done, as was asked."""
TELLING: dict[str, Callable[..., str]] = {
    rf"issue {NAME}(.*)": issue,
    rf"state of {LABEL}": state_of,
    rf"queue of {NAME}": queue,
    r"room (\d+) next( no_show)?": next_in,
    rf"room (\d+) call {LABEL} {NAME}": call,
    r"room (\d+) undo": undo,
    r"room (\d+) operator": operator_in,
    rf"wait in {NAME}": told_wait,
    rf"last of {NAME}": last_label,
    r"day ended": ended,
    rf"lease for {NAME} in {NAME}( tomorrow)?": lease,
    rf"{NAME} alone since (\d\d:\d\d) brings (.+)": lambda world, kiosk, since, tickets: brings(
        world, kiosk, tickets, since
    ),
    rf"check-in {NAME}": check_in,
}
"""Lines that must say what came of them."""
