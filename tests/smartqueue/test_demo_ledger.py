"""The demo's verdict: it is good only when every patient had one ticket and one announced call."""

from smartqueue.demo.child import Heard
from smartqueue.demo.ledger import Ledger
from smartqueue.demo.report import table


def hear(ledger, child, event, **values):
    ledger.hear(Heard(child, {"event": event, **values}))


def visit(ledger, label, at=0.0, *, printed=True):
    hear(ledger, "kiosk", "touch", key="department:lab", t=at)
    hear(ledger, "kiosk", "issued", label=label, department="lab", t=at + 0.02)
    if printed:
        hear(ledger, "printer", "job", cut=True, first_byte=at + 0.1, t=at + 0.3)
        hear(ledger, "kiosk", "ticket", label=label, outcome="printed", t=at + 0.4)
    else:
        hear(ledger, "kiosk", "ticket", label=label, outcome="not_printed", t=at + 0.4)
        hear(ledger, "kiosk", "screen", screen="trouble", label=label, t=at + 0.4)


def call(ledger, label, at=10.0):
    hear(ledger, "doctor", "press", button="next", t=at)
    hear(ledger, "doctor", "answer", command="call-next", label=label)
    hear(ledger, "display", "frame", label=label, t=at + 0.04, room="5")
    hear(ledger, "display", "announced", label=label, t=at + 8)


def defects(ledger, patients=1, *, faults=False):
    ledger.settle()
    return list(ledger.defects(patients, faults=faults))


def test_a_patient_with_one_ticket_and_one_call_is_good():
    ledger = Ledger()
    visit(ledger, "H001")
    assert not ledger.announced()
    call(ledger, "H001")
    assert ledger.announced()
    assert defects(ledger) == []
    row = ledger.rows["H001"]
    assert (round(row.touch_to_ticket_ms), round(row.press_to_frame_ms), row.room) == (100, 40, "5")


def test_a_second_ticket_or_a_second_announcement_is_a_defect():
    ledger = Ledger()
    visit(ledger, "H001")
    hear(ledger, "printer", "job", cut=True, first_byte=1.0)
    hear(ledger, "kiosk", "ticket", label="H001", outcome="printed", t=1.0)
    call(ledger, "H001")
    call(ledger, "H001")
    assert len(defects(ledger)) == 2


def test_a_trouble_screen_stands_for_a_ticket_only_when_faults_were_asked_for():
    ledger = Ledger()
    visit(ledger, "H001", printed=False)
    call(ledger, "H001")
    assert defects(ledger, faults=True) == []
    assert len(defects(ledger)) == 1


def test_a_ticket_and_a_trouble_screen_are_one_too_many():
    ledger = Ledger()
    visit(ledger, "H001")
    hear(ledger, "kiosk", "screen", screen="trouble", label="H001", t=2.0)
    call(ledger, "H001")
    assert len(defects(ledger, faults=True)) == 1


def test_a_patient_without_a_token_a_ticket_nobody_counted_and_a_dead_process_are_told():
    ledger = Ledger()
    hear(ledger, "printer", "job", cut=True, first_byte=1.0)
    hear(ledger, "hub", "ended", why="hub ended with 1.")
    assert len(defects(ledger)) == 3


def test_calls_of_people_who_waited_before_the_demo_do_not_count():
    ledger = Ledger()
    call(ledger, "A001")
    assert ledger.rows == {}


def test_the_table_has_a_line_for_each_patient_and_says_what_is_missing():
    ledger = Ledger()
    visit(ledger, "H001", printed=False)
    head, line = table(ledger.rows.values(), lambda at: f"{at:.0f}s").splitlines()
    assert head.split()[:2] == ["token", "department"]
    assert line.split() == ["H001", "lab", "0s", "-", "-", "trouble", "screen", "-"]
