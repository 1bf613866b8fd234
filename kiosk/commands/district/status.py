"""`kiosk district status`: how each desk is, those with a problem first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from db.district.connection import Address
from db.district.fleet import desks, server_time
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.options import json_option, output_option
from kiosk.commands.common.values import FILE
from kiosk.commands.district.server import opened, server_options
from kiosk.district.fleet import DeskLine, lines, worst
from kiosk.district.metrics import as_metrics
from kiosk.errors import UsageError
from kiosk.settings import typed_path
from kiosk.system.files import save_file

_READABLE = 0o644
"""Rights of a file that a collector or a web server reads; it has no secret and nothing of a record."""


@as_command(
    "Show each desk with its last contact, the entries that are here, those that are not, and what is wrong. It "
    "returns 0 if all is here, 1 if a desk is late, 2 if a person must look. Your role must be an auditor's."
)
@json_option
@click.option("--prom", is_flag=True, help="Prometheus' text format, for its textfile collector")
@output_option("file for --prom; a file that is there is replaced")
@click.option("--html", "page", metavar="FILE", type=FILE, help="write a page too; a file that is there is replaced")
@server_options
def command(server: Address, as_json: bool, prom: bool, path: str | None, page: str | None) -> int:
    """Print the desks, or write them to files."""
    if as_json and prom:
        raise UsageError("The output has one format.", "Use --json or --prom.")
    if path and not prom:
        raise UsageError("Only --prom writes to the file of -o.", "Add --prom, or use --html FILE.")
    with opened(server) as store:
        now = server_time(store)
        found = lines(desks(store), now)
    if page:
        _save(page, _page(found, now))
    if as_json:
        output.json_data([_as_dict(one) for one in found])
    elif prom:
        _metrics(as_metrics(found, now), path)
    elif not found:
        output.message("No desk is enrolled.")
    else:
        head = ("SCHOOL", "DESK", "STATE", "LAST CONTACT", "PROTOCOL", "ENTRIES", "PROBLEM")
        output.table([head, *map(_row, found)])
    return worst(found).exit_code


def _page(found: list[DeskLine], now: datetime) -> str:
    from kiosk.reports.district.fleet import as_document  # noqa: PLC0415 - only to make a page
    from kiosk.reports.document.page import as_html  # noqa: PLC0415 - likewise

    return as_html(as_document(found, now.astimezone()))


def _metrics(words: str, path: str | None) -> None:
    if path:
        _save(path, words)
    else:
        output.raw(words.encode("utf-8"))


def _save(typed: str, words: str) -> None:
    save_file(typed_path(typed, whole=True), words.encode("utf-8"), _READABLE)


def _row(one: DeskLine) -> tuple[str, ...]:
    log = one.status.log
    contact, entries = (f"{log.last_contact:%Y-%m-%d %H:%M}", str(log.size)) if log else ("never", "0")
    protocol = log.protocol if log else ""
    return one.status.school, one.status.desk, one.color, contact, protocol, entries, " ".join(one.problems)


def _as_dict(one: DeskLine) -> dict[str, Any]:
    log = one.status.log
    more = (
        {
            "log": log.origin,
            "log_state": log.state,
            "succession": log.succession,
            "entries": log.size,
            "entries_at_desk": log.head,
            "entries_with_values": log.disclosed_to,
            "last_contact": log.last_contact.isoformat(),
            "protocol": log.protocol,
            "newest": {kind: at.isoformat() for kind, at in log.newest.items()},
        }
        if log
        else {}
    )
    return {
        "school": one.status.school,
        "desk": one.status.desk,
        "state": one.color,
        "problems": list(one.problems),
        "enrolled_at": one.status.enrolled_at.isoformat(),
        "bundle": one.status.installed,
        "runs_published": one.status.runs_published,
        **more,
    }
