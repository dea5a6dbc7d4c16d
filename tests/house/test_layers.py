"""Holds the layer table of docs/architecture.md: who may import whom, and where a driver or the clock may appear."""

import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from house_imports import FOLDERS, Module, imports, inside, module_name, modules, names_used

STDLIB = frozenset(sys.stdlib_module_names)


class Layer(NamedTuple):
    """modules: prefixes, the longest one of the whole table decides. may: our prefixes. packages: third-party ones.

    never: prefixes that are out of bounds although `may` or the standard library would let them in.
    """

    modules: tuple[str, ...]
    may: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


ERRORS = ("smartqueue.terms", "smartqueue.errors", "smartqueue.colours")
SCREENS = ("smartqueue.look", "smartqueue.ui", "smartqueue.sound", "smartqueue.demo")
"""What is seen and heard: not for the contract, nor for the hub."""
IMPURE = (
    *("asyncio", "time", "random", "secrets", "uuid", "os", "logging", "socket", "threading", "concurrent"),
    *("subprocess", "sqlite3", "tempfile", "shutil", "io", "urllib", "http", "signal", "select"),
)
HUB_PACKAGES = ("aiohttp", "cryptography", "msgspec", "phonenumbers", "segno")
LOOK_PACKAGES = ("PIL", "fontTools", "segno")

LAYERS = {
    "terms, errors": Layer(ERRORS, ERRORS, never=IMPURE),
    "contract": Layer(
        ("smartqueue",), ("smartqueue",), ("aiohttp", "msgspec", "babel", "zeroconf", "ifaddr", "tinydb"), SCREENS
    ),
    "look": Layer(
        ("smartqueue.look",),
        ("smartqueue",),
        LOOK_PACKAGES,
        ("smartqueue.ui", "smartqueue.sound", "smartqueue.demo", "asyncio"),
    ),
    "sound": Layer(("smartqueue.sound",), ("smartqueue",), (), ("smartqueue.look", "smartqueue.ui", "smartqueue.demo")),
    "ui": Layer(("smartqueue.ui",), ("smartqueue",), ("kivy", "PIL"), ("smartqueue.sound", "smartqueue.demo")),
    "demo": Layer(("smartqueue.demo",), ("smartqueue",), ("aiohttp", "msgspec", "PIL"), ("smartqueue.ui",)),
    "domain": Layer(("hub.domain",), ("hub.domain", *ERRORS), never=IMPURE),
    "hub": Layer(("hub",), ("hub", "smartqueue"), HUB_PACKAGES, ("hub.api", "hub.web", *SCREENS)),
    "api, web": Layer(("hub.api", "hub.web"), ("hub", "smartqueue"), HUB_PACKAGES, ("hub.journal", *SCREENS)),
    "kiosk": Layer(("kiosk",), ("kiosk", "smartqueue"), ("msgspec", "PIL", "escpos", "serial", "usb")),
    "display": Layer(("display",), ("display", "smartqueue"), ("msgspec",)),
    "caller": Layer(("caller",), ("caller", "smartqueue"), ("msgspec", "gpiozero", "lgpio", "serial")),
    "units' ui": Layer(
        ("kiosk.ui", "display.ui", "caller.ui"), ("kiosk", "display", "caller", "smartqueue"), ("kivy",)
    ),
}

# Modules that put a process together: they alone may reach up in their own folder.
COMPOSITION = {"hub.run": ("hub.api", "hub.web")}

# Values that the hub's pages share with screens and tickets; nothing else of the screens is for the hub.
SHARED_LOOK = ("smartqueue.look.theme", "smartqueue.look.icon_paths")

# One file for each driver; for each unit that has one, where units have the same.
ONE_FILE: dict[str, str | tuple[str, ...]] = {
    "zeroconf": "smartqueue.discovery",
    "ifaddr": "smartqueue.discovery",
    "tinydb": "smartqueue.localstore",
    "escpos": "kiosk.printer",
    "gpiozero": "caller.panel",
    "lgpio": "caller.panel",
    "cryptography": "hub.key_file",
    "phonenumbers": "hub.phone_numbers",
    "serial": ("kiosk.serial_port", "kiosk.code_reader", "caller.serial_line"),
    "usb": "kiosk.usb_port",
}

# What decides without touching anything; tried by plain calls in the tests.
PURE = (
    *("hub.domain", "caller.buttons", "caller.debounce", "caller.lamps"),
    *("kiosk.flow", "kiosk.states", "kiosk.fronts", "kiosk.events", "kiosk.effects", "kiosk.terms", "kiosk.screens"),
    *("kiosk.hall", "kiosk.hub_time", "kiosk.issuing", "kiosk.lease_book", "kiosk.standing", "kiosk.person"),
    *("kiosk.choosing", "kiosk.checking_in", "kiosk.phoning", "kiosk.corner_rules", "kiosk.speaking", "kiosk.night"),
    *("caller.seen", "caller.pins", "caller.wiring", "caller.sign", "caller.sign_protocols", "caller.screens"),
    *("display.board", "display.announcer", "display.opening", "display.screens", "display.volume", "smartqueue.board"),
    *("smartqueue.colours", "hub.phone_numbers"),
    *("smartqueue.picture", "smartqueue.look.scene", "smartqueue.look.theme", "smartqueue.sound.spelling"),
)

