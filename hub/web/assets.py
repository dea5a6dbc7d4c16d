"""Style sheets and scripts: ours alone, read once, named by their content so that they can be kept for ever."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from aiohttp import web

from smartqueue.colours import Colour, is_colour, is_readable
from smartqueue.errors import NoSuchRoute
from smartqueue.look import icon_paths, theme

PATH = "/static/{name}"
_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FILES = ("board.css", "board-layouts.css", "fit.js", "live.js", "phone.css", "sound.js")
HEADERS = {
    "Server": "SmartQueue",
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    media: str


def address(file: str) -> str:
    """Where a page finds a file, e.g. `/static/board.1f0c2d3e.css`."""
    return f"/static/{_address_names()[file]}"


def colour_address(colour: Colour) -> str:
    """Of a style sheet in which a clinic's colour takes the place of ours, on light pages."""
    return f"/static/clinic.{colour[1:].lower()}.css"


async def asset(request: web.Request) -> web.Response:
    """A file by the name that `address` or `colour_address` gives; older names are gone."""
    name = request.match_info["name"]
    found = _by_name().get(name) or _in_colour(name)
    if found is None:
        raise NoSuchRoute()
    return web.Response(body=found.body, content_type=found.media, charset="utf-8")


def _in_colour(name: str) -> Asset | None:
    """None for what is no such name; only colours that can be read are drawn with."""
    colour = "#" + name.removeprefix("clinic.").removesuffix(".css")
    if name != f"clinic.{colour[1:]}.css" or not is_colour(colour) or not is_readable(colour):
        return None
    return Asset(f":root {{ --primary: {colour}; }}\n".encode(), _KINDS["css"])


@cache
def _assets() -> dict[str, Asset]:
    folder = resources.files("hub.web").joinpath("static")
    found: dict[str, Asset] = {}
    for file in _FILES:
        body = folder.joinpath(file).read_bytes()
        kind = file.rpartition(".")[2]
        found[file] = Asset(theme.css().encode() + body if kind == "css" else body, _KINDS[kind])
    found["icon.svg"] = Asset(_icon().encode(), _KINDS["svg"])
    return found


def _icon() -> str:
    """The clinic's house for the browser's tab."""
    svg = icon_paths.svg("clinic").replace("currentColor", theme.LIGHT.primary)
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


@cache
def _address_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for file, made in _assets().items():
        stem, _, kind = file.rpartition(".")
        names[file] = f"{stem}.{hashlib.sha256(made.body).hexdigest()[:8]}.{kind}"
    return names


@cache
def _by_name() -> dict[str, Asset]:
    return {name: _assets()[file] for file, name in _address_names().items()}
