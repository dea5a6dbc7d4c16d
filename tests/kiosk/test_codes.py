"""What code readers read: appointments, tickets, labels, and everything else that people hold before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import (
    REPEAT_S,
    Fresh,
    LabelRead,
    ShortCode,
    SomethingElse,
    Strange,
    TicketSecret,
    understood,
)
from smartqueue.capabilities import ALPHABET
from smartqueue.i18n import Words
from smartqueue.terms import LANGUAGES

SITE = "https://q.riverside.example"
SECRET = "7H4K2MPX9Q0WERTYAB12CD34EF".replace("W", "Z")


def read(text: str, site: str | None = SITE):
    return understood(text, site)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("7H4K2MPX", ShortCode("7H4K2MPX")),
        ("7h4k-2mpx", ShortCode("7H4K2MPX")),
        ("7H4K 2MPX\r", ShortCode("7H4K2MPX")),
        ("OILU2MPX", ShortCode("011V2MPX")),
        ("]Q17H4K2MPX", ShortCode("7H4K2MPX")),
        ("\x027H4K2MPX\x03", ShortCode("7H4K2MPX")),
        ("A012", LabelRead("A012")),
        ("a1000", LabelRead("A1000")),
        ("KR 045", LabelRead("KR045")),
        (SECRET, TicketSecret(SECRET)),
        (f"HTTPS://Q.RIVERSIDE.EXAMPLE/S/{SECRET}", TicketSecret(SECRET)),
        (f"https://q.riverside.example/s/{SECRET.lower()}/", TicketSecret(SECRET)),
        (f"http://q.riverside.example/s/{SECRET}", TicketSecret(SECRET)),
        ("https://q.riverside.example/s/7H4K2MPX", ShortCode("7H4K2MPX")),
        ("https://q.riverside.example/s/short", SomethingElse(Strange.ADDRESS)),
        (f"https://q.lakeside.example/s/{SECRET}", SomethingElse(Strange.OTHER_SITE)),
        ("https://www.example.com/menu", SomethingElse(Strange.ADDRESS)),
        ("https://[broken/s/x", SomethingElse(Strange.UNKNOWN)),
        ("4006381333931", SomethingElse(Strange.PRODUCT)),
        ("012345678905", SomethingElse(Strange.PRODUCT)),
        ("4006381333932", SomethingElse(Strange.UNKNOWN)),
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<", SomethingElse(Strange.UNKNOWN)),
        ("", SomethingElse(Strange.UNREADABLE)),
        ("\x1d\x1e\x04", SomethingElse(Strange.UNREADABLE)),
        ("A\x00012", SomethingElse(Strange.UNREADABLE)),
        ("x" * 5000, SomethingElse(Strange.UNREADABLE)),
        ("नमस्ते", SomethingElse(Strange.UNKNOWN)),
        ("12345", SomethingElse(Strange.UNKNOWN)),
    ],
)
def test_what_was_read_is_told_for_what_it_is(text, meaning):
    assert read(text) == meaning


def test_a_site_whose_pages_no_phone_reaches_knows_no_addresses():
    assert read(f"https://q.riverside.example/s/{SECRET}", None) == SomethingElse(Strange.OTHER_SITE)
    assert read("7H4K2MPX", None) == ShortCode("7H4K2MPX")


def test_a_site_below_a_path_of_its_address_is_understood():
    assert read(f"HTTPS://CLINIC.EXAMPLE/QUEUE/S/{SECRET}", "https://clinic.example/queue/") == TicketSecret(SECRET)


@given(st.text(ALPHABET, min_size=26, max_size=26))
def test_every_tickets_own_code_leads_back_to_it(secret):
    """As the kiosk prints it, in capitals."""
    assert read(f"{SITE}/s/{secret}".upper()) == TicketSecret(secret)


@given(st.text(max_size=60))
def test_nothing_that_was_read_breaks_it(text):
    meaning = read(text)
    assert isinstance(meaning, ShortCode | TicketSecret | LabelRead | SomethingElse)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", Strange)
def test_whatever_is_none_of_ours_has_its_sentence(language, what):
    assert Words(language).text(SomethingElse(what).words_key)


def test_a_code_that_is_held_before_the_reader_counts_once():
    fresh = Fresh()
    assert fresh.is_new("A012", 10.0)
    assert not fresh.is_new("A012", 12.0)
    assert not fresh.is_new("A012", 14.0)
    assert fresh.is_new("K001", 14.1)
    assert fresh.is_new("A012", 14.2)
    assert fresh.is_new("A012", 14.3 + REPEAT_S)
