"""Many readers of the feed in one process: plain sockets and one selector, so that reading costs as little as can be.

    subscribers.py PORT COUNT        readers of the hub's public feed
    subscribers.py --sink COUNT      a listener that takes COUNT raw connections, for the comparison

Says {"event":"ready"} when all stand (with its port, as a sink), then for every 100 ms of silence after data
{"event":"last","t":...}: when the last byte came. Ends with its stdin.
"""

import json
import selectors
import socket
import sys
import time

HANDSHAKE = (
    "GET /api/v1/feed HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
QUIET_S = 0.1


def say(event: str, **values: object) -> None:
    print(json.dumps({"event": event, **values}), flush=True)


def reader(port: int) -> socket.socket:
    """Connected, upgraded, and past its snapshot."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(HANDSHAKE.format(port=port).encode())
    taken = b""
    while b'"snapshot"' not in taken:
        piece = connection.recv(1 << 16)
        if not piece:
            raise ConnectionError(taken[:200])
        taken += piece
    return connection


def sink(count: int) -> list[socket.socket]:
    with socket.create_server(("127.0.0.1", 0), backlog=count) as listener:
        say("listening", port=listener.getsockname()[1])
        return [listener.accept()[0] for _ in range(count)]


def read_all(connections: list[socket.socket]) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(sys.stdin, selectors.EVENT_READ)
        for connection in connections:
            connection.setblocking(False)
            selector.register(connection, selectors.EVENT_READ)
        last, told = 0.0, True
        while True:
            ready = selector.select(QUIET_S)
            if not ready and not told:
                say("last", t=last)
                told = True
            for key, _ in ready:
                if key.fileobj is sys.stdin:
                    return
                if isinstance(key.fileobj, socket.socket) and not key.fileobj.recv(1 << 16):
                    raise ConnectionError("a reader was closed")
                last, told = time.monotonic(), False


if __name__ == "__main__":
    if sys.argv[1] == "--sink":
        everybody = sink(int(sys.argv[2]))
    else:
        everybody = [reader(int(sys.argv[1])) for _ in range(int(sys.argv[2]))]
    say("ready")
    read_all(everybody)