CLOCK, CHANCE, DISK = "clock", "chance", "disk"
"""clock: the wall clock, no stopwatch; what decides imports no `time` at all."""
REACHES = {
    CLOCK: (
        *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today"),
        *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime"),
    ),
    CHANCE: ("random", "secrets", "uuid", "os.urandom"),
    DISK: ("open", "os.open", ".read_text", ".write_text", ".read_bytes", ".write_bytes"),
}
HARMLESS = ("random.Random", "uuid.UUID")
"""Types, handed over as arguments."""

# The adapters: modules that may reach for the clock, for chance or for the disk themselves.
ADAPTERS: dict[str, tuple[str, ...]] = {
    "display.app": (CLOCK,),
    "display.clips": (DISK,),
    "hub.clock": (CLOCK,),
    "hub.configuration_file": (DISK,),
    "hub.keys": (CHANCE,),
    "hub.key_file": (CHANCE, DISK),
    "hub.logo": (DISK,),
    "hub.service": (CHANCE,),
    "hub.setup_site": (CHANCE, DISK),
    "hub.site_lock": (DISK,),
    "hub.status_pages": (CHANCE,),
    "hub.technician": (DISK,),
    "hub.verbs": (CHANCE,),
    "hub.web.assets": (DISK,),
    "kiosk.app": (CLOCK,),
    "kiosk.backlight": (DISK,),
    "kiosk.job_shelf": (DISK,),
    "kiosk.logo": (DISK,),
    "kiosk.transports": (DISK,),
    "kiosk.verbs": (CLOCK,),
    "smartqueue.capabilities": (CHANCE,),
    "smartqueue.cli": (DISK,),
    "smartqueue.client": (CHANCE,),
    "smartqueue.config": (DISK,),
    "smartqueue.demo.child": (DISK,),
    "smartqueue.demo.run": (CLOCK,),
    "smartqueue.i18n": (DISK,),
    "smartqueue.localstore": (DISK,),
    "smartqueue.look.font_making": (DISK,),
    "smartqueue.sound.player": (DISK,),
    "smartqueue.sound.shelf": (DISK,),
    "smartqueue.sound.voice": (DISK,),
}


def layer_of(name: str) -> tuple[str, Layer]:
    found = [(prefix, key) for key, layer in LAYERS.items() for prefix in layer.modules if inside(name, prefix)]
    assert found, f"{name} belongs to no layer: add it to the table here and in docs/architecture.md"
    key = max(found)[1]
    return key, LAYERS[key]


def within(name: str, prefixes: Iterable[str]) -> bool:
    return any(inside(name, prefix) for prefix in prefixes)


def trespasses(module: Module) -> Iterator[str]:
    """One line for each import that the table does not allow."""
    key, layer = layer_of(module.name)
    extra = (*COMPOSITION.get(module.name, ()), *(SHARED_LOOK if key in ("hub", "api, web") else ()))
    for use in imports(module):
        top = use.what.partition(".")[0]
        if within(use.what, extra):
            continue
        forbidden = within(use.what, layer.never)
        allowed = top in STDLIB or within(use.what, layer.may if top in FOLDERS else layer.packages)
        own_unit = module.name.partition(".")[0]
        foreign_unit = top in ("kiosk", "display", "caller") and top != own_unit
        if forbidden or foreign_unit or not allowed:
            yield f"{module.path}:{use.line}: {module.name} ({key}) may not import {use.what}"


def misplaced_drivers(module: Module) -> Iterator[str]:
    for use in imports(module):
        top = use.what.partition(".")[0]
        found = ONE_FILE.get(top, module.name)
        homes = (found,) if isinstance(found, str) else found
        if module.name not in homes:
            yield f"{module.path}:{use.line}: {top} belongs into {' or '.join(homes)} only"
        if top == "kivy" and "ui" not in module.name.split("."):
            yield f"{module.path}:{use.line}: kivy belongs into folders named ui only"


def impurities(module: Module) -> Iterator[str]:
    if within(module.name, PURE):
        for use in imports(module):
            if within(use.what, IMPURE):
                yield f"{module.path}:{use.line}: {module.name} is pure and may not import {use.what}"


def reaches(module: Module) -> dict[str, list[int]]:
    """Lines where a module takes time, chance or files by itself, by kind."""
    found: dict[str, list[int]] = {}
    for use in names_used(module):
        for kind, names in REACHES.items():
            whole_modules = use.what in names and use.what in STDLIB
            if within(use.what, names) and not whole_modules and not within(use.what, HARMLESS):
                found.setdefault(kind, []).append(use.line)
    return found


