"""Readiness and watchdog, against a real datagram socket as systemd opens it."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from smartqueue.service_notify import ServiceNotify, from_environment


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(5)
        yield listening


def told(manager: socket.socket) -> str:
    return manager.recv(4096).decode()


def of(manager: socket.socket, watchdog_s: float | None = None) -> ServiceNotify:
    return ServiceNotify(manager.getsockname(), watchdog_s)


def test_a_service_says_that_it_is_ready_and_what_it_does(manager: socket.socket) -> None:
    service = of(manager)
    service.ready("listening\non port 8080")
    service.status("replaying")
    service.stopping()
    assert [told(manager) for _ in range(3)] == [
        "READY=1\nSTATUS=listening on port 8080",
        "STATUS=replaying",
        "STOPPING=1",
    ]


async def test_the_main_loop_pings_at_half_the_time(manager: socket.socket) -> None:
    started = asyncio.get_running_loop().time()
    pinging = asyncio.ensure_future(of(manager, watchdog_s=0.1).watch())
    pings = [await asyncio.to_thread(told, manager) for _ in range(3)]
    pinging.cancel()
    with suppress(asyncio.CancelledError):
        await pinging
    assert pings == ["WATCHDOG=1"] * 3
    assert asyncio.get_running_loop().time() - started >= 0.1


async def test_nobody_watching_means_no_pings_and_no_task_that_stays(manager: socket.socket) -> None:
    await of(manager).watch()
    await ServiceNotify(watchdog_s=1).watch()
    manager.setblocking(False)
    with pytest.raises(BlockingIOError):
        manager.recv(4096)


def test_without_a_service_manager_nothing_happens() -> None:
    ServiceNotify().ready("listening")


def test_a_manager_that_went_away_is_a_warning_and_no_more(
    manager: socket.socket, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    (tmp_path / "notify").unlink()
    of(manager).ready()
    assert "service manager not told: No such file or directory" in caplog.text


def test_an_abstract_socket_is_reached_too(unused_tcp_port: int) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        name = f"smartqueue-test-{unused_tcp_port}"
        listening.bind("\0" + name)
        listening.settimeout(5)
        ServiceNotify("@" + name).ready()
        assert told(listening) == "READY=1"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, ServiceNotify()),
        ({"NOTIFY_SOCKET": "/run/notify"}, ServiceNotify("/run/notify")),
        ({"NOTIFY_SOCKET": "@abstract"}, ServiceNotify("@abstract")),
        ({"NOTIFY_SOCKET": "vsock:2:1234"}, ServiceNotify()),
        ({"NOTIFY_SOCKET": "/n", "WATCHDOG_USEC": "30000000"}, ServiceNotify("/n", 30.0)),
        ({"NOTIFY_SOCKET": "/n", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "42"}, ServiceNotify("/n", 30.0)),
        ({"NOTIFY_SOCKET": "/n", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "43"}, ServiceNotify("/n")),
        ({"NOTIFY_SOCKET": "/n", "WATCHDOG_USEC": "soon"}, ServiceNotify("/n")),
    ],
)
def test_what_the_environment_says_is_understood(environment: dict[str, str], expected: ServiceNotify) -> None:
    assert from_environment(environment, pid=42) == expected
