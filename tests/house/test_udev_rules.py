"""The udev rules are whole and give devices to the groups of the kiosk's service; their names are documented."""

import re

from house_imports import ROOT

RULES = ROOT / "systemd" / "70-smartqueue-kiosk.rules"
PART = re.compile(r'([A-Z_]+)(\{[A-Za-z0-9_/]+\})?(==|!=|\+=|:=|=)"([^"]*)"')
MATCHES = {"ACTION", "SUBSYSTEM", "SUBSYSTEMS", "KERNEL", "ATTR", "ATTRS", "ENV", "TEST"}
ASSIGNMENTS = {"GROUP", "MODE", "SYMLINK", "ENV", "ATTR", "GOTO", "LABEL", "RUN"}


def rules() -> list[list[tuple[str, str, str, str]]]:
    """Key, its argument, operator and value of each part of each line."""
    lines = [line for line in RULES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    found = []
    for line in lines:
        parts = PART.findall(line)
        assert ", ".join(f'{key}{about}{sign}"{value}"' for key, about, sign, value in parts) == line
        found.append(parts)
    return found


def test_every_rule_matches_something_and_does_something():
    assert len(rules()) > 6
    for rule in rules():
        for key, _, sign, _ in rule:
            assert key in (MATCHES if sign in ("==", "!=") else ASSIGNMENTS)
        assert any(sign in ("=", "+=") for _, _, sign, _ in rule)
        assert rule[0][0] == "LABEL" or any(sign == "==" for _, _, sign, _ in rule)


def test_every_jump_has_its_place_behind_it():
    flat = [(number, *part) for number, rule in enumerate(rules()) for part in rule]
    jumps = {value: number for number, key, _, _, value in flat if key == "GOTO"}
    labels = {value: number for number, key, _, _, value in flat if key == "LABEL"}
    assert jumps
    assert all(labels[name] > number for name, number in jumps.items())


def test_devices_go_to_groups_that_the_kiosk_is_in_and_to_nobody_else():
    service = (ROOT / "systemd" / "smartqueue-kiosk.service").read_text("utf-8")
    (groups,) = re.findall(r"^SupplementaryGroups=(.*)$", service, re.MULTILINE)
    given = {value for rule in rules() for key, _, _, value in rule if key == "GROUP"}
    assert given == {"lp", "dialout"}
    assert given <= set(groups.split())
    assert {value for rule in rules() for key, _, _, value in rule if key == "MODE"} == {"0660"}


def test_the_light_is_for_a_group_of_the_kiosk_and_its_link_is_all_that_the_sandbox_opens():
    service = (ROOT / "systemd" / "smartqueue-kiosk.service").read_text("utf-8")
    (light,) = [rule for rule in rules() if ("SUBSYSTEM", "", "==", "backlight") in rule]
    runs = [value.split() for key, _, sign, value in light if (key, sign) == ("RUN", "+=")]
    file = "$sys$devpath/brightness"
    (link,) = re.findall(r"^ReadWritePaths=-(.*)$", service, re.MULTILINE)
    assert runs == [
        ["/bin/chgrp", "video", file],
        ["/bin/chmod", "0664", file],
        ["/bin/ln", "-sfn", "$sys$devpath", link],
    ]
    assert "video" in re.findall(r"^SupplementaryGroups=(.*)$", service, re.MULTILINE)[0].split()
    assert "ProtectKernelTunables=yes" in service
    assert len(re.findall(r"^(?:ReadWritePaths|BindPaths)=", service, re.MULTILINE)) == 1


def test_no_printer_is_taken_for_a_modem():
    serial = [rule for rule in rules() if ("GROUP", "", "=", "dialout") in rule]
    assert serial
    assert all(("ENV", "{ID_MM_DEVICE_IGNORE}", "=", "1") in rule for rule in serial)


def test_every_name_and_the_way_to_install_them_are_documented():
    printers, services = ((ROOT / "docs" / name).read_text("utf-8") for name in ("printers.md", "services.md"))
    links = {value for rule in rules() for key, _, _, value in rule if key == "SYMLINK"}
    assert links
    assert all(f"`/dev/{link}`" in printers for link in links)
    assert f"systemd/{RULES.name}" in services
    assert "udevadm control --reload" in services
