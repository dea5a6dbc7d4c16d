"""Where a ticket's short code is typed; also what stands there when a status page is over."""

from http import HTTPStatus
from urllib.parse import quote

from aiohttp import web

from hub.api.reading import patients_token
from hub.web.document import Page, document, page_of, response, site_head
from hub.web.markup import Child, Markup, el, icon
from smartqueue import capabilities
from smartqueue.errors import Refusal, TooManyRequests, UnknownToken

_EXAMPLE = "7H4K 2MPX"
"""A code in the groups that stand on the ticket; typed with or without the space."""


async def enter_page(request: web.Request) -> web.Response:
    """`?code=7H4K2MPX` leads on to the status page when there is one."""
    page, typed = page_of(request), request.query.get("code", "")
    if not typed.strip():
        return response(_document(page, page.words.text("status.title"), None, typed))
    try:
        patients_token(request, typed)
    except (UnknownToken, TooManyRequests) as refused:
        trouble = _told(_trouble(page, refused))
        return response(_document(page, page.words.text("status.title"), trouble, typed), refused.status)
    address = f"/S/{quote(capabilities.normal(typed))}?lang={page.language}"
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": address})


def gone_page(request: web.Request, refused: Refusal) -> web.Response:
    """Instead of a status page that never was or whose day is over."""
    page = page_of(request)
    if isinstance(refused, TooManyRequests):
        line = _told(_trouble(page, refused))
    else:
        line = el("p", page.words.text("enter.gone_line"))
    return response(_document(page, page.words.text("enter.gone_title"), line, ""), refused.status)


def _trouble(page: Page, refused: Refusal) -> str:
    if isinstance(refused, TooManyRequests):
        return page.words.text("enter.wait", retry_s=refused.values["retry_s"])
    return page.words.text("enter.wrong")


def _told(text: str) -> Markup:
    return el("p", icon("warning"), el("span", text), class_="told", role="alert")


def _document(page: Page, title: str, line: Markup | None, typed: str) -> Markup:
    body: Child = (
        site_head(page, languages=True),
        el(
            "main",
            el("h1", title),
            line,
            _form(page, typed),
            el("a", icon("speaker"), el("span", page.words.text("status.board")), href="/board", class_="key"),
            class_="enter",
        ),
    )
    return document(
        page.words,
        f"{title} – {page.name(page.site.names)}",
        body,
        styles=("phone.css",),
        kind="enter-page",
        colour=page.site.colour,
    )


def _form(page: Page, typed: str) -> Markup:
    words = page.words
    code = el(
        "input",
        id="code",
        name="code",
        value=typed[:40],
        required=True,
        maxlength=20,
        autocomplete="off",
        autocapitalize="characters",
        spellcheck="false",
        inputmode="text",
        placeholder=_EXAMPLE,
        dir="ltr",
        aria_describedby="hint",
    )
    return el(
        "form",
        el("label", words.text("enter.label"), for_="code"),
        code,
        el("p", words.text("enter.hint"), id="hint"),
        el("input", type="hidden", name="lang", value=page.language),
        el(
            "button",
            el("span", words.text("enter.show")),
            icon("arrow-right"),
            type="submit",
            class_="key primary onward",
        ),
        method="get",
        action="/",
    )
