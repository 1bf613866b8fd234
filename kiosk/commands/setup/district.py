"""The district's settings, which `kiosk setup --setting NAME=CHOICE` writes into the home's settings.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kiosk.commands.common import output
from kiosk.commands.common.paths import read_file
from kiosk.errors import UsageError
from kiosk.packs.library import Library
from kiosk.protocol.findings.collector import Finding
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.district import District, rendered
from kiosk.settings import Home
from kiosk.system.files import save_file


def chosen(home: Home, protocol: Protocol, pairs: Iterable[str]) -> District | None:
    """Return the district's settings with the given `NAME=CHOICE` pairs; None if there is nothing to write.

    Raises UsageError for a pair that does not fit, and for an existing file that can't be read.
    """
    given = dict(_choice(pair, protocol) for pair in pairs)
    if not given:
        return None
    district, findings = Library(home).district(protocol)
    if wrong := [finding for finding in findings if _unreadable(finding)]:
        raise UsageError(f"The district's settings can't be changed: {wrong[0]}", "Repair that line first.")
    if district.protocol not in {"", protocol.id}:
        output.message(
            f"The district's settings were for {district.protocol}; those for {protocol.id} start from the defaults."
        )
        district = District(closed_days=district.closed_days)
    return replace(district, protocol=protocol.id, choices={**district.choices, **given})


def keep(home: Home, district: District) -> None:
    """Write the file atomically. Keep a copy of an existing file with a person's comments. Raises StoreUnusable."""
    file, data = home.district_file, rendered(district).encode("utf-8")
    if file.is_file() and (before := read_file(file)).count(b"#") > data.count(b"#"):
        kept = file.with_name(f"{file.name}.before")
        save_file(kept, before)
        output.data(f"The file with its comments is in {kept}.")
    save_file(file, data)


def _choice(pair: str, protocol: Protocol) -> tuple[str, str]:
    name, _, choice = pair.partition("=")
    setting = protocol.settings.get(name)
    if setting is None:
        raise UsageError(f"{protocol.id} has no setting “{name}”.", f"It has: {', '.join(protocol.settings)}.")
    if choice not in setting.choices:
        raise UsageError(f"“{choice}” is not a choice of {name}.", f"Choose one of: {', '.join(setting.choices)}.")
    return name, choice


def _unreadable(finding: Finding) -> bool:
    # Settings and choices that the protocol does not have are kept; this change may repair them.
    return finding.code.startswith("P") or finding.code == "D108"
