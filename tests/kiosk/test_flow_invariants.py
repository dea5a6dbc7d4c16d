"""In whatever order things happen: no job twice, nothing asked or printed without a durable note, no waking in vain."""

from hypothesis import given, settings
from hypothesis import strategies as st
from kiosk_worlds import DAY, answer, departments, site

from kiosk import flow
from kiosk.effects import Effect, Forget, Issue, Print, Remember
from kiosk.events import (
    Answered,
    Event,
    HallChanged,
    IssueRefused,
    LinkChanged,
    NotPrinted,
    NotRemembered,
    Printed,
    PrintMoved,
    Restored,
    TimePassed,
    Touched,
)
from kiosk.states import Rules
from kiosk.terms import Link, Trouble
from smartqueue.terms import CommandId

RULES = Rules()
KEYS = (
    "start",
    "department:general-medicine",
    "department:paediatrics",
    "department:orthopaedics",
    "language:ar",
    "languages",
    "back",
    "page:1",
    "lower",
    "more_time",
    "done",
    "nothing",
)
ids = st.integers(1, 6).map(lambda number: CommandId(f"command-{number}"))
events: st.SearchStrategy[Event] = st.one_of(
    st.sampled_from(KEYS).map(lambda key: Touched(key, CommandId(""))),
    st.just(TimePassed()),
    st.sampled_from(Link).map(LinkChanged),
    st.sampled_from((0, 1, 6)).map(lambda count: HallChanged(DAY, site(), departments(count))),
    ids.map(lambda each: Answered(each, answer(f"A{each[-1]}"))),
    st.builds(IssueRefused, ids, st.sampled_from(("department_closed", "wrong_key", "too_late"))),
    ids.map(NotRemembered),
    st.builds(PrintMoved, ids, st.floats(0, 1)),
    ids.map(Printed),
    st.builds(NotPrinted, ids, st.sampled_from(Trouble)),
)
moments = st.lists(st.tuples(st.sampled_from((0.0, 0.5, 3.5, 13.0, 31.0)), events), max_size=40)


class Life:
    """One kiosk through a random day, with restarts: keeps what was remembered, counts what was printed."""

    def __init__(self) -> None:
        self.now, self.touches, self.state = 0.0, 0, flow.start(0.0)
        self.store: dict[CommandId, object] = {}
        self.printed: list[CommandId] = []
        self.tell(HallChanged(DAY, site(), departments()))
        self.tell(LinkChanged(Link.UP))

    def tell(self, event: Event) -> None:
        if isinstance(event, Touched):
            self.touches += 1
            event = Touched(event.key, CommandId(f"command-{self.touches}"))
        self.state, effects = flow.step(self.state, event, self.now, RULES)
        for effect in effects:
            self.do(effect)

    def do(self, effect: Effect) -> None:
        match effect:
            case Remember(pending):
                self.store[pending.command_id] = pending
            case Forget(command_id):
                self.store.pop(command_id, None)
            case Issue(command_id):
                assert command_id in self.store
            case Print(pending):
                assert self.store[pending.command_id] == pending
                assert pending.answer is not None
                self.printed.append(pending.command_id)

    def restart(self) -> None:
        self.state = flow.start(self.now)
        self.tell(HallChanged(DAY, site(), departments()))
        self.tell(Restored(tuple(self.store.values())))


@settings(max_examples=300, deadline=None)
@given(moments, st.sets(st.integers(0, 39), max_size=3))
def test_no_ticket_is_printed_twice_and_none_without_a_note(story, restarts):
    life = Life()
    for number, (seconds, event) in enumerate(story):
        life.now += seconds
        life.tell(event)
        if number in restarts:
            life.restart()
        assert len(life.printed) == len(set(life.printed))


@settings(max_examples=300, deadline=None)
@given(moments)
def test_time_alone_always_leads_back_to_rest(story):
    life = Life()
    for seconds, event in story:
        life.now += seconds
        life.tell(event)
    for _ in range(20 + 2 * len(life.state.pendings)):
        due = flow.deadline(life.state, RULES)
        if due is None:
            break
        life.now = max(life.now, due)
        life.tell(TimePassed())
    assert life.state.front.name in {"attract", "out_of_service"}
    assert flow.deadline(life.state, RULES) is None
