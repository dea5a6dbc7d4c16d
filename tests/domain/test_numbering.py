"""Labels, series and clinic days (queue-rules, Numbering)."""

from datetime import UTC, datetime

import pytest
from clinic_script import ClinicScript, department, doctor, kinds, room, site

from hub.clock import HubClock
from hub.domain.clinic import Clinic
from hub.domain.clinic_day import day_of, end_of, start_of
from hub.domain.events import DayClosed, DayOpened, TokenIssued
from hub.domain.evolve import evolve
from hub.domain.numbering import as_typed, default_letters
from smartqueue.terms import Day, Instant, Priority, Tick, TokenState

HOUR = 3600
DAY = 24 * HOUR
BERLIN = "Europe/Berlin"


def at(*parts: int) -> Instant:
    """UTC."""
    return Instant(int(datetime(*parts, tzinfo=UTC).timestamp() * 1000))


def clinic_at(moment: Instant, **more: object) -> ClinicScript:
    """Medicine (A), open around the clock, from that moment on."""
    clinic = ClinicScript()
    clinic.now = moment
    return clinic.configure(department("medicine", "A"), rooms=(room("3", "medicine"),), **more)


def hospital() -> ClinicScript:
    """Emergency (W) never closes; medicine (A) does."""
    return ClinicScript().configure(
        department("emergency", "W", always_open=True),
        department("medicine", "A"),
        rooms=(room("1", "emergency"), room("3", "medicine")),
        operators=(doctor("ada", "1"),),
    )


# --- labels -------------------------------------------------------------------------------------------


def test_a_label_is_the_letter_and_three_digits_and_a_fourth_when_a_day_needs_it(clinic):
    labels = [clinic.issue() for _ in range(1001)]
    assert (labels[0], labels[98], labels[998:]) == ("A001", "A099", ["A999", "A1000", "A1001"])


def test_each_department_has_its_own_series(clinic):
    assert [clinic.issue(where) for where in ("medicine", "laboratory", "medicine")] == ["A001", "H001", "A002"]


def test_what_is_refused_or_cancelled_takes_or_gives_back_no_number(clinic):
    clinic.issue()
    clinic.issue("medicine", doctor="nobody")
    clinic.cancel("A001")
    assert clinic.issue() == "A002"


def test_appointments_transfers_and_returns_keep_to_the_one_series(clinic):
    clinic.issue()
    assert clinic.check_in(clinic.book("09:00")) == "A002"
    clinic.transfer("A001", "laboratory")
    assert (clinic.queue("laboratory"), clinic.issue("laboratory"), clinic.issue()) == (["A001"], "H001", "A003")


def test_the_skip_list_is_skipped_in_every_department():
    clinic = ClinicScript().configure(
        department("medicine", "A"), department("laboratory", "H"), skip_numbers=(1, 13, 14, 666)
    )
    labels = [clinic.issue() for _ in range(663)]
    assert (labels[0], labels[11:13], labels[-1]) == ("A002", ["A015", "A016"], "A667")
    assert clinic.issue("laboratory") == "H002"


def test_a_number_that_is_put_on_the_skip_list_is_skipped_from_then_on(clinic):
    clinic.issue()
    clinic.reconfigure(skip_numbers=(1, 2))
    assert clinic.issue() == "A003"


def test_letters_are_given_out_in_order_then_in_pairs_and_never_look_or_sound_like_others():
    letters = default_letters(11 + 121)
    assert letters[:11] == tuple("AKRXHMLWUFT")
    assert letters[11:14] == ("AA", "AK", "AR")
    assert len(set(letters)) == len(letters)
    assert not set("".join(letters)) & set("IOQSZBDGV")


def test_a_label_with_two_letters():
    clinic = ClinicScript().configure(department("medicine", "AK"))
    assert clinic.issue() == "AK001"


# --- clinic days --------------------------------------------------------------------------------------


def test_a_day_begins_with_its_own_event_and_numbers_begin_anew(clinic):
    clinic.issue()
    clinic.until("03:59")
    assert clinic.issue() == "A002", "until the reset time it is the same day"
    clinic.until("04:00")
    assert kinds(clinic.events)[-2:] == [DayClosed, DayOpened]
    assert (clinic.day(), clinic.issue()) == ("2026-03-03", "A001")


