"""The hub's pages."""

from hub.api.route import Route

PAGES: tuple[Route, ...] = ()
