"""The hub's own rules with its table of commands, in memory, and lines to it that lose requests or answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from itertools import count

import msgspec
from kiosk_worlds import AT, EN, departments
from lease_worlds import EPOCH

from hub import answers, status_pages
from hub.domain import commands as asked
from hub.domain import turning
from hub.domain.clinic import Clinic, Moment, Token
from hub.domain.configuration import Department, Room, Site, Unit
from hub.domain.decide import decide
from hub.domain.events import Event, LateTokensReported, TokenCancelled, TokenIssued
from hub.domain.evolve import evolve
from hub.private import Known, Private
from smartqueue.answers import Call
from smartqueue.errors import CommandIdReused, HubAway, Refusal
from smartqueue.terms import (
    CancelReason,
    CommandId,
    Instant,
    Label,
    LeaseId,
    RoomId,
    Tick,
    TokenState,
    UnitKind,
    UnitName,
)
from smartqueue.wire import IssuedAnswer, LeaseAnswer, LeaseBody, MergeAnswer, MergeBody, PressBody, TokenAnswer

OPEN = {"opens": 8 * 60, "closes": 18 * 60}
ROOM = RoomId("room-1")


class Fate(Enum):
    """What becomes of one request."""

    ANSWERED = "answered"
    UNREACHED = "unreached"
    """Nothing was sent, and the asker knows it."""
    SWALLOWED = "swallowed"
    """Sent, and never arrived; the asker can't know it."""
    LOST = "lost"
    """Obeyed, but the answer was lost; the asker can't know it."""


def instant(at: datetime) -> Instant:
    return Instant(round(at.timestamp() * 1000))


@dataclass
class LeaseHub:
    """General medicine (A) and cardiology (R), open from 8 to 18; kiosks `hall` and `gate`. Durable at once."""

    at: datetime = AT
    epoch: str = EPOCH
    clinic: Clinic = field(default_factory=Clinic)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.touches: dict[str, CommandId] = {}
        """Of which touch a token is."""
        self._answers: dict[CommandId, tuple[str, bytes, int, bytes]] = {}
        self._private = Private()
        self._known = Known(self._private)
        self._tokens, self._seq = count(1), count(1)
        known = [one for one in departments() if one.id in ("general-medicine", "cardiology")]
        made = tuple(
            Department(one.id, one.letter, one.names, one.areas, one.icon, one.ground, **OPEN) for one in known
        )
        site = Site("riverside", {EN: "Riverside Clinic"}, (EN,), EN, "Asia/Kolkata")
        rooms = (Room(ROOM, "1", tuple(one.id for one in made)),)
        for command in (asked.ConfigureSite(site, made, rooms, ()), asked.FollowClock()):
            self._obey(command)
        for name in ("hall", "gate"):
            self._obey(asked.AdmitUnit(Unit(UnitName(name), UnitKind.KIOSK)))

    # --- what tests see -------------------------------------------------------------------------------

    def passes(self, seconds: float) -> None:
        """It looks at its clock once a minute."""
        before, self.at = self.at, self.at + timedelta(seconds=seconds)
        if before.replace(second=0, microsecond=0) != self.at.replace(second=0, microsecond=0):
            self._obey(asked.FollowClock())

    def tokens(self, *states: TokenState) -> list[Token]:
        return [one for one in self.clinic.tokens.values() if one.state in (states or tuple(TokenState))]

    def waiting(self) -> list[Label]:
        return sorted(one.label for one in self.tokens(TokenState.WAITING))

    @property
    def instant(self) -> Instant:
        return instant(self.at)

    def late(self) -> set[CommandId]:
        """Touches whose tickets came when their day was over."""
        return {one for event in self.events if isinstance(event, LateTokensReported) for one in event.commands}

    def issued(self) -> list[TokenIssued]:
        return [event for event in self.events if isinstance(event, TokenIssued)]

    def cancelled(self) -> list[Label]:
        known = {event.token: event.label for event in self.issued()}
        return [known[event.token] for event in self.events if isinstance(event, TokenCancelled)]

    def taken_back(self, label: Label) -> set[CommandId]:
        """Touches whose token of this label was cancelled."""
        known = {event.token: event.label for event in self.issued()}
        gone = [event.token for event in self.events if isinstance(event, TokenCancelled)]
        return {self.touches[token] for token in gone if known[token] == label}

    def call_next(self) -> Label | None:
        """None also where the room's person was called only just now."""
        try:
            return self._obey(asked.CallNext(ROOM)).label
        except Refusal:
            return None

    def ask(self, by: str, command: asked.Command, path: str, body: object, command_id: CommandId) -> tuple[int, bytes]:
        """As hub/service does: the first answer again for the same id, asker and content; 409 for the same id else."""
        digest = path.encode() + msgspec.json.encode(body)
        stored = self._answers.get(command_id)
        if stored is not None:
            if stored[:2] != (by, digest):
                return answers.encode_problem(CommandIdReused(), EN)
            status = 200 if stored[2] < 300 else stored[2]
            return status, stored[3]
        try:
            answer = answers.encode(self._obey(command, body, command_id), self.clinic, self._known)
        except Refusal as refusal:
            answer = answers.encode_problem(refusal, EN)
        self._answers[command_id] = (by, digest, *answer)
        return answer

    def _obey(self, command: asked.Command, body: object = None, command_id: str = ""):
        moment = Moment(self.instant, Tick(1_000), Tick(0))
        for event in turning.due(self.clinic, moment.at):
            self._happen(event)
        decision = decide(self.clinic, command, moment)
        for event in decision.events:
            self._happen(event)
            if isinstance(event, TokenIssued):
                self.touches[event.token] = event.offline_id or command_id
        for row in self._known.admit(_rows(command, body), decision.events):
            self._private.add(row)
        return decision.result

    def _happen(self, event: Event) -> None:
        evolve(self.clinic, next(self._seq), instant(self.at), event)
        self.events.append(event)

    def new_token(self) -> str:
        return f"token-{next(self._tokens)}"


