"""The systemd services are right in every line, tight enough, and start commands that exist."""

import shlex
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import pytest
from house_imports import ROOT

from smartqueue.cli import GROUP, build_parser

ROLES = ("hub", "kiosk", "display", "caller")
# Exposure as `systemd-analyze security` reckons it, in tenths: less is better.
THRESHOLDS = {"hub": 11, "caller": 15, "kiosk": 15, "display": 15}
INSTALLED = "/usr/lib/smartqueue/venv/bin/smartqueue"


def service(role: str) -> Path:
    return ROOT / "systemd" / f"smartqueue-{role}.service"


def options(role: str) -> dict[str, list[str]]:
    """All values of each key of a unit file, in order."""
    found: dict[str, list[str]] = {}
    for line in service(role).read_text("utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def analyze(*arguments: str) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("systemd-analyze")
    assert program, "systemd-analyze is missing; make setup installs it (Debian package systemd)"
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False, timeout=60)


def verify(text: str, folder: Path, name: str) -> str:
    """Everything systemd has to say about a unit file; what it starts is made to exist. Only that counts:
    Debian 12's systemd-analyze ends with 0 also where it warns."""
    stand_in = folder / "smartqueue"
    stand_in.write_text("#!/bin/sh\n")
    stand_in.chmod(0o755)
    path = folder / name
    path.write_text(text.replace(INSTALLED, str(stand_in)), "utf-8")
    done = analyze("verify", "--man=no", str(path))
    return done.stdout + done.stderr + ("" if done.returncode == 0 else f"exit code {done.returncode}")


@pytest.mark.parametrize("role", ROLES)
def test_systemd_has_nothing_to_say_against_a_service(role, tmp_path):
    assert verify(service(role).read_text("utf-8"), tmp_path, service(role).name) == ""


def test_a_misspelt_key_would_be_found(tmp_path):
    text = service("hub").read_text("utf-8").replace("ProtectHome=", "ProtectHom=")
    assert "ProtectHom" in verify(text, tmp_path, "smartqueue-hub.service")


@pytest.mark.parametrize("role", ROLES)
def test_the_sandbox_of_a_role_is_as_tight_as_it_was(role):
    done = analyze("security", "--offline=yes", f"--threshold={THRESHOLDS[role]}", "--no-pager", str(service(role)))
    assert done.returncode == 0, done.stdout.splitlines()[-1:] + done.stderr.splitlines()


def test_a_looser_sandbox_would_be_found(tmp_path):
    loose = tmp_path / "smartqueue-hub.service"
    loose.write_text(service("hub").read_text("utf-8").replace("NoNewPrivileges=yes", "NoNewPrivileges=no"), "utf-8")
    assert analyze("security", "--offline=yes", f"--threshold={THRESHOLDS['hub']}", str(loose)).returncode != 0


@pytest.mark.parametrize("role", ROLES)
def test_a_service_starts_a_command_that_the_command_line_understands(role):
    (line,) = options(role)["ExecStart"]
    program, verb, *rest = shlex.split(line)
    assert (program, verb) == (INSTALLED, role)
    args = build_parser(metadata.entry_points(group=GROUP)).parse_args([verb, *rest])
    assert str(args.config) == f"/etc/smartqueue/{role}.toml"
    assert str(args.data) == f"/var/lib/smartqueue/{role}"


@pytest.mark.parametrize("role", ROLES)
def test_a_service_tells_readiness_and_is_watched_and_comes_back(role):
    found = options(role)
    assert found["Type"] == ["notify"]
    assert found["NotifyAccess"] == ["main"]
    assert 5 <= int(found["WatchdogSec"][0]) <= 60
    assert int(found["TimeoutStartSec"][0]) >= 120
    assert found["Restart"] == ["always"]
    assert found["StartLimitIntervalSec"] == ["0"]


def test_every_user_and_group_of_a_service_is_declared():
    declared = [line.split()[:2] for line in (ROOT / "systemd/smartqueue.sysusers").read_text("utf-8").splitlines()]
    users = {name for kind, name in declared if kind == "u"}
    groups = {name for kind, name in declared if kind in ("u", "g")} | {"video", "audio", "lp", "dialout"}
    for role in ROLES:
        found = options(role)
        assert set(found["User"]) <= users
        assert {*found["Group"], *" ".join(found.get("SupplementaryGroups", [])).split()} <= groups


@pytest.mark.parametrize("role", ["kiosk", "display"])
def test_a_role_that_is_heard_may_use_the_sound_card(role):
    assert "audio" in options(role)["SupplementaryGroups"][0].split()
    assert "char-alsa rw" in options(role)["DeviceAllow"]


def test_no_role_shares_its_user_or_its_data_with_another():
    for key in ("User", "StateDirectory", "RuntimeDirectory"):
        assert len({options(role)[key][0] for role in ROLES}) == len(ROLES)


def test_system_users_are_accepted_by_systemd(tmp_path):
    program = shutil.which("systemd-sysusers")
    assert program, "systemd-sysusers is missing; make setup installs it (Debian package systemd)"
    (tmp_path / "etc").mkdir()
    done = subprocess.run(
        [program, f"--root={tmp_path}", str(ROOT / "systemd/smartqueue.sysusers")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    made = (tmp_path / "etc/passwd").read_text("utf-8")
    assert all(f"smartqueue-{role}:" in made for role in ROLES)