def test_the_reset_time_can_be_set():
    clinic = clinic_at(at(2026, 3, 2, 8, 0), reset_minute=22 * 60 + 30)
    assert (clinic.day(), clinic.issue()) == ("2026-03-01", "A001")
    clinic.until("22:29")
    assert clinic.issue() == "A002"
    clinic.until("22:30")
    assert (clinic.day(), clinic.issue()) == ("2026-03-02", "A001")


def test_the_reset_time_is_local():
    clinic = clinic_at(at(2026, 7, 1, 1, 59), zone=BERLIN)
    assert (clinic.day(), clinic.issue()) == ("2026-06-30", "A001")
    assert clinic.issue(after_s=60) == "A001", "02:00 UTC is 04:00 in summer"


def test_everybody_who_is_open_ends_unserved_and_is_reported(clinic):
    for _ in range(7):
        clinic.issue()
    clinic.presses("3", 2)
    clinic.press("4")
    clinic.start("A003", after_s=10)
    clinic.park("A004")
    clinic.cancel("A005")
    clinic.call("A006", "6")
    clinic.no_show("A006", after_s=30)
    open_ones = [clinic.token(label).id for label in ("A002", "A003", "A004", "A007")]
    closed_states = {label: clinic.token(label).state for label in ("A001", "A005", "A006")}
    clinic.until("04:00")
    closed = clinic.happened(DayClosed)[-1]
    assert (closed.day, list(closed.unserved), closed.carried) == ("2026-03-02", open_ones, ())
    assert list(closed_states.values()) == [TokenState.SERVED, TokenState.CANCELLED, TokenState.NO_SHOW]
    assert (clinic.queue(), clinic.current("3"), clinic.current("4")) == ([], None, None)


def test_days_without_a_hub_are_left_out(clinic):
    clinic.issue()
    clinic.pass_time(5 * DAY)
    assert clinic.issue() == "A001"
    assert [event.day for event in clinic.happened(DayOpened)] == ["2026-03-02", "2026-03-07"]
    assert [event.day for event in clinic.happened(DayClosed)] == ["2026-03-02"]


def test_a_hub_that_was_away_overnight_closes_the_old_day_when_it_is_back(clinic):
    clinic.issue()
    clinic.until("04:00").until("08:00")
    leftover = clinic.happened(DayClosed)[-1].unserved
    assert len(leftover) == 1


# --- departments that never close ---------------------------------------------------------------------


def test_an_always_open_department_carries_everybody_who_is_open_in_their_exact_places():
    clinic = hospital()
    for priority in (None, Priority.HIGH, None, None, Priority.EMERGENCY, None, None):
        clinic.issue("emergency", priority=priority, after_s=60)
    clinic.issue("emergency", doctor="ada")
    clinic.press("1")
    clinic.press("1", after_s=20)
    clinic.start("W002", after_s=5)
    clinic.park("W003")
    clinic.cancel("W006")
    medicine = clinic.issue("medicine")
    before = {t.label: t for t in clinic.state.tokens.values() if t.department == "emergency"}
    order = clinic.queue("emergency")
    clinic.until("04:00")
    assert clinic.queue("emergency") == order == ["W001", "W004", "W007", "W008"]
    assert (clinic.current("1"), clinic.token("W002").state) == ("W002", TokenState.SERVING)
    for label in (*order, "W002", "W003"):
        then, now = before[label], clinic.token(label)
        for name in ("id", "base", "first_base", "entered_at", "entry", "credit_ms", "priority", "doctor", "state"):
            assert getattr(now, name) == getattr(then, name)
    assert medicine not in [token.label for token in clinic.state.tokens.values()]
    closed = clinic.happened(DayClosed)[-1]
    assert (len(closed.carried), len(closed.unserved)) == (6, 1)
    clinic.resume("W003")
    assert clinic.queue("emergency")[1] == "W003"


def test_labels_that_live_on_are_skipped_by_the_new_series():
    clinic = hospital()
    for _ in range(4):
        clinic.issue("emergency")
    clinic.cancel("W001")
    clinic.cancel("W003")
    clinic.until("04:00")
    assert [clinic.issue("emergency") for _ in range(3)] == ["W001", "W003", "W005"]