def test_every_import_follows_the_layer_table():
    assert [line for module in modules() for line in trespasses(module)] == []


def test_each_driver_is_imported_in_one_file():
    assert [line for module in modules() for line in misplaced_drivers(module)] == []


def test_what_decides_imports_nothing_that_acts():
    assert [line for module in modules() for line in impurities(module)] == []


def test_clock_chance_and_disk_come_in_as_arguments_but_for_the_named_adapters():
    found = [
        f"{module.path}:{lines}: {module.name} reaches for the {kind}; take it as an argument"
        for module in modules()
        for kind, lines in reaches(module).items()
        if kind not in ADAPTERS.get(module.name, ())
    ]
    assert found == []


def test_the_list_of_adapters_names_nothing_that_is_not_needed():
    actual = {(module.name, kind) for module in modules() for kind in reaches(module)}
    assert {(name, kind) for name, kinds in ADAPTERS.items() for kind in kinds} - actual == set()


def plant(root: Path, name: str, text: str) -> Module:
    path = root / (name.replace(".", "/") + ".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), "utf-8")
    (module,) = [module for module in modules(root) if module.name == name]
    assert module_name(path, root) == name
    return module


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hub.domain.planted", "import asyncio"),
        ("hub.domain.planted", "def f():\n    from time import time"),
        ("hub.domain.planted", "from smartqueue.wire import Hello"),
        ("hub.domain.planted", "import msgspec"),
        ("hub.planted", "from hub.api import routes"),
        ("hub.planted", "from kiosk import flow"),
        ("hub.planted", "from smartqueue.look import typeset"),
        ("hub.planted", "from smartqueue.sound import voice"),
        ("smartqueue.planted", "from smartqueue.sound.player import Player"),
        ("smartqueue.sound.planted", "from smartqueue.look import theme"),
        ("hub.api.planted", "from hub.journal.sqlite import Journal"),
        ("hub.api.planted", "from hub import journal"),
        ("hub.api.planted", "from .. import journal"),
        ("kiosk.planted", "import hub"),
        ("kiosk.planted", "from display.board import Board"),
        ("kiosk.ui.planted", "from caller.ui import app"),
        ("smartqueue.planted", "from hub.domain import commands"),
        ("smartqueue.planted", "from smartqueue import look"),
        ("smartqueue.look.planted", "import asyncio"),
        ("smartqueue.terms", "import msgspec"),
        ("smartqueue.errors", "from smartqueue import wire"),
        ("display.planted", "import requests"),
    ],
)
def test_a_planted_import_against_the_table_is_caught(tmp_path, name, text):
    assert list(trespasses(plant(tmp_path, name, text)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hub.domain.fine", "from hub.domain.events import TokenCalled\nimport dataclasses"),
        ("hub.run", "from hub.api import routes"),
        ("hub.web.fine", "from smartqueue.look.theme import LIGHT\nfrom hub.feed import Feed"),
        ("kiosk.ui.fine", "import kivy.app\nfrom kiosk.flow import Flow\nfrom smartqueue.ui import window"),
        ("smartqueue.fine", "from smartqueue.terms import RoomId\nimport aiohttp"),
    ],
)
def test_what_the_table_allows_is_let_through(tmp_path, name, text):
    assert list(trespasses(plant(tmp_path, name, text))) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kiosk.planted", "import kivy"),
        ("smartqueue.look.planted", "def f():\n    from kivy.core import text"),
        ("kiosk.planted", "from escpos.escpos import Escpos"),
        ("caller.planted", "import serial"),
        ("kiosk.printer", "import serial"),
        ("smartqueue.client", "from zeroconf import Zeroconf"),
    ],
)
def test_a_planted_driver_in_a_second_file_is_caught(tmp_path, name, text):
    assert list(misplaced_drivers(plant(tmp_path, name, text)))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (CLOCK, "from datetime import datetime as dt\nnow = dt.now()"),
        (CLOCK, "import datetime\nnow = datetime.datetime.utcnow()"),
        (CLOCK, "import time\ndef f(clock=time.time): ..."),
        (CLOCK, "from time import time_ns\nnow = time_ns()"),
        (CHANCE, "from uuid import uuid4\nmade = uuid4()"),
        (CHANCE, "import random\nmade = random.random()"),
        (CHANCE, "import secrets as chance\nmade = chance.token_hex()"),
        (DISK, "with open('x') as file: ..."),
        (DISK, "def f(path): return path.read_text('utf-8')"),
    ],
)
def test_a_planted_reach_for_clock_chance_or_disk_is_caught(tmp_path, kind, text):
    assert kind in reaches(plant(tmp_path, "kiosk.planted", text))


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime\ndef f(now: datetime): return now.isoformat()",
        "import random\ndef f(chance: random.Random): return chance.random()",
        "def f(room): return room.open",
        "def f(clock): return clock.time()",
    ],
)
def test_clock_and_chance_as_arguments_are_let_through(tmp_path, text):
    assert reaches(plant(tmp_path, "kiosk.fine", text)) == {}
