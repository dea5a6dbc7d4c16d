"""What a press means: pure rules from a press and the room as the feed shows it to an order for the hub.

Rules: queue-rules, "Next, in a room with current token T"; numbers: docs/hardware.md.

- One order is in flight at a time. Meanwhile the same button again is the same press: it shows on the lamp and orders
  nothing. Any other button is refused: red. No press is kept for later, none is sent twice under two command ids.
- A press is never executed later than `PRESS_LIFE_S` after it was made: it is sent and retried with one command id
  within that time only, with the tick of the last heartbeat before it was made, and the hub refuses that tick
  afterwards. So the outcome of an unanswered press is known as soon as the feed is heard again after that time.
- Where the hub has moved the unit to another room meanwhile, an unanswered press of the room before is let go: this
  room's lamps have nothing to say about it.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from caller.seen import Seen
from smartqueue.terms import CommandId, Outcome, RoomId, RoomState, Tick, TokenId

PRESS_LIFE_S = 3.0
"""A press older than this is never executed."""
ASK_UNTIL_AGE_S = 15.0
"""Older than this, a called token is taken to be in the room: the hub does not ask about it."""
ASK_AT_LEAST_S = 5.0
"""How long a question stays at least, so that it can be answered when it came late."""
READ_THE_QUESTION_S = 0.5
"""Nobody reads the amber lamp faster: an earlier press belongs to the one that raised the question."""
KNOWN_AFTER_S = 0.5
"""What the hub began to do in time is done, and in the feed, so long after the press's life."""
ACKNOWLEDGE_S = 0.15
"""How long a press shows on the amber lamp at least, so that the eye sees it however fast the hub is."""
BLINK_PERIOD_S = 0.36
"""Under three flashes a second, the limit for people with photosensitive epilepsy."""
REFUSAL_S = 3 * BLINK_PERIOD_S
TELL_S = 3.0
"""How long a sign says what came of a press."""
NOBODY_WAITS = "nobody_waits"
"""Told of a press that was obeyed with nobody there to call."""


class Button(StrEnum):
    NEXT = "next"
    RECALL = "recall"
    NO_SHOW = "no_show"
    PAUSE = "pause"


class Action(StrEnum):
    """What the hub is asked to do; the names are those of its commands."""

    CALL_NEXT = "call_next"
    RECALL = "recall"
    MARK_NO_SHOW = "mark_no_show"
    PAUSE_ROOM = "pause_room"
    OPEN_ROOM = "open_room"


class LocalRefusal(StrEnum):
    """Why the unit itself said no, without asking the hub."""

    HUB_AWAY = "hub_away"
    BUSY = "press_in_flight"
    TOO_OLD = "press_too_old"
    NOBODY_CALLED = "nobody_called"
    NOT_OBEYED = "not_obeyed"
    """No answer came in time, and the feed shows that nothing has changed."""


@dataclass(frozen=True, slots=True)
class Press:
    """at: monotonic seconds when the finger made it."""

    button: Button
    at: float


@dataclass(frozen=True, slots=True)
class Order:
    """One command for the hub. token: the one that the presser believes is current. expires_at: never send it later."""

    command_id: CommandId
    action: Action
    room: RoomId
    token: TokenId | None
    tick: Tick
    made_at: float
    outcome: Outcome | None = None

    @property
    def expires_at(self) -> float:
        return self.made_at + PRESS_LIFE_S


@dataclass(frozen=True, slots=True)
class Mark:
    """What an order would change: compared before and after, it shows whether it was obeyed."""

    token: TokenId | None
    called: bool
    attempt: int
    state: RoomState


@dataclass(frozen=True, slots=True)
class Flight:
    """An order whose outcome is unknown. unanswered: its time is over, only the feed can tell now."""

    order: Order
    button: Button
    before: Mark
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """The hub asks: did nobody come? Next, pressed again until then, says so."""

    token: TokenId
    attempt: int
    asked_at: float
    until: float


@dataclass(frozen=True, slots=True)
class Presses:
    """Everything that presses leave behind. refusal: the code of the last one, local or the hub's."""

    flight: Flight | None = None
    question: Question | None = None
    touched_at: float = float("-inf")
    refused_at: float = float("-inf")
    refusal: str = ""
    refused_while_away: bool = False
    nobody_at: float = float("-inf")
    """When Next was obeyed last and found nobody waiting."""

    def shows_touch(self, now: float) -> bool:
        return now < self.touched_at + ACKNOWLEDGE_S

    def shows_refusal(self, now: float) -> bool:
        return now < self.refused_at + REFUSAL_S

    def tells(self, now: float) -> str:
        """What a sign says of the last press: the code of its refusal, NOBODY_WAITS, or nothing."""
        at, what = max((self.refused_at, self.refusal), (self.nobody_at, NOBODY_WAITS))
        return what if self.touched_at <= at and now < at + TELL_S else ""

    def due(self, now: float) -> float | None:
        """The next time at which something here changes by itself."""
        told = max(self.refused_at, self.nobody_at) + TELL_S
        times = [self.touched_at + ACKNOWLEDGE_S, self.refused_at + REFUSAL_S, told]
        if self.question is not None:
            times.append(self.question.until)
        return min((at for at in times if at > now), default=None)


