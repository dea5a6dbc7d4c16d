"""In whatever order things happen: no job twice, nothing asked or printed without a durable note, no waking in vain,
nothing of anybody left for the next, and no number anywhere but on its own screen."""

from collections.abc import Iterator
from dataclasses import asdict, replace

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from kiosk_worlds import DAY, answer, asking_what_for, departments, found, site
from msgspec.structs import replace as changed

from kiosk import flow
from kiosk.codes import LabelRead, ShortCode, SomethingElse, Strange, TicketSecret
from kiosk.corner import NOTHING_KNOWN
from kiosk.effects import (
    Arrive,
    Effect,
    Find,
    Forget,
    Issue,
    KeepContact,
    Print,
    Remember,
    Restart,
    Say,
    Take,
    TrialPrint,
    TrialSound,
)
from kiosk.events import (
    Answered,
    CameBack,
    CodeScanned,
    ContactKept,
    ContactRefused,
    Event,
    FactsGathered,
    HallChanged,
    IssueRefused,
    LeasesChanged,
    LinkChanged,
    NoNumber,
    NotBack,
    NotFound,
    NotPrinted,
    NotRemembered,
    Printed,
    PrintMoved,
    Restored,
    SoundTried,
    Taken,
    TicketFound,
    TimePassed,
    Touched,
    TrialPrinted,
    Unreached,
)
from kiosk.fronts import Attract, IdleWarning, Phone, Pin, Technician
from kiosk.states import Rules
from kiosk.terms import Arrival, AskNeeds, Link, Pending, Phase, Trouble
from smartqueue.terms import CommandId, DepartmentId, Label, TokenId, TokenState
from smartqueue.wire import TokenAnswer

PIN, DIGIT = "7777", "7"
RULES = Rules(pin=PIN, tickets_a_minute=3)
CODE, SECRET = "7H4K2MPX", "7H4K2MPX9Q0WERTYAB12CD34EF"
KEYS = (
    *("start", "department:general-medicine", "department:paediatrics", "department:orthopaedics"),
    *("visit_type:report", "visit_type:gone", "needs", "need:deaf", "need:wheelchair", "take", "one_more", "no"),
    *("language:ar", "languages", "back", "page:1", "page:x", "lower", "contrast", "speech", "easier"),
    *("check_in", "char:A", "char:1", "erase", "look_up", "copy", "return"),
    *("message", f"digit:{DIGIT}", "plus", "agree", "more_time", "done", "corner"),
    *("test_print", "test_sound", "restart"),
    *("nothing", ""),
)
READINGS = (ShortCode(CODE), TicketSecret(SECRET), LabelRead(Label("A012")), SomethingElse(Strange.PRODUCT))
HALLS = ((), departments(1), departments(), asking_what_for("report", "injection"))
MISSED = found(may_return=True, state=TokenState.NO_SHOW)
WAITS = TokenAnswer(token=MISSED.token, label=MISSED.label, state=TokenState.WAITING, room=None)
CODES = ("department_closed", "wrong_key", "too_late", "unknown_appointment", "appointment_settled")
_SITE = site(books=True, phone_prefix="+91")

