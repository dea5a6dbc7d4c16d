"""Which second touches at a place count."""

import pytest

from kiosk.ui.front import bounce_s

QUICK_FINGER_S = 0.1
"""Between two taps of a practised finger, from lifted to down."""
TREMBLING_S = 0.2


@pytest.mark.parametrize("key", ["digit:7", "char:A", "erase"])
def test_the_same_digit_typed_twice_quickly_is_two_digits(key):
    assert 0.0 < bounce_s(key) < QUICK_FINGER_S


@pytest.mark.parametrize("key", ["department:general-medicine", "continue", "one_more", "done"])
def test_a_trembling_hand_touches_anything_else_once(key):
    assert bounce_s(key) > TREMBLING_S
