"""Telephone numbers: read however they are typed, kept in one form, refused where they can't be whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartqueue.phone_numbers import normal


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
        ("+290 2345 678", "+2902345678"),
    ],
)
def test_a_number_is_kept_in_one_form(typed, kept):
    assert normal(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "+",
        "98765 43210",
        "+91",
        "+1234567",
        "+0123456789",
        "+1234567890123456",
        "+91 98765 4321O",
        "call me",
        "+91²8765432",
        "++919876543210",
        "+91+9876543210",
        "+91 98765\n43210 +44 20 7946 0000 ext 5",
    ],
)
def test_what_is_no_whole_number_is_none(typed):
    assert normal(typed) is None


@given(st.text(max_size=40))
def test_whatever_is_typed_what_is_kept_is_kept_again_as_it_is(typed):
    kept = normal(typed)
    assert kept is None or (normal(kept) == kept and kept[0] == "+" and 8 <= len(kept) - 1 <= 15 and kept.isascii())


@given(st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True), st.data())
def test_spaces_and_hyphens_make_no_other_number(number, data):
    places = data.draw(st.lists(st.sampled_from(["", " ", "-", " ", "."]), min_size=len(number), max_size=len(number)))
    assert normal("".join(one + mark for one, mark in zip(number, places, strict=True))) == number
