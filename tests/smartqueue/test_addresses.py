"""Addresses of a hub, and how retries are spread."""

from random import Random

import pytest

from smartqueue.addresses import Fixed, base_url, is_private
from smartqueue.errors import StartFault
from smartqueue.retry import Backoff


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("https://hub.clinic.example", "https://hub.clinic.example"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://clinic.example/queue/", "https://clinic.example/queue"),
    ],
)
def test_an_address_is_brought_to_one_form(given: str, made: str) -> None:
    assert base_url(given) == made
    assert Fixed(given).candidates() == (made,)


@pytest.mark.parametrize(
    "given",
    [
        *("", "8080", "127.0.0.1:8080", "http://", "http://hub:99999", "http://hub:many", "http://[::1"),
        *("ftp://hub", "ws://hub", "http://hub/?a=1", "http://somebody@hub"),
    ],
)
def test_what_is_no_address_is_refused_with_an_example(given: str) -> None:
    with pytest.raises(StartFault, match=r"use something like http://127\.0\.0\.1:8080"):
        Fixed(given)


def test_a_key_may_travel_over_tls_or_within_the_machine() -> None:
    private = ["https://192.0.2.5", "http://127.0.0.1:1", "http://127.9.9.9:1", "http://[::1]:1", "http://localhost:1"]
    public = ["http://192.0.2.5", "http://[2001:db8::1]:1", "http://hub.local", "http://127.0.0.1.example:1"]
    assert [is_private(one) for one in private] == [True] * len(private)
    assert [is_private(one) for one in public] == [False] * len(public)


def test_pauses_grow_to_their_limit_and_begin_anew_after_success() -> None:
    backoff = Backoff(0.2, 5.0, Random(1))
    limits = [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]
    for limit in limits:
        assert limit / 2 <= backoff.pause_s() <= limit
    backoff.reset()
    assert 0.1 <= backoff.pause_s() <= 0.2


def test_two_units_do_not_come_back_at_the_same_moment() -> None:
    one, two = (Backoff(0.2, 5.0, Random(seed)) for seed in (1, 2))
    assert one.pause_s() != two.pause_s()
