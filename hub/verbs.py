"""The verbs of the hub: `setup`, `hub`, `test-token`. Light to import; what runs is imported when it runs."""

import argparse
import asyncio
import gc
import secrets
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hub import private_verbs, setup_logo
from smartqueue.terms import LANGUAGES, AppointmentId, Language, Priority, UnitKind

if TYPE_CHECKING:
    from hub.domain.configuration import Site, Unit
    from hub.setup_site import Plan
    from smartqueue.wire import IssuedAnswer, SetupReport

LOCALTIME = Path("/etc/localtime")
_DEMO_DATA = "6 departments, 3 doctors with rooms, 8 people waiting, 3 appointments of today"


def register(subparsers: Any) -> None:
    _register_setup(subparsers)
    _register_hub(subparsers)
    _register_test_token(subparsers)
    private_verbs.register(subparsers)


# --- setup --------------------------------------------------------------------------------------------


def _register_setup(subparsers: Any) -> None:
    setup = subparsers.add_parser("setup", help="make a site", description="Makes a site; never overwrites one.")
    setup.add_argument("--data", type=Path, required=True, metavar="DIR", help="directory of the new site")
    setup.add_argument("--name", help="what the site is called")
    setup.add_argument("--demo-data", action="store_true", help=_DEMO_DATA)
    setup.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar="KIND:NAME[:ROOM]",
        help=f"a unit that may speak to the hub: {', '.join(UnitKind)}; a caller with its room; may be repeated",
    )
    setup.add_argument(
        "--public-url", metavar="URL", help="where phones reach the status page, e.g. http://192.0.2.7:8080"
    )
    setup.add_argument("--zone", help="time zone, e.g. Europe/Lisbon; otherwise that of this machine")
    setup.add_argument(
        "--language",
        action="append",
        default=[],
        choices=LANGUAGES,
        help="a language of the site, the first is the default; may be repeated",
    )
    setup.add_argument(
        "--configuration",
        type=Path,
        metavar="FILE",
        help="departments, rooms, operators and rules as JSON (docs/protocol.md, Configuration), instead of "
        "--demo-data, --name, --zone and --language",
    )
    pictures = setup.add_mutually_exclusive_group()
    pictures.add_argument(
        "--logo",
        type=Path,
        metavar="FILE",
        help="the clinic's logo, PNG, up to 512 KiB and 2000 pixels each way; alone, it is that of a site there is",
    )
    pictures.add_argument("--no-logo", action="store_true", help="take away the logo of a site there is")
    setup.add_argument("--json", action="store_true", help="print the report as JSON")
    setup.set_defaults(run=_setup)


def _setup(args: argparse.Namespace) -> int:
    from dataclasses import replace

    from hub.clock import HubClock
    from hub.setup_site import make_site
    from smartqueue.errors import InvalidConfiguration, StartFault

    logo, mistakes = setup_logo.given(args.logo)
    if setup_logo.is_all(args):
        return setup_logo.change(args, logo, mistakes)
    plan = _plan(args)
    plan = replace(plan, logo=logo, mistakes=(*plan.mistakes, *mistakes))
    try:
        report = asyncio.run(make_site(args.data, plan, HubClock()))
    except InvalidConfiguration as refused:
        raise StartFault(_listed(refused.values["errors"])) from refused
    sys.stdout.write(_as_json(report) if args.json else _as_text(report, args.data))
    return 0


def _listed(mistakes: object) -> str:
    lines = mistakes if isinstance(mistakes, list) else [mistakes]
    return "nothing was made. Correct this:\n" + "\n".join(f"  {line}" for line in lines)


def _plan(args: argparse.Namespace) -> "Plan":
    from hub import demo_site, status_pages
    from hub.domain.commands import ConfigureSite
    from hub.setup_site import Plan, parse_units

    units, mistakes = parse_units(args.unit)
    if args.configuration is not None:
        return _configured(args, units, mistakes)
    site, site_mistakes = _site(args)
    mistakes = (*site_mistakes, *mistakes)
    if not args.demo_data:
        return Plan(ConfigureSite(site, (), (), ()), units, mistakes=mistakes)
    tokens = tuple(status_pages.new_token() for _ in range(demo_site.WAITING))
    configuration, waiting = demo_site.configuration(site), demo_site.waiting(tokens)
    booked = partial(demo_site.appointments, [AppointmentId(status_pages.new_id()) for _ in demo_site.REFERENCES])
    names = dict(demo_site.OPERATOR_NAMES)
    return Plan(configuration, units, names, waiting, mistakes, appointments=booked)


def _configured(args: argparse.Namespace, units: "tuple[Unit, ...]", mistakes: tuple[str, ...]) -> "Plan":
    """What a file says; it says everything."""
    from hub import configuration_file, configuration_views
    from hub.setup_site import Plan

    given = {"--demo-data": args.demo_data, "--name": args.name, "--zone": args.zone, "--language": args.language}
    given["--public-url"] = args.public_url
    twice = tuple(f"{name}: the file of --configuration says that; leave one out" for name in given if given[name])
    document = configuration_file.read(args.configuration)
    names = {one.id: one.name for one in document.operators if one.name is not None}
    return Plan(configuration_views.command(document), units, names, mistakes=(*twice, *mistakes))