def test_a_carried_token_goes_on_like_any_other():
    clinic = hospital()
    clinic.issue("emergency")
    clinic.issue("emergency")
    clinic.press("1")
    clinic.until("04:00")
    assert clinic.press("1").label == "W002"
    assert clinic.token("W001").state is TokenState.SERVED
    clinic.transfer("W002", "medicine", after_s=60)
    assert clinic.press("3").label == "W002"


def test_a_token_lives_as_long_as_the_department_where_it_is():
    clinic = hospital()
    clinic.issue("emergency")
    clinic.issue("medicine")
    clinic.transfer("W001", "medicine")
    clinic.transfer("A001", "emergency")
    clinic.until("04:00")
    assert [token.label for token in clinic.state.tokens.values()] == ["A001"]
    assert clinic.issue("medicine") == "A002", "A001 is still alive"


def test_the_replay_of_a_day_starts_at_its_first_event():
    clinic = hospital()
    kiosk = clinic.kiosk()
    for _ in range(7):
        clinic.issue("emergency")
        clinic.serve("1")
    clinic.issue("emergency", priority=Priority.HIGH)
    clinic.lease(kiosk, "emergency", tomorrow=True)
    clinic.close_room("3")
    clinic.until("23:00")
    booked = clinic.book("10:00")
    clinic.until("04:00")
    clinic.check_in(booked)
    clinic.press("1")
    clinic.undo("1")
    clinic.reconfigure(department("medicine", "A", minutes=20))
    start = max(index for index, event in enumerate(clinic.events) if isinstance(event, DayOpened))
    fresh = Clinic()
    for entry in clinic.journal[start:]:
        evolve(fresh, *entry)
    assert fresh == clinic.state


# --- clock changes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("reset", [0, 120, 150, 180, 240], ids=["00:00", "02:00", "02:30", "03:00", "04:00"])
@pytest.mark.parametrize(
    ("first", "change", "hours"), [("2026-03-28", "2026-03-29", 47), ("2026-10-24", "2026-10-25", 49)]
)
def test_two_days_around_a_clock_change_are_an_hour_shorter_or_longer_together(reset, first, change, hours):
    """Also where the reset time lies in the hour that is left out or comes twice."""
    berlin = site(zone=BERLIN, reset_minute=reset)
    assert (end_of(Day(change), berlin) - start_of(Day(first), berlin)) == hours * HOUR * 1000
    assert end_of(Day(first), berlin) == start_of(Day(change), berlin)


@pytest.mark.parametrize("reset", [120, 150, 180, 240])
@pytest.mark.parametrize("night", [(2026, 3, 28, 20, 0), (2026, 10, 24, 20, 0)], ids=["spring", "autumn"])
def test_numbers_begin_anew_once_in_a_night_when_the_clock_changes(reset, night):
    """Somebody comes every ten minutes from the evening to the morning."""
    clinic = clinic_at(at(*night), zone=BERLIN, reset_minute=reset)
    labels = [clinic.issue(after_s=600) for _ in range(6 * 14)]
    days = [event.day for event in clinic.happened(DayOpened)]
    turn = labels.index("A001", 1)
    assert len(days) == 2
    assert labels == [f"A{n:03}" for n in (*range(1, turn + 1), *range(1, len(labels) - turn + 1))]


@pytest.mark.parametrize(
    ("reset", "moment"),
    [
        (240, at(2026, 3, 29, 2, 0)),
        (150, at(2026, 3, 29, 1, 30)),
        (240, at(2026, 10, 25, 3, 0)),
        (150, at(2026, 10, 25, 0, 30)),
    ],
    ids=["spring", "spring, in the hour left out", "autumn", "autumn, in the hour that comes twice"],
)
def test_the_day_turns_at_that_instant(reset, moment):
    berlin = site(zone=BERLIN, reset_minute=reset)
    before, after = day_of(Instant(moment - 1), berlin), day_of(moment, berlin)
    assert (int(after[-2:]) - int(before[-2:]), start_of(after, berlin)) == (1, moment)


def test_a_day_begins_at_one_where_midnight_is_left_out():
    cairo = site(zone="Africa/Cairo", reset_minute=0)
    begins = start_of(Day("2026-04-24"), cairo)
    assert (begins, day_of(Instant(begins - 1), cairo), day_of(begins, cairo)) == (
        at(2026, 4, 23, 22, 0),
        "2026-04-23",
        "2026-04-24",
    )


