"""What lies in front of a virtual printer, told apart by what it should show; and how long tests wait for a printer."""

import random
from collections.abc import Iterable

from PIL import Image

from kiosk.print_job import Limits
from kiosk.printer import encoded
from kiosk.profiles import GENERIC, Profile
from kiosk.raster import Printed, draw
from kiosk.strips import Strips

PATIENT = Limits(open_s=20, answer_s=20, stall_s=20, job_s=60, finish_s=30, close_s=0.2)
"""For printers that do something: what they do ends the waiting, however loaded this machine is."""
QUICK = Limits(open_s=20, answer_s=0.2, stall_s=0.2, job_s=10, finish_s=0.5, close_s=0.2)
"""For printers that do nothing, whose silence has to be waited for."""


def speckled(width: int = 576, height: int = 300, seed: int = 7) -> Image.Image:
    return Image.frombytes("1", (width, height), random.Random(seed).randbytes((width + 7) // 8 * height))


def meant(strips: Strips, profile: Profile = GENERIC["80mm"]) -> Printed:
    """The paper that a healthy printer makes of a ticket."""
    (piece,) = draw(b"".join(encoded(strips, profile).parts), profile.width_dots)
    return piece


def whole(pieces: Iterable[Printed], ticket: Printed) -> int:
    """How many of these pieces are this ticket, dot for dot and cut off."""
    return sum(piece.cut and piece.image.tobytes() == ticket.image.tobytes() for piece in pieces)
