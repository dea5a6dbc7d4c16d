"""What all pages share: head, language, headers, and answers to errors as a page that a person can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from hub import projections
from hub.api import requests
from hub.api.context import HUB
from hub.api.route import SAFE_HEADERS
from hub.web import assets
from hub.web.markup import Child, Markup, el, icon
from smartqueue.errors import Fault, Refusal
from smartqueue.i18n import Words, own_name
from smartqueue.terms import LANGUAGES, Language
from smartqueue.wire import BASE, Names, SiteView

HEADERS = SAFE_HEADERS | {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""No inline script or style, nothing from elsewhere, never inside another page."""
_AGAIN_S = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Whose page: site, language and the hub's time."""

    site: SiteView
    words: Words
    zone: ZoneInfo
    now: datetime

    @property
    def language(self) -> Language:
        return self.words.language

    def name(self, names: Names) -> str:
        return self.words.pick(names, self.language, self.site.default_language)

    def time(self, moment: datetime) -> str:
        return self.words.time(moment, self.zone)


def page_of(request: web.Request, preferred: Language | None = None) -> Page:
    """In the language of `?lang=`, else the preferred one, else that of the browser. Raises HubStarting."""
    hub = request.app[HUB]
    site = projections.site(hub.service.published, **hub.about)
    asked = request.query.get("lang", "")
    language = Language(asked) if asked in LANGUAGES else preferred or requests.language(request)
    now = projections.when(hub.service.moment().at)
    return Page(site, Words(language), ZoneInfo(site.zone), now)


def document(
    words: Words,
    title: str,
    *body: Child,
    styles: Sequence[str],
    theme: str = "light",
    kind: str = "",
    scripts: Sequence[str] = (),
    colour: str | None = None,
) -> Markup:
    """A whole page. kind: class of the body. styles, scripts: files of ours, in their order. colour: the clinic's."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("title", title),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="dark" if theme == "night" else "light"),
        el("link", rel="icon", type="image/svg+xml", href=assets.address("icon.svg")),
        [el("link", rel="stylesheet", href=assets.address(file)) for file in styles],
        el("link", rel="stylesheet", href=assets.colour_address(colour)) if colour is not None else None,
        [el("script", src=assets.address(file), defer=True) for file in scripts],
    )
    whole = el(
        "html", head, el("body", body, class_=kind or None), lang=words.language, dir=words.direction, data_theme=theme
    )
    return Markup("<!doctype html>\n" + whole)


def response(made: Markup, status: int = 200) -> web.Response:
    return web.Response(text=made, status=status, content_type="text/html", charset="utf-8")


def error_page(request: web.Request, error: Refusal | Fault) -> web.Response:
    """For people: what happened and what to do. While the hub starts the page comes back by itself."""
    words = Words(requests.language(request))
    again = el("meta", http_equiv="refresh", content=str(_AGAIN_S)) if error.status == 503 else None
    made = document(
        words,
        words.title(error),
        el("main", icon("info"), el("h1", words.title(error)), el("p", words.detail(error)), class_="message"),
        again,
        styles=("phone.css",),
    )
    return response(made, error.status)


def mark(site: SiteView) -> Markup:
    """The clinic's logo, or ours; its name stands beside it."""
    if site.logo is None:
        return icon("clinic")
    return el("img", src=f"{BASE}/site/logo?{site.logo}", alt="", class_="logo")


def site_head(page: Page, *, languages: bool) -> Markup:
    """The site's name and, on phones, the other languages."""
    name = el("div", mark(page.site), el("span", page.name(page.site.names)), class_="site")
    return el("header", name, _language_choice(page) if languages else None, class_="top")


def _language_choice(page: Page) -> Markup | None:
    offered = [language for language in page.site.languages if language in LANGUAGES]
    if len(offered) < 2:
        return None
    links = (
        el(
            "a",
            own_name(one),
            href=f"?lang={one}",
            lang=one,
            hreflang=one,
            aria_current=one == page.language and "true",
        )
        for one in offered
    )
    own = el("span", own_name(page.language))
    summary = el(
        "summary", icon("globe"), own, aria_label=f"{page.words.text('status.language')}: {own_name(page.language)}"
    )
    return el("details", summary, el("nav", links), class_="languages")
