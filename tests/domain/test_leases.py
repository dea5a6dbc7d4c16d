"""Blocks of numbers for kiosks that are alone: granted, merged once, revoked, late (queue-rules, Numbering, Lease)."""

import pytest
from clinic_script import ClinicScript, department, room, step, visit_type

from hub.domain.commands import ForgetUnit, MergeTokens
from hub.domain.events import DayClosed, DayOpened, LateTokensReported, LeaseGranted, LeaseRevoked, TokenIssued
from hub.domain.results import MergeDone
from smartqueue.terms import Instant, LeaseId, Need, Priority, TokenState, UnitName, VisitTypeId

MINUTE = 60
DAY = 24 * 3600


@pytest.fixture
def emergency() -> ClinicScript:
    """Emergency (W) never closes; medicine (A) does."""
    return ClinicScript().configure(
        department("emergency", "W", always_open=True),
        department("medicine", "A"),
        rooms=(room("1", "emergency"), room("3", "medicine")),
    )


def outcomes(done: MergeDone) -> list[tuple[str, bool, bool, bool]]:
    """Label, joined, repeated, conflict."""
    return [(one.label, one.joined, one.repeated, one.conflict) for one in done.tokens]


def alive(clinic: ClinicScript) -> list[str]:
    waiting = (TokenState.WAITING, TokenState.CALLED, TokenState.SERVING, TokenState.PARKED)
    return [token.label for token in clinic.state.tokens.values() if token.state in waiting]


def issue_many(clinic: ClinicScript, times: int, where: str = "medicine") -> list[str | None]:
    return [clinic.issue(where) for _ in range(times)]


# --- granted ------------------------------------------------------------------------------------------


def test_a_block_is_of_one_kiosk_department_and_day(clinic):
    lease = clinic.lease(clinic.kiosk())
    assert (lease.department, lease.day, lease.letter, lease.first, lease.last) == (
        "medicine",
        "2026-03-02",
        "A",
        501,
        550,
    )


def test_two_kiosks_and_two_days_have_blocks_that_share_no_number(clinic):
    first, second = clinic.kiosk("one"), clinic.kiosk("two")
    leases = [clinic.lease(kiosk, tomorrow=tomorrow) for kiosk in (first, second) for tomorrow in (False, True)]
    numbers = [number for lease in leases for number in range(lease.first, lease.last + 1)]
    assert len(set(numbers)) == len(numbers) == 200
    assert [lease.day for lease in leases] == ["2026-03-02", "2026-03-03"] * 2


def test_each_department_has_blocks_of_its_own(clinic):
    kiosk = clinic.kiosk()
    assert clinic.lease(kiosk, "medicine").first == clinic.lease(kiosk, "laboratory").first == 501


def test_asking_again_gives_the_same_block_while_half_of_it_is_left(clinic):
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    clinic.merge(lease, kiosk, *(clinic.offline(501 + n) for n in range(25)))
    again = clinic.lease(kiosk)
    assert (again.lease, again.used) == (lease.lease, tuple(range(501, 526)))
    assert len(clinic.happened(LeaseGranted)) == 1
    clinic.merge(lease, kiosk, clinic.offline(526))
    assert clinic.lease(kiosk).first == 551


def test_the_series_leaves_a_block_out_all_day_and_is_dense_around_it(clinic):
    clinic.lease(clinic.kiosk())
    labels = issue_many(clinic, 503)
    assert labels[:500] == [f"A{n:03}" for n in range(1, 501)]
    assert labels[500:] == ["A551", "A552", "A553"]


def test_a_revoked_block_is_burnt(clinic):
    kiosk = clinic.kiosk()
    clinic.lease(kiosk)
    issue_many(clinic, 500)
    clinic.do(ForgetUnit(kiosk))
    assert clinic.issue() == "A551"


def test_a_block_begins_behind_what_the_series_has_reached(clinic):
    kiosk = clinic.kiosk()
    issue_many(clinic, 505)
    assert clinic.lease(kiosk).first == 551
    assert clinic.issue() == "A506"
    assert issue_many(clinic, 45)[-1] == "A601", "506 to 550, then behind the block"


def test_a_block_names_the_numbers_that_are_skipped():
    clinic = ClinicScript().configure(department("medicine", "A"), skip_numbers=(13, 513, 550))
    assert clinic.lease(clinic.kiosk()).skip == (513, 550)


