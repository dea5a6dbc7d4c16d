"""Whatever is asked in whatever order: invariants of the whole clinic (Hypothesis state machine)."""

from clinic_script import ClinicScript, department, room
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hub.domain.clinic import twin
from hub.domain.queues import waiting_in_order
from smartqueue.terms import Outcome, Priority, TokenState

ROOMS = ("3", "4", "6")
IN_ROOM = (TokenState.CALLED, TokenState.SERVING)


class ClinicMachine(RuleBasedStateMachine):
    @initialize()
    def opens(self):
        self.clinic = ClinicScript().configure(
            department("medicine", "A"),
            department("laboratory", "H"),
            rooms=(room("3", "medicine"), room("4", "medicine"), room("6", "medicine", "laboratory")),
        )

    @rule(
        where=st.sampled_from(["medicine", "laboratory"]),
        priority=st.sampled_from([None, *Priority]),
        s=st.floats(0, 900),
    )
    def somebody_takes_a_ticket(self, where, priority, s):
        assert self.clinic.issue(where, priority=priority, after_s=s) is not None

    @rule(number=st.sampled_from(ROOMS), s=st.floats(0, 40), outcome=st.sampled_from([None, None, Outcome.NO_SHOW]))
    def somebody_presses_next(self, number, s, outcome):
        self.clinic.press(number, after_s=s, outcome=outcome)
        assert self.clinic.refused in {None, "confirm_no_show", "nothing_to_confirm"}

    @rule(verb=st.sampled_from(["recall", "start", "finish", "no_show", "cancel"]), which=st.integers(0, 30))
    def something_is_done_with_a_token(self, verb, which):
        tokens = list(self.clinic.state.tokens.values())
        if tokens:
            getattr(self.clinic, verb)(tokens[which % len(tokens)].label, after_s=1)
            assert self.clinic.refused in {None, "impossible_transition"}

    @rule()
    def a_day_goes_by(self):
        self.clinic.pass_time(24 * 3600)
        self.clinic.issue()

    @invariant()
    def every_open_token_has_exactly_one_place(self):
        state = self.clinic.state
        queued = [token for queue in state.queues.values() for token in waiting_in_order(queue)]
        in_rooms = [desk.current for desk in state.desks.values() if desk.current is not None]
        assert len(set(queued)) == len(queued)
        assert len(set(in_rooms)) == len(in_rooms)
        assert set(queued) == {t.id for t in state.tokens.values() if t.state is TokenState.WAITING}
        assert set(in_rooms) == {t.id for t in state.tokens.values() if t.state in IN_ROOM}

    @invariant()
    def labels_are_dense_and_never_twice(self):
        for identifier, configured in self.clinic.state.departments.items():
            labels = [t.label for t in self.clinic.state.tokens.values() if t.department == identifier]
            assert labels == [f"{configured.letter}{n:03}" for n in range(1, len(labels) + 1)]

    @invariant()
    def a_twin_is_equal_and_goes_its_own_way(self):
        before = twin(self.clinic.state)
        assert before == self.clinic.state
        self.clinic.issue()
        assert before != self.clinic.state
        assert twin(before) == before

    @invariant()
    def the_same_events_give_the_same_state(self):
        assert self.clinic.replayed() == self.clinic.state


TestClinicMachine = ClinicMachine.TestCase
TestClinicMachine.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
