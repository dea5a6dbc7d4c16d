"""Whatever is asked in whatever order: every command, days that turn, new configurations (Hypothesis state machine).

What must hold is in watched_clinic.py and queue_model.py; this is what may happen.
"""

import inspect
from pathlib import Path
from random import Random
from typing import get_args

from clinic_script import ClinicScript, department, doctor, room, room_id, shift, step, visit_type
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from undo_picture import picture
from watched_clinic import WatchedClinic

from hub.domain import commands as asked
from hub.domain.commands import UNCHECKED
from hub.domain.configuration import Rules, Span, Unit
from hub.domain.results import Called
from smartqueue.terms import (
    AnnouncementId,
    AppointmentId,
    CancelReason,
    ChoiceReason,
    CommandId,
    ContactId,
    DepartmentId,
    Instant,
    Language,
    LeaseId,
    Need,
    OperatorId,
    Outcome,
    ParkReason,
    Priority,
    PriorityReason,
    RoomId,
    RoomState,
    Tick,
    TokenId,
    TokenState,
    UnitKind,
    UnitName,
    VisitTypeId,
)

MINUTE, HOUR = 60, 3600
DEPARTMENTS = ("medicine", "laboratory", "emergency")
NUMBERS = ("3", "4", "5", "6")
DOCTORS = (None, None, None, "ada", "ben")
KIOSKS = ("kiosk-1", "kiosk-2")
TYPES = (visit_type("both", step("laboratory"), step("medicine", doctor="ada")), visit_type("free", step(*DEPARTMENTS)))
WORKDAYS = tuple(Span(weekday, 7 * 60, 20 * 60) for weekday in range(5))
EVENING = tuple(shift(weekday, 16, 1, "5") for weekday in range(7))
CHOICES = {
    "medicine": {"visit_types": TYPES},
    "laboratory": {"hours": WORKDAYS, "target_min": 10, "quota": 30},
    "emergency": {"always_open": True, "weight": 2.0},
}
RULES = (Rules(), Rules(credit_min=0, run_cap=1), Rules(strict=True), Rules(credit_min=90, run_cap=3, returns=1))
SITES = ({}, {"skip_numbers": (2, 3, 13)}, {"reset_minute": 9 * 60}, {"reset_minute": 150, "zone": "Europe/Berlin"})

SECONDS = (0, 0, 1, 2, 5, 16, 70, 400)
STATES_FOR = {"return": (TokenState.NO_SHOW,), "resume": (TokenState.PARKED,)}
OPEN = (TokenState.WAITING, TokenState.CALLED, TokenState.SERVING, TokenState.PARKED)
seconds = st.sampled_from(SECONDS)
seeds = st.integers(0, 2**32)
pick = st.integers(0, 1000)
where = st.sampled_from(DEPARTMENTS)
number = st.sampled_from(NUMBERS)
priority = st.sampled_from([None, None, None, *Priority])
needs = st.sampled_from([(), (), (Need.DEAF,), (Need.ELDERLY,)])
EVERYDAY = (
    "ticket",
    "high",
    "next",
    "next",
    "next",
    "undo",
    "start",
    "finish",
    "no-show",
    "park",
    "transfer",
    "resume",
)
EVERYDAY += ("return", "label", "recall", "cancel", "emergency", "doctor", "confirm", "check in")


class ClinicMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clinic = WatchedClinic()

    @initialize(rules=st.sampled_from(RULES), site=st.sampled_from(SITES), seed=seeds)
    def opens(self, rules, site, seed):
        self.clinic.configure(
            *(department(name, letter, **CHOICES[name]) for name, letter in zip(DEPARTMENTS, "AHW", strict=True)),
            rooms=(
                room("3", "medicine"),
                room("4", "medicine", "laboratory"),
                room("5", "laboratory"),
                room("6", "emergency", "medicine"),
            ),
            operators=(doctor("ada", "3", supervisor=True), doctor("ben", "4", schedule=EVENING)),
            rules=rules,
            **site,
        )
        for kiosk in KIOSKS:
            self.clinic.kiosk(kiosk)
        self.clinic.admit(Unit(UnitName("caller-1"), UnitKind.CALLER, room_id("3")))
        self.an_ordinary_hour(seed, 40)

    # --- tokens -----------------------------------------------------------------------------------

    def token(self, which: int, *states: TokenState) -> TokenId:
        """One that there is, mostly in one of these states; now and then nobody's."""
        tokens = list(self.clinic.state.tokens.values())
        likely = [token for token in tokens if token.state in (states or OPEN)]
        choice = likely if which % 8 else tokens
        return choice[which // 8 % len(choice)].id if choice and which else TokenId("nobody")

    @rule(to=where, priority=priority, needs=needs, doctor=st.sampled_from(DOCTORS), s=seconds, trial=st.booleans())
    def somebody_takes_a_ticket(self, to, priority, needs, doctor, s, trial):
        self.clinic.issue(to, priority=priority, needs=needs, doctor=doctor, trial=trial, after_s=s)

    @rule(to=where, n=st.integers(1, 8), high=st.integers(0, 3))
    def many_come(self, to, n, high):
        for place in range(n):
            self.clinic.issue(to, priority=Priority.HIGH if place < high else None, after_s=30)

    @rule(to=where, services=st.lists(where, max_size=3), kind=st.sampled_from([None, "both", "free", "gone"]))
    def somebody_wants_several_things(self, to, services, kind):
        self.clinic.issue(to, services=tuple(services), visit_type=kind)

    @rule(to=where, by=st.sampled_from(["ada", "ben"]))
    def a_supervisor_issues_all_the_same(self, to, by):
        self.clinic.issue(to, override=by)

    @rule(which=pick, s=seconds, kind=st.sampled_from(["return", "resume", "cancel", "doctor", "park"]))
    def something_is_done_with_somebody(self, which, s, kind):
        token = self.token(which, *STATES_FOR.get(kind, ()))
        command = {
            "return": asked.ReturnToken(token),
            "resume": asked.ResumeToken(token),
            "cancel": asked.CancelToken(token, CancelReason.OPERATOR, only_waiting=which % 3 == 0),
            "doctor": asked.ReleaseDoctor(token),
            "park": asked.ParkToken(token, ParkReason.STEP_OUT),
        }[kind]
        self.clinic.do(command, after_s=s)

    @rule(which=pick, to=st.sampled_from([None, *DEPARTMENTS]), doctor=st.sampled_from(DOCTORS), again=st.booleans())
    def somebody_is_transferred(self, which, to, doctor, again):
        plan = (step("laboratory", "medicine"),) if again else None
        named = DepartmentId(to) if to else None, OperatorId(doctor) if doctor else None
        self.clinic.do(asked.TransferToken(self.token(which), *named, plan))

    @rule(which=pick, priority=st.sampled_from(Priority))
    def a_priority_is_set(self, which, priority):
        self.clinic.do(asked.SetPriority(self.token(which), priority, PriorityReason.WORSE))

    @rule(which=pick, contact=st.sampled_from(["c-1", "c-2"]), language=st.sampled_from([None, "hi", "ar"]))
    def somebody_leaves_a_number(self, which, contact, language):
        chosen = Language(language) if language else None
        self.clinic.do(asked.SetContact(self.token(which), ContactId(contact), chosen))

    # --- rooms ------------------------------------------------------------------------------------

    @rule(number=number, s=seconds, outcome=st.sampled_from([None, None, Outcome.NO_SHOW]), after=pick)
    def somebody_presses_next(self, number, s, outcome, after):
        self.clinic.pass_time(s)
        current = self.clinic.state.desks[RoomId(f"room-{number}")].current
        believed = [UNCHECKED, current, current, self.token(after)][after % 4]
        result = self.clinic.do(asked.CallNext(room_id(number), believed, None, outcome))
        if isinstance(result, Called) and result.token is None and not result.repeated:
            desk = self.clinic.state.desks[RoomId(f"room-{number}")]
            assert self.clinic.model.eligible(desk) == [], "no room is idle while somebody eligible waits"

    @rule(seed=seeds, length=st.integers(20, 60))
    def an_ordinary_hour(self, seed, length):
        """A seed instead of a list of moments: Hypothesis draws no more than some hundred choices in one run."""
        chance = Random(seed)
        rooms, departments = chance.sample(NUMBERS, 2), chance.sample(DEPARTMENTS, 2)
        for _ in range(length):
            self.clinic.pass_time(chance.choice(SECONDS))
            self.everyday(
                chance.choice(EVERYDAY), chance.choice(rooms), chance.choice(departments), chance.randrange(999)
            )
            self.clinic.look()

    @rule(seed=seeds)
    def an_hour_with_second_thoughts(self, seed):
        """Every press is taken back, and then made again."""
        chance = Random(seed)
        for _ in range(10):
            number = chance.choice(NUMBERS)
            self.everyday(chance.choice(("ticket", "high", "start", "park")), number, "medicine", chance.randrange(999))
            self.a_press_is_taken_back_at_once(number, chance.choice(SECONDS), chance.choice((None, Outcome.NO_SHOW)))
            self.somebody_presses_next(number, 0, None, 0)

    def everyday(self, kind: str, number: str, to: str, which: int) -> None:
        doctor = DOCTORS[which % 5]
        match kind:
            case "ticket":
                self.clinic.issue(to, doctor=doctor, visit_type="both" if which % 4 == 0 else None)
            case "high" | "emergency":
                self.clinic.issue(to, priority=Priority.HIGH if kind == "high" else Priority.EMERGENCY)
            case "next" | "confirm":
                outcome = Outcome.NO_SHOW if kind == "confirm" else None
                self.somebody_presses_next(number, 0, outcome, which)
            case "undo":
                self.clinic.undo(number, after_s=0)
            case "label":
                self.a_label_is_called(which, number, 0)
            case "recall" | "start" | "finish" | "no-show":
                self.something_is_done_in_a_room(number, 0, kind, which)
            case "transfer":
                self.somebody_is_transferred(which, to if which % 3 else None, doctor, which % 7 == 0)
            case "check in":
                booked = self.clinic.book("23:00", to, at=Instant(self.clinic.now + which * 1000))
                if self.clinic.refused is None:
                    self.clinic.check_in(booked, after_s=which % 900 * 2)
            case "park" | "resume" | "return" | "cancel" | "doctor":
                self.something_is_done_with_somebody(which, 0, kind)

    @rule(numbers=st.lists(number, min_size=2, max_size=4, unique=True))
    def rooms_call_at_the_same_instant(self, numbers):
        called = [self.clinic.press(one, after_s=0) for one in numbers]
        labels = [one.label for one in called if one is not None and one.label is not None]
        assert len(set(labels)) == len(labels)

    @rule(which=pick, number=number, s=seconds)
    def a_label_is_called(self, which, number, s):
        self.clinic.do(asked.CallToken(self.token(which), room_id(number), ChoiceReason.TOGETHER), after_s=s)

    @rule(number=number, s=seconds, kind=st.sampled_from(["recall", "start", "finish", "no-show", "park"]), which=pick)
    def something_is_done_in_a_room(self, number, s, kind, which):
        current = self.clinic.state.desks[RoomId(f"room-{number}")].current
        token, own = current if current and which % 4 else self.token(which, TokenState.CALLED), room_id(number)
        command = {
            "recall": asked.Recall(token, None, own),
            "start": asked.StartService(token, None, own),
            "finish": asked.FinishService(token, None, own),
            "no-show": asked.MarkNoShow(token, None, own),
            "park": asked.ParkToken(token, ParkReason.EXAMINATION, None, own),
        }[kind]
        self.clinic.do(command, after_s=s)

    @rule(number=number, s=st.sampled_from([0, 3, 15, 16]))
    def the_last_command_is_taken_back(self, number, s):
        self.clinic.undo(number, after_s=s)

    @rule(number=number, s=st.sampled_from([0, 15]), outcome=st.sampled_from([None, Outcome.NO_SHOW]))
    def a_press_is_taken_back_at_once(self, number, s, outcome):
        self.clinic.do(asked.FollowClock())
        before, seq, now = picture(self.clinic.state, self.clinic.now), self.clinic.seq, self.clinic.now
        self.clinic.press(number, after_s=0, outcome=outcome)
        if self.clinic.seq > seq:
            self.clinic.undo(number, after_s=0)
            assert self.clinic.refused is None
            assert picture(self.clinic.state, now) == before
        self.clinic.pass_time(s)

    @rule(number=number, state=st.sampled_from(RoomState), back_min=st.sampled_from([None, 10, 2000]))
    def a_room_opens_pauses_or_closes(self, number, state, back_min):
        if state is RoomState.PAUSED:
            self.clinic.pause_room(number, back_in_min=back_min)
        elif state is RoomState.CLOSED:
            self.clinic.close_room(number)
        for one in NUMBERS if state is RoomState.OPEN else ():
            self.clinic.open_room(one)

    @rule(number=number, who=st.sampled_from([None, "ada", "ben"]), works_for=st.lists(where, max_size=3))
    def somebody_moves(self, number, who, works_for):
        self.clinic.assign(number, who, *works_for)

    @rule(who=st.sampled_from(["ada", "ben"]), available=st.booleans(), back_min=st.sampled_from([None, 10]))
    def somebody_is_away_or_back(self, who, available, back_min):
        back_at = Instant(self.clinic.now + back_min * 60_000) if back_min else None
        self.clinic.do(asked.SetAvailability(OperatorId(who), available, back_at))

    @rule(to=where, resume=st.booleans(), by=st.sampled_from([None, "ada", "ben"]))
    def issuing_stops_or_goes_on(self, to, resume, by):
        supervisor = OperatorId(by) if by else None
        command = asked.ResumeIssuing(DepartmentId(to), supervisor) if resume else asked.StopIssuing(DepartmentId(to))
        self.clinic.do(command)

    @rule(which=pick, heard=st.booleans())
    def an_announcement_is_played(self, which, heard):
        known = [call.announcement for call in self.clinic.state.calls] or ["none"]
        self.clinic.acknowledge(known[which % len(known)], heard=heard)

    # --- leases and appointments ------------------------------------------------------------------

    @rule(kiosk=st.sampled_from(KIOSKS), to=where, tomorrow=st.booleans())
    def a_kiosk_asks_for_a_block(self, kiosk, to, tomorrow):
        self.clinic.lease(kiosk, to, tomorrow=tomorrow)

    @rule(which=pick, some=st.lists(st.integers(-1, 50), max_size=4), ago_s=st.integers(-60, 4000), contact_s=seconds)
    def a_kiosk_that_was_alone_is_back(self, which, some, ago_s, contact_s):
        leases = list(self.clinic.state.leases.values())
        if leases:
            lease = leases[which % len(leases)]
            issued_at = Instant(self.clinic.now - ago_s * 1000)
            tokens = [self.clinic.offline(lease.first + n, issued_at=issued_at) for n in some]
            contact = Instant(self.clinic.now - contact_s * 1000)
            self.clinic.do(asked.MergeTokens(lease.id, lease.kiosk, contact, tuple(tokens)))

    @rule(kiosk=st.sampled_from(KIOSKS), again=st.booleans())
    def a_kiosk_is_forgotten(self, kiosk, again):
        self.clinic.do(asked.ForgetUnit(UnitName(kiosk)))
        if again:
            self.clinic.kiosk(kiosk)

    @rule(number=number, unit=st.sampled_from(["caller-1", *KIOSKS, "nobody"]))
    def a_caller_gets_another_room(self, number, unit):
        self.clinic.do(asked.BindUnit(UnitName(unit), room_id(number)))

    @rule(to=where, ahead_min=st.integers(-10, 3000), doctor=st.sampled_from(DOCTORS), reference=st.integers(0, 4))
    def an_appointment_is_booked(self, to, ahead_min, doctor, reference):
        at = Instant(self.clinic.now + ahead_min * 60_000)
        more = {"doctor": OperatorId(doctor) if doctor else None, "reference": f"x{reference}" if reference else ""}
        identifier = AppointmentId(str(self.clinic.new_token()))
        self.clinic.do(asked.BookAppointment(identifier, DepartmentId(to), at, **more))

    @rule(rows=st.lists(st.tuples(where, st.integers(0, 60), st.integers(0, 4)), max_size=4))
    def appointments_are_imported(self, rows):
        booked = [
            asked.BookAppointment(
                AppointmentId(str(self.clinic.new_token())),
                DepartmentId(to),
                Instant(self.clinic.now + minutes * 60_000),
                reference=f"x{reference}" if reference else "",
            )
            for to, minutes, reference in rows
        ]
        self.clinic.do(asked.ImportAppointments(tuple(booked)))

    @rule(which=pick, needs=needs, cancel=st.booleans())
    def somebody_comes_as_booked_or_will_not(self, which, needs, cancel):
        known = list(self.clinic.state.appointments) or [AppointmentId("none")]
        appointment = known[which % len(known)]
        if cancel and which % 3 == 0:
            self.clinic.do(asked.CancelAppointment(appointment))
        else:
            self.clinic.check_in(appointment, needs=needs)

    # --- time and the site ------------------------------------------------------------------------

    @rule(s=st.sampled_from([30, 10 * MINUTE, HOUR, 5 * HOUR]), seed=seeds)
    def time_goes_by(self, s, seed):
        self.clinic.do(asked.FollowClock(), after_s=s)
        self.an_ordinary_hour(seed, 40)

    @rule(days=st.sampled_from([1, 1, 4]), hours=st.integers(0, 23), seed=seeds)
    def days_go_by(self, days, hours, seed):
        self.clinic.do(asked.FollowClock(), after_s=days * 24 * HOUR - hours * HOUR)
        self.an_ordinary_hour(seed, 40)

    @rule(rules=st.sampled_from(RULES), to=where, quota=st.sampled_from([None, 5]), letter=st.sampled_from("AHWK"))
    def a_department_is_configured_anew(self, rules, to, quota, letter):
        own = {**CHOICES[to], "rules": rules, "quota": quota}
        letters = {one.id: one.letter for one in self.clinic.state.departments.values()}
        self.clinic.reconfigure(department(to, letters[DepartmentId(to)] if letter != "K" else letter, **own))

    @rule(site=st.sampled_from(SITES), ben=st.booleans(), anna=st.booleans())
    def the_site_is_configured_anew(self, site, ben, anna):
        operators = (
            doctor("ada", "3", supervisor=True),
            *((doctor("ben", "4", schedule=EVENING),) if ben else (doctor("ben", "4"),)),
            *((doctor("anna", "6", "emergency"),) if anna else ()),
        )
        self.clinic.reconfigure(operators=operators, **site)

    @rule()
    def the_hub_starts_anew(self):
        self.clinic.restart()

    @rule(which=st.integers(0, 15))
    def something_is_asked_that_makes_no_sense(self, which):
        nobody, nowhere, old = TokenId("nobody"), RoomId("nowhere"), Tick(self.clinic.tick - 4000)
        commands = (
            asked.CallNext(nowhere),
            asked.CallNext(room_id("3"), UNCHECKED, old),
            asked.CallToken(nobody, room_id("3"), ChoiceReason.OTHER),
            asked.UndoLast(nowhere, CommandId("none")),
            asked.OpenRoom(nowhere),
            asked.PauseRoom(room_id("3"), Instant(0)),
            asked.AssignRoom(room_id("3"), OperatorId("nobody")),
            asked.SetAvailability(OperatorId("nobody"), available=False),
            asked.StopIssuing(DepartmentId("nothing")),
            asked.IssueToken(TokenId("new"), DepartmentId("nothing")),
            asked.GrantLease(LeaseId("l"), UnitName("nobody"), DepartmentId("medicine")),
            asked.MergeTokens(LeaseId("none"), UnitName("kiosk-1"), self.clinic.now, ()),
            asked.CheckIn(AppointmentId("none"), TokenId("new")),
            asked.ForgetUnit(UnitName("nobody")),
            asked.AcknowledgeAnnouncement(AnnouncementId("none")),
            asked.IssueToken(TokenId("new"), DepartmentId("medicine"), visit_type=VisitTypeId("none")),
        )
        assert self.clinic.do(commands[which]) is None
        assert self.clinic.refused is not None

    @invariant()
    def everything_is_in_order(self):
        if self.clinic.seq:
            self.clinic.look()

    def teardown(self):
        if self.clinic.seq:
            self.clinic.restart()


def test_every_command_is_asked():
    source = Path(__file__).read_text() + Path(inspect.getfile(ClinicScript)).read_text()
    assert [one.__name__ for one in get_args(asked.Command) if f"asked.{one.__name__}(" not in source] == []


TestClinicMachine = ClinicMachine.TestCase
TestClinicMachine.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
