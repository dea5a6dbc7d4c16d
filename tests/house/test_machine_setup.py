"""Set-up on machines that are not ours: each stands for one by the few commands it has."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from house_imports import ROOT

TOOLS = (
    "bash",
    "cat",
    "cut",
    "dirname",
    "env",
    "flock",
    "grep",
    "mkdir",
    "rm",
    "sed",
    "sha256sum",
    "sort",
    "tail",
    "wc",
)
DEBIAN = {
    "apt-get": 'echo "$*" >>"$HOME/apt-get"',
    "apt-cache": "true",
    "dpkg": "echo amd64",
    "dpkg-query": 'for last; do :; done; cat "$HOME/installed/$last" 2>/dev/null',
    "id": "echo 0",
}

Machine = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Runs set-up in a copy of the checkout's scripts, with the given commands and no others in PATH."""
    checkout, programs = tmp_path / "checkout", tmp_path / "programs"
    shutil.copytree(ROOT / "scripts", checkout / "scripts")
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool) or tool)

    def run(commands: dict[str, str], level: str = "test", **environment: str) -> "subprocess.CompletedProcess[str]":
        for name, text in commands.items():
            (programs / name).write_text(f"#!{programs / 'bash'}\n{text}\n")
            (programs / name).chmod(0o755)
        return subprocess.run(
            [str(checkout / "scripts/setup.sh"), level],
            env={"PATH": str(programs), "HOME": str(tmp_path), "PYTHON": "none-here", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def test_without_root_and_sudo_it_says_what_is_missing_and_what_root_would_do(machine):
    done = machine(DEBIAN | {"id": "echo 1000"})
    assert done.returncode == 1
    assert "right-to-left text" in done.stdout
    assert "there is no sudo here" in done.stderr
    assert "apt-get install --no-install-recommends" in done.stderr
    assert "libfribidi0" in done.stderr


def test_with_a_sudo_that_wants_a_password_and_nobody_there_it_says_so(machine):
    done = machine(DEBIAN | {"id": "echo 1000", "sudo": "exit 1"})
    assert done.returncode == 1
    assert "sudo wants a password that nobody can type here" in done.stderr


def test_a_user_with_sudo_installs_by_it(machine, tmp_path):
    done = machine(DEBIAN | {"id": "echo 1000", "sudo": '[ "$1" = -n ] && shift; "$@"'})
    assert "Installing them" in done.stdout
    assert "install" in (tmp_path / "apt-get").read_text()


def test_only_what_the_level_needs_is_installed(machine, tmp_path):
    machine(DEBIAN, level="run")
    asked = (tmp_path / "apt-get").read_text().split()
    assert "espeak-ng" in asked
    assert "chromium" not in asked


def test_a_package_under_its_other_name_counts_as_installed(machine, tmp_path):
    (tmp_path / "installed").mkdir()
    (tmp_path / "installed/libmtdev1t64").write_text(" installed ")
    done = machine(DEBIAN)
    assert "touch panels" not in done.stdout
    assert "libmtdev1" not in (tmp_path / "apt-get").read_text()


def test_when_packages_cannot_be_installed_it_shows_why_and_asks_for_the_network(machine):
    done = machine(DEBIAN | {"apt-get": "echo 'E: Temporary failure resolving'; exit 100"})
    assert done.returncode == 1
    assert "Temporary failure resolving" in done.stderr
    assert "Is this machine on a network" in done.stderr


def test_a_system_without_apt_is_told_what_this_is_made_for(machine):
    done = machine({"id": "echo 0"})
    assert done.returncode == 1
    assert "made for Debian 12, Debian 13 and Raspberry Pi OS" in done.stderr


def test_a_32_bit_system_is_refused_before_anything_is_fetched(machine, tmp_path):
    done = machine(DEBIAN | {"dpkg": "echo armhf"})
    assert done.returncode == 1
    assert "this one is armhf" in done.stderr
    assert not (tmp_path / "apt-get").exists()


def test_without_a_fitting_python_it_says_which_ones_fit(machine):
    done = machine({"id": "echo 0", "python3": "exit 1"}, SYSTEM="no", PYTHON="python3")
    assert done.returncode == 1
    assert "No Python from 3.11 to 3.13" in done.stderr


def test_every_system_package_has_its_reason():
    lines = (ROOT / "scripts/system-packages.txt").read_text("utf-8").splitlines()
    rows = [line.split(maxsplit=2) for line in lines if not line.startswith("#")]
    assert len(rows) > 10
    assert all(len(row) == 3 and row[0] in ("run", "test", "pi") for row in rows)