def _site(args: argparse.Namespace) -> "tuple[Site, tuple[str, ...]]":
    from hub import demo_site
    from hub.domain.configuration import Site
    from hub.settings import public_address

    asked = [*args.language, *(demo_site.LANGUAGES if args.demo_data else ())]
    languages = tuple(dict.fromkeys(asked)) or LANGUAGES[:1]
    names = {language: args.name or "SmartQueue" for language in languages[:1]}
    if args.demo_data and not args.name:
        names = dict(demo_site.SITE_NAMES)
    public_url: str | None = None
    mistakes: tuple[str, ...] = ()
    try:
        public_url = public_address(args.public_url) if args.public_url else None
    except ValueError as trouble:
        mistakes = (f"--public-url {args.public_url}: {trouble}",)
    site = Site(
        id=secrets.token_hex(6),
        names=names,
        languages=tuple(Language(language) for language in languages),
        default_language=Language(languages[0]),
        zone=args.zone or _machine_zone(LOCALTIME),
        public_url=public_url,
    )
    return site, mistakes


def _machine_zone(localtime: Path) -> str:
    """The name behind /etc/localtime; UTC where it is no link to one."""
    _, found, name = str(localtime.resolve()).partition("/zoneinfo/")
    return name if found else "UTC"


def _as_json(report: "SetupReport") -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"


def _as_text(report: "SetupReport", directory: Path) -> str:
    lines = [
        f"Site {report.site} made in {directory}.",
        f"Set-up code of the administrator, to be used once: {report.setup_code}",
        "Write it down now: it is not kept.",
    ]
    if report.units or report.operators:
        lines += ["", f"Keys of units and operators (also in {directory / 'keys'}, readable by you alone):"]
    for unit in report.units:
        room = f", {unit.room}" if unit.room else ""
        lines.append(f"  {unit.name} ({unit.kind}{room})\n    {unit.key}")
    lines += [f"  {one.operator} ({one.role})\n    {one.key}" for one in report.operators]
    return "\n".join([*lines, "", f"Start the hub: smartqueue hub --data {directory}", ""])


# --- hub ----------------------------------------------------------------------------------------------


def _register_hub(subparsers: Any) -> None:
    hub = subparsers.add_parser("hub", help="run the hub of a site", description="Runs the hub until it is stopped.")
    hub.add_argument("--data", type=Path, metavar="DIR", help="directory of the site")
    hub.add_argument("--host", help="address to listen on (127.0.0.1)")
    hub.add_argument("--port", help="port to listen on (8080); 0 takes a free one")
    hub.add_argument(
        "--insecure-lan", action="store_true", default=None, help="allow a --host beyond this machine, without TLS"
    )
    hub.add_argument("--public-url", metavar="URL", help="where phones reach the status page")
    hub.add_argument(
        "--no-mdns", dest="mdns", action="store_false", default=None, help="don't announce the hub on the network"
    )
    hub.add_argument("--config", type=Path, metavar="FILE", help="settings as TOML; what is said here goes first")
    hub.set_defaults(run=_hub)


def _hub(args: argparse.Namespace) -> int:
    from hub.run import serve
    from hub.settings import HubSettings
    from smartqueue import cli, config

    names = ("data", "host", "port", "insecure_lan", "public_url", "mdns")
    settings = config.load(HubSettings, args.config, {name: getattr(args, name) for name in names})
    running = serve(settings, version=cli.version(), notify=cli.service(), say=_say, settled=_settled)
    return cli.run_async(running)


def _settled() -> None:
    """Today's state is looked at by the garbage collector no more: shorter pauses."""
    gc.collect()
    gc.freeze()


def _say(line: str) -> None:
    """For whoever started the process; nobody need listen."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


# --- test-token ---------------------------------------------------------------------------------------


def _register_test_token(subparsers: Any) -> None:
    trial = subparsers.add_parser(
        "test-token",
        help="issue a token for trials",
        description="Issues a token that is marked as a trial in the journal and left out of reports.",
    )
    where = trial.add_mutually_exclusive_group(required=True)
    where.add_argument("--data", type=Path, metavar="DIR", help="directory of the site, whether its hub runs or not")
    where.add_argument("--hub", metavar="URL", help="address of a running hub; needs --key-file")
    trial.add_argument(
        "--key-file", type=Path, metavar="FILE", help="the technician's key, made by setup: keys/technician.key"
    )
    trial.add_argument("--department", required=True, metavar="D", help="id of the department, e.g. general-medicine")
    trial.add_argument("--priority", choices=tuple(Priority), help="priority of the token (normal)")
    trial.add_argument("--json", action="store_true", help="print the answer as JSON")
    trial.set_defaults(run=_test_token)


def _test_token(args: argparse.Namespace) -> int:
    import msgspec

    from hub import technician, trials
    from smartqueue.addresses import base_url
    from smartqueue.errors import StartFault
    from smartqueue.wire import IssueBody

    priority = Priority(args.priority) if args.priority else None
    body = IssueBody(department=args.department, priority=priority, trial=True)
    if args.data:
        answer = asyncio.run(trials.issue_in(args.data, body))
    elif args.key_file:
        answer = asyncio.run(trials.issue_at(base_url(args.hub), technician.read_key(args.key_file), body))
    else:
        raise StartFault("--hub needs --key-file: the technician's key lies in keys/technician.key of the site.")
    text = msgspec.json.encode(answer).decode() if args.json else _issued(answer)
    sys.stdout.write(text + "\n")
    return 0


def _issued(answer: "IssuedAnswer") -> str:
    return f"{answer.label} issued for trials in {answer.department}, {answer.ahead} before it. {answer.status_url}"
