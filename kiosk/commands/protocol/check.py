"""`kiosk protocol check`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, Final

import click

from kiosk.authoring.explain import by_importance, class_of
from kiosk.checks.run import check_with_suppressed
from kiosk.checks.suppression import Checked
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.dates import day_or_today
from kiosk.commands.common.options import as_of_option, json_option, pack_argument
from kiosk.commands.common.paths import pack
from kiosk.errors import Exit
from kiosk.packs.library import Found, Library, key_of
from kiosk.protocol.findings.collector import CATALOGUE, Finding, errors
from kiosk.protocol.model import Release
from kiosk.protocol.versions import check_dates, order
from kiosk.settings import Home, read_settings
from kiosk.worded import many

FIRST: Final = 5
"""The maximum number of findings shown without --all."""


@as_command("Without DIR or ID, the protocol of this desk is checked.")
@pack_argument
@click.option("--all", "every", is_flag=True, help=f"every finding (default: the {FIRST} most important)")
@as_of_option
@json_option
@pass_home
def command(home: Home, target: str | None, every: bool, as_of: str | None, as_json: bool) -> int:
    """Print the findings; return 1 if there are any that are not suppressed, or if the pack has no content hash."""
    found = pack(home, target)
    checked = check_with_suppressed(found.pack, _dates(home, found, day_or_today(as_of)))
    sound = not checked.findings and bool(found.content_hash)
    if as_json:
        output.json_data(as_dicts(checked))
        return Exit.DONE if sound else Exit.FOUND
    if every:
        _in_order(checked.findings)
    else:
        _first(checked.findings)
    if not found.content_hash and not errors(checked.findings):
        output.data(
            "Another file of the protocol can't be read as YAML. → `kiosk protocol test` names it; repair that file."
        )
    output.message(f"{found.where} is in order." if sound else f"{_count(checked.findings)} in {found.where}.")
    if checked.allowed:
        output.message(
            f"{many(len(checked.allowed), 'warning')} suppressed, each with its reason: see `allow` in protocol.yaml."
        )
    return Exit.DONE if sound else Exit.FOUND


def _dates(home: Home, found: Found, today: date) -> tuple[Finding, ...]:
    """Return the problems of its dates on this day, compared with the highest other version installed here."""
    key = key_of(read_settings(home))
    pack_id = found.protocol.id if found.protocol else ""
    others = [a for a in (Library(home).installed(pack_id, key) if key else ()) if a.content_hash != found.content_hash]
    newest = max(others, key=lambda a: order(a.version) or (), default=None)
    before = None if newest is None else Release(newest.version, newest.effective, newest.review_by)
    return check_dates(found.pack.reading, today, before)


def _count(findings: tuple[Finding, ...]) -> str:
    wrong = len(errors(findings))
    return f"{many(len(findings), 'finding')}: {many(wrong, 'error')}, {many(len(findings) - wrong, 'warning')}"


def _first(findings: tuple[Finding, ...]) -> None:
    """Print the most important findings."""
    for finding in by_importance(findings)[:FIRST]:
        _print(f"{finding.file}:{finding.line}:{finding.column}", finding)
    if len(findings) > FIRST:
        output.data(f"and {len(findings) - FIRST} more: --all")


def _in_order(findings: Iterable[Finding]) -> None:
    """Print all findings, by file and line."""
    for file, inside in groupby(findings, key=lambda f: f.file):
        output.data(file)
        for finding in inside:
            _print(f"  {finding.line}:{finding.column}", finding)


def _print(place: str, finding: Finding) -> None:
    output.data(f"{place}: {finding.code} {finding.severity}: {finding.cause}")
    indent = " " * (4 if place.startswith(" ") else 2)
    output.data(f"{indent}→ {finding.repair} (more: kiosk protocol explain {finding.code})")


def as_dicts(checked: Checked) -> list[dict[str, Any]]:
    """Return all findings as JSON in reading order; `suppressed` is the reason, or null."""
    reasons = {allowed.finding: allowed.reason for allowed in checked.allowed}
    return [_as_dict(finding, reasons.get(finding)) for finding in sorted((*checked.findings, *reasons))]


def _as_dict(finding: Finding, reason: str | None) -> dict[str, Any]:
    kind = {"name": CATALOGUE[finding.code].name, "class": class_of(finding.code)}
    return output.finding_json(finding) | kind | {"suppressed": reason}
