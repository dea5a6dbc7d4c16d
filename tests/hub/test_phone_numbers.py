"""Telephone numbers: read however they are typed, kept in one form, refused where nobody can have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.phone_numbers import forms, normal
from kiosk.phoning import LEAST_DIGITS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+919876543210", "+919876543210"),
        ("+91 98765-43210", "+919876543210"),
        ("0091 98765 43210", "+919876543210"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("+49 (30) 1234.567/8", "+493012345678"),
        ("\u202a+966 50 123 4567\u202c", "+966501234567"),
        ("+٩٦٦٥٠١٢٣٤٥٦٧", "+966501234567"),
        ("\uff0b८६ 138 1234 5678", "+8613812345678"),
        ("+39 (0)6 6982 1234", "+390669821234"),
    ],
)
def test_a_number_is_kept_in_one_form(typed, kept):
    assert normal(typed) == normal(typed, "+91") == kept


@pytest.mark.parametrize(
    ("prefix", "typed", "kept"),
    [
        ("+91", "98765 43210", "+919876543210"),
        ("+91", "098765 43210", "+919876543210"),
        ("+44", "020 7946 0000", "+442079460000"),
        ("+39", "06 6982 1234", "+390669821234"),
        ("+39", "333 123 4567", "+393331234567"),
        ("+378", "0549 882345", "+3780549882345"),
        ("+7", "8 912 345-67-89", "+79123456789"),
        ("+7", "8 701 123 45 67", "+77011234567"),
        ("+36", "06 30 123 4567", "+36301234567"),
        ("+370", "8 612 34567", "+37061234567"),
        ("+370", "0 612 34567", "+37061234567"),
        ("+34", "612 345 678", "+34612345678"),
        ("+351", "912 345 678", "+351912345678"),
        ("+45", "20 12 34 56", "+4520123456"),
        ("+47", "406 12 345", "+4740612345"),
        ("+1", "1 202 555 0123", "+12025550123"),
        ("+1868", "234 5678", "+18682345678"),
    ],
)
def test_what_is_dialled_only_within_a_country_is_left_out_and_what_is_the_numbers_own_stays(prefix, typed, kept):
    assert normal(typed, prefix) == kept


@pytest.mark.parametrize(
    ("prefix", "typed"),
    [
        *(("+34", "0612345678"), ("+351", "0912345678"), ("+45", "020123456"), ("+47", "040612345")),
        *(("+39", "6 6982 1234"), ("+91", "98765 0123"), ("+91", "0"), ("+999", "612345678"), (None, "9876543210")),
    ],
)
def test_a_zero_where_a_country_has_none_and_one_that_is_missing_are_refused(prefix, typed):
    assert normal(typed, prefix) is None


@pytest.mark.parametrize(
    "typed",
    [
        *("", "+", "+91", "+1234567", "+0123456789", "+1234567890123456", "+91 98765 4321O", "call me"),
        *("+91²8765432", "++919876543210", "+91+9876543210", "+91 98765\n43210 +44 20 7946 0000 ext 5"),
    ],
)
def test_what_is_no_whole_number_is_none(typed):
    assert normal(typed) is None
    assert normal(typed, "+91") is None


@given(st.text(max_size=40), st.sampled_from([None, "+91", "+39", "+7"]))
def test_whatever_is_typed_what_is_kept_is_kept_again_as_it_is(typed, prefix):
    kept = normal(typed, prefix)
    assert kept is None or (normal(kept) == kept and kept[0] == "+" and kept[1:].isdecimal() and kept.isascii())


@given(st.from_regex(r"\+91[6-9][0-9]{9}", fullmatch=True), st.data())
def test_spaces_and_hyphens_make_no_other_number(number, data):
    places = data.draw(st.lists(st.sampled_from(["", " ", "-", " ", "."]), min_size=len(number), max_size=len(number)))
    assert normal("".join(one + mark for one, mark in zip(number, places, strict=True))) == normal(number)


@given(
    st.sampled_from(["", "+", "00"]),
    st.text("0123456789", max_size=LEAST_DIGITS - 1),
    st.sampled_from(["+1", "+7", "+39", "+43", "+44", "+91", "+290", "+352", "+683", "+690"]),
)
def test_what_a_kiosk_refuses_by_itself_the_hub_would_refuse_too(out, digits, prefix):
    typed = (out + digits)[: LEAST_DIGITS - 1 + (out == "+")]
    assert normal(typed, prefix) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("+91 98765 43210", {"+919876543210"}),
        ("+44 (0)20 7946 0000", {"+4402079460000", "+442079460000"}),
        ("+91 123456", {"+91123456"}),
        *(("98765 43210", set()), ("call me", set()), ("+", set())),
    ],
)
def test_a_number_that_was_kept_before_it_was_judged_can_still_be_erased(typed, found):
    assert forms(typed) == found