def touch(presses: Presses, seen: Seen, at: float) -> Presses:
    """A contact closed and it is not known yet whether the press is short or long: only the lamps answer."""
    if seen.away:
        return refuse(presses, seen, LocalRefusal.HUB_AWAY, at)
    return replace(presses, touched_at=at, refused_at=float("-inf"))


def refuse(presses: Presses, seen: Seen, code: str, at: float) -> Presses:
    return replace(presses, refused_at=at, refusal=code, refused_while_away=seen.away)


def press(presses: Presses, seen: Seen, made: Press, now: float, command_id: CommandId) -> tuple[Presses, Order | None]:
    """What to do about a press: send the order, or nothing. command_id: a new one, used for this press only."""
    presses = look(presses, seen, now)
    if now >= made.at + PRESS_LIFE_S:
        return refuse(presses, seen, LocalRefusal.TOO_OLD, now), None
    tick = seen.tick_at(made.at)
    if seen.away or seen.room is None or tick is None:
        return refuse(presses, seen, LocalRefusal.HUB_AWAY, now), None
    if presses.flight is not None:
        return _press_in_flight(presses, presses.flight, seen, made, now), None
    if _belongs_to_the_last(presses.question, made):
        return replace(presses, touched_at=now), None
    action = _action(seen, made.button)
    if action is None:
        return refuse(presses, seen, LocalRefusal.NOBODY_CALLED, now), None
    outcome = Outcome.NO_SHOW if action is Action.CALL_NEXT and presses.question is not None else None
    order = Order(command_id, action, seen.room, seen.token, tick, made.at, outcome)
    flight = Flight(order, made.button, _mark(seen))
    return replace(
        presses, flight=flight, question=None, touched_at=now, refused_at=float("-inf"), nobody_at=float("-inf")
    ), order


def answered(
    presses: Presses, seen: Seen, command_id: CommandId, code: str | None, now: float, *, nobody: bool = False
) -> Presses:
    """The hub answered: code None = obeyed, otherwise why not. nobody: obeyed, and nobody waited to be called. Lamps
    follow the feed, so success changes little."""
    flight = presses.flight
    if flight is None or flight.order.command_id != command_id:
        return presses
    presses = replace(presses, flight=None)
    if code is None:
        return replace(presses, nobody_at=now) if nobody else presses
    if code == "confirm_no_show" and flight.order.token is not None:
        return look(replace(presses, question=_question(flight.order.token, seen, now)), seen, now)
    return refuse(presses, seen, code, now)


def unanswered(presses: Presses, command_id: CommandId) -> Presses:
    """No answer came while the press lived, and it is not sent any more; the feed must tell what came of it."""
    flight = presses.flight
    if flight is None or flight.order.command_id != command_id:
        return presses
    return replace(presses, flight=replace(flight, unanswered=True))


def look(presses: Presses, seen: Seen, now: float) -> Presses:
    """Time has passed, or the feed has brought something: settles what can be settled."""
    if presses.question is not None and not _still_asks(presses.question, seen, now):
        presses = replace(presses, question=None)
    flight = presses.flight
    if flight is None or not flight.unanswered or seen.heard_at < flight.order.expires_at + KNOWN_AFTER_S:
        return presses
    presses = replace(presses, flight=None)
    if seen.room != flight.order.room:
        return presses
    return presses if _mark(seen) != flight.before else refuse(presses, seen, LocalRefusal.NOT_OBEYED, now)


def _press_in_flight(presses: Presses, flight: Flight, seen: Seen, made: Press, now: float) -> Presses:
    """The same button again is the same press; any other is refused: never two orders at once."""
    if made.button is flight.button:
        return replace(presses, touched_at=now)
    return refuse(presses, seen, LocalRefusal.BUSY, now)


def _belongs_to_the_last(question: Question | None, made: Press) -> bool:
    if question is None or made.button is not Button.NEXT:
        return False
    return made.at < question.asked_at + READ_THE_QUESTION_S


def _action(seen: Seen, button: Button) -> Action | None:
    match button:
        case Button.NEXT:
            return Action.CALL_NEXT
        case Button.RECALL:
            return Action.RECALL if seen.token is not None else None
        case Button.NO_SHOW:
            return Action.MARK_NO_SHOW if seen.token is not None else None
        case Button.PAUSE:
            return Action.PAUSE_ROOM if seen.state is RoomState.OPEN else Action.OPEN_ROOM


def _question(token: TokenId, seen: Seen, now: float) -> Question:
    left = max(ASK_UNTIL_AGE_S - seen.called_age_s, ASK_AT_LEAST_S)
    return Question(token, seen.attempt, asked_at=now, until=now + left)


def _still_asks(question: Question, seen: Seen, now: float) -> bool:
    if seen.away or now >= question.until:
        return False
    return seen.called and seen.token == question.token and seen.attempt == question.attempt


def _mark(seen: Seen) -> Mark:
    return Mark(seen.token, seen.called, seen.attempt, seen.state)