ids = st.integers(1, 8).map(lambda number: CommandId(f"command-{number}"))
asked_codes = st.sampled_from((CODE, SECRET, "A012"))
tokens = st.integers(1, 8).map(lambda number: TokenId(f"token-A{number}")) | st.just(MISSED.token)
touches = st.sampled_from(KEYS).map(lambda key: Touched(key, CommandId("")))
news: st.SearchStrategy[Event] = st.one_of(
    st.just(TimePassed()),
    st.sampled_from(READINGS).map(lambda reading: CodeScanned(reading, CommandId(""))),
    st.sampled_from(Link).map(LinkChanged),
    st.sampled_from(HALLS).map(lambda hall: HallChanged(DAY, _SITE, hall)),
    st.sampled_from(((), ("general-medicine",), ("general-medicine", "paediatrics"))).map(
        lambda ids: LeasesChanged(frozenset(DepartmentId(one) for one in ids))
    ),
    ids.map(NoNumber),
    ids.map(lambda each: Answered(each, answer(f"A{each[-1]}"))),
    st.builds(IssueRefused, ids, st.sampled_from(CODES)),
    ids.map(Unreached),
    ids.map(NotRemembered),
    st.builds(PrintMoved, ids, st.floats(0, 1)),
    ids.map(Printed),
    st.builds(NotPrinted, ids, st.sampled_from(Trouble)),
    st.builds(TicketFound, asked_codes, st.sampled_from((found(), MISSED, found(short_code=None)))),
    st.builds(NotFound, asked_codes, st.just("unknown_ticket")),
    st.just(CameBack(WAITS)),
    st.just(NotBack(MISSED.token, "hub_away")),
    tokens.map(ContactKept),
    st.builds(ContactRefused, tokens, st.just("bad_phone")),
    st.just(FactsGathered(NOTHING_KNOWN)),
    st.just(TrialPrinted("test_printed")),
    st.just(SoundTried("sound_played")),
)
WAYS = {
    "a ticket": ("start", "department:paediatrics"),
    "what for": ("start", "department:general-medicine", "visit_type:report"),
    "a telephone number": ("start", "department:paediatrics", "!issued", "message", *["digit:7"] * 9, "agree"),
    "a copy": ("!scanned", "!found", "copy", "!printed"),
    "a check-in": ("check_in", "char:A", "char:!", "look_up", "!arrived"),
    "many tickets": (
        *("start", "department:paediatrics", "!issued", "done", "start", "department:cardiology", "!issued", "done"),
        *("start", "department:paediatrics", "!issued", "done", "start", "department:cardiology"),
    ),
    "speech": ("start", "easier", "speech", "back", "back", "department:paediatrics", "department:paediatrics"),
    "a return": ("!scanned", "!missed", "return"),
    "a choice": ("start", "needs", "need:deaf", "take", "language:ar", "department:general-medicine"),
    "the corner": (*["corner"] * 5, *["digit:7"] * 4, "test_print"),
}
"""Where random touches seldom lead by themselves."""
walks = st.sampled_from(sorted(WAYS)).flatmap(
    lambda name: st.integers(1, len(WAYS[name])).map(lambda length: WAYS[name][:length])
)
"""A person goes some way, perhaps to its end."""
moments = st.lists(
    st.tuples(st.sampled_from((0.0, 0.5, 1.0, 3.5, 13.0, 31.0)), st.one_of(walks, touches, news)), max_size=25
)
rules = st.sampled_from((RULES, replace(RULES, ask_needs=AskNeeds.ALWAYS, tickets_a_minute=1)))


class Life:
    """One kiosk through a random day, with restarts: keeps what was remembered, counts what was printed."""

    def __init__(self, rules: Rules = RULES) -> None:
        self.rules = rules
        self.now, self.touches, self.state = 0.0, 0, flow.start(0.0)
        self.store: dict[CommandId, Pending | Arrival] = {}
        self.printed: list[CommandId] = []
        self.taken: list[Taken] = []
        self.tell(HallChanged(DAY, _SITE, HALLS[-1]))
        self.tell(LinkChanged(Link.UP))

    def tell(self, event: Event) -> None:
        if isinstance(event, Touched | CodeScanned):
            self.touches += 1
            event = replace(event, fresh_id=CommandId(f"command-{self.touches}"))
        before = self.state
        self.state, effects = flow.step(self.state, event, self.now, self.rules)
        for effect in effects:
            self.do(effect)
        self.check(before, effects)
        while self.taken:
            self.tell(self.taken.pop())

    def do(self, effect: Effect) -> None:
        match effect:
            case Remember(note):
                assert not (isinstance(note, Pending) and note.copy), "a copy owes nobody a number"
                self.store[note.command_id] = note
            case Forget(command_id):
                self.store.pop(command_id, None)
            case Issue(command_id):
                assert isinstance(self.store[command_id], Pending)
            case Take(pending):
                issued = changed(pending, phase=Phase.ANSWERED, answer=answer("A501"), away=True)
                self.store[pending.command_id] = issued
                self.taken.append(Taken(issued))
            case Arrive(arrival):
                assert isinstance(self.store[arrival.command_id], Arrival)
            case Print(pending):
                assert pending.copy or self.store[pending.command_id] == pending
                assert pending.answer is not None
                self.printed.append(pending.command_id)
            case KeepContact(_, _, body):
                assert body.consent
            case Find(code):
                assert code

    def check(self, before: flow.State, effects: tuple[Effect, ...]) -> None:
        state = self.state
        under = state.front.under if isinstance(state.front, IdleWarning) else state.front
        assert isinstance(under, Phone | Pin) or not any(DIGIT * 3 in text for text in texts(asdict(state)))
        if isinstance(state.front, Attract) and not isinstance(before.front, Attract) and not _began(before):
            assert not any((state.needs, state.speech, state.contrast, state.lowered))
        if any(isinstance(effect, Say) for effect in effects):
            assert before.speech or state.speech
        if any(isinstance(effect, TrialPrint | TrialSound | Restart) for effect in effects):
            assert isinstance(before.front, Technician)
        assert {one.command_id for one in state.pendings}.isdisjoint(one.command_id for one in state.arrivals)

    def restart(self) -> None:
        self.state = flow.start(self.now)
        self.tell(HallChanged(DAY, _SITE, HALLS[-1]))
        pendings = tuple(one for one in self.store.values() if isinstance(one, Pending))
        arrivals = tuple(one for one in self.store.values() if isinstance(one, Arrival))
        self.tell(Restored(pendings, True, arrivals))

    def let_time_pass(self, at_most: int) -> None:
        for _ in range(at_most):
            due = flow.deadline(self.state, self.rules)
            if due is None:
                break
            self.now = max(self.now, due)
            self.tell(TimePassed())