def test_unknown_kiosks_and_departments_get_no_block(clinic):
    clinic.lease("nobody")
    assert clinic.refused == "unknown_unit"
    clinic.lease(clinic.kiosk(), "dentist")
    assert clinic.refused == "unknown_department"


def test_tomorrows_block_counts_tomorrow(clinic):
    kiosk = clinic.kiosk()
    tomorrow = clinic.lease(kiosk, tomorrow=True)
    clinic.until("04:00").until("08:00")
    assert clinic.lease(kiosk).lease == tomorrow.lease
    done = clinic.merge(tomorrow, kiosk, clinic.offline(501))
    assert outcomes(done) == [("A501", True, False, False)]
    assert issue_many(clinic, 501)[-1] == "A551"


# --- merged -------------------------------------------------------------------------------------------


def test_what_a_kiosk_issued_alone_joins_by_its_time(clinic):
    kiosk = clinic.kiosk()
    lease, contact = clinic.lease(kiosk), clinic.now
    clinic.issue(after_s=MINUTE)
    early, late = Instant(contact + 30_000), Instant(contact + 90_000)
    clinic.issue(after_s=2 * MINUTE)
    tokens = [clinic.offline(502, issued_at=late), clinic.offline(501, issued_at=early)]
    clinic.merge(lease, kiosk, *tokens, last_contact=contact)
    assert clinic.queue() == ["A501", "A001", "A502", "A002"]
    token = clinic.token("A501")
    assert (token.base, token.entered_at, token.issued_at, token.first_base) == (early,) * 4


@pytest.mark.parametrize(
    ("kiosk_clock_s", "joins_at_s"),
    [(-3600, 60), (60, 60), (200, 200), (600, 600), (7200, 600)],
    ids=["an hour slow", "at the last contact", "right", "at the merge", "two hours fast"],
)
def test_the_kiosks_time_is_clamped_to_last_contact_and_merge(clinic, kiosk_clock_s, joins_at_s):
    kiosk, began = clinic.kiosk(), clinic.now
    lease = clinic.lease(kiosk)
    clinic.pass_time(600)
    token = clinic.offline(501, issued_at=Instant(began + kiosk_clock_s * 1000))
    clinic.merge(lease, kiosk, token, last_contact=Instant(began + 60_000))
    assert clinic.token("A501").base == began + joins_at_s * 1000


def test_those_clamped_to_the_same_instant_keep_the_order_in_which_they_were_issued(clinic):
    kiosk, hour_ago = clinic.kiosk(), clinic.now - 3_600_000
    lease = clinic.lease(kiosk)
    later, sooner = (clinic.offline(number, issued_at=Instant(hour_ago + number)) for number in (502, 501))
    clinic.merge(lease, kiosk, later, sooner, last_contact=clinic.now)
    assert clinic.queue() == ["A501", "A502"]


def test_a_last_contact_ahead_of_the_merge_is_the_merge(clinic):
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    clinic.merge(lease, kiosk, clinic.offline(501), last_contact=Instant(clinic.now + 60_000))
    assert clinic.token("A501").base == clinic.now


def test_a_merge_that_is_sent_again_changes_nothing(clinic):
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    tokens = (clinic.offline(501), clinic.offline(502))
    first = clinic.merge(lease, kiosk, *tokens)
    before = clinic.seq
    again = clinic.merge(lease, kiosk, *tokens, clinic.offline(503))
    assert [one[1:] for one in outcomes(again)] == [(True, True, False), (True, True, False), (True, False, False)]
    assert [one.token for one in again.tokens[:2]] == [one.token for one in first.tokens]
    assert (clinic.seq - before, clinic.queue()) == (1, ["A501", "A502", "A503"])


def test_a_repeat_with_new_ids_joins_nobody_twice(clinic):
    """The hub makes a new token id for each request; the touch's command id is what stays."""
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    clinic.merge(lease, kiosk, clinic.offline(501))
    again = clinic.merge(lease, kiosk, clinic.offline(501))
    assert outcomes(again) == [("A501", True, True, False)]
    assert clinic.queue() == ["A501"]


def test_two_in_one_merge_with_one_number_are_the_same_touch_or_a_conflict(clinic):
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    same, other = clinic.offline(501), clinic.offline(501, command_id="another-touch")
    done = clinic.merge(lease, kiosk, same, clinic.offline(501), other)
    assert [one.conflict for one in done.tokens] == [False, False, True]
    assert [one.joined for one in done.tokens] == [True, True, False]
    assert clinic.queue() == ["A501"]