# --- the site's own clock settings --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "day"),
    [({"reset_minute": 9 * 60}, "2026-03-02"), ({"zone": "Pacific/Honolulu"}, "2026-03-02")],
)
def test_a_new_reset_time_or_zone_takes_no_day_back(change, day):
    """08:30 UTC would be yesterday by the new reset time, or in Hawaii."""
    clinic = ClinicScript().configure(
        department("medicine", "A", opens=8 * 60 + 40, closes=20 * 60), department("laboratory", "H")
    )
    clinic.pass_time(1800)
    clinic.issue("laboratory")
    clinic.reconfigure(**change)
    clinic.pass_time(1200)
    assert (clinic.issue("laboratory"), clinic.day()) == ("H002", day)
    assert len(clinic.happened(DayOpened)) == 1


def test_with_a_later_reset_time_the_day_ends_at_its_next_end(clinic):
    """Today's reset time by the new setting is no end of a day: nothing is due then."""
    clinic.reconfigure(reset_minute=9 * 60)
    clinic.until("09:00")
    assert clinic.state.next_turn == clinic.now + DAY * 1000
    clinic.until("04:00").until("08:59")
    assert clinic.day() == "2026-03-02"
    clinic.until("09:00")
    assert clinic.day() == "2026-03-03"


def test_an_earlier_reset_time_that_has_gone_by_turns_the_day_at_once():
    clinic = clinic_at(at(2026, 3, 2, 3, 30))
    clinic.issue()
    assert clinic.day() == "2026-03-01"
    clinic.reconfigure(reset_minute=3 * 60)
    assert (clinic.issue(), clinic.day()) == ("A001", "2026-03-02")


# --- the clock ----------------------------------------------------------------------------------------


def test_a_clock_that_is_set_back_changes_neither_order_nor_day():
    """Hub time never decreases, and order is by `seq`."""
    wall, ran = at(2026, 3, 2, 4, 30), 0.0
    clock = HubClock(wall_ms=lambda: wall + int(ran * 1000), monotonic_s=lambda: ran, synchronised=lambda: True)
    clinic = clinic_at(clock.moment().at)
    for step in (0, 600, -3600, 60, 60):
        wall, ran = Instant(wall + step * 1000), ran + 1
        clinic.now, clinic.tick = clock.moment().at, Tick(clinic.tick + 1000)
        clinic.issue()
    times = [when for _, when, event, _ in clinic.journal if isinstance(event, TokenIssued)]
    assert times == sorted(times)
    assert clinic.queue() == [f"A00{n}" for n in range(1, 6)]
    assert (clinic.day(), len(clinic.happened(DayOpened))) == ("2026-03-02", 1)


def test_at_the_same_instant_order_is_by_seq(clinic):
    for _ in range(3):
        clinic.issue(after_s=0)
    assert clinic.queue() == ["A001", "A002", "A003"]


def test_no_day_changes_while_a_jump_ahead_waits_for_synchronisation():
    wall, ran, right = at(2026, 3, 2, 3, 40), 0.0, False
    clock = HubClock(wall_ms=lambda: wall + int(ran * 1000), monotonic_s=lambda: ran, synchronised=lambda: right)
    clinic = clinic_at(clock.moment().at)
    wall, ran = Instant(wall + 5 * HOUR * 1000), 1.0
    clinic.now = clock.moment().at
    clinic.issue()
    assert clinic.day() == "2026-03-01"
    right = True
    clinic.now = clock.moment().at
    clinic.issue()
    assert clinic.day() == "2026-03-02"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("A012", "A012"),
        ("a12", "A012"),
        (" a-012 ", "A012"),
        ("AK 7", "AK007"),
        ("A01000", "A1000"),
        ("A1000", "A1000"),
    ],
)
def test_a_label_is_read_as_somebody_types_it(typed, meant):
    assert as_typed(typed) == meant


@pytest.mark.parametrize("typed", ["", "A", "12", "ABC1", "A1B", "A123456", "Á1", "A١", "A1 or A2"])
def test_what_can_be_no_label_is_none(typed):
    assert as_typed(typed) is None
