"""Announcing and finding over real multicast, on the loopback interface alone."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from zeroconf.asyncio import AsyncZeroconf

from smartqueue.discovery import Announcement, Finder, Rhythm, announce, base_urls, loopback_only

QUICK = Rhythm(look_s=0.02, without_hub_s=60)


@pytest.fixture
def port(unused_tcp_port: int) -> int:
    """Nothing listens there; it also makes the site's name one that no other test run uses."""
    return unused_tcp_port


def hub(port: int, site: str = "north", **more: Any) -> Announcement:
    return announce(port, f"{site}-{port}", version="1.0", rhythm=QUICK, **more)


def finder(port: int, site: str | None = "north", **more: Any) -> Finder:
    more.setdefault("interfaces", loopback_only)
    more.setdefault("rhythm", QUICK)
    return Finder(site=site and f"{site}-{port}", **more)


async def until(condition: Callable[[], bool], found: Finder) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await found.wait_for_change(found.candidates())


async def test_a_unit_finds_the_hub_that_announces_itself(port: int) -> None:
    async with finder(port) as unit, hub(port):
        await until(lambda: unit.candidates() == [f"http://127.0.0.1:{port}"], unit)


async def test_a_unit_that_starts_later_finds_it_too(port: int) -> None:
    async with hub(port) as one:
        await asyncio.wait_for(one.announced.wait(), 10)
        async with finder(port) as unit:
            await until(lambda: unit.candidates() == [f"http://127.0.0.1:{port}"], unit)


async def test_a_hub_that_says_good_bye_is_forgotten(port: int) -> None:
    async with finder(port) as unit:
        async with hub(port):
            await until(lambda: len(unit.candidates()) == 1, unit)
        await until(lambda: unit.candidates() == [], unit)


async def test_hubs_of_other_sites_are_left_out_when_a_site_is_set(port: int) -> None:
    ours = f"http://127.0.0.1:{port}"
    async with hub(port), hub(port, "south"), finder(port) as unit, finder(port, "south") as other:
        await until(lambda: unit.candidates() == [ours], unit)
        await until(lambda: other.candidates() == [ours], other)
        async with hub(port + 1, "south"), finder(port, site=None) as any_unit:
            await until(lambda: f"http://127.0.0.1:{port + 1}" in any_unit.candidates(), any_unit)
            assert unit.candidates() == [ours]


async def test_an_address_that_worked_is_tried_first(port: int) -> None:
    one, two = (f"http://127.0.0.1:{number}" for number in (port, port + 1))
    async with finder(port, site=None) as unit, hub(port):
        await until(lambda: one in unit.candidates(), unit)
        async with hub(port + 1):
            await until(lambda: two in unit.candidates(), unit)
            newest_first = [url for url in unit.candidates() if url in (one, two)]
            unit.reached(one)
            assert newest_first == [two, one]
            assert [url for url in unit.candidates() if url in (one, two)] == [one, two]


async def test_a_unit_that_starts_before_its_interface_has_an_address_finds_the_hub(port: int) -> None:
    interfaces: set[str] = set()
    async with hub(port), finder(port, interfaces=lambda: frozenset(interfaces)) as unit:
        assert unit.candidates() == []
        interfaces.add("127.0.0.1")
        await until(lambda: len(unit.candidates()) == 1, unit)


class Counting(Finder):
    """Says how often it was built."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.built: asyncio.Queue[str] = asyncio.Queue()

    async def _use(self, stack: AsyncZeroconf) -> None:
        self.built.put_nowait("built")
        await super()._use(stack)


async def test_everything_is_built_anew_when_the_address_changes() -> None:
    interfaces = {"127.0.0.1"}
    async with Counting(interfaces=lambda: frozenset(interfaces), rhythm=QUICK) as unit:
        await asyncio.wait_for(unit.built.get(), 5)
        interfaces.add("127.0.0.2")
        await asyncio.wait_for(unit.built.get(), 5)


async def test_everything_is_built_anew_after_a_while_without_a_hub() -> None:
    rhythm = Rhythm(look_s=0.01, without_hub_s=0.05)
    async with Counting(interfaces=loopback_only, rhythm=rhythm) as unit:
        for _ in range(3):
            await asyncio.wait_for(unit.built.get(), 5)


async def test_nothing_is_built_anew_while_the_hub_answers(port: int) -> None:
    rhythm = Rhythm(look_s=0.01, without_hub_s=0.05)
    async with Counting(interfaces=loopback_only, rhythm=rhythm) as unit:
        unit.reached("http://127.0.0.1:1")
        await asyncio.wait_for(unit.built.get(), 5)
        async with finder(port) as later, hub(port):
            await until(lambda: len(later.candidates()) == 1, later)
        assert unit.built.empty()


async def test_a_key_is_not_carried_over_the_network_in_clear_text_unasked(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "smartqueue.discovery")
    lan = f"http://192.0.2.77:{port}"
    async with (
        finder(port) as careful,
        finder(port, insecure_lan=True) as told,
        hub(port, host="192.0.2.77", interfaces=loopback_only),
    ):
        await until(lambda: told.candidates() == [lan], told)
        await asyncio.wait_for(_logged(caplog, lan), 5)
        assert careful.candidates() == []


async def _logged(caplog: pytest.LogCaptureFixture, text: str) -> None:
    while not any(text in record.getMessage() for record in caplog.records):  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def test_link_local_addresses_are_used_only_with_their_scope() -> None:
    ips = ["192.0.2.5", "fe80::1", "fe80::1%3", "2001:db8::5"]
    assert base_urls("https", ips, 8443) == [
        "https://192.0.2.5:8443",
        "https://[fe80::1%3]:8443",
        "https://[2001:db8::5]:8443",
    ]


def test_an_announcement_that_is_no_web_address_gives_nothing() -> None:
    assert base_urls("ftp", ["192.0.2.5"], 21) == []
    assert base_urls("http", ["192.0.2.5"], None) == []