def test_a_number_of_another_touch_or_outside_the_block_is_a_conflict_and_holds_up_no_other(clinic):
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    clinic.merge(lease, kiosk, clinic.offline(501))
    tokens = (clinic.offline(501, command_id="other"), clinic.offline(500), clinic.offline(551), clinic.offline(502))
    done = clinic.merge(lease, kiosk, *tokens)
    assert [one.conflict for one in done.tokens] == [True, True, True, False]
    assert clinic.queue() == ["A501", "A502"]
    assert alive(clinic) == ["A501", "A502"]


def test_needs_of_offline_tokens_give_priority_and_a_lost_visit_type_is_no_obstacle(clinic):
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    token = clinic.offline(501, needs=(Need.PREGNANT,), visit_type=VisitTypeId("gone"))
    clinic.merge(lease, kiosk, token)
    merged = clinic.token("A501")
    assert (merged.priority, merged.plan) == (Priority.HIGH, ())


def test_the_visit_type_of_an_offline_token_plans_its_steps():
    both = visit_type("both", step("laboratory"))
    clinic = ClinicScript().configure(department("medicine", "A", visit_types=(both,)), department("laboratory", "H"))
    kiosk = clinic.kiosk()
    clinic.merge(clinic.lease(kiosk), kiosk, clinic.offline(501, visit_type=VisitTypeId("both")))
    assert clinic.token("A501").plan == (step("laboratory"),)


def test_a_merge_neither_moves_the_series_nor_asks_about_quota_or_hours():
    clinic = ClinicScript().configure(
        department("medicine", "A", quota=2, opens=8 * 60, closes=17 * 60), rooms=(room("3", "medicine"),)
    )
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    clinic.issue()
    clinic.until("17:01")
    clinic.merge(lease, kiosk, *(clinic.offline(501 + n) for n in range(3)))
    assert clinic.queue() == ["A001", "A501", "A502", "A503"]
    clinic.until("08:00")
    assert clinic.issue() == "A001"


def test_only_the_kiosk_that_was_given_a_block_merges_from_it(clinic):
    one, two = clinic.kiosk("one"), clinic.kiosk("two")
    lease = clinic.lease(one)
    clinic.merge(lease, two, clinic.offline(501))
    assert clinic.refused == "wrong_lease"
    clinic.do(MergeTokens(LeaseId("never"), UnitName("one"), clinic.now, (clinic.offline(501),)))
    assert clinic.refused == "unknown_lease"


def test_forgetting_a_kiosk_revokes_its_blocks_today_and_tomorrow(clinic):
    one, two = clinic.kiosk("one"), clinic.kiosk("two")
    today, tomorrow, other = clinic.lease(one), clinic.lease(one, tomorrow=True), clinic.lease(two)
    clinic.do(ForgetUnit(one))
    assert [event.lease for event in clinic.happened(LeaseRevoked)] == [today.lease, tomorrow.lease]
    clinic.merge(today, one, clinic.offline(501))
    assert clinic.refused == "lease_revoked"
    clinic.merge(other, two, clinic.offline(other.first))
    assert clinic.refused is None


def test_a_kiosk_that_is_admitted_again_gets_another_block(clinic):
    lease = clinic.lease(clinic.kiosk())
    clinic.do(ForgetUnit(UnitName("kiosk-1")))
    assert clinic.lease(clinic.kiosk()).first == lease.last + 1


# --- days ---------------------------------------------------------------------------------------------


def test_what_comes_after_the_day_was_over_ends_unserved_and_is_reported_once(clinic):
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    clinic.until("04:00").until("08:00")
    tokens = (clinic.offline(501), clinic.offline(502))
    done = clinic.merge(lease, kiosk, *tokens)
    assert outcomes(done) == [("A501", False, False, False), ("A502", False, False, False)]
    assert (clinic.queue(), [one.token for one in done.tokens]) == ([], [None, None])
    again = clinic.merge(lease, kiosk, *tokens, clinic.offline(503))
    assert [one.repeated for one in again.tokens] == [True, True, False]
    reported = clinic.happened(LateTokensReported)
    assert [(event.numbers, event.day) for event in reported] == [((501, 502), "2026-03-02"), ((503,), "2026-03-02")]


