"""Waiting for news, but not longer than until something is due by itself."""

import asyncio


async def news(event: asyncio.Event, within_s: float) -> None:
    """Returns when the event is set, or after `within_s` seconds."""
    timer = asyncio.get_running_loop().call_later(max(0.0, within_s), event.set)
    try:
        await event.wait()
    finally:
        timer.cancel()
