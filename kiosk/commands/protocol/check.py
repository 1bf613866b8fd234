"""`kiosk protocol check`: everything that is wrong with a pack, the most important first."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, Final

from kiosk.authoring.explain import by_importance, class_of
from kiosk.checks.run import check_whole
from kiosk.checks.suppression import Checked
from kiosk.commands.common.dates import day_looked_at
from kiosk.commands.common.output import finding_json, out, out_json, say
from kiosk.commands.common.paths import home_of, pack
from kiosk.errors import Exit
from kiosk.packs.library import Found, Library, key_of
from kiosk.protocol.findings.collector import CATALOGUE, Finding, errors
from kiosk.protocol.model import Release
from kiosk.protocol.versions import check_dates, order
from kiosk.settings import Home, read_settings

FIRST: Final = 5
"""How many findings are shown when not all are asked for."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol check` takes, beside the pack."""
    parser.add_argument("--all", action="store_true", help=f"every finding, not only the {FIRST} most important")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the findings of a pack; 1 when there are any, or when it can't be sealed. Allowed warnings don't count."""
    home = home_of(args)
    found = pack(home, args.target)
    checked = check_whole(found.pack, _dates(home, found, day_looked_at(args)))
    sound = not checked.findings and bool(found.seal)
    if args.json:
        out_json(as_json(checked))
        return Exit.DONE if sound else Exit.FOUND
    if args.all:
        _in_order(checked.findings)
    else:
        _first(checked.findings)
    if not found.seal and not errors(checked.findings):
        out("A file beside protocol.yaml does not read as YAML. → `kiosk protocol test` says which; repair that file.")
    say(f"{found.where} is in order." if sound else f"{_count(checked.findings)} in {found.where}.")
    if checked.allowed:
        say(f"{len(checked.allowed)} warning(s) allowed, each with its reason: see `allow` in protocol.yaml.")
    return Exit.DONE if sound else Exit.FOUND


def _dates(home: Home, found: Found, today: date) -> tuple[Finding, ...]:
    """What is wrong with its dates on this day, beside the highest other version that was installed here."""
    key = key_of(read_settings(home))
    pack_id = found.protocol.id if found.protocol else ""
    others = [a for a in (Library(home).installed(pack_id, key) if key else ()) if a.seal != found.seal]
    newest = max(others, key=lambda a: order(a.version) or (), default=None)
    before = None if newest is None else Release(newest.version, newest.effective, newest.review_by)
    return check_dates(found.pack.reading, today, before)


def _count(findings: tuple[Finding, ...]) -> str:
    wrong = len(errors(findings))
    return f"{len(findings)} finding(s): {wrong} error(s), {len(findings) - wrong} warning(s)"


def _first(findings: tuple[Finding, ...]) -> None:
    """The most important ones."""
    for finding in by_importance(findings)[:FIRST]:
        _tell(f"{finding.file}:{finding.line}:{finding.column}", finding)
    if len(findings) > FIRST:
        out(f"and {len(findings) - FIRST} more: --all")


def _in_order(findings: Iterable[Finding]) -> None:
    """All of them, by file and line."""
    for file, inside in groupby(findings, key=lambda f: f.file):
        out(file)
        for finding in inside:
            _tell(f"  {finding.line}:{finding.column}", finding)


def _tell(place: str, finding: Finding) -> None:
    out(f"{place}: {finding.code} {finding.severity}: {finding.cause}")
    indent = " " * (4 if place.startswith(" ") else 2)
    out(f"{indent}→ {finding.repair} (more: kiosk protocol explain {finding.code})")


def as_json(checked: Checked) -> list[dict[str, Any]]:
    """Every finding for scripts, the allowed ones among them, in reading order; `suppressed` is the reason, or null."""
    reasons = {allowed.finding: allowed.reason for allowed in checked.allowed}
    return [_as_dict(finding, reasons.get(finding)) for finding in sorted((*checked.findings, *reasons))]


def _as_dict(finding: Finding, reason: str | None) -> dict[str, Any]:
    kind = {"name": CATALOGUE[finding.code].name, "class": class_of(finding.code)}
    return finding_json(finding) | kind | {"suppressed": reason}
