"""What a site's configuration says of kiosks and pages: prefix, colour, and whether check-in is offered."""

import re

import pytest
from clinic_script import ClinicScript, site

from hub.domain.appointing import are_expected, is_first_expected
from hub.domain.commands import BookAppointment, CancelAppointment, ConfigureSite
from smartqueue.colours import nearest_readable
from smartqueue.terms import AppointmentId, DepartmentId, Instant


@pytest.mark.parametrize("prefix", ["+1", "+91", "+351", "+1684"])
def test_a_prefix_of_a_country_is_taken(prefix):
    assert ClinicScript().configure(phone_prefix=prefix).state.configured().phone_prefix == prefix


@pytest.mark.parametrize("prefix", ["", "91", "+", "+0", "+12345", "0091", "+٩١", "+91 "])
def test_what_is_no_prefix_of_a_country_is_refused(prefix):
    assert "phone_prefix" in mistakes_of(phone_prefix=prefix)


def test_a_colour_that_can_be_read_is_taken_as_it_is():
    assert ClinicScript().configure(colour="#0b4f8a").state.configured().colour == "#0b4f8a"


def test_a_colour_that_can_not_be_read_is_refused_with_the_nearest_that_can():
    told = mistakes_of(colour="#00A0E0")
    assert "3.0:1 against white" in told
    nearest = re.search(r"nearest that can is '(#[0-9A-F]{6})'", told)[1]
    assert mistakes_of(colour=nearest) == ""
    assert nearest == nearest_readable("#00A0E0")


@pytest.mark.parametrize("colour", ["red", "#FFF", "#12345G", ""])
def test_what_is_no_colour_is_refused(colour):
    assert "write it as '#0B4F8A'" in mistakes_of(colour=colour)


def mistakes_of(**site_fields):
    """Of a configuration with nothing in it but the site, in one text."""
    clinic = ClinicScript()
    clinic.do(ConfigureSite(site(**site_fields), (), (), ()))
    return "\n".join(clinic.refusal.values["errors"]) if clinic.refused else ""


# --- whether kiosks offer to check in -----------------------------------------------------------------


def test_kiosks_offer_to_check_in_from_the_first_appointment_of_today_or_tomorrow_on(clinic):
    assert not are_expected(clinic.state)
    far = clinic.book("10:00")
    clinic.do(BookAppointment(far, DepartmentId("medicine"), Instant(clinic.now + 5 * 24 * 3_600_000)))
    clinic.do(CancelAppointment(far))
    assert not are_expected(clinic.state)
    first = clinic.book("05:00")
    assert are_expected(clinic.state)
    assert is_first_expected(clinic.state, first)
    second = clinic.book("10:00")
    assert not is_first_expected(clinic.state, second)
    for appointment in (first, second):
        clinic.do(CancelAppointment(appointment))
    assert not are_expected(clinic.state)


def test_an_appointment_after_tomorrow_is_no_reason_to_offer_it(clinic):
    identifier = AppointmentId("far")
    clinic.do(BookAppointment(identifier, DepartmentId("medicine"), Instant(clinic.now + 3 * 24 * 3_600_000)))
    assert clinic.refused is None
    assert not are_expected(clinic.state)
    assert not is_first_expected(clinic.state, identifier)