def texts(value: object) -> Iterator[str]:
    """All words that are held anywhere in it."""
    match value:
        case str():
            yield value
        case dict() | list() | tuple():
            for one in value.values() if isinstance(value, dict) else value:
                yield from texts(one)
        case msgspec.Struct():
            yield from texts(msgspec.to_builtins(value))


def _began(state: flow.State) -> bool:
    """Screens from which one goes back to the attract screen and is still the same person."""
    under = state.front.under if state.front.name in {"idle_warning", "strange"} else state.front
    return under.name in {
        "attract",
        "out_of_service",
        "languages",
        "easier",
        "needs",
        "check_in",
        "closed",
        "departments",
        "visit_types",
    }


@settings(max_examples=300, deadline=None)
@given(moments, st.sets(st.integers(0, 24), max_size=3), rules)
def test_no_ticket_is_printed_twice_and_none_without_a_note(story, restarts, rules):
    life = Life(rules)
    for number, (seconds, event) in enumerate(story):
        life.now += seconds
        happens(life, event)
        if number in restarts:
            life.restart()
        assert len(life.printed) == len(set(life.printed))


@settings(max_examples=300, deadline=None)
@given(moments, rules)
def test_time_alone_always_leads_back_to_rest(story, rules):
    life = Life(rules)
    for seconds, event in story:
        life.now += seconds
        happens(life, event)
    life.let_time_pass(24 + 3 * len(life.state.pendings))
    assert life.state.front.name in {"attract", "out_of_service"}
    assert flow.deadline(life.state, RULES) is None
    assert not any((life.state.language, life.state.needs, life.state.speech))


def happens(life: Life, what: Event | tuple[str, ...]) -> None:
    if isinstance(what, tuple):
        goes(life, what)
    else:
        life.tell(what)


def goes(life: Life, way: tuple[str, ...]) -> None:
    for key in way:
        life.now += 0.7
        newest = CommandId(f"command-{life.touches}")
        match key:
            case "!missed":
                life.tell(TicketFound(SECRET, MISSED))
            case "!issued":
                life.tell(Answered(newest, answer()))
                life.tell(Printed(newest))
            case "!arrived":
                life.tell(Answered(newest, answer()))
            case "!scanned":
                life.tell(CodeScanned(TicketSecret(SECRET), CommandId("")))
            case "!found":
                life.tell(TicketFound(SECRET, found()))
            case "!printed":
                life.tell(Printed(newest))
            case _:
                life.tell(Touched(key, CommandId("")))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(WAYS)), moments, st.booleans())
def test_whatever_happens_on_the_way_the_next_person_begins_afresh(way, story, restart):
    life = Life()
    goes(life, WAYS[way])
    for seconds, event in story:
        life.now += seconds
        happens(life, event)
    if restart:
        life.restart()
    life.let_time_pass(24 + 3 * len(life.state.pendings))
    assert life.state.front.name in {"attract", "out_of_service"}
    assert len(life.printed) == len(set(life.printed))


def test_a_number_that_is_held_somewhere_would_be_found():
    life = Life()
    goes(life, WAYS["a telephone number"])
    assert any(DIGIT * 3 in text for text in texts(asdict(life.state)))


def test_the_ways_lead_where_they_say():
    ends = {}
    for name, way in WAYS.items():
        life = Life()
        goes(life, way)
        ends[name] = life.state.front.name
    assert ends == {
        "a ticket": "asking",
        "what for": "asking",
        "a telephone number": "phone",
        "a copy": "take_ticket",
        "a check-in": "printing",
        "many tickets": "one_each",
        "speech": "asking",
        "a return": "found",
        "a choice": "visit_types",
        "the corner": "technician",
    }
