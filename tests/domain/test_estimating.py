"""What is promised: cold start first, then the throughput of the last hour (queue-rules, Estimates)."""

import pytest
from clinic_script import ClinicScript, department, doctor, room

from hub.domain.clinic import Flow
from hub.domain.estimates import newcomer, of_token, shown
from hub.domain.events import Promise, TokenIssued
from hub.domain.flows import longest_usual_ms
from hub.domain.throughput import wait_quantiles
from smartqueue.terms import ChoiceReason, DepartmentId, EstimateMethod, Outcome, Priority

MINUTE, HOUR = 60, 3600
MEDICINE, LABORATORY = DepartmentId("medicine"), DepartmentId("laboratory")
COLD, THROUGHPUT = EstimateMethod.COLD, EstimateMethod.THROUGHPUT


@pytest.fixture
def one_room() -> ClinicScript:
    """Medicine (A, 10 minutes) in room 3 alone."""
    return ClinicScript().configure(department("medicine", "A"), rooms=(room("3", "medicine"),))


def serve(clinic: ClinicScript, times: int, *, minutes: float = 10, number: str = "3", where: str = "medicine") -> None:
    """Each from the call to the finish in so many minutes."""
    for _ in range(times):
        clinic.issue(where)
        clinic.serve(number, walk_s=10, service_s=minutes * MINUTE - 10)


def now(clinic: ClinicScript, where: DepartmentId = MEDICINE) -> Promise | None:
    return newcomer(clinic.state, where, clinic.now)


def promised(n: int, k: int, busy_min: float, prior_min: float, rate: float) -> tuple[int, ...]:
    return wait_quantiles(n, k, busy_min, prior_min, rate)


def quantiles(promise: Promise | None) -> tuple[int, ...]:
    assert promise is not None
    return promise.q10, promise.q20, promise.q50, promise.q85, promise.q90


def flow(clinic: ClinicScript, where: DepartmentId = MEDICINE) -> Flow:
    return clinic.state.flows[where]


# --- cold start ---------------------------------------------------------------------------------------


