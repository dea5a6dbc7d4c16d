"""Packs of clips for tests: each clip is a tone of its own, so that an ear can tell which one was heard."""

import io
import math
import wave
from itertools import chain
from pathlib import Path

NAMES = (*"0123456789", *"abhkmr", "number", "room", "window", "12")
HERTZ = {name: 420 + 130 * n for n, name in enumerate(NAMES)}
CLIP_S = 0.3


def wav(hertz: float, *, seconds=CLIP_S, level=0.5, rate=22_050, width=2, channels=1, around_s=0.0) -> bytes:
    """A tone with silence before and after it."""
    still = [0.0] * round(around_s * rate)
    tone = (level * math.sin(2 * math.pi * hertz * at / rate) for at in range(round(seconds * rate)))
    full = 2 ** (8 * width - 1) - 1
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(b"".join(_sample(round(one * full), width) * channels for one in chain(still, tone, still)))
    return content.getvalue()


def _sample(value: int, width: int) -> bytes:
    return bytes([value + 128]) if width == 1 else value.to_bytes(width, "little", signed=True)


def make_pack(folder: Path, language: str = "en", *, without: str = "", manifest: str = "", **levels: float) -> Path:
    """A folder of packs with this one in it. without: names of clips to leave out. levels: where not 0.5."""
    pack = folder / language
    pack.mkdir(parents=True, exist_ok=True)
    (pack / "clips.toml").write_text(manifest)
    for name in NAMES:
        if name not in without.split():
            (pack / f"{name}.wav").write_bytes(wav(HERTZ[name], level=levels.get(name, 0.5), around_s=0.1))
    return folder
