"""Where messages about a token go: one contact for each token; it moves nobody and stops nobody."""

import pytest
from clinic_script import ClinicScript, department, room

from hub.domain.commands import FollowClock, SetContact
from hub.domain.events import CommandUndone, ContactSet
from smartqueue.terms import ContactId, Language, TokenId, TokenState

EN, HI, AR = Language("en"), Language("hi"), Language("ar")
HOURS = 3600


def reached(clinic: ClinicScript, label: str, contact: str, language: Language | None = None) -> None:
    clinic.do(SetContact(clinic.token(label).id, ContactId(contact), language))


def test_messages_go_there_in_the_language_of_the_token_or_the_one_that_is_said(clinic):
    clinic.issue(language=HI)
    reached(clinic, "A001", "c-1")
    assert (clinic.token("A001").contact, clinic.token("A001").contact_language) == ("c-1", HI)
    reached(clinic, "A001", "c-2", EN)
    assert (clinic.token("A001").contact, clinic.token("A001").contact_language) == ("c-2", EN)


def test_a_language_that_the_site_does_not_speak_is_its_default(clinic):
    clinic.issue(language=HI)
    reached(clinic, "A001", "c-1", AR)
    assert clinic.token("A001").contact_language == EN


def test_the_same_again_is_no_news(clinic):
    clinic.issue()
    for _ in range(3):
        reached(clinic, "A001", "c-1")
    assert clinic.happened(ContactSet) == [ContactSet(clinic.token("A001").id, ContactId("c-1"), EN)]


def test_one_contact_may_come_again_with_another_token(clinic):
    for label in ("A001", "A002"):
        clinic.issue()
        reached(clinic, label, "c-1")
    assert [clinic.token(label).contact for label in ("A001", "A002")] == ["c-1", "c-1"]


@pytest.mark.parametrize("state", ["called", "serving", "parked", "no_show"])
def test_a_number_is_taken_as_long_as_somebody_may_still_be_told_something(clinic, state):
    clinic.issue()
    if state != "parked":
        clinic.press("3")
    if state != "called":
        {"serving": clinic.start, "parked": clinic.park, "no_show": clinic.no_show}[state]("A001", after_s=20)
    reached(clinic, "A001", "c-1")
    assert (clinic.token("A001").state, clinic.token("A001").contact, clinic.refused) == (
        TokenState(state),
        "c-1",
        None,
    )


def test_of_a_visit_that_is_over_there_is_nothing_to_tell(clinic):
    clinic.issue()
    clinic.cancel("A001")
    reached(clinic, "A001", "c-1")
    assert (clinic.refused, clinic.refusal.values) == ("token_over", {"label": "A001", "state": "cancelled"})
    assert clinic.do(SetContact(TokenId("nobody"), ContactId("c-1"))) is None
    assert (clinic.refused, clinic.happened(ContactSet)) == ("unknown_token", [])


def test_a_number_given_meanwhile_neither_stops_an_undo_nor_is_lost_by_it(clinic):
    clinic.issue()
    clinic.press("3")
    reached(clinic, "A001", "c-1", HI)
    clinic.undo("3", after_s=5)
    assert (clinic.refused, len(clinic.happened(CommandUndone))) == (None, 1)
    token = clinic.token("A001")
    assert (token.state, token.contact, token.contact_language) == (TokenState.WAITING, "c-1", HI)
    assert clinic.state == clinic.replayed()


def test_it_moves_nobody(clinic):
    for _ in range(3):
        clinic.issue()
    before = clinic.queue()
    reached(clinic, "A002", "c-1")
    assert clinic.queue() == before


def test_who_still_waits_when_the_day_ends_keeps_the_contact():
    clinic = ClinicScript().configure(department("emergency", "F", always_open=True), rooms=(room("3", "emergency"),))
    clinic.issue("emergency")
    reached(clinic, "F001", "c-1", HI)
    clinic.do(FollowClock(), after_s=24 * HOURS)
    assert (clinic.token("F001").contact, clinic.token("F001").contact_language) == ("c-1", HI)