def test_the_range_is_half_to_twice_the_configured_minutes_per_open_room(clinic):
    for _ in range(6):
        clinic.issue()
    promise = now(clinic)
    assert (promise.q20, promise.q85) == (6 * 600 // 3 // 2, 6 * 600 // 3 * 2)
    assert (promise.method, promise.ahead) == (COLD, 6)


def test_without_an_open_room_there_is_no_range(clinic):
    for number in ("3", "4"):
        clinic.pause_room(number)
    clinic.close_room("6")
    assert now(clinic) is None
    clinic.issue()
    issued = clinic.happened(TokenIssued)[-1]
    assert (issued.promise, issued.low_s, issued.ahead) == (None, None, 0)


def test_a_paused_room_counts_for_nothing_until_it_is_open_again(clinic):
    for _ in range(6):
        clinic.issue()
    clinic.pause_room("3", back_in_min=5)
    assert now(clinic).q50 == 6 * 600 // 2
    clinic.open_room("3")
    assert now(clinic).q50 == 6 * 600 // 3


def test_nobody_ahead_is_no_wait(clinic):
    assert quantiles(now(clinic)) == (0, 0, 0, 0, 0)


# --- from cold to throughput --------------------------------------------------------------------------


def test_after_five_were_served_today_the_throughput_counts(one_room):
    serve(one_room, 4)
    assert now(one_room).method is COLD
    serve(one_room, 1)
    assert now(one_room).method is THROUGHPUT


def test_what_was_served_yesterday_counts_as_history(one_room):
    serve(one_room, 5, minutes=4)
    one_room.until("04:00").until("08:00")
    one_room.issue()
    promise = now(one_room)
    assert promise.method is THROUGHPUT
    assert quantiles(promise) == promised(1, 0, 0, 4, 1), "what was learned is the prior mean; today is empty yet"


def test_a_short_yesterday_is_remembered_until_it_is_enough(one_room):
    serve(one_room, 3)
    one_room.until("04:00").until("08:00")
    assert now(one_room).method is COLD
    one_room.until("04:00").until("08:00")
    serve(one_room, 5)
    one_room.until("04:00").until("08:00")
    assert flow(one_room).learned == 8


# --- k, b, s0, n and r --------------------------------------------------------------------------------


def test_departures_and_their_busy_minutes_of_the_last_hour_make_the_estimate(one_room):
    serve(one_room, 5, minutes=6)
    one_room.issue()
    one_room.issue()
    assert quantiles(now(one_room)) == promised(2, 5, 30, 10, 1)


def test_departures_of_more_than_an_hour_ago_no_longer_count(one_room):
    serve(one_room, 3, minutes=6)
    one_room.pass_time(50 * MINUTE)
    serve(one_room, 2, minutes=6)
    one_room.issue()
    assert quantiles(now(one_room)) == promised(1, 2, 12, 10, 1)


@pytest.mark.parametrize("ask", ["board", "newcomer", "token", "check-in"])
def test_after_a_quiet_hour_nothing_counts_but_the_prior(one_room, ask):
    serve(one_room, 5, minutes=6)
    one_room.issue()
    booked = one_room.book("23:00")
    one_room.pass_time(2 * HOUR)
    if ask == "board":
        made = now(one_room)
    elif ask == "newcomer":
        one_room.issue()
        made = one_room.happened(TokenIssued)[-1].promise
    elif ask == "check-in":
        one_room.check_in(booked)
        made = one_room.happened(TokenIssued)[-1].promise
    else:
        made = of_token(one_room.state, one_room.token("A006"), one_room.now)[1]
    assert quantiles(made) == promised(0 if ask == "token" else 1, 0, 0, 10, 1)


def test_one_more_has_to_leave_where_every_room_is_busy(one_room):
    serve(one_room, 5, minutes=6)
    one_room.issue()
    one_room.press("3", after_s=0)
    assert quantiles(now(one_room)) == promised(1, 5, 30, 10, 1)
    assert now(one_room).ahead == 0


def test_with_a_room_free_and_nobody_ahead_there_is_no_wait(clinic):
    serve(clinic, 5)
    clinic.issue()
    clinic.press("3", after_s=0)
    assert quantiles(now(clinic)) == (0, 0, 0, 0, 0)


def test_each_open_room_adds_its_rate(clinic):
    serve(clinic, 5, minutes=6)
    clinic.assign("6", None, "medicine")
    clinic.issue()
    assert quantiles(now(clinic)) == promised(1, 5, 30, 10, 3)
    clinic.close_room("4")
    assert quantiles(now(clinic)) == promised(1, 5, 30, 10, 2)


def test_a_room_of_two_departments_counts_half_until_five_calls(clinic):
    serve(clinic, 5, minutes=6)
    clinic.issue()
    assert quantiles(now(clinic)) == promised(1, 5, 30, 10, 2.5)


def test_from_five_calls_on_it_counts_by_its_busy_minutes():
    clinic = ClinicScript().configure(
        department("medicine", "A"),
        department("laboratory", "H"),
        rooms=(room("6", "medicine", "laboratory"),),
    )
    for where, minutes in (("medicine", 6), ("laboratory", 3), ("medicine", 6), ("laboratory", 3)):
        serve(clinic, 1, minutes=minutes, number="6", where=where)
    serve(clinic, 3, minutes=6, number="6")
    clinic.issue()
    assert quantiles(now(clinic)) == promised(1, 5, 30, 10, 30 / 36)


def test_ahead_is_who_is_ordered_before_and_could_be_called_by_such_a_room(practice):
    practice.issue(doctor="ada")
    practice.issue(doctor="ben")
    practice.issue()
    for number in ("3", "5"):
        practice.close_room(number)
    assert now(practice).ahead == 2, "nobody can call who waits for Ada"
    practice.issue(doctor="ben")
    assert practice.happened(TokenIssued)[-1].promise.ahead == 2
    practice.issue(doctor="ada")
    assert practice.happened(TokenIssued)[-1].promise is None


def test_ahead_counts_by_priority(clinic):
    clinic.issue()
    clinic.issue(priority=Priority.HIGH)
    assert clinic.happened(TokenIssued)[-1].promise.ahead == 0
    clinic.issue(priority=Priority.EMERGENCY)
    assert clinic.happened(TokenIssued)[-1].promise.ahead == 0
    assert now(clinic).ahead == 3


# --- what is counted ----------------------------------------------------------------------------------


def test_an_implied_start_counts_in_throughput_but_not_in_service_times(one_room):
    one_room.issue()
    one_room.issue()
    one_room.press("3")
    one_room.press("3", after_s=7 * MINUTE)
    assert (len(flow(one_room).departures), flow(one_room).busy_ms) == (1, 7 * MINUTE * 1000), "from call to finish"
    assert list(flow(one_room).services) == []
    one_room.start("A002", after_s=30)
    one_room.finish("A002", after_s=5 * MINUTE)
    assert list(flow(one_room).services) == [5 * MINUTE * 1000], "from start to finish"


@pytest.mark.parametrize("usual", [9, 10])
def test_a_forgotten_finish_is_left_out_once_ten_services_tell_what_is_usual(one_room, usual):
    serve(one_room, usual, minutes=5)
    one_room.issue()
    one_room.serve("3", walk_s=10, service_s=20 * MINUTE)
    known = usual + 1 if usual < 10 else usual
    assert (flow(one_room).served, len(flow(one_room).services)) == (known, known)


def test_still_in_the_room_is_asked_after_three_times_the_ninetieth_percentile(one_room):
    for seconds in (*range(100, 1000, 100), 5000):
        one_room.issue()
        one_room.serve("3", walk_s=0, service_s=seconds)
    assert longest_usual_ms(flow(one_room)) == 3 * 900 * 1000


def test_trials_teach_nothing(one_room):
    for _ in range(6):
        one_room.issue(trial=True)
        one_room.serve("3")
    assert (flow(one_room).served, list(flow(one_room).hits)) == (0, [])


def test_an_undone_finish_teaches_nothing(one_room):
    one_room.issue()
    one_room.serve("3")
    one_room.undo("3")
    assert (flow(one_room).served, flow(one_room).busy_ms, list(flow(one_room).services)) == (0, 0, [])


# --- what was promised is scored ----------------------------------------------------------------------


def test_what_was_promised_is_stored_with_the_token(one_room):
    one_room.issue()
    one_room.issue()
    promise = one_room.happened(TokenIssued)[-1].promise
    assert one_room.token("A002").promise == promise == Promise(300, 300, 600, 1200, 1200, COLD, 1)


@pytest.mark.parametrize(
    ("called_after_s", "held"),
    [(299, False), (300, True), (1200, True), (1201, False)],
    ids=["early", "q10", "q90", "late"],
)
def test_it_is_scored_when_the_token_is_called_by_the_unrounded_q10_to_q90(one_room, called_after_s, held):
    one_room.issue()
    one_room.press("3")
    one_room.issue()
    one_room.issue()
    one_room.call("A003", after_s=called_after_s)
    assert list(flow(one_room).hits) == [held]


def test_it_is_scored_once(one_room):
    one_room.issue()
    one_room.issue()
    one_room.press("3", after_s=0)
    one_room.press("3", after_s=600)
    one_room.press("3", after_s=600, outcome=Outcome.NO_SHOW)
    one_room.come_back("A002")
    one_room.press("3")
    assert len(flow(one_room).hits) == 1, "A001 was promised no wait at all, which is not scored"


@pytest.mark.parametrize("away", ["park", "transfer"])
def test_what_went_elsewhere_is_not_held_to_its_promise(clinic, away):
    clinic.issue()
    clinic.issue()
    if away == "park":
        clinic.park("A002")
        clinic.resume("A002", after_s=600)
    else:
        clinic.transfer("A002", "laboratory")
    clinic.call("A002", "6", reason=ChoiceReason.OTHER)
    assert [list(flow(clinic, where).hits) for where in (MEDICINE, LABORATORY)] == [[], []]


@pytest.mark.parametrize(
    ("hits", "calls", "is_shown"),
    [(129, 200, False), (130, 200, True), (184, 200, True), (185, 200, False), (199, 199, True), (0, 199, True)],
)
def test_ranges_are_hidden_while_the_last_two_hundred_were_covered_too_seldom_or_too_often(
    one_room, hits, calls, is_shown
):
    one_room.issue()
    flow(one_room).hits.extend([True] * hits + [False] * (calls - hits))
    assert (shown(one_room.state, MEDICINE, now(one_room)) is not None) is is_shown
    one_room.issue()
    issued = one_room.happened(TokenIssued)[-1]
    assert (issued.low_s is not None, issued.promise is not None) == (is_shown, True), "it is promised and scored on"


def test_only_the_last_two_hundred_calls_count(one_room):
    one_room.issue()
    flow(one_room).hits.extend([False] * 200)
    flow(one_room).hits.extend([True] * 130)
    assert shown(one_room.state, MEDICINE, now(one_room)) is not None


def test_what_was_scored_is_known_on_the_next_day(one_room):
    one_room.issue()
    one_room.issue()
    one_room.press("3", after_s=0)
    one_room.press("3", after_s=600)
    one_room.until("04:00").until("08:00")
    assert list(flow(one_room).hits) == [True]


def test_estimates_differ_between_doctors():
    clinic = ClinicScript().configure(
        department("medicine", "A"),
        rooms=(room("3", "medicine"), room("4", "medicine")),
        operators=(doctor("ada", "3"), doctor("ben", "4")),
    )
    for _ in range(4):
        clinic.issue(doctor="ada")
    assert clinic.happened(TokenIssued)[-1].promise.q50 == 3 * 600, "only Ada's room"
    clinic.issue(doctor="ben")
    assert clinic.happened(TokenIssued)[-1].promise.q50 == 0
