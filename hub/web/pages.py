"""The hub's pages and the files they are made of."""

from functools import partial

from hub.api.policy import ANYONE
from hub.api.route import Route
from hub.web import assets
from hub.web.board_page import board_page
from hub.web.document import HEADERS, error_page
from hub.web.enter_page import enter_page
from hub.web.status_page import status_page

_page = partial(Route, "GET", allowed=ANYONE, media="text/html", headers=HEADERS, failed=error_page)

PAGES: tuple[Route, ...] = (
    _page(path="/", handler=enter_page, summary="Where a ticket's short code is typed."),
    _page(path="/board", handler=board_page, summary="The board for any browser or TV."),
    _page(path="/S/{secret}", handler=status_page, summary="The patient's own page."),
    _page(path="/s/{secret}", handler=status_page, summary="The same, where somebody typed it in small letters."),
    Route(
        "GET",
        assets.PATH,
        assets.asset,
        ANYONE,
        "Style sheets and scripts of the pages.",
        media="text/css",
        headers=assets.HEADERS,
    ),
)
