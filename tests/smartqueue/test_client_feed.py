"""The client's feed: greet, resume, take anew, notice silence, come back."""

import asyncio

from small_hub import (
    KEY,
    NOW,
    QUICK,
    Forgetful,
    SmallHub,
    Watched,
    client_of,
    lab,
    online,
    until,
    waiting,
)

from smartqueue.client import HubClient
from smartqueue.feed_link import LinkState
from smartqueue.retry import Patience
from smartqueue.terms import Tick, UnitKind, UnitName
from smartqueue.wire import (
    Change,
    Heartbeat,
    UnitView,
)


async def test_a_client_gets_a_picture_and_every_change_of_it(hub: SmallHub) -> None:
    async with online(hub) as client:
        for number in range(1, 5):
            await hub.change(waiting=number)
            await hub.send(Heartbeat(seq=hub.seq, tick=Tick(100 + number), now=NOW))
        await until(lambda: client.picture is not None and (waiting(client), client.picture.tick) == (4, 104), client)
        assert hub.asked == [{}], "one connection carried it all"
        assert client.unit == UnitView(name=UnitName("kiosk-1"), kind=UnitKind.KIOSK)
        assert client.address == hub.url


async def test_listeners_are_told_what_changed(hub: SmallHub) -> None:
    told: list[tuple[int, str, frozenset[str]]] = []
    async with online(hub) as client:
        client.on_change(
            lambda picture, message, changed: told.append(
                (picture.seq, type(message).__name__, frozenset(changed.departments))
            )
        )
        await hub.change(waiting=1)
        await until(lambda: (11, "Change", frozenset({"lab"})) in told, client)


async def test_a_listener_that_was_stopped_hears_no_more(hub: SmallHub) -> None:
    told: list[object] = []
    async with online(hub) as client:
        client.on_change(lambda *message: told.append(message))()
        await hub.change(waiting=1)
        await until(lambda: waiting(client) == 1, client)
    assert told == []
    assert hub.asked == [{}]


async def test_after_a_restart_of_the_hub_the_feed_resumes_where_it_was(hub: SmallHub) -> None:
    async with online(hub) as client:
        await hub.stop()
        await until(lambda: not client.online, client)
        hub.seq, hub.waiting = 11, 9
        hub.changes.append(Change(seq=11, at=NOW, kind="token_issued", departments=[lab(9)]))
        await hub.start()
        await until(lambda: waiting(client) == 9 and client.online, client)
    assert hub.asked[-1] == {"since": "10", "epoch": "e1"}


async def test_a_stored_picture_is_resumed_too(hub: SmallHub) -> None:
    async with online(hub) as client:
        stored = client.picture
    async with online(hub, picture=stored):
        assert hub.asked[-1] == {"since": "10", "epoch": "e1"}


async def test_after_a_restore_with_another_epoch_the_picture_is_taken_anew(hub: SmallHub) -> None:
    async with online(hub) as client:
        await hub.stop()
        hub.epoch, hub.seq, hub.waiting = "e2", 3, 2
        await hub.start()
        await until(lambda: client.picture is not None and client.picture.epoch == "e2", client)
        assert client.picture is not None
        assert (client.picture.seq, waiting(client)) == (3, 2)


async def test_a_message_that_was_missed_is_noticed_by_the_next_heartbeat_and_made_good(hub: SmallHub) -> None:
    async with online(hub) as client:
        hub.seq, hub.waiting = 12, 5
        await until(lambda: waiting(client) == 5, client)
    assert hub.asked == [{}, {}]


async def test_a_hub_that_knows_less_than_the_picture_is_asked_for_a_snapshot(hub: SmallHub) -> None:
    """As after a restore that kept the epoch: the hub refuses that `since`."""
    async with online(hub) as client:
        await hub.stop()
        hub.seq, hub.waiting = 4, 3
        await hub.start()
        await until(lambda: waiting(client) == 3 and client.online, client)
        assert client.picture is not None
        assert client.picture.seq == 4
    assert hub.asked == [{}, {"since": "10", "epoch": "e1"}, {}]


async def test_a_message_that_makes_no_sense_ends_the_connection_and_a_new_one_follows(hub: SmallHub) -> None:
    async with online(hub) as client:
        for socket in tuple(hub.sockets):
            await socket.send_str('{"type": "change", "seq": "many"}')
        hub.waiting = 6
        hub.epoch = "e2"
        await until(lambda: waiting(client) == 6, client)


