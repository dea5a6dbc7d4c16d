"""Routes of what keeps a site."""

from hub.api import site_commands
from hub.api.policy import ANYONE, KEEPERS
from hub.api.route import LARGE_BODY_BYTES, SAFE_HEADERS, Route
from hub.logo import MEDIA
from smartqueue import errors, wire
from smartqueue.wire import BASE

_CONFIGURATION = f"{BASE}/admin/configuration"

ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        f"{BASE}/site/logo",
        site_commands.logo,
        ANYONE,
        "The clinic's logo; `If-None-Match` with its ETag gets 304 as long as it is the same.",
        media=MEDIA,
        errors=(errors.NoLogo,),
        headers={**SAFE_HEADERS, "Cache-Control": "no-cache"},
    ),
    Route(
        "GET",
        _CONFIGURATION,
        site_commands.configuration,
        KEEPERS,
        "The whole configuration as one document.",
        answer=wire.Configuration,
    ),
    Route(
        "PUT",
        _CONFIGURATION,
        site_commands.configure,
        KEEPERS,
        "Another configuration instead, as a whole; refused as a whole with every mistake named.",
        body=wire.Configuration,
        body_bytes=LARGE_BODY_BYTES,
        answer=wire.DoneAnswer,
        command=True,
        errors=(errors.InvalidConfiguration,),
    ),
    Route(
        "DELETE",
        f"{BASE}/units/{{unit}}",
        site_commands.forget_unit,
        KEEPERS,
        "The unit belongs to the site no more: its key lets it in no longer, a kiosk's blocks of numbers are revoked.",
        answer=wire.DoneAnswer,
        command=True,
        errors=(errors.UnknownUnit,),
    ),
    Route(
        "POST",
        f"{BASE}/units/{{unit}}/bind",
        site_commands.bind_unit,
        KEEPERS,
        "The caller unit acts for this room from now on; it follows at once.",
        body=wire.BindBody,
        answer=wire.DoneAnswer,
        command=True,
        errors=(errors.UnknownUnit, errors.NotACaller, errors.UnknownRoom),
    ),
    Route(
        "POST",
        f"{BASE}/units/{{unit}}/identify",
        site_commands.identify_unit,
        KEEPERS,
        "The caller unit shows which one it is, by its lamps, for 20 seconds; nothing is recorded.",
        answer=wire.DoneAnswer,
        command=True,
        errors=(errors.UnknownUnit, errors.NotACaller, errors.UnitAway),
    ),
    Route(
        "PUT",
        f"{BASE}/operators/{{operator}}/key",
        site_commands.admit_operator,
        KEEPERS,
        "From now on this key lets the operator in, and no earlier one.",
        body=wire.KeyBody,
        answer=wire.DoneAnswer,
        command=True,
        errors=(errors.UnknownOperator,),
    ),
)
