"""The hub at rest: memory, cold start to the first good answer."""

from pathlib import Path

from figures import Figure, at_most
from hubs import make_site, running_hub


async def run(directory: Path) -> list[Figure]:
    site = await make_site(directory / "site", "kiosk:hall")
    starts, memory = [], 0
    for _ in range(5):
        async with running_hub(site) as hub:
            starts.append(hub.started_s)
            memory = hub.rss_bytes()
    return [
        at_most("hub: idle memory", memory / 2**20, 60, "MiB"),
        at_most("hub: cold start to first answer (median of 5)", sorted(starts)[2], 1.5, "s"),
    ]
