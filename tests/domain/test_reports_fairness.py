"""The fairness ledger, promises and their scores, and the warning about strict priority."""

import pytest
from report_story import LABORATORY, MONDAY, Story, department, hour, of, promise

from hub.domain import scoring
from hub.domain.events import Promise
from hub.domain.reports.fairness import StrictWarning, strict_warnings
from smartqueue.terms import CallReason, Day, EstimateMethod, LeaseId, Priority

TUESDAY = Day("2026-03-03")
STRICT = department("medicine", "A", strict=True)


@pytest.fixture
def story() -> Story:
    return Story().open()


def reasons(figures) -> dict[CallReason, tuple[int, int]]:
    return {row.reason: (row.calls, row.overtook) for row in figures.fairness.reasons if row.calls}


# --- the ledger ---------------------------------------------------------------------------------------


def test_the_ledger_tells_how_often_normal_tokens_were_overtaken(story):
    story.at("09:00").issue("A001").issue("A002").issue("A003").issue("A004")
    for label in ("A005", "A006", "A007"):
        story.issue(label, priority=Priority.HIGH)
    story.call("A005", overtook=("A001", "A002", "A003")).call("A006", overtook=("A001", "A002"))
    fairness = story.call("A007", overtook=("A001",)).report().total.fairness
    assert (fairness.tokens, fairness.overtaken, fairness.mean, fairness.p95, fairness.most) == (4, 3, 1.5, 3, 3)


def test_nobody_but_normal_tokens_is_in_the_ledger(story):
    story.at("09:00").issue("A001", priority=Priority.HIGH).issue("A002", priority=Priority.EMERGENCY)
    assert story.report().total.fairness.tokens == 0


def test_p95_of_overtakes_is_by_nearest_rank(story):
    story.at("09:00")
    for number in range(1, 21):
        story.issue(f"A{number:03}")
    story.call("A020", overtook=("A001", "A002"), reason=CallReason.CHOSEN)
    assert story.report().total.fairness.p95 == 1
    assert story.call("A019", overtook=("A001", "A002"), reason=CallReason.CHOSEN).report().total.fairness.p95 == 2


def test_calls_are_told_by_reason_with_how_many_they_overtook(story):
    story.at("09:00").issue("A001").issue("A002").issue("A003").issue("A004")
    story.call("A002", reason=CallReason.CREDIT, overtook=("A001",))
    story.call("A003", reason=CallReason.CREDIT, overtook=("A001",))
    story.call("A001", capped=True).call("A001", attempt=2, reason=CallReason.CHOSEN)
    figures = story.call("A004", reason=CallReason.CHOSEN).report().total
    assert reasons(figures) == {
        CallReason.CREDIT: (2, 2),
        CallReason.OLDEST: (1, 0),
        CallReason.CHOSEN: (1, 0),
    }
    assert figures.fairness.capped == 1
    assert sum(calls for calls, _ in reasons(figures).values()) == figures.calls.calls


def test_each_department_has_its_own_ledger_and_the_site_adds_up_the_visit(story):
    story.at("09:00").issue("A001").issue("A002").call("A002", overtook=("A001",)).call("A001").start("A001")
    story.finish("A001", then="laboratory").issue("H001", "laboratory").call("H001", overtook=("A001",))
    report = story.report()
    medicine, laboratory = of(report, "medicine").figures.fairness, of(report, "laboratory").figures.fairness
    assert (medicine.tokens, medicine.overtaken, medicine.most) == (2, 1, 1)
    assert (laboratory.tokens, laboratory.overtaken, laboratory.most) == (2, 1, 1)
    assert (report.total.fairness.tokens, report.total.fairness.overtaken, report.total.fairness.most) == (3, 1, 2)


def test_who_was_never_overtaken_counts_in_every_department_of_the_visit_however_it_ended(story):
    story.at("09:00").issue("A001").issue("A002").serve("A001", 5).transfer("A002", "laboratory")
    report = story.close("A002").report()
    assert of(report, "medicine").figures.fairness.tokens == 2
    assert of(report, "laboratory").figures.fairness.tokens == 1
    assert report.total.fairness.tokens == 2
    assert (report.total.fairness.mean, report.total.fairness.p95, report.total.fairness.most) == (0, 0, 0)


# --- promises -----------------------------------------------------------------------------------------


def test_a_call_is_held_against_what_was_promised_at_the_issue(story):
    for label, minute in (("A001", 12), ("A002", 13), ("A003", 29), ("A004", 28)):
        story.at("09:00").issue(label, promise=promise(20), low_s=1, high_s=2)
        story.at(f"09:{minute}").call(label)
    every, throughput = story.report().promises
    assert (every.made, every.called, every.kept, every.kept_share) == (4, 4, 3, 0.75)
    assert throughput.method is EstimateMethod.THROUGHPUT
    assert every.method is None


def test_the_range_that_was_shown_is_the_rounded_one(story):
    story.at("09:02").issue("A001", promise=promise(20), low_s=840, high_s=1560)
    story.at("09:02").issue("A002", promise=promise(20), low_s=840, high_s=1560)
    story.at("09:15").call("A001").at("09:31").call("A002")  # shown as 9:15 to 9:30
    every = story.report().promises[0]
    assert (every.shown, every.shown_kept, every.shown_kept_share) == (2, 1, 0.5)