def _rows(command: asked.Command, body: object) -> list:
    if isinstance(command, asked.MergeTokens):
        pairs = zip(command.tokens, body.tokens, strict=True)
        return [status_pages.printed(token.token, one.secret, one.short_code) for token, one in pairs]
    if isinstance(command, asked.IssueToken):
        return [status_pages.new_secret(command.token, Private())]
    return []


@dataclass
class Line:
    """One kiosk's way to the hub: of HubClient what it asks for. fate: what becomes of the next request."""

    hub: LeaseHub
    kiosk: str = "hall"
    fate: Callable[[], Fate] = lambda: Fate.ANSWERED
    asked: list[tuple[str, CommandId]] = field(default_factory=list)
    """What was sent, by route."""

    async def issue(self, body, *, command_id, deadline_s=None) -> IssuedAnswer:
        command = asked.IssueToken(self.hub.new_token(), body.department, body.language)
        return self._ask("/tokens", command, body, IssuedAnswer, command_id)

    async def cancel(self, token, *, command_id) -> TokenAnswer:
        command = asked.CancelToken(token, CancelReason.KIOSK, only_waiting=True)
        return self._ask(f"/tokens/{token}/cancel", command, PressBody(), TokenAnswer, command_id)

    async def lease(self, department, *, tomorrow=False) -> LeaseAnswer:
        command = asked.GrantLease(LeaseId(self.hub.new_token()), UnitName(self.kiosk), department, tomorrow)
        body = LeaseBody(department=department, tomorrow=tomorrow)
        return self._ask("/leases", command, body, LeaseAnswer, CommandId(self.hub.new_token()))

    async def merge(self, lease, body: MergeBody, *, command_id) -> MergeAnswer:
        tokens = tuple(
            asked.OfflineToken(
                self.hub.new_token(), one.command_id, one.number, instant(one.issued_at), one.language, tuple(one.needs)
            )
            for one in body.tokens
        )
        command = asked.MergeTokens(lease, UnitName(self.kiosk), instant(body.last_contact), tokens)
        return self._ask(f"/leases/{lease}/tokens", command, body, MergeAnswer, command_id)

    def _ask(self, path, command, body, answer_type, command_id):
        fate = self.fate()
        if fate is Fate.UNREACHED:
            raise HubAway("cut", sent=False)
        self.asked.append((path.split("/")[-1] if "/" in path[1:] else path, command_id))
        if fate is Fate.SWALLOWED:
            raise HubAway("no answer", sent=True)
        status, answer = self.hub.ask(self.kiosk, command, path, body, command_id)
        if fate is Fate.LOST:
            raise HubAway("no answer", sent=True)
        return Call("POST", path, {}, None, answer_type).answer(status, answer)