def test_a_merge_half_done_before_the_day_ended_is_known_on_the_next(clinic):
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    first = clinic.offline(501)
    clinic.merge(lease, kiosk, first)
    clinic.until("04:00").until("08:00")
    done = clinic.merge(lease, kiosk, first, clinic.offline(502))
    assert [(one.joined, one.repeated) for one in done.tokens] == [(True, True), (False, False)]


def test_where_tokens_live_on_one_that_comes_late_still_joins(emergency):
    kiosk = emergency.kiosk()
    lease = emergency.lease(kiosk, "emergency")
    emergency.until("03:50")
    contact = emergency.now
    emergency.pass_time(20 * MINUTE)
    token = emergency.offline(501, issued_at=Instant(contact + 300_000))
    done = emergency.merge(lease, kiosk, token, last_contact=contact)
    assert outcomes(done) == [("W501", True, False, False)]
    assert emergency.token("W501").base == contact + 300_000


def test_labels_that_live_on_are_skipped_by_the_new_series_and_the_new_blocks(emergency):
    kiosk = emergency.kiosk()
    lease = emergency.lease(kiosk, "emergency")
    issue_many(emergency, 3, "emergency")
    emergency.merge(lease, kiosk, emergency.offline(501))
    emergency.until("03:00")
    for label in ("W001", "W003"):
        emergency.cancel(label)
    emergency.until("04:00").until("08:00")
    assert emergency.queue("emergency") == ["W002", "W501"]
    assert issue_many(emergency, 2, "emergency") == ["W001", "W003"]
    tomorrow = emergency.lease(kiosk, "emergency")
    assert not tomorrow.first <= 501 <= tomorrow.last
    assert len(set(alive(emergency))) == len(alive(emergency))


def test_where_tokens_live_on_todays_series_leaves_out_blocks_of_yesterday_and_tomorrow(emergency):
    kiosk = emergency.kiosk()
    today, tomorrow = emergency.lease(kiosk, "emergency"), emergency.lease(kiosk, "emergency", tomorrow=True)
    assert (today.last, tomorrow.first) == (550, 551)
    emergency.until("04:00").until("08:00")
    assert issue_many(emergency, 501, "emergency")[-1] == "W601"
    emergency.merge(today, kiosk, emergency.offline(501))
    emergency.merge(tomorrow, kiosk, emergency.offline(551))
    assert len(set(alive(emergency))) == len(alive(emergency)) == 503


def test_elsewhere_yesterdays_block_is_free_again(clinic):
    clinic.lease(clinic.kiosk())
    clinic.until("04:00").until("08:00")
    assert issue_many(clinic, 501)[-1] == "A501"


def test_a_kiosk_whose_hub_was_away_for_days_still_reports_what_it_gave_out(clinic):
    kiosk = clinic.kiosk()
    today, tomorrow = clinic.lease(kiosk), clinic.lease(kiosk, tomorrow=True)
    clinic.pass_time(4 * DAY)
    done = clinic.merge(today, kiosk, clinic.offline(501))
    assert outcomes(done) == [("A501", False, False, False)]
    done = clinic.merge(tomorrow, kiosk, clinic.offline(551))
    assert outcomes(done) == [("A551", False, False, False)]
    assert [event.day for event in clinic.happened(LateTokensReported)] == ["2026-03-02", "2026-03-03"]


def test_blocks_are_known_for_a_day_after_theirs(clinic):
    kiosk = clinic.kiosk()
    lease = clinic.lease(kiosk)
    clinic.until("04:00").until("03:00")
    assert [known.id for known in clinic.happened(DayOpened)[-1].leases] == [lease.lease]
    clinic.until("04:00")
    clinic.merge(lease, kiosk, clinic.offline(501))
    assert clinic.refused == "unknown_lease"


def test_the_day_that_opens_knows_what_was_used(emergency):
    kiosk = emergency.kiosk()
    lease = emergency.lease(kiosk, "emergency")
    emergency.merge(lease, kiosk, emergency.offline(501))
    emergency.until("04:00")
    (known,) = emergency.happened(DayOpened)[-1].leases
    assert list(known.used) == [501]
    assert emergency.happened(DayClosed)[-1].carried == (known.used[501][1],)
    emergency.merge(lease, kiosk, emergency.offline(501))
    assert len(emergency.happened(TokenIssued)) == 1