def test_a_promise_that_was_not_shown_is_watched_all_the_same(story):
    story.at("09:00").issue("A001", promise=promise(20)).at("09:20").call("A001")
    every = story.report().promises[0]
    assert (every.called, every.kept, every.shown, every.shown_kept_share) == (1, 1, 0, None)


def test_each_method_stands_apart(story):
    story.at("09:00").issue("A001", promise=promise(20, EstimateMethod.COLD)).issue("A002", promise=promise(20))
    story.at("09:20").call("A001").at("09:50").call("A002")
    assert [(row.method, row.called, row.kept) for row in story.report().promises] == [
        (None, 2, 1),
        (EstimateMethod.COLD, 1, 1),
        (EstimateMethod.THROUGHPUT, 1, 0),
    ]


def test_who_gave_up_before_the_call_is_apart(story):
    story.at("09:00")
    for label in ("A001", "A002", "A003"):
        story.issue(label, promise=promise(20))
    story.at("09:10").cancel("A001").at("09:20").call("A002").cancel("A002")
    every = story.close("A003").report().promises[0]
    assert (every.made, every.called, every.abandoned) == (3, 1, 2)


def test_a_promise_does_not_bind_for_who_moved_on_or_was_away(story):
    story.at("09:00")
    for label in ("A001", "A002", "A003"):
        story.issue(label, promise=promise(20))
    story.at("09:05").transfer("A001", "laboratory").park("A002").at("09:15").resume("A002")
    story.at("09:20").call("A001").call("A002")
    every = story.close("A001", "A002", "A003").report().promises[0]
    assert (every.made, every.called, every.abandoned) == (3, 0, 1)


def test_a_ticket_without_a_promise_is_not_held_against_one(story):
    story.at("09:00").issue("A501", lease=LeaseId("l1")).at("09:20").call("A501")
    assert story.report().promises[0].made == 0


def test_scores_are_means_over_the_calls(story):
    first, second = promise(20), promise(40)
    story.at("09:00").issue("A001", promise=first).issue("A002", promise=second)
    story.at("09:25").call("A001").at("09:55").call("A002")
    scores = story.report().promises[0].scores
    both = [(first, 1500.0), (second, 3300.0)]
    assert scores.mae_s == (300 + 900) / 2
    assert scores.late_share == 0.5
    assert scores.crps_s == round(sum(scoring.crps(scoring.quantiles(p), s) for p, s in both) / 2, 1)
    assert scores.pinball_s.q10 == round(sum(scoring.pinball(0.1, p.q10, s) for p, s in both) / 2, 1)
    assert scores.pinball_s.q85 == round(sum(scoring.pinball(0.85, p.q85, s) for p, s in both) / 2, 1)


def test_a_perfect_promise_scores_nothing(story):
    exact = Promise(1200, 1200, 1200, 1200, 1200, EstimateMethod.THROUGHPUT, 3)
    scores = story.at("09:00").issue("A001", promise=exact).at("09:20").call("A001").report().promises[0].scores
    assert (scores.mae_s, scores.crps_s, scores.late_share) == (0, 0, 0)


def test_coverage_is_told_for_the_hour_of_the_ticket(story):
    story.at("09:50").issue("A001", promise=promise(20)).at("10:10").call("A001")
    story.issue("A002", promise=promise(20)).at("11:10").call("A002")
    report = story.report()
    assert [(row.hour, row.promised, row.kept) for row in report.hours if row.promised] == [(9, 1, 1), (10, 1, 0)]
    assert hour(report, 9).kept_share == 1


# --- strict -------------------------------------------------------------------------------------------


def days(department, *waits_min: int):
    """One report for each: its day's only `normal` wait."""
    for wait_min in waits_min:
        story = Story(department, LABORATORY).open().at("09:00").issue("A001")
        yield story.at(f"{9 + wait_min // 60}:{wait_min % 60:02}").call("A001").report(date=MONDAY)


def test_strict_priority_that_doubles_the_normal_p95_is_warned_of():
    before, now = days(STRICT, 30, 60)
    assert strict_warnings(now, before) == (StrictWarning(STRICT.id, 1800, 3600),)


def test_strict_priority_that_does_not_double_it_is_not():
    before, now = days(STRICT, 30, 59)
    assert strict_warnings(now, before) == ()


def test_a_department_that_is_not_strict_is_not_warned_of():
    before, now = days(department("medicine", "A"), 30, 90)
    assert strict_warnings(now, before) == ()


def test_departments_without_rules_of_their_own_are_as_strict_as_the_site():
    assert of(Story(strict=True).open().report(), "medicine").strict
    assert not of(Story().open().report(), "medicine").strict


def test_without_waits_on_either_side_there_is_nothing_to_compare():
    (some,), nothing = days(STRICT, 30), Story(STRICT).open().report()
    assert strict_warnings(some, nothing) == strict_warnings(nothing, some) == ()
