from datetime import datetime

import pytest

from display.chime import chime
from display.volume import Volume, volume
from smartqueue.sound import pcm


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, minute)


def test_without_a_table_it_is_always_full():
    assert volume(None).at(at(3)) == 100
    assert volume({}).at(at(3)) == 100
    assert Volume().at(at(3)) == 100


def test_each_hour_holds_until_the_next_one():
    loud = volume({"07:30": 80, "12": 60, "13": 80, "20": 40})
    assert [loud.at(at(7, 29)), loud.at(at(7, 30)), loud.at(at(11, 59)), loud.at(at(12))] == [40, 80, 80, 60]
    assert [loud.at(at(19, 59)), loud.at(at(20)), loud.at(at(23, 59))] == [80, 40, 40]


def test_the_last_hour_of_a_day_holds_over_midnight():
    assert volume({"7": 80, "22": 30}).at(at(3)) == 30


def test_hours_may_stand_in_any_order():
    assert volume({"20": 40, "7": 80}) == volume({"07:00": 80, "20:00": 40})


@pytest.mark.parametrize("hour", ["24", "7:60", "noon", "-1", "7.30", ""])
def test_what_is_no_hour_is_refused_by_name(hour):
    with pytest.raises(ValueError, match="no hour of the day"):
        volume({hour: 50})


@pytest.mark.parametrize("percent", [-1, 101])
def test_more_than_full_and_less_than_nothing_are_refused(percent):
    with pytest.raises(ValueError, match="from 0"):
        volume({"7": percent})


def test_every_mistake_is_told_at_once():
    with pytest.raises(ValueError, match=r"noon is no hour.*; 8 = 400: .*; 7 and 07:00 are the same hour"):
        volume({"noon": 50, "8": 400, "7": 50, "07:00": 60})


@pytest.mark.parametrize("percent", [100, 50, 20, 1, 0])
def test_half_the_volume_is_half_the_amplitude(percent):
    heard = pcm.louder(chime(), percent / 100)
    assert pcm.peak(heard) == pytest.approx(pcm.peak(chime()) * percent / 100, abs=1e-4)
    assert len(heard) == len(chime())


def test_what_is_too_loud_for_a_sample_is_held_and_never_wraps_around():
    numbers = pcm.samples(pcm.louder(chime(), 10))
    softer = pcm.samples(chime())
    assert max(numbers) == pcm.FULL_SCALE
    assert all((loud > 0) == (soft > 0) for loud, soft in zip(numbers, softer, strict=True) if soft)
