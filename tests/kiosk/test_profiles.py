"""Printer profiles: the documents say what they are, and their code pages are those that the makers give."""

import re
from pathlib import Path

import pytest

from kiosk.paper import PAPERS
from kiosk.printer import _driver
from kiosk.profiles import GENERIC, PROFILES, Cut, Status

ROOT = Path(__file__).resolve().parents[2]
KNOWN_AS = {
    "epson-tm-t20": "TM-T20II",
    "epson-tm-t88": "TM-T88V",
    "cheap-58mm": "NT-5890K",
    "generic-80mm": "default",
}
"""What the encoder's own table of printers calls such a one."""


def documented() -> dict[str, list[str]]:
    text = (ROOT / "docs" / "printers.md").read_text("utf-8").split("## Profiles")[1]
    rows = [row.strip("| ").split(" | ") for row in re.findall(r"^\| `.*$", text, re.MULTILINE)]
    return {row[0].strip("`"): row for row in rows if len(row) == 7}


@pytest.mark.parametrize("name", PROFILES)
def test_each_profile_is_documented_as_it_is(name):
    profile, row = PROFILES[name], documented()[name]
    assert row[1] == profile.about
    assert row[2].replace(" ", "") == profile.paper.name
    assert row[3] == f"{profile.width_dots} at {profile.dpi} dpi"
    assert row[4] == ("no" if profile.cut is Cut.NONE else "yes")
    assert row[5] == ("yes" if profile.qr else "not used")
    assert (row[6] == "all", row[6] == "nothing") == (
        profile.status is Status.ORDERED,
        profile.status is Status.NONE,
    )


def test_nothing_is_documented_that_is_not_there():
    assert set(documented()) == set(PROFILES)


@pytest.mark.parametrize("name", PROFILES)
def test_each_profile_fits_its_paper(name):
    profile = PROFILES[name]
    assert profile.paper.width_dots == profile.width_dots
    assert 48 <= profile.width_dots / profile.paper.dots_per_mm <= 73
    assert profile.columns * 12 <= profile.width_dots
    assert GENERIC[profile.paper.name].paper.name == profile.paper.name
    assert profile.paper.name in PAPERS


@pytest.mark.parametrize(("ours", "theirs"), KNOWN_AS.items())
def test_code_pages_have_the_numbers_that_the_encoder_knows_for_such_a_printer(ours, theirs):
    _driver()
    from escpos.capabilities import get_profile  # noqa: PLC0415 - leaves a directory behind unless it is loaded so

    known = get_profile(theirs).profile_data["codePages"]
    for codec, number in PROFILES[ours].code_pages:
        assert plain(known[str(number)]) == plain(codec)


def plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())
