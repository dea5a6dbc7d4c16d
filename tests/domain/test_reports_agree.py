"""Whatever the rules let happen, a report agrees with the timelines that the state itself keeps, undo included."""

from itertools import count, pairwise
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from report_story import EN, LABORATORY, MEDICINE, MONDAY, Record

from hub.domain import commands as asked
from hub.domain.clinic import Clinic, Moment, Token
from hub.domain.configuration import PlanStep, Room, Site
from hub.domain.decide import decide
from hub.domain.evolve import evolve
from hub.domain.reports.figures import spread
from hub.domain.reports.making import make_report
from hub.domain.reports.period import period_of
from hub.domain.turning import due
from smartqueue.errors import Refusal
from smartqueue.terms import (
    CancelReason,
    ChoiceReason,
    CommandId,
    Instant,
    Outcome,
    ParkReason,
    Priority,
    PriorityReason,
    RoomId,
    Tick,
    TokenId,
    TokenState,
)

BEGIN = 1_772_438_400_000
"""2026-03-02, 8:00 UTC."""
ROOMS = (
    Room(RoomId("room-1"), "1", (MEDICINE.id,)),
    Room(RoomId("room-2"), "2", (MEDICINE.id, LABORATORY.id)),
)


class Act(NamedTuple):
    """which: token or room, counted round. after_s: how long after the act before."""

    verb: str
    which: int
    after_s: int


class SmallClinic:
    """A clinic whose commands may be refused: then nothing happens."""

    def __init__(self) -> None:
        self.state, self.now, self.records = Clinic(), BEGIN, []
        self.last = {room.id: CommandId("none") for room in ROOMS}
        self.names = count(1)
        self.do(
            asked.ConfigureSite(Site("clinic", {EN: "Clinic"}, (EN,), EN, "UTC"), (MEDICINE, LABORATORY), ROOMS, ())
        )
        self.do(asked.FollowClock())

    def do(self, command: asked.Command) -> None:
        moment = Moment(Instant(self.now), Tick(self.now), Tick(BEGIN))
        for event in due(self.state, moment.at):
            self.happens(event, None)
        identifier = CommandId(f"command-{next(self.names):06}")
        try:
            events = decide(self.state, command, moment).events
        except Refusal:
            return
        for event in events:
            self.happens(event, identifier)
            if (room := getattr(event, "room", None)) is not None:
                self.last[room] = identifier

    def happens(self, event, identifier) -> None:
        seq = len(self.records) + 1
        evolve(self.state, seq, Instant(self.now), event, identifier)
        self.records.append(Record(seq, Instant(self.now), self.state.day, event, "site:test", identifier))

    def act(self, act: Act) -> None:
        self.now += act.after_s * 1000
        room = ROOMS[act.which % len(ROOMS)].id
        self.do(self.command(act, room, self.one_of(act, ABLE.get(act.verb, ()))))

    def one_of(self, act: Act, states: tuple[TokenState, ...]) -> TokenId:
        """A token in one of these states; where there is none, any: that is to be refused."""
        able = [token.id for token in self.state.tokens.values() if token.state in states]
        tokens = able or list(self.state.tokens) or [TokenId("none")]
        return tokens[act.which % len(tokens)]

    def command(self, act: Act, room: RoomId, token: TokenId) -> asked.Command:
        department = (MEDICINE, LABORATORY)[act.which % 2].id
        services = (LABORATORY.id,) if act.which % 3 == 0 else ()
        new = TokenId(f"token-{next(self.names)}")
        return {
            "issue": asked.IssueToken(new, department, trial=act.which % 5 == 4),
            "issue for two": asked.IssueToken(new, MEDICINE.id, services=services),
            "issue high": asked.IssueToken(new, department, priority=Priority.HIGH),
            "next": asked.CallNext(room),
            "next, no-show": asked.CallNext(room, outcome=Outcome.NO_SHOW),
            "call": asked.CallToken(token, room, ChoiceReason.RESULT),
            "recall": asked.Recall(token),
            "start": asked.StartService(token),
            "finish": asked.FinishService(token),
            "no-show": asked.MarkNoShow(token),
            "return": asked.ReturnToken(token),
            "park": asked.ParkToken(token, ParkReason.EXAMINATION),
            "resume": asked.ResumeToken(token),
            "transfer": asked.TransferToken(token, department, plan=(PlanStep((MEDICINE.id,)),)),
            "emergency": asked.SetPriority(token, Priority.EMERGENCY, PriorityReason.WORSE),
            "cancel": asked.CancelToken(token, CancelReason.PATIENT),
            "undo": asked.UndoLast(room, self.last[room]),
        }[act.verb]