async def test_the_picture_stays_and_grows_old_while_the_hub_is_away(hub: SmallHub) -> None:
    clock = [100.0]
    async with online(hub, clock=lambda: clock[0]) as client:
        assert client.age_s() == 0
        await hub.stop()
        await until(lambda: client.state is LinkState.AWAY, client)
        clock[0] += 60
        assert client.age_s() == 60
        assert waiting(client) == 0


async def test_a_hub_that_hangs_is_away_though_the_connection_stands(hub: SmallHub) -> None:
    async with online(hub) as client:
        hub.beats = False
        await until(lambda: client.state is LinkState.AWAY, client)
        hub.beats = True
        await until(lambda: client.online, client)


async def test_a_hub_that_was_never_heard_has_an_infinite_age(hub: SmallHub) -> None:
    client = client_of(hub.url)
    assert client.age_s() == float("inf")
    assert client.state is LinkState.SEEKING
    assert client.picture is None


async def test_a_refused_key_is_a_state_of_its_own(hub: SmallHub) -> None:
    async with client_of(hub.url, key="stolen") as client:
        await until(lambda: client.state is LinkState.WRONG_KEY, client)
        assert not client.online


async def test_a_foreign_hub_that_refuses_the_key_does_not_hide_that_ours_is_away(hub: SmallHub) -> None:
    foreign = SmallHub()
    foreign.key = "another-sites-key"
    await foreign.start()
    async with client_of(foreign.url, hub.url) as client:
        await until(lambda: client.state is LinkState.ONLINE, client)
        await hub.stop()
        await until(lambda: client.state is LinkState.AWAY, client)
        knocked = len(foreign.asked)
        async with asyncio.timeout(5):
            while len(foreign.asked) < knocked + 3:  # noqa: ASYNC110 - a server that only counts
                await asyncio.sleep(0.01)
        assert client.state is LinkState.AWAY
        await hub.start()
        await until(lambda: client.state is LinkState.ONLINE, client)
    await foreign.stop()


async def test_a_hub_that_mdns_has_forgotten_is_still_tried_where_it_was_last(hub: SmallHub) -> None:
    addresses = Forgetful(hub.url)
    async with HubClient(addresses, key=KEY, patience=QUICK) as client:
        await until(lambda: client.state is LinkState.ONLINE, client)
        addresses.forgotten = True
        await hub.stop()
        await until(lambda: client.state is LinkState.AWAY, client)
        await hub.start()
        await until(lambda: client.state is LinkState.ONLINE, client)


async def test_a_key_that_becomes_valid_is_taken_without_a_restart(hub: SmallHub) -> None:
    async with client_of(hub.url, key="new") as client:
        await until(lambda: client.state is LinkState.WRONG_KEY, client)
        hub.key = "new"
        await until(lambda: client.online, client)


async def test_a_hub_of_another_version_is_a_state_of_its_own(hub: SmallHub) -> None:
    hub.schema = 2
    async with client_of(hub.url) as client:
        await until(lambda: client.state is LinkState.OTHER_VERSION, client)


async def test_the_hub_of_another_site_is_passed_over(hub: SmallHub) -> None:
    addresses = Watched(hub.url)
    async with HubClient(addresses, key=KEY, site="south", patience=QUICK) as client:
        assert await asyncio.wait_for(addresses.told.get(), 5) is None
        assert client.state is LinkState.SEEKING
        assert client.picture is None


async def test_all_addresses_are_tried_until_one_answers(hub: SmallHub, unused_tcp_port: int) -> None:
    async with client_of(f"http://127.0.0.1:{unused_tcp_port}", hub.url) as client:
        await until(lambda: client.online, client)
        assert client.address == hub.url


async def test_an_address_that_takes_connections_and_says_nothing_is_given_up(hub: SmallHub) -> None:
    gone = asyncio.Event()

    async def listen(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await gone.wait()
        writer.close()

    silent = await asyncio.start_server(listen, "127.0.0.1", 0)
    host, port = silent.sockets[0].getsockname()
    async with client_of(f"http://{host}:{port}", hub.url) as client:
        await until(lambda: client.online, client)
        assert client.address == hub.url
    gone.set()
    silent.close()
    await silent.wait_closed()


async def test_the_feed_asks_rarely_when_its_key_is_refused(hub: SmallHub) -> None:
    patience = Patience(attempt_s=0.4, first_s=0.001, most_s=0.002, refused_s=60)
    async with client_of(hub.url, key="stolen", patience=patience) as refused:
        await until(lambda: refused.state is LinkState.WRONG_KEY, refused)
        async with online(hub) as client:
            await hub.change(waiting=1)
            await until(lambda: waiting(client) == 1, client)
    assert len(hub.asked) == 2