ABLE = {
    "call": (TokenState.WAITING,),
    "recall": (TokenState.CALLED,),
    "start": (TokenState.CALLED,),
    "finish": (TokenState.SERVING,),
    "no-show": (TokenState.CALLED,),
    "return": (TokenState.NO_SHOW,),
    "park": (TokenState.WAITING, TokenState.CALLED, TokenState.SERVING),
    "resume": (TokenState.PARKED,),
    "transfer": (TokenState.WAITING, TokenState.CALLED, TokenState.SERVING),
    "emergency": (TokenState.WAITING,),
    "cancel": (TokenState.WAITING, TokenState.CALLED, TokenState.PARKED),
}
OFTEN = ("issue", "next", "start", "undo")
VERBS = (
    *OFTEN,
    *OFTEN,
    *("issue for two", "issue high", "next, no-show", "call", "recall", "finish", "no-show", "return"),
    *("park", "resume", "resume", "transfer", "transfer", "emergency", "cancel"),
)
acts = st.builds(Act, st.sampled_from(VERBS), st.integers(0, 20), st.integers(1, 30))


class Told(NamedTuple):
    """What a timeline tells, in ms."""

    waits: list[int]
    walks: list[int]
    services: list[int]
    away: list[int]
    waited: int


def told_by(token: Token) -> Told:
    """Without looking at any event. A start that nobody pressed ends at the very instant at which it begins."""
    told = Told([], [], [], [], sum(after.at - step.at for step, after in pairs(token) if step.state == "waiting"))
    stay, asked_before, called_at, before = 0, False, 0, None
    for step, after in [*pairs(token), (token.timeline[-1], None)]:
        spent = after.at - step.at if after is not None else None
        if step.state is TokenState.WAITING and before not in (TokenState.NO_SHOW, TokenState.PARKED):
            stay, asked_before = 0, False
        if step.state is TokenState.WAITING:
            stay += spent or 0
        if step.state is TokenState.CALLED and before is not TokenState.CALLED:
            called_at = step.at
            if not asked_before:
                told.waits.append(stay)
            asked_before = True
        if step.state is TokenState.SERVING and spent != 0:
            told.walks.append(step.at - called_at)
            told.services.extend([spent] if spent is not None else [])
        if step.state is TokenState.PARKED and spent is not None:
            told.away.append(spent)
        before = step.state
    return told


def pairs(token: Token):
    return pairwise(token.timeline)


@settings(max_examples=60, deadline=None)
@given(st.lists(acts, min_size=60, max_size=150))
def test_a_report_agrees_with_the_timelines_of_the_state(played):
    clinic = SmallClinic()
    for act in played:
        clinic.act(act)
    report = make_report(period_of("day", MONDAY, MONDAY), clinic.records)
    tokens = [token for token in clinic.state.tokens.values() if not token.trial]
    told, figures = [told_by(token) for token in tokens], report.total
    assert figures.arrivals.issued == len(tokens)
    assert figures.waits == spread(wait for one in told for wait in one.waits)
    assert figures.walks == spread(walk for one in told for walk in one.walks)
    assert figures.away == spread(away for one in told for away in one.away)
    assert figures.services.count + figures.services_left_out == sum(len(one.services) for one in told)
    states = [token.state for token in tokens]
    assert figures.endings.served == states.count(TokenState.SERVED)
    assert figures.endings.left == states.count(TokenState.CANCELLED)
    assert report.visit_waits == spread(
        one.waited for token, one in zip(tokens, told, strict=True) if token.state is TokenState.SERVED
    )
    steps = [step for token in tokens for step in token.timeline]
    assert figures.calls.calls == sum(step.state is TokenState.CALLED and step.attempt == 1 for step in steps)
    assert figures.calls.recalls == sum(step.state is TokenState.CALLED and step.attempt > 1 for step in steps)
    assert figures.calls.no_shows == sum(step.state is TokenState.NO_SHOW for step in steps)
    assert figures.calls.returns == sum(token.returns for token in tokens)


@settings(max_examples=20, deadline=None)
@given(st.lists(acts, min_size=60, max_size=120))
def test_every_visit_ends_once_when_the_day_does_and_parts_add_up_to_the_whole(played):
    clinic = SmallClinic()
    for act in played:
        clinic.act(act)
    clinic.now += 24 * 3_600_000
    clinic.do(asked.FollowClock())
    monday = [record for record in clinic.records if record.day in ("", MONDAY)]
    report = make_report(period_of("day", MONDAY, MONDAY), monday)
    endings, departments = report.total.endings, [row.figures for row in report.departments]
    ended = endings.served + endings.withdrawn + endings.left + endings.unserved + endings.never_returned
    assert (ended, report.closed) == (report.total.arrivals.issued, 1)
    for name in ("served", "left", "unserved", "never_returned"):
        assert getattr(endings, name) == sum(getattr(one.endings, name) for one in departments)
    assert report.total.waits.count == sum(one.waits.count for one in departments)
    assert report.total.waits.count == sum(row.waits.count for row in report.hours)
    assert report.total.consultations == sum(row.consultations for row in report.operators)
    reasons = report.total.fairness.reasons
    assert sum(row.calls for row in reasons) == report.total.calls.calls == sum(row.calls for row in report.hours)
    every = report.promises[0]
    assert every.called + every.abandoned <= every.made
